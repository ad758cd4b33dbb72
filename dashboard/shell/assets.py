"""Our own style sheets, script and icon, served under ``/actifs/``. The fonts, which are other people's, are in ``fonts.py``."""

from __future__ import annotations

import hashlib
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

FOLDER = Path(__file__).parents[1] / "assets"
ICON = FOLDER / "favicon.svg"
KINDS = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}


def style_sheets() -> tuple[str, ...]:
    """Names of our style sheets in the order they apply: the tokens of ``cite.css`` first, then the others by name."""
    return tuple(sorted((file.name for file in FOLDER.glob("*.css")), key=lambda name: (name != "cite.css", name)))


def revalidated(request: Request, body: bytes, kind: str) -> Response:
    """Answer ``body``, or 304 when the browser already holds it: a new version of the dashboard then shows at the next visit."""
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers = {"ETag": etag, "Cache-Control": "no-cache"}
    if etag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return Response(body, media_type=kind, headers=headers)


def asset(request: Request) -> Response:
    """One file of the folder by its bare name; anything else is 404."""
    file = FOLDER / Path(request.path_params["name"]).name
    if file.suffix not in KINDS or not file.is_file():
        raise HTTPException(404)
    return revalidated(request, file.read_bytes(), KINDS[file.suffix])


ROUTES = [Route("/actifs/{name}", asset)]
