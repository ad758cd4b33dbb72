"""The QPVs of a city by their outlines, a figure on each: filled polygons, no tile, no request. Which figure is decided elsewhere.

Names and figures stand beside the outlines, from north to south, each joined to its own by a line: nothing is told by hovering alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import cos, radians, sqrt

import plotly.graph_objects as go

from dashboard import theme
from dashboard.charts.drawing import NOTE, Drawing, Ink, blank, write

Polygons = Sequence[Sequence[Sequence[tuple[float, float]]]]
"""The polygons of an outline, each an outer ring and its holes, of (longitude, latitude)."""
LOWEST, HIGHEST, TOP, BOTTOM = 240, 430, 16, 40
SHADES = ("#E4F0F6", "#BFDCEA", "#8DC0D8", "#1F7BA3", "#00527A")
"""From the least to the most: five equal steps from nothing to the largest figure."""
ROW = 54
"""Pixels between two names."""
NAMES = 330
"""Pixels kept for the names and their figures."""
DISC = 46
"""Pixels across of the largest disc."""
ABSENT = {"shape": "/", "fgcolor": theme.LINK, "bgcolor": theme.WHITE, "size": 8, "solidity": 0.25}
NAME, FIGURE = Ink(theme.LABEL_SIZE, weight=600), Ink(theme.VALUE_SIZE)


@dataclass(frozen=True)
class Spot:
    """A QPV on the map: its outline, its name, its figure as written, and the figure itself; None where there is none."""

    outline: Polygons
    name: str
    text: str
    value: float | None


def outline_map(spots: Sequence[Spot], *, rate: bool, scale: str = "") -> go.Figure:
    """The map; at least one outline. ``rate``: shades from nothing to the largest figure, otherwise discs by their area.

    ``scale``: the largest figure as it is written, for the legend of the shades.
    """
    frame = _Frame.around(spots)
    drawing = blank(frame.height, top=TOP, bottom=BOTTOM)
    frame.lay_out(drawing)
    largest = max([spot.value for spot in spots if spot.value is not None], default=0.0)
    for spot in spots:
        _fill(drawing, spot, _shade(spot.value, largest) if rate else SHADES[0])
    if not rate and largest > 0:
        _discs(drawing, spots, largest)
    for spot, y in frame.rows(spots):
        _join(drawing, frame, spot, y)
    if rate and largest > 0:
        _legend(drawing, scale)
    return drawing.figure()


@dataclass(frozen=True)
class _Frame:
    """The window of the drawing in degrees, and how many degrees of latitude a pixel is."""

    west: float
    east: float
    south: float
    north: float
    pixel: float
    names: float

    @classmethod
    def around(cls, spots: Sequence[Spot]) -> _Frame:
        points = [point for spot in spots for polygon in spot.outline for ring in polygon for point in ring]
        west, east = min(x for x, _ in points), max(x for x, _ in points)
        south, north = min(y for _, y in points), max(y for _, y in points)
        ratio = cos(radians((south + north) / 2))
        room = (theme.PAGE_WIDTH - NAMES - 48, HIGHEST - TOP - BOTTOM - 32)
        pixel = max((east - west) * ratio / room[0], (north - south) / room[1])
        return cls(west, east, south, north, pixel, east + 48 * pixel / ratio)

    @property
    def height(self) -> int:
        """Pixels that the drawing takes."""
        return round(min(max((self.north - self.south) / self.pixel + TOP + BOTTOM + 32, LOWEST), HIGHEST))

    @property
    def ratio(self) -> float:
        """How much longer a degree of latitude is than one of longitude here."""
        return 1 / cos(radians((self.south + self.north) / 2))

    def lay_out(self, drawing: Drawing) -> None:
        """Axes without a mark, as long as each other on the ground."""
        hidden = {"visible": False, "showgrid": False, "fixedrange": True}
        pad = 10 * self.pixel
        drawing.layout.update(
            xaxis={**hidden, "range": [self.west - pad * self.ratio, self.names + NAMES * self.pixel * self.ratio]},
            yaxis={**hidden, "range": [self.south - pad, self.north + pad], "scaleanchor": "x", "scaleratio": self.ratio},
        )

    def rows(self, spots: Sequence[Spot]) -> list[tuple[Spot, float]]:
        """Each QPV and the latitude of its name, from north to south, never nearer than a row."""
        ordered = sorted(spots, key=lambda spot: -_middle(spot)[1])
        step, placed = ROW * self.pixel, list[float]()
        for spot in ordered:
            placed.append(min([_middle(spot)[1], *(y - step for y in placed[-1:])]))
        low = min(placed)
        lift = max(0.0, self.south + step / 2 - low)
        return [(spot, y + lift) for spot, y in zip(ordered, placed, strict=True)]


def _middle(spot: Spot) -> tuple[float, float]:
    """A point inside the largest part of an outline: at half its height, where it is widest there and not in a hole.

    The middle of its box may be outside: a QPV often is two estates joined by a street.
    """
    polygon = max(spot.outline, key=lambda rings: _span(rings[0], 0) * _span(rings[0], 1))
    y = (min(y for _, y in polygon[0]) + max(y for _, y in polygon[0])) / 2
    crossed = sorted(a + (y - b) * (c - a) / (d - b) for ring in polygon for (a, b), (c, d) in pairwise(ring) if min(b, d) <= y < max(b, d))
    west, east = max(zip(crossed[::2], crossed[1::2], strict=True), key=lambda pair: pair[1] - pair[0])
    return (west + east) / 2, y


def _span(points: Sequence[tuple[float, float]], axis: int) -> float:
    told = [point[axis] for point in points]
    return max(told) - min(told)


def _shade(value: float | None, largest: float) -> str | None:
    if value is None or largest <= 0:
        return None if value is None else SHADES[0]
    return SHADES[min(int(len(SHADES) * max(value, 0.0) / largest), len(SHADES) - 1)]


def _fill(drawing: Drawing, spot: Spot, colour: str | None) -> None:
    across: list[float | None] = []
    up: list[float | None] = []
    for polygon in spot.outline:
        for ring in polygon:
            across += [*(x for x, _ in ring), None]
            up += [*(y for _, y in ring), None]
    filled: Mapping[str, object] = {"fillcolor": colour} if colour and spot.value is not None else {"fillpattern": ABSENT}
    border = {"color": theme.INK, "width": 1.5}
    shape = {"mode": "lines", "fill": "toself", "line": border, "hoverinfo": "skip", "connectgaps": False}
    drawing.trace(go.Scatter(x=across, y=up, name=spot.name, **shape, **filled))


def _discs(drawing: Drawing, spots: Sequence[Spot], largest: float) -> None:
    """A disc on each, its area as its number."""
    told = [(_middle(spot), spot.value) for spot in spots if spot.value]
    sizes = [DISC * sqrt(value / largest) for _, value in told]
    marker = {"size": sizes, "color": theme.QPV, "opacity": 0.85, "line": {"color": theme.WHITE, "width": 1.5}}
    places = {"x": [middle[0] for middle, _ in told], "y": [middle[1] for middle, _ in told]}
    drawing.trace(go.Scatter(**places, mode="markers", marker=marker, hoverinfo="skip"))


def _join(drawing: Drawing, frame: _Frame, spot: Spot, y: float) -> None:
    """The name and the figure at their row, and the line that leads there."""
    x, centre = _middle(spot)
    line = {"color": theme.INK_2, "width": 1}
    bend = frame.names - 30 * frame.pixel * frame.ratio
    drawing.trace(go.Scatter(x=[x, bend, frame.names], y=[centre, y, y], mode="lines", line=line, hoverinfo="skip"))
    dot = {"size": 5, "color": theme.INK_2}
    drawing.trace(go.Scatter(x=[x], y=[centre], mode="markers", marker=dot, hoverinfo="skip"))
    write(drawing, spot.name, frame.names, y, NAME, xref="x", yref="y", xshift=8, yshift=11)
    write(drawing, spot.text, frame.names, y, FIGURE, xref="x", yref="y", xshift=8, yshift=-11)


def _legend(drawing: Drawing, scale: str) -> None:
    """The five shades under the map, from nothing to the largest figure."""
    for place, colour in enumerate(SHADES):
        left = 0.035 + place * 0.03
        border = {"color": theme.INK_2, "width": 1}
        box = {"xref": "paper", "x0": left, "x1": left + 0.03, "yref": "paper", "y0": -0.075, "y1": -0.04}
        drawing.shape(type="rect", **box, fillcolor=colour, line=border)
    write(drawing, "0", 0.028, -0.0575, NOTE, yref="paper", xanchor="right")
    write(drawing, scale, 0.035 + 5 * 0.03 + 0.007, -0.0575, NOTE, yref="paper")
