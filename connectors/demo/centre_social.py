"""Centre social: residents it sends to the Cité, one workbook a quarter; nothing has come since the fourth quarter of 2022."""

from __future__ import annotations

from connectors.demo import volumes
from connectors.demo.drop import xlsx_bytes
from indicators.period import Period

HEADER = ("periode", "territoire", "mesure", "effectif")
LAST_SENT = "2022-T3"


def workbook(quarter: Period) -> bytes:
    """The workbook of a quarter, in the Cité's shortest template."""
    counts = volumes.sent_to_cite()[quarter.code]
    rows = [(quarter.code, zone, "habitants_orientes_vers_cite", counts[zone]) for zone in volumes.ZONES[:3]]
    return xlsx_bytes(HEADER, rows)
