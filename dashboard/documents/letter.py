"""A page of words as a Word document: a title, headings, paragraphs and lists, in the colours of the charte."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import cast

from docx import Document
from docx.document import Document as DocumentType
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.text.font import CT_RPr
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

from dashboard.documents.same_bytes import undated
from dashboard.theme import INK, INK_2, QPV

FONT = "Calibri"
"""On every Windows machine; LibreOffice has one of the same widths."""
_CREATED = datetime(2022, 1, 1)  # noqa: DTZ001 - a document's property has no zone; fixed, so that the same words have the same bytes


@dataclass(frozen=True)
class Part:
    """A heading, the paragraphs under it, then a list."""

    heading: str
    paragraphs: tuple[str, ...] = ()
    bullets: tuple[str, ...] = ()


@dataclass(frozen=True)
class Letter:
    """A document of words, French and typeset."""

    title: str
    subtitle: str
    parts: tuple[Part, ...]
    end: str = ""


def letter_docx(letter: Letter) -> bytes:
    """The bytes of an A4 document that Word and LibreOffice edit; its language is French."""
    document = blank(letter.title, _CREATED)
    document.add_paragraph(letter.title, "Title")
    document.add_paragraph(letter.subtitle, "Subtitle")
    for part in letter.parts:
        document.add_paragraph(part.heading, "Heading 1")
        for text in part.paragraphs:
            document.add_paragraph(text)
        for text in part.bullets:
            document.add_paragraph(text, "List Bullet")
    if letter.end:
        document.add_paragraph(letter.end, "Subtitle")
    content = BytesIO()
    document.save(content)
    return undated(content.getvalue())


def blank(title: str, created: datetime) -> DocumentType:
    """An empty A4 document in French with the styles of the charte; ``created``, without a zone, is written in its properties."""
    document = Document()
    document.core_properties.title = title
    document.core_properties.author = ""
    document.core_properties.language = "fr-FR"
    document.core_properties.created = document.core_properties.modified = created
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(1.7)
    section.top_margin = section.bottom_margin = Cm(1.6)
    for name, size, colour, bold, before, after in (
        ("Normal", 10, INK, False, 0, 3),
        ("Title", 19, QPV, True, 0, 0),
        ("Subtitle", 11, INK_2, False, 0, 6),
        ("Heading 1", 12, QPV, True, 7, 2),
        ("List Bullet", 10, INK, False, 0, 1),
    ):
        _style(cast("ParagraphStyle", document.styles[name]), size, colour, bold=bold, before=before, after=after)
    return document


def _style(style: ParagraphStyle, size: int, colour: str, *, bold: bool, before: int, after: int) -> None:
    style.font.name, style.font.size, style.font.bold, style.font.italic = FONT, Pt(size), bold, False
    style.font.color.rgb = RGBColor.from_string(colour.lstrip("#"))
    properties = style.element.get_or_add_rPr()
    fonts = properties.find(qn("w:rFonts"))
    for kind in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{kind}"), None)
    for known in properties.findall(qn("w:spacing")):
        properties.remove(known)
    language(properties)
    spacing = style.paragraph_format
    spacing.space_before, spacing.space_after, spacing.line_spacing = Pt(before), Pt(after), 1.08
    borders = style.element.get_or_add_pPr().find(qn("w:pBdr"))
    if borders is not None:
        style.element.get_or_add_pPr().remove(borders)


def language(properties: CT_RPr) -> None:
    """Say, in the properties of a style or of a run, that its words are French."""
    for known in properties.findall(qn("w:lang")):
        properties.remove(known)
    told = OxmlElement("w:lang")
    told.set(qn("w:val"), "fr-FR")
    properties.append(told)
