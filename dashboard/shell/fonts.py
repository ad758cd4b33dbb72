"""Inter in its four weights, served from the installed package that carries it, under ``/polices/``.

The package (django-unfold) is located without being imported: it needs Django, which is not installed. Licence: SIL OFL 1.1, served beside.
"""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

WEIGHTS = {400: "Inter-Regular.woff2", 500: "Inter-Medium.woff2", 600: "Inter-SemiBold.woff2", 700: "Inter-Bold.woff2"}
LICENCE = "LICENSE"
# the bytes under a name change only with the locked package: a browser may keep them a year without asking
KEPT = {"Cache-Control": "public, max-age=31536000, immutable"}


@cache
def folder() -> Path:
    """Where the faces are; FileNotFoundError, in French, when the package is missing or has moved them."""
    spec = find_spec("unfold")
    for place in (spec.submodule_search_locations or []) if spec else []:
        found = Path(place, "static", "unfold", "fonts", "inter")
        if all((found / name).is_file() for name in (*WEIGHTS.values(), LICENCE)):
            return found
    raise FileNotFoundError("La police Inter est absente\u00a0: installez les paquets de requirements/fonts.txt (make install).")


def font(request: Request) -> Response:
    """One of the four faces, or their licence; any other name is 404."""
    name = request.path_params["name"]
    if name == LICENCE:
        return FileResponse(folder() / name, media_type="text/plain; charset=utf-8")
    if name not in WEIGHTS.values():
        raise HTTPException(404)
    return FileResponse(folder() / name, media_type="font/woff2", headers=KEPT)


def problems() -> list[str]:
    """Health check: the missing font, in French, or nothing."""
    try:
        folder()
    except FileNotFoundError as error:
        return [str(error)]
    return []


ROUTES = [Route("/polices/{name}", font)]
