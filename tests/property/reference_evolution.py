"""What changed between two dates, and what a window adds up, a second time: one figure after another, in months and in decimals."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from math import isnan

from indicators.indicator import Direction, Indicator, Kind
from indicators.measures import Nature
from indicators.period import SeriesBreak
from tests.property import limits
from tests.property.datasets import MEASURES
from tests.property.reference import City, Count, last_day, length, worst

SINCE_JANUARY = "Cumul depuis le 1er janvier, non comparable à celui de la période d'avant"
CHANGE_ZONING = "Changement de zonage des QPV"
Key = tuple[str, str, str, str, str]
Numbers = tuple[float | None, ...]


@dataclass(frozen=True)
class Told:
    """A figure or a gap as its frame has it, and its limits."""

    status: str
    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Change:
    """One row expected: ``numbers`` are before, after, change, low, high; ``word`` its verdict or its trend."""

    earlier: str
    status: str
    broken: str
    broken_on: str
    provisional: str
    numbers: Numbers
    word: str | None


def months_before(period: str, months: int) -> str:
    """The code of the period of the same length that ends so many months sooner."""
    end = last_day(period)
    total = 12 * end.year + end.month - 1 - months
    year, month = total // 12, total % 12 + 1
    part = {1: f"-{month:02d}", 3: f"-T{month // 3}", 6: f"-S{month // 6}", 12: ""}[length(period)]
    return f"{year}{part}"


def first_day(period: str) -> date:
    return last_day(months_before(period, length(period))) + timedelta(days=1)


def broken(measures: Collection[str], earlier: str, later: str, zone: str, breaks: Sequence[SeriesBreak], city: City) -> tuple[str, str]:
    for item in breaks:
        about = not item.measures or any(measure in item.measures for measure in measures)
        if about and first_day(earlier) < item.day <= last_day(later) and not (item.perimeter and zone == "VILLE"):
            return item.label, str(item.day)
    if zone == "VILLE" or city.qpvs(earlier) == city.qpvs(later):
        return "", ""
    return CHANGE_ZONING, str(next(first for first, last, _ in city.zonings if first <= last_day(later) <= last))


@dataclass(frozen=True)
class Reference:
    """What separates the dates of one data set."""

    city: City
    breaks: tuple[SeriesBreak, ...]
    provisional: dict[tuple[str, str], date]
    year_ago: bool

    def starts_again(self, indicator: Indicator, later: str) -> bool:
        """Two moments of a count since 1 January, inside a year."""
        natures = [MEASURES[code].nature for code in indicator.measures]
        return not self.year_ago and length(later) < 12 and Nature.DISTINCT_TO_DATE in natures

    def change(self, key: Key, told: dict[Key, Told], indicator: Indicator, *, of_gap: bool) -> Change:
        _, zone, later, *cell = key
        earlier = months_before(later, 12 if self.year_ago else length(later))
        now, then = told[key], told.get((key[0], zone, earlier, cell[0], cell[1]))
        label, on = broken(indicator.measures, earlier, later, zone, self.breaks, self.city)
        if self.starts_again(indicator, later):
            label, on = SINCE_JANUARY, ""
        days = [str(self.provisional.get((measure, period), "")) for measure in indicator.measures for period in (earlier, later)]
        moving = max(days)
        status = "non_applicable" if label else worst([now.status, then.status if then else "non_transmis"])
        percent = not of_gap and indicator.kind in {Kind.COUNT, Kind.MEAN}
        if status == "ok" and percent and then is not None and then.value == 0:
            status = "non_applicable"
        if status != "ok" or then is None:
            return Change(earlier, status, label, on, moving, (None,) * 5, None)
        numbers, low, high = compared(then, now, percent=percent)
        word = trend(then.value, now.value, low, high) if of_gap else verdict(indicator.better, low, high)
        word = "sans_jugement" if percent else word
        return Change(earlier, status, label, on, moving, numbers, word)


def compared(then: Told, now: Told, *, percent: bool) -> tuple[Numbers, Decimal | None, Decimal | None]:
    a, b = Decimal(now.value), Decimal(then.value)
    if percent:
        return (then.value, now.value, float((a - b) / b * 100), None, None), None, None
    pairs = [None if isnan(side.low) else (Decimal(side.low), Decimal(side.high)) for side in (now, then)]
    found = limits.difference(a, pairs[0], b, pairs[1])
    low, high = found if found else (None, None)
    ends = [None if end is None else float(end) for end in (low, high)]
    return (then.value, now.value, float(a - b), *ends), low, high


def verdict(better: Direction, low: Decimal | None, high: Decimal | None) -> str:
    if better is Direction.NEUTRAL:
        return "sans_jugement"
    if low is None or high is None or low <= 0 <= high:
        return "non_etabli"
    return "favorable" if (low > 0) == (better is Direction.HIGHER) else "defavorable"


def trend(old: float, new: float, low: Decimal | None, high: Decimal | None) -> str:
    if low is None or high is None or low <= 0 <= high:
        return "non_etabli"
    if min(old, new) < 0 < max(old, new):
        return "s_inverse"
    return "se_reduit" if abs(new) < abs(old) else "se_creuse"


def window(
    nature: Nature,
    measure: str,
    zone: str,
    period: str,
    counts: dict[str, Count],
    breaks: Sequence[SeriesBreak],
    city: City,
    *,
    since_january: bool,
) -> Count:
    """The figure of a window, from those of its periods by code."""
    start = date(last_day(period).year, 1, 1) if since_january else last_day(months_before(period, 12)) + timedelta(days=1)
    inside = [period]
    while first_day(inside[0]) > start:
        inside.insert(0, months_before(inside[0], length(period)))
    alone = len(inside) == 1
    if nature is Nature.DISTINCT and not alone:
        return "non_applicable", Fraction(0)
    if nature is Nature.DISTINCT_TO_DATE and not since_january and last_day(period).month != 12:
        return "non_applicable", Fraction(0)
    if nature is not Nature.FLOW or alone:
        return counts[period]
    if broken([measure], inside[0], inside[-1], zone, breaks, city)[0]:
        return "non_applicable", Fraction(0)
    found = [counts.get(part, ("non_transmis", Fraction(0))) for part in inside]
    state = worst(status for status, _ in found)
    return state, sum((count for _, count in found), Fraction(0)) if state == "ok" else Fraction(0)
