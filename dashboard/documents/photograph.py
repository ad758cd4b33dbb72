"""What every document of a pack is made from: one frozen edition, its figures with their words. Nothing is computed again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

import lxml.html
import pandas as pd

from dashboard.content.choice import parsed
from dashboard.editions import frames
from dashboard.editions.reading import EditionRead
from indicators.codes import DIMENSIONS, ENSEMBLE
from indicators.period import Period
from indicators.status import Status
from indicators.territory import LABELS, QPV
from indicators.typography import french, period_label

WINDOWS = {"values": "période", "to_date": "depuis le 1er janvier", "rolling": "douze mois"}
"""Part of an edition -> what its figures cover."""
KEY = ["indicator", "period", "dimension"]
QUARTER = "trimestre"
"""The view that a page opens with."""


@dataclass(frozen=True)
class PageTable:
    """A table of a page as frozen: its caption, its headings, its cells as written."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Photograph:
    """An edition, read for documents."""

    edition: EditionRead

    @property
    def content(self) -> Mapping[str, Any]:
        """The edition as frozen."""
        return self.edition.content

    @property
    def city(self) -> Mapping[str, Any]:
        """The Cité, as declared when it was frozen."""
        city: Mapping[str, Any] = self.content["cite"]["city"]
        return city

    @property
    def fictitious(self) -> bool:
        """Whether « Données fictives » must be on every sheet."""
        return bool(self.city["fictitious"])

    @property
    def frozen_at(self) -> datetime:
        """When it was frozen, in universal time, without a zone: what files are dated with."""
        return datetime.fromisoformat(self.content["edition"]["frozen_at"]).replace(tzinfo=None)

    @cached_property
    def zones(self) -> dict[str, str]:
        """The French name of each zone, the QPVs of every zoning included."""
        named = {place["code"]: place["label"] for zoning in self.content["cite"]["zoning"] for place in zoning["qpv"]}
        return {**named, **LABELS}

    @cached_property
    def figures(self) -> pd.DataFrame:
        """The figures of the tables that the audience sees, every window together.

        Columns: window, indicator, zone, period, dimension, category, numerator, denominator, value, low, high, status. The totals of an
        indicator, or the categories of a zone, are kept when one of them at least is shown; the others then say why they are not.
        """
        parts = [self._shown(frames.from_plain(self.content["figures"][name])).assign(window=label) for name, label in WINDOWS.items()]
        return pd.concat(parts, ignore_index=True)

    @cached_property
    def gaps(self) -> pd.DataFrame:
        """The gaps of the same tables: the columns of GAPS."""
        return self._shown(frames.from_plain(self.content["figures"]["gaps"]))

    @staticmethod
    def _shown(frame: pd.DataFrame) -> pd.DataFrame:
        zone = frame["zone"].where(frame["dimension"] != ENSEMBLE, "")
        shown = (frame["status"] == Status.OK).groupby([*(frame[name] for name in KEY), zone]).transform("any")
        return frame[shown].reset_index(drop=True)

    def tables(self, page: str) -> Iterator[PageTable]:
        """The tables of a page, at the end of the quarter of the edition: those of its last address."""
        for block in self.blocks(page):
            yield from tables_of(block.get("table") or (block["markup"] if block["kind"] == "html" else ""))

    def blocks(self, page: str, view: str = QUARTER) -> list[Mapping[str, Any]]:
        """The blocks of a page as it opens, or in another of its views, at the end of the quarter of the edition."""
        found = next((address for address in self.edition.addresses(page) if self._latest(address, view)), None)
        return list(self.content["pages"][found]) if found else []

    def sentence(self, page: str) -> str:
        """What the first chart of a page says, else its first sentence; empty where it says nothing."""
        blocks = self.blocks(page)
        said = [str(block["sentence"]) for block in blocks if block["kind"] == "chart"]
        written = [text for block in blocks if block["kind"] == "html" for text in sentences(block["markup"])]
        return next(iter([*said, *written]), "")

    def title(self, page: str, view: str = QUARTER) -> str:
        """The title of a page: its finding."""
        return next((str(block["text"]) for block in self.blocks(page, view) if block["kind"] == "title"), "")

    def _latest(self, address: str, view: str) -> bool:
        choice, year = parsed(address)[1], self.content["edition"]["period"][:4]
        return (choice.exercise or year, choice.view or QUARTER, choice.zone or QPV) == (year, view, QPV)

    def period(self, code: str) -> str:
        """A period as it is written: T3 2023."""
        return period_label(Period.parse(code))

    def category(self, dimension: str, category: str) -> str:
        """A category as it is written, empty for the whole."""
        if dimension == category:
            return ""
        known = DIMENSIONS[dimension]
        label = next((item.label for item in known.categories if item.code == category), category)
        return french(f"{known.label} : {label}")


def tables_of(markup: str) -> Iterator[PageTable]:
    """The tables of a piece of a page."""
    if "<table" not in markup:
        return
    for table in lxml.html.fromstring(f"<div>{markup}</div>").iter("table"):
        caption = table.findtext("caption") or ""
        heads = tuple(_text(cell) for cell in table.iterfind("thead/tr/th"))
        rows = tuple(tuple(_text(cell) for cell in row if cell.tag in {"th", "td"}) for row in table.iterfind("tbody/tr"))
        yield PageTable(caption, heads, rows)


def sentences(markup: str) -> Iterator[str]:
    """The sentences of a piece of a page."""
    for paragraph in lxml.html.fromstring(f"<div>{markup}</div>").iterfind("p"):
        if paragraph.get("class") == "phrase":
            yield _text(paragraph)


def _text(cell: Any) -> str:
    return " ".join(cell.text_content().split(" ")).strip()
