"""What a screen of a séance is, and what holds on one at 1366 x 768: heights are told from characters, on the safe side.

What each screen shows is in ``screens`` (kept pages) and ``screens_written`` (what the coordination wrote).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape, unescape
from math import ceil
from typing import Any, Protocol, TypeVar

from dashboard.content.blocks import Block, Html

Item = TypeVar("Item")


@dataclass(frozen=True)
class Screen:
    """A screen: ``code`` and ``name`` in the list of screens, its finding, what it shows, and the address that details it."""

    code: str
    name: str
    title: str
    blocks: tuple[Block, ...]
    address: str


class Pages(Protocol):
    """An edition, as far as its screens need it."""

    @property
    def content(self) -> Mapping[str, Any]:
        """Its content, as frozen."""
        ...

    def blocks(self, page: str, chosen: Mapping[str, str]) -> list[Block] | None:
        """The blocks of a page for what is chosen, or None."""
        ...


@dataclass(frozen=True)
class Type:
    """How a text is set (see assets/seance.css): pixels of a line, characters that surely fit on one, pixels around the text."""

    line: float
    fit: int
    around: float

    def height(self, text: str) -> float:
        """Pixels that a text takes."""
        return self.around + self.line * sum(max(1, ceil(len(part) / self.fit)) for part in text.splitlines() or [""])


TITLE, SENTENCE, SMALL = Type(36, 76, 12), Type(25, 152, 8), Type(20.5, 180, 8)
LARGE, DENSE = Type(32.4, 80, 34), Type(24.3, 106, 22)
SEANCE = "/reunions"
"""The page that keeps what is written of a séance."""
ROOM = 652
"""Pixels between the line on top and the foot."""


def bare(fragment: str) -> str:
    """A fragment of HTML without its tags, still HTML."""
    return re.sub(r"<[^>]+>", "", fragment)


def plain(fragment: str) -> str:
    """The words of a fragment of HTML, as text."""
    return unescape(bare(fragment))


def paged(items: Sequence[Item], height: Callable[[Item], float], room: float) -> list[list[Item]]:
    """Items in order, as many on a screen as hold on it, at least one."""
    pages: list[list[Item]] = []
    left = 0.0
    for item in items:
        taken = height(item)
        if not pages or taken > left:
            pages.append([])
            left = room
        pages[-1].append(item)
        left -= taken
    return pages


def following(code: str, name: str, title: str, shown: Sequence[Sequence[Block]], address: str) -> Iterator[Screen]:
    """The same screen over as many as it takes."""
    for number, blocks in enumerate(shown, 1):
        again = number > 1
        yield Screen(f"{code}-{number}" if again else code, name, f"{title}, suite" if again else title, tuple(blocks), address)


def rows(code: str, name: str, title: str, told: Sequence[tuple[str, str]], address: str) -> Iterator[Screen]:
    """Fragments of HTML, each under its label: large where all of them hold on a screen, else smaller, over several.

    Without any, the finding alone.
    """
    if not told:
        yield Screen(code, name, title, (), address)
    room = ROOM - TITLE.height(title)
    kind, classes = LARGE, "lignes"
    if len(paged(told, lambda row: kind.height(plain(row[1])), room)) > 1:
        kind, classes = DENSE, "lignes serrees"
    pages = paged(told, lambda row: kind.height(plain(row[1])), room)
    yield from following(code, name, title, [[Html(_list(part, classes))] for part in pages], address)


def _list(told: Sequence[tuple[str, str]], classes: str) -> str:
    inside = "".join(f"<div><dt>{escape(label)}</dt><dd>{body}</dd></div>" for label, body in told)
    return f'<dl class="{classes}">{inside}</dl>'
