"""What becomes of residents: the steps of the follow-up since 1 January, then the exits over twelve months, dynamic ones apart.

The steps are counts of the same months, not one cohort followed: no bar is drawn as a loss of the one above it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from dashboard import theme
from dashboard.charts.drawing import LABEL, NOTE, Drawing, Ink, across, blank, head, write
from dashboard.components.released import MARK
from indicators import typography as t
from indicators.sentences import capital
from indicators.sentences_rows import Figure
from indicators.status import Status

STEPS = (215, 540)
EXIT_LABELS_END = 1035
EXIT_BARS = (1045, 1235)
RULE_AT = 685
HALF_BAR = 0.3
HEIGHT = 420
LEAST_ROWS = 4
ROOM_FOR_NOTE = 1.2
"""How much wider the scale of the exits is when a text follows one of them."""


@dataclass(frozen=True)
class Step:
    """A step of the follow-up; ``note`` is written after the bar; ``apart`` for those still under way, who are not a step passed."""

    label: str
    figure: Figure
    note: str = ""
    apart: bool = False


@dataclass(frozen=True)
class ExitBar:
    """A kind of exit and its count; ``family`` heads the first of its group; ``dynamic`` for those the rate counts; ``note`` after it.

    ``code``: the indicator that tells it; empty for the exits themselves.
    """

    family: str
    label: str
    figure: Figure
    dynamic: bool
    note: str = ""
    code: str = ""


def parcours_chart(steps: Sequence[Step], exits: Sequence[ExitBar], since: str, over: str = "", remarks: Sequence[str] = ()) -> go.Figure:
    """The steps from the first to the last, and the exits in the order given.

    ``since`` and ``over`` are the spans of the steps and of the exits, written above them; ``remarks`` are lines written under the exits.
    """
    drawing = blank(HEIGHT, top=52, bottom=16)
    _axes(drawing, steps, exits)
    head(drawing, "Personnes à chaque étape", STEPS[0], line=2)
    head(drawing, since, STEPS[0], Ink(14, theme.INK_2))
    rows = _rows(steps, exits)
    for position, step in enumerate(steps):
        _step(drawing, step, rows[0] - 1 - position)
    drawing.shape(
        type="line",
        xref="paper",
        yref="paper",
        x0=across(RULE_AT),
        x1=across(RULE_AT),
        y0=0,
        y1=1.1,
        line={"color": theme.RULE, "width": 1.5},
    )
    head(drawing, f"Situation à la sortie, {over}" if over else "Situation à la sortie", RULE_AT + 28, line=2)
    if exits:
        head(drawing, "■ sortie dynamique", RULE_AT + 28, Ink(14, theme.QPV, 600))
        head(drawing, "■", RULE_AT + 178, Ink(14, theme.REST))
        head(drawing, "autre sortie", RULE_AT + 194, Ink(14, theme.INK_2))
    for position, bar in enumerate(exits):
        _exit(drawing, bar, rows[1] - 1 - position, first=position == 0 or exits[position - 1].family != bar.family)
    for position, remark in enumerate(remarks, len(exits)):
        write(drawing, remark, across(RULE_AT + 28), rows[1] - 1 - position, Ink(15, theme.INK_2), yref="y2")
    return drawing.figure()


def _rows(steps: Sequence[Step], exits: Sequence[ExitBar]) -> tuple[int, int]:
    """How many rows each side is laid out in: few bars stay at the top, as thick as those of the other side."""
    left = max(len(steps), LEAST_ROWS)
    return left, max(len(exits), left)


def _axes(drawing: Drawing, steps: Sequence[Step], exits: Sequence[ExitBar]) -> None:
    hidden = {"showgrid": False, "showticklabels": False, "fixedrange": True, "zeroline": False}
    most = max([step.figure.value for step in steps if step.figure.known], default=1.0)
    rows = _rows(steps, exits)
    room = ROOM_FOR_NOTE if any(bar.note for bar in exits) else 1.0
    widest = max([bar.figure.value for bar in exits if bar.figure.known], default=1.0)
    drawing.layout.update(
        barmode="overlay",
        xaxis={**hidden, "domain": [across(x) for x in STEPS], "range": [0, max(most, 1.0)]},
        yaxis={**hidden, "range": [-0.5, rows[0] - 0.5]},
        xaxis2={**hidden, "domain": [across(x) for x in EXIT_BARS], "range": [0, room * max(widest, 1.0)], "anchor": "y2"},
        yaxis2={**hidden, "range": [-0.5, rows[1] - 0.5], "anchor": "x2"},
    )


def _absent(drawing: Drawing, found: Figure, y: float, **place: object) -> None:
    write(drawing, MARK if found.status is Status.SECRET else capital(t.absent(found.status)), 0, y, Ink(15, theme.INK_2), **place)


def _step(drawing: Drawing, step: Step, y: float) -> None:
    write(drawing, step.label, across(10), y, LABEL, yref="y")
    if not step.figure.known:
        _absent(drawing, step.figure, y, xref="x", yref="y")
        return
    value = step.figure.value
    marker: dict[str, object] = {"color": theme.QPV, "line": {"width": 0}}
    if step.apart:
        marker = {
            "color": theme.WHITE,
            "line": {"color": theme.QPV, "width": 1.5},
            "pattern": {"shape": "/", "fgcolor": theme.QPV, "size": 7, "solidity": 0.2},
        }
    drawing.trace(go.Bar(x=[value], y=[y], orientation="h", width=2 * HALF_BAR, marker=marker, hoverinfo="skip"))
    write(drawing, t.number(value), value, y, Ink(20, theme.QPV, 700), xref="x", yref="y", xshift=10, yshift=8 if step.note else 0)
    if step.note:
        write(drawing, step.note, value, y, NOTE, xref="x", yref="y", xshift=10, yshift=-13)


def _exit(drawing: Drawing, bar: ExitBar, y: float, *, first: bool) -> None:
    if first:
        write(drawing, bar.family, across(RULE_AT + 28), y, Ink(14, theme.INK, 600), yref="y2")
    write(drawing, bar.label, across(EXIT_LABELS_END), y, Ink(14, theme.INK), yref="y2", xanchor="right", align="right")
    if not bar.figure.known:
        _absent(drawing, bar.figure, y, xref="x2", yref="y2")
        return
    colour = theme.QPV if bar.dynamic else theme.REST
    drawing.trace(
        go.Bar(
            x=[bar.figure.value],
            y=[y],
            orientation="h",
            width=2 * HALF_BAR,
            marker={"color": colour, "line": {"width": 0}},
            xaxis="x2",
            yaxis="y2",
            hoverinfo="skip",
        )
    )
    place = {"xref": "x2", "yref": "y2", "xshift": 8}
    write(drawing, t.number(bar.figure.value), bar.figure.value, y, Ink(16, theme.INK, 700), **place, yshift=8 if bar.note else 0)
    if bar.note:
        write(drawing, bar.note, bar.figure.value, y, NOTE, **place, yshift=-11)
