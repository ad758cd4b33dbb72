"""The sheet that a page's content is written on: blocks collected in order. Streamlit is not known here, and no figure is computed."""

from __future__ import annotations

import json

import plotly.graph_objects as go
from plotly.utils import PlotlyJSONEncoder

from dashboard.components import html
from dashboard.content.blocks import Block, Chart, Fold, Html, Json, Missing, Note, Section, Tab, Title
from indicators import typography as t

COLLECT = f"Lancez «{t.NBSP}cite-emploi collecter{t.NBSP}» pour lire les partenaires, puis rechargez cette page."


class Sheet:
    """What a page's content function writes on, from top to bottom."""

    def __init__(self) -> None:
        self._blocks: list[Block] = []

    @property
    def blocks(self) -> tuple[Block, ...]:
        """What was written so far, in order."""
        return tuple(self._blocks)

    def title(self, text: str) -> None:
        """The finding: the page's only first-level heading."""
        self._blocks.append(Title(text))

    def section(self, text: str) -> None:
        """A second-level heading."""
        self._blocks.append(Section(text))

    def show(self, fragment: str) -> None:
        """A fragment made by ``components.html``."""
        self._blocks.append(Html(fragment))

    def note(self, text: str) -> None:
        """A remark under a figure."""
        self._blocks.append(Note(text))

    def missing(self, what: str, next_step: str = COLLECT) -> None:
        """A frame in place of a figure: what is missing, and what to do about it."""
        self._blocks.append(Missing(what, next_step))

    def fold(self, label: str, fragment: str, *, opened: bool = False) -> None:
        """A fragment under a label that opens and closes it."""
        self._blocks.append(Fold(label, fragment, opened))

    def tab(self, label: str) -> None:
        """Start a tab: what is written next belongs to it."""
        self._blocks.append(Tab(label))

    def chart(self, figure: go.Figure, sentence: str, table: html.Table, source: str, *, key: str) -> None:
        """A chart the only way one is shown: its sentence above, itself, its source and date, its figures in a table.

        Raises:
            ValueError: a part is missing, or the figure has no height of its own.
        """
        parts = {"sentence": sentence, "source": source, "table": table.rows, "figure": figure.data or figure.layout.annotations}
        empty = [name for name, part in parts.items() if not part]
        if empty:
            raise ValueError(f"Chart « {key} » lacks: {', '.join(empty)}.")
        if not figure.layout.height:
            raise ValueError(f"Chart « {key} » has no height: the page would jump when it is drawn.")
        self._blocks.append(Chart(key, sentence, html.table(table), source, figure_json(figure)))


def figure_json(figure: go.Figure) -> Json:
    """A figure as plotly writes it, made of JSON types alone: arrays as lists of numbers (never base64), NaN as None, no number rounded."""
    parts = {"data": [trace.to_plotly_json() for trace in figure.data], "layout": figure.layout.to_plotly_json()}
    written: Json = json.loads(PlotlyJSONEncoder().encode(parts))
    return written
