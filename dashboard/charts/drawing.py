"""What every chart is drawn with: texts, bars, rules, readable ticks. Positions across are pixels of a 1366 pixel page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import floor, log10
from typing import Any

import plotly.graph_objects as go

from dashboard import theme
from indicators import typography as t

MARGIN = 12
"""Pixels left and right of the drawing."""
DRAWN = theme.PAGE_WIDTH - 2 * MARGIN


def across(pixels: float) -> float:
    """A position from the drawing's left edge as a share of its width: columns widen with the screen."""
    return pixels / DRAWN


@dataclass(frozen=True)
class Ink:
    """How a run of text is written."""

    size: int = theme.VALUE_SIZE
    colour: str = theme.INK
    weight: int = 400


LABEL = Ink(theme.LABEL_SIZE)
HEAD = Ink(14, theme.INK_2, 600)
NOTE = Ink(theme.NOTE_SIZE, theme.INK_2)


@dataclass(frozen=True)
class Drawing:
    """A chart being made: its parts are gathered and handed to plotly at once, since each one added apart has all the others checked again.

    ``layout`` holds attributes by name, each given whole.
    """

    layout: dict[str, Any]
    _traces: list[go.Scatter | go.Bar] = field(default_factory=list)
    _notes: list[Mapping[str, Any]] = field(default_factory=list)
    _shapes: list[Mapping[str, Any]] = field(default_factory=list)

    def note(self, attributes: Mapping[str, Any]) -> None:
        """Add an annotation."""
        self._notes.append(attributes)

    def shape(self, **attributes: Any) -> None:
        """Add a shape."""
        self._shapes.append(attributes)

    def trace(self, trace: go.Scatter | go.Bar) -> None:
        """Add a series of marks, a line or bars."""
        self._traces.append(trace)

    def figure(self) -> go.Figure:
        """The chart; ``ValueError`` when plotly refuses a part of it."""
        parts = {"annotations": self._notes, "shapes": self._shapes}
        return go.Figure(self._traces, {**self.layout, **{name: found for name, found in parts.items() if found}})


def write(drawing: Drawing, text: str, x: float, y: float, ink: Ink, **place: object) -> None:
    """Write a text on a drawing, its left end at ``x`` and its middle at ``y`` unless ``place`` (annotation attributes) says otherwise."""
    drawing.note(
        {
            "text": text,
            "x": x,
            "y": y,
            "xref": "paper",
            "xanchor": "left",
            "yanchor": "middle",
            "align": "left",
            "showarrow": False,
            **place,
            "font": {"size": ink.size, "color": ink.colour, "weight": ink.weight},
        }
    )


def head(drawing: Drawing, text: str, pixels: float, ink: Ink = HEAD, line: int = 1) -> None:
    """Write a column's heading above the drawing; ``line`` 1 is just above it, 2 one line higher."""
    write(drawing, text, across(pixels), 1, ink, yref="paper", yanchor="bottom", yshift=6 + 19 * (line - 1))


def blank(height: int, *, top: int = 50, bottom: int = 40) -> Drawing:
    """An empty drawing with the template and the margins; ``height`` may not exceed what one screen shows."""
    if height > theme.MAX_HEIGHT:
        raise ValueError(f"A chart of {height} pixels does not fit on the committee's screen.")
    return Drawing({"template": theme.template(), "height": height, "margin": {"l": MARGIN, "r": MARGIN, "t": top, "b": bottom}})


def band(drawing: Drawing, y: float, half: float = 0.5) -> None:
    """A light band behind a row, across the whole chart."""
    drawing.shape(type="rect", xref="paper", x0=0, x1=1, y0=y - half, y1=y + half, fillcolor=theme.BAND, line_width=0, layer="below")


def steps(low: float, high: float, wanted: int = 4) -> list[float]:
    """Round tick values (1, 2 or 5 times a power of ten) within limits, about ``wanted`` of them, zero among them if it is inside."""
    span = high - low
    if span <= 0:
        return [low]
    raw = span / wanted
    power = 10.0 ** floor(log10(raw))
    step = next(factor * power for factor in (1, 2, 5, 10) if factor * power >= raw * 0.999)
    first = int(-(-low // step))
    return [round(i * step, 10) for i in range(first, int(high // step) + 1)]


def tick_text(values: list[float]) -> list[str]:
    """Ticks as figures, with a decimal only if one of them needs it."""
    decimals = 0 if all(abs(value - round(value)) < 1e-9 for value in values) else 1
    return [t.number(value, decimals) for value in values]
