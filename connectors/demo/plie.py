"""PLIE: one workbook a quarter, in the Cité's template. One of them came with a column of names."""

from __future__ import annotations

from functools import cache

import pandas as pd

from connectors.demo import volumes
from connectors.demo.drop import Row, long_rows, xlsx_bytes
from connectors.demo.residents import events, generator
from indicators.period import Period
from indicators.territory import HORS_QPV

PERSONS = "habitants_accompagnes"
HEADER = ("Période", "Territoire", "Mesure", "Dimension", "Modalité", "Effectif")
LABELS = {volumes.BEAU_MARAIS: "Beau-Marais", volumes.FORT_NIEULAY: "Fort-Nieulay", HORS_QPV: "Hors QPV"}


@cache
def _entries() -> pd.DataFrame:
    return events(volumes.entries(volumes.PLIE), generator(5))


def _rows(quarter: Period) -> list[Row]:
    found = _entries()
    inside = found[found["jour"].between(quarter.first_day, quarter.last_day)]
    # a person enters the PLIE once: its entries are its persons
    told = long_rows(inside, volumes.PLIE.measure, quarter.code, ("sexe", "age")) + long_rows(inside, PERSONS, quarter.code, ())
    return [(row[0], LABELS[str(row[1])], *row[2:]) for row in told]


def workbook(quarter: Period) -> bytes:
    """The workbook of a quarter."""
    return xlsx_bytes(HEADER, _rows(quarter))


def workbook_with_names(quarter: Period) -> bytes:
    """The same with a column « nom » that must never have left the partner: refused."""
    rows = [(*row, f"Fictif-{number:04d}") for number, row in enumerate(_rows(quarter), 1)]
    return xlsx_bytes((*HEADER, "nom"), rows)
