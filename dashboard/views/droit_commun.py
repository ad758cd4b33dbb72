"""Droit commun: the quarter, the territory and the view to read, then their content."""

from __future__ import annotations

import streamlit as st

from dashboard import choices, data
from dashboard.components.readings import has_figures
from dashboard.content.choice import Choice
from dashboard.content.draw import draw
from dashboard.content.pages import blocks_of


def page() -> None:
    """Draw the page."""
    board, choice = data.board(), Choice()
    if has_figures(board):
        with st.container(horizontal=True):
            period = choices.quarter(board)
            choice = Choice(period=period, zone=choices.zone(board, period), view=choices.access_view())
    draw(blocks_of("/droit-commun", board, choice))


page()
