"""What each partner owes, when it is due and when it came: the expected deliveries, and the counts of N1.5 made from them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pandas as pd

from connectors.intake import Context
from connectors.source import Kind, Source
from indicators.codes import ENSEMBLE
from indicators.cube import Provider
from indicators.frames import COUNTS_COLUMNS
from indicators.period import Frequency, Period, between
from indicators.status import Status
from indicators.territory import VILLE

PARIS = ZoneInfo("Europe/Paris")
LOG = "journal"
"""The source of what is counted in our own delivery log."""


@dataclass(frozen=True)
class Expected:
    """A period that a source owes: the last day of its delay, and the day it first came valid (None: not yet)."""

    source: str
    period: Period
    due: date
    arrived: date | None

    def late(self, today: date) -> bool:
        """Whether it is missing after its delay."""
        return self.arrived is None and self.due < today


def due_periods(source: Source, context: Context) -> list[Period]:
    """The closed periods a source owes, oldest first."""
    first = max(source.since or context.started_on, context.started_on)
    last = min(source.until or context.today, context.today - timedelta(days=1))
    return between(first, last, source.periodicity)


def provisional(sources: Sequence[Source], today: date) -> dict[tuple[str, str], date]:
    """The pairs (measure, period) that a source may still revise, at its periodicity and longer, and the last day it may."""
    found: dict[tuple[str, str], date] = {}
    for source in sources:
        delay = timedelta(days=source.provisional_days)
        for frequency in [item for item in Frequency if delay and item.months >= source.periodicity.months]:
            period = Period.of(today, frequency)
            while (last := period.last_day + delay) >= today:
                found.update({(measure, period.code): max(last, found.get((measure, period.code), last)) for measure in source.measures})
                period = period.shift(-1)
    return found


def counts_people(source: Source) -> bool:
    """Whether a source delivers counts period after period (a ledger or an open file does not)."""
    return source.kind in {Kind.SQL, Kind.FILE}


def expected(sources: Sequence[Source], arrivals: pd.DataFrame, context: Context) -> list[Expected]:
    """Every delivery owed so far.

    Args:
        arrivals: columns source, period, received_at (aware): the first valid delivery of each.
    """
    came = {
        (row.source, row.period): row.received_at.astimezone(PARIS).date()  # type: ignore[union-attr]
        for row in arrivals.itertuples(index=False)
    }
    return [
        Expected(source.id, period, period.last_day + timedelta(days=source.delay_days), came.get((source.id, period.code)))
        for source in sources
        if counts_people(source)
        for period in due_periods(source, context)
    ]


def log_counts(owed: Sequence[Expected], today: date) -> pd.DataFrame:
    """The delivery log as Counts: deliveries owed, and those that came valid in time; a quarter whose delays still run is not told yet."""
    totals: dict[tuple[str, str], int] = {}
    running = {Period.of(item.period.last_day, Frequency.QUARTER) for item in owed if item.due > today}
    for item in owed:
        if Period.of(item.period.last_day, Frequency.QUARTER) in running:
            continue
        on_time = item.arrived is not None and item.arrived <= item.due
        for measure, count in (("livraisons_attendues", 1), ("livraisons_a_temps", int(on_time))):
            # a monthly and a quarterly partner are counted together, in the quarter where the period ends
            quarter = Period.of(item.period.last_day, Frequency.QUARTER).code
            totals[measure, quarter] = totals.get((measure, quarter), 0) + count
    rows = [(LOG, measure, VILLE, period, ENSEMBLE, ENSEMBLE, count, str(Status.OK)) for (measure, period), count in totals.items()]
    return pd.DataFrame(rows, columns=COUNTS_COLUMNS).astype({**dict.fromkeys(COUNTS_COLUMNS, "str"), "value": "Int64"})


def _first_owed(source: Source) -> date | None:
    """The first day of the first whole period a source owes: one that starts inside a quarter owes the next one."""
    if source.since is None:
        return None
    period = Period.of(source.since, source.periodicity)
    return period.first_day if period.first_day >= source.since else period.shift(1).first_day


def providers(sources: Sequence[Source]) -> list[Provider]:
    """Who must deliver which measure, from when; the log provides its own."""
    declared = [
        Provider(source.id, measure, _first_owed(source), source.until, source.each_qpv)
        for source in sources
        if counts_people(source)
        for measure in source.measures
    ]
    return [*declared, *(Provider(LOG, measure) for measure in ("livraisons_attendues", "livraisons_a_temps"))]
