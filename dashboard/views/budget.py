"""Budget: the exercise and the day to read it at, then their content."""

from __future__ import annotations

import streamlit as st

from dashboard import choices, data
from dashboard.content.choice import Choice
from dashboard.content.draw import draw
from dashboard.content.pages import blocks_of


def page() -> None:
    """Draw the page."""
    board, choice = data.board(), Choice()
    if board.settings.exercises:
        with st.container(horizontal=True):
            year = choices.exercise(board)
            choice = Choice(exercise=year, closing=choices.closing(board, year))
    draw(blocks_of("/budget", board, choice))


page()
