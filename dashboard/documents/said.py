"""What the pages of an edition say, block by block: tiles, alerts, sections, charts. A document shows the same words as the page."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import lxml.html

from dashboard.content.choice import parsed
from dashboard.documents.photograph import QUARTER, PageTable, Photograph, sentences, tables_of

Element = Any


@dataclass(frozen=True)
class Tile:
    """A tile of the Synthèse: its title, its figure, its detail, its date; whether the figure is unfavourable."""

    title: str
    value: str
    detail: str
    date: str
    unfavourable: bool


@dataclass(frozen=True)
class Alert:
    """A line of « À regarder » : its sign, its sentence, whether it is unfavourable."""

    sign: str
    text: str
    unfavourable: bool


@dataclass(frozen=True)
class Section:
    """A section of a page: its heading and its sentences."""

    heading: str
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class Chart:
    """A chart of a page: what it says, where it comes from, its table, what plotly draws."""

    sentence: str
    source: str
    table: PageTable | None
    traces: tuple[Mapping[str, Any], ...]

    def drawn(self, meta: str) -> Mapping[str, Any] | None:
        """The trace that says it draws this."""
        return next((trace for trace in self.traces if trace.get("meta") == meta), None)


def tiles(photograph: Photograph) -> list[Tile]:
    """The tiles of the Synthèse."""
    return [_tile(item) for block in _html(photograph, "/") for item in block.xpath('.//ul[@class="tuiles"]/li')]


def _tile(item: Element) -> Tile:
    def part(name: str) -> tuple[str, str]:
        found = item.xpath(f'.//span[contains(concat(" ", @class, " "), " tuile-{name} ")]')
        return (_words(found[0]), found[0].get("class")) if found else ("", "")

    (title, _), (value, look), (detail, _), (date, _) = (part(name) for name in ("titre", "valeur", "detail", "date"))
    return Tile(title, value, detail, date, "defavorable" in look)


def alerts(photograph: Photograph) -> list[Alert]:
    """The lines of « À regarder »."""
    found = []
    for block in _html(photograph, "/"):
        for item in block.xpath('.//ul[@class="alertes"]/li'):
            sign = "".join(_words(part) for part in item.xpath('.//span[@class="signe"]'))
            said = _words(item).removeprefix(sign).strip()
            found.append(Alert(sign, said, "defavorable" in item.get("class", "")))
    return found


def _html(photograph: Photograph, page: str) -> Iterator[Element]:
    for block in photograph.blocks(page):
        if block["kind"] == "html":
            yield lxml.html.fromstring(f"<div>{block['markup']}</div>")


def _words(element: Element) -> str:
    return str(element.text_content()).strip()


def sections(photograph: Photograph, page: str) -> list[Section]:
    """The sections of a page that say something in sentences, in their order; what stands before the first has an empty heading."""
    found: list[tuple[str, list[str]]] = [("", [])]
    for block in photograph.blocks(page):
        if block["kind"] == "section":
            found.append((str(block["text"]), []))
        elif block["kind"] == "html":
            found[-1][1].extend(sentences(block["markup"]))
    return [Section(heading, tuple(said)) for heading, said in found if said]


def notes(photograph: Photograph, page: str, view: str = QUARTER) -> list[str]:
    """The notes of a page: what its figures cover, what is not published."""
    found = [str(block["text"]) for block in photograph.blocks(page, view) if block["kind"] == "note"]
    for block in photograph.blocks(page, view):
        if block["kind"] == "html" and 'class="note"' in block["markup"]:
            told = lxml.html.fromstring(f"<div>{block['markup']}</div>")
            found += [_words(item) for item in told.xpath('.//p[@class="note"]')]
    return [item for item in found if item]


def source(photograph: Photograph, page: str) -> str:
    """Where the figures of a page without a chart come from, as it says; empty where it does not."""
    found = [item for block in _html(photograph, page) for item in block.xpath('.//p[@class="source"]')]
    return _words(found[0]) if found else ""


def chart(photograph: Photograph, page: str, view: str = QUARTER) -> Chart | None:
    """The first chart of a page; None where the page has none to show."""
    for block in photograph.blocks(page, view):
        if block["kind"] == "chart":
            figure = block["figure"]
            drawn = json.loads(figure) if isinstance(figure, str) else figure
            table = next(iter(tables_of(block["table"])), None)
            return Chart(str(block["sentence"]), str(block["source"]), table, tuple(drawn["data"]))
    return None


def views(photograph: Photograph, page: str) -> set[str]:
    """The views of a page that the edition holds."""
    return {parsed(address)[1].view or QUARTER for address in photograph.edition.addresses(page)}
