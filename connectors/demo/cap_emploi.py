"""Cap emploi: one CSV a quarter in Windows-1252. Counts below five are written « s »; the year's, larger, come with its last quarter."""

from __future__ import annotations

from functools import cache

import pandas as pd

from connectors.demo import volumes
from connectors.demo.drop import Row, csv_bytes, long_rows
from connectors.demo.residents import events, generator
from indicators.period import Period

HEADER = ("Période", "Territoire", "Mesure", "Dimension", "Modalité", "Effectif")
MEASURE = "entrees_cap_emploi"
THRESHOLD = 5
HIDDEN = "s"


@cache
def _entries() -> pd.DataFrame:
    return events(volumes.cap_emploi(), generator(6))


def extract(quarter: Period) -> bytes:
    """The CSV of a quarter; with the fourth, the year's rows too."""
    rows = _period(quarter)
    if quarter.number == 4:
        rows += _period(Period.parse(str(quarter.year)))
    return csv_bytes(HEADER, rows, encoding="cp1252")


def _period(period: Period) -> list[Row]:
    found = _entries()
    inside = found[found["jour"].between(period.first_day, period.last_day)]
    return _hide(long_rows(inside, MEASURE, period.code, ("sexe",)))


def _hide(rows: list[Row]) -> list[Row]:
    """Small counts become « s »; where one category of a zone is small, all are, else a subtraction would give it."""
    small = {(row[1], row[3]) for row in rows if 0 < int(row[5]) < THRESHOLD}
    return [(*row[:5], HIDDEN) if (row[1], row[3]) in small else row for row in rows]
