"""Fragments of HTML that the pages write: tables, tiles, pills, lists. Text in, escaped HTML out; Streamlit is not known here.

Under the strict content policy no style may be written in the HTML: every look is a class of assets/pages.css.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from indicators.status import Status

STATE_CLASS = {
    Status.OK: "etat-present",
    Status.SECRET: "etat-secret",
    Status.NON_TRANSMIS: "etat-non-transmis",
    Status.NON_APPLICABLE: "etat-sans-objet",
}
"""Four states, four looks: a real 0 is written as any figure, the others never are."""
WHY = "Pourquoi ce chiffre\u202f?"
"""The words of the way from a figure to where it comes from."""


@dataclass(frozen=True)
class Cell:
    """A cell of a table: its text, and its state when it stands for a figure that may be missing; ``faint`` for a zero among many.

    ``href``: the page that details it; its text is then a link.
    """

    text: str
    state: Status = Status.OK
    numeric: bool = False
    faint: bool = False
    href: str = ""


@dataclass(frozen=True)
class Table:
    """A table as the committee reads it: a caption, column headings, and rows whose first cell is their heading."""

    caption: str
    columns: tuple[str | Cell, ...]
    rows: tuple[tuple[str | Cell, ...], ...]

    def __post_init__(self) -> None:
        uneven = [row for row in self.rows if len(row) != len(self.columns)]
        if uneven or not self.caption or not self.columns:
            raise ValueError(f"Table « {self.caption} »: every row needs {len(self.columns)} cells, and the table a caption.")


@dataclass(frozen=True)
class Tile:
    """A figure of the first page: what it is, its value, what it is compared with, its date, and the page that details it.

    ``source``: the sheet of the indicator that it comes from.
    """

    title: str
    value: str
    detail: str
    date: str
    href: str
    tone: str = ""
    source: str = ""


@dataclass(frozen=True)
class Alert:
    """Something the committee should look at: a sign, a text, the page that details it."""

    sign: str
    text: str
    href: str
    tone: str = "defavorable"


def number(text: str) -> Cell:
    """A cell that holds a figure, aligned on the right."""
    return Cell(text, numeric=True)


def table(content: Table, *, show_caption: bool = True) -> str:
    """A real table: caption, column and row headings with their scope."""
    numeric = {i for row in content.rows for i, cell in enumerate(row) if isinstance(cell, Cell) and cell.numeric}
    heads = "".join(f'<th scope="col"{_css("nombre" if i in numeric else "")}>{_text(head)}</th>' for i, head in enumerate(content.columns))
    rows = "".join(f"<tr>{_row(row)}</tr>" for row in content.rows)
    caption = "" if show_caption else ' class="hors-ecran"'
    return (
        f'<div class="tableau"><table><caption{caption}>{escape(content.caption)}</caption>'
        f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _row(cells: Sequence[str | Cell]) -> str:
    first, *others = cells
    return f'<th scope="row">{_text(first)}</th>' + "".join(_cell(cell) for cell in others)


def _cell(cell: str | Cell) -> str:
    if isinstance(cell, str):
        return f"<td>{escape(cell)}</td>"
    classes = " ".join(name for name in (STATE_CLASS[cell.state], "nombre" if cell.numeric else "", "nul" if cell.faint else "") if name)
    return f"<td{_css(classes)}>{_text(cell)}</td>"


def _text(cell: str | Cell) -> str:
    """What a cell says, as a link where it leads somewhere."""
    if isinstance(cell, str):
        return escape(cell)
    return f'<a class="fiche" href="{escape(cell.href)}" target="_self">{escape(cell.text)}</a>' if cell.href else escape(cell.text)


def _css(classes: str) -> str:
    return f' class="{classes}"' if classes else ""


def paragraph(text: str, classes: str = "") -> str:
    """A paragraph."""
    return f"<p{_css(classes)}>{escape(text)}</p>"


def card(title: str, body: str) -> str:
    """A text in a frame under its title; ``body`` is HTML."""
    return f'<section class="carte">{card_title(title)}{body}</section>'


def card_title(title: str) -> str:
    """The title of a card."""
    return f'<h2 class="carte-titre">{escape(title)}</h2>'


def code(title: str, text: str) -> str:
    """A text as it was written by a program or for one (a query), under its title."""
    return f'<p class="code-titre">{escape(title)}</p><pre class="code"><code>{escape(text)}</code></pre>'


def remark(text: str, link: str, href: str, after: str = "") -> str:
    """A remark under a figure with a link in it: the text, the words of the link, the rest."""
    return f'<p class="note">{escape(text)}<a href="{escape(href)}">{escape(link)}</a>{escape(after)}</p>'


def pill(text: str, tone: str = "") -> str:
    """A short mention in a coloured frame."""
    return f'<span class="pastille {tone}">{escape(text)}</span>'.replace(' "', '"')


def tiles(items: Sequence[Tile]) -> str:
    """The tiles of the first page, each a link."""
    return f'<ul class="tuiles">{"".join(_tile(item) for item in items)}</ul>'


def _tile(item: Tile) -> str:
    tone = f" {item.tone}" if item.tone else ""
    return (
        f'<li><a class="tuile" href="{escape(item.href)}"><span class="tuile-titre">{escape(item.title)}</span>'
        f'<span class="tuile-valeur{tone}">{escape(item.value)}</span><span class="tuile-detail">{escape(item.detail)}</span>'
        f'<span class="tuile-date">{escape(item.date)}</span></a>{_origin(item)}</li>'
    )


def _origin(item: Tile) -> str:
    """The way from the figure of a tile to its sheet; the words name the tile for who hears links one by one."""
    if not item.source:
        return ""
    named = f'<span class="hors-ecran">, {escape(item.title)}</span>'
    return f'<a class="tuile-fiche fiche" href="{escape(item.source)}" target="_self">{WHY}{named}</a>'


def alerts(items: Sequence[Alert]) -> str:
    """The list of what to look at, each a link."""
    rows = "".join(
        f'<li class="{item.tone}"><span class="signe" aria-hidden="true">{escape(item.sign)}</span>'
        f'<a href="{escape(item.href)}">{escape(item.text)}</a></li>'
        for item in items
    )
    return f'<ul class="alertes">{rows}</ul>'


def bullets(items: Sequence[str]) -> str:
    """A plain list."""
    return f'<ul class="liste">{"".join(f"<li>{escape(item)}</li>" for item in items)}</ul>'
