"""The annex of an edition, an Excel workbook: every figure its audience may see, with its definition and the deliveries behind it.

Numbers and days are native, nothing is a formula, and a figure that is not shown says why in its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO

import pandas as pd
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from connectors.calendar import PARIS
from dashboard.documents.photograph import PageTable, Photograph
from dashboard.theme import BAND, INK_2, QPV, WHITE
from indicators.status import Status
from indicators.typography import french

MARKS = {Status.SECRET: "s", Status.NON_TRANSMIS: "nd", Status.NON_APPLICABLE: "x"}
"""What stands in place of a figure that is not there."""
LEGEND = (
    ("s", "secret statistique : l'effectif est trop petit, ou donnerait un autre par différence"),
    ("nd", "non transmis par le partenaire : ce n'est pas zéro"),
    ("x", "sans objet : la question ne se pose pas pour cette zone ou cette période"),
    ("0", "un vrai zéro"),
)
VERDICTS = {
    "defavorable": "défavorable aux QPV",
    "favorable": "favorable aux QPV",
    "non_etabli": "non établi",
    "sans_jugement": "sans jugement",
}
UNITS = {
    "percent": "%",
    "points": "points",
    "persons": "personnes",
    "number": "nombre",
    "euros": "euros",
    "ratio": "rapport",
    "days": "jours",
}
_AMOUNT = re.compile(r"([−-]?)(\d{1,3}(?:\u202f\d{3})*(?:,\d+)?)(?:\u00a0(€|%|k€))?")
Value = str | float | int | date | None


@dataclass(frozen=True)
class Column:
    """A column: its heading, its width, how its numbers are written (a name of ``_Looks``)."""

    heading: str
    width: int
    look: str = "text"


class _Looks:
    """The formats of a workbook, made once."""

    def __init__(self, book: Workbook) -> None:
        base = {"font_name": "Calibri", "font_size": 10, "valign": "top"}
        self.head = book.add_format({**base, "bold": True, "font_color": WHITE, "bg_color": QPV, "text_wrap": True, "valign": "vcenter"})
        self.title = book.add_format({**base, "bold": True, "font_size": 16, "font_color": QPV})
        self.strong = book.add_format({**base, "bold": True})
        self.absent = book.add_format({**base, "font_color": INK_2, "align": "right", "bg_color": BAND})
        self.by_name = {
            "text": book.add_format({**base, "indent": 1}),
            "wrap": book.add_format({**base, "indent": 1, "text_wrap": True}),
            "number": book.add_format({**base, "num_format": "#,##0.0;−#,##0.0;0.0"}),
            "ratio": book.add_format({**base, "num_format": "#,##0.00;−#,##0.00;0.00"}),
            "whole": book.add_format({**base, "num_format": "#,##0;−#,##0;0"}),
            "signed": book.add_format({**base, "num_format": "+0.0;−0.0;0.0"}),
            "euros": book.add_format({**base, "num_format": '#,##0.00\u00a0"€";−#,##0.00\u00a0"€";0.00\u00a0"€"'}),
            "percent": book.add_format({**base, "num_format": '0.0\u00a0"%";−0.0\u00a0"%";0.0\u00a0"%"'}),
            "day": book.add_format({**base, "num_format": "dd/mm/yyyy"}),
        }

    def of(self, name: str) -> Format:
        return self.by_name[name]


def annex(photograph: Photograph) -> bytes:
    """The bytes of the workbook; the same for the same edition."""
    content = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(content, options) as book:
        book.set_properties({"title": f"Annexe, édition {photograph.edition.id}", "created": photograph.frozen_at})
        looks = _Looks(book)
        sheets = _Sheets(book, looks, photograph)
        sheets.read_me()
        sheets.table("Indicateurs", _INDICATORS, _indicators(photograph))
        sheets.table("Écarts", _GAPS, _gaps(photograph))
        for name, page in (("Parcours", "/parcours"), ("Partenaires", "/partenaires"), ("Budget", "/budget")):
            for number, table in enumerate(photograph.tables(page), 1):
                sheets.page_table(_sheet_name(name, number, table), table)
        sheets.table("Dictionnaire", _DICTIONARY, _dictionary(photograph))
        sheets.table("Livraisons", _DELIVERIES, _deliveries(photograph))
    return content.getvalue()


def _sheet_name(page: str, number: int, table: PageTable) -> str:
    found = re.match(r"Compte rendu financier \d+, (charges|produits)", table.caption)
    return f"Cerfa {found[1]}" if found else f"{page} {number}"


class _Sheets:
    """Sheets of one look: a table each, its header frozen, the edition at the foot."""

    def __init__(self, book: Workbook, looks: _Looks, photograph: Photograph) -> None:
        self._book, self._looks, self._photograph = book, looks, photograph

    def read_me(self) -> None:
        """What the workbook is, how to read it."""
        photograph, looks = self._photograph, self._looks
        sheet = self._new("Lisez-moi")
        sheet.set_column(0, 0, 26)
        sheet.set_column(1, 1, 100)
        sheet.write_string(0, 0, french(f"Annexe : {photograph.content['seance']['title']}"), looks.title)
        header, policy = photograph.content["edition"], photograph.content["secret"]
        lines = [
            ("Cité", str(photograph.city["name"])),
            ("Édition", photograph.edition.stamp),
            ("Empreinte SHA-256", photograph.edition.sha256),
            ("Périmètre", str(photograph.content["seance"]["perimeter"])),
            ("Figée par", str(header["frozen_by"])),
            *([("Données", "DONNÉES FICTIVES : démonstration")] if photograph.fictitious else []),
            *([("Secret", _threshold(policy))] if policy else []),
            ("Lecture", "Un écart compare les habitants des QPV au reste de la ville (hors QPV), jamais à la ville entière."),
            ("Additionner", "Ne pas additionner les personnes distinctes, ni les taux : la feuille Dictionnaire dit ce qui s'additionne."),
            *(("Code « " + code + " »", told) for code, told in LEGEND),
        ]
        for line, (name, text) in enumerate(lines, 2):
            sheet.write_string(line, 0, french(name), looks.strong)
            sheet.write_string(line, 1, french(text), looks.of("wrap"))
            sheet.set_row(line, 15 * (1 + len(text) // 105))

    def table(self, name: str, columns: Sequence[Column], rows: Iterable[Sequence[Value]]) -> None:
        """A table with native numbers and days; a mark stays a text, set to the right."""
        sheet = self._new(name)
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)
        for place, column in enumerate(columns):
            sheet.set_column(place, place, column.width)
            sheet.write_string(0, place, column.heading, self._looks.head)
        last = 0
        for last, row in enumerate(rows, 1):
            for place, (column, value) in enumerate(zip(columns, row, strict=True)):
                self._cell(sheet, last, place, value, column.look)
        sheet.autofilter(0, 0, max(last, 1), len(columns) - 1)

    def page_table(self, name: str, table: PageTable) -> None:
        """A table of a page, its amounts and rates as numbers."""
        sheet = self._new(name)
        sheet.freeze_panes(2, 0)
        sheet.repeat_rows(0, 1)
        sheet.write_string(0, 0, table.caption, self._looks.strong)
        for place, heading in enumerate(table.columns):
            sheet.set_column(place, place, 58 if place == 0 else 20)
            sheet.write_string(1, place, heading, self._looks.head)
        for line, row in enumerate(table.rows, 2):
            for place, text in enumerate(row):
                value, look = native(text) if place else (text, "wrap")
                self._cell(sheet, line, place, value, look)

    def _cell(self, sheet: Worksheet, line: int, place: int, value: Value, look: str) -> None:
        if value is None or value == "":
            return
        if isinstance(value, str):
            sheet.write_string(
                line,
                place,
                value,
                self._looks.absent if value in MARKS.values() else self._looks.of(look if look in {"text", "wrap"} else "text"),
            )
        elif isinstance(value, date):
            sheet.write_datetime(line, place, datetime(value.year, value.month, value.day), self._looks.of("day"))  # noqa: DTZ001 - a day
        else:
            sheet.write_number(line, place, value, self._looks.of("whole" if isinstance(value, int) else look))

    def _new(self, name: str) -> Worksheet:
        sheet = self._book.add_worksheet(name[:31])
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.hide_gridlines(2)
        fictitious = " · DONNÉES FICTIVES" if self._photograph.fictitious else ""
        sheet.set_footer(
            f"&L&8Édition {self._photograph.edition.id}, empreinte {self._photograph.edition.sha256[:12]}{fictitious}&R&8&P / &N"
        )
        return sheet


def native(text: str) -> tuple[Value, str]:
    """A figure written in French as a number and its look; a text stays one."""
    found = _AMOUNT.fullmatch(text)
    if found is None:
        return text, "text"
    number = float(found[2].replace("\u202f", "").replace(",", "."))
    number = -number if found[1] else number
    unit = found[3]
    if unit == "€":
        return number, "euros"
    if unit == "k€":
        return number * 1000, "euros"
    return (number, "percent") if unit == "%" else (int(number), "whole") if number.is_integer() else (number, "number")


def _threshold(policy: dict[str, object]) -> str:
    return (
        f"Aucun effectif de 1 à {int(str(policy['threshold'])) - 1} n'est montré ({int(str(policy['sensitive'])) - 1} pour la santé et la "
        f"justice), ni ce qui le donnerait par différence. Décision : {policy['decision']}."
    )


_INDICATORS = (
    Column("Code", 16),
    Column("Indicateur", 44),
    Column("Zone", 20),
    Column("Période", 12),
    Column("Fenêtre", 19),
    Column("Ventilation", 34),
    Column("Numérateur", 12, "number"),
    Column("Dénominateur", 13, "number"),
    Column("Valeur", 12, "number"),
    Column("Unité", 11),
    Column("IC 95 % bas", 12, "number"),
    Column("IC 95 % haut", 12, "number"),
    Column("État", 22),
)
STATES = {Status.OK: "publié", Status.SECRET: "secret", Status.NON_TRANSMIS: "non transmis", Status.NON_APPLICABLE: "sans objet"}


def _indicators(photograph: Photograph) -> Iterable[Sequence[Value]]:
    definitions = photograph.content["definitions"]
    for row in photograph.figures.to_dict("records"):
        told = definitions[row["indicator"]]
        status = Status(row["status"])
        yield (
            row["indicator"],
            told["label"],
            photograph.zones.get(row["zone"], row["zone"]),
            photograph.period(row["period"]),
            row["window"],
            photograph.category(row["dimension"], row["category"]),
            _number(row["numerator"], status, counted=True),
            _number(row["denominator"], status, counted=True),
            MARKS.get(status) or _number(row["value"], status, counted=told["unit"] in {"persons", "number"}),
            UNITS.get(told["unit"], told["unit"]),
            _number(row["low"], status),
            _number(row["high"], status),
            STATES[status],
        )


_GAPS = (
    Column("Code", 16),
    Column("Indicateur", 44),
    Column("Zone", 20),
    Column("Période", 12),
    Column("Ventilation", 34),
    Column("QPV (%)", 11, "number"),
    Column("Reste de la ville (%)", 13, "number"),
    Column("Écart (points)", 12, "signed"),
    Column("IC 95 % bas", 12, "signed"),
    Column("IC 95 % haut", 12, "signed"),
    Column("Rapport", 11, "ratio"),
    Column("Habitants manquants pour la parité", 15, "number"),
    Column("Verdict", 24),
    Column("État", 16),
)


def _gaps(photograph: Photograph) -> Iterable[Sequence[Value]]:
    for row in photograph.gaps.to_dict("records"):
        status = Status(row["status"])
        numbers = [row[name] for name in ("qpv", "rest_of_city", "points", "low", "high", "ratio", "residents_to_parity")]
        yield (
            row["indicator"],
            photograph.content["definitions"][row["indicator"]]["label"],
            photograph.zones.get(row["zone"], row["zone"]),
            photograph.period(row["period"]),
            photograph.category(row["dimension"], row["category"]),
            *(
                MARKS.get(status) if place == 2 and status is not Status.OK else _number(value, status)
                for place, value in enumerate(numbers)
            ),
            VERDICTS.get(row["verdict"], "") if status is Status.OK else "",
            STATES[status],
        )


_DICTIONARY = (
    Column("Code", 16),
    Column("Libellé", 44),
    Column("Définition", 70, "wrap"),
    Column("Numérateur", 50, "wrap"),
    Column("Dénominateur", 50, "wrap"),
    Column("Unité", 11),
    Column("Source", 34, "wrap"),
    Column("Limites", 70, "wrap"),
)


def _dictionary(photograph: Photograph) -> Iterable[Sequence[Value]]:
    for code, told in photograph.content["definitions"].items():
        yield (
            code,
            *(told[name] for name in ("label", "definition", "numerator", "denominator")),
            UNITS.get(told["unit"], told["unit"]),
            told["source"],
            told["limits"],
        )


_DELIVERIES = (
    Column("N°", 8, "whole"),
    Column("Source", 28),
    Column("Reçue le", 13, "day"),
    Column("Suite", 40),
    Column("Empreinte SHA-256", 68),
)
ACCEPTED = "acceptée"
OUTCOMES = {
    "unchanged": "contenu déjà en place : rien n'a changé",
    "refused": "refusée : aucune donnée prise",
    "failed": "partenaire injoignable",
    "held": "en attente de la coordination",
}


def _deliveries(photograph: Photograph) -> Iterable[Sequence[Value]]:
    used = [{**one, "outcome": ACCEPTED} for one in photograph.content["sources"]]
    for one in sorted([*used, *photograph.content.get("journal", [])], key=lambda item: int(item["id"])):
        received = datetime.fromisoformat(one["received_at"]).astimezone(PARIS).date()
        yield one["id"], one["source"], received, french(OUTCOMES.get(one["outcome"], one["outcome"])), one.get("sha256")


def _number(value: float, status: Status, *, counted: bool = False) -> float | None:
    """A number to write, a whole one where it counts; None where there is nothing."""
    if status is not Status.OK or pd.isna(value):
        return None
    return int(value) if counted and float(value).is_integer() else float(value)
