"""Distinct persons known to several partners: bounds, since no partner can recognise the others' persons, and never a sum shown as a count.

It reads Counts and not Values: it is about sources, which Values no longer tells apart. Hence
what a source hid stays hidden, but a rule of ours on small counts has to be applied to the bounds themselves before they are shown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from indicators.codes import ENSEMBLE
from indicators.cube import Cube, Provider, States, Values, build, providers_of
from indicators.frames import VALUES_KEY
from indicators.measures import DISTINCT, Measure
from indicators.period import Period
from indicators.sentences_rows import Figure
from indicators.states import STATES
from indicators.status import NON_TRANSMIS, OK, ORDER, Status
from indicators.territory import VILLE, Territory

BOUNDS_KEY = ["measure", *VALUES_KEY[1:]]
BOUNDS_COLUMNS = [*BOUNDS_KEY, "low", "high", "sources", "status"]


@dataclass(frozen=True)
class Bound:
    """At least ``low`` distinct persons, at most ``high``; both NaN unless the status is ``ok``."""

    low: float
    high: float
    status: Status

    @property
    def known(self) -> bool:
        """Whether there are bounds to write."""
        return self.status is Status.OK

    @property
    def exact(self) -> bool:
        """Whether the bounds meet, hence are a count."""
        return self.known and self.low == self.high


NOTHING_TOLD = Bound(float("nan"), float("nan"), Status.NON_TRANSMIS)


def bound(figures: Sequence[Figure]) -> Bound:
    """How many distinct persons several counts of one population may make: from the largest of them, all the others being part of it, to
    their sum, nobody being in two. As absent as the most absent of them, since the others alone would mislead; no count tells nothing.
    """
    if not figures:
        return NOTHING_TOLD
    worst = max((figure.status for figure in figures), key=ORDER.index)
    if worst is not Status.OK:
        return Bound(float("nan"), float("nan"), worst)
    return Bound(max(figure.value for figure in figures), sum(figure.value for figure in figures), worst)


def bounds(
    counts: pd.DataFrame,
    measures: Mapping[str, Measure],
    territory: Territory,
    periods: Sequence[Period],
    providers: Sequence[Provider] | None = None,
) -> pd.DataFrame:
    """Bounds of every measure of distinct persons or structures, whatever the number of its sources: columns ``BOUNDS_COLUMNS``.

    ``low`` is the largest count of a source and ``high`` the sum of their counts; with one source both are its count. ``sources`` is how
    many told theirs. As absent as the most absent of the sources expected for the period: with one of them silent, neither bound holds.
    Zones of each source are completed first; they do not tighten the bounds, since two partners may place someone differently.

    Rows: measures in their order, zones in force (the city alone for what has no address), periods, then the whole and the categories
    of each dimension that a source told for the measure.

    Args:
        counts: a valid Counts frame; measures of another nature are left out.
        providers: who must deliver what; by default whoever appears in ``counts``.
    """
    wanted = {code: measure for code, measure in measures.items() if measure.nature in DISTINCT}
    mine = counts[counts["measure"].isin(list(wanted))]
    expected: dict[str, list[Provider]] = {}
    for provider in providers if providers is not None else providers_of(mine):
        expected.setdefault(provider.source, []).append(provider)
    layout = build(mine.iloc[:0], wanted, territory, periods, [])
    tally = _Tally.empty(layout)
    for source, group in expected.items():
        layer = build(mine[mine["source"] == source], wanted, territory, periods, group)
        tally.add(layer, _expected(layout, group, periods))
    return _rows(layout, _kept(layout, list(wanted.values()), mine, territory, periods), tally)


@dataclass(frozen=True)
class _Tally:
    """What the sources tell together, on a cube's axes; ``due`` and ``told`` count the sources expected and those that told."""

    low: Values
    high: Values
    worst: States
    due: NDArray[np.int64]
    told: NDArray[np.int64]

    @classmethod
    def empty(cls, layout: Cube) -> _Tally:
        """Nobody has told anything yet."""
        shape = layout.value.shape
        return cls(np.zeros(shape), np.zeros(shape), np.full(shape, OK, np.int8), np.zeros(shape, np.int64), np.zeros(shape, np.int64))

    def add(self, layer: Cube, here: NDArray[np.bool_]) -> None:
        """One more source, where it is expected."""
        known = here & (layer.status == OK)
        value = np.where(known, layer.value, 0.0)
        np.maximum(self.low, value, out=self.low)
        self.high[...] += value
        np.maximum(self.worst, np.where(here, layer.status, OK), out=self.worst)
        self.due[...] += here
        self.told[...] += known

    @property
    def state(self) -> States:
        """As absent as the most absent source; not transmitted where none was expected."""
        return np.where(self.due == 0, NON_TRANSMIS, self.worst).astype(np.int8)


