"""The contracts of every frame that flows between modules (pandera). Column meanings are in docs/architecture.md.

All are strict: a column that is not named is refused, since it may describe a person. Every fault of a frame is reported at once.
"""

from __future__ import annotations

import pandas as pd
import pandera.pandas as pa

from indicators.frames import COUNTS_KEY, GAPS_NUMBERS, PUBLISHED_KEY, VALUES_KEY
from indicators.period import Period
from indicators.status import Status

MAX_COUNT = 2**53  # above it a float no longer holds every integer


def _is_period(values: pd.Series) -> pd.Series:
    def readable(code: str) -> bool:
        try:
            Period.parse(code)
        except ValueError:
            return False
        return True

    known = {code: readable(code) for code in values.dropna().unique()}
    return values.map(known).astype(bool)


def _unique(key: list[str]) -> pa.Check:
    return pa.Check(lambda frame: ~frame.duplicated(key, keep=False), error="duplicate key")


def _value_matches_status(column: str) -> pa.Check:
    """A value is there exactly when the status is ``ok``: hidden and absent carry none."""
    return pa.Check(lambda frame: frame[column].notna() == (frame["status"] == Status.OK), error="value and status disagree")


def _text(**options: object) -> pa.Column:
    return pa.Column(str, nullable=False, **options)  # type: ignore[arg-type]


_STATUS = pa.Column(str, pa.Check.isin([status.value for status in Status]), nullable=False)
_PERIOD = pa.Column(str, pa.Check(_is_period, error="not a period"), nullable=False)
_NUMBER = pa.Column(float, nullable=True)

COUNTS = pa.DataFrameSchema(
    {
        "source": _text(),
        "measure": _text(),
        "territory": _text(),
        "period": _PERIOD,
        "dimension": _text(),
        "category": _text(),
        "value": pa.Column("Int64", pa.Check.in_range(0, MAX_COUNT), nullable=True),
        "status": _STATUS,
    },
    checks=[_unique(COUNTS_KEY), _value_matches_status("value")],
    strict=True,
    ordered=True,
    name="Counts",
)
"""One breakdown per row, never a cube. A count is a whole number; it is missing exactly when its status is not ``ok``."""

EXPENSES = pa.DataFrameSchema(
    {
        "exercise": pa.Column(int),
        "reference": _text(unique=True),
        "date": pa.Column("datetime64[us]"),
        "paid_on": pa.Column("datetime64[us]", nullable=True),
        "line": _text(),
        "level": _text(),
        "account": _text(),
        "committed": pa.Column(int),
        "paid": pa.Column(int),
    },
    strict=True,
    ordered=True,
    name="Expenses",
)
"""Ledger entries of the Cité. ``committed`` and ``paid`` are whole cents; ``paid_on`` is empty until paid.

A line of the grant holds its expenses (a credit is negative); the lines of ``indicators.grant.is_apart`` hold income, co-funded expenses,
funds set aside and contributions in kind: there an income (classes 7 and 87) is positive, and ``paid`` is what was received.
"""

PUBLISHED = pa.DataFrameSchema(
    {
        "source": _text(),
        "measure": _text(),
        "territory": _text(),
        "vintage": _text(),
        "value": _NUMBER,
        "status": _STATUS,
        "note": pa.Column(str, nullable=False),
    },
    checks=[_unique(PUBLISHED_KEY), _value_matches_status("value")],
    strict=True,
    ordered=True,
    name="Published",
)
"""Figures someone else published: shown as they are, never summed, never recomputed."""

VALUES = pa.DataFrameSchema(
    {
        **{column: _text() for column in VALUES_KEY},
        "numerator": _NUMBER,
        "denominator": _NUMBER,
        "value": _NUMBER,
        "low": _NUMBER,
        "high": _NUMBER,
        "status": _STATUS,
    },
    checks=[_unique(VALUES_KEY), _value_matches_status("value")],
    strict=True,
    ordered=True,
    name="Values",
)
"""An indicator's value in its unit (8.1 for 8.1 %), with its 95 % interval where its kind has one."""

GAPS = pa.DataFrameSchema(
    {
        **{column: _text() for column in VALUES_KEY},
        **dict.fromkeys(GAPS_NUMBERS, _NUMBER),
        "verdict": pa.Column(str, pa.Check.isin(["favorable", "defavorable", "non_etabli", "sans_jugement"]), nullable=True),
        "status": _STATUS,
    },
    checks=[_unique(VALUES_KEY), _value_matches_status("points")],
    strict=True,
    ordered=True,
    name="Gaps",
)
"""QPV minus hors QPV: ``zone`` is the QPV (or all of them) on the left of the comparison."""

BUDGET_USE = pa.DataFrameSchema(
    {
        "exercise": _text(),
        "line": _text(),
        "granted": pa.Column(object),
        **dict.fromkeys(("committed", "paid", "remaining"), pa.Column(object, nullable=True)),
        "used_share": _NUMBER,
        "elapsed_share": pa.Column(float),
        "advance_points": _NUMBER,
        **dict.fromkeys(("projected_low", "projected_high"), pa.Column(object, nullable=True)),
        **dict.fromkeys(("carried_over", "available", "planned"), pa.Column(object, nullable=True)),
        "plan_advance": _NUMBER,
    },
    checks=[_unique(["exercise", "line"])],
    strict=True,
    ordered=True,
    name="BudgetUse",
)
"""Amounts are ``Decimal`` euros, exact to the cent; shares are between 0 and 1; line ``total`` is the whole grant.

``carried_over``, ``available`` (granted + carried over), ``planned`` and ``plan_advance`` (points) are told of the total only.
"""
