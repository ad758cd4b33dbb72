"""Longer periods of a cube from their parts: events add up, stocks keep the last; nothing is added up across a break. Used by ``cube``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from indicators.measures import AT_THE_END, Measure, Nature
from indicators.period import Frequency, Period, SeriesBreak, between
from indicators.status import NON_APPLICABLE, NON_TRANSMIS, OK
from indicators.territory import VILLE, Territory

if TYPE_CHECKING:
    from indicators.cube import Cube, Delivered, States


def torn_periods(
    base: Cube, measures: Mapping[str, Measure], territory: Territory, axis: list[Period], breaks: Sequence[SeriesBreak]
) -> NDArray[np.bool_]:
    """[measure, zone, period]: the longer periods whose parts do not measure the same thing, hence are not added up."""
    torn = np.zeros(base.value.shape[:3], dtype=bool)
    others = base.zones != VILLE
    for place, period in enumerate(axis):
        months = between(period.first_day, period.last_day, Frequency.MONTH)
        if len({tuple(territory.qpv_codes(month)) for month in months}) > 1:
            torn[:, others, place] = True
        for item in breaks:
            if not period.first_day < item.day <= period.last_day:
                continue
            concerned = np.array([not item.measures or code in item.measures for code in measures], dtype=bool)
            torn[:, :, place] |= concerned[:, None] & (others if item.perimeter else np.ones_like(others))[None, :]
    return torn


def complete_totals(base: Cube, natures: list[Nature], torn: NDArray[np.bool_], axis: list[Period]) -> None:
    """Flows of a longer period that no single source tells whole (one of them started inside it) are the sum of the totals of its parts."""
    position = {period: index for index, period in enumerate(axis)}
    flows = np.array([nature is Nature.FLOW for nature in natures], dtype=bool)[:, None, None]
    for here, period in enumerate(axis):
        parts = [position[part] for part in period.parts()]
        if not parts:
            continue
        state = base.status[:, :, parts].max(axis=2)
        told = (base.status[:, :, parts] != NON_TRANSMIS).any(axis=2)
        state = np.where(torn[:, :, here, None] & told, NON_APPLICABLE, state).astype(np.int8)
        target = flows & (base.status[:, :, here] == NON_TRANSMIS) & (state != NON_TRANSMIS)
        base.value[:, :, here][target] = np.where(state == OK, base.value[:, :, parts].sum(axis=2), 0.0)[target]
        base.status[:, :, here][target] = state[target]


def complete_periods(series: Delivered, natures: list[Nature], torn: NDArray[np.bool_], axis: list[Period]) -> None:
    """Flows of a longer period are the sum of its parts, all of them; a stock, or a count to date, is that of its last part."""
    position = {period: index for index, period in enumerate(axis)}
    summed = np.array([nature is Nature.FLOW for nature in natures], dtype=bool)[series.provider]
    last = np.array([nature in AT_THE_END for nature in natures], dtype=bool)[series.provider]
    for here, period in enumerate(axis):
        parts = [position[part] for part in period.parts()]
        if not parts:
            continue
        value, status = series.value[:, :, here], series.status[:, :, here]
        absent = status == NON_TRANSMIS
        for chosen, found, state in (
            (summed, series.value[:, :, parts].sum(axis=2), _whole(series, parts, torn, here)),
            (last, series.value[:, :, parts[-1]], series.status[:, :, parts[-1]]),
        ):
            target = absent & chosen
            value[target] = np.where(state == OK, found, 0.0)[target]
            status[target] = state[target]


def _whole(series: Delivered, parts: list[int], torn: NDArray[np.bool_], here: int) -> States:
    """[zone, series]: the state of a sum of parts; without object where they do not measure the same thing and something was told."""
    state = series.status[:, :, parts].max(axis=2)
    told = (series.status[:, :, parts] != NON_TRANSMIS).any(axis=2)
    return np.where(torn[series.provider, :, here].T & told, NON_APPLICABLE, state).astype(np.int8)
