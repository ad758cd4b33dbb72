"""``/sante``: whether a visitor would see the pages. Streamlit's own health answers "ok" whatever the pages do.

Other modules add what they know by appending to ``HEALTH_CHECKS``; a check returns French sentences, none when all is well.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from dashboard.navigation import HERE, PAGES, PROJECTED
from dashboard.shell import fonts

logger = logging.getLogger(__name__)


@lru_cache(maxsize=1000)
def _fault(file: Path, stamp: int) -> str:  # noqa: ARG001  the date of the file makes a corrected file be read again
    try:
        compile(file.read_bytes(), str(file), "exec")
    except SyntaxError as error:
        return f"ligne {error.lineno} illisible par Python"
    except ValueError:
        return "fichier illisible par Python"
    return ""


def pages_compile() -> list[str]:
    """One sentence per page script that is missing, and per file of the dashboard that Python cannot read."""
    found = [f"{page.file}\u00a0: fichier absent" for page in (*PAGES, PROJECTED) if not page.script.is_file()]
    for file in sorted(HERE.rglob("*.py")):
        fault = _fault(file, file.stat().st_mtime_ns)
        if fault:
            found.append(f"{file.relative_to(HERE)}\u00a0: {fault}")
    return found


HEALTH_CHECKS: list[Callable[[], list[str]]] = [pages_compile, fonts.problems]
"""Run at each request, in a thread; keep each under a second."""


def problems() -> list[str]:
    """What prevents a page from being shown, in French; a check that fails is itself a problem."""
    found: list[str] = []
    for check in HEALTH_CHECKS:
        try:
            found += check()
        except Exception:
            logger.exception("health check %s failed", check.__name__)
            found.append(f"Le contrôle «\u00a0{check.__name__}\u00a0» a échoué\u202f; le détail est dans le journal du serveur.")
    return found


async def health(_: Request) -> JSONResponse:
    """200 with ``{"etat": "ok"}``, or 503 with ``{"etat": "panne"}`` and the sentences of ``problemes``."""
    found = await asyncio.to_thread(problems)
    state = {"etat": "panne" if found else "ok", "problemes": found}
    return JSONResponse(state, status_code=503 if found else 200, headers={"Cache-Control": "no-store"})


ROUTES = [Route("/sante", health)]
