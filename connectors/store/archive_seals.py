"""A seal for each thing the archive keeps: a digest of what was written and of the seal before it, as ``seals`` does for deliveries.

A row changed, removed or slipped in since is then seen, even by someone who wrote its own digest again. It guards against accidents and
silent edits, not against someone who would compute every seal again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from hashlib import sha256
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection, Row, Table, insert, select

from connectors.store.journal import Event, note
from connectors.store.tables import account_right, archive_seal, edition, edition_document, grid_choice, meeting_version

SEALED: Mapping[str, tuple[Table, str]] = MappingProxyType(
    {
        "meeting_version": (meeting_version, "de versions de séances"),
        "edition": (edition, "d'éditions"),
        "edition_document": (edition_document, "de documents"),
        "grid_choice": (grid_choice, "de grilles annuelles"),
        "account_right": (account_right, "de droits d'accès"),
    }
)
"""What is sealed, and its name for a person, after « des lignes »."""
_NOTED: Mapping[str, tuple[Event, tuple[str, ...]]] = MappingProxyType(
    {
        "meeting_version": (Event.MEETING, ("number", "version")),
        "edition": (Event.EDITION, ("id", "sha256")),
        "edition_document": (Event.DOCUMENT, ("edition", "name", "sha256")),
        "grid_choice": (Event.GRID, ("audience", "year")),
        "account_right": (Event.RIGHT, ("account", "role", "source", "granted")),
    }
)
"""How each is noted in the journal: the event, and the columns that its subject tells."""


def keep(connection: Connection, table: Table, values: Mapping[str, object]) -> None:
    """Write a row, its seal, and who wrote it in the journal."""
    key = connection.execute(insert(table).values(**values).returning(*table.primary_key.columns)).one()
    before = connection.execute(select(archive_seal.c.digest).order_by(archive_seal.c.position.desc()).limit(1)).scalar()
    row = _row(connection, table, tuple(key))
    connection.execute(insert(archive_seal), {"kind": table.name, "key": _name(key), "digest": _digest(before or "", row)})
    event, columns = _NOTED[table.name]
    note(connection, event, _subject(values, columns))


def broken(connection: Connection) -> Iterator[str]:
    """What is no longer as it was written, in French, each kind once. Reads every row of the archive."""
    before, told = "", set()
    rows = {kind: _keys(connection, table) for kind, (table, _) in SEALED.items()}
    for seal in connection.execute(select(archive_seal).order_by(archive_seal.c.position)).all():
        table, label = SEALED[seal.kind]
        key = rows[seal.kind].pop(seal.key, None)
        if key is None or seal.digest != _digest(before, _row(connection, table, key)):
            told.add(label)
        before = seal.digest
    told |= {SEALED[kind][1] for kind, left in rows.items() if left}
    yield from sorted(told)


def _subject(values: Mapping[str, object], columns: tuple[str, ...]) -> str:
    """« copil 2023 », « S1-copil-1 0f3a… »: a digest by its first letters, as everywhere."""
    told = [str(values[name])[:12] if name == "sha256" else str(values[name]) for name in columns if values[name] != ""]
    return " ".join(told)


def _keys(connection: Connection, table: Table) -> dict[str, tuple[object, ...]]:
    return {_name(key): tuple(key) for key in connection.execute(select(*table.primary_key.columns)).all()}


def _name(key: Row[*tuple[Any, ...]]) -> str:
    return "/".join(map(str, key))


def _row(connection: Connection, table: Table, key: tuple[object, ...]) -> tuple[object, ...]:
    mine = [column == value for column, value in zip(table.primary_key.columns, key, strict=True)]
    return tuple(connection.execute(select(table).where(*mine)).one())


def _digest(before: str, row: tuple[object, ...]) -> str:
    return sha256(before.encode() + repr(row).encode()).hexdigest()
