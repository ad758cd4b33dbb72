"""Deliveries that wait for the coordinator: their rows are kept, but belong to no block, hence to no figure."""

from __future__ import annotations

from typing import Final

import pandas as pd
from sqlalchemy import Connection, select

from connectors.store.columns import EXPENSES, PUBLISHED
from connectors.store.delivery import Delivery, Outcome
from connectors.store.reading import as_delivery, as_frame, counts_of
from connectors.store.tables import Frame, block, count_row, delivery, expense_row, published_row

_DECIDED: Final = (Outcome.ACCEPTED.value, Outcome.REFUSED.value)


def waiting(connection: Connection) -> list[Delivery]:
    """The deliveries put on hold and not decided since, oldest first.

    One is decided when its content is accepted or refused, and has no object any more once later deliveries brought all it holds.
    """
    query = select(delivery).where(delivery.c.outcome == Outcome.HELD.value).order_by(delivery.c.id)
    found = [as_delivery(row) for row in connection.execute(query).all()]
    return [item for item in found if not _decided(connection, item) and not _replaced(connection, item)]


def frames_of(connection: Connection, held: Delivery) -> dict[Frame, pd.DataFrame]:
    """The frames of a delivery, in force or not: those that hold rows."""
    key = held.id or 0
    expenses = [expense_row.c[name] for name in EXPENSES]
    published = [published_row.c[name] for name in PUBLISHED if name != "source"]
    rest = {name: kind for name, kind in PUBLISHED.items() if name != "source"}
    frames = {
        Frame.COUNTS: counts_of(connection, [key]).drop(columns="delivery_id"),
        Frame.EXPENSES: as_frame(connection, select(*expenses).where(expense_row.c.delivery_id == key), EXPENSES),
        Frame.PUBLISHED: as_frame(connection, select(*published).where(published_row.c.delivery_id == key), rest),
    }
    frames[Frame.PUBLISHED].insert(0, "source", pd.Series(held.source, index=frames[Frame.PUBLISHED].index, dtype="str"))
    return {kind: frame for kind, frame in frames.items() if len(frame)}


def _decided(connection: Connection, held: Delivery) -> bool:
    columns = delivery.c
    same = (columns.source == held.source, columns.sha256 == held.sha256, columns.id > held.id, columns.outcome.in_(_DECIDED))
    return connection.execute(select(columns.id).where(*same).limit(1)).first() is not None


def _replaced(connection: Connection, held: Delivery) -> bool:
    later = select(delivery.c.id).where(delivery.c.source == held.source, delivery.c.id > held.id)
    later = later.where(delivery.c.outcome == Outcome.ACCEPTED.value)
    if connection.execute(later.limit(1)).first() is None:
        return False
    brought = select(block.c.measure, block.c.period).where(block.c.delivery_id.in_(later)).distinct()
    since = {tuple(row) for row in connection.execute(brought).all()}
    own = select(count_row.c.measure, count_row.c.period).where(count_row.c.delivery_id == held.id).distinct()
    counts = {tuple(row) for row in connection.execute(own).all()}
    months = select(expense_row.c.exercise, expense_row.c.date).where(expense_row.c.delivery_id == held.id).distinct()
    ledger = {(str(exercise), f"{day:%Y-%m}") for exercise, day in connection.execute(months).all()}
    return counts | ledger <= since
