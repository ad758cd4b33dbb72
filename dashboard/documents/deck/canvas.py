"""What a slide is drawn with: texts, shapes and rules placed in pixels of a slide of 1280 by 720. Every text says that it is French.

An object that carries no text has an alternative text, or is marked as decoration.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from pptx.dml.color import RGBColor
from pptx.enum.dml import MSO_LINE
from pptx.enum.shapes import MSO_CONNECTOR, MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.util import Emu, Length, Pt

from dashboard.theme import INK

WIDTH, HEIGHT = 1280, 720
LEFT, RIGHT = 48, 1232
PIXEL = 9525
"""Lengths of the format in a pixel."""
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
_DECORATIVE = (
    f'<a:extLst xmlns:a="{_DRAWING}"><a:ext uri="{{C183D7F6-B498-43B3-948B-1728B52AA6E4}}">'
    '<adec:decorative xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext></a:extLst>'
)
Shapes = Any
"""The shapes of a slide or of a group, as python-pptx has them."""
START, END, CENTRE = PP_ALIGN.LEFT, PP_ALIGN.RIGHT, PP_ALIGN.CENTER
TOP, MIDDLE, BOTTOM = MSO_ANCHOR.TOP, MSO_ANCHOR.MIDDLE, MSO_ANCHOR.BOTTOM


@dataclass(frozen=True)
class Hand:
    """How a text is written: ``size`` in points, ``across`` and ``down`` where it stands in its box."""

    size: float = 13.0
    colour: str = INK
    bold: bool = False
    across: PP_ALIGN = START
    down: MSO_ANCHOR = TOP

    def but(self, **changes: Any) -> Hand:
        """The same, with other values."""
        return replace(self, **changes)


@dataclass(frozen=True)
class Run:
    """Words of a paragraph written in a hand of their own."""

    text: str
    hand: Hand


@dataclass(frozen=True)
class Box:
    """A rectangle, in pixels."""

    x: float
    y: float
    w: float
    h: float


Paragraph = str | Sequence[Run]


def length(pixels: float) -> Length:
    """Pixels as the format has them."""
    return Emu(round(pixels * PIXEL))


def colour(code: str) -> RGBColor:
    """A colour of the charte (#RRGGBB) as the format has it."""
    red, green, blue = bytes.fromhex(code.lstrip("#"))
    return RGBColor(red, green, blue)  # type: ignore[no-untyped-call]


def describe(shape: Any, text: str, name: str = "") -> Any:
    """Give an object its alternative text; without one it is marked as decoration."""
    told = shape._element.xpath(".//p:cNvPr")[0]
    if name:
        told.set("name", name)
    if text:
        told.set("descr", text)
    else:
        told.append(parse_xml(_DECORATIVE))
    return shape


def fill_text(frame: Any, paragraphs: Paragraph | Sequence[Paragraph], hand: Hand) -> None:
    """Write paragraphs in a frame: a text, or a list whose items are texts or runs."""
    frame.word_wrap, frame.auto_size, frame.vertical_anchor = True, MSO_AUTO_SIZE.NONE, hand.down
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    told: Sequence[Paragraph] = [paragraphs] if isinstance(paragraphs, str) else paragraphs  # type: ignore[assignment]
    for place, item in enumerate(told):
        paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
        paragraph.alignment = hand.across
        for run in [Run(item, hand)] if isinstance(item, str) else item:
            write_run(paragraph, run)


def write_run(paragraph: Any, run: Run) -> None:
    """Add words to a paragraph; a new line within them stays in the paragraph."""
    for place, line in enumerate(run.text.split("\n")):
        if place:
            paragraph.add_line_break()
        written = paragraph.add_run()
        written.text = line
        written.font.size, written.font.bold = Pt(run.hand.size), run.hand.bold
        written.font.color.rgb = colour(run.hand.colour)
        written._r.get_or_add_rPr().set("lang", "fr-FR")


def text(shapes: Shapes, box: Box, paragraphs: Paragraph | Sequence[Paragraph], hand: Hand, name: str = "Texte") -> Any:
    """A box of text, without a margin."""
    made = shapes.add_textbox(*map(length, (box.x, box.y, box.w, box.h)))
    made.name = name
    fill_text(made.text_frame, paragraphs, hand)
    return made


def shape(shapes: Shapes, kind: MSO_SHAPE, box: Box, fill: str = "", border: str = "", thick: float = 1.0, name: str = "Fond") -> Any:
    """A shape, decoration until it is described; ``thick``: points of its border."""
    made = shapes.add_shape(kind, *map(length, (box.x, box.y, box.w, box.h)))
    if fill:
        made.fill.solid()
        made.fill.fore_color.rgb = colour(fill)
    else:
        made.fill.background()
    if border:
        made.line.color.rgb, made.line.width = colour(border), Pt(thick)
    else:
        made.line.fill.background()
    return describe(made, "", name)


def rectangle(shapes: Shapes, box: Box, fill: str, border: str = "") -> Any:
    """A rectangle of decoration."""
    return shape(shapes, MSO_SHAPE.RECTANGLE, box, fill, border, 0.75)


def rule(
    shapes: Shapes, start: tuple[float, float], end: tuple[float, float], ink: str, thick: float = 0.75, *, dotted: bool = False
) -> Any:
    """A straight line of decoration."""
    made = shapes.add_connector(MSO_CONNECTOR.STRAIGHT, *map(length, (*start, *end)))
    made.line.color.rgb, made.line.width = colour(ink), Pt(thick)
    if dotted:
        made.line.dash_style = MSO_LINE.ROUND_DOT
    return describe(made, "", "Trait")
