"""Insee: the inhabitants of 15 to 64 years, one CSV a year under a title, by neighbourhood, outside them and for the whole city."""

from __future__ import annotations

from connectors.demo import volumes
from connectors.demo.drop import Row, csv_bytes
from indicators.territory import HORS_QPV

HEADER = ("Année", "Zone", "Population de 15 à 64 ans")
LABELS = {volumes.BEAU_MARAIS: "QPV Beau-Marais", volumes.FORT_NIEULAY: "QPV Fort-Nieulay", HORS_QPV: "Hors QPV"}
CITY = "Calais"


def extract(year: int) -> bytes:
    """The CSV of a year: the census in force in it."""
    counts = volumes.working_age()[year]
    rows: list[Row] = [(str(year), label, counts[zone]) for zone, label in LABELS.items()]
    title = (f"Population de 15 à 64 ans, recensement en vigueur en {year} (données fictives)", "", "")
    return csv_bytes(title, [HEADER, *rows, (str(year), CITY, sum(counts.values()))])
