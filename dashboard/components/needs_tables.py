"""The tables of freins and of needs without an offer. Pure: rows in, tables out; the order is that of the rows."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.components.html import Cell, Table
from dashboard.components.tables import counted, rated
from indicators import typography as t
from indicators.needs import FreinRow, UncoveredNeed
from indicators.period import Period
from indicators.status import Status

FREIN_COLUMNS = (
    *("Frein", "Identifiés", "Ayant reçu une réponse", "Levés sur la période"),
    *("Encore ouverts", "Sans offre locale", "Non abordés"),
)
NEED_COLUMNS = ("Besoin", "Habitants concernés", "Freins ouverts", "Part sans offre locale")


def freins_flow_table(rows: Sequence[FreinRow], total: FreinRow, period: Period) -> Table:
    """From found to lifted, one line per kind of frein that something came for, then the whole as it was counted."""
    last = t.date_short(period.last_day)
    return Table(
        f"Freins par nature, {t.period_label(period)}{t.NNBSP}; encore ouverts et sans offre au {last}",
        FREIN_COLUMNS,
        tuple(_frein(row) for row in (*(row for row in rows if row.transmitted), total)),
    )


def _frein(row: FreinRow) -> tuple[str | Cell, ...]:
    figures = (row.identified, row.answered, row.lifted, row.open_now, row.without_offer, row.not_discussed)
    return (row.label, *(counted(found) for found in figures))


def needs_table(needs: Sequence[UncoveredNeed], period: Period) -> Table:
    """The needs that no offer of the city answers, with their share of the freins still open; those not transmitted are left out."""
    return Table(
        f"Besoins sans offre locale au {t.date_short(period.last_day)}",
        NEED_COLUMNS,
        tuple((need.label, counted(need.residents), counted(need.open_now), rated(need.share)) for need in needs if _told(need)),
    )


def _told(need: UncoveredNeed) -> bool:
    return need.residents.status is not Status.NON_TRANSMIS
