"""Gaps between the QPVs and the rest of the city: the two levels, the gap with its interval, the verdict in words; one row a scheme.

A row that is hidden, not transmitted or not applicable keeps its place and says so in its own words, without any mark.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

import plotly.graph_objects as go

from dashboard import theme
from dashboard.charts.drawing import LABEL, NOTE, Drawing, Ink, across, band, blank, head, steps, tick_text, write
from dashboard.components.released import MARK
from indicators import typography as t
from indicators.indicator import Kind
from indicators.sentences import among, verdict
from indicators.sentences_rows import GapRow
from indicators.status import Status

LEVELS = (285, 680)
"""Pixels of the column of the two levels; the others follow."""
FOREST = (720, 890)
POINTS_AT = 915
WORDS_AT = 1030
ROW_HEIGHT = 50
TIGHTEST_ROW = 30
SMALL = Ink(12, theme.INK_2)
AROUND = 52 + 48
"""Pixels above and below the rows: headings, axes."""


def gaps_chart(rows: Sequence[GapRow], qpv_name: str = "habitants des QPV", over: str = "") -> go.Figure:
    """The gaps of one period and zone, in the order given, the first on top.

    ``qpv_name`` names the QPV side in the heading; ``over``: what the entries are counted over where it is not a quarter.
    """
    row_height = max(TIGHTEST_ROW, min(ROW_HEIGHT, (theme.MAX_HEIGHT - AROUND) // max(len(rows), 1)))
    drawing = blank(AROUND + row_height * max(len(rows), 1), top=52, bottom=48)
    _axes(drawing, rows)
    _heads(drawing, qpv_name, over)
    for position, row in enumerate(rows):
        y = len(rows) - 1 - position
        if position % 2 == 0:
            band(drawing, y)
        held_to = among(row.indicator).strip()
        write(drawing, row.indicator.short, across(10), y, LABEL, yref="y", yshift=7 if held_to else 0)
        if held_to:
            write(drawing, held_to, across(10), y, SMALL, yref="y", yshift=-9)
        if row.known:
            _levels(drawing, row, y)
            _forest(drawing, row, y)
        _words(drawing, row, y)
    return drawing.figure()


def _axes(drawing: Drawing, rows: Sequence[GapRow]) -> None:
    known = [row for row in rows if row.known]
    top = max(chain((1.0,), *((row.qpv.value, row.rest.value) for row in known)))
    low = min(chain((-1.0,), (row.low for row in known)))
    high = max(chain((1.0,), (row.high for row in known)))
    levels, differences = steps(0, top * 1.05), steps(low, high, 3)
    # room left of 0 for the figure of a mark near the axis
    drawing.layout.update(
        xaxis={
            "domain": [across(x) for x in LEVELS],
            "range": [-0.09 * top, 1.16 * top],
            "tickvals": levels,
            "ticktext": tick_text(levels),
        },
        xaxis2={
            "domain": [across(x) for x in FOREST],
            "range": [low - 0.08 * (high - low), high + 0.08 * (high - low)],
            "tickvals": differences,
            "ticktext": tick_text(differences),
            "anchor": "y",
            **{key: value for key, value in theme.template().layout.xaxis.to_plotly_json().items() if key != "zeroline"},
            "zeroline": True,
            "zerolinecolor": theme.INK_2,
            "zerolinewidth": 2,
        },
        yaxis={"range": [-0.5, max(len(rows), 1) - 0.5], "showticklabels": False},
    )


def _heads(drawing: Drawing, qpv_name: str, over: str) -> None:
    head(drawing, "Dispositif de droit commun", 10)
    start = LEVELS[0]
    head(drawing, f"Entrées {f'{over}, ' if over else ''}pour 100 demandeurs d'emploi", start, line=2)
    head(drawing, f"● {qpv_name}", start, Ink(14, theme.QPV, 700))
    head(drawing, "◇ reste de la ville", start + 28 + 8.2 * len(qpv_name), Ink(14, theme.INK_2))
    head(drawing, "Écart, en points", FOREST[0], line=2)
    head(drawing, f"avec intervalle à 95{t.NBSP}%", FOREST[0], Ink(14, theme.INK_2))
    head(drawing, "Lecture", POINTS_AT)
    for text, shift, anchor in (("◀ moins dans les QPV", -6, "right"), ("plus ▶", 6, "left")):
        write(drawing, text, 0, 0, NOTE, xref="x2", yref="paper", yanchor="top", yshift=-24, xshift=shift, xanchor=anchor)


def _levels(drawing: Drawing, row: GapRow, y: float) -> None:
    qpv, rest = row.qpv, row.rest
    drawing.shape(type="line", x0=qpv.value, x1=rest.value, y0=y, y1=y, line={"color": theme.LINK, "width": 5}, layer="below")
    for side, name, mark in (
        (rest, "Reste de la ville", {"symbol": "diamond", "size": 13, "color": theme.WHITE, "line": {"width": 2.5, "color": theme.REST}}),
        (qpv, "QPV", {"symbol": "circle", "size": 15, "color": theme.QPV}),
    ):
        hover = f"{row.indicator.short}<br>{name}{t.NBSP}: {t.out_of(side.numerator, side.denominator)}<extra></extra>"
        drawing.trace(go.Scatter(x=[side.value], y=[y], mode="markers", marker={"opacity": 1, **mark}, hovertemplate=hover))
    left_is_qpv = qpv.value <= rest.value
    for side, is_left, ink in ((qpv, left_is_qpv, Ink(15, theme.QPV, 700)), (rest, not left_is_qpv, Ink(15, theme.INK_2))):
        shift = -12 if is_left else 12
        text = t.rate(side.value, side.numerator, side.denominator, unit=row.indicator.kind is not Kind.RATE)
        write(drawing, text, side.value, y, ink, xref="x", xanchor="right" if is_left else "left", xshift=shift)


def _forest(drawing: Drawing, row: GapRow, y: float) -> None:
    colour = theme.VERDICT_COLOUR[row.verdict]
    hollow = row.verdict == "non_etabli"
    drawing.trace(
        go.Scatter(x=[row.low, row.high], y=[y, y], xaxis="x2", mode="lines", line={"color": colour, "width": 3}, hoverinfo="skip")
    )
    marker = {
        "symbol": "circle" if hollow else theme.VERDICT_SYMBOL[row.verdict],
        "size": 14,
        "opacity": 1,
        "color": theme.WHITE if hollow else colour,
        "line": {"width": 2.5 if hollow else 1.5, "color": colour if hollow else theme.WHITE},
    }
    hover = f"Intervalle à 95{t.NBSP}%{t.NBSP}: de {t.signed(row.low, 1)} à {t.signed(row.high, 1)}{t.NBSP}points<extra></extra>"
    drawing.trace(go.Scatter(x=[row.points], y=[y], xaxis="x2", mode="markers", marker=marker, hovertemplate=hover))


def _words(drawing: Drawing, row: GapRow, y: float) -> None:
    if not row.known:
        words = MARK if row.status is Status.SECRET else verdict(row)
        write(drawing, words, across(POINTS_AT), y, Ink(15, theme.INK_2), yref="y")
        return
    colour = theme.VERDICT_COLOUR[row.verdict]
    write(drawing, t.points(row.points), across(POINTS_AT), y, Ink(15, colour, 700), yref="y")
    words = f"{theme.VERDICT_SIGN[row.verdict]} {verdict(row)}" + (", fragile" if row.fragile else "")
    write(drawing, words, across(WORDS_AT), y, Ink(15, colour), yref="y")
