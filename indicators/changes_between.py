"""What stands between the figures of two editions: their periods, the breaks, the definitions, hence what may have changed the past.

Nothing is subtracted here: ``changes`` does, from what this says of each indicator.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import pandas as pd

from indicators.breaks import broken
from indicators.indicator import Indicator, Kind
from indicators.measures import Measure, Nature
from indicators.period import Period, SeriesBreak
from indicators.territory import Territory
from indicators.wording import Precision, precisions_of


class Cause(StrEnum):
    """What may have changed a figure of the past; in the frame, several are written one after the other, joined by « et »."""

    DEFINITION = "definition"
    PERIMETER = "perimetre"
    REVISION = "revision"
    """The data were corrected."""


@dataclass(frozen=True, eq=False)
class EditionFigures:
    """What an edition shows, for the comparison.

    Attributes:
        period: the quarter it covers. day: when it was frozen, which says what definitions it used.
        values, rolling: its Values frames, as masked for its audience: by period, and over twelve months.
        digests: indicator code -> digest of its definition (``wording.digest``).
        breaks: the series breaks declared when it was frozen.
    """

    period: Period
    day: date
    values: pd.DataFrame
    rolling: pd.DataFrame
    digests: Mapping[str, str]
    breaks: tuple[SeriesBreak, ...] = ()


def shown_period(indicator: Indicator, quarter: Period) -> Period:
    """The period an edition shows of an indicator: its quarter, or the last half-year or year over at its end."""
    if indicator.frequency.months <= quarter.frequency.months:
        return quarter
    period = Period.of(quarter.last_day, indicator.frequency)
    return period if period.last_day <= quarter.last_day else period.shift(-1)


@dataclass(frozen=True)
class Link:
    """What stands between the two figures of an indicator, for the whole city or for its zones."""

    old_period: str
    new_period: str
    comparable: bool
    broken: str
    broken_on: str
    possible: str
    redefined: bool
    defined_on: str


Key = tuple[str, bool]


def links(
    old: EditionFigures,
    new: EditionFigures,
    indicators: Mapping[str, Indicator],
    measures: Mapping[str, Measure],
    territory: Territory,
    precisions: Sequence[Precision],
    spans: Mapping[str, tuple[Period, Period]],
    unrevised: Collection[str],
) -> Mapping[Key, Link]:
    """For each indicator, and for the whole city or its zones."""
    declared = [item for item in new.breaks if item not in old.breaks]
    found = {}
    for code, item in indicators.items():
        earlier, later = spans[code]
        pair = (old.digests.get(code), new.digests.get(code))
        redefined = None not in pair and pair[0] != pair[1]
        days = [told.since for told in precisions_of(item, precisions) if old.day < told.since <= new.day]
        for whole_city in (False, True):
            crossed = _crossed(item, earlier, later, new.breaks, territory, whole_city=whole_city)
            perimeter = crossed is not None or any(_concerns(each, item, later, whole_city=whole_city) for each in declared)
            causes = {Cause.DEFINITION: redefined, Cause.PERIMETER: perimeter, Cause.REVISION: code not in unrevised}
            possible = " et ".join(cause for cause, may in causes.items() if may) or str(Cause.REVISION)
            found[code, whole_city] = Link(
                earlier.code,
                later.code,
                _comparable(item, measures, earlier, later),
                crossed.label if crossed else "",
                crossed.day.isoformat() if crossed else "",
                possible,
                redefined,
                max(days).isoformat() if redefined and days else "",
            )
    return found


def _crossed(
    item: Indicator, earlier: Period, later: Period, breaks: Sequence[SeriesBreak], territory: Territory, *, whole_city: bool
) -> SeriesBreak | None:
    return None if earlier == later else broken(item.measures, earlier, later, breaks, territory, whole_city=whole_city)


def _concerns(item: SeriesBreak, indicator: Indicator, later: Period, *, whole_city: bool) -> bool:
    """Whether a break declared since may have changed figures until ``later``: the past is sometimes counted again as the present is."""
    if item.day > later.last_day:
        return False
    return not (item.perimeter and whole_city) and any(not item.measures or code in item.measures for code in indicator.measures)


def _comparable(indicator: Indicator, measures: Mapping[str, Measure], earlier: Period, later: Period) -> bool:
    """What is counted since 1 January is compared at the same quarter; two vintages of a published value are not an evolution."""
    if earlier == later:
        return True
    if indicator.kind is Kind.PUBLISHED:
        return False
    since_january = indicator.kind is Kind.MONEY or any(measures[code].nature is Nature.DISTINCT_TO_DATE for code in indicator.measures)
    return not since_january or earlier.number == later.number
