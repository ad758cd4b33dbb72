"""The yearly choice of the grids, kept for an audience with who chose it. How it is made is in ``indicators.release.choosing``."""

from __future__ import annotations

from datetime import datetime

from connectors.store import GridChoice
from dashboard.data import Desk
from indicators.canonical import canonical
from indicators.meeting import Audience
from indicators.release.grid import Grid
from indicators.release.plain import grid_to_plain


def keep_grid(desk: Desk, audience: Audience, year: int, grid: Grid, at: datetime, by: str) -> None:
    """Make a grid the one of a year for an audience; one that says the same is not written again."""
    desk.store.archive.save_grid(GridChoice(audience, year, at, by, canonical(grid_to_plain(grid)).decode("utf-8")))
