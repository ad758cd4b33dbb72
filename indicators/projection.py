"""Where an exercise would end, and what its plan expected by a day: months prolonged or interpolated. Amounts in, amounts out."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

import pandas as pd

from indicators.grant import CENT, Grant, PlanStep, euros
from indicators.period import Frequency, Period

PROJECTION_MONTHS = 3
"""Complete months whose slowest and fastest pace give the year-end range: a prolongation, not a forecast."""


def months(grant: Grant) -> list[Period]:
    """The months that the exercise touches."""
    found = [Period.of(grant.first_day, Frequency.MONTH)]
    while found[-1].last_day < grant.last_day:
        found.append(found[-1].shift(1))
    return found


def year_end(entries: pd.DataFrame, paid: Decimal, grant: Grant, on: date, known: date) -> tuple[Decimal | None, Decimal | None]:
    """Year-end payments if the remaining months follow the slowest, or the fastest, of the last complete months known.

    Months after ``known``, the end of the month of the last entry booked, are not zero but unknown: the range starts from there.
    None before the first complete month; once the exercise is over, what was paid.
    """
    if on >= grant.last_day:
        return paid, paid
    on = min(on, known)
    whole = [month for month in months(grant) if grant.first_day <= month.first_day and month.last_day <= on][-PROJECTION_MONTHS:]
    if not whole:
        return None, None
    monthly = [_paid_in(entries, month) for month in whole]
    left = _months_left(grant, on)
    return _prolonged(paid, min(monthly), left), _prolonged(paid, max(monthly), left)


def _prolonged(paid: Decimal, pace: int, left: Decimal) -> Decimal:
    return (paid + euros(pace) * left).quantize(CENT, ROUND_HALF_UP)


def _paid_in(entries: pd.DataFrame, month: Period) -> int:
    inside = entries["paid_on"].between(pd.Timestamp(month.first_day), pd.Timestamp(month.last_day))
    return int(entries.loc[inside, "paid"].sum())


def _months_left(grant: Grant, on: date) -> Decimal:
    """Months left after ``on``: the current one, and a last one cut short, count for their share of days."""
    left = Decimal(0)
    for month in months(grant):
        first, last = max(month.first_day, on + timedelta(days=1)), min(month.last_day, grant.last_day)
        days = Decimal((month.last_day - month.first_day).days + 1)
        left += max((last - first).days + 1, 0) / days
    return left


def planned(grant: Grant, on: date) -> Decimal | None:
    """What the plan expected to be paid by the end of ``on``, in a straight line between its steps; None without a plan."""
    if not grant.plan:
        return None
    start = PlanStep(grant.first_day - timedelta(days=1), Decimal(0))
    before = start
    for step in grant.plan:
        if on < step.day:
            share = Decimal(max((on - before.day).days, 0)) / (step.day - before.day).days
            return (before.amount + (step.amount - before.amount) * share).quantize(CENT, ROUND_HALF_UP)
        before = step
    return before.amount
