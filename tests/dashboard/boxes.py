"""Where the texts of a figure fall on the page, in pixels of a 1366 pixel screen. Widths are those of Inter, rounded up."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import plotly.graph_objects as go

from dashboard.charts.drawing import DRAWN, MARGIN

NARROW, WIDE = set("iIjl.,'’ \u202f\u00a0:;!|ft()"), set("mMwW%▼▲●◇■□≈")


@dataclass(frozen=True)
class Box:
    text: str
    left: float
    right: float
    bottom: float
    top: float

    def meets(self, other: Box) -> bool:
        return self.left < other.right - 1 and other.left < self.right - 1 and self.bottom < other.top - 1 and other.bottom < self.top - 1


def width(text: str, size: float, weight: int) -> float:
    em = sum(0.36 if letter in NARROW else 0.9 if letter in WIDE else 0.6 for letter in text)
    return em * size * (1.04 if weight >= 600 else 1)


def _pixels(value: float, ref: str, figure: go.Figure, length: float) -> float:
    if ref == "paper":
        return value * length
    axis = figure.layout[f"{ref[0]}axis{ref[1:]}"]
    start, end = axis.domain or (0, 1)
    low, high = axis.range
    return (start + (end - start) * (value - low) / (high - low)) * length


def boxes(figure: go.Figure) -> list[Box]:
    """Box of every annotation; the origin is the bottom left corner of the drawing area."""
    height = figure.layout.height - figure.layout.margin.t - figure.layout.margin.b
    found = []
    for note in figure.layout.annotations:
        wide, tall = width(note.text, note.font.size, note.font.weight), note.font.size * 1.15
        x = _pixels(note.x, note.xref or "x", figure, DRAWN) + (note.xshift or 0)
        y = _pixels(note.y, note.yref or "y", figure, height) + (note.yshift or 0)
        left = x - {"left": 0, "center": wide / 2, "right": wide}[note.xanchor]
        bottom = y - {"bottom": 0, "middle": tall / 2, "top": tall}[note.yanchor]
        found.append(Box(note.text, left, left + wide, bottom, bottom + tall))
    return found


def overlaps(figure: go.Figure) -> list[tuple[str, str]]:
    """Pairs of texts that cover each other."""
    return [(one.text, other.text) for one, other in combinations(boxes(figure), 2) if one.meets(other)]


def outside(figure: go.Figure) -> list[str]:
    """Texts cut by the edge of the figure."""
    margin = figure.layout.margin
    top = figure.layout.height - margin.b
    return [b.text for b in boxes(figure) if b.left < -MARGIN or b.right > DRAWN + MARGIN or b.bottom < -margin.b or b.top > top]
