"""Months, quarters, half-years and years: their codes, order and limits, the share elapsed, and the breaks of series.

Codes: ``2022-03`` (month), ``2022-T1`` (quarter), ``2022-S1`` (half-year), ``2022`` (year). Today's date is always an argument.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache


class Frequency(StrEnum):
    """How often a figure is established, from the shortest to the longest."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"

    @property
    def months(self) -> int:
        """Number of months in one period of this frequency."""
        return _MONTHS[self]


_MONTHS = {Frequency.MONTH: 1, Frequency.QUARTER: 3, Frequency.HALF: 6, Frequency.YEAR: 12}
_CODE = re.compile(r"(?P<year>[1-9][0-9]{3})(?:-(?:(?P<month>0[1-9]|1[0-2])|T(?P<quarter>[1-4])|S(?P<half>[12])))?")


@dataclass(frozen=True)
class Period:
    """A calendar period: ``number`` counts the periods of this frequency from the start of the year (1 for a year)."""

    year: int
    frequency: Frequency
    number: int = 1

    @classmethod
    def parse(cls, code: str) -> Period:
        """Read a code; raise ``ValueError``, in French, when it is not one."""
        return _parse(code)

    @classmethod
    def of(cls, day: date, frequency: Frequency) -> Period:
        """The period of this frequency that contains a day."""
        return cls(day.year, frequency, (day.month - 1) // frequency.months + 1)

    @property
    def code(self) -> str:
        """The code used in every frame and address."""
        pattern = {
            Frequency.MONTH: f"{self.year}-{self.number:02d}",
            Frequency.QUARTER: f"{self.year}-T{self.number}",
            Frequency.HALF: f"{self.year}-S{self.number}",
            Frequency.YEAR: f"{self.year}",
        }
        return pattern[self.frequency]

    @property
    def first_day(self) -> date:
        """First day, included."""
        return date(self.year, (self.number - 1) * self.frequency.months + 1, 1)

    @property
    def last_day(self) -> date:
        """Last day, included."""
        month = self.number * self.frequency.months
        return date(self.year, month, monthrange(self.year, month)[1])

    def shift(self, steps: int) -> Period:
        """The period ``steps`` places later (earlier if negative), of the same frequency."""
        per_year = 12 // self.frequency.months
        index = self.year * per_year + self.number - 1 + steps
        return Period(index // per_year, self.frequency, index % per_year + 1)

    def same_period_last_year(self) -> Period:
        """The same month, quarter, half-year or year, one year before."""
        return Period(self.year - 1, self.frequency, self.number)

    def parts(self) -> list[Period]:
        """The periods of the next shorter frequency that make this one up: 3 months, 2 quarters or 4 quarters; none for a month."""
        shorter = {Frequency.QUARTER: Frequency.MONTH, Frequency.HALF: Frequency.QUARTER, Frequency.YEAR: Frequency.QUARTER}
        if self.frequency not in shorter:
            return []
        part = shorter[self.frequency]
        count = self.frequency.months // part.months
        first = (self.number - 1) * count + 1
        return [Period(self.year, part, first + i) for i in range(count)]

    def __lt__(self, other: Period) -> bool:
        return (self.first_day, self.last_day) < (other.first_day, other.last_day)


@lru_cache(maxsize=4096)
def _parse(code: str) -> Period:
    found = _CODE.fullmatch(code)
    if not found:
        raise ValueError(f"« {code} » n'est pas une période. Écrivez par exemple 2022-03 (mois), 2022-T1 (trimestre) ou 2022 (année).")
    year = int(found["year"])
    for frequency in (Frequency.MONTH, Frequency.QUARTER, Frequency.HALF):
        if found[frequency.value]:
            return Period(year, frequency, int(found[frequency.value]))
    return Period(year, Frequency.YEAR)


def between(first: date, last: date, frequency: Frequency) -> list[Period]:
    """Every period of a frequency that starts on or after ``first`` and is over on ``last`` (both days included)."""
    period = Period.of(first, frequency)
    if period.first_day < first:
        period = period.shift(1)
    found = []
    while period.last_day <= last:
        found.append(period)
        period = period.shift(1)
    return found


def share_elapsed(first: date, last: date, on: date) -> float:
    """Share of the days from ``first`` to ``last`` that are over at the end of day ``on``: 0 before, 1 after, days counted exactly."""
    days = (last - first).days + 1
    return min(max(((on - first).days + 1) / days, 0.0), 1.0)


@dataclass(frozen=True)
class SeriesBreak:
    """A day from which a series no longer measures the same thing: no evolution is computed across it.

    Attributes:
        day: first day under the new definition.
        label: what changed, in French, as it is written on charts.
        measures: the codes of the measures concerned; empty means all of them.
        perimeter: a change of zoning: the figures of the whole city cross it.
    """

    day: date
    label: str
    measures: frozenset[str] = frozenset()
    perimeter: bool = False

    def separates(self, earlier: Period, later: Period, measure: str | None = None) -> bool:
        """Whether the break falls after the start of ``earlier`` and no later than the end of ``later``."""
        concerned = not self.measures or measure is None or measure in self.measures
        return concerned and earlier.first_day < self.day <= later.last_day
