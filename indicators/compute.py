"""Values of the indicators and their QPV gaps: tidy counts in, tidy tables out. Sums come before ratios, and absence keeps its reason.

What each column means is in docs/architecture.md; which limits are used, in ``intervals``. Money has its own module, ``budget``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from indicators import intervals
from indicators.codes import DIMENSIONS, ENSEMBLE
from indicators.cube import Cube
from indicators.frames import VALUES_COLUMNS, VALUES_KEY
from indicators.indicator import Indicator, Kind, Term
from indicators.intervals import Array, Limits
from indicators.measures import Measure
from indicators.period import Frequency, Period
from indicators.status import NON_APPLICABLE, NON_TRANSMIS, OK, ORDER
from indicators.territory import HORS_QPV, QPV, VILLE, Territory

States = NDArray[np.int8]
NUMBERS = [column for column in VALUES_COLUMNS if column not in {*VALUES_KEY, "status"}]
ELSEWHERE = frozenset({Kind.MONEY, Kind.PUBLISHED})
"""The kinds that are not made of counts."""


def values(
    cube: Cube, indicators: Iterable[Indicator], measures: Mapping[str, Measure], territory: Territory, periods: Sequence[Period]
) -> pd.DataFrame:
    """The Values frame: one row per indicator, zone in force, period and breakdown, in that order.

    Args:
        cube: the counts, on axes that hold ``periods``.
        indicators: those wanted; money is left to ``budget``, and what others published to ``published``.
        measures: the vocabulary, by code.
        territory: which QPVs are in force in each period.
        periods: an indicator is established for those at least as long as its frequency.
    """
    counted = [indicator for indicator in indicators if indicator.kind not in ELSEWHERE]
    scopes = {unit: _scope(cube, territory, [period for period in periods if period.frequency.months >= unit.months]) for unit in Frequency}
    blocks = [_one(scopes[Frequency(indicator.frequency)], indicator, measures) for indicator in counted]
    return _table(cube, [indicator.code for indicator in counted], blocks) if blocks else _empty_values()


@dataclass(frozen=True)
class Scope:
    """The part of a cube that the indicators of one frequency read.

    Attributes:
        cube: whose measures, zones and cells these are.
        periods: positions on the cube's axis of the periods wanted.
        value: those periods' counts [measure, zone, period, cell].
        status: their states.
        in_force: [zone, period], whether the zone exists then.
        qpv: [zone], whether it is a QPV or all of them.
    """

    cube: Cube
    periods: NDArray[np.intp]
    value: Array
    status: States
    in_force: NDArray[np.bool_]
    qpv: NDArray[np.bool_]


def _scope(cube: Cube, territory: Territory, periods: list[Period]) -> Scope:
    place = cube.periods.get_indexer(pd.Index([period.code for period in periods], dtype="str"))
    qpvs, zones = set(territory.qpv_codes()), list(cube.zones)
    in_force = np.ones((len(zones), len(periods)), dtype=bool)
    for position, period in enumerate(periods):
        former = qpvs - set(territory.qpv_codes(period))
        in_force[[zone in former for zone in zones], position] = False
    qpv = np.array([zone == QPV or zone in qpvs for zone in zones], dtype=bool)
    return Scope(cube, place, cube.value[:, :, place], cube.status[:, :, place], in_force, qpv)


@dataclass(frozen=True)
class Block:
    """The rows of one indicator: positions on the cube's axes, states, and the numbers [number, row], whether or not they may be shown."""

    zone: NDArray[np.intp]
    period: NDArray[np.intp]
    cell: NDArray[np.intp]
    state: States
    numbers: Array


def _table(cube: Cube, codes: Sequence[str], blocks: Sequence[Block]) -> pd.DataFrame:
    """One frame from whole columns: a frame, or texts, for each indicator would cost more than computing it."""
    state = np.concatenate([block.state for block in blocks])
    cell = np.concatenate([block.cell for block in blocks])
    columns: dict[str, object] = {
        "indicator": _texts(codes, np.repeat(np.arange(len(blocks)), [len(block.state) for block in blocks])),
        "zone": _texts(cube.zones, np.concatenate([block.zone for block in blocks])),
        "period": _texts(cube.periods, np.concatenate([block.period for block in blocks])),
        "dimension": _texts(cube.cells.get_level_values(0), cell),
        "category": _texts(cube.cells.get_level_values(1), cell),
    }
    numbers = np.concatenate([block.numbers for block in blocks], axis=1)
    numbers[:, state != OK] = np.nan
    columns |= dict(zip(NUMBERS, numbers, strict=True))
    return pd.DataFrame({**columns, "status": _texts(ORDER, state)})


def _texts(names: Iterable[str], positions: NDArray) -> pd.api.extensions.ExtensionArray:
    return pd.array(list(names), dtype="str").take(positions)


def _empty_values() -> pd.DataFrame:
    text = {column: pd.Series(dtype=str) for column in (*VALUES_KEY, "status")}
    numbers = {column: pd.Series(dtype=float) for column in VALUES_COLUMNS if column not in text}
    return pd.DataFrame({**text, **numbers})[VALUES_COLUMNS]


