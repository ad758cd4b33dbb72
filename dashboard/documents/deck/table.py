"""A native table: its words held in their cells by the metrics of the face, its columns and rows in pixels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pptx.oxml import parse_xml
from pptx.oxml.ns import qn

from dashboard.documents.deck import canvas, fitting
from dashboard.documents.deck.canvas import Box, Hand
from dashboard.documents.deck.page import Page
from dashboard.theme import BAND, INK, QPV, RULE, WHITE
from indicators.typography import french

_NO_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
_UNDER = (
    '<a:lnB xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" w="9525"><a:solidFill>'
    f'<a:srgbClr val="{RULE.lstrip("#")}"/></a:solidFill></a:lnB>'
)
"""The thin rule under a row."""
MARGIN = 10
AROUND = 10
"""Pixels above and below the words of a cell, together."""
HEAD = 34
CELL_SIZES = (13.5, 12.5, 11.5, 10.5)
SMALLEST_ROW = 34


@dataclass(frozen=True)
class Column:
    """A column: ``width`` in pixels; ``human`` when people write its words, which may then be cut."""

    heading: str
    width: float
    human: bool = False
    bold: bool = False


@dataclass(frozen=True)
class Cell:
    """The words of a cell, in a colour of their own."""

    text: str
    colour: str = INK
    bold: bool = False


Row = Sequence[Cell]


def table(page: Page, box: Box, columns: Sequence[Column], rows: Sequence[Row], name: str, sizes: Sequence[float] = CELL_SIZES) -> float:
    """Draw a table across ``box``; its rows share the height they need, down to the bottom of the box at most. Where it ends."""
    tall = _heights(columns, rows, box.h - HEAD, sizes)
    made = page.shapes.add_table(
        len(rows) + 1, len(columns), *map(canvas.length, (box.x, box.y, sum(c.width for c in columns), HEAD + sum(tall)))
    )
    canvas.describe(made, french(f"Tableau : {name}, {len(rows)} lignes."), name)
    grid = made.table
    made._element.graphic.graphicData.tbl.tblPr.find(qn("a:tableStyleId")).text = _NO_STYLE
    grid.first_row, grid.horz_banding = True, False
    for place, column in enumerate(columns):
        grid.columns[place].width = canvas.length(column.width)
        _write(grid.cell(0, place), column.heading, Hand(12, WHITE, bold=True, down=canvas.MIDDLE), QPV)
    grid.rows[0].height = canvas.length(HEAD)
    for line, (row, high) in enumerate(zip(rows, tall, strict=True), 1):
        grid.rows[line].height = canvas.length(high)
        for place, (column, cell) in enumerate(zip(columns, row, strict=True)):
            bold = column.bold or cell.bold
            fitted = _fitted(column, cell, high, sizes, bold=bold)
            if fitted.cut:
                page.note(french(f"{column.heading}, ligne {line}, texte entier : {cell.text}"))
            hand = Hand(fitted.size, cell.colour, bold=bold, down=canvas.MIDDLE)
            _write(grid.cell(line, place), fitted.text, hand, WHITE if line % 2 else BAND)
    return box.y + HEAD + sum(tall)


def _fitted(column: Column, cell: Cell, high: float, sizes: Sequence[float], *, bold: bool) -> fitting.Fitted:
    across = column.width - 2 * MARGIN - 1
    if column.human:
        return fitting.held(cell.text, across, high - AROUND, sizes, bold=bold)
    size = fitting.largest(cell.text, across, high - AROUND, sizes, bold=bold)
    return fitting.Fitted(cell.text, size or sizes[-1])


def _heights(columns: Sequence[Column], rows: Sequence[Row], room: float, sizes: Sequence[float]) -> list[float]:
    """What each row asks for at the largest size that lets all hold; else the same share of the room for each row too tall."""
    for size in sizes:
        asked = [_asked(columns, row, size) for row in rows]
        if sum(asked) <= room:
            spare = (room - sum(asked)) / len(rows) if rows else 0.0
            return [tall + min(spare, 18.0) for tall in asked]
    asked = [_asked(columns, row, sizes[-1]) for row in rows]
    left, waiting = room, sorted(range(len(rows)), key=lambda place: asked[place])
    given = [0.0] * len(rows)
    for count, place in enumerate(waiting):
        given[place] = min(asked[place], left / (len(rows) - count))
        left -= given[place]
    return given


def _asked(columns: Sequence[Column], row: Row, size: float) -> float:
    tall = max(
        fitting.height(cell.text, column.width - 2 * MARGIN - 1, size, bold=column.bold or cell.bold)
        for column, cell in zip(columns, row, strict=True)
    )
    return max(SMALLEST_ROW, tall + AROUND + 1)


def _write(cell: Any, said: str, hand: Hand, fill: str) -> None:
    cell.margin_left = cell.margin_right = canvas.length(MARGIN)
    cell.margin_top = cell.margin_bottom = canvas.length(AROUND / 2 - 1)
    cell.vertical_anchor = hand.down
    cell._tc.get_or_add_tcPr().insert(0, parse_xml(_UNDER))
    cell.fill.solid()
    cell.fill.fore_color.rgb = canvas.colour(fill)
    cell.text_frame.word_wrap = True
    paragraph = cell.text_frame.paragraphs[0]
    paragraph.alignment = hand.across
    canvas.write_run(paragraph, canvas.Run(said, hand))
