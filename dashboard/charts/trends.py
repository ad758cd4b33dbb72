"""Small multiples: the level of the QPVs and of the rest of the city quarter after quarter, one panel a scheme, the same scale along a row.

A quarter without a figure leaves a hole and its reason; a line never crosses a break of series.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import plotly.graph_objects as go

from dashboard import theme
from dashboard.charts.drawing import NOTE, Drawing, Ink, across, blank, steps, tick_text, write
from dashboard.components.released import MARK
from indicators import typography as t
from indicators.period import Period
from indicators.sentences_rows import Figure
from indicators.status import Status

COLUMNS, ROWS = 4, 2
PANELS = COLUMNS * ROWS
"""The most that one screen can hold: the others are in the table."""
HEIGHT = theme.MAX_HEIGHT
LEFT, GUTTER, TOP, BOTTOM, HEADER = 34, 62, 68, 46, 92
"""Pixels: room for the scale, between columns, above and below the panels, for the heading of the second row."""
WORD = 7.3
"""Pixels of a letter of the second line of a heading."""
NOT_COMPUTED = "—"
"""The sign of a change that is not computed: « ≈ » says that one is, and not established."""
HOLES = {Status.SECRET: MARK, Status.NON_TRANSMIS: "non transmis", Status.NON_APPLICABLE: "sans objet"}


@dataclass(frozen=True)
class Series:
    """One panel.

    Attributes:
        label: the scheme. gap: what its gap says now, « Écart défavorable », coloured by ``gap_tone`` (a key of ``theme.VERDICT_COLOUR``).
        change: the gap then and now, « −7,9 → −3,6 points ».
        verdict: « l'écart se réduit », coloured by ``tone``, empty for a change not computed; no text, no line.
        periods, qpv, rest: the quarters, and the two levels in each.
        breaks: positions of the quarters that begin after a break of series.
    """

    label: str
    gap: str
    gap_tone: str
    change: str
    verdict: str
    tone: str
    periods: Sequence[Period]
    qpv: Sequence[Figure]
    rest: Sequence[Figure]
    breaks: Sequence[int] = ()


@dataclass(frozen=True)
class _Place:
    """Where a panel stands: its axes' suffix, its corner in shares of the drawing, and the end of its scale."""

    axis: str
    left: float
    top: float
    scale: float


def trends_chart(series: Sequence[Series], qpv_name: str = "habitants des QPV") -> go.Figure:
    """The first ``PANELS`` series, in the order given."""
    shown = list(series)[:PANELS]
    drawing = blank(HEIGHT, top=TOP, bottom=BOTTOM)
    for number, item in enumerate(shown):
        row = number // COLUMNS * COLUMNS
        place = _axes(drawing, number, item.periods, _top(shown[row : row + COLUMNS]))
        _heading(drawing, item, place)
        for position in item.breaks:
            rule = {"color": theme.INK_2, "width": 1, "dash": "dash"}
            drawing.shape(type="line", x0=position - 0.5, x1=position - 0.5, y0=0, y1=1, line=rule, **_refs(place))
        _line(drawing, item, item.rest, place, ours=False)
        _line(drawing, item, item.qpv, place, ours=True)
        _holes(drawing, item, place)
        _ends(drawing, item, place)
    if shown:
        _names(drawing, qpv_name)
    return drawing.figure()


def _top(row: Sequence[Series]) -> float:
    """The end of the scale that the panels of a row share."""
    return 1.14 * max([0.5, *(side.value for item in row for side in (*item.qpv, *item.rest) if side.known)])


def _refs(place: _Place) -> dict[str, str]:
    return {"xref": f"x{place.axis}", "yref": f"y{place.axis} domain"}


def _axes(drawing: Drawing, number: int, periods: Sequence[Period], top: float) -> _Place:
    row, column = divmod(number, COLUMNS)
    inner = HEIGHT - TOP - BOTTOM
    width = (theme.PAGE_WIDTH - 24 - LEFT - GUTTER * COLUMNS) / COLUMNS
    tall = (inner - HEADER * (ROWS - 1)) / ROWS
    left = LEFT + column * (width + GUTTER)
    up = inner - row * (tall + HEADER)
    axis = "" if number == 0 else str(number + 1)
    ticks = steps(0, top, 3)
    marked = sorted({0, len(periods) - 1})
    drawing.layout.update(
        {
            f"xaxis{axis}": {
                "domain": [across(left), across(left + width)],
                "range": [-0.4, len(periods) - 0.6],
                "anchor": f"y{axis}",
                "tickvals": marked,
                "ticktext": [t.period_label(periods[position]) for position in marked],
                "showgrid": False,
                "showline": True,
                "linecolor": theme.INK_2,
            },
            f"yaxis{axis}": {
                "domain": [(up - tall) / inner, up / inner],
                "range": [0, top],
                "anchor": f"x{axis}",
                "tickvals": ticks,
                "ticktext": tick_text(ticks),
                "showgrid": True,
                "showticklabels": column == 0,
            },
        }
    )
    return _Place(axis, across(left), up / inner, top)


