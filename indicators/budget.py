"""The grant and its use: granted, committed, paid, pace and year-end range, exact to the cent. Ledger entries in, tables out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

import numpy as np
import pandas as pd

from indicators.compute import frame_of_rows
from indicators.frames import BUDGET_COLUMNS
from indicators.period import Frequency, Period, share_elapsed
from indicators.status import Status
from indicators.territory import VILLE

TOTAL = "total"
"""The line that stands for the whole grant."""
FROM_LEDGER = ["committed", "paid", "remaining", "projected_low", "projected_high"]
CENT = Decimal("0.01")
PROJECTION_MONTHS = 3
"""Complete months whose slowest and fastest pace give the year-end range: a prolongation, not a forecast."""


@dataclass(frozen=True)
class GrantLine:
    """A line of the grant; ``amount`` in euros."""

    code: str
    label: str
    level: str
    amount: Decimal


@dataclass(frozen=True)
class Grant:
    """The grant of one exercise, its first and last days included."""

    exercise: int
    first_day: date
    last_day: date
    amount: Decimal
    lines: tuple[GrantLine, ...]


def euros(cents: int) -> Decimal:
    """Exact euros from whole cents."""
    return Decimal(cents).scaleb(-2)


def _sum(cents: pd.Series) -> Decimal:
    return euros(int(cents.sum()))


def budget_use(expenses: pd.DataFrame, grant: Grant, on: date) -> pd.DataFrame:
    """The BudgetUse frame of an exercise at the end of day ``on``: its lines in order, then ``total``.

    ``committed`` counts every entry booked by then, paid or not; ``remaining`` = granted - committed; ``used_share`` = paid / granted.
    While no ledger of the exercise has come, what it would tell is None: not transmitted is not zero.
    Raises ``ValueError`` when an entry names a line the grant does not have.
    """
    entries = _entries(expenses, grant, on)
    known = known_until(expenses, grant)
    unknown = sorted(set(entries["line"]) - {line.code for line in grant.lines})
    if unknown:
        raise ValueError(f"Exercice {grant.exercise} : ligne de budget inconnue « {', '.join(unknown)} ».")
    rows = [_line(entries[entries["line"] == line.code], line.code, line.amount, grant, on, known) for line in grant.lines]
    frame = pd.DataFrame([*rows, _line(entries, TOTAL, grant.amount, grant, on, known)], columns=BUDGET_COLUMNS)
    if not (expenses["exercise"] == grant.exercise).any():
        frame[FROM_LEDGER] = None
        frame[["used_share", "advance_points"]] = float("nan")
    return frame


def known_until(expenses: pd.DataFrame, grant: Grant) -> date:
    """The last day that the ledger tells about: the end of the month of its last entry; the day before the exercise without any."""
    days = expenses.loc[expenses["exercise"] == grant.exercise, "date"]
    if days.empty:
        return grant.first_day - timedelta(days=1)
    return min(Period.of(days.max().date(), Frequency.MONTH).last_day, grant.last_day)


def _entries(expenses: pd.DataFrame, grant: Grant, on: date) -> pd.DataFrame:
    """Entries of the exercise booked by ``on``, with ``paid`` set to 0 where the payment came later."""
    known = expenses[(expenses["exercise"] == grant.exercise) & (expenses["date"] <= pd.Timestamp(on))]
    paid_by_then = known["paid_on"] <= pd.Timestamp(on)
    return known.assign(paid=np.where(paid_by_then, known["paid"], 0))


def _line(entries: pd.DataFrame, code: str, granted: Decimal, grant: Grant, on: date, known: date) -> dict[str, object]:
    committed, paid = _sum(entries["committed"]), _sum(entries["paid"])
    used = float(paid / granted) if granted else float("nan")
    elapsed = share_elapsed(grant.first_day, grant.last_day, on)
    low, high = _projection(entries, paid, grant, on, known)
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
    }


def _projection(entries: pd.DataFrame, paid: Decimal, grant: Grant, on: date, known: date) -> tuple[Decimal | None, Decimal | None]:
    """Year-end payments if the remaining months follow the slowest, or the fastest, of the last complete months known.

    Months after ``known``, the end of the month of the last entry booked, are not zero but unknown: the range starts from there.
    None before the first complete month; once the exercise is over, what was paid.
    """
    if on >= grant.last_day:
        return paid, paid
    on = min(on, known)
    months = [month for month in _months(grant) if grant.first_day <= month.first_day and month.last_day <= on][-PROJECTION_MONTHS:]
    if not months:
        return None, None
    monthly = [_paid_in(entries, month) for month in months]
    left = _months_left(grant, on)
    return tuple((paid + euros(pace) * left).quantize(CENT, ROUND_HALF_UP) for pace in (min(monthly), max(monthly)))  # type: ignore[return-value]


def _months(grant: Grant) -> list[Period]:
    months = [Period.of(grant.first_day, Frequency.MONTH)]
    while months[-1].last_day < grant.last_day:
        months.append(months[-1].shift(1))
    return months


def _paid_in(entries: pd.DataFrame, month: Period) -> int:
    inside = entries["paid_on"].between(pd.Timestamp(month.first_day), pd.Timestamp(month.last_day))
    return int(entries.loc[inside, "paid"].sum())


def _months_left(grant: Grant, on: date) -> Decimal:
    """Months left after ``on``: the current one, and a last one cut short, count for their share of days."""
    left = Decimal(0)
    for month in _months(grant):
        first, last = max(month.first_day, on + timedelta(days=1)), min(month.last_day, grant.last_day)
        days = Decimal((month.last_day - month.first_day).days + 1)
        left += max((last - first).days + 1, 0) / days
    return left


def cumulative(expenses: pd.DataFrame, grant: Grant, on: date) -> pd.DataFrame:
    """Paid and committed since the start of the exercise, at each month's end up to ``on``, then at ``on`` itself.

    No row before the exercise starts. Columns: month (1 to 12), day (date), paid and committed (``Decimal`` euros).
    """
    known = expenses[expenses["exercise"] == grant.exercise]
    days = [month.last_day for month in _months(grant) if month.last_day <= on]
    days = [day for day in days if day <= grant.last_day]
    until = min(on, grant.last_day)
    if until >= grant.first_day and until not in days:
        days.append(until)
    rows = []
    for day in days:
        at_day = _entries(known, grant, day)
        rows.append({"month": day.month, "day": day, "paid": _sum(at_day["paid"]), "committed": _sum(at_day["committed"])})
    return pd.DataFrame(rows, columns=["month", "day", "paid", "committed"])


def values(use: pd.DataFrame, period: Period) -> pd.DataFrame:
    """B1 (share of the grant paid, %) and B2 (advance on the linear pace, points) as Values rows of a period."""
    total = use[use["line"] == TOTAL].iloc[0]
    key = {"zone": VILLE, "period": period.code, "dimension": "ensemble", "category": "ensemble"}
    status = Status.OK if total["granted"] else Status.NON_APPLICABLE
    if total["paid"] is None:
        status = Status.NON_TRANSMIS
        return frame_of_rows([{**key, "indicator": code, "status": str(status)} for code in ("B1", "B2")])
    b1 = {
        "indicator": "B1",
        "numerator": float(total["paid"]),
        "denominator": float(total["granted"]),
        "value": None if not total["granted"] else 100 * float(total["paid"] / total["granted"]),
    }
    b2 = {"indicator": "B2", "value": total["advance_points"]}
    return frame_of_rows([{**key, **row, "status": str(status)} for row in (b1, b2)])