def _one(scope: Scope, indicator: Indicator, measures: Mapping[str, Measure]) -> Block:
    """Every row of one indicator."""
    cells = [index for dimension in (ENSEMBLE, *indicator.breakdowns) for index in scope.cube.cells_of(dimension)]
    numerator, state = _sum_terms(scope, indicator.numerator_terms, cells)
    denominator = np.full_like(numerator, np.nan)
    if indicator.denominator_terms:
        denominator, other = _sum_terms(scope, indicator.denominator_terms, cells)
        state = np.maximum(state, other)
    if indicator.kind is Kind.PARITY:
        numerator, denominator, state, value, limits = _parity(scope.cube, numerator, denominator, state)
    else:
        if indicator.denominator_terms:
            state[(state == OK) & (denominator == 0)] = NON_APPLICABLE
        value, limits = _value(indicator, numerator, denominator)
    keep = _kept(scope, indicator, measures, state)
    zone, period, cell = np.nonzero(keep)
    numbers = np.array([number[keep] for number in (numerator, denominator, value, *limits)])
    return Block(zone, scope.periods[period], np.array(cells)[cell], state[keep], numbers)


def _sum_terms(scope: Scope, terms: Sequence[Term], cells: list[int]) -> tuple[Array, States]:
    """[zone, period, cell]: the terms added up, and the state of the most absent of them."""
    total = np.zeros((*scope.value.shape[1:3], len(cells)))
    worst = np.zeros(total.shape, dtype=np.int8)
    for term in terms:
        measure = int(scope.cube.measures.get_loc(term.measure))  # type: ignore[arg-type]
        value, status = scope.value[measure], scope.status[measure]
        if term.common:
            total += value[:, :, :1]
            np.maximum(worst, status[:, :, :1], out=worst)
        elif term.dimension == ENSEMBLE:
            total += value[:, :, cells]
            np.maximum(worst, status[:, :, cells], out=worst)
        else:
            parts = scope.cube.cells_of(term.dimension, term.categories)
            total[:, :, :1] += value[:, :, parts].sum(axis=2, keepdims=True)
            np.maximum(worst[:, :, :1], status[:, :, parts].max(axis=2, keepdims=True), out=worst[:, :, :1])
            # the restricted term is not crossed with another dimension: a breakdown cannot be established
            worst[:, :, 1:] = NON_APPLICABLE
    return total, worst


def _value(indicator: Indicator, numerator: Array, denominator: Array) -> tuple[Array, Limits]:
    nothing = np.full_like(numerator, np.nan)
    if indicator.kind is Kind.COUNT:
        return numerator, Limits(nothing, nothing)
    with np.errstate(divide="ignore", invalid="ignore"):
        if indicator.kind is Kind.MEAN:
            return numerator / denominator, Limits(nothing, nothing)
        # a denominator that is not transmitted is zero here: the limits are undefined, and left out with the figure
        limits = (intervals.wilson if indicator.kind is Kind.PROPORTION else intervals.byar)(numerator, denominator)
        return 100 * numerator / denominator, Limits(100 * limits.low, 100 * limits.high)


def _parity(cube: Cube, entries: Array, seekers: Array, state: States) -> tuple[Array, Array, States, Array, Limits]:
    """Parity index of each zone against hors QPV: its share of the located entries over its share of the located job seekers.

    The two shares stand as numerator and denominator. The interval is that of the ratio r of the two rates, carried through the
    increasing map r -> r / (s r + 1 - s), s being the zone's share of the job seekers.
    """
    rest = int(cube.zones.get_loc(HORS_QPV))  # type: ignore[arg-type]
    state = np.maximum(state, state[rest])
    state = np.where((state == OK) & ((seekers == 0) | (seekers[rest] == 0) | (entries + entries[rest] == 0)), NON_APPLICABLE, state)
    share_entries, share_seekers, value, limits = parity(entries, seekers, entries[rest], seekers[rest])
    return share_entries, share_seekers, state.astype(np.int8), value, limits


def parity(k1: Array, n1: Array, k2: Array, n2: Array) -> tuple[Array, Array, Array, Limits]:
    """Share of the entries, share of the job seekers, parity index and its limits, for entries k and job seekers n of two zones."""
    with np.errstate(divide="ignore", invalid="ignore"):
        share_entries, share_seekers = k1 / (k1 + k2), n1 / (n1 + n2)
        ratio = intervals.ratio_mover(k1 / n1, intervals.byar(k1, n1), k2 / n2, intervals.byar(k2, n2))
        low, high = (side / (share_seekers * side + 1 - share_seekers) for side in ratio)
        return share_entries, share_seekers, share_entries / share_seekers, Limits(low, high)


def _kept(scope: Scope, indicator: Indicator, measures: Mapping[str, Measure], state: States) -> NDArray[np.bool_]:
    """[zone, period, cell]: the rows that exist. A QPV not in force, or a dimension nobody delivers, has no row."""
    keep = np.ones(state.shape, dtype=bool)
    keep[~scope.in_force] = False
    if not indicator.total:
        keep[:, :, 0] = False
    if not all(measures[code].territorial for code in indicator.measures):
        keep[np.arange(len(keep)) != scope.cube.zones.get_loc(VILLE)] = False
    if indicator.kind is Kind.PARITY:
        keep[~scope.qpv] = False
    start = 1
    for dimension in indicator.breakdowns:
        stop = start + len(DIMENSIONS[dimension].codes)
        if (state[:, :, start:stop] >= NON_TRANSMIS).all():
            keep[:, :, start:stop] = False
        start = stop
    return keep


def frame_of_rows(rows: Sequence[Mapping[str, object]]) -> pd.DataFrame:
    """A Values frame from hand-built rows (money is not computed from counts)."""
    frame = pd.DataFrame(list(rows), columns=VALUES_COLUMNS) if rows else _empty_values()
    return frame.astype(dict.fromkeys((*VALUES_KEY, "status"), "str") | dict.fromkeys(VALUES_COLUMNS[5:10], float))
