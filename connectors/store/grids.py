"""The yearly choice of a grid, as saved: every choice kept, the latest in force. What a grid is lives in ``indicators.release``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from connectors.store.archive_seals import keep
from connectors.store.delivery import require_aware
from connectors.store.tables import grid_choice
from indicators.meeting import Audience


@dataclass(frozen=True)
class GridChoice:
    """How finely an audience sees the figures of a year: ``content`` is JSON."""

    audience: Audience
    year: int
    chosen_at: datetime
    chosen_by: str
    content: str


def save(connection: Connection, choice: GridChoice) -> GridChoice:
    """Make a choice the one in force; one that says the same as it is not written again: the one in force is returned."""
    require_aware(choice.chosen_at)
    before = in_force(connection, choice.audience, choice.year)
    if before is not None and before.content == choice.content:
        return before
    row = {
        "audience": choice.audience.value,
        "year": choice.year,
        "chosen_at": choice.chosen_at,
        "chosen_by": choice.chosen_by,
        "content": choice.content,
    }
    keep(connection, grid_choice, row)
    return choice


def in_force(connection: Connection, audience: Audience, year: int) -> GridChoice | None:
    """The latest choice for an audience and a year, or None."""
    columns = grid_choice.c
    query = (
        select(columns.chosen_at, columns.chosen_by, columns.content)
        .where(columns.audience == audience.value, columns.year == year)
        .order_by(columns.id.desc())
        .limit(1)
    )
    row = connection.execute(query).one_or_none()
    return None if row is None else GridChoice(audience, year, row.chosen_at, row.chosen_by, row.content)
