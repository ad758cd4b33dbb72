"""Partenaires: the quarter to read, then its content."""

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
            choice = Choice(period=choices.quarter(board))
    draw(blocks_of("/partenaires", board, choice))


page()
