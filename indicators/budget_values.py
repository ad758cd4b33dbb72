"""The money indicators B1, B2 and B3-levier as Values rows of a period, from BudgetUse. Costs per parcours are in ``unit_costs``."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd

from indicators.budget import TOTAL, by_level
from indicators.compute import frame_of_rows
from indicators.grant import Grant
from indicators.period import Period
from indicators.status import Status
from indicators.territory import VILLE

LEVELS = ("1", "2", "3")
Row = dict[str, object]


def values(use: pd.DataFrame, grant: Grant, period: Period) -> pd.DataFrame:
    """B1, B1-engage (% of the grant), B1-niveau_1 to 3 (% of what is paid), B2 (points); B3-levier too when the period is the exercise.

    ``use`` is read at the period's end. A ledger that did not come gives « not transmitted », a denominator of nothing « not applicable ».
    """
    total = use[use["line"] == TOTAL].iloc[0]
    rows = [_share("B1", total["paid"], total["granted"]), _share("B1-engage", total["committed"], total["granted"])]
    levels = by_level(use, grant).set_index("level")["paid"]
    # a level that no line serves was paid nothing, once the ledger has come
    none = None if total["paid"] is None else Decimal(0)
    rows += [_share(f"B1-niveau_{level}", levels.get(level, none), total["paid"]) for level in LEVELS]
    rows.append(_pace(total))
    if (period.first_day, period.last_day) == (grant.first_day, grant.last_day):
        rows.append(leverage(grant))
    return frame_of_rows([{**row, **whole_city(period)} for row in rows])


def whole_city(period: Period) -> Row:
    """The key of a figure of money, the indicator left out: money is never shared between zones."""
    return {"zone": VILLE, "period": period.code, "dimension": "ensemble", "category": "ensemble"}


def _share(code: str, part: Decimal | None, whole: Decimal | None) -> Row:
    if part is None or whole is None:
        return {"indicator": code, "status": str(Status.NON_TRANSMIS)}
    if whole <= 0:
        return {"indicator": code, "status": str(Status.NON_APPLICABLE)}
    figures = {"numerator": float(part), "denominator": float(whole), "value": float(100 * part / whole)}
    return {"indicator": code, **figures, "status": str(Status.OK)}


def _pace(total: pd.Series) -> Row:
    if total["paid"] is None:
        return {"indicator": "B2", "status": str(Status.NON_TRANSMIS)}
    if not total["granted"]:
        return {"indicator": "B2", "status": str(Status.NON_APPLICABLE)}
    return {"indicator": "B2", "value": total["advance_points"], "status": str(Status.OK)}


def leverage(grant: Grant) -> Row:
    """B3-levier: euros of co-funding notified for one euro of the grant notified; both sides are what the funders wrote.

    Nothing declared is not transmitted: it does not say that there is none (a co-funding of 0 euros does).
    """
    if grant.cofunding is None:
        return {"indicator": "B3-levier", "status": str(Status.NON_TRANSMIS)}
    notified = sum((item.notified for item in grant.cofunding), Decimal(0))
    row = _share("B3-levier", notified, grant.amount)
    return row | ({"value": float(notified / grant.amount)} if grant.amount else {})
