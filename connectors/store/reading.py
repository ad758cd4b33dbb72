"""From the tables to frames, as known today or at a past instant. What a frame must be is in ``indicators.schemas``."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any, TypeVarTuple

import pandas as pd
from sqlalchemy import Connection, Integer, Row, Select, Subquery, and_, cast, extract, func, select

from connectors.store.columns import ARRIVALS, COUNTS, DELIVERIES, EXPENSES, PROVENANCE, PUBLISHED
from connectors.store.delivery import Delivery, Outcome, require_aware
from connectors.store.tables import Frame, block, count_row, delivery, expense_row, published_row

Columns = TypeVarTuple("Columns")


def counts(connection: Connection, at: datetime | None) -> pd.DataFrame:
    """COUNTS: of each source, measure and period, what the latest delivery that brought it says."""
    known, row = _known(Frame.COUNTS, at), count_row.c
    same = and_(row.delivery_id == known.c.delivery_id, row.measure == known.c.measure, row.period == known.c.period)
    query = (
        select(known.c.source, row.measure, row.territory, row.period, row.dimension, row.category, row.value, row.status)
        .join_from(known, count_row, same)
        .order_by(known.c.source, row.measure, row.period, row.territory, row.dimension, row.category)
    )
    return as_frame(connection, query, COUNTS)


def expenses(connection: Connection, at: datetime | None) -> pd.DataFrame:
    """EXPENSES: of each source, exercise and month, the entries of the latest delivery that brought it."""
    known, row = _known(Frame.EXPENSES, at), expense_row.c
    month = extract("year", row.date) * 100 + extract("month", row.date)
    same = and_(
        row.delivery_id == known.c.delivery_id,
        row.exercise == cast(known.c.measure, Integer),
        month == cast(func.replace(known.c.period, "-", ""), Integer),
    )
    query = (
        select(row.exercise, row.reference, row.date, row.paid_on, row.line, row.level, row.account, row.committed, row.paid)
        .join_from(known, expense_row, same)
        .order_by(row.exercise, row.date, row.reference)
    )
    return as_frame(connection, query, EXPENSES)


def published(connection: Connection, at: datetime | None) -> pd.DataFrame:
    """PUBLISHED: of each source, the figures of its latest delivery."""
    known, row = _known(Frame.PUBLISHED, at), published_row.c
    query = (
        select(known.c.source, row.measure, row.territory, row.vintage, row.value, row.status, row.note)
        .join_from(known, published_row, row.delivery_id == known.c.delivery_id)
        .order_by(known.c.source, row.measure, row.territory, row.vintage)
    )
    return as_frame(connection, query, PUBLISHED)


def provenance(connection: Connection, at: datetime | None) -> pd.DataFrame:
    """Which delivery each source, measure and period of COUNTS comes from, and how many rows it brought for it."""
    known = _known(Frame.COUNTS, at).c
    query = select(*(known[name] for name in PROVENANCE)).order_by(known.source, known.measure, known.period)
    return as_frame(connection, query, PROVENANCE)


def superseded(connection: Connection, at: datetime | None) -> pd.DataFrame:
    """The blocks of COUNTS that a later delivery replaced, oldest first, described as ``provenance`` does."""
    ranked = _ranked(Frame.COUNTS, at).c
    query = select(*(ranked[name] for name in PROVENANCE)).where(ranked["rank"] > 1)
    return as_frame(connection, query.order_by(ranked.source, ranked.measure, ranked.period, ranked.received_at), PROVENANCE)


def counts_of(connection: Connection, delivery_ids: Sequence[int]) -> pd.DataFrame:
    """The COUNTS rows that some deliveries brought, in force or not, with the delivery of each in ``delivery_id``."""
    row = count_row.c
    query = (
        select(
            delivery.c.source, row.measure, row.territory, row.period, row.dimension, row.category, row.value, row.status, row.delivery_id
        )
        .join_from(count_row, delivery, delivery.c.id == row.delivery_id)
        .where(row.delivery_id.in_(list(delivery_ids)))
        .order_by(row.delivery_id, row.measure, row.period, row.territory, row.dimension, row.category)
    )
    return as_frame(connection, query, {**COUNTS, "delivery_id": "int64"})


def arrivals(connection: Connection, at: datetime | None) -> pd.DataFrame:
    """When each source first brought each period of COUNTS, valid."""
    first = func.min(delivery.c.received_at).label("received_at")
    query = select(delivery.c.source, block.c.period, first).join_from(block, delivery).where(block.c.frame == Frame.COUNTS.value)
    query = _up_to(query, at).group_by(delivery.c.source, block.c.period).order_by(delivery.c.source, block.c.period)
    return as_frame(connection, query, ARRIVALS)


def deliveries(connection: Connection, at: datetime | None) -> pd.DataFrame:
    """Every delivery, oldest first, whatever became of it; ``report`` holds lists of sentences."""
    query = _up_to(select(*(delivery.c[name] for name in DELIVERIES)), at).order_by(delivery.c.received_at, delivery.c.id)
    frame = as_frame(connection, query, DELIVERIES)
    return frame.assign(report=pd.Series([json.loads(text) for text in frame["report"]], dtype=object, index=frame.index))


def last(connection: Connection, source: str, outcomes: Sequence[Outcome]) -> Delivery | None:
    """The latest delivery of a source, among those with one of these outcomes when there are any."""
    query = select(delivery).where(delivery.c.source == source)
    if outcomes:
        query = query.where(delivery.c.outcome.in_([outcome.value for outcome in outcomes]))
    return _first(connection, query)


def last_of(connection: Connection, source: str, sha256: str) -> Delivery | None:
    """The latest delivery of this content that was accepted or refused, if any."""
    decided = delivery.c.outcome.in_([Outcome.ACCEPTED.value, Outcome.REFUSED.value])
    return _first(connection, select(delivery).where(delivery.c.source == source, delivery.c.sha256 == sha256, decided))


def in_use(connection: Connection, source: str, sha256: str) -> Delivery | None:
    """The delivery with this content whose every block is still the one in force.

    If a later delivery revised even one of them, sending the content again is a revision back, not a repetition.
    """
    accepted = delivery.c.outcome == Outcome.ACCEPTED.value
    found = _first(connection, select(delivery).where(delivery.c.source == source, delivery.c.sha256 == sha256, accepted))
    if found is None:
        return None
    brought = connection.execute(select(func.count()).select_from(block).where(block.c.delivery_id == found.id)).scalar_one()
    in_force = 0
    for frame in Frame:
        known = _known(frame, None)
        query = select(func.count()).select_from(known).where(known.c.delivery_id == found.id)
        in_force += connection.execute(query).scalar_one()
    return found if in_force == brought else None


def latest_accepted(connection: Connection) -> Delivery | None:
    """The latest delivery that changed a figure, of any source."""
    return _first(connection, select(delivery).where(delivery.c.outcome == Outcome.ACCEPTED.value))


def version(connection: Connection) -> str:
    """A word that changes with every delivery, and differs between two stores that hold as many."""
    newest = select(delivery.c.id, delivery.c.received_at, delivery.c.sha256).order_by(delivery.c.id.desc()).limit(1)
    found = connection.execute(newest).one_or_none()
    return f"{found.id}-{found.received_at:%Y%m%d%H%M%S%f}-{found.sha256[:12]}" if found else "0"


def _known(frame: Frame, at: datetime | None) -> Subquery:
    """Of each block, the one of the latest delivery received up to then. Only accepted deliveries have blocks."""
    ranked = _ranked(frame, at)
    return select(ranked).where(ranked.c.rank == 1).subquery()


def _ranked(frame: Frame, at: datetime | None) -> Subquery:
    """Each block of each delivery received up to then; rank 1 is the latest of those that brought the same."""
    rank = func.row_number().over(
        partition_by=[delivery.c.source, block.c.measure, block.c.period],
        order_by=[delivery.c.received_at.desc(), delivery.c.id.desc()],
    )
    columns = (block.c.delivery_id, block.c.measure, block.c.period, block.c.rows)
    query = select(*columns, delivery.c.source, delivery.c.received_at, delivery.c.sha256, rank.label("rank"))
    return _up_to(query.join_from(block, delivery).where(block.c.frame == frame.value), at).subquery()


def _up_to(query: Select[*Columns], at: datetime | None) -> Select[*Columns]:
    if at is None:
        return query
    require_aware(at)
    return query.where(delivery.c.received_at <= at)


def _first(connection: Connection, query: Select[*tuple[Any, ...]]) -> Delivery | None:
    found = connection.execute(query.order_by(delivery.c.received_at.desc(), delivery.c.id.desc()).limit(1)).one_or_none()
    return None if found is None else as_delivery(found)


def as_delivery(row: Row[*tuple[Any, ...]]) -> Delivery:
    """A row of the table ``delivery``."""
    fields = dict(row._mapping)
    return Delivery(**{**fields, "outcome": Outcome(row.outcome), "report": tuple(json.loads(row.report))})


def as_frame(connection: Connection, query: Select[*tuple[Any, ...]], dtypes: dict[str, str]) -> pd.DataFrame:
    """The rows of a query as a frame: its columns in order, with the names and types given."""
    columns = list(zip(*connection.execute(query).all(), strict=True)) or [()] * len(dtypes)
    return pd.DataFrame({name: pd.Series(list(values), dtype=dtype) for (name, dtype), values in zip(dtypes.items(), columns, strict=True)})
