"""Indicateurs: the list of all, then the sheet of one (``?i=N2.8-cej``): its definition and where it comes from.

Its figures are in ``content.indicator_sheet``, their origin in ``content.indicator_why``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.components import html, released
from dashboard.components.readings import has_figures
from dashboard.components.sheet_tables import catalogue, definition_table, followed_elsewhere
from dashboard.content import indicator_sheet
from dashboard.content.choice import Choice
from dashboard.content.indicator_why import definitions, why
from dashboard.content.offers import ALL
from dashboard.content.sheet import Sheet
from dashboard.definitions import LEVELS
from dashboard.sheet_reading import Reading, zone_names
from dashboard.sheets import Line, overview
from dashboard.sheets import Sheet as IndicatorSheet
from dashboard.sheets import sheet as sheet_of
from indicators import sentences_values
from indicators import typography as t
from indicators.indicator import Indicator, Level
from indicators.meeting import Audience
from indicators.period import Period
from indicators.registry import indicators
from indicators.sentences_rows import Figure
from indicators.status import Status
from indicators.wording import definition_on

if TYPE_CHECKING:
    from dashboard.board import Board

UNDATED = (
    "Publié par quartier sans dire de quelle année : montré tel quel, dans aucune période, comparé à rien. Pour le dater, inscrivez le "
    "millésime dans la déclaration de la source."
)
HOW_TO_READ = (
    "Chaque nom mène à la fiche de l'indicateur : ses chiffres par zone, sa définition, ses limites, et les livraisons dont il vient. "
    "L'adresse de la fiche peut être copiée et transmise."
)


def content(sheet: Sheet, board: Board, choice: Choice) -> None:
    """Write the list, held to a level or not; or the sheet of an indicator for a period."""
    item = indicators().get(choice.indicator)
    if item is None:
        _list(sheet, board, choice.level or ALL)
    else:
        _one(sheet, board, sheet_of(board, item), Period.parse(choice.period) if choice.period else None)


def _list(sheet: Sheet, board: Board, level: str) -> None:
    wanted = [item for item in Level if level in {ALL, str(item)}]
    lines = overview(board, [item for item in indicators().values() if item.level in wanted])
    names, edition = zone_names(board), board.audience is not Audience.COORDINATION
    sheet.title(_finding(lines))
    if not has_figures(board):
        sheet.missing("Aucun chiffre n'a encore été reçu : les fiches disent ce qui est attendu, et de qui.".replace(" :", f"{t.NBSP}:"))
    sheet.show(html.paragraph(t.french(HOW_TO_READ)))
    for item in wanted:
        name = t.french(LEVELS[item])
        here = [line for line in lines if line.indicator.level is item]
        listed = [line for line in here if not line.outside]
        sheet.section(name)
        if listed:
            sheet.show(catalogue(listed, name, names, mark=edition))
        if len(listed) < len(here):
            sheet.show(followed_elsewhere([line.indicator for line in here if line.outside]))
    legend = released.legend(sheet.blocks) if edition else ""
    if legend:
        sheet.note(legend)


def _finding(lines: list[Line]) -> str:
    known = sum(line.figure.known for line in lines)
    return f"{t.count(len(lines), 'indicateur')}, dont {t.number(known)} avec un chiffre"


def _undated(board: Board, item: Indicator) -> html.Table | None:
    """The values that a third party publishes without saying of which year, where there are any: shown, never placed in a period."""
    frame = board.published
    rows = frame[(frame["measure"] == item.published) & (frame["status"] == Status.OK)] if item.published else frame.iloc[:0]
    if rows.empty:
        return None
    territory = board.settings.territory
    figures = [Figure(float(value), Status.OK) for value in rows["value"]]
    told = [
        (territory.label(str(zone)), html.Cell(sentences_values.short(item, found), numeric=True), str(vintage))
        for zone, vintage, found in zip(rows["territory"], rows["vintage"], figures, strict=True)
    ]
    return html.Table(f"{item.label}, tel que publié", ("Quartier", "Valeur", "Millésime"), tuple(told))


def _one(sheet: Sheet, board: Board, told: IndicatorSheet, period: Period | None) -> None:
    item = told.indicator
    reading = Reading(board, told, period) if period else None
    sheet.title(f"{item.code}{t.NBSP}· {item.label}")
    undated = _undated(board, item)
    if reading is None and undated:
        sheet.show(html.paragraph(t.french(UNDATED), "phrase"))
        sheet.show(html.table(undated, show_caption=False))
    elif reading is None:
        sheet.missing(f"Aucun chiffre pour «{t.NBSP}{item.label}{t.NBSP}».", "La fiche ci-dessous dit ce qui est attendu, et de qui.")
    else:
        indicator_sheet.content(sheet, reading)
    why(sheet, board, told, reading)
    sheet.section("Fiche")
    definition = definition_on(item, board.settings.precisions, board.today)
    sheet.show(html.table(definition_table(told, board.settings.territory, definition), show_caption=False))
    definitions(sheet, board, item)
