"""An indicator over time: a line for each zone with its 95 % interval as a band, or a bar for each period; breaks, revisions, provisional.

Nothing is told by hovering alone: the sentences and the table beside the chart say it all.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import plotly.graph_objects as go

from dashboard import theme
from dashboard.charts.drawing import NOTE, Drawing, Ink, across, blank, steps, tick_text, write
from indicators import typography as t
from indicators.period import Period
from indicators.sentences_rows import Figure

HEIGHT, TOP, BOTTOM = 340, 54, 40
LEFT, RIGHT = 52, 300
"""Pixels: room for the scale, and for the names of the lines at their ends."""
APART = 0.09
"""Two ends nearer than this share of the scale are written apart."""
REST_RANGE = "rgba(122,131,147,0.16)"


@dataclass(frozen=True)
class Line:
    """The levels of a zone, one for each period; ``revised``: the positions of those that were told otherwise before."""

    name: str
    levels: Sequence[Figure]
    ours: bool = True
    revised: frozenset[int] = frozenset()


@dataclass(frozen=True)
class History:
    """What is drawn.

    Attributes:
        bars: one bar for each period rather than a line (counts, yearly sums). ``write_value``: a level as it is written.
        breaks: what begins a new series, by the position of its first period. provisional: positions of figures still to be confirmed.
        reference: a level with its name, drawn across (parity: 1).
    """

    periods: Sequence[Period]
    lines: Sequence[Line]
    write_value: Callable[[Figure], str]
    bars: bool = False
    breaks: Mapping[int, str] = field(default_factory=dict)
    provisional: frozenset[int] = frozenset()
    reference: tuple[float, str] | None = None


def history_chart(told: History) -> go.Figure:
    """The chart; some level must be known."""
    drawing = blank(HEIGHT, top=TOP, bottom=BOTTOM)
    low, high = _axes(drawing, told)
    for position, words in told.breaks.items():
        rule = {"color": theme.INK_2, "width": 1.5, "dash": "dash"}
        drawing.shape(type="line", x0=position - 0.5, x1=position - 0.5, yref="paper", y0=0, y1=1.02, line=rule)
        write(drawing, f"┆ {words}", position - 0.5, 1, NOTE, xref="x", yref="paper", yanchor="bottom", yshift=22)
    if told.provisional:
        first = min(told.provisional)
        band = {"fillcolor": theme.BAND, "line_width": 0, "layer": "below"}
        drawing.shape(type="rect", x0=first - 0.5, x1=max(told.provisional) + 0.5, yref="paper", y0=0, y1=1, **band)
        write(drawing, "provisoire", first - 0.45, 1, NOTE, xref="x", yref="paper", yanchor="bottom", yshift=4)
    if told.reference:
        level, name = told.reference
        drawing.shape(type="line", xref="paper", x0=across(LEFT), x1=_end(), y0=level, y1=level, line={"color": theme.INK_2, "width": 1})
        write(drawing, name, _end(), level, NOTE, yref="y", xshift=10)
    for line in told.lines:
        _bars(drawing, told, line) if told.bars else _line(drawing, told, line)
    if not told.bars:
        _names(drawing, told, high - low)
    return drawing.figure()


def _end() -> float:
    return across(theme.PAGE_WIDTH - 24 - RIGHT)


def _axes(drawing: Drawing, told: History) -> tuple[float, float]:
    known = [level for line in told.lines for level in line.levels if level.known]
    tops = [level.high if t.is_known(level.high) else level.value for level in known]
    bottoms = [level.low if t.is_known(level.low) else level.value for level in known]
    extra = [told.reference[0]] if told.reference else []
    low, high = min([0.0, *bottoms, *extra]), 1.08 * max([*tops, *extra, 0.0]) or 1.0
    ticks = steps(low, high, 4)
    wide = len(told.periods) > 12
    drawing.layout.update(
        xaxis={
            "domain": [across(LEFT), 1.0 if told.bars else _end()],
            "range": [-0.5, len(told.periods) - 0.5],
            "tickvals": list(range(0, len(told.periods), 2 if wide else 1)),
            "ticktext": [t.period_label(period) for period in told.periods][:: 2 if wide else 1],
            "showgrid": False,
            "showline": True,
            "linecolor": theme.INK_2,
        },
        yaxis={"range": [low, high], "tickvals": ticks, "ticktext": tick_text(ticks), "showgrid": True},
        bargap=0.35,
    )
    return low, high


def _stretches(told: History, line: Line) -> list[list[int]]:
    """Runs of positions whose levels are known, never across a break."""
    runs: list[list[int]] = []
    for first, last in pairwise([0, *sorted(told.breaks), len(line.levels)]):
        runs.append([])
        for position in range(first, last):
            if line.levels[position].known:
                runs[-1].append(position)
            elif runs[-1]:
                runs.append([])
    return [run for run in runs if run]


def _line(drawing: Drawing, told: History, line: Line) -> None:
    colour, shade = (theme.QPV, theme.RANGE) if line.ours else (theme.REST, REST_RANGE)
    for run in _stretches(told, line):
        levels = [line.levels[position] for position in run]
        if all(t.is_known(level.low) and t.is_known(level.high) for level in levels):
            _band(drawing, run, levels, shade)
        stroke = {"color": colour, "width": 3 if line.ours else 2, "dash": "solid" if line.ours else "dot"}
        symbols = ["circle" if line.ours else "diamond"] * len(run)
        fills = [theme.WHITE if position in line.revised or not line.ours else colour for position in run]
        sizes = [12 if position in line.revised else 7 for position in run]
        marker = {"symbol": symbols, "size": sizes, "opacity": 1, "color": fills, "line": {"width": 2, "color": colour}}
        drawing.trace(
            go.Scatter(
                x=run,
                y=[level.value for level in levels],
                mode="lines+markers",
                line=stroke,
                marker=marker,
                hovertemplate=_hover(told, line, run),
            )
        )


def _band(drawing: Drawing, run: Sequence[int], levels: Sequence[Figure], shade: str) -> None:
    """The interval, as wide as a mark where a figure stands alone."""
    places = list(run) if len(run) > 1 else [run[0] - 0.08, run[0] + 0.08]
    sides = list(levels) if len(run) > 1 else [levels[0]] * 2
    around = [level.high for level in sides] + [level.low for level in reversed(sides)]
    drawing.trace(
        go.Scatter(x=places + places[::-1], y=around, mode="lines", fill="toself", fillcolor=shade, line={"width": 0}, hoverinfo="skip")
    )


def _bars(drawing: Drawing, told: History, line: Line) -> None:
    known = [position for position, level in enumerate(line.levels) if level.known]
    levels = [line.levels[position] for position in known]
    limits = all(t.is_known(level.low) and t.is_known(level.high) for level in levels)
    fills = [theme.WHITE if position in line.revised else theme.QPV for position in known]
    spread = {
        "type": "data",
        "array": [level.high - level.value for level in levels],
        "arrayminus": [level.value - level.low for level in levels],
        "color": theme.INK_2,
    }
    drawing.trace(
        go.Bar(
            x=known,
            y=[level.value for level in levels],
            marker={"color": fills, "opacity": 1, "line": {"color": theme.QPV, "width": 2}},
            error_y=spread if limits and levels else None,
            hovertemplate=_hover(told, line, known),
        )
    )
    for position, level in zip(known, levels, strict=True):
        top = level.high if limits else level.value
        place = {"xref": "x", "yref": "y", "xanchor": "center", "yanchor": "bottom", "yshift": 3}
        write(drawing, told.write_value(level), position, max(top, 0.0), Ink(14, theme.INK, 600), **place)


def _hover(told: History, line: Line, positions: Sequence[int]) -> list[str]:
    return [
        f"{line.name}, {t.period_label(told.periods[position])}{t.NBSP}: {told.write_value(line.levels[position])}<extra></extra>"
        for position in positions
    ]


def _names(drawing: Drawing, told: History, span: float) -> None:
    """The name of each line and its last level, at its end, kept apart when they are close."""
    ends = [(line, level) for line in told.lines if (level := next((one for one in reversed(line.levels) if one.known), None))]
    ends.sort(key=lambda end: end[1].value)
    for place, (line, level) in enumerate(ends):
        near = len(ends) > 1 and abs(ends[0][1].value - ends[-1][1].value) < APART * span
        shift = 0 if not near else 10 if place else -10
        ink = Ink(15, theme.QPV, 700) if line.ours else Ink(15, theme.INK_2)
        sign = "●" if line.ours else "◇"
        write(drawing, f"{sign} {line.name}, {told.write_value(level)}", _end(), level.value, ink, yref="y", xshift=12, yshift=shift)
