"""Figures since 1 January, or over the last twelve months: a cube of the same axes, from which values and gaps are computed unchanged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum

import numpy as np

from indicators.cube import Cube
from indicators.measures import Measure, Nature
from indicators.period import Period, SeriesBreak
from indicators.status import NON_APPLICABLE, NON_TRANSMIS, OK
from indicators.territory import VILLE, Territory


class Window(StrEnum):
    """What the figure of a period covers."""

    PERIOD = "period"
    """The period itself."""
    YEAR_TO_DATE = "year_to_date"
    """From 1 January to the period's end."""
    ROLLING_YEAR = "rolling_year"
    """The twelve months that end with the period."""


def covered(period: Period, window: Window) -> list[Period]:
    """The periods of the same frequency that a window adds up, oldest first."""
    if window is Window.PERIOD:
        return [period]
    back = period.number - 1 if window is Window.YEAR_TO_DATE else 12 // period.frequency.months - 1
    return [period.shift(-step) for step in range(back, -1, -1)]


def windowed(cube: Cube, measures: Mapping[str, Measure], territory: Territory, window: Window, breaks: Sequence[SeriesBreak] = ()) -> Cube:
    """The cube where each period holds what its window covers.

    Events are added up: as absent as the most absent of the periods, not transmitted where one lies outside the cube, without object where
    a break of their measure falls inside the window (for every zone but the city, a change of zoning). Stocks, and persons counted since
    1 January or over twelve months, keep the figure of the period, which is the last of its window; distinct persons of one period have
    none, since they cannot be added.
    """
    if window is Window.PERIOD:
        return cube
    value, status = cube.value.copy(), cube.status.copy()
    position = {code: place for place, code in enumerate(cube.periods)}
    natures = [measures[code].nature for code in cube.measures]
    flows, lost, to_date = (_places(natures, nature) for nature in (Nature.FLOW, Nature.DISTINCT, Nature.DISTINCT_TO_DATE))
    for here, code in enumerate(cube.periods):
        period = Period.parse(code)
        parts = covered(period, window)
        if len(parts) > 1:
            _absent(value, status, lost, here, NON_APPLICABLE)
            _sum(cube, value, status, flows, here, [position.get(part.code) for part in parts])
            for broken, zones in _crossed(cube, flows, parts, territory, breaks):
                _absent(value, status, broken, here, NON_APPLICABLE, zones)
        if window is Window.ROLLING_YEAR and period.last_day.month != 12:
            _absent(value, status, to_date, here, NON_APPLICABLE)
    return Cube(cube.measures, cube.zones, cube.periods, cube.cells, value, status)


def _places(natures: Sequence[Nature], nature: Nature) -> list[int]:
    return [place for place, found in enumerate(natures) if found is nature]


def _crossed(
    cube: Cube, flows: list[int], parts: list[Period], territory: Territory, breaks: Sequence[SeriesBreak]
) -> list[tuple[list[int], list[int]]]:
    """The measures and the zones whose sum over some periods has no meaning: what a break inside them concerns."""
    everywhere = list(range(len(cube.zones)))
    others = [place for place in everywhere if cube.zones[place] != VILLE]
    found = [
        ([place for place in flows if not item.measures or cube.measures[place] in item.measures], others if item.perimeter else everywhere)
        for item in breaks
        if item.separates(parts[0], parts[-1])
    ]
    changes = len({tuple(territory.qpv_codes(part)) for part in parts}) > 1
    return [*found, (flows, others)] if changes else found


def _sum(cube: Cube, value: np.ndarray, status: np.ndarray, measures: list[int], here: int, parts: list[int | None]) -> None:
    known = [part for part in parts if part is not None]
    outside = OK if len(known) == len(parts) else NON_TRANSMIS
    worst = np.maximum(cube.status[measures][:, :, known].max(axis=2), np.int8(outside))
    total = np.where(worst == OK, cube.value[measures][:, :, known].sum(axis=2), 0.0)
    for place, measure in enumerate(measures):
        status[measure, :, here], value[measure, :, here] = worst[place], total[place]


def _absent(value: np.ndarray, status: np.ndarray, measures: list[int], here: int, state: int, zones: list[int] | None = None) -> None:
    for measure in measures:
        chosen = slice(None) if zones is None else zones
        status[measure, chosen, here] = np.maximum(status[measure, chosen, here], state)
        value[measure, chosen, here] = 0.0
