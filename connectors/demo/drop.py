"""The files that fictitious partners drop: the long table of their counts, and its CSV or XLSX bytes. Same counts, same bytes."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from datetime import datetime
from io import BytesIO, StringIO

import pandas as pd
import xlsxwriter

from connectors.demo.residents import age_group
from connectors.demo.volumes import ZONES

Row = Sequence[str | int]
CREATED = datetime(2022, 1, 1)  # noqa: DTZ001 - a workbook's property has no zone; fixed, so that the bytes are always the same
SEXES = {"F": "femme", "M": "homme"}
AGES = ("moins_26", "26_49", "50_plus")


def long_rows(events: pd.DataFrame, measure: str, quarter: str, dimensions: Sequence[str]) -> list[Row]:
    """Rows of our template for one quarter of events: period, zone, measure, dimension, category, count; zeros are written.

    Args:
        events: as ``residents.events`` gives them, of this quarter only.
        dimensions: ``sexe``, ``age``, or neither; the total always comes first.
    """
    coded = events.assign(sexe=events["sexe"].map(SEXES), age=events["age"].map(age_group))
    categories = {"sexe": tuple(SEXES.values()), "age": AGES}
    rows: list[Row] = []
    for zone in ZONES[:3]:
        here = coded[coded["zone"] == zone]
        rows.append((quarter, zone, measure, "ensemble", "ensemble", len(here)))
        for dimension in dimensions:
            counts = here[dimension].value_counts()
            rows += [(quarter, zone, measure, dimension, category, int(counts.get(category, 0))) for category in categories[dimension]]
    return rows


def csv_bytes(header: Sequence[str], rows: Iterable[Row], encoding: str = "utf-8") -> bytes:
    """A CSV with semicolons and CRLF, as a French spreadsheet writes it."""
    text = StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue().encode(encoding)


def xlsx_bytes(header: Sequence[str], rows: Iterable[Row], title: str = "", sheet: str = "donnees") -> bytes:
    """A workbook of one sheet, with a title above the header where one is given; text stays text, no formula."""
    content = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(content, options) as book:
        book.set_properties({"title": title or sheet, "author": "Partenaire fictif", "created": CREATED})
        bold = book.add_format({"bold": True})
        page = book.add_worksheet(sheet)
        start = 0
        if title:
            page.write_string(0, 0, title, bold)
            start = 2
        page.write_row(start, 0, header, bold)
        for number, row in enumerate(rows, start + 1):
            page.write_row(number, 0, row)
    return content.getvalue()
