"""Quartiers: what the map shows, then the content of the page."""

from __future__ import annotations

import streamlit as st

from dashboard import choices, data
from dashboard.content.choice import Choice
from dashboard.content.draw import draw
from dashboard.content.pages import blocks_of


def page() -> None:
    """Draw the page."""
    board, choice = data.board(), Choice()
    if board.contours.by_zoning:
        with st.container(horizontal=True):
            period = choices.mapped_quarter(board)
            choice = Choice(period=period, indicator=choices.mapped(board, period))
    draw(blocks_of("/quartiers", board, choice))


page()
