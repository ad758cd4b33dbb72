"""The relevé de décisions of a séance, one or two pages, in Word and in PDF: who was there, what was decided, by whom, for when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path

from docx.document import Document as DocumentType
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, RGBColor
from docx.table import Table, _Cell

from dashboard.documents import typeset
from dashboard.documents.letter import blank, language
from dashboard.documents.photograph import Photograph
from dashboard.documents.same_bytes import undated
from dashboard.theme import BAND, INK, INK_2, QPV, RULE, UNFAVOURABLE
from indicators.meeting import SETTLED, Decision, Meeting, Progress, State
from indicators.meeting_text import LATE, PROGRESS
from indicators.typography import date_long, date_short, french, joined

_COLUMNS = (("N°", 0.9), ("Décision", 6.5), ("Responsable", 3.2), ("Échéance", 2.5), ("Indicateur", 2.4), ("État", 2.1))
"""Headings and widths, in centimetres."""
TEMPLATE = Path(__file__).with_name("releve.typ")
DRAFT = "PROJET : la séance n'a pas encore été tenue."
NONE = "Aucune décision n'a été prise."
REPLY = "Observations à adresser à la coordination sous huit jours ; sans observation, ce relevé est réputé approuvé."


@dataclass(frozen=True)
class Followed:
    """Decisions under a heading, with a sentence; ``rows`` as the columns have them."""

    heading: str
    sentence: str
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Minutes:
    """What a relevé says, in its order."""

    title: str
    warnings: tuple[str, ...]
    people: tuple[tuple[str, str], ...]
    agenda: tuple[str, ...]
    tables: tuple[Followed, ...]


def told(meeting: Meeting, before: Meeting | None, photograph: Photograph) -> Minutes:
    """What the relevé of a séance says, whatever it is written in.

    Args:
        meeting: the séance as it stands, with the decisions taken down.
        before: the previous séance, whose decisions are followed; None for the first.
    """
    warnings = [] if meeting.state is State.TENUE else [DRAFT]
    warnings += ["DONNÉES FICTIVES"] if photograph.fictitious else []
    tables = [Followed("Décisions", "" if meeting.decisions else NONE, _rows(meeting.decisions, meeting.on))]
    if before and before.decisions:
        settled = sum(item.progress in SETTLED for item in before.decisions)
        sentence = french(f"Décisions réglées : {settled} sur {len(before.decisions)}.")
        tables.append(Followed(french(f"Suites de la séance du {date_long(before.on)}"), sentence, _rows(before.decisions, meeting.on)))
    return Minutes(
        french(f"Relevé de décisions : {meeting.title}"),
        tuple(map(french, warnings)),
        tuple((name, french(words)) for name, words in _who(meeting)),
        tuple(french(point.title) for point in meeting.points),
        tuple(tables),
    )


def minutes(meeting: Meeting, before: Meeting | None, photograph: Photograph) -> bytes:
    """The relevé as a Word document; the same bytes for the same séances and edition."""
    said = told(meeting, before, photograph)
    document = blank(said.title, photograph.frozen_at)
    document.add_paragraph(said.title, "Title")
    document.add_paragraph(photograph.edition.stamp, "Subtitle")
    for warning in said.warnings:
        _warn(document, warning)
    for name, words in said.people:
        paragraph = document.add_paragraph()
        paragraph.add_run(french(f"{name} : ")).bold = True
        paragraph.add_run(words)
    if said.agenda:
        document.add_paragraph("Ordre du jour", "Heading 1")
        for point in said.agenda:
            document.add_paragraph(point, "List Bullet")
    for part in said.tables:
        document.add_paragraph(part.heading, "Heading 1")
        if part.sentence:
            document.add_paragraph(part.sentence)
        if part.rows:
            _table(document, part.rows)
    document.add_paragraph(french(REPLY), "Subtitle")
    content = BytesIO()
    document.save(content)
    return undated(content.getvalue())


def minutes_pdf(meeting: Meeting, before: Meeting | None, photograph: Photograph) -> bytes:
    """The same relevé as a PDF (PDF/UA-1): for whoever has no Word, or wants what cannot be typed over."""
    said = told(meeting, before, photograph)
    mention = " · Données fictives" if photograph.fictitious else ""
    content = {
        "titre": said.title,
        "auteur": str(photograph.city["name"]),
        "date": [meeting.on.year, meeting.on.month, meeting.on.day],
        "projet": meeting.state is not State.TENUE,
        "couleurs": [INK, INK_2, RULE, BAND, QPV],
        "alerte": UNFAVOURABLE,
        "avertissements": list(said.warnings),
        "entete": [list(item) for item in said.people],
        "points": list(said.agenda),
        "tableaux": [
            {
                "titre": part.heading,
                "phrase": part.sentence,
                "entete": [heading for heading, _ in _COLUMNS],
                "lignes": [list(row) for row in part.rows],
            }
            for part in said.tables
        ],
        "suite": french(REPLY),
        "pied": f"{photograph.edition.stamp}{mention}",
    }
    return typeset.pdf(TEMPLATE, content, photograph)


def _who(meeting: Meeting) -> list[tuple[str, str]]:
    people = (("Présidence", meeting.chairs), ("Présents", meeting.attendees), ("Excusés", meeting.excused))
    place = f", {meeting.place}" if meeting.place else ""
    return [("Date et lieu", f"{date_long(meeting.on)}{place}"), *((name, joined(list(names))) for name, names in people if names)]


def _warn(document: DocumentType, text: str) -> None:
    run = document.add_paragraph().add_run(french(text))
    run.bold = True
    run.font.color.rgb = RGBColor.from_string(UNFAVOURABLE.lstrip("#"))


def state_of(decision: Decision, day: date) -> str:
    """How far a decision is on a day: its progress, or that it is late."""
    return LATE if decision.late(day) else PROGRESS[Progress(decision.progress)]


def _rows(decisions: Sequence[Decision], day: date) -> tuple[tuple[str, ...], ...]:
    """Decisions as the columns have them."""
    found = []
    for item in decisions:
        note = f" ({item.note})" if item.note else ""
        cells = (str(item.number), f"{item.text}{note}", item.owner, date_short(item.due), item.indicator or "–", state_of(item, day))
        found.append(tuple(map(french, cells)))
    return tuple(found)


def _table(document: DocumentType, rows: Sequence[Sequence[str]]) -> None:
    table = document.add_table(rows=1, cols=len(_COLUMNS))
    table.autofit = False
    for cell, (heading, _) in zip(table.rows[0].cells, _COLUMNS, strict=True):
        _write(cell, heading, bold=True, colour="FFFFFF")
        shade = OxmlElement("w:shd")
        for name, value in (("val", "clear"), ("color", "auto"), ("fill", QPV.lstrip("#"))):
            shade.set(qn(f"w:{name}"), value)
        cell._tc.get_or_add_tcPr().append(shade)
    repeated = OxmlElement("w:tblHeader")
    repeated.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(repeated)
    for written in rows:
        row = table.add_row()
        kept = OxmlElement("w:cantSplit")
        kept.set(qn("w:val"), "true")
        row._tr.get_or_add_trPr().append(kept)
        for cell, text in zip(row.cells, written, strict=True):
            _write(cell, text)
    for column, (_, width) in zip(table.columns, _COLUMNS, strict=True):
        column.width = Cm(width)
        for cell in column.cells:
            cell.width = Cm(width)
    _light(table)


def _light(table: Table) -> None:
    """Thin rules between rows, in the grey of the charte."""
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "bottom", "insideH"):
        rule = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", RULE.lstrip("#"))):
            rule.set(qn(f"w:{name}"), value)
        borders.append(rule)
    table._tbl.tblPr.append(borders)


def _write(cell: _Cell, text: str, *, bold: bool = False, colour: str = "") -> None:
    paragraph = cell.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT
    run = paragraph.add_run(french(text))
    run.bold = bold
    if colour:
        run.font.color.rgb = RGBColor.from_string(colour)
    language(run._r.get_or_add_rPr())
