"""Every money row of the Values frame: for each period, the budget as it stood at its end, and costs per person over a whole exercise."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pandas as pd

from indicators import budget_values
from indicators.budget import budget_use
from indicators.grant import Grant
from indicators.period import Frequency, Period
from indicators.unit_costs import unit_costs


def values(
    expenses: pd.DataFrame, grants: Sequence[Grant], counted: pd.DataFrame, periods: Sequence[Period], today: date
) -> list[pd.DataFrame]:
    """Values rows of the periods that end within an exercise, read at their last day (today for one under way).

    Args:
        expenses: the ledger (Expenses frame).
        counted: the Values frame that the costs per person divide by.
    """
    frames = []
    for period in periods:
        grant = next((item for item in grants if item.first_day <= period.last_day <= item.last_day), None)
        if grant is None:
            continue
        on = min(period.last_day, today)
        use = budget_use(expenses, grant, on)
        frames.append(budget_values.values(use, grant, period))
        if period == Period(grant.exercise, Frequency.YEAR):
            frames.append(unit_costs(use, grant, counted, on))
    return frames
