"""Values of the indicators and their QPV gaps: tidy counts in, tidy tables out. Sums come before ratios, and absence keeps its reason.

What each column means is in docs/architecture.md; which limits are used, in ``intervals``. Money has its own module, ``budget``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

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
STATUS_NAMES = np.array([state.value for state in ORDER], dtype=object)
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
    blocks = [
        _one(cube, indicator, measures, territory, [period for period in periods if _long_enough(period, indicator)])
        for indicator in indicators
        if indicator.kind not in ELSEWHERE
    ]
    # one frame from whole columns: building a frame per indicator would cost more than computing it
    columns = {name: np.concatenate([block[name] for block in blocks]) for name in VALUES_COLUMNS} if blocks else {}
    return _typed(pd.DataFrame(columns)) if blocks else _empty_values()


def _typed(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.astype(dict.fromkeys((*VALUES_KEY, "status"), "str"))


def _empty_values() -> pd.DataFrame:
    text = {column: pd.Series(dtype=str) for column in (*VALUES_KEY, "status")}
    numbers = {column: pd.Series(dtype=float) for column in VALUES_COLUMNS if column not in text}
    return pd.DataFrame({**text, **numbers})[VALUES_COLUMNS]


def _long_enough(period: Period, indicator: Indicator) -> bool:
    return period.frequency.months >= Frequency(indicator.frequency).months


def _one(
    cube: Cube, indicator: Indicator, measures: Mapping[str, Measure], territory: Territory, periods: list[Period]
) -> dict[str, NDArray]:
    """Every row of one indicator."""
    place = cube.periods.get_indexer(pd.Index([period.code for period in periods]))
    cells = _cells(cube, indicator)
    numerator, state = _sum_terms(cube, indicator.numerator_terms, cells, place)
    denominator = np.full_like(numerator, np.nan)
    if indicator.denominator_terms:
        denominator, other = _sum_terms(cube, indicator.denominator_terms, cells, place)
        state = np.maximum(state, other)
    if indicator.kind is Kind.PARITY:
        numerator, denominator, state, value, limits = _parity(cube, numerator, denominator, state)
    else:
        if indicator.denominator_terms:
            state = np.where((state == OK) & (denominator == 0), NON_APPLICABLE, state).astype(np.int8)
        value, limits = _value(indicator, numerator, denominator)
    keep = _kept(cube, indicator, measures, territory, periods, state)
    return _rows(cube, indicator, periods, cells, keep, [numerator, denominator, value, *limits], state)


def _cells(cube: Cube, indicator: Indicator) -> list[int]:
    """Positions of the total, then of the categories of each breakdown."""
    return [index for dimension in (ENSEMBLE, *indicator.breakdowns) for index in cube.cells_of(dimension)]


def _sum_terms(cube: Cube, terms: Sequence[Term], cells: list[int], place: NDArray[np.intp]) -> tuple[Array, States]:
    """[zone, period, cell]: the terms added up, and the state of the most absent of them."""
    total = np.zeros((len(cube.zones), len(place), len(cells)))
    worst = np.zeros(total.shape, dtype=np.int8)
    for term in terms:
        measure = int(cube.measures.get_loc(term.measure))  # type: ignore[arg-type]
        value, status = cube.value[measure][:, place], cube.status[measure][:, place]
        if term.common:
            total += value[:, :, :1]
            np.maximum(worst, status[:, :, :1], out=worst)
        elif term.dimension == ENSEMBLE:
            total += value[:, :, cells]
            np.maximum(worst, status[:, :, cells], out=worst)
        else:
            parts = cube.cells_of(term.dimension, term.categories)
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


def _kept(
    cube: Cube, indicator: Indicator, measures: Mapping[str, Measure], territory: Territory, periods: list[Period], state: States
) -> NDArray[np.bool_]:
    """[zone, period, cell]: the rows that exist. A QPV not in force, or a dimension nobody delivers, has no row."""
    keep = np.ones(state.shape, dtype=bool)
    qpvs = set(territory.qpv_codes())
    for position, period in enumerate(periods):
        in_force = set(territory.qpv_codes(period))
        keep[[zone in qpvs - in_force for zone in cube.zones], position] = False
    if not indicator.total:
        keep[:, :, 0] = False
    if not all(measures[code].territorial for code in indicator.measures):
        keep[cube.zones != VILLE] = False
    if indicator.kind is Kind.PARITY:
        keep[~cube.zones.isin([QPV, *qpvs])] = False
    start = 1
    for dimension in indicator.breakdowns:
        stop = start + len(DIMENSIONS[dimension].codes)
        if (state[:, :, start:stop] >= NON_TRANSMIS).all():
            keep[:, :, start:stop] = False
        start = stop
    return keep


def _rows(
    cube: Cube, indicator: Indicator, periods: list[Period], cells: list[int], keep: NDArray[np.bool_], numbers: list[Array], state: States
) -> dict[str, NDArray]:
    zone, period, cell = np.nonzero(keep)
    states = state[keep]
    names = cube.cells[cells]
    columns: dict[str, NDArray] = {
        "indicator": np.full(len(zone), indicator.code, dtype=object),
        "zone": cube.zones.to_numpy(dtype=object)[zone],
        "period": np.array([item.code for item in periods], dtype=object)[period],
        "dimension": names.get_level_values(0).to_numpy(dtype=object)[cell],
        "category": names.get_level_values(1).to_numpy(dtype=object)[cell],
    }
    for name, number in zip(("numerator", "denominator", "value", "low", "high"), numbers, strict=True):
        columns[name] = np.where(states == OK, number[keep], np.nan)
    columns["status"] = STATUS_NAMES[states]
    return columns


def frame_of_rows(rows: Sequence[Mapping[str, object]]) -> pd.DataFrame:
    """A Values frame from hand-built rows (money is not computed from counts)."""
    frame = pd.DataFrame(list(rows), columns=VALUES_COLUMNS) if rows else _empty_values()
    return frame.astype(dict.fromkeys((*VALUES_KEY, "status"), "str") | dict.fromkeys(VALUES_COLUMNS[5:10], float))
