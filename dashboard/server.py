"""The web application ``dashboard.server:app`` and the function that serves it. The pages are in ``app.py`` and ``views/``."""

from __future__ import annotations

import errno
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import streamlit as st
import uvicorn
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware

from dashboard.data import store_problems
from dashboard.navigation import HERE
from dashboard.shell import assets, fonts, health
from dashboard.shell.bundles import CompressedBundles
from dashboard.shell.middleware import Shell

HOSTS = ["127.0.0.1", "localhost"]


class CannotListenError(Exception):
    """The address cannot be served; the text is one French sentence for the command line."""


class PortBusyError(CannotListenError):
    """Another program already listens on the port."""


@asynccontextmanager
async def warmed(_: st.App) -> AsyncIterator[None]:
    """Pay for the slow imports and for the first figure before the first visitor."""
    import pandas as pd
    import plotly.graph_objects as go

    go.Figure(go.Bar(x=pd.Series([1]), y=pd.Series([1]))).to_json()
    yield


health.HEALTH_CHECKS.append(store_problems)
app = st.App(
    HERE / "app.py",
    routes=[*health.ROUTES, *assets.ROUTES, *fonts.ROUTES],
    middleware=[Middleware(Shell), Middleware(TrustedHostMiddleware, allowed_hosts=HOSTS), Middleware(CompressedBundles)],
    lifespan=warmed,
)


def serve(address: str, port: int) -> None:
    """Serve the dashboard until interrupted. PortBusyError or CannotListenError when it cannot, before anything is started."""
    # the interruption (Ctrl+C) is the ordinary way to stop, not a fault
    with _listening(address, port) as listener, suppress(KeyboardInterrupt):
        # idle sessions keep a websocket open: three seconds are enough to say goodbye
        config = uvicorn.Config(app, log_level="warning", server_header=False, timeout_graceful_shutdown=3, access_log=False)
        uvicorn.Server(config).run(sockets=[listener])


def _listening(address: str, port: int) -> socket.socket:
    try:
        return socket.create_server((address, port), backlog=128)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise PortBusyError(
                f"Le port {port} est déjà occupé\u00a0: fermez l'autre programme ou choisissez-en un autre (--port)."
            ) from error
        raise CannotListenError(f"Impossible d'écouter sur {address}, port {port}\u00a0: vérifiez l'adresse et vos droits.") from error
