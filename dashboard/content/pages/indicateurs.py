"""Indicateurs: the list of all, then the sheet of one (``?i=N2.8-cej``): its figures, its definition, the deliveries it comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from dashboard.components import html
from dashboard.components.explained import COMPARED, details
from dashboard.components.readings import has_figures
from dashboard.components.sheet_tables import (
    breakdown_table,
    catalogue,
    definition_table,
    figures_table,
    files_table,
    history_table,
    provenance_table,
    untold,
)
from dashboard.components.sources import sources_of
from dashboard.content.choice import Choice
from dashboard.content.offers import ALL
from dashboard.content.sheet import Sheet
from dashboard.definitions import LEVELS
from dashboard.sheets import Line, main_zone, overview
from dashboard.sheets import Sheet as IndicatorSheet
from dashboard.sheets import sheet as sheet_of
from indicators import sentences, sentences_targets, sentences_values, targets
from indicators import typography as t
from indicators.indicator import Level
from indicators.meeting import Audience
from indicators.period import Frequency, Period
from indicators.registry import indicators
from indicators.sentences_rows import figure, gap_rows
from indicators.territory import QPV

if TYPE_CHECKING:
    from dashboard.data import Board

HOW_TO_READ = (
    "Chaque nom mène à la fiche de l'indicateur : ses chiffres par zone, sa définition, ses limites, et les livraisons dont il vient. "
    "L'adresse de la fiche peut être copiée et transmise."
)
FINGERPRINT = (
    "Chaque livraison est gardée telle qu'elle a été reçue. L'empreinte (début du SHA-256 de son contenu) dit si deux fichiers sont "
    "identiques ; le numéro est celui de la livraison dans le journal."
)


def content(sheet: Sheet, board: Board, choice: Choice) -> None:
    """Write the list, held to a level or not; or the sheet of an indicator for a period."""
    item = indicators().get(choice.indicator)
    if item is None:
        _list(sheet, board, choice.level or ALL)
    else:
        _one(sheet, board, sheet_of(board, item), Period.parse(choice.period) if choice.period else None)


TOO_FEW = "Effectifs trop petits pour être montrés à ce public : la coordination les suit."


def _list(sheet: Sheet, board: Board, level: str) -> None:
    wanted = [item for item in Level if level in {ALL, str(item)}]
    lines = overview(board, [item for item in indicators().values() if item.level in wanted])
    sheet.title(_finding(lines))
    if not has_figures(board):
        sheet.missing("Aucun chiffre n'a encore été reçu : les fiches disent ce qui est attendu, et de qui.".replace(" :", f"{t.NBSP}:"))
    sheet.show(html.paragraph(t.french(HOW_TO_READ)))
    for item in wanted:
        name = t.french(LEVELS[item])
        sheet.section(name)
        sheet.show(catalogue([line for line in lines if line.indicator.level is item], name, board.settings.territory))


def _finding(lines: list[Line]) -> str:
    known = sum(line.figure.known for line in lines)
    return f"{t.count(len(lines), 'indicateur')}, dont {t.number(known)} avec un chiffre"


def _one(sheet: Sheet, board: Board, told: IndicatorSheet, period: Period | None) -> None:
    item = told.indicator
    sheet.title(f"{item.code}{t.NBSP}· {item.label}")
    rows = board.values[board.values["indicator"] == item.code]
    if period is None:
        sheet.missing(f"Aucun chiffre pour «{t.NBSP}{item.label}{t.NBSP}».", "La fiche ci-dessous dit ce qui est attendu, et de qui.")
    else:
        _figures(sheet, board, told, rows, period)
        said = details(board, item, period, main_zone(told.zones), by_zone=QPV in told.zones)
        if said:
            sheet.section("Dans le temps et dans le détail")
            sheet.show(html.bullets(said))
        sheet.section("Historique")
        _table(sheet, board, history_table(rows, told, board.settings.territory), captioned=False)
        left_out = untold(rows, told, board.settings.territory)
        if left_out:
            sheet.note(left_out)
    sheet.section("Fiche")
    sheet.show(html.table(definition_table(told, board.settings.territory), show_caption=False))
    sheet.section("Provenance")
    _provenance(sheet, board, told, period)


def _figures(sheet: Sheet, board: Board, told: IndicatorSheet, rows: pd.DataFrame, period: Period) -> None:
    """The sentences, then the figure of each zone and those of each breakdown."""
    for text in (_finding_of(board, told, rows, period), *_targets(board, told, period)):
        sheet.show(html.paragraph(text, "phrase"))
    if told.indicator.total:
        _table(sheet, board, figures_table(rows, told, period, board.settings.territory), captioned=True)
    used = told.indicator.measures
    said = sources_of(board, used, period.code) if used else f"Source{t.NBSP}: {told.indicator.source}."
    sheet.show(html.paragraph(said, "source"))
    for dimension in told.indicator.breakdowns:
        found = breakdown_table(rows, told.indicator, dimension, period)
        if found and board.audience is not Audience.COORDINATION:
            found = html.without_hidden(found)
        if found and found.rows:
            sheet.fold(found.caption, html.table(found, show_caption=False), opened=not told.indicator.total)


def _table(sheet: Sheet, board: Board, table: html.Table, *, captioned: bool) -> None:
    """A table of the sheet: for another reader than the coordination, the rows that the grids show."""
    shown = table if board.audience is Audience.COORDINATION else html.without_hidden(table)
    if shown.rows:
        sheet.show(html.table(shown, show_caption=captioned))
    else:
        sheet.note(t.french(TOO_FEW))


def _finding_of(board: Board, told: IndicatorSheet, rows: pd.DataFrame, period: Period) -> str:
    """The gap of the QPVs where there is one, else the figure of the zone that speaks for the indicator."""
    item = told.indicator
    if not item.total:
        return f"{item.label}{t.NBSP}: se lit par {t.joined([t.lower_first(code) for code in item.breakdowns])}, sans ensemble."
    if QPV in told.zones and item.kind in COMPARED:
        return sentences.gap(gap_rows(board.gaps, board.values, [item], period.code, QPV)[0], period)
    zone = main_zone(told.zones)
    return sentences_values.value(item, figure(rows, item.code, period.code, zone), period, board.settings.territory.label(zone))


def _targets(board: Board, told: IndicatorSheet, period: Period) -> list[str]:
    # a dated target is read since 1 January, as on the first page
    known = board.to_date if period.frequency is Frequency.QUARTER else board.values
    frame = targets.progress(known, told.targets, indicators(), period, board.settings.breaks, board.settings.territory)
    found = sentences_targets.target_rows(frame, known, indicators())
    said = [sentences_targets.target(row, board.settings.territory) for row in found]
    return [f"Depuis le 1er janvier, {t.lower_first(text)}" if known is board.to_date else text for text in said]


def _provenance(sheet: Sheet, board: Board, told: IndicatorSheet, period: Period | None) -> None:
    labels = {source.id: source.label for source in board.sources}
    ids = [origin.id for origin in told.origins]
    if told.indicator.measures and period is not None:
        found = board.provenance(told.indicator.measures, period.code)
        table = provenance_table(found, labels, period)
    else:
        accepted = board.deliveries[(board.deliveries["outcome"] == "accepted") & board.deliveries["source"].isin(ids)]
        table = files_table(accepted, labels)
    if not table.rows:
        sheet.note("Aucune livraison ne porte ces chiffres pour la période choisie.")
        return
    sheet.show(html.table(table, show_caption=False))
    sheet.note(t.french(FINGERPRINT))
