"""What a parcours and a dynamic exit cost, over a closed exercise: euros paid over a count, with the limits that the count has."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import numpy as np
import pandas as pd

from indicators.budget import TOTAL
from indicators.budget_values import Row, whole_city
from indicators.compute import frame_of_rows
from indicators.grant import CENT, Grant
from indicators.intervals import byar
from indicators.period import Frequency, Period
from indicators.sentences_rows import Figure, figure
from indicators.status import ORDER, Status

FEWEST = 20
"""Under this count the cost is withheld: one person more or less would move it by five per cent, and point at persons."""


@dataclass(frozen=True)
class UnitCost:
    """An indicator of cost and the count it divides by: the value of ``counted``, or its ``numerator`` where it is a share."""

    code: str
    counted: str
    by_numerator: bool


COSTS = (UnitCost("B3-cout_parcours", "N3.7-entrees", by_numerator=False), UnitCost("B3-cout_sortie", "R2", by_numerator=True))


def unit_costs(use: pd.DataFrame, grant: Grant, values: pd.DataFrame, on: date) -> pd.DataFrame:
    """B3-cout_parcours and B3-cout_sortie as Values rows: numerator in euros, denominator the count, value and limits in euros.

    Limits: the count is taken as a Poisson count, the euros as known, hence the paid amount over Byar's two limits of the count. They say
    what chance alone does to the number of persons, and nothing of how well expenses are shared out: a cost has no other
    interval. No row before the exercise is over. A count under ``FEWEST`` or hidden gives ``secret``, an absent one its own status; an
    exercise that is not a calendar year, whose persons nobody counts apart, gives ``non_applicable``.

    Args:
        use: BudgetUse of the exercise, read at the end of ``on``.
        values: the Values frame that holds N3.7-entrees and R2, whose hidden figures stay hidden here.
    """
    if on < grant.last_day:
        return frame_of_rows([])
    year = Period(grant.exercise, Frequency.YEAR)
    calendar = (grant.first_day, grant.last_day) == (year.first_day, year.last_day)
    paid = use.loc[use["line"] == TOTAL, "paid"].iloc[0]
    return frame_of_rows([{**_cost(cost, paid, values, year, calendar=calendar), **whole_city(year)} for cost in COSTS])


def _cost(cost: UnitCost, paid: Decimal | None, values: pd.DataFrame, year: Period, *, calendar: bool) -> Row:
    if not calendar:
        return {"indicator": cost.code, "status": str(Status.NON_APPLICABLE)}
    found = figure(values, cost.counted, year.code)
    count = found.numerator if cost.by_numerator else found.value
    status = _status(found, count, paid)
    if status is not Status.OK or paid is None:
        return {"indicator": cost.code, "status": str(status)}
    limits = byar(np.array([count]), np.array([1.0]))
    fewest, most = float(limits.low[0]), float(limits.high[0])
    return {
        "indicator": cost.code,
        "numerator": float(paid),
        "denominator": count,
        "value": _each(paid, count),
        "low": _each(paid, most),
        "high": _each(paid, fewest),
        "status": str(status),
    }


def too_few(values: pd.DataFrame, code: str, year: Period) -> bool:
    """Whether a cost is withheld because its count, which is known, is under ``FEWEST``; False for any other indicator."""
    for cost in COSTS:
        if cost.code == code:
            found = figure(values, cost.counted, year.code)
            return found.known and (found.numerator if cost.by_numerator else found.value) < FEWEST
    return False


def _status(counted: Figure, count: float, paid: Decimal | None) -> Status:
    """As absent as the more absent of the money and the count; a count too small is hidden, not absent."""
    money = Status.NON_TRANSMIS if paid is None else Status.OK
    persons = Status.SECRET if counted.known and count < FEWEST else counted.status
    return max(money, persons, key=ORDER.index)


def _each(paid: Decimal, count: float) -> float:
    return float((paid / Decimal(str(count))).quantize(CENT, ROUND_HALF_UP))
