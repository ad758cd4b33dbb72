"""Frames as plain lists for an edition, and read back: texts by their place in a list, numbers exact, absent ones null."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd


def to_plain(frame: pd.DataFrame) -> dict[str, Any]:
    """Columns by name, in order: texts as a list of the different ones and a list of places (-1: none), numbers as they are."""
    return {"columns": list(frame.columns), "rows": len(frame), "data": [_column(frame[name]) for name in frame.columns]}


def _column(values: pd.Series) -> dict[str, Any]:
    if pd.api.types.is_numeric_dtype(values):
        return {"numbers": [None if pd.isna(value) else float(value) for value in values]}
    places, texts = pd.factorize(values.astype("str"))
    return {"texts": [str(text) for text in texts], "places": [int(place) for place in places]}


def from_plain(plain: Mapping[str, Any]) -> pd.DataFrame:
    """The frame: texts as ``str``, absent where their place is -1, numbers as floats."""
    columns: dict[str, Any] = {}
    for name, column in zip(plain["columns"], plain["data"], strict=True):
        if "numbers" in column:
            columns[name] = pd.Series(column["numbers"], dtype=float)
        else:
            columns[name] = pd.Series([column["texts"][place] if place >= 0 else None for place in column["places"]], dtype="str")
    return pd.DataFrame(columns, columns=list(plain["columns"]))
