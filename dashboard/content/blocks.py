"""The blocks a page is made of, and their writing as JSON. What a page says is decided elsewhere, and so is how a block is drawn.

A kept edition holds these blocks: a field may be added with a default, never renamed nor removed, so that old editions are still read.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from indicators.canonical import canonical

Json = Mapping[str, Any]
"""A JSON object: texts, numbers, booleans, None, lists and objects."""


@dataclass(frozen=True)
class Title:
    """The finding: the page's only first-level heading."""

    text: str


@dataclass(frozen=True)
class Section:
    """A second-level heading."""

    text: str


@dataclass(frozen=True)
class Html:
    """A fragment made by ``components.html``."""

    markup: str


@dataclass(frozen=True)
class Note:
    """A remark under a figure."""

    text: str


@dataclass(frozen=True)
class Missing:
    """A frame in place of a figure: what is missing, and what to do about it."""

    what: str
    next_step: str


@dataclass(frozen=True)
class Fold:
    """A fragment under a label that opens and closes it; ``opened`` when the reader sees it at first."""

    label: str
    markup: str
    opened: bool


@dataclass(frozen=True)
class Tab:
    """The start of a tab: what follows belongs to it, up to the next tab or the end of the page."""

    label: str


@dataclass(frozen=True)
class Chart:
    """A chart with what is never drawn without it: its sentence, its source, its figures as a table (HTML). ``figure`` is plotly's JSON."""

    key: str
    sentence: str
    table: str
    source: str
    figure: Json


Block = Title | Section | Html | Note | Missing | Fold | Tab | Chart

KINDS: Mapping[str, type[Block]] = {
    "title": Title,
    "section": Section,
    "html": Html,
    "note": Note,
    "missing": Missing,
    "fold": Fold,
    "tab": Tab,
    "chart": Chart,
}
"""The name of each kind of block in a kept edition."""
_NAMES = {made: name for name, made in KINDS.items()}


def to_json(blocks: Iterable[Block]) -> list[Json]:
    """Blocks as JSON objects: their kind, then their fields."""
    return [{"kind": _NAMES[type(block)]} | {item.name: getattr(block, item.name) for item in fields(block)} for block in blocks]


def from_json(written: Sequence[Json]) -> list[Block]:
    """Blocks as ``to_json`` wrote them.

    Raises:
        ValueError: a block of an unknown kind, or with other fields than its kind has; the sentence is in French.
    """
    return [_read(item, position) for position, item in enumerate(written, 1)]


def page_bytes(blocks: Iterable[Block]) -> bytes:
    """The canonical JSON of a page: the same bytes for the same content, whatever the machine, its time zone or its language."""
    return canonical(to_json(blocks))


def _read(item: Json, position: int) -> Block:
    kind, given = item.get("kind"), {name: value for name, value in item.items() if name != "kind"}
    made = KINDS.get(str(kind))
    if made is None:
        raise ValueError(f"Bloc {position}\u00a0: genre «\u00a0{kind}\u00a0» inconnu de cette version.")
    try:
        return made(**given)
    except TypeError as error:
        raise ValueError(f"Bloc {position} («\u00a0{kind}\u00a0»)\u00a0: champs inattendus ou manquants.") from error
