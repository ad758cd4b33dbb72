"""What was typed about a séance and not saved yet. Unlike the rest of the archive it changes and goes away: it is nobody's word yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from connectors.store.delivery import require_aware
from connectors.store.tables import draft


@dataclass(frozen=True)
class Draft:
    """What one visit typed in a form.

    ``meeting`` is 0 for a séance not created yet; ``version`` the one it was typed from; ``writer`` tells two visits apart;
    ``content`` is JSON.
    """

    meeting: int
    form: str
    writer: str
    version: int
    kept_at: datetime
    content: str


def keep(connection: Connection, typed: Draft) -> None:
    """Keep what a visit typed, in place of what it typed before in the same form."""
    require_aware(typed.kept_at)
    forget(connection, typed.meeting, typed.form, [typed.writer])
    row = {name: getattr(typed, name) for name in ("meeting", "form", "writer", "version", "kept_at", "content")}
    connection.execute(insert(draft).values(**row))


def every(connection: Connection, meeting: int) -> list[Draft]:
    """The drafts of a séance, the latest first."""
    columns = draft.c
    query = select(draft).where(columns.meeting == meeting).order_by(columns.kept_at.desc(), columns.form, columns.writer)
    return [Draft(row.meeting, row.form, row.writer, row.version, row.kept_at, row.content) for row in connection.execute(query)]


def forget(connection: Connection, meeting: int, form: str, writers: Sequence[str]) -> None:
    """Drop what some visits typed in a form, now saved or given up."""
    columns = draft.c
    connection.execute(delete(draft).where(columns.meeting == meeting, columns.form == form, columns.writer.in_(list(writers))))
