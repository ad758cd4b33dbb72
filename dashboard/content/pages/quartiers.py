"""Quartiers: who lives in the QPVs, from figures others published. Context, never attributed to the Cité, never recomputed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from connectors.layout import PublishedMeasure
from connectors.source import Kind
from dashboard.components import html, links
from dashboard.components.html import Cell, Table
from dashboard.content.choice import Choice
from dashboard.content.sheet import Sheet
from indicators import typography as t
from indicators.registry import indicators
from indicators.sentences import capital
from indicators.status import Status
from indicators.territory import Neighbourhood

if TYPE_CHECKING:
    from dashboard.data import Board

HOW_TO_GET = (
    "Téléchargez le fichier des quartiers prioritaires sur data.gouv.fr (producteurs : ANCT, Insee, Cnaf), déposez-le dans le dossier "
    f"de la source, puis lancez «{t.NBSP}cite-emploi collecter{t.NBSP}»."
).replace(" :", f"{t.NBSP}:")
RESERVATION = (
    "Chiffres publiés par d'autres, montrés tels quels, sans être ni additionnés ni recalculés. "
    "Contexte, qui ne peut être attribué à la Cité. À vérifier auprès des producteurs avant toute diffusion."
)
REAL_HERE = "Les chiffres de cette page sont ceux du fichier public\u202f; les données fictives sont celles des autres pages."


def content(sheet: Sheet, board: Board, _: Choice) -> None:
    """Write the page: it offers no choice."""
    published = board.published
    places = _places(board)
    if published.empty or not places:
        sheet.title("Quartiers\u00a0: le fichier public n'est pas là")
        sheet.missing("Cette page montre les habitants des quartiers d'après un fichier public, qui n'a pas été déposé.", HOW_TO_GET)
        return
    sheet.title(_finding(board, places))
    sheet.show(html.paragraph(f"{_zoning(board, places)}{t.NBSP}: {t.joined([place.label for place in places])}.", "phrase"))
    codes = {item.published: code for code, item in indicators().items() if item.published}
    table = links.by_row(_table(board, places), [codes.get(item.measure, "") for item in _measures(board)], None)
    sheet.show(html.table(table, show_caption=False))
    sheet.show(html.paragraph(_source(board), "source"))
    sheet.note(RESERVATION)
    if board.settings.city.fictitious:
        sheet.note(REAL_HERE)
    remarks = [f"{item.label}{t.NBSP}: {item.note}" for item in _measures(board) if item.note]
    if remarks:
        sheet.show(html.bullets(remarks))


def _places(board: Board) -> list[Neighbourhood]:
    """The QPVs that the file describes, newest zoning first."""
    present = set(board.published["territory"])
    zonings = reversed(board.settings.territory.zonings)
    return [place for zoning in zonings for place in zoning.neighbourhoods if place.code in present]


def _zoning(board: Board, places: list[Neighbourhood]) -> str:
    names = [zoning.label for zoning in board.settings.territory.zonings if any(place in zoning.neighbourhoods for place in places)]
    return capital(t.joined(names))


def _measures(board: Board) -> list[PublishedMeasure]:
    """The published columns that came, as their source declares them."""
    came = set(board.published["measure"])
    declared = [item for source in board.declared if source.kind is Kind.PUBLISHED for item in source.published]
    return [item for item in declared if item.measure in came]


def _cell(frame: pd.DataFrame, measure: PublishedMeasure, zone: str) -> Cell:
    found = frame[(frame["measure"] == measure.measure) & (frame["territory"] == zone)]
    if found.empty:
        return Cell(t.absent(Status.NON_TRANSMIS), Status.NON_TRANSMIS, numeric=True)
    row = found.iloc[-1]
    status = Status(row["status"])
    if status is not Status.OK:
        return Cell(t.absent(status), status, numeric=True)
    text = t.percent(row["value"], 1) if measure.unit == "%" else f"{t.number(row['value'])} {measure.unit}"
    return Cell(text, numeric=True)


def _table(board: Board, places: list[Neighbourhood]) -> Table:
    return Table(
        "Habitants des quartiers prioritaires",
        ("Chiffre publié", *(f"{place.label} ({place.code})" for place in places)),
        tuple((item.label, *(_cell(board.published, item, place.code) for place in places)) for item in _measures(board)),
    )


def _finding(board: Board, places: list[Neighbourhood]) -> str:
    """Both populations, side by side: figures of someone else are not added up."""
    frame = board.published[board.published["measure"] == "population"].set_index("territory")
    known = frame[frame["status"] == Status.OK]["value"].astype(float).to_dict()
    said = [f"{t.number(known[place.code])} à {place.short}" for place in places if place.code in known]
    return f"Habitants des quartiers prioritaires{t.NBSP}: {t.joined(said)}" if said else "Les quartiers prioritaires de la ville"


def _source(board: Board) -> str:
    declared = {source.id: source.label for source in board.declared}
    received = {state.id: state.last_accepted for state in board.sources}
    parts = []
    for source, rows in board.published.groupby("source"):
        day = received.get(str(source))
        vintages = t.joined(sorted(set(rows["vintage"])))
        when = f", reçu le {t.date_short(day.date())}" if day else ""
        parts.append(f"{declared.get(str(source), str(source))}, millésime {vintages}{when}")
    return f"Source{t.NBSP}: {t.joined(parts)}."
