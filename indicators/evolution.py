"""Figures and gaps between two dates: how much they changed, within which limits, and never across a break. From Values and Gaps alone.

Working from them means that whatever is hidden there stays hidden here. The two dates are taken as independent. Stocks are not: the same
persons are counted at both dates, hence the two figures vary together and the true interval is narrower, which errs on the prudent side.
Nor are entries that a person makes once: they vary in opposite ways, less than the caution of the limits of a rate makes up for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from indicators import intervals
from indicators.breaks import broken
from indicators.frames import VALUES_KEY
from indicators.gaps import SIGN, verdicts
from indicators.indicator import Indicator, Kind
from indicators.intervals import Array, Limits
from indicators.measures import Measure, Nature
from indicators.period import Frequency, Period, SeriesBreak
from indicators.states import STATES
from indicators.status import NON_APPLICABLE, NON_TRANSMIS, OK
from indicators.territory import VILLE, Territory
from indicators.windows import Window, covered

CHANGES = ["earlier", "before", "after", "change", "low", "high"]
CONTEXT = ["broken", "broken_on", "provisional"]
EVOLUTIONS_COLUMNS = [*VALUES_KEY, *CHANGES, "verdict", *CONTEXT, "status"]
GAP_EVOLUTIONS_COLUMNS = [*VALUES_KEY, *CHANGES, "trend", *CONTEXT, "status"]
SINCE_JANUARY = "Cumul depuis le 1er janvier, non comparable à celui de la période d'avant"
"""Why two counts since 1 January are not compared inside a year: the later one holds the earlier, or starts again from nothing."""
IN_PERCENT = frozenset({Kind.COUNT, Kind.MEAN})
FOLLOWED = frozenset({Kind.COUNT, Kind.MEAN, Kind.PROPORTION, Kind.RATE, Kind.PARITY})
"""Money has its own pace, and two vintages of a published value do not measure a change at this scale."""

States = NDArray[np.int8]
Provisional = Mapping[tuple[str, str], date]
"""For a measure and a period whose counts may still move, the last day they may."""
SETTLED: Provisional = {}
UNTOLD: Mapping[str, Measure] = {}


class Against(StrEnum):
    """Which earlier period a figure is compared with."""

    YEAR_AGO = "un_an"
    """The same period of the year before: seasons cancel out."""
    PREVIOUS = "precedent"
    """The period just before."""


class Trend(StrEnum):
    """What the interval of a gap's change says of its size."""

    SE_REDUIT = "se_reduit"
    SE_CREUSE = "se_creuse"
    S_INVERSE = "s_inverse"
    """It changed sides: the smaller of two opposite gaps is not the narrower one. The sides are those observed, established or not."""
    NON_ETABLI = "non_etabli"


def earlier_period(period: Period, against: Against) -> Period:
    """The period a figure is compared with."""
    return period.same_period_last_year() if against is Against.YEAR_AGO else period.shift(-1)


