"""The tables of parcours, of freins and of needs without an offer. Pure: rows in, tables out; the order is that of the rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dashboard.charts.parcours import ExitBar, Step
from dashboard.components.html import Cell, Table
from dashboard.components.released import marked
from dashboard.components.tables import counted, rated
from indicators import typography as t
from indicators.needs import FreinRow, UncoveredNeed
from indicators.period import Period
from indicators.sentences_rows import Figure
from indicators.status import Status

FREIN_COLUMNS: Mapping[str, str] = {
    "identified": "Identifiés",
    "answered": "Ayant reçu une réponse",
    "lifted": "Levés sur la période",
    "open_now": "Encore ouverts",
    "without_offer": "Sans offre locale",
    "not_discussed": "Non abordés",
}
"""The heading of each field of a row of freins, in reading order."""
NEED_COLUMNS = ("Besoin", "Habitants concernés", "Freins ouverts", "Part sans offre locale")


def parcours_table(steps: Sequence[Step], exits: Sequence[ExitBar], caption: str) -> Table:
    """The steps, then the exits by kind."""
    rows: list[tuple[str | Cell, ...]] = [("Étape", step.label, marked(counted(step.figure)), step.note) for step in steps]
    rows += [("Sortie", bar.label, marked(counted(bar.figure)), bar.family or bar.note) for bar in exits]
    return Table(caption, ("Nature", "Libellé", "Personnes", "Précision"), tuple(rows))


def freins_flow_table(rows: Sequence[FreinRow], columns: Sequence[str], span: str, period: Period) -> Table:
    """From found to lifted, one line per row given; ``columns``: the fields to show; ``span``: what the events cover."""
    shown = columns_of(columns)
    on = f"{t.NNBSP}; encore ouverts et sans offre au {t.date_short(period.last_day)}" if {"open_now", "without_offer"} & set(shown) else ""
    return Table(
        f"Freins par nature, {span}{on}",
        ("Frein", *(FREIN_COLUMNS[name] for name in shown)),
        tuple((row.label, *(marked(counted(getattr(row, name))) for name in shown)) for row in rows),
    )


def columns_of(names: Sequence[str]) -> list[str]:
    """Some fields of a row of freins, in reading order."""
    return [name for name in FREIN_COLUMNS if name in names]


def needs_table(needs: Sequence[UncoveredNeed], period: Period) -> Table:
    """The needs that no offer of the city answers, with their share of the freins still open; those not transmitted are left out."""
    return Table(
        f"Besoins sans offre locale au {t.date_short(period.last_day)}",
        NEED_COLUMNS,
        tuple(_need(need) for need in needs if need.residents.status is not Status.NON_TRANSMIS),
    )


def _need(need: UncoveredNeed) -> tuple[str | Cell, ...]:
    return (need.label, marked(counted(need.residents)), marked(counted(need.open_now)), marked(rated(need.share)))


def review_table(rows: Sequence[tuple[str, Figure]], span: str) -> Table:
    """Freins reviewed and lifted, by kind."""
    return Table(
        f"Freins examinés au bilan et levés à cette date, {span}",
        ("Frein", "Examinés au bilan", "Levés à cette date", "Taux de levée"),
        tuple(_reviewed(label, figure) for label, figure in rows),
    )


def _reviewed(label: str, figure: Figure) -> tuple[str | Cell, ...]:
    if not figure.known:
        absent = marked(Cell(t.absent(figure.status), figure.status, numeric=True))
        return (label, absent, absent, absent)
    written = t.rate(figure.value, figure.numerator, figure.denominator)
    return (
        label,
        Cell(t.number(figure.denominator), numeric=True),
        Cell(t.number(figure.numerator), numeric=True),
        Cell(written, numeric=True),
    )
