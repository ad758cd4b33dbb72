"""CAF: households on RSA, one workbook a quarter under its own headers and a title, in multiples of five. Three were never sent."""

from __future__ import annotations

from connectors.demo import volumes
from connectors.demo.drop import xlsx_bytes
from indicators.period import Period
from indicators.territory import HORS_QPV

HEADER = ("Trimestre", "Quartier", "Foyers RSA")
LABELS = {volumes.BEAU_MARAIS: "Beau-Marais", volumes.FORT_NIEULAY: "Fort-Nieulay", HORS_QPV: "Reste de la commune"}
MISSED = ("2022-T4", "2023-T1", "2023-T2")


def workbook(quarter: Period) -> bytes:
    """The workbook of a quarter."""
    counts = volumes.rsa_households()[quarter.code]
    rows = [(quarter.code, label, counts[zone]) for zone, label in LABELS.items()]
    return xlsx_bytes(HEADER, rows, title=f"Foyers allocataires du RSA au {quarter.last_day:%d/%m/%Y} (données fictives)", sheet="RSA")
