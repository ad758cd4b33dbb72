"""Finding a row of a Values frame by its key at once: an index made the first time a frame is asked, kept as long as the frame lives."""

from __future__ import annotations

import weakref
from typing import NamedTuple

import pandas as pd

KEY = ("indicator", "period", "zone", "dimension", "category")
NUMBERS = ("value", "numerator", "denominator", "low", "high")


class Row(NamedTuple):
    """What a row of Values holds beside its key."""

    status: str
    value: float
    numerator: float
    denominator: float
    low: float
    high: float


_ROWS: dict[int, dict[tuple[str, ...], Row]] = {}


def row_of(values: pd.DataFrame, *key: str) -> Row | None:
    """The row of a key (indicator, period, zone, dimension, category), None where there is none. The frame must not change afterwards."""
    rows = _ROWS.get(id(values))
    if rows is None:
        columns = [values[name].to_numpy(dtype=object) for name in (*KEY, "status")]
        numbers = [values[name].to_numpy(dtype=float).tolist() for name in NUMBERS]
        rows = {}
        for *found, status, value, numerator, denominator, low, high in zip(*columns, *numbers, strict=True):
            rows.setdefault(tuple(found), Row(status, value, numerator, denominator, low, high))
        _ROWS[id(values)] = rows
        weakref.finalize(values, _ROWS.pop, id(values), None)
    return rows.get(key)
