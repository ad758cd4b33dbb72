"""Blocks on the screen, through Streamlit. What they say was decided before: nothing is computed here, no store is read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import plotly.graph_objects as go
import streamlit as st

from dashboard import theme
from dashboard.components import html
from dashboard.content.blocks import Block, Chart, Fold, Html, Json, Missing, Note, Section, Tab, Title

DATA = "Voir les données"
SMALLEST = 14
"""Pixels of the smallest text of a chart that is projected."""


def draw(blocks: Sequence[Block]) -> None:
    """Write the blocks of a page from top to bottom; its tabs, if any, come last."""
    head: list[Block] = []
    tabs: list[tuple[str, list[Block]]] = []
    for block in blocks:
        if isinstance(block, Tab):
            tabs.append((block.label, []))
        else:
            (tabs[-1][1] if tabs else head).append(block)
    _write_all(head)
    if tabs:
        for pane, (_, inside) in zip(st.tabs([label for label, _ in tabs]), tabs, strict=True):
            with pane:
                _write_all(inside)


def _write_all(blocks: Sequence[Block]) -> None:
    for block in blocks:
        _write(block)


def _write(block: Block) -> None:
    match block:
        case Title(text):
            st.title(text, anchor=False)
        case Section(text):
            st.header(text, anchor=False, divider=False)
        case Html(markup):
            st.html(markup)
        case Note(text):
            st.html(html.paragraph(text, "note"))
        case Missing(what, next_step):
            st.html(f'<div class="vide">{html.paragraph(what, "vide-titre")}{html.paragraph(next_step)}</div>')
        case Fold(label, markup, opened):
            with st.expander(label, expanded=opened):
                st.html(markup)
        case Chart():
            _chart(block)


def draw_projected(blocks: Sequence[Block]) -> None:
    """Write the blocks of a screen of a séance: nothing is folded, the figures of a chart are on the page that it comes from."""
    for block in blocks:
        if isinstance(block, Chart):
            _plot(block, legible(block.figure))
        else:
            _write(block)


def legible(part: Any, name: str = "") -> Any:
    """A kept figure, or a part of it, whose smallest texts are large enough for the far end of a room."""
    if isinstance(part, Mapping):
        return {inner: legible(value, f"{name}.{inner}") for inner, value in part.items()}
    if isinstance(part, list):
        return [legible(value, name) for value in part]
    return max(part, SMALLEST) if name.endswith("font.size") and isinstance(part, int | float) else part


def _plot(block: Chart, figure: Json) -> None:
    st.html(html.paragraph(block.sentence, "phrase"))
    st.plotly_chart(live(figure), theme=None, alt=block.sentence, config=dict(theme.CONFIG), key=block.key)
    st.html(html.paragraph(block.source, "source"))


def _chart(block: Chart) -> None:
    _plot(block, block.figure)
    with st.expander(DATA):
        st.html(block.table)


def live(figure: Json) -> go.Figure:
    """A kept figure as plotly's object, without validating again what plotly itself wrote: seven times faster, the same JSON."""
    return go.Figure(figure, _validate=False)
