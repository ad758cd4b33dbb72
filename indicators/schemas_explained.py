"""The contracts of the frames that say what a gap is made of, and how many distinct persons there may be (pandera).

Their columns are explained by ``decomposition`` and ``distinct``; other contracts are in ``schemas``.
"""

from __future__ import annotations

import pandas as pd
import pandera.pandas as pa

from indicators.decomposition import (
    CONTRIBUTIONS_COLUMNS,
    CONTRIBUTIONS_KEY,
    DECOMPOSITION_COLUMNS,
    DECOMPOSITION_KEY,
    DECOMPOSITION_NUMBERS,
    EFFECTS_COLUMNS,
    EFFECTS_NUMBERS,
)
from indicators.distinct import BOUNDS_COLUMNS, BOUNDS_KEY
from indicators.frames import VALUES_KEY
from indicators.period import Period
from indicators.status import Status

_ROUNDING = 1e-9
"""Points: what floats may lose, far below any rounding that is shown."""


def _is_period(codes: pd.Series) -> bool:
    return all(Period.parse(code).code == code for code in codes.unique())


def _present_with(column: str) -> pa.Check:
    return pa.Check(lambda frame: frame[column].notna() == (frame["status"] == Status.OK), error=f"{column} and status disagree")


def _two_parts_make_the_gap(frame: pd.DataFrame) -> pd.Series:
    rest = frame["points"] - frame["composition"] - frame["rates"]
    return rest.isna() | (rest.abs() <= _ROUNDING)


def _schema(name: str, key: list[str], columns: list[str], numbers: list[str], *checks: pa.Check, **types: pa.Column) -> pa.DataFrameSchema:
    known = {
        **{column: pa.Column(str, nullable=False) for column in key},
        "period": pa.Column(str, pa.Check(_is_period, error="not a period"), nullable=False),
        **{column: pa.Column(float, nullable=True) for column in numbers},
        "status": pa.Column(str, pa.Check.isin([status.value for status in Status]), nullable=False),
        **types,
    }
    unique = pa.Check(lambda frame: ~frame.duplicated(key, keep=False), error="duplicate key")
    return pa.DataFrameSchema(
        {column: known[column] for column in columns},
        checks=[unique, *map(_present_with, numbers), *checks],
        strict=True,
        ordered=True,
        name=name,
    )


DECOMPOSITION = _schema(
    "Decomposition",
    DECOMPOSITION_KEY,
    DECOMPOSITION_COLUMNS,
    DECOMPOSITION_NUMBERS,
    pa.Check(_two_parts_make_the_gap, error="composition and rates do not make the gap"),
)
"""One gap a row, in percentage points."""

CATEGORY_EFFECTS = _schema("CategoryEffects", VALUES_KEY, EFFECTS_COLUMNS, EFFECTS_NUMBERS)
"""One category of a gap a row, in percentage points."""

CONTRIBUTIONS = _schema("Contributions", CONTRIBUTIONS_KEY, CONTRIBUTIONS_COLUMNS, ["contribution_points"])
"""One QPV a row, in percentage points of the gap of all QPVs."""

BOUNDS = _schema(
    "Bounds",
    BOUNDS_KEY,
    BOUNDS_COLUMNS,
    ["low", "high"],
    pa.Check(lambda frame: ~(frame["low"] > frame["high"]), error="low above high"),
    sources=pa.Column(int, pa.Check.ge(0), nullable=False),
)
"""Distinct persons (or structures): at least ``low``, at most ``high``. Never a count in between."""
