"""The relevé de décisions of a séance, one or two pages of Word: who was there, what was decided, by whom and for when. No transcript."""

from __future__ import annotations

from datetime import date
from io import BytesIO

from docx.document import Document as DocumentType
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, RGBColor
from docx.table import Table, _Cell

from dashboard.documents.letter import blank, language
from dashboard.documents.photograph import Photograph
from dashboard.documents.same_bytes import undated
from dashboard.theme import QPV, RULE, UNFAVOURABLE
from indicators.meeting import SETTLED, Decision, Meeting, Progress, State
from indicators.meeting_text import LATE, PROGRESS
from indicators.typography import date_long, date_short, french, joined

_COLUMNS = (("N°", 0.9), ("Décision", 6.5), ("Responsable", 3.2), ("Échéance", 2.5), ("Indicateur", 2.4), ("État", 2.1))
"""Headings and widths, in centimetres."""
NONE = "Aucune décision n'a été prise."
REPLY = "Observations à adresser à la coordination sous huit jours ; sans observation, ce relevé est réputé approuvé."


def minutes(meeting: Meeting, before: Meeting | None, photograph: Photograph) -> bytes:
    """The bytes of the document; the same for the same séances and edition.

    Args:
        meeting: the séance as it stands, with the decisions taken down.
        before: the previous séance, whose decisions are followed; None for the first.
    """
    document = blank(french(f"Relevé de décisions : {meeting.title}"), photograph.frozen_at)
    document.add_paragraph(french(f"Relevé de décisions : {meeting.title}"), "Title")
    document.add_paragraph(photograph.edition.stamp, "Subtitle")
    if meeting.state is not State.TENUE:
        _warn(document, "PROJET : la séance n'a pas encore été tenue.")
    if photograph.fictitious:
        _warn(document, "DONNÉES FICTIVES")
    for name, told in _who(meeting):
        paragraph = document.add_paragraph()
        paragraph.add_run(french(f"{name} : ")).bold = True
        paragraph.add_run(french(told))
    if meeting.points:
        document.add_paragraph("Ordre du jour", "Heading 1")
        for point in meeting.points:
            document.add_paragraph(french(point.title), "List Bullet")
    document.add_paragraph("Décisions", "Heading 1")
    if meeting.decisions:
        _table(document, meeting.decisions, meeting.on)
    else:
        document.add_paragraph(french(NONE))
    followed = [item for item in before.decisions if item.progress not in SETTLED] if before else []
    if before and before.decisions:
        document.add_paragraph(french(f"Suites de la séance du {date_long(before.on)}"), "Heading 1")
        settled = len(before.decisions) - len(followed)
        document.add_paragraph(french(f"Décisions réglées : {settled} sur {len(before.decisions)}."))
        _table(document, before.decisions, meeting.on)
    document.add_paragraph(french(REPLY), "Subtitle")
    content = BytesIO()
    document.save(content)
    return undated(content.getvalue())


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


def _table(document: DocumentType, decisions: tuple[Decision, ...], day: date) -> None:
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
    for item in decisions:
        note = f" ({item.note})" if item.note else ""
        told = (str(item.number), f"{item.text}{note}", item.owner, date_short(item.due), item.indicator or "–", state_of(item, day))
        row = table.add_row()
        kept = OxmlElement("w:cantSplit")
        kept.set(qn("w:val"), "true")
        row._tr.get_or_add_trPr().append(kept)
        for cell, text in zip(row.cells, told, strict=True):
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
