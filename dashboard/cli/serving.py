"""Opening the dashboard."""

from __future__ import annotations

import click

from dashboard.data import current_desk


def serve_dashboard(address: str, port: int) -> int:
    """Serve until interrupted; the configuration is checked first, so that a fault is told here and not on a page."""
    current_desk()
    from dashboard.server import CannotListenError, serve

    click.echo(f"Tableau de bord\u00a0: http://localhost:{port}  (Ctrl+C pour arrêter)")
    try:
        serve(address, port)
    except CannotListenError as error:
        click.echo(str(error), err=True)
        return 2
    return 0
