"""The contract of the Targets frame (pandera). Its columns are explained by ``targets.progress``; other contracts are in ``schemas``."""

from __future__ import annotations

import pandas as pd
import pandera.pandas as pa

from indicators.frames import VALUES_KEY
from indicators.period import Period
from indicators.status import Status
from indicators.targets import TARGETS_COLUMNS

_DAY = "datetime64[us]"
FOLLOWS_STATUS = ("current", "progress", "final_progress", "reached")
"""What is there exactly when the current value is."""


def _present_with(column: str) -> pa.Check:
    return pa.Check(lambda frame: frame[column].notna() == (frame["status"] == Status.OK), error=f"{column} and status disagree")


def _is_period(codes: pd.Series) -> bool:
    return all(Period.parse(code).code == code for code in codes.unique())


_TYPES: dict[str, pa.Column] = {
    **{column: pa.Column(str, nullable=False) for column in VALUES_KEY},
    "period": pa.Column(str, pa.Check(_is_period, error="not a period"), nullable=False),
    **{column: pa.Column(float, nullable=False) for column in ("initial", "target", "final_target")},
    **{column: pa.Column(float, nullable=True) for column in ("current", "progress", "final_progress")},
    **{column: pa.Column(_DAY, nullable=False) for column in ("initial_day", "target_day", "final_day")},
    "reached": pa.Column("boolean", nullable=True),
    "status": pa.Column(str, pa.Check.isin([status.value for status in Status]), nullable=False),
}

TARGETS = pa.DataFrameSchema(
    {column: _TYPES[column] for column in TARGETS_COLUMNS},
    checks=[
        pa.Check(lambda frame: ~frame.duplicated(VALUES_KEY, keep=False), error="duplicate key"),
        pa.Check(lambda frame: frame["initial_day"] < frame["target_day"], error="a target before its start"),
        pa.Check(lambda frame: frame["target_day"] <= frame["final_day"], error="a milestone after the last one"),
        *(_present_with(column) for column in FOLLOWS_STATUS),
    ],
    strict=True,
    ordered=True,
    name="Targets",
)
"""One row a target and period. Values and days of the target are always there; what depends on the current value follows its status."""
