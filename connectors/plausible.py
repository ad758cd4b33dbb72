"""What makes a valid delivery hard to believe, beside the figures in force. Each doubt is a French sentence; who decides is elsewhere."""

from __future__ import annotations

import math
from collections.abc import Callable
from itertools import pairwise
from operator import itemgetter
from statistics import median

import pandas as pd

from indicators.measures import Nature
from indicators.period import Period
from indicators.registry import measures
from indicators.status import Status
from indicators.typography import during, euros, number, period_label

USUAL = 5
"""Below this, a count has no usual value."""
HISTORY = 4
"""Periods needed before a count has one."""
SPREADS, TIMES, UNITS = 5, 3, 30
"""How far from it a count is not believed: 5 times its usual spread, 3 times (or a third of) it, and 30 units apart, all together."""
TOLD = 10
_CELL = ["measure", "territory", "dimension", "category"]
Cell = tuple[str, str, str, str]
Series = dict[Cell, dict[Period, float]]


def doubts(delivered: pd.DataFrame, known: pd.DataFrame, label: Callable[[str], str]) -> list[str]:
    """Why a delivery of counts should be confirmed before it is shown; empty when it is like what came before.

    Args:
        delivered: COUNTS of one source. known: COUNTS of the same source, in force. label: the French name of a zone.

    Only what is new or changed is doubted: a figure confirmed once is not asked about again.
    """
    new, old = _series(delivered), _series(known)
    found: list[str] = []
    for cell, values in new.items():
        before = old.get(cell, {})
        changed = {period: value for period, value in values.items() if before.get(period) != value}
        if not changed:
            continue
        told = _name(cell, label)
        both = {**before, **values}
        if measures()[cell[0]].nature is Nature.DISTINCT_TO_DATE:
            found += [f"{told} : {sentence}" for sentence in _falls(both)]
        least, most = min(both.values()), max(both.values())
        if most - least < UNITS or most < TIMES * least:
            continue
        found += [
            f"{told}, {period_label(period)} : {sentence}"
            for period, value in changed.items()
            if (sentence := _unusual(period, value, both))
        ]
    left = len(found) - TOLD
    return [*found[:TOLD], *([f"… et {left} autre{'s' if left > 1 else ''}."] if left > 0 else [])]


def _series(counts: pd.DataFrame) -> Series:
    """The exact counts of each cell, by period, oldest first."""
    exact = counts[counts["status"] == Status.OK]
    periods = sorted(map(Period.parse, exact["period"].unique().tolist()), key=lambda period: period.last_day)
    ranks = {period.code: rank for rank, period in enumerate(periods)}
    cells = zip(*(exact[name].tolist() for name in _CELL), strict=True)
    rows = zip(map(ranks.__getitem__, exact["period"].tolist()), cells, exact["value"].astype(float).tolist(), strict=True)
    found: Series = {}
    for rank, cell, value in sorted(rows, key=itemgetter(0)):
        found.setdefault(cell, {})[periods[rank]] = value
    return found


def _falls(values: dict[Period, float]) -> list[str]:
    """Where a count since 1 January is lower than at an earlier period of the same year."""
    ordered = sorted(values, key=lambda period: period.last_day)
    return [
        f"{number(values[later])} {during(later)} après {number(values[earlier])} {during(earlier)}. "
        "Un cumul depuis le 1er janvier ne baisse pas."
        for earlier, later in pairwise(ordered)
        if earlier.year == later.year and values[later] < values[earlier]
    ]


def _unusual(period: Period, value: float, values: dict[Period, float]) -> str | None:
    """What is said of a count far from the median of the other periods of the same length; None when it is not."""
    others = [known for other, known in values.items() if other != period and other.frequency == period.frequency]
    if len(others) < HISTORY:
        return None
    usual = median(others)
    spread = max(1.4826 * median(abs(known - usual) for known in others), math.sqrt(usual))
    away = abs(value - usual)
    far = value >= TIMES * usual or TIMES * value <= usual
    if usual < USUAL or not far or away <= SPREADS * spread or away < UNITS:
        return None
    if value < usual:
        return f"{number(value)} au lieu de {number(usual)} d'habitude."
    return f"{number(value)} est {number(round(value / usual))} fois la valeur habituelle ({number(usual)}). Une unité de trop ?"


def _name(cell: Cell, label: Callable[[str], str]) -> str:
    code, zone, dimension, category = cell
    detail = "" if dimension == category else f", {dimension} « {category} »"
    return f"« {measures()[code].label} », {label(zone)}{detail}"


def ledger_doubts(delivered: pd.DataFrame, known: pd.DataFrame) -> list[str]:
    """The same for a ledger: on the months it tells about again, less than half of what they held."""
    months = set(delivered["date"].dt.to_period("M"))
    again = known[known["date"].dt.to_period("M").isin(months) & known["exercise"].isin(delivered["exercise"].unique())]
    before, now = int(again["paid"].sum()), int(delivered["paid"].sum())
    if before <= 0 or 2 * now >= before:
        return []
    return [f"Le grand livre compte {euros(now)} payés sur des mois où il en comptait {euros(before)}."]
