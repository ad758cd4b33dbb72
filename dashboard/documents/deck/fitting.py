"""Whether a text holds in its box, measured with the metrics of Inter, without an office program."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from PIL import ImageFont

from dashboard.documents.faces import inter

PER_POINT = 0.75
"""Points of a pixel: slides are laid out in pixels, their texts are sized in points."""
LEADING = 1.21
"""Height of a line of Inter, in sizes of its text."""
DRAWN = 200
"""Points a face is measured at: large, so that no grid rounds a width."""
MORE = " […]"


@dataclass(frozen=True)
class Fitted:
    """A text as it goes in its box: what is shown, at which size, whether the end is left to the notes."""

    text: str
    size: float
    cut: bool = False


@cache
def _face(name: str) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(inter() / f"Inter-{name}.ttf", DRAWN)


@lru_cache(maxsize=20_000)
def _of_word(word: str, *, bold: bool) -> float:
    return _face("Bold" if bold else "Regular").getlength(word) / DRAWN


def width(text: str, size: float, *, bold: bool = False) -> float:
    """Pixels across of a text on one line, at a size in points."""
    return _of_word(text, bold=bold) * size / PER_POINT


def lines(text: str, across: float, size: float, *, bold: bool = False) -> int:
    """How many lines a text takes in a box of ``across`` pixels; a word longer than a line is cut where the line ends."""
    return sum(_paragraph(part, across, size, bold=bold) for part in text.split("\n"))


def _paragraph(text: str, across: float, size: float, *, bold: bool) -> int:
    found, used = 1, 0.0
    space = width(" ", size, bold=bold)
    for word in text.split(" "):
        long = width(word, size, bold=bold)
        if used and used + space + long > across:
            found, used = found + 1, 0.0
        used += (space if used else 0.0) + long
        if used > across:
            found += math.ceil(used / across) - 1
            used -= across * (math.ceil(used / across) - 1)
    return found


def height(text: str, across: float, size: float, *, bold: bool = False, leading: float = LEADING) -> float:
    """Pixels down of a text in a box of ``across`` pixels."""
    return lines(text, across, size, bold=bold) * size * leading / PER_POINT


def largest(text: str, across: float, down: float, sizes: Iterable[float], *, bold: bool = False) -> float | None:
    """The first of the sizes at which the whole text holds without a word cut in two; None when none does."""
    return next(
        (size for size in sizes if _unbroken(text, across, size, bold=bold) and height(text, across, size, bold=bold) <= down), None
    )


def _unbroken(text: str, across: float, size: float, *, bold: bool) -> bool:
    return all(width(word, size, bold=bold) <= across for word in re.split(r"[ \n]", text))


def held(text: str, across: float, down: float, sizes: Sequence[float], *, bold: bool = False) -> Fitted:
    """What a person wrote: smaller if it must be, then cut at the end of a sentence, then of a word. Generated words are never cut."""
    size = next((size for size in sizes if height(text, across, size, bold=bold) <= down), None)
    if size is not None:
        return Fitted(text, size)
    ends = [found.end() for found in re.finditer(r"[.!?…](?=\s)", text)] or [0]
    words = [found.start() for found in re.finditer(r"\s", text)]
    for places in (ends, words, list(range(1, len(text)))):
        kept = _longest([text[:place].rstrip() + MORE for place in places if place], across, down, sizes[-1], bold=bold)
        if kept:
            return Fitted(kept, sizes[-1], cut=True)
    return Fitted(MORE.strip(), sizes[-1], cut=True)


def _longest(tried: Sequence[str], across: float, down: float, size: float, *, bold: bool) -> str:
    """The last text that holds, each longer than the one before."""
    low, high = 0, len(tried)
    while low < high:
        middle = (low + high) // 2
        if height(tried[middle], across, size, bold=bold) <= down:
            low = middle + 1
        else:
            high = middle
    return tried[low - 1] if low else ""
