"""The counts that a page shows, as sums of atoms: a measure, some categories, a zone, some quarters. How they are judged is in ``gate``.

Zones here are those of an edition: the rest of the city (``RESTE``) holds hors QPV and not located together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from indicators.codes import ENSEMBLE, is_sensitive
from indicators.disclosure.policy import Policy
from indicators.indicator import Term
from indicators.measures import Measure, Nature
from indicators.period import Frequency, Period
from indicators.territory import HORS_QPV
from indicators.windows import Window

RESTE = "RESTE"
"""The rest of the city as an edition counts it: hors QPV and not located together."""


@dataclass(frozen=True, order=True)
class Box:
    """A count: the sum of the atoms of ``measure`` over ``categories`` of a dimension, one zone, and each of ``quarters``."""

    measure: str
    dimension: str
    categories: tuple[str, ...]
    zone: str
    quarters: tuple[str, ...]

    @property
    def sensitive(self) -> bool:
        """Whether one of its categories may tell health or justice."""
        return any(is_sensitive(self.dimension, category) for category in self.categories)


Claim = tuple[Box, ...]
"""What one shown number tells: the sum of some boxes, in order."""


def threshold_of(told: Claim, policy: Policy) -> int:
    """Under which a claim is small: more where a category is sensitive."""
    return policy.small(sensitive=any(box.sensitive for box in told))


def zone_of(zone: str) -> str:
    """The zone of a frame, as an edition counts it."""
    return RESTE if zone == HORS_QPV else zone


def quarters_of(period: Period, window: Window, nature: Nature) -> tuple[str, ...] | None:
    """The quarters whose atoms a count of a period adds up; None where the count has no meaning over that window.

    Persons since 1 January are the sum of those met for the first time in each quarter. A stock is that of the last quarter.
    """
    last = Period.of(period.last_day, Frequency.QUARTER)
    if nature in {Nature.STOCK, Nature.DISTINCT_ROLLING}:
        return (last.code,)
    if nature is Nature.DISTINCT:
        return (period.code,) if window is Window.PERIOD else None
    if nature is Nature.DISTINCT_TO_DATE:
        return _run(last, last.number) if window is not Window.ROLLING_YEAR or last.number == 4 else None
    if window is Window.ROLLING_YEAR:
        return _run(last, 4)
    if window is Window.YEAR_TO_DATE:
        return _run(last, last.number)
    return _run(last, max(period.frequency.months // 3, 1))


def _run(last: Period, length: int) -> tuple[str, ...]:
    return tuple(last.shift(-step).code for step in range(length - 1, -1, -1))


Spread = tuple[tuple[Term, tuple[str, ...]], ...]
"""The terms of a numerator or a denominator, each with the quarters that it adds up."""


def spread(terms: Iterable[Term], measures: Mapping[str, Measure], period: Period, window: Window) -> Spread | None:
    """What the terms of a row add up over its window, whatever its zone and its category; None where one has no meaning there."""
    found = []
    for term in terms:
        quarters = quarters_of(period, window, measures[term.measure].nature)
        if quarters is None:
            return None
        found.append((term, quarters))
    return tuple(found)


@lru_cache(maxsize=200_000)
def filled(parts: Spread, zone: str, cell: tuple[str, str]) -> Claim:
    """What the numerator or the denominator of a row tells."""
    boxes = []
    for term, quarters in parts:
        dimension, category = (ENSEMBLE, ENSEMBLE) if term.common else cell
        categories: tuple[str, ...] = (category,)
        if term.dimension != ENSEMBLE:
            dimension, categories = term.dimension, tuple(sorted(term.categories))
        boxes.append(Box(term.measure, dimension, categories, zone_of(zone), quarters))
    return tuple(sorted(boxes)) if len(boxes) > 1 else tuple(boxes)


def to_plain(told: Claim) -> list[list[Any]]:
    """A claim as lists, for an edition."""
    return [[box.measure, box.dimension, list(box.categories), box.zone, list(box.quarters)] for box in told]


def from_plain(told: Sequence[Sequence[Any]]) -> Claim:
    """A claim read from an edition."""
    return tuple(Box(str(m), str(d), tuple(map(str, c)), str(z), tuple(map(str, q))) for m, d, c, z, q in told)
