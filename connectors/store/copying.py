"""A whole store copied into another, whatever the engines: every row of every table, in one transaction on each side."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Integer, delete, func, insert, select, text

from connectors.store.tables import metadata

_BATCH = 2_000
"""Rows in memory at once; an edition of several megabytes counts for one, and there are few."""


def replace_rows(source: Connection, target: Connection) -> int:
    """Make ``target`` hold exactly the rows of ``source``; returns how many. The caller's transactions make it whole or not at all.

    What ``target`` held is removed: only here are the guards that keep history append only lifted, and put back.
    """
    copied = 0
    with _unguarded(target):
        for table in reversed(metadata.sorted_tables):
            target.execute(delete(table))
        for table in metadata.sorted_tables:
            # a correction names the edition it replaces, in the same table
            order = [table.c.number] if table.name == "edition" else list(table.primary_key.columns)
            found = source.execution_options(yield_per=_BATCH).execute(select(table).order_by(*order))
            for batch in found.mappings().partitions(_BATCH):
                rows = [dict(row) for row in batch]
                target.execute(insert(table), rows)
                copied += len(rows)
        _follow_on(target)
    return copied


@contextmanager
def _unguarded(target: Connection) -> Iterator[None]:
    names = [table.name for table in metadata.sorted_tables]
    if target.dialect.name != "sqlite":
        for name in names:
            target.execute(text(f"ALTER TABLE {name} DISABLE TRIGGER USER"))
        yield
        for name in names:
            target.execute(text(f"ALTER TABLE {name} ENABLE TRIGGER USER"))
        return
    found = target.execute(text("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")).all()
    for name, _ in found:
        target.execute(text(f"DROP TRIGGER {name}"))
    yield
    for _, written in found:
        target.exec_driver_sql(written)


def _follow_on(target: Connection) -> None:
    """The numbers that PostgreSQL gives go on after those copied; SQLite goes on by itself."""
    if target.dialect.name == "sqlite":
        return
    for table in metadata.sorted_tables:
        key = list(table.primary_key.columns)
        if len(key) != 1 or not isinstance(key[0].type, Integer):
            continue
        sequence = target.execute(select(func.pg_get_serial_sequence(table.name, key[0].name))).scalar()
        last = target.execute(select(func.max(key[0]))).scalar()
        if sequence and last is not None:
            target.execute(select(func.setval(sequence, last)))
