"""What a gap is made of: make-up and rates along one dimension (Kitagawa 1955), and the part of each QPV. From Values alone.

Accounting, not causes: the sentences are in ``sentences_explained``, the reasons in docs/decisions/10-decomposition-of-a-gap.md. Working
from Values means that whatever is hidden there stays hidden here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from indicators.codes import DIMENSIONS, ENSEMBLE
from indicators.frames import VALUES_KEY
from indicators.indicator import Indicator, Kind
from indicators.intervals import Array
from indicators.states import STATES
from indicators.status import NON_APPLICABLE, NON_TRANSMIS, OK
from indicators.territory import HORS_QPV, NON_LOCALISE, QPV, TOTALS, VILLE

DECOMPOSITION_KEY = ["indicator", "zone", "period", "dimension"]
DECOMPOSITION_NUMBERS = ["points", "composition", "rates"]
DECOMPOSITION_COLUMNS = [*DECOMPOSITION_KEY, *DECOMPOSITION_NUMBERS, "status"]
EFFECTS_NUMBERS = ["composition_effect", "rate_effect"]
EFFECTS_COLUMNS = [*VALUES_KEY, *EFFECTS_NUMBERS, "status"]
CONTRIBUTIONS_KEY = ["indicator", "zone", "period"]
CONTRIBUTIONS_COLUMNS = [*CONTRIBUTIONS_KEY, "contribution_points", "status"]

States = NDArray[np.int8]
Groups = NDArray[np.intp]
_WHOLE = {"dimension": ENSEMBLE, "category": ENSEMBLE}
_SLACK = 1e-9
"""Relative: counts are whole numbers, so this is the error of floats and never a person."""


def decompose(values: pd.DataFrame, indicators: Mapping[str, Indicator], dimension: str) -> pd.DataFrame:
    """Each gap, of one QPV or of all of them against hors QPV, as a difference of make-up plus a difference of rates.

    One row for each indicator (proportion or rate), zone and period that Values breaks down by ``dimension``; columns
    ``DECOMPOSITION_COLUMNS``, numbers in percentage points. With w the share of a category in the denominator and r its rate, QPV on
    the left of each difference:

    - ``composition`` = sum of (difference of w) x (mean r): what the gap would be at equal rates;
    - ``rates`` = sum of (difference of r) x (mean w): what it would be at equal make-up;
    - ``points`` = composition + rates = the gap, as in the Gaps frame.

    A category empty on one side has no rate there: that of the other side stands for it, so that its rate effect is 0. Nobody is there
    to have another rate, and all that differs is that it is empty. A category empty on both sides counts for nothing.

    ``status``: as absent as the most absent of the categories and of the two wholes; without object where the categories do not add up
    to the whole, numerators and denominators, on both sides, since the margin then leaves someone out.

    Raises:
        KeyError: an indicator not declared.
        ValueError: a dimension that does not exist.

    Source: E. M. Kitagawa, Components of a difference between two rates, JASA 50 (272), 1955, two factors.
    """
    found = _effects(values, indicators, dimension)
    composition, rates = (np.bincount(found.group, effect).astype(float) for effect in (found.composition, found.rate))
    key = found.cells[DECOMPOSITION_KEY].drop_duplicates(ignore_index=True)
    return _framed(key, {"points": found.points, "composition": composition, "rates": rates}, found.state)[DECOMPOSITION_COLUMNS]


def category_effects(values: pd.DataFrame, indicators: Mapping[str, Indicator], dimension: str) -> pd.DataFrame:
    """What each category brings to the two parts of ``decompose``: columns ``EFFECTS_COLUMNS``, percentage points; sums are its columns.

    ``composition_effect`` = (difference of w) x (mean r - mean of the two overall rates): a category more present in the QPV widens the
    gap when its rate is above the average, narrows it when below. Measuring its rate from the average rather than from 0 leaves the sum
    unchanged and makes each term readable alone. ``rate_effect`` = (difference of r) x (mean w).

    ``status`` is that of the whole decomposition: one hidden category hides the effects of all.
    """
    found = _effects(values, indicators, dimension)
    numbers = dict(zip(EFFECTS_NUMBERS, (found.composition, found.rate), strict=True))
    return _framed(found.cells, numbers, found.state[found.group])[EFFECTS_COLUMNS]


def contributions(values: pd.DataFrame, indicators: Mapping[str, Indicator]) -> pd.DataFrame:
    """How much of the gap of all QPVs each one makes: columns ``CONTRIBUTIONS_COLUMNS``, one row a QPV, proportion or rate, and period.

    ``contribution_points`` = (its share of the QPVs' denominator) x (its rate - the rate of hors QPV), in percentage points. They sum to
    the gap of ``QPV``; one of the other sign narrows it.

    ``status``: as absent as its own figure, that of ``QPV`` and that of hors QPV. A QPV where nobody is in the denominator is without
    object and counts for nothing; so are all of them where, every one being told, they do not add up to ``QPV``.
    """
    told = _compared(values, indicators)
    cells = told[(told["dimension"] == ENSEMBLE) & ~told["zone"].isin(TOTALS)].reset_index(drop=True)
    indexed = told.set_index(VALUES_KEY)
    own, all_of_them, rest = _side(indexed, cells), _side(indexed, cells, zone=QPV), _side(indexed, cells, zone=HORS_QPV)
    group = _groups(cells, ["indicator", "period"])
    state = np.maximum.reduce([own.state, all_of_them.state, rest.state])
    complete = _worst(group, np.maximum(_without_empty(own.state), all_of_them.state))[group] == OK
    state = np.where(complete & ~_adds_up(group, own, all_of_them), NON_APPLICABLE, state)
    with np.errstate(divide="ignore", invalid="ignore"):
        weight = own.denominator / all_of_them.denominator
        points = 100 * weight * (own.rate - rest.rate)
    return _framed(cells[CONTRIBUTIONS_KEY], {"contribution_points": points}, state)[CONTRIBUTIONS_COLUMNS]


@dataclass(frozen=True)
class _Side:
    """One side of a comparison, a position for each row compared; counts are 0 where there is none to read."""

    numerator: Array
    denominator: Array
    state: States

    @property
    def rate(self) -> Array:
        """Between 0 and 1 for a proportion; NaN over nobody."""
        return self.numerator / self.denominator


@dataclass(frozen=True)
class _Effects:
    """Cells and their effects in points; ``group`` leads from each cell to its comparison, that ``points`` and ``state`` are about."""

    cells: pd.DataFrame
    group: Groups
    composition: Array
    rate: Array
    points: Array
    state: States


def _effects(values: pd.DataFrame, indicators: Mapping[str, Indicator], dimension: str) -> _Effects:
    if dimension not in DIMENSIONS or dimension == ENSEMBLE:
        raise ValueError(f"Ventilation inconnue : « {dimension} ».")
    told = _compared(values, indicators)
    with_whole = set(told.loc[told["dimension"] == ENSEMBLE, "indicator"])
    cells = told[(told["dimension"] == dimension) & told["indicator"].isin(with_whole)]
    cells = cells[~cells["zone"].isin([HORS_QPV, NON_LOCALISE, VILLE])].reset_index(drop=True)
    indexed = told.set_index(VALUES_KEY)
    own, rest = _side(indexed, cells), _side(indexed, cells, zone=HORS_QPV)
    wholes = (_side(indexed, cells, **_WHOLE), _side(indexed, cells, zone=HORS_QPV, **_WHOLE))
    group = _groups(cells, DECOMPOSITION_KEY)
    worst = _worst(group, np.maximum.reduce([*map(_without_empty, (own.state, rest.state)), *(side.state for side in wholes)]))
    covered = np.ones(len(cells), dtype=bool)
    for side, whole in zip((own, rest), wholes, strict=True):
        covered &= _adds_up(group, side, whole)
    left_out = _worst(group, np.where(covered, OK, NON_APPLICABLE).astype(np.int8))
    state = np.where(worst == OK, left_out, worst).astype(np.int8)
    return _Effects(cells[VALUES_KEY], group, *_kitagawa(group, own, rest), state)


def _kitagawa(group: Groups, own: _Side, rest: _Side) -> tuple[Array, Array, Array]:
    """Composition effect and rate effect of each cell, gap of each group, in points."""
    k1, n1, k2, n2 = (np.bincount(group, count) for side in (own, rest) for count in (side.numerator, side.denominator))
    with np.errstate(divide="ignore", invalid="ignore"):
        overall, overall_rest = k1 / n1, k2 / n2
        share, share_rest = own.denominator / n1[group], rest.denominator / n2[group]
        rate, rate_rest = own.rate, rest.rate
    rate, rate_rest = np.where(own.denominator == 0, rate_rest, rate), np.where(rest.denominator == 0, rate, rate_rest)
    nobody = (own.denominator == 0) & (rest.denominator == 0)
    average = (overall + overall_rest) / 2
    composition = (share - share_rest) * ((rate + rate_rest) / 2 - average[group])
    rates = (rate - rate_rest) * (share + share_rest) / 2
    return 100 * np.where(nobody, 0.0, composition), 100 * np.where(nobody, 0.0, rates), 100 * (overall - overall_rest)


def _compared(values: pd.DataFrame, indicators: Mapping[str, Indicator]) -> pd.DataFrame:
    kinds = {code: indicators[code].kind for code in values["indicator"].unique()}
    return values[values["indicator"].map(kinds).isin([Kind.PROPORTION, Kind.RATE])]


def _side(indexed: pd.DataFrame, cells: pd.DataFrame, **changed: str) -> _Side:
    """The figures of the cells, read in another zone or for the whole where ``changed`` says so; absent rows are not transmitted."""
    found = indexed.reindex(pd.MultiIndex.from_frame(cells[VALUES_KEY].assign(**changed)))
    position = STATES.get_indexer(pd.Index(found["status"]))
    state: States = np.where(position < 0, NON_TRANSMIS, position).astype(np.int8)
    numerator, denominator = (np.where(state == OK, found[name].to_numpy(float), 0.0) for name in ("numerator", "denominator"))
    return _Side(numerator, denominator, state)


def _groups(cells: pd.DataFrame, key: list[str]) -> Groups:
    group: Groups = cells.groupby(key, sort=False).ngroup().to_numpy().astype(np.intp)
    return group


def _without_empty(state: States) -> States:
    """A cell without object has nobody in its denominator: it hides nothing, which ``_adds_up`` then proves."""
    return np.where(state == NON_APPLICABLE, OK, state).astype(np.int8)


def _worst(group: Groups, state: States) -> States:
    """The most absent state of each group."""
    found = np.zeros(group.max(initial=-1) + 1, dtype=np.int8)
    np.maximum.at(found, group, state)
    return found


def _adds_up(group: Groups, parts: _Side, whole: _Side) -> NDArray[np.bool_]:
    """For each row, whether the parts of its group make its whole: nobody left out, nobody counted twice."""
    same = np.ones(len(group), dtype=bool)
    for part, total in ((parts.numerator, whole.numerator), (parts.denominator, whole.denominator)):
        same &= np.abs(np.bincount(group, part)[group] - total) <= _SLACK * np.maximum(1.0, total)
    return same


def _framed(key: pd.DataFrame, numbers: Mapping[str, Array], state: NDArray[np.integer]) -> pd.DataFrame:
    columns = {name: np.where(state == OK, number, np.nan) for name, number in numbers.items()}
    status = pd.Series(STATES.to_numpy()[state], index=key.index, dtype="str")
    return key.assign(**columns, status=status).reset_index(drop=True)
