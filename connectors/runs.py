"""The executions of a query: which days each covers, for which period. What is executed is ``sql``'s business."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from connectors.layout import Query, Window
from indicators.period import Period


@dataclass(frozen=True)
class Run:
    """One execution of a query.

    Attributes:
        period: the period its figures are for; None when the query returns its own.
        first, end: what it covers, the first day included, the last excluded.
        closed: the day after the last of its period: what happens later must not change a figure already given.
    """

    period: str | None
    first: date
    end: date
    closed: date


def runs(query: Query, periods: list[Period]) -> list[Run]:
    """The executions that cover ``periods``."""
    if query.window is Window.ALL:
        end = _day_after(periods[-1])
        return [Run(None, periods[0].first_day, end, end)]
    return [Run(period.code, *_span(query.window, period), _day_after(period)) for period in periods]


def _span(window: Window, period: Period) -> tuple[date, date]:
    """First day included and last day excluded of the run for a period."""
    if window is Window.PREVIOUS:
        return period.shift(-1).first_day, period.first_day
    end = _day_after(period)
    if window is Window.YEAR_TO_DATE:
        return date(period.year, 1, 1), end
    if window is Window.ROLLING_YEAR:  # a period ends with a month: the day after is a first of the month, which every year has
        return end.replace(year=end.year - 1), end
    return period.first_day, end


def _day_after(period: Period) -> date:
    return period.last_day + timedelta(days=1)