def _expected(layout: Cube, group: Sequence[Provider], periods: Sequence[Period]) -> NDArray[np.bool_]:
    """[measure, 1, period, 1]: what one source must tell."""
    found = np.zeros((len(layout.measures), 1, len(layout.periods), 1), dtype=bool)
    place = {period: layout.periods.get_loc(period.code) for period in periods}
    for provider in group:
        if provider.measure in layout.measures:
            row = layout.measures.get_loc(provider.measure)
            for period, column in place.items():
                found[row, 0, column, 0] = provider.due(period)
    return found


def _kept(
    layout: Cube, measures: Sequence[Measure], counts: pd.DataFrame, territory: Territory, periods: Sequence[Period]
) -> NDArray[np.bool_]:
    """[measure, zone, period, cell]: the rows that exist."""
    keep = np.zeros(layout.status.shape, dtype=bool)
    former = set(territory.qpv_codes())
    for period in periods:
        out = former - set(territory.qpv_codes(period))
        keep[:, ~layout.zones.isin(list(out)), layout.periods.get_loc(period.code)] = True
    dimensions = layout.cells.get_level_values(0)
    for row, measure in enumerate(measures):
        told = counts.loc[counts["measure"] == measure.code, "dimension"].unique()
        keep[row] &= dimensions.isin([ENSEMBLE, *told])
        if not measure.territorial:
            keep[row, layout.zones != VILLE] = False
    return keep


def _rows(layout: Cube, keep: NDArray[np.bool_], tally: _Tally) -> pd.DataFrame:
    measure, zone, period, cell = np.nonzero(keep)
    state = tally.state[keep]
    columns = {
        "measure": layout.measures.to_numpy(dtype=object)[measure],
        "zone": layout.zones.to_numpy(dtype=object)[zone],
        "period": layout.periods.to_numpy(dtype=object)[period],
        "dimension": layout.cells.get_level_values(0).to_numpy(dtype=object)[cell],
        "category": layout.cells.get_level_values(1).to_numpy(dtype=object)[cell],
        "low": np.where(state == OK, tally.low[keep], np.nan),
        "high": np.where(state == OK, tally.high[keep], np.nan),
        "sources": tally.told[keep],
        "status": STATES.to_numpy()[state],
    }
    return pd.DataFrame(columns)[BOUNDS_COLUMNS].astype(dict.fromkeys((*BOUNDS_KEY, "status"), "str"))


def told_bound(
    frame: pd.DataFrame, measure: str, period: str, zone: str = VILLE, dimension: str = ENSEMBLE, category: str = ENSEMBLE
) -> Bound:
    """One cell of a Bounds frame; not transmitted when the frame has no such row."""
    wanted = dict(zip(BOUNDS_KEY, (measure, zone, period, dimension, category), strict=True))
    found = frame[np.logical_and.reduce([frame[column] == code for column, code in wanted.items()])]
    if found.empty:
        return NOTHING_TOLD
    row = found.iloc[0]
    return Bound(float(row["low"]), float(row["high"]), Status(row["status"]))
