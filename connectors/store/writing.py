"""From validated frames to rows of the tables. Reading them back lives in ``reading``."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from itertools import islice, repeat
from typing import Final

import pandas as pd
from sqlalchemy import Connection, Table, insert

from connectors.store.delivery import Delivery, Outcome
from connectors.store.journal import Event, note
from connectors.store.seals import put_seal
from connectors.store.tables import Frame, block, count_row, delivery, expense_row, published_row
from indicators import schemas

_SCHEMAS: Final = {Frame.COUNTS: schemas.COUNTS, Frame.EXPENSES: schemas.EXPENSES, Frame.PUBLISHED: schemas.PUBLISHED}
_TABLES: Final = {Frame.COUNTS: count_row, Frame.EXPENSES: expense_row, Frame.PUBLISHED: published_row}
_BATCH: Final = 5_000  # rows sent at once: memory stays flat, and more is no faster


def checked(source: str, frames: dict[Frame, pd.DataFrame | None]) -> dict[Frame, pd.DataFrame]:
    """The frames that hold rows, once each respects its contract.

    Raises:
        pandera.errors.SchemaErrors: a frame breaks its contract.
        ValueError: a row belongs to another source, or there is no row at all.
    """
    kept = {kind: frame for kind, frame in frames.items() if frame is not None and len(frame)}
    if not kept:
        raise ValueError("une livraison acceptée ou en attente contient au moins une ligne")
    for kind, frame in kept.items():
        _SCHEMAS[kind].validate(frame, lazy=True)
        others = set(frame["source"].unique()) - {source} if "source" in frame else set()
        if others:
            raise ValueError(f"des lignes de {', '.join(sorted(others))} dans une livraison de {source}")
    return kept


def write(connection: Connection, received: Delivery, frames: dict[Frame, pd.DataFrame]) -> Delivery:
    """Add a delivery and its rows; the caller's transaction makes it whole. Returns it with its ``id``."""
    values = {
        "source": received.source,
        "received_at": received.received_at,
        "extracted_at": received.extracted_at,
        "sha256": received.sha256,
        "rows": received.rows,
        "outcome": received.outcome.value,
        "report": json.dumps(received.report, ensure_ascii=False),
        "origin": received.origin,
    }
    key = connection.execute(insert(delivery).returning(delivery.c.id), values).scalar_one()
    for kind, frame in frames.items():
        if received.outcome is Outcome.ACCEPTED:  # what no block names is in no figure
            _write_blocks(connection, key, kind, frame)
        _write_rows(connection, key, _TABLES[kind], frame)
    put_seal(connection, key)
    note(connection, Event(f"delivery.{received.outcome}"), f"{received.source} n°\u00a0{key}")
    return replace(received, id=key)


def _write_blocks(connection: Connection, key: int, kind: Frame, frame: pd.DataFrame) -> None:
    measures, periods = _block_names(kind, frame)
    sizes = Counter(zip(measures, periods, strict=True))
    rows = [
        {"delivery_id": key, "frame": kind.value, "measure": measure, "period": period, "rows": size}
        for (measure, period), size in sizes.items()
    ]
    connection.execute(insert(block), rows)


def _block_names(kind: Frame, frame: pd.DataFrame) -> tuple[Iterable[str], Iterable[str]]:
    """What a delivery replaces: a measure and period of counts, a month of an exercise of expenses, an open file whole.

    A ledger covers an accounting year, which need not be the exercise: replacing the exercise would lose the other months.
    """
    if kind is Frame.COUNTS:
        return frame["measure"].tolist(), frame["period"].tolist()
    if kind is Frame.EXPENSES:
        return frame["exercise"].astype(str), frame["date"].dt.strftime("%Y-%m")
    return repeat("", len(frame)), repeat("", len(frame))


def _write_rows(connection: Connection, key: int, table: Table, frame: pd.DataFrame) -> None:
    names = [column.name for column in table.columns if column.name in frame]
    columns = zip(*(_plain(frame[name]) for name in names), strict=True)
    rows = ({"delivery_id": key, **dict(zip(names, row, strict=True))} for row in columns)
    while batch := list(islice(rows, _BATCH)):
        connection.execute(insert(table), batch)


def _plain(column: pd.Series) -> list[object]:
    """Values as drivers take them: Python's own numbers, dates and text, ``None`` where there is nothing."""
    values = column.dt.date if pd.api.types.is_datetime64_any_dtype(column.dtype) else column
    return values.astype(object).where(column.notna(), None).tolist()
