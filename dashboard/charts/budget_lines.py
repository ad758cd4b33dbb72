"""The lines of the grant, each against its own amount and the linear pace: the right half of the budget chart."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from dashboard import theme
from dashboard.charts.drawing import HEAD, NOTE, Drawing, Ink, across, head, write
from indicators import typography as t
from indicators.sentences_budget import ON_PACE, pace
from indicators.sentences_rows import BudgetRow

LINES_AT = 770
BARS = (1010, 1270)
HALF_BAR = 0.16


def draw_lines(drawing: Drawing, lines: Sequence[BudgetRow], *, over: bool, judged: bool) -> None:
    """Draw the lines from top to bottom on the second axes; the linear pace is named unless the exercise is ``over``.

    ``judged``: whether the linear pace is what spending is judged against; with a plan for the whole grant it is told, without a verdict.
    """
    head(drawing, f"Par ligne, en{t.NBSP}% de son montant", LINES_AT, line=2)
    head(drawing, "■ dépensé", LINES_AT, Ink(14, theme.QPV, 600))
    head(drawing, "□ engagé, non payé (hachures)", LINES_AT + 88, Ink(14, theme.QPV))
    if not lines:
        return
    elapsed = 100 * lines[0].elapsed_share
    if not over:
        side = {"xanchor": "left", "xshift": -2} if elapsed < 50 else {"xanchor": "right", "xshift": 2}
        text = f"linéaire{t.NBSP}: {t.percent(elapsed)}"
        write(drawing, text, elapsed, 1, HEAD, xref="x2", yref="paper", yanchor="bottom", yshift=25, **side)
    for position, line in enumerate(lines):
        y = len(lines) - 1 - position
        _bars(drawing, line, y)
        _words(drawing, line, y, over=over, judged=judged)
        if not over:
            mark = {"x0": elapsed, "x1": elapsed, "y0": y - 0.34, "y1": y + 0.34, "line": {"color": theme.INK, "width": 3}}
            drawing.shape(type="line", xref="x2", yref="y2", **mark)


def widest(lines: Sequence[BudgetRow]) -> float:
    """The end of the horizontal axis, in per cent: 100, up to half as much again where a line is overspent."""
    used = [100 * float(line.committed / line.granted) for line in lines if line.granted]
    return min(max([100.0, *used]), 150.0)


def _bars(drawing: Drawing, line: BudgetRow, y: float) -> None:
    """The line's amount, what is paid of it, what is committed beyond."""
    granted = float(line.granted) or 1.0
    paid, committed = 100 * float(line.paid) / granted, 100 * float(line.committed) / granted
    track = {"x0": 0, "x1": 100, "y0": y - 1.6 * HALF_BAR, "y1": y + 1.6 * HALF_BAR, "fillcolor": theme.TRACK, "line_width": 0}
    drawing.shape(type="rect", xref="x2", yref="y2", layer="below", **track)
    axes = {"xaxis": "x2", "yaxis": "y2", "orientation": "h", "width": 2 * HALF_BAR, "hoverinfo": "skip"}
    drawing.trace(go.Bar(x=[paid], y=[y], marker={"color": theme.QPV, "line": {"width": 0}}, **axes))
    if committed > paid:
        hatches = {"shape": "/", "fgcolor": theme.QPV, "size": 6, "solidity": 0.3}
        hatched = {"color": theme.WHITE, "line": {"color": theme.QPV, "width": 1.5}, "pattern": hatches}
        drawing.trace(go.Bar(x=[committed - paid], base=[paid], y=[y], marker=hatched, **axes))


def _words(drawing: Drawing, line: BudgetRow, y: float, *, over: bool, judged: bool) -> None:
    """The line's name, its amounts, and its pace; once the exercise is over, the share that was paid."""
    write(drawing, line.label, across(LINES_AT), y, Ink(15, theme.INK, 600), yref="y2", yshift=11)
    amounts = f"{t.number(line.paid / 1000, 1)} sur {t.kilo_euros(line.granted)}"
    write(drawing, amounts, across(LINES_AT), y, NOTE, yref="y2", yshift=-10)
    text, colour = _verdict(line, judged=judged)
    if over:
        text, colour = f"{t.percent(100 * line.used_share)} dépensés", theme.QPV
    write(drawing, text, across(LINES_AT), y, Ink(theme.NOTE_SIZE, colour, 600), yref="y2", yshift=-28)


def _verdict(line: BudgetRow, *, judged: bool) -> tuple[str, str]:
    """Its pace and a colour; a sign only where the linear pace judges."""
    if not judged:
        return pace(line), theme.INK_2
    on_pace = abs(line.advance_points) <= ON_PACE
    sign = "●" if on_pace else "▲" if line.advance_points > 0 else "▼"
    return f"{sign} {pace(line)}", theme.FAVOURABLE if on_pace else theme.UNFAVOURABLE
