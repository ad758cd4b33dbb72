"""Targets of the copil and how far each indicator is on its way: from Values alone. How a target is declared lives in ``connectors``.

The words are those of PILOTE, the State's own follow-up: initial value, current value, target, intermediate targets, « taux d'avancement ».
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from indicators.breaks import broken
from indicators.codes import DIMENSIONS, ENSEMBLE
from indicators.frames import VALUES_KEY
from indicators.gaps import SIGN
from indicators.indicator import Indicator
from indicators.intervals import Array
from indicators.period import Frequency, Period, SeriesBreak
from indicators.status import Status
from indicators.territory import VILLE, Territory

Booleans = NDArray[np.bool_]

TARGETS_COLUMNS = [
    *VALUES_KEY,
    *("initial", "initial_day", "current", "target_day", "target", "progress"),
    *("final_day", "final_target", "final_progress", "reached", "status"),
]
SAME = 1e-9
"""Two floats this close, relatively, are the same figure reached by two computations: far below any rounding that is shown."""


@dataclass(frozen=True)
class Milestone:
    """A value to be reached on a day."""

    day: date
    value: float


@dataclass(frozen=True)
class Target:
    """What the copil decided to reach, in the unit of the indicator.

    Attributes:
        indicator: its code. zone: where it is reached. category: (dimension, category), the whole unless told.
        initial, initial_day: the value started from and its day.
        milestones: the intermediate targets and the last one, oldest first.
        source: who decided it, where and when, in French.
    """

    indicator: str
    initial: float
    initial_day: date
    milestones: tuple[Milestone, ...]
    source: str
    zone: str = VILLE
    category: tuple[str, str] = (ENSEMBLE, ENSEMBLE)

    def __post_init__(self) -> None:
        for fault in self._faults():
            raise ValueError(f"Cible de {self.indicator} : {fault}")

    def _faults(self) -> list[str]:
        dimension, category = self.category
        days = [self.initial_day, *(step.day for step in self.milestones)]
        found = []
        if not self.milestones:
            found.append("aucune étape ; donnez au moins un jour et une valeur à atteindre.")
        if any(later <= earlier for earlier, later in pairwise(days)):
            found.append("les étapes se suivent dans l'ordre des jours, après celui de la valeur initiale.")
        if dimension not in DIMENSIONS or category not in DIMENSIONS[dimension].codes:
            found.append(f"modalité inconnue « {category} » pour « {dimension} ».")
        return found

    @property
    def final(self) -> Milestone:
        """The last value to reach."""
        return self.milestones[-1]

    def in_force(self, period: Period) -> Milestone:
        """The first milestone whose day is on or after the last day of a period; the last one once all are past."""
        return next((step for step in self.milestones if step.day >= period.last_day), self.final)


def progress(
    values: pd.DataFrame,
    targets: Sequence[Target],
    indicators: Mapping[str, Indicator],
    period: Period,
    breaks: Sequence[SeriesBreak] = (),
    territory: Territory | None = None,
) -> pd.DataFrame:
    """How far each target is at the end of a period: one row a target, in their order, with the columns ``TARGETS_COLUMNS``.

    ``target`` is the milestone in force, ``final_target`` the last one. ``progress`` and ``final_progress`` are the « taux d'avancement »,
    in percent: 100 x (current - initial) / (target - initial). They are not clipped: below 0 the figure moved away, above 100 it went
    beyond. Where the target was already held at the start, there is no way to measure: 100 while the current value holds it, else 0.
    ``reached`` is judged on unrounded values, and equality counts; it follows the indicator's direction, and for a neutral one the way
    from the initial value to the target. ``current``, ``progress`` and ``reached`` are missing unless ``status`` is ``ok``: a hidden
    value has no rate of progress either. A target has no object before its initial day, for a period shorter than its indicator's,
    where its QPV is not in force, or once a break of series (declared, or a change of zoning) separates it from its initial value.

    Raises:
        KeyError: a target on an indicator that nobody declares.

    Source: DITP, PILOTE, computation of the « taux d'avancement ».
    """
    frame = _declared(targets, period).merge(values[[*VALUES_KEY, "value", "status"]], on=VALUES_KEY, how="left")
    crossed = [territory is not None and _crossed(item, indicators[item.indicator], period, breaks, territory) for item in targets]
    frame["status"] = _status(frame, values, targets, indicators, period)
    frame["status"] = frame["status"].mask(pd.Series(crossed, index=frame.index, dtype=bool), str(Status.NON_APPLICABLE))
    known = (frame["status"] == Status.OK).to_numpy(bool)
    frame["current"] = np.where(known, frame["value"].to_numpy(float), np.nan)
    sign = np.array([SIGN[indicators[target.indicator].better] for target in targets], dtype=float)
    initial, current = frame["initial"].to_numpy(float), frame["current"].to_numpy(float)
    frame["progress"], reached = _advance(initial, current, frame["target"].to_numpy(float), sign)
    frame["final_progress"], _ = _advance(initial, current, frame["final_target"].to_numpy(float), sign)
    frame["reached"] = pd.Series(reached, index=frame.index, dtype="boolean").mask(~known)
    return frame[TARGETS_COLUMNS]


def _declared(targets: Sequence[Target], period: Period) -> pd.DataFrame:
    """What the targets say for a period, without any value."""
    steps = [target.in_force(period) for target in targets]
    columns: dict[str, list[object]] = {
        "indicator": [target.indicator for target in targets],
        "zone": [target.zone for target in targets],
        "period": [period.code] * len(targets),
        "dimension": [target.category[0] for target in targets],
        "category": [target.category[1] for target in targets],
        "initial": [target.initial for target in targets],
        "initial_day": [target.initial_day for target in targets],
        "target": [step.value for step in steps],
        "target_day": [step.day for step in steps],
        "final_target": [target.final.value for target in targets],
        "final_day": [target.final.day for target in targets],
    }
    days = dict.fromkeys(("initial_day", "target_day", "final_day"), "datetime64[us]")
    numbers = dict.fromkeys(("initial", "target", "final_target"), float)
    return pd.DataFrame(columns).astype({**dict.fromkeys(VALUES_KEY, "str"), **days, **numbers})


def _crossed(target: Target, indicator: Indicator, period: Period, breaks: Sequence[SeriesBreak], territory: Territory) -> bool:
    """Whether the initial value and the current one do not measure the same thing."""
    first = Period.of(target.initial_day, Frequency.MONTH)
    return bool(broken(indicator.measures, first, period, breaks, territory, whole_city=target.zone == VILLE))


def _status(
    frame: pd.DataFrame, values: pd.DataFrame, targets: Sequence[Target], indicators: Mapping[str, Indicator], period: Period
) -> pd.Series:
    """The state of the current value; a row that Values does not hold was not transmitted, unless it could not exist."""
    here = values[values["period"] == period.code]
    computed, places = set(here["indicator"]), set(zip(here["indicator"], here["zone"], strict=True))
    states = [
        Status.NON_APPLICABLE
        if period.last_day < target.initial_day
        or period.frequency.months < Frequency(indicators[target.indicator].frequency).months
        or (target.indicator in computed and (target.indicator, target.zone) not in places)
        else Status.NON_TRANSMIS
        if pd.isna(told)
        else Status(told)
        for target, told in zip(targets, frame["status"], strict=True)
    ]
    return pd.Series([str(state) for state in states], index=frame.index, dtype="str")


def _advance(initial: Array, current: Array, target: Array, sign: Array) -> tuple[Array, Booleans]:
    """The rate of progress, in percent (NaN without a current value), and whether the target is reached.

    ``sign``: 1 where higher is better, -1 where lower is, 0 where the target tells the way.
    """
    way = np.where(sign == 0, np.sign(target - initial), sign)
    reached = _holds(current, target, way)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = 100 * (current - initial) / (target - initial)
    held = np.where(reached, 100.0, 0.0)
    return np.where(np.isnan(current), np.nan, np.where(_holds(initial, target, way), held, share)), reached


def _holds(value: Array, target: Array, way: Array) -> Booleans:
    """Whether a value is on the right side of the target, or on it; without a way, only on it."""
    slack = SAME * np.maximum(1.0, np.abs(target))
    distance = value - target
    return np.where(way == 0, np.abs(distance) <= slack, way * distance >= -slack)
