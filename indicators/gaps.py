"""The gap between QPV residents and the rest of the city: points, ratio, parity, residents missing, verdict. From Values alone.

Working from Values means that whatever is hidden there stays hidden here.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from indicators import intervals
from indicators.compute import parity
from indicators.frames import GAPS_COLUMNS, VALUES_KEY
from indicators.indicator import Direction, Indicator, Kind
from indicators.intervals import Array, Limits
from indicators.states import STATES
from indicators.status import Status
from indicators.territory import HORS_QPV, NON_LOCALISE, VILLE


class Verdict(StrEnum):
    """What the 95 % interval of the gap says, given which way is better."""

    FAVORABLE = "favorable"
    DEFAVORABLE = "defavorable"
    NON_ETABLI = "non_etabli"
    SANS_JUGEMENT = "sans_jugement"


SIGN = {Direction.HIGHER: 1, Direction.LOWER: -1, Direction.NEUTRAL: 0}


def gaps(values: pd.DataFrame, indicators: Mapping[str, Indicator]) -> pd.DataFrame:
    """The Gaps frame: each QPV, and all of them, against hors QPV, for every proportion and rate of a Values frame.

    ``points`` = QPV - hors QPV, in percentage points; ``residents_to_parity`` = how many more QPV residents there would be in the
    numerator at the rate of the rest of the city (negative: that many fewer), ``residents_low`` and ``residents_high`` its range, from the
    limits of the gap, within what is possible. Raises ``KeyError`` for an indicator not declared.
    """
    kinds = {code: indicators[code].kind for code in values["indicator"].unique()}
    compared = values[values["indicator"].map(kinds).isin([Kind.PROPORTION, Kind.RATE])]
    key = [column for column in VALUES_KEY if column != "zone"]
    rest = compared[compared["zone"] == HORS_QPV].set_index(key)
    left = compared[~compared["zone"].isin([HORS_QPV, NON_LOCALISE, VILLE])].reset_index(drop=True)
    left = left[left.set_index(key).index.isin(rest.index)].reset_index(drop=True)
    right = rest.reindex(pd.MultiIndex.from_frame(left[key])).reset_index(drop=True)
    return _frame(left, right, kinds, {code: SIGN[indicators[code].better] for code in kinds})


def _frame(left: pd.DataFrame, right: pd.DataFrame, kinds: Mapping[str, Kind], signs: Mapping[str, int]) -> pd.DataFrame:
    k1, n1, k2, n2 = (side[column].to_numpy(float) for side in (left, right) for column in ("numerator", "denominator"))
    rate = left["indicator"].map(kinds).to_numpy() == Kind.RATE
    own, other = (_limits(side) for side in (left, right))
    with np.errstate(divide="ignore", invalid="ignore"):
        a, b = k1 / n1, k2 / n2
        ratio = a / b
    points = intervals.difference(a, own, b, other)
    by_log, by_mover = intervals.ratio_log(k1, n1, k2, n2), intervals.ratio_mover(a, own, b, other)
    columns: dict[str, Array] = {
        "qpv": left["value"].to_numpy(float),
        "rest_of_city": right["value"].to_numpy(float),
        "points": 100 * (a - b),
        "low": 100 * points.low,
        "high": 100 * points.high,
        "ratio": np.where(np.isfinite(ratio), ratio, np.nan),
        "ratio_low": np.where(rate, by_mover.low, by_log.low),
        "ratio_high": np.where(rate, by_mover.high, by_log.high),
        "parity": parity(k1, n1, k2, n2)[2],
        "residents_to_parity": b * n1 - k1,
        # nobody can be taken away who did not enter, nor can more enter than there are where each counts once
        "residents_low": np.maximum(-points.high * n1, -k1),
        "residents_high": np.where(rate, -points.low * n1, np.minimum(-points.low * n1, n1 - k1)),
    }
    status = _worst(left["status"], right["status"])
    known = status == Status.OK
    frame = left[VALUES_KEY].assign(**{name: np.where(known, column, np.nan) for name, column in columns.items()})
    sign = np.array([signs[code] for code in left["indicator"]], dtype=float)
    frame["verdict"] = pd.Series(
        verdicts(frame["low"].to_numpy(float), frame["high"].to_numpy(float), sign, known.to_numpy(bool)), dtype="str"
    )
    frame["status"] = status.astype("str")
    return frame[GAPS_COLUMNS]


def _limits(side: pd.DataFrame) -> Limits:
    return Limits(side["low"].to_numpy(float) / 100, side["high"].to_numpy(float) / 100)


def _worst(left: pd.Series, right: pd.Series) -> pd.Series:
    worst = np.maximum(STATES.get_indexer(pd.Index(left)), STATES.get_indexer(pd.Index(right)))
    return pd.Series(STATES.to_numpy()[worst], dtype="str")


def verdicts(low: Array, high: Array, sign: Array, known: NDArray[np.bool_]) -> NDArray[np.object_]:
    """Established when the interval excludes 0, on unrounded limits; ``sign`` is that of a better figure; None where not ``known``."""
    better, worse = np.where(sign > 0, low > 0, high < 0), np.where(sign > 0, high < 0, low > 0)
    words: NDArray[np.object_] = np.full(len(low), str(Verdict.NON_ETABLI), dtype=object)
    words[worse] = str(Verdict.DEFAVORABLE)
    words[better] = str(Verdict.FAVORABLE)
    words[sign == 0] = str(Verdict.SANS_JUGEMENT)
    words[~known] = None
    return words
