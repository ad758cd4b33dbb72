"""Puts our frame in place of Streamlit's page and our headers on every answer. What the frame says is in ``frame.py``."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.responses import HTMLResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.navigation import ADDRESSES
from dashboard.shell import frame
from dashboard.shell.headers import HEADERS

_REVALIDATED = ("/static/", "/actifs/", "/polices/")
# Streamlit opens these to anyone: counters of the process, and a description of an interface that is off
_CLOSED = ("/_stcore/metrics", "/_stcore/agent")
_CONDITIONS = (b"if-none-match", b"if-modified-since", b"range")
# what Streamlit says of its file would be false of ours
_FILE_HEADERS = ("etag", "last-modified", "content-encoding")


class Shell:
    """Streamlit answers its English page, with status 200, to every address. This answers our frame for a page, 404 otherwise.

    The body is replaced, never rewritten, and no conditional request reaches Streamlit's page: no English copy can come back.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._application = frame.application()
        self._not_found = frame.not_found()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass websockets through; answer the rest."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        if scope["path"].startswith(_CLOSED):
            await HTMLResponse(self._not_found, status_code=404, headers=dict(HEADERS))(scope, receive, send)
            return
        if not scope["path"].startswith(_REVALIDATED):
            scope["headers"] = [header for header in scope["headers"] if header[0] not in _CONDITIONS]
        known = scope["path"] in ADDRESSES
        document = self._application if known else self._not_found
        replaced = False

        async def answer(message: Message) -> None:
            nonlocal replaced
            if message["type"] == "http.response.start":
                headers = MutableHeaders(raw=message["headers"])
                headers.update(dict(HEADERS))
                if headers.get("content-type", "").startswith("text/html") and message["status"] == 200:
                    replaced = True
                    _describe(headers, len(document))
                    message["status"] = 200 if known else 404
                await send(message)
            elif not replaced:
                await send(message)
            elif not message.get("more_body"):
                await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else document})

        await self.app(scope, receive, answer)


def _describe(headers: MutableHeaders, length: int) -> None:
    for name in _FILE_HEADERS:
        if name in headers:
            del headers[name]
    headers["content-length"] = str(length)
    headers["content-type"] = "text/html; charset=utf-8"
    headers["cache-control"] = "no-store"