def evolutions(
    values: pd.DataFrame,
    indicators: Mapping[str, Indicator],
    breaks: Sequence[SeriesBreak],
    territory: Territory,
    against: Against,
    provisional: Provisional = SETTLED,
    *,
    window: Window = Window.PERIOD,
    measures: Mapping[str, Measure] = UNTOLD,
) -> pd.DataFrame:
    """The change of every figure: one row for each row of Values but money and published ones; columns ``EVOLUTIONS_COLUMNS``.

    ``change`` is in percentage points for a proportion or a rate (in the unit for a parity index), with its 95 % limits by MOVER, and in
    per cent, without limits, for a count or a mean. ``verdict`` follows the indicator's direction; a count has none. ``broken`` is the
    label of the break between the two windows, or why they are not compared; ``broken_on`` its day (ISO), and ``provisional`` the last day
    one of the two may be corrected; empty when there is none. ``status``: without object across a break or from 0; else as absent as the
    most absent.

    Args:
        window: what the figures of ``values`` cover.
        measures: those counted, whose nature says what two successive periods may be compared; read for ``Against.PREVIOUS`` alone.

    Raises:
        KeyError: an indicator not declared, or for ``Against.PREVIOUS`` a measure.
    """
    after = values[_each(values, lambda code: indicators[code].kind in FOLLOWED).astype(bool)].reset_index(drop=True)
    before, context = _earlier(after, values, _Between(indicators, breaks, territory, against, provisional, window, measures))
    percent = _each(after, lambda code: indicators[code].kind in IN_PERCENT).astype(bool)
    old, new = before["value"].to_numpy(float), after["value"].to_numpy(float)
    limits = intervals.difference(new, _limits(after), old, _limits(before))
    with np.errstate(divide="ignore", invalid="ignore"):
        change = np.where(percent, 100 * (new / old - 1), new - old)
    state = _state(after, before, context["broken"])
    state = np.where((state == OK) & percent & (old == 0), NON_APPLICABLE, state).astype(np.int8)
    sign = np.where(percent, 0.0, _each(after, lambda code: SIGN[indicators[code].better]))
    low, high = (np.where(percent | (state != OK), np.nan, side) for side in limits)
    words = verdicts(low, high, sign, state == OK)
    return _frame(after, context, (old, new, change, low, high), state, "verdict", words)[EVOLUTIONS_COLUMNS]


def gap_evolutions(
    gaps: pd.DataFrame,
    indicators: Mapping[str, Indicator],
    breaks: Sequence[SeriesBreak],
    territory: Territory,
    against: Against,
    provisional: Provisional = SETTLED,
    *,
    window: Window = Window.PERIOD,
    measures: Mapping[str, Measure] = UNTOLD,
) -> pd.DataFrame:
    """The change of every gap, in percentage points, with its limits by MOVER: one row a row of Gaps; columns ``GAP_EVOLUTIONS_COLUMNS``.

    ``trend`` is established when the interval of the change excludes 0: the gap is then narrower, wider, or has changed sides. The rest is
    as in ``evolutions``.
    """
    after = gaps.reset_index(drop=True)
    before, context = _earlier(after, gaps, _Between(indicators, breaks, territory, against, provisional, window, measures))
    old, new = before["points"].to_numpy(float), after["points"].to_numpy(float)
    limits = intervals.difference(new, _limits(after), old, _limits(before))
    state = _state(after, before, context["broken"])
    low, high = (np.where(state == OK, side, np.nan) for side in limits)
    return _frame(after, context, (old, new, new - old, low, high), state, "trend", _trend(old, new, low, high, state))[
        GAP_EVOLUTIONS_COLUMNS
    ]


def _trend(old: Array, new: Array, low: Array, high: Array, state: States) -> NDArray[np.object_]:
    words: NDArray[np.object_] = np.where(np.abs(new) < np.abs(old), str(Trend.SE_REDUIT), str(Trend.SE_CREUSE)).astype(object)
    words[old * new < 0] = str(Trend.S_INVERSE)
    words[~((low > 0) | (high < 0))] = str(Trend.NON_ETABLI)
    words[state != OK] = None
    return words


