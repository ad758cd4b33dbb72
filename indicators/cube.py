"""Counts as a dense array: measures x zones x periods x cells, each with its value and its status. Built once, read by every indicator.

A cell is one (dimension, category). What is absent stays absent: a status accompanies every value, so absent is never zero.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from indicators.codes import DIMENSIONS
from indicators.measures import AT_THE_END, DISTINCT, Measure, Nature
from indicators.period import Frequency, Period
from indicators.status import NON_APPLICABLE, NON_TRANSMIS, OK, ORDER
from indicators.territory import TOTALS, Territory, complete

Values = NDArray[np.float64]
States = NDArray[np.int8]


@dataclass(frozen=True)
class Provider:
    """A source expected to deliver a measure, from a day on (None: always): where it is silent, the total is not transmitted."""

    source: str
    measure: str
    since: date | None = None


@dataclass(frozen=True)
class Cube:
    """Every count of one Cité. ``value`` and ``status`` are indexed [measure, zone, period, cell] along the four axes."""

    measures: pd.Index
    zones: pd.Index
    periods: pd.Index
    cells: pd.MultiIndex
    value: Values
    status: States

    def cells_of(self, dimension: str, categories: Sequence[str] | None = None) -> list[int]:
        """Positions of the cells of a dimension (all its categories unless named)."""
        wanted = categories if categories is not None else DIMENSIONS[dimension].codes
        return [int(self.cells.get_loc((dimension, category))) for category in wanted]  # type: ignore[arg-type]


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
) -> Cube:
    """Complete zones, then periods, source by source, then add the sources up.

    Args:
        counts: a valid Counts frame. Measures outside ``measures`` are left out.
        periods: the periods wanted; those they are made of are added.
        providers: who must deliver what; by default whoever appears in ``counts``.
    """
    axis = _period_axis(periods)
    axes = _dimensions(counts)
    counts = counts[counts["dimension"].isin(axes)]
    base = Cube(
        pd.Index(list(measures)),
        pd.Index(territory.zones()),
        pd.Index([period.code for period in axis]),
        pd.MultiIndex.from_tuples([(code, category) for code in axes for category in DIMENSIONS[code].codes]),
        *_empty((len(measures), len(territory.zones()), len(axis), sum(len(DIMENSIONS[code].codes) for code in axes))),
    )
    by_source: dict[str, list[Provider]] = {}
    for provider in providers if providers is not None else providers_of(counts):
        if provider.measure in measures:
            by_source.setdefault(provider.source, []).append(provider)
    layers = [_layer(counts[counts["source"] == source], base, measures, territory, axis) for source in by_source]
    _add_up(base, layers, [_applies(base, axis, group) for group in by_source.values()], list(measures.values()))
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


def _layer(
    rows: pd.DataFrame, base: Cube, measures: Mapping[str, Measure], territory: Territory, axis: list[Period]
) -> tuple[Values, States]:
    """One source's counts on the cube's axes, completed."""
    value, status = _empty(base.value.shape)
    place = (
        base.measures.get_indexer(pd.Index(rows["measure"])),
        base.zones.get_indexer(pd.Index(rows["territory"])),
        base.periods.get_indexer(pd.Index(rows["period"])),
        base.cells.get_indexer(pd.MultiIndex.from_frame(rows[["dimension", "category"]])),
    )
    inside = np.logical_and.reduce([index >= 0 for index in place])
    target = tuple(index[inside] for index in place)
    states = pd.Index([state.value for state in ORDER]).get_indexer(pd.Index(rows["status"]))
    value[target] = rows["value"].to_numpy(dtype=float, na_value=0.0)[inside]
    status[target] = states[inside]
    _complete_zones(value, status, base, territory, axis)
    _complete_periods(value, status, list(measures.values()), axis)
    return value, status


def _complete_zones(value: Values, status: States, base: Cube, territory: Territory, axis: list[Period]) -> None:
    totals = {name: int(base.zones.get_loc(name)) for name in TOTALS}  # type: ignore[arg-type]
    by_zoning: dict[tuple[str, ...], list[int]] = {}
    for position, period in enumerate(axis):
        by_zoning.setdefault(tuple(territory.qpv_codes(period)), []).append(position)
    for codes, positions in by_zoning.items():
        part_value = np.moveaxis(value[:, :, positions], 1, 0).copy()
        part_status = np.moveaxis(status[:, :, positions], 1, 0).copy()
        complete(part_value, part_status, [int(index) for index in base.zones.get_indexer(pd.Index(list(codes)))], totals)
        value[:, :, positions] = np.moveaxis(part_value, 0, 1)
        status[:, :, positions] = np.moveaxis(part_status, 0, 1)


def _complete_periods(value: Values, status: States, measures: list[Measure], axis: list[Period]) -> None:
    """Flows of a longer period are the sum of its parts, all of them; a stock, or a count to date, is that of its last part."""
    position = {period: index for index, period in enumerate(axis)}
    summed = [index for index, measure in enumerate(measures) if measure.nature is Nature.FLOW]
    last = [index for index, measure in enumerate(measures) if measure.nature in AT_THE_END]
    for period in axis:
        parts = [position[part] for part in period.parts()]
        if not parts:
            continue
        here = position[period]
        _fill(value, status, summed, here, value[:, :, parts].sum(axis=2), status[:, :, parts].max(axis=2))
        _fill(value, status, last, here, value[:, :, parts[-1]], status[:, :, parts[-1]])


def _fill(value: Values, status: States, measures: list[int], period: int, found: Values, state: States) -> None:
    for measure in measures:
        absent = status[measure, :, period] == NON_TRANSMIS
        value[measure, :, period][absent] = np.where(state[measure] == OK, found[measure], 0.0)[absent]
        status[measure, :, period][absent] = state[measure][absent]


def _applies(base: Cube, axis: list[Period], group: list[Provider]) -> NDArray[np.bool_]:
    """[measure, period]: whether a source is expected to deliver."""
    expected = np.zeros((len(base.measures), len(axis)), dtype=bool)
    for provider in group:
        row = int(base.measures.get_loc(provider.measure))  # type: ignore[arg-type]
        expected[row] = [provider.since is None or period.last_day >= provider.since for period in axis]
    return expected


def _add_up(base: Cube, layers: list[tuple[Values, States]], expected: list[NDArray[np.bool_]], measures: list[Measure]) -> None:
    """Add the expected sources: as absent as the most absent of them. Distinct persons of several sources cannot be added."""
    count = np.zeros(base.status.shape[:1] + base.status.shape[2:3], dtype=int)
    worst = np.full(base.status.shape, OK, dtype=np.int8)
    for (value, status), applies in zip(layers, expected, strict=True):
        here = applies[:, None, :, None]
        base.value[...] += np.where(here & (status == OK), value, 0.0)
        np.maximum(worst, np.where(here, status, OK), out=worst)
        count += applies
    base.status[...] = np.where(count[:, None, :, None] > 0, worst, NON_TRANSMIS)
    for index, measure in enumerate(measures):
        if measure.nature in DISTINCT:
            base.status[index][:, count[index] > 1] = NON_APPLICABLE
    base.value[base.status != OK] = 0.0


def _mark_zones_out_of_force(base: Cube, territory: Territory, axis: list[Period]) -> None:
    codes = set(territory.qpv_codes())
    for position, period in enumerate(axis):
        in_force = set(territory.qpv_codes(period))
        out = [index for index, zone in enumerate(base.zones) if zone in codes - in_force]
        base.status[:, out, position] = NON_APPLICABLE
        base.value[:, out, position] = 0.0
