"""The bar common to all pages, through Streamlit. What a page says under it is in ``content``."""

from __future__ import annotations

from datetime import date
from html import escape
from typing import TYPE_CHECKING

import streamlit as st

from connectors.errors import ConfigurationError
from dashboard import data
from dashboard.components import html
from indicators import typography as t
from indicators.period import Period

if TYPE_CHECKING:
    from dashboard.board import Board

NBSP = t.NBSP
AUDIENCE = f"Vue de la coordination{NBSP}: effectifs exacts, ne pas diffuser"


def banner() -> None:
    """Write the line common to all pages: the Cité, « Données fictives », the date of the data, who may read.

    A configuration that cannot be read is told here, in French, and nothing else is drawn.
    """
    try:
        board = data.board()
    except ConfigurationError as error:
        st.error(str(error))
        st.stop()
    pills = [html.pill("Données fictives", "defavorable")] if board.settings.city.fictitious else []
    day = data_day(board)
    pills.append(html.pill(f"Données au {t.date_short(day)}") if day else html.pill("Aucune donnée", "defavorable"))
    st.html(
        f'<div class="bandeau"><strong>{escape(board.settings.city.name)}</strong>{"".join(pills)}'
        f'<span class="audience">{escape(AUDIENCE)}</span></div>'
    )


def data_day(board: Board) -> date | None:
    """Last day of the newest quarter that holds a figure; None when the store is empty."""
    return Period.parse(board.filled[-1]).last_day if board.filled else None
