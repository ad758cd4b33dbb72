"""The workbook that a partner fills: one line for each count asked, its codes in drop-down lists, the counts alone to type. No macro."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from io import BytesIO

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook

from connectors.intake.columns import LABEL
from connectors.intake.raw import COUNT, OURS
from connectors.kit.cells import Cell, asked, cells, zones_of
from connectors.source import Source
from indicators.codes import DIMENSIONS, ENSEMBLE
from indicators.period import Period
from indicators.registry import measures
from indicators.sentences import capital
from indicators.territory import Territory
from indicators.typography import french, period_label

GUIDE, LISTS = "Lisez-moi", "Listes"
SPARE = 200
"""Lines left under those asked, with the same drop-down lists."""
_CREATED = datetime(2022, 1, 1)  # noqa: DTZ001 - a workbook's property has no zone; fixed, so that the same template has the same bytes
_CODES = OURS[:-1]
_COLUMNS = (LABEL, COUNT, *_CODES)
"""The words and the count first: what is read and typed; then the codes."""
_WIDTHS = (78, 10, 11, 15, 26, 14, 18)


def workbook(source: Source, territory: Territory, period: Period, value: Callable[[Cell], int | None] = lambda _: None) -> bytes:
    """The bytes of the template for a period.

    Args:
        value: the count written on a line; by default none, since the partner types it.
    """
    content = BytesIO()
    asked_for = list(cells(source, territory, period))
    with xlsxwriter.Workbook(content, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"title": f"{source.label}, {period_label(period)}", "created": _CREATED})
        bold = book.add_format({"bold": True, "bottom": 1})
        _data(book, source, territory, period, asked_for, value, bold)
        _guide(book, source, period, bold)
        _lists(book, source, territory, period)
    return content.getvalue()


def _data(
    book: Workbook,
    source: Source,
    territory: Territory,
    period: Period,
    asked_for: list[Cell],
    value: Callable[[Cell], int | None],
    bold: Format,
) -> None:
    sheet = book.add_worksheet(source.file.sheet)
    sheet.freeze_panes(1, 2)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    to_type = book.add_format({"bg_color": "#FFF4CC", "border": 1, "border_color": "#D5D5D5"})
    for place, (name, width) in enumerate(zip(_COLUMNS, _WIDTHS, strict=True)):
        sheet.write_string(0, place, name, bold)
        sheet.set_column(place, place, width)
    for line, cell in enumerate(asked_for, 1):
        sheet.write_row(line, 2, (period.code, cell.territory, cell.measure, cell.dimension, cell.category))
        count = value(cell)
        if count is None:
            sheet.write_blank(line, 1, None, to_type)
        else:
            sheet.write_number(line, 1, count, to_type)
        sheet.write_string(line, 0, _label(cell, territory))
    last = len(asked_for) + SPARE
    for place, name in enumerate(_CODES, 2):
        choice = {"validate": "list", "source": f"=liste_{name}", "error_title": "Code", "error_message": "Choisissez dans la liste."}
        sheet.data_validation(1, place, last, place, choice)
    whole = {
        "validate": "custom",
        "value": f'=OR(AND(ISNUMBER(B2),B2>=0,B2=INT(B2)),B2="{source.secret_markers[0]}",B2="{source.missing_markers[0]}")',
        "error_title": "Effectif",
        "error_message": french(
            f"Un nombre entier, 0 compris ; « {source.secret_markers[0]} » : secret ; « {source.missing_markers[0]} » : inconnu."
        ),
    }
    sheet.data_validation(1, 1, last, 1, whole)


def _label(cell: Cell, territory: Territory) -> str:
    """What a line counts, in words: measure, zone, category."""
    measure = capital(measures()[cell.measure].label)
    if cell.dimension == ENSEMBLE:
        return f"{measure}, {territory.label(cell.territory)}"
    dimension = DIMENSIONS[cell.dimension]
    category = next(item.label for item in dimension.categories if item.code == cell.category)
    return french(f"{measure}, {territory.label(cell.territory)}, {dimension.label} : {category}")


def _guide(book: Workbook, source: Source, period: Period, bold: Format) -> None:
    sheet = book.add_worksheet(GUIDE)
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, 1, 90, book.add_format({"text_wrap": True, "valign": "top"}))
    hidden, missing = source.secret_markers[0], source.missing_markers[0]
    lines = [
        (
            "À faire",
            f"Remplissez la colonne « effectif » de la feuille « {source.file.sheet} » pour {period_label(period)}, enregistrez, envoyez.",
        ),
        ("Zéro", "Écrivez 0. Une case vide est refusée : personne ne saurait si c'est zéro."),
        ("Secret", f"Écrivez « {hidden} » si l'effectif est trop petit pour être donné, « {missing} » s'il n'est pas connu."),
        ("Jamais", "Aucune ligne sur une personne : ni nom, ni date de naissance, ni numéro. Un tel fichier est refusé sans être gardé."),
        ("Une ligne", "Un compte. Les modalités d'une même dimension s'additionnent à « ensemble », sauf pour les freins."),
        (
            "QPV",
            "Le quartier où la personne habite le dernier jour de la période. Adresse imprécise : NON_LOCALISE, si votre source le compte.",
        ),
    ]
    for line, (name, text) in enumerate(lines):
        sheet.write_string(line, 0, name, bold)
        sheet.write_string(line, 1, french(text))
    line = len(lines) + 1
    sheet.write_string(line, 0, "Code", bold)
    sheet.write_string(line, 1, "Ce qui est compté", bold)
    for code in source.measures:
        line += 1
        sheet.write_string(line, 0, code)
        sheet.write_string(line, 1, french(f"{capital(measures()[code].label)} ({measures()[code].unit})"))


def _lists(book: Workbook, source: Source, territory: Territory, period: Period) -> None:
    sheet = book.add_worksheet(LISTS)
    dimensions = dict.fromkeys(name for measure in source.measures for name in asked(source, measure))
    choices = (
        [period.code],
        list(dict.fromkeys(zone for measure in source.measures for zone in zones_of(source, measure, territory, period))),
        list(source.measures),
        list(dimensions),
        list(dict.fromkeys(code for name in dimensions for code in DIMENSIONS[name].codes)),
    )
    for place, (name, words) in enumerate(zip(_CODES, choices, strict=True)):
        letter = xlsxwriter.utility.xl_col_to_name(place)
        sheet.write_column(0, place, words)
        book.define_name(f"liste_{name}", f"={LISTS}!${letter}$1:${letter}${len(words)}")
    sheet.hide()
