"""Indicateurs: the list held to a level, or the sheet of one (``?i=N2.8-cej``) at a period, then their content."""

from __future__ import annotations

import streamlit as st

from dashboard import choices, data
from dashboard.components.address import write_address
from dashboard.content.choice import Choice
from dashboard.content.draw import draw
from dashboard.content.pages import blocks_of
from indicators.registry import indicators


def page() -> None:
    """Draw the page."""
    board = data.board()
    with st.container(horizontal=True, vertical_alignment="center"):
        item = indicators().get(choices.indicator())
        choice = Choice(indicator=item.code, period=choices.sheet_period(board, item)) if item else Choice(level=choices.level())
    if item:
        write_address("/indicateurs", choice)
    draw(blocks_of("/indicateurs", board, choice))


page()
