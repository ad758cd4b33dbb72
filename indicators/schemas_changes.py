"""The contract of the frame Changes (pandera). Its columns are explained by ``changes``."""

from __future__ import annotations

import pandas as pd
import pandera.pandas as pa

from indicators.changes import CELL, CHANGES_COLUMNS, NUMBER_COLUMNS, STATE_COLUMNS
from indicators.changes_between import Cause
from indicators.status import Status
from indicators.windows import Window

_CAUSES = frozenset(Cause)


def _agree(number: str, status: str) -> pa.Check:
    return pa.Check(lambda frame: frame[number].notna() == (frame[status] == Status.OK), error=f"{number} and {status} disagree")


def _caused(frame: pd.DataFrame) -> pd.Series:
    """A cause is told of a known revision that is not 0, and of no other: a hidden one must not be guessed from its cause."""
    return (frame["cause"] != "") == (frame["revision"].fillna(0) != 0)


def _known_causes(causes: pd.Series) -> pd.Series:
    return causes.map(lambda text: set(filter(None, text.split(" et "))) <= _CAUSES).astype(bool)


_SPECIAL = {
    **dict.fromkeys(NUMBER_COLUMNS, pa.Column(float, nullable=True)),
    **dict.fromkeys(STATE_COLUMNS, pa.Column(str, pa.Check.isin([status.value for status in Status]))),
    "window": pa.Column(str, pa.Check.isin([str(Window.PERIOD), str(Window.ROLLING_YEAR)])),
    "redefined": pa.Column(bool),
    "cause": pa.Column(str, pa.Check(_known_causes, error="unknown cause")),
}

CHANGES = pa.DataFrameSchema(
    {name: _SPECIAL.get(name, pa.Column(str, nullable=False)) for name in CHANGES_COLUMNS},
    checks=[
        pa.Check(lambda frame: ~frame.duplicated([*CELL, "window"], keep=False), error="duplicate key"),
        _agree("old_value", "old_status"),
        _agree("restated_value", "restated_status"),
        _agree("new_value", "new_status"),
        _agree("movement", "status"),
        _agree("revision", "revision_status"),
        pa.Check(_caused, error="cause and revision disagree"),
        pa.Check(lambda frame: (frame["broken"] == "") == (frame["broken_on"] == ""), error="a break without its day"),
        pa.Check(lambda frame: (frame["broken"] == "") | (frame["status"] == Status.NON_APPLICABLE), error="a movement across a break"),
        pa.Check(lambda frame: frame["redefined"] | (frame["defined_on"] == ""), error="a day without a redefinition"),
    ],
    strict=True,
    ordered=True,
    name="Changes",
)
"""Figures between two editions: differences in the unit of the indicator (percentage points for a rate)."""
