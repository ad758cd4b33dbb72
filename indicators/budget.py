"""The grant and its use: granted, committed, paid, pace and year-end range, exact to the cent. Ledger entries in, tables out.

What is known before any expense is in ``grant``; the rows of the indicators made from these tables are in ``budget_values``.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Final

import numpy as np
import pandas as pd

from indicators import projection
from indicators.frames import BUDGET_COLUMNS
from indicators.grant import COFUNDED, TOTAL, Grant, GrantLine, euros, is_apart
from indicators.period import Frequency, Period, share_elapsed

__all__ = ["TOTAL", "Grant", "GrantLine", "budget_use", "by_level", "cofunding_use", "cumulative", "euros", "known_until", "paid_late"]

FROM_LEDGER = ["committed", "paid", "remaining", "projected_low", "projected_high"]
NOT_SHARED: Final = {"carried_over": None, "available": None, "planned": None, "plan_advance": float("nan")}
"""What a line has no part of: the carry-over and the plan are told of the whole grant."""
LEVEL_COLUMNS = ["level", "granted", "committed", "paid", "share"]
COFUNDING_COLUMNS = ["code", "funder", "notified", "received", "spent"]


def _sum(cents: pd.Series) -> Decimal:
    return euros(int(cents.sum()))


def budget_use(expenses: pd.DataFrame, grant: Grant, on: date) -> pd.DataFrame:
    """The BudgetUse frame of an exercise at the end of day ``on``: its lines in order, then ``total``.

    ``committed`` counts every entry booked by then, paid or not; ``remaining`` = granted - committed; ``used_share`` = paid / granted.
    Only the grant's own lines count: income, co-funded expenses, funds set aside and contributions in kind are apart (``grant.is_apart``).
    ``granted`` is what was notified for this exercise; ``available`` adds the carry-over granted by then, which no line shares, hence its
    absence from them. While no ledger of the exercise has come, what it would tell is None: not transmitted is not zero.
    Raises ``ValueError`` when an entry names a line the grant does not have.
    """
    entries = _entries(expenses, grant, on)
    known = known_until(expenses, grant)
    unknown = sorted(set(entries["line"]) - {line.code for line in grant.lines})
    if unknown:
        raise ValueError(f"Exercice {grant.exercise} : ligne de budget inconnue « {', '.join(unknown)} ».")
    rows = [_line(entries[entries["line"] == line.code], line.code, line.amount, grant, on, known) for line in grant.lines]
    total = _line(entries, TOTAL, grant.amount, grant, on, known) | _whole(_sum(entries["paid"]), grant, on)
    frame = pd.DataFrame([*rows, total], columns=BUDGET_COLUMNS)
    if not _has_come(expenses, grant):
        frame[FROM_LEDGER] = None
        frame[["used_share", "advance_points", "plan_advance"]] = float("nan")
    return frame


def _has_come(expenses: pd.DataFrame, grant: Grant) -> bool:
    return bool((expenses["exercise"] == grant.exercise).any())


def _whole(paid: Decimal, grant: Grant, on: date) -> dict[str, object]:
    """What is told of the whole grant only: carry-over, plan."""
    carried, planned = grant.carry_over_known(on), projection.planned(grant, on)
    advance = float("nan") if planned is None or not grant.amount else 100 * float((paid - planned) / grant.amount)
    return {"carried_over": carried, "available": grant.amount + carried, "planned": planned, "plan_advance": advance}


def known_until(expenses: pd.DataFrame, grant: Grant) -> date:
    """The last day that the ledger tells about: the end of the month of its last entry; the day before the exercise without any."""
    days = expenses.loc[expenses["exercise"] == grant.exercise, "date"]
    if days.empty:
        return grant.first_day - timedelta(days=1)
    return min(Period.of(days.max().date(), Frequency.MONTH).last_day, grant.last_day)


def _entries(expenses: pd.DataFrame, grant: Grant, on: date) -> pd.DataFrame:
    """The grant's entries booked by ``on``, with ``paid`` set to 0 where the payment came later."""
    return _known(expenses[~expenses["line"].map(is_apart).astype(bool)], grant, on)


