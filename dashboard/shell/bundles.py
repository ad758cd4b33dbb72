"""Streamlit's own bundles, compressed once and kept: it serves them raw, three times as heavy on a committee room's network.

A proxy that compresses makes this needless. Addresses hold a hash of the content, so browsers may keep them for ever.
"""

from __future__ import annotations

import gzip
from functools import lru_cache
from pathlib import Path

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit import file_util

_ROOT = Path(file_util.get_static_dir()).resolve()
_KINDS = {".js": "text/javascript", ".css": "text/css"}
_HEADERS = {"Content-Encoding": "gzip", "Vary": "Accept-Encoding", "Cache-Control": "public, immutable, max-age=31536000"}


@lru_cache(maxsize=400)
def compressed(path: str) -> bytes | None:
    """The bundle at this address, gzipped; None when it is no bundle or lies outside Streamlit's folder."""
    file = (_ROOT / path.lstrip("/")).resolve()
    if not file.is_relative_to(_ROOT) or file.suffix not in _KINDS or not file.is_file():
        return None
    return gzip.compress(file.read_bytes(), 6)


class CompressedBundles:
    """Answers Streamlit's scripts and style sheets compressed to browsers that accept it; passes everything else on."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or pass on."""
        body = compressed(scope["path"]) if _asks_compressed_bundle(scope) else None
        if body is None:
            await self.app(scope, receive, send)
            return
        await Response(body, media_type=_KINDS[Path(scope["path"]).suffix], headers=_HEADERS)(scope, receive, send)


def _asks_compressed_bundle(scope: Scope) -> bool:
    if scope["type"] != "http" or scope["method"] != "GET" or not scope["path"].startswith("/static/"):
        return False
    return "gzip" in Headers(scope=scope).get("accept-encoding", "")
