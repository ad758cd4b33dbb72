"""Colours, sizes and the plotly template, drawn from one list of tokens. The same colours live in assets/cite.css for what is not a chart.

Charts use no rich text: under the strict content policy the browser refuses the style attributes it needs. Weight and colour are an
annotation's own, one annotation for each run of text.
"""

from __future__ import annotations

from typing import Final

import plotly.graph_objects as go

from indicators.typography import NNBSP

INK: Final = "#1B2430"
INK_2: Final = "#4A5565"
NEUTRAL: Final = "#5B6472"
QPV: Final = "#00527A"
REST: Final = "#7A8393"
"""Marks of the rest of the city, never text: 3.8 on white."""
UNFAVOURABLE: Final = "#B3440A"
FAVOURABLE: Final = "#0B7A5B"
RULE: Final = "#D5DAE1"
BAND: Final = "#F3F5F8"
WHITE: Final = "#FFFFFF"
LINK: Final = "#AEB6C2"
"""The bar between two marks: decoration, the marks and their figures say the gap."""
TRACK: Final = "#E1E5EB"
"""The whole of which a bar is a part."""
RANGE: Final = "rgba(0,82,122,0.14)"

FONT: Final = "Inter, sans-serif"
LABEL_SIZE: Final = 16
VALUE_SIZE: Final = 15
NOTE_SIZE: Final = 13

PAGE_WIDTH: Final = 1318
"""Pixels of content on a 1366 pixel screen: where no text may overlap."""
MAX_HEIGHT: Final = 470
"""Pixels a chart may take so that its title, sentence and source stay on the same screen."""

CONFIG: Final = {"displayModeBar": False, "scrollZoom": False, "locale": "fr"}
"""What plotly may offer to the reader: nothing that moves the chart by accident on a projector."""

VERDICT_COLOUR: Final = {
    "defavorable": UNFAVOURABLE,
    "favorable": FAVOURABLE,
    "non_etabli": NEUTRAL,
    "sans_jugement": QPV,
}
VERDICT_SIGN: Final = {"defavorable": "▼", "favorable": "▲", "non_etabli": "≈", "sans_jugement": "●"}
VERDICT_SYMBOL: Final = {"defavorable": "triangle-down", "favorable": "triangle-up", "non_etabli": "circle-open", "sans_jugement": "circle"}


def template() -> go.layout.Template:
    """The look every chart starts from."""
    ticks = {"size": NOTE_SIZE, "color": INK_2}
    axis = {"zeroline": False, "showline": False, "ticks": "", "fixedrange": True, "tickfont": ticks, "gridcolor": RULE, "gridwidth": 1}
    return go.layout.Template(
        layout=go.Layout(
            font={"family": FONT, "size": VALUE_SIZE, "color": INK},
            paper_bgcolor=WHITE,
            plot_bgcolor=WHITE,
            separators=f",{NNBSP}",
            showlegend=False,
            dragmode=False,
            hovermode="closest",
            hoverlabel={"bgcolor": WHITE, "bordercolor": INK_2, "align": "left", "font": {"family": FONT, "size": 14, "color": INK}},
            margin={"l": 12, "r": 12, "t": 58, "b": 44},
            xaxis=axis,
            yaxis={**axis, "showgrid": False},
        )
    )


def contrast(colour: str, background: str = WHITE) -> float:
    """Contrast ratio of two #RRGGBB colours, from 1 to 21. Source: WCAG 2.2, relative luminance."""
    lighter, darker = sorted((_luminance(colour), _luminance(background)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
