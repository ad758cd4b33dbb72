"""What a partner is asked for: the breakdowns of each measure, and each count of a period."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from connectors.source import Source
from indicators.codes import DIMENSIONS, ENSEMBLE
from indicators.period import Period
from indicators.registry import indicators, measures
from indicators.territory import HORS_QPV, NON_LOCALISE, QPV, VILLE, Territory


@dataclass(frozen=True)
class Cell:
    """One count asked for, in the columns of our long layout."""

    territory: str
    measure: str
    dimension: str
    category: str


def asked(source: Source, measure: str) -> tuple[str, ...]:
    """The breakdowns of a measure that a figure uses, the total first; those a query already declares, where the source has some."""
    declared = {query.dimension or ENSEMBLE for query in source.query if query.measure == measure and query.dimension}
    used = {name for item in indicators().values() if measure in item.measures for name in item.breakdowns}
    wanted = declared or {name for name in used if DIMENSIONS[name].in_cube}
    return (ENSEMBLE, *(name for name in DIMENSIONS if name in wanted and name != ENSEMBLE))


def zones_of(source: Source, measure: str, territory: Territory, period: Period) -> list[str]:
    """The zones that a source counts apart."""
    if measure in measures() and not measures()[measure].territorial:
        return [VILLE]
    places = territory.qpv_codes(period) if source.each_qpv else [QPV]
    return [*places, HORS_QPV, *([NON_LOCALISE] if source.non_localise else [])]


def cells(source: Source, territory: Territory, period: Period) -> Iterator[Cell]:
    """Every count that a source owes for a period."""
    for measure in source.measures:
        zones = zones_of(source, measure, territory, period)
        for dimension in asked(source, measure):
            for zone in zones:
                for category in DIMENSIONS[dimension].codes:
                    yield Cell(zone, measure, dimension, category)


def example(cell: Cell) -> int:
    """A made-up count, such that a whole is the sum of its parts and a part never above its whole."""
    total = _total(cell.measure)
    dimension = DIMENSIONS[cell.dimension]
    if cell.dimension == ENSEMBLE:
        return total
    share, rest = divmod(total, len(dimension.codes))
    return share + (rest if dimension.exclusive and cell.category == dimension.codes[0] else 0)


def _total(measure: str) -> int:
    whole = measures()[measure].part_of if measure in measures() else None
    return 60 if whole is None else _total(whole) * 2 // 3
