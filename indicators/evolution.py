"""Figures and gaps between two dates: how much they changed, within which limits, and never across a break. From Values and Gaps alone.

Working from them means that whatever is hidden there stays hidden here. The two dates are taken as independent. Stocks are not: the same
persons are counted at both dates, hence the two figures vary together and the true interval is narrower, which errs on the prudent side.
Nor are entries that a person makes once: they vary in opposite ways, less than the caution of the limits of a rate makes up for.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from enum import StrEnum

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from indicators import intervals
from indicators.frames import VALUES_KEY
from indicators.gaps import SIGN, verdicts
from indicators.indicator import Indicator, Kind
from indicators.intervals import Array, Limits
from indicators.period import Period, SeriesBreak
from indicators.states import STATES
from indicators.status import NON_APPLICABLE, NON_TRANSMIS, OK
from indicators.territory import VILLE, Territory

CHANGES = ["earlier", "before", "after", "change", "low", "high"]
EVOLUTIONS_COLUMNS = [*VALUES_KEY, *CHANGES, "verdict", "broken", "provisional", "status"]
GAP_EVOLUTIONS_COLUMNS = [*VALUES_KEY, *CHANGES, "trend", "broken", "provisional", "status"]
ZONING_CHANGES = "Changement de zonage des QPV"
"""The label of a break that no file declares: the zones are not the same at the two dates."""
IN_PERCENT = frozenset({Kind.COUNT, Kind.MEAN})
FOLLOWED = frozenset({Kind.COUNT, Kind.MEAN, Kind.PROPORTION, Kind.RATE, Kind.PARITY})
"""Money has its own pace, and two vintages of a published value do not measure a change at this scale."""

States = NDArray[np.int8]
Provisional = Collection[tuple[str, str]]
"""Pairs of a measure and a period whose counts may still move."""


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
    provisional: Provisional = frozenset(),
) -> pd.DataFrame:
    """The change of every figure: one row for each row of Values but money and published ones; columns ``EVOLUTIONS_COLUMNS``.

    ``change`` is in percentage points for a proportion or a rate (in the unit for a parity index), with its 95 % limits by MOVER, and in
    per cent, without limits, for a count or a mean. ``verdict`` follows the indicator's direction; a count has none. ``broken`` is the
    label of the break between the two periods. ``status``: without object across a break or from 0; else as absent as the most absent.
    """
    after = values[_each(values, lambda code: indicators[code].kind in FOLLOWED).astype(bool)].reset_index(drop=True)
    before, context = _earlier(after, values, indicators, breaks, territory, against, provisional)
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
    provisional: Provisional = frozenset(),
) -> pd.DataFrame:
    """The change of every gap, in percentage points, with its limits by MOVER: one row a row of Gaps; columns ``GAP_EVOLUTIONS_COLUMNS``.

    ``trend`` is established when the interval of the change excludes 0: the gap is then narrower, wider, or has changed sides.
    """
    after = gaps.reset_index(drop=True)
    before, context = _earlier(after, gaps, indicators, breaks, territory, against, provisional)
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


def _earlier(
    after: pd.DataFrame,
    frame: pd.DataFrame,
    indicators: Mapping[str, Indicator],
    breaks: Sequence[SeriesBreak],
    territory: Territory,
    against: Against,
    provisional: Provisional,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The rows of the earlier periods, beside those of the later ones, and for each: earlier period, break, whether it is provisional."""
    codes = {code: earlier_period(Period.parse(code), against).code for code in after["period"].unique()}
    earlier = after["period"].map(codes).astype("str")
    before = frame.set_index(VALUES_KEY).reindex(pd.MultiIndex.from_frame(after[VALUES_KEY].assign(period=earlier))).reset_index(drop=True)

    def told(code: str, period: str, whole_city: bool) -> tuple[str, bool]:
        measures, pair = indicators[code].measures, (codes[period], period)
        moving = any((measure, item) in provisional for measure in measures for item in pair)
        return broken(measures, Period.parse(pair[0]), Period.parse(period), breaks, territory, whole_city=whole_city), moving

    # asked once for each indicator, period, and the city or its zones: far fewer than the rows
    asked, place = _distinct(after)
    labels, moving = zip(*(told(*key) for key in asked), strict=True) if asked else ((), ())
    known = {"broken": pd.Series(np.array(labels, dtype=object)[place], dtype="str"), "provisional": np.array(moving, dtype=bool)[place]}
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


def broken(
    measures: Sequence[str],
    earlier: Period,
    later: Period,
    breaks: Sequence[SeriesBreak],
    territory: Territory,
    *,
    whole_city: bool = False,
) -> str:
    """The label of the first break between two periods for some measures, of the whole city or of its zones; empty when there is none."""
    for item in breaks:
        if item.perimeter and whole_city:
            continue
        if any(item.separates(earlier, later, measure) for measure in measures):
            return item.label
    return ZONING_CHANGES if not whole_city and territory.qpv_codes(earlier) != territory.qpv_codes(later) else ""


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
    frame = after[VALUES_KEY].assign(**{column: context[column] for column in ("earlier", "broken", "provisional")}, **shown)
    return frame.assign(**{name: pd.Series(words, dtype="str"), "status": pd.Series(STATES.to_numpy()[state], dtype="str")})
