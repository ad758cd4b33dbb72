"""The workbook itself: empty sheets to fill with drop-down lists, the quarter to count, and the sheet of counts. No macro."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from io import BytesIO

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from connectors.intake.raw import OURS
from connectors.suivi.counted import Cell, cells, uncountable
from connectors.suivi.pages import PAGES, SHEET, TO_MEND, Column, Kind, Page, lists
from indicators.period import Period
from indicators.territory import Territory
from indicators.typography import french

Line = Sequence[object]
_CREATED = datetime(2022, 1, 1)  # noqa: DTZ001 - a workbook's property has no zone; fixed, so that the same template has the same bytes
_DAYS = {
    "debut": ("Premier jour du trimestre", "=DATE(VALUE(LEFT(trimestre,4)),(VALUE(RIGHT(trimestre,1))-1)*3+1,1)"),
    "fin": ("Lendemain du dernier jour", "=EDATE(debut,3)"),
    "annee": ("1er janvier", "=DATE(YEAR(debut),1,1)"),
    "avant": ("Premier jour du trimestre précédent", "=EDATE(debut,-3)"),
    "douze_mois": ("Douze mois avant", "=EDATE(fin,-12)"),
    "six_debut": ("Six mois avant le premier jour", "=EDATE(debut,-6)"),
    "six_fin": ("Six mois avant le lendemain", "=EDATE(fin,-6)"),
}
_GUIDE = (
    "Suivi de la coordination : ce classeur compte lui-même ; seule la feuille « donnees » est lue, et seuls ses nombres entrent.",
    "Une ligne par chose suivie. Le numéro est libre : jamais un nom, une date de naissance ni un numéro de dossier.",
    "Gardez ce classeur. À chaque trimestre : choisissez le trimestre ci-dessous, enregistrez, puis déposez une copie.",
    "Une case vide compte comme « Non localisé » ou « Non renseigné » ; une sortie sans type, elle, est refusée au dépôt.",
    "Ce qui ne peut être compté (un jour écrit en texte, un mot hors des listes) s'affiche ci-dessous : le dépôt le refuse.",
)
_FIRST_CHOICE, _FIRST_DAY = 8, 10
_NUMBERS = {"validate": "integer", "criteria": ">=", "value": 1}


def workbook(
    territory: Territory,
    quarter: Period,
    lines: Mapping[str, Sequence[Line]] | None = None,
    calculated: Callable[[Cell], object] = lambda _: "",
) -> bytes:
    """The bytes of the template.

    Args:
        quarter: the one it counts until another is chosen; its zoning gives the neighbourhoods.
        lines: what is already filled, by sheet's key.
        calculated: the value written beside each formula; by default none, since only a spreadsheet program calculates.
    """
    content = BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"title": "Suivi de la coordination", "created": _CREATED})
        bold, day = book.add_format({"bold": True, "text_wrap": True, "valign": "top"}), book.add_format({"num_format": "dd/mm/yyyy"})
        _welcome(book, quarter, bold, day)
        for page in PAGES:
            _page(book, page, (lines or {}).get(page.key, ()), bold, day)
        _counts(book, quarter, list(cells(territory, quarter)), calculated, bold)
        _lists(book, {**lists(territory, quarter), "trimestre": _quarters(quarter)})
    return content.getvalue()


def _welcome(book: Workbook, quarter: Period, bold: Format, day: Format) -> None:
    sheet = book.add_worksheet("Accueil")
    sheet.set_column(0, 0, 44)
    sheet.set_column(1, 1, 14)
    for number, sentence in enumerate(_GUIDE):
        sheet.write_string(number, 0, french(sentence))
    first = _FIRST_CHOICE - 1
    sheet.write_string(first, 0, "Trimestre à compter", bold)
    sheet.write_string(first, 1, quarter.code, book.add_format({"bold": True, "bg_color": "#FFF4CC", "border": 1, "locked": False}))
    sheet.data_validation(first, 1, first, 1, {"validate": "list", "source": "=liste_trimestre", "ignore_blank": False})
    book.define_name("trimestre", f"=Accueil!$B${_FIRST_CHOICE}")
    for number, (name, (label, formula)) in enumerate(_DAYS.items(), _FIRST_DAY):
        sheet.write_string(number - 1, 0, label)
        sheet.write_formula(number - 1, 1, formula, day, "")
        book.define_name(name, f"=Accueil!$B${number}")
    last = _FIRST_DAY + len(_DAYS)
    for number, page in enumerate(PAGES, last):
        sheet.write_string(number, 0, french(f"À corriger, feuille « {page.title} »"))
        sheet.write_formula(number, 1, f"={uncountable(page)}", None, "")
    book.define_name("a_corriger", f"=Accueil!$B${last + 1}:$B${last + len(PAGES)}")
    sheet.protect()


def _quarters(quarter: Period) -> list[str]:
    """Those that may be counted: from two years before the first one to eight years after."""
    return [quarter.shift(step).code for step in range(-8, 33)]


def _page(book: Workbook, page: Page, lines: Sequence[Line], bold: Format, day: Format) -> None:
    sheet = book.add_worksheet(page.title)
    sheet.freeze_panes(1, 1)
    for place, column in enumerate(page.columns):
        letter = xlsxwriter.utility.xl_col_to_name(place)
        sheet.write_string(0, place, column.title, bold)
        sheet.set_column(place, place, 8 if column.kind is Kind.NUMBER else 18, day if column.kind is Kind.DAY else None)
        book.define_name(f"{page.key}_{column.key}", f"='{page.title}'!${letter}$2:${letter}${page.lines + 1}")
        sheet.data_validation(1, place, page.lines, place, {**_validation(column, page, letter), "error_title": "Saisie"})
    for number, line in enumerate(lines, 1):
        _fill(sheet, number, line, day)


def _validation(column: Column, page: Page, letter: str) -> dict[str, object]:
    if column.kind is Kind.NUMBER:
        return {**_NUMBERS, "error_message": french("Un numéro libre, en chiffres : jamais un nom.")}
    if column.kind is Kind.DAY:
        return {
            "validate": "date",
            "criteria": ">=",
            "value": date(2015, 1, 1),
            "error_message": french("Écrivez un jour, par exemple 31/03/2024."),
        }
    if column.kind is Kind.STRUCTURE:
        once = f"=COUNTIF(${letter}$2:${letter}${page.lines + 1},{letter}2)=1"
        return {"validate": "custom", "value": once, "error_message": french("Cette structure est déjà dans la liste.")}
    return {"validate": "list", "source": f"={column.listed}", "error_message": "Choisissez dans la liste."}


def _fill(sheet: Worksheet, number: int, line: Line, day: Format) -> None:
    for place, cell in enumerate(line):
        if isinstance(cell, date):
            sheet.write_datetime(number, place, datetime(cell.year, cell.month, cell.day), day)  # noqa: DTZ001 - a day
        elif cell not in {None, ""}:
            sheet.write(number, place, cell)


def _counts(book: Workbook, quarter: Period, rows: list[Cell], calculated: Callable[[Cell], object], bold: Format) -> None:
    sheet = book.add_worksheet(SHEET)
    sheet.write_row(0, 0, OURS, bold)
    sheet.set_column(0, len(OURS) - 1, 22)
    for number, row in enumerate(rows, 1):
        value = calculated(row)
        sheet.write_formula(number, 0, f'=IF(SUM(a_corriger)=0,trimestre,"{TO_MEND}")', None, quarter.code if value != "" else "")
        sheet.write_row(number, 1, (row.territory, row.measure, row.dimension, row.category))
        sheet.write_formula(number, len(OURS) - 1, row.formula, None, value)
    sheet.protect()


def _lists(book: Workbook, choices: Mapping[str, Sequence[str]]) -> None:
    sheet = book.add_worksheet("Listes")
    for place, (name, words) in enumerate(choices.items()):
        letter = xlsxwriter.utility.xl_col_to_name(place)
        sheet.write_column(0, place, words)
        book.define_name(f"liste_{name}", f"=Listes!${letter}$1:${letter}${len(words)}")
    sheet.hide()
    sheet.protect()
