"""What every chart is drawn with: texts, bars, rules, readable ticks. Positions across are pixels of a 1366 pixel page."""

from __future__ import annotations

from dataclasses import dataclass
from math import floor, log10

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


def write(figure: go.Figure, text: str, x: float, y: float, ink: Ink, **place: object) -> None:
    """Write a text on a figure, its left end at ``x`` and its middle at ``y`` unless ``place`` (annotation attributes) says otherwise."""
    figure.add_annotation(
        **{
            "text": text,
            "x": x,
            "y": y,
            "xref": "paper",
            "xanchor": "left",
            "yanchor": "middle",
            "align": "left",
            "showarrow": False,
            **place,
        },
        font={"size": ink.size, "color": ink.colour, "weight": ink.weight},
    )


def head(figure: go.Figure, text: str, pixels: float, ink: Ink = HEAD, line: int = 1) -> None:
    """Write a column's heading above the drawing; ``line`` 1 is just above it, 2 one line higher."""
    write(figure, text, across(pixels), 1, ink, yref="paper", yanchor="bottom", yshift=6 + 19 * (line - 1))


def blank(height: int, *, top: int = 50, bottom: int = 40) -> go.Figure:
    """An empty figure with the template and the margins; ``height`` may not exceed what one screen shows."""
    if height > theme.MAX_HEIGHT:
        raise ValueError(f"A chart of {height} pixels does not fit on the committee's screen.")
    figure = go.Figure()
    figure.update_layout(template=theme.template(), height=height, margin={"l": MARGIN, "r": MARGIN, "t": top, "b": bottom})
    return figure


def band(figure: go.Figure, y: float, half: float = 0.5) -> None:
    """A light band behind a row, across the whole chart."""
    figure.add_shape(type="rect", xref="paper", x0=0, x1=1, y0=y - half, y1=y + half, fillcolor=theme.BAND, line_width=0, layer="below")


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