@dataclass(frozen=True)
class _Between:
    """What may separate the two dates of a comparison, asked for one indicator and one period at a time."""

    indicators: Mapping[str, Indicator]
    breaks: Sequence[SeriesBreak]
    territory: Territory
    against: Against
    provisional: Provisional
    window: Window
    measures: Mapping[str, Measure]

    def told(self, code: str, later: str, whole_city: bool) -> tuple[str, str, str]:
        """Label and day of the break, last day of correction: empty where there is none."""
        measures, end = self.indicators[code].measures, Period.parse(later)
        start = earlier_period(end, self.against)
        days = [
            self.provisional[measure, item.code]
            for measure in measures
            for item in (start, end)
            if (measure, item.code) in self.provisional
        ]
        until = max(days).isoformat() if days else ""
        if self._starts_again(measures, end):
            return SINCE_JANUARY, "", until
        found = broken(measures, covered(start, self.window)[0], end, self.breaks, self.territory, whole_city=whole_city)
        return (found.label, found.day.isoformat(), until) if found else ("", "", until)

    def _starts_again(self, measures: Sequence[str], later: Period) -> bool:
        """Whether the two dates are two moments of a count since 1 January."""
        if self.against is not Against.PREVIOUS or later.frequency is Frequency.YEAR:
            return False
        natures = {self.measures[code].nature for code in measures}
        return Nature.DISTINCT_TO_DATE in natures or (self.window is Window.YEAR_TO_DATE and Nature.FLOW in natures)


def _earlier(after: pd.DataFrame, frame: pd.DataFrame, between: _Between) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The rows of the earlier periods, beside those of the later ones, and for each: earlier period and ``CONTEXT``."""
    codes = {code: earlier_period(Period.parse(code), between.against).code for code in after["period"].unique()}
    earlier = after["period"].map(codes).astype("str")
    before = frame.set_index(VALUES_KEY).reindex(pd.MultiIndex.from_frame(after[VALUES_KEY].assign(period=earlier))).reset_index(drop=True)
    # asked once for each indicator, period, and the city or its zones: far fewer than the rows
    asked, place = _distinct(after)
    told = zip(*(between.told(*key) for key in asked), strict=True) if asked else ((), (), ())
    known = {name: pd.Series(np.array(column, dtype=object)[place], dtype="str") for name, column in zip(CONTEXT, told, strict=True)}
    return before, pd.DataFrame({"earlier": earlier, **known})


def _distinct(frame: pd.DataFrame) -> tuple[list[tuple[str, str, bool]], NDArray[np.intp]]:
    """The indicators, periods and whether it is the whole city, each once, and the place of every row among them."""
    (indicator, names), (period, periods) = (pd.factorize(frame[column]) for column in ("indicator", "period"))
    key = 2 * (indicator * len(periods) + period) + (frame["zone"] == VILLE).to_numpy(int)
    found, place = np.unique(key, return_inverse=True)
    return [(names[item // 2 // len(periods)], periods[item // 2 % len(periods)], bool(item % 2)) for item in found.tolist()], place


def _each(frame: pd.DataFrame, of: Callable[[str], float]) -> Array:
    """A number, or a yes or no, of the indicator of each row, asked once for each indicator."""
    place, codes = pd.factorize(frame["indicator"])
    return np.array([of(code) for code in codes], dtype=float)[place]


def _limits(frame: pd.DataFrame) -> Limits:
    return Limits(frame["low"].to_numpy(float), frame["high"].to_numpy(float))


def _state(after: pd.DataFrame, before: pd.DataFrame, broken: pd.Series) -> States:
    """As absent as the most absent of the two; a row that is not there is not transmitted; without object across a break."""
    places = [STATES.get_indexer(pd.Index(side["status"])) for side in (after, before)]
    worst = np.maximum(*(np.where(place < 0, NON_TRANSMIS, place) for place in places))
    return np.where(broken.to_numpy() != "", NON_APPLICABLE, worst).astype(np.int8)


def _frame(
    after: pd.DataFrame, context: pd.DataFrame, numbers: tuple[Array, ...], state: States, name: str, words: NDArray[np.object_]
) -> pd.DataFrame:
    shown = {column: np.where(state == OK, number, np.nan) for column, number in zip(CHANGES[1:], numbers, strict=True)}
    frame = after[VALUES_KEY].assign(**{column: context[column] for column in ("earlier", *CONTEXT)}, **shown)
    return frame.assign(**{name: pd.Series(words, dtype="str"), "status": pd.Series(STATES.to_numpy()[state], dtype="str")})
