"""Where each source stands, for the pages and commands: what came, what is late, what is due next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from connectors.calendar import Expected, counts_people
from connectors.source import Source
from connectors.store import Outcome
from indicators.period import Period

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class SourceState:
    """Where a source stands: what came, what did not, what is due next. Instants carry their zone."""

    id: str
    label: str
    short: str
    kind: str
    network: str
    contact: str
    qpv_method: str
    last_accepted: datetime | None
    last_attempt: datetime | None
    last_outcome: str
    last_report: tuple[str, ...]
    periods: tuple[str, ...]
    missing: tuple[str, ...]
    awaited: tuple[str, ...]
    next_due: date | None
    late_since: date | None


def _following(source: Source, today: date) -> list[date]:
    """When the period under way will be due, once everything closed has come."""
    if not counts_people(source) or (source.until and source.until < today):
        return []
    return [Period.of(today, source.periodicity).last_day + timedelta(days=source.delay_days)]


def state_of(source: Source, deliveries: pd.DataFrame, owed: Sequence[Expected], today: date) -> SourceState:
    """The state of a source on a day, from every delivery logged and the periods it owes."""
    own = deliveries[deliveries["source"] == source.id]
    good = own[own["outcome"].isin([Outcome.ACCEPTED, Outcome.UNCHANGED])]
    last = own.iloc[-1] if len(own) else None
    late = [item for item in owed if item.late(today)]
    awaited = [item for item in owed if item.arrived is None and not item.late(today)]
    coming = [item.due for item in awaited] or _following(source, today)
    return SourceState(
        id=source.id,
        label=source.label,
        short=source.short or source.label[:28],
        kind=source.kind,
        network=source.network,
        contact=source.contact,
        qpv_method=source.qpv_method or "",
        last_accepted=good.iloc[-1]["received_at"] if len(good) else None,
        last_attempt=last["received_at"] if last is not None else None,
        last_outcome=str(last["outcome"]) if last is not None else "",
        last_report=tuple(last["report"]) if last is not None else (),
        periods=tuple(item.period.code for item in owed if item.arrived is not None),
        missing=tuple(item.period.code for item in late),
        awaited=tuple(item.period.code for item in awaited),
        next_due=min(coming, default=None),
        late_since=min((item.due for item in late), default=None),
    )
