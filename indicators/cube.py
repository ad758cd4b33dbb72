"""Counts as a dense array: measures x zones x periods x cells, each with its value and its status. Built once, read by every indicator.

A cell is one (dimension, category). What is absent stays absent: a status accompanies every value, so absent is never zero.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from indicators.codes import DIMENSIONS
from indicators.completion import complete_periods, complete_totals, torn_periods
from indicators.measures import DISTINCT, Measure
from indicators.period import Frequency, Period, SeriesBreak
from indicators.status import NON_APPLICABLE, NON_TRANSMIS, OK, ORDER
from indicators.territory import TOTALS, Territory, complete

Values = NDArray[np.float64]
States = NDArray[np.int8]


@dataclass(frozen=True)
class Provider:
    """A source expected to deliver a measure, from a day to another (None: always): where it is silent, the total is not transmitted.

    ``each_qpv``: False for a source that only tells all the QPVs together: a figure of one of them is then without object.
    """

    source: str
    measure: str
    since: date | None = None
    until: date | None = None
    each_qpv: bool = True

    def due(self, period: Period) -> bool:
        """Whether it is expected for a period: it is there on its last day, and had not left before its first."""
        return (self.since is None or period.last_day >= self.since) and (self.until is None or period.first_day <= self.until)


@dataclass(frozen=True)
class Cube:
    """Every count of one Cité. ``value`` and ``status`` are indexed [measure, zone, period, cell] along the four axes."""

    measures: pd.Index
    zones: pd.Index
    periods: pd.Index
    cells: pd.MultiIndex
    value: Values
    status: States

    @cached_property
    def _cell(self) -> dict[tuple[str, str], int]:
        return {cell: position for position, cell in enumerate(self.cells)}

    def cells_of(self, dimension: str, categories: Sequence[str] | None = None) -> list[int]:
        """Positions of the cells of a dimension (all its categories unless named)."""
        wanted = categories if categories is not None else DIMENSIONS[dimension].codes
        return [self._cell[dimension, category] for category in wanted]


@dataclass(frozen=True)
class Delivered:
    """What was delivered: one series for each provider and cell that some row tells of, in that order. Much smaller than the cube.

    ``provider`` and ``cell`` are positions, one per series; ``value`` and ``status`` are indexed [zone, series, period].
    """

    provider: NDArray[np.intp]
    cell: NDArray[np.intp]
    value: Values
    status: States


def providers_of(counts: pd.DataFrame) -> list[Provider]:
    """The sources seen in a Counts frame, as providers: used where no declaration says more."""
    pairs = counts[["source", "measure"]].drop_duplicates()
    return [Provider(source, measure) for source, measure in pairs.itertuples(index=False)]


def build(
    counts: pd.DataFrame,
    measures: Mapping[str, Measure],
    territory: Territory,
    periods: Sequence[Period],
    providers: Sequence[Provider] | None = None,
    breaks: Sequence[SeriesBreak] = (),
) -> Cube:
    """Complete zones, then periods, each source by itself, then add the sources up.

    Args:
        counts: a valid Counts frame. Measures outside ``measures`` are left out.
        periods: the periods wanted; those they are made of are added.
        providers: who must deliver what; by default whoever appears in ``counts``.
        breaks: no sum of periods crosses one, nor (but for the whole city) a change of zoning.
    """
    axis = _period_axis(periods)
    cells = pd.MultiIndex.from_tuples([(code, category) for code in _dimensions(counts) for category in DIMENSIONS[code].codes])
    zones = pd.Index(territory.zones())
    base = Cube(
        pd.Index(list(measures)),
        zones,
        pd.Index([period.code for period in axis]),
        cells,
        *_empty((len(measures), len(zones), len(axis), len(cells))),
    )
    known = [provider for provider in (providers if providers is not None else providers_of(counts)) if provider.measure in measures]
    pairs = {pair: position for position, pair in enumerate(dict.fromkeys((provider.source, provider.measure) for provider in known))}
    series = _series(counts, base, pairs)
    _complete_zones(series, base, territory, axis)
    torn = torn_periods(base, measures, territory, axis, breaks)
    row = base.measures.get_indexer(pd.Index([measure for _, measure in pairs]))
    complete_periods(series, [measures[measure].nature for _, measure in pairs], torn[row], axis)
    together = {(provider.source, provider.measure) for provider in known if not provider.each_qpv}
    silent = {pairs[pair]: base.zones.get_indexer(pd.Index(territory.qpv_codes())) for pair in together}
    _add_up(base, series, pairs, _expected(known, pairs, axis), silent, list(measures.values()))
    complete_totals(base, [measure.nature for measure in measures.values()], torn, axis)
    _mark_zones_out_of_force(base, territory, axis)
    return base


def _empty(shape: tuple[int, ...]) -> tuple[Values, States]:
    return np.zeros(shape), np.full(shape, NON_TRANSMIS, dtype=np.int8)


def _dimensions(counts: pd.DataFrame) -> list[str]:
    """The total first, then every known dimension: terms may name categories that nobody has delivered yet."""
    unknown = set(counts["dimension"].unique()) - set(DIMENSIONS)
    if unknown:
        raise ValueError(f"Dimension inconnue : {', '.join(sorted(unknown))}.")
    return [code for code, dimension in DIMENSIONS.items() if dimension.in_cube]


def _period_axis(periods: Sequence[Period]) -> list[Period]:
    """The periods and all their parts, shortest first, so that a longer one can be filled from the shorter."""
    found: set[Period] = set()
    waiting = list(periods)
    while waiting:
        period = waiting.pop()
        if period not in found:
            found.add(period)
            waiting += period.parts()
    order = list(Frequency)
    return sorted(found, key=lambda period: (order.index(period.frequency), period.first_day))


def _series(counts: pd.DataFrame, base: Cube, pairs: Mapping[tuple[str, str], int]) -> Delivered:
    """The counts of the expected providers on the cube's zones, periods and cells; the rest is left out."""
    provider = _places(counts[["source", "measure"]], pairs)
    cell = _places(counts[["dimension", "category"]], {cell: position for position, cell in enumerate(base.cells)})
    zone = _places(counts[["territory"]], {(zone,): position for position, zone in enumerate(base.zones)})
    period = _places(counts[["period"]], {(code,): position for position, code in enumerate(base.periods)})
    inside = (provider >= 0) & (cell >= 0) & (zone >= 0) & (period >= 0)
    found, place = np.unique((provider * len(base.cells) + cell)[inside], return_inverse=True)
    value, status = _empty((len(base.zones), len(found), len(base.periods)))
    target = (zone[inside], place, period[inside])
    value[target] = counts["value"].to_numpy(dtype=float, na_value=0.0)[inside]
    status[target] = _places(counts[["status"]], {(state.value,): position for position, state in enumerate(ORDER)})[inside]
    return Delivered(found // len(base.cells), found % len(base.cells), value, status)


def _places(columns: pd.DataFrame, positions: Mapping[Any, int]) -> NDArray[np.intp]:
    """Where each row's texts, as a tuple, are among ``positions``; -1 for nowhere. Each text is looked up once, not once per row."""
    codes, names = zip(*(pd.factorize(columns[name]) for name in columns), strict=True)
    table = np.full([len(found) + 1 for found in names], -1, dtype=np.intp)  # one more: a missing text has code -1, hence no place
    rank = [{name: place for place, name in enumerate(found)} for found in names]
    for texts, position in positions.items():
        if all(text in places for text, places in zip(texts, rank, strict=True)):
            table[tuple(places[text] for text, places in zip(texts, rank, strict=True))] = position
    return table[codes]


def _complete_zones(series: Delivered, base: Cube, territory: Territory, axis: list[Period]) -> None:
    totals = {name: int(base.zones.get_loc(name)) for name in TOTALS}  # type: ignore[arg-type]
    by_zoning: dict[tuple[str, ...], list[int]] = {}
    for position, period in enumerate(axis):
        by_zoning.setdefault(tuple(territory.qpv_codes(period)), []).append(position)
    for codes, positions in by_zoning.items():
        value, status = series.value[:, :, positions], series.status[:, :, positions]
        complete(value, status, [int(index) for index in base.zones.get_indexer(pd.Index(list(codes)))], totals)
        series.value[:, :, positions], series.status[:, :, positions] = value, status


def _expected(known: list[Provider], pairs: Mapping[tuple[str, str], int], axis: list[Period]) -> NDArray[np.bool_]:
    """[provider, period]: whether a source is expected to deliver a measure."""
    expected = np.zeros((len(pairs), len(axis)), dtype=bool)
    for provider in known:
        expected[pairs[provider.source, provider.measure]] = [provider.due(period) for period in axis]
    return expected


def _add_up(
    base: Cube,
    series: Delivered,
    pairs: Mapping[tuple[str, str], int],
    expected: NDArray[np.bool_],
    silent: Mapping[int, NDArray[np.intp]],
    measures: list[Measure],
) -> None:
    """Add the expected sources: as absent as the most absent of them. Distinct persons of several sources cannot be added.

    ``silent``: for a provider, the zones it never tells: what it does not tell there is without object, not missing.
    """
    row = base.measures.get_indexer(pd.Index([measure for _, measure in pairs]))
    count = np.zeros((len(measures), expected.shape[1]), dtype=int)
    np.add.at(count, row, expected)
    base.status[...] = np.where(count > 0, OK, NON_TRANSMIS)[:, None, :, None]
    bounds = np.searchsorted(series.provider, np.arange(len(pairs) + 1))
    for pair, measure in enumerate(row):
        own = slice(bounds[pair], bounds[pair + 1])
        cells, here = series.cell[own], expected[pair][:, None]
        value, status = (np.moveaxis(array[:, own], 1, 2) for array in (series.value, series.status))
        base.value[measure][..., cells] += np.where(here & (status == OK), value, 0.0)
        worst = np.where(here, np.full(base.status.shape[1:], NON_TRANSMIS, dtype=np.int8), np.int8(OK))
        worst[..., cells] = np.where(here, status, OK)
        never = silent.get(pair, np.array([], dtype=np.intp))
        worst[never] = np.where(worst[never] == NON_TRANSMIS, NON_APPLICABLE, worst[never])
        np.maximum(base.status[measure], worst, out=base.status[measure])
    for index, measure_ in enumerate(measures):
        if measure_.nature in DISTINCT:
            base.status[index][:, count[index] > 1] = NON_APPLICABLE
    base.value[...] *= base.status == OK


def _mark_zones_out_of_force(base: Cube, territory: Territory, axis: list[Period]) -> None:
    codes = set(territory.qpv_codes())
    for position, period in enumerate(axis):
        in_force = set(territory.qpv_codes(period))
        out = [index for index, zone in enumerate(base.zones) if zone in codes - in_force]
        base.status[:, out, position] = NON_APPLICABLE
        base.value[:, out, position] = 0.0
