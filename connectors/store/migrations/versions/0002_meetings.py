"""Séances, editions, the documents issued from them, and the yearly grids; nothing that is written can be changed or removed."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa
from alembic import op

revision: Final = "0002"
down_revision: Final = "0001"

_TABLES: Final = ("meeting_version", "edition", "edition_document", "grid_choice", "archive_seal")
_CODE: Final = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
_DIGEST: Final = "length(sha256) = 64"


def upgrade() -> None:
    """Create the tables, their checks, and the guards that keep them append only. No row of another table is read or written."""
    _create_meetings()
    _create_editions()
    op.create_table("archive_seal", sa.Column("position", sa.Integer, primary_key=True), *map(_code, ("kind", "key", "digest")))
    for table in _TABLES:
        _guard(table)


def _instant(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=False)


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=False)


def _code(name: str) -> sa.Column[str]:
    return sa.Column(name, _CODE, nullable=False)


def _create_meetings() -> None:
    op.create_table(
        "meeting_version",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
        _instant("saved_at"),
        _text("saved_by"),
        _text("content"),
        sa.CheckConstraint("number > 0 AND version > 0", name="meeting_numbered"),
    )
    op.create_table(
        "grid_choice",
        sa.Column("id", sa.Integer, primary_key=True),
        _code("audience"),
        sa.Column("year", sa.Integer, nullable=False),
        _instant("chosen_at"),
        _text("chosen_by"),
        _text("content"),
    )
    op.create_index("grid_choice_in_force", "grid_choice", ["audience", "year", "id"])


def _create_editions() -> None:
    op.create_table(
        "edition",
        sa.Column("id", _CODE, primary_key=True),
        sa.Column("meeting", sa.Integer, nullable=False),
        _code("audience"),
        _code("period"),
        sa.Column("number", sa.Integer, nullable=False),
        _instant("frozen_at"),
        _text("frozen_by"),
        _code("sha256"),
        sa.Column("replaces", _CODE, sa.ForeignKey("edition.id"), nullable=True),
        _text("software"),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.UniqueConstraint("meeting", "audience", "number", name="edition_once"),
        sa.CheckConstraint("meeting > 0 AND number > 0", name="edition_numbered"),
        sa.CheckConstraint("(number = 1) = (replaces IS NULL)", name="edition_replaces"),
        sa.CheckConstraint(_DIGEST, name="edition_digest"),
    )
    op.create_table(
        "edition_document",
        sa.Column("edition", _CODE, sa.ForeignKey("edition.id"), primary_key=True),
        sa.Column("name", _CODE, primary_key=True),
        _instant("issued_at"),
        _code("sha256"),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.CheckConstraint(_DIGEST, name="document_digest"),
    )


def _guard(table: str) -> None:
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            op.execute(f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} BEGIN SELECT RAISE(ABORT, 'append only'); END")
        return
    op.execute(
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION append_only()"
    )