def _heading(drawing: Drawing, item: Series, place: _Place) -> None:
    above = {"yref": "paper", "yanchor": "bottom"}
    write(drawing, item.label, place.left, place.top, Ink(15, theme.INK, 700), yshift=44, **above)
    write(drawing, _marked(item.gap, item.gap_tone), place.left, place.top, _ink(item.gap_tone), yshift=25, **above)
    if item.change:
        write(drawing, item.change, place.left, place.top, NOTE, yshift=7, **above)
        words, shift = _marked(item.verdict, item.tone), WORD * len(item.change) + 4
        write(drawing, words, place.left, place.top, _ink(item.tone), yshift=7, xshift=shift, **above)


def _marked(words: str, tone: str) -> str:
    return f"{theme.VERDICT_SIGN.get(tone, NOT_COMPUTED)} {words}"


def _ink(tone: str) -> Ink:
    return Ink(theme.NOTE_SIZE, theme.VERDICT_COLOUR.get(tone, theme.INK_2), 600)


def _line(drawing: Drawing, item: Series, levels: Sequence[Figure], place: _Place, *, ours: bool) -> None:
    """A line per stretch without a break; plotly leaves the holes where a figure is missing."""
    colour, name = (theme.QPV, "QPV") if ours else (theme.REST, "Reste de la ville")
    edges = [0, *sorted(item.breaks), len(levels)]
    for first, last in pairwise(edges):
        stretch = range(first, last)
        known = [levels[position] for position in stretch]
        drawing.trace(
            go.Scatter(
                x=list(stretch),
                y=[level.value if level.known else None for level in known],
                xaxis=f"x{place.axis}",
                yaxis=f"y{place.axis}",
                mode="lines+markers",
                connectgaps=False,
                line={"color": colour, "width": 3 if ours else 2, "dash": "solid" if ours else "dot"},
                marker={"size": 4, "opacity": 1, "color": colour},
                hovertemplate=[_hover(name, item.periods[position], levels[position]) for position in stretch],
                meta={
                    "label": item.label,
                    "side": "qpv" if ours else "rest",
                    "periods": [t.period_label(item.periods[n]) for n in stretch],
                },
            )
        )


def _hover(name: str, period: Period, level: Figure) -> str:
    if not level.known:
        return "<extra></extra>"
    return f"{name}, {t.period_label(period)}{t.NBSP}: {t.out_of(level.numerator, level.denominator)}<extra></extra>"


def _holes(drawing: Drawing, item: Series, place: _Place) -> None:
    """A light band over the quarters without a figure of the QPVs, and why there is none."""
    for position, level in enumerate(item.qpv):
        if level.known:
            continue
        drawing.shape(
            type="rect", x0=position - 0.5, x1=position + 0.5, y0=0, y1=1, fillcolor=theme.BAND, line_width=0, layer="below", **_refs(place)
        )
        before = item.qpv[position - 1] if position else None
        if before is None or before.status is not level.status:
            at = {"xref": f"x{place.axis}", "yref": f"y{place.axis}", "yanchor": "top"}
            write(drawing, HOLES[level.status], position - 0.45, 0.97 * place.scale, Ink(12, theme.INK_2), **at)


def _ends(drawing: Drawing, item: Series, place: _Place) -> None:
    """The last level of each side, as a mark and a drawing, kept apart when they are close."""
    last = len(item.periods) - 1
    qpv, rest = item.qpv[last], item.rest[last]
    both = qpv.known and rest.known
    higher = both and qpv.value >= rest.value
    for side, ours in ((rest, False), (qpv, True)):
        if not side.known:
            continue
        marker = (
            {"symbol": "circle", "size": 10, "color": theme.QPV}
            if ours
            else {"symbol": "diamond", "size": 9, "color": theme.WHITE, "line": {"width": 2, "color": theme.REST}}
        )
        drawing.trace(
            go.Scatter(
                x=[last],
                y=[side.value],
                xaxis=f"x{place.axis}",
                yaxis=f"y{place.axis}",
                mode="markers",
                hoverinfo="skip",
                marker={"opacity": 1, **marker},
            )
        )
        shift = 0 if not both else 8 if ours == higher else -8
        text = t.rate(side.value, side.numerator, side.denominator, unit=False)
        ink = Ink(14, theme.QPV, 700) if ours else Ink(14, theme.INK_2)
        write(drawing, text, last, side.value, ink, xref=f"x{place.axis}", yref=f"y{place.axis}", xshift=10, yshift=shift)


def _names(drawing: Drawing, qpv_name: str) -> None:
    """What the two lines are, once, under the panels."""
    below = {"yref": "paper", "yanchor": "top", "yshift": -24}
    write(drawing, f"● {qpv_name}", across(LEFT), 0, Ink(14, theme.QPV, 700), **below)
    write(drawing, "◇ reste de la ville", across(LEFT + 28 + 8.2 * len(qpv_name)), 0, Ink(14, theme.INK_2), **below)