def _known(expenses: pd.DataFrame, grant: Grant, on: date) -> pd.DataFrame:
    known = expenses[(expenses["exercise"] == grant.exercise) & (expenses["date"] <= pd.Timestamp(on))]
    paid_by_then = known["paid_on"] <= pd.Timestamp(on)
    return known.assign(paid=np.where(paid_by_then, known["paid"], 0))


def paid_late(expenses: pd.DataFrame, grant: Grant, on: date) -> Decimal:
    """Euros of the grant booked in its exercise and paid after its last day, by the end of ``on``: no exercise counts them as paid."""
    own = _entries(expenses, grant, on)
    return _sum(own.loc[own["paid_on"] > pd.Timestamp(grant.last_day), "paid"])


def _line(entries: pd.DataFrame, code: str, granted: Decimal, grant: Grant, on: date, known: date) -> dict[str, object]:
    committed, paid = _sum(entries["committed"]), _sum(entries["paid"])
    used = float(paid / granted) if granted else float("nan")
    elapsed = share_elapsed(grant.first_day, grant.last_day, on)
    low, high = projection.year_end(entries, paid, grant, on, known)
    return {
        "exercise": str(grant.exercise),
        "line": code,
        "granted": granted,
        "committed": committed,
        "paid": paid,
        "remaining": granted - committed,
        "used_share": used,
        "elapsed_share": elapsed,
        "advance_points": 100 * (used - elapsed),
        "projected_low": low,
        "projected_high": high,
        **NOT_SHARED,
    }


def cumulative(expenses: pd.DataFrame, grant: Grant, on: date) -> pd.DataFrame:
    """Paid and committed since the start of the exercise, at each month's end up to ``on``, then at ``on`` itself.

    No row before the exercise starts. Columns: month (1 to 12), day (date), paid and committed (``Decimal`` euros).
    """
    days = [month.last_day for month in projection.months(grant) if month.last_day <= on]
    days = [day for day in days if day <= grant.last_day]
    until = min(on, grant.last_day)
    if until >= grant.first_day and until not in days:
        days.append(until)
    rows = []
    for day in days:
        at_day = _entries(expenses, grant, day)
        rows.append({"month": day.month, "day": day, "paid": _sum(at_day["paid"]), "committed": _sum(at_day["committed"])})
    return pd.DataFrame(rows, columns=["month", "day", "paid", "committed"])


def by_level(use: pd.DataFrame, grant: Grant) -> pd.DataFrame:
    """What each level of the Cité was granted, has committed and paid (euros), and its share of all that is paid (0 to 1).

    One row a level that some line serves, in order. ``share`` is NaN while nothing is paid; amounts are None while no ledger has come.
    """
    lines = use[use["line"] != TOTAL].assign(level=[line.level for line in grant.lines])
    total = use.loc[use["line"] == TOTAL, "paid"].iloc[0]
    rows: list[dict[str, object]] = []
    for level in sorted(set(lines["level"])):
        mine = lines[lines["level"] == level]
        amounts = {name: None if total is None else sum(mine[name], Decimal(0)) for name in ("committed", "paid")}
        paid = amounts["paid"]
        share = float(paid / total) if total is not None and total > 0 and paid is not None else float("nan")
        rows.append({"level": level, "granted": sum(mine["granted"], Decimal(0)), **amounts, "share": share})
    return pd.DataFrame(rows, columns=LEVEL_COLUMNS)


def cofunding_use(expenses: pd.DataFrame, grant: Grant, on: date) -> pd.DataFrame:
    """Each co-funding at the end of ``on``: notified, received in cash, spent (committed) on its behalf, in euros.

    Received or spent is None when the ledger does not tell it: no account or analytic code declared, or no ledger of the exercise.
    """
    known, come = _known(expenses, grant, on), _has_come(expenses, grant)
    income = known["account"].str.startswith("7")
    rows = []
    for item in grant.cofunding or ():
        mine = known["line"] == f"{COFUNDED}{item.code}"
        received = _sum(known.loc[mine & income, "paid"]) if come and item.receipts_told else None
        spent = _sum(known.loc[mine & ~income, "committed"]) if come and item.expenses_told else None
        rows.append((item.code, item.funder, item.notified, received, spent))
    return pd.DataFrame(rows, columns=COFUNDING_COLUMNS).astype({"received": object, "spent": object})
