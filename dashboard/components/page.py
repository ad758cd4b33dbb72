"""What every page writes through Streamlit: the common bar, its title, a chart that is never without its sentence, source and table."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from html import escape
from typing import TYPE_CHECKING

import plotly.graph_objects as go
import streamlit as st

from connectors.errors import ConfigurationError
from dashboard import data, theme
from dashboard.components import html
from dashboard.components.html import Table
from dashboard.components.readings import filled_quarters
from indicators import typography as t
from indicators.period import Period

if TYPE_CHECKING:
    from dashboard.data import Board

NBSP = t.NBSP
AUDIENCE = f"Vue de la coordination{NBSP}: effectifs exacts, ne pas diffuser"
COLLECT = f"Lancez «{t.NBSP}cite-emploi collecter{t.NBSP}» pour lire les partenaires, puis rechargez cette page."


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
    filled = filled_quarters(board)
    return Period.parse(filled[-1]).last_day if filled else None


def title(text: str) -> None:
    """The finding: the page's only first-level heading."""
    st.title(text, anchor=False)


def section(text: str) -> None:
    """A second-level heading."""
    st.subheader(text, anchor=False, divider=False)


def show(fragment: str) -> None:
    """Write a fragment made by ``components.html``."""
    st.html(fragment)


def note(text: str) -> None:
    """A remark under a figure."""
    st.html(html.paragraph(text, "note"))


def missing(what: str, next_step: str = COLLECT) -> None:
    """A frame in place of a figure: what is missing, and what to do about it."""
    st.html(f'<div class="vide">{html.paragraph(what, "vide-titre")}{html.paragraph(next_step)}</div>')


def chart(figure: go.Figure, sentence: str, table: Table, source: str, *, key: str) -> None:
    """Draw a chart the only way one is drawn: its sentence above, itself, its source and date, its figures in a table.

    Raises:
        ValueError: a part is missing, or the figure has no height of its own.
    """
    parts = {"sentence": sentence, "source": source, "table": table.rows, "figure": figure.data or figure.layout.annotations}
    empty = [name for name, part in parts.items() if not part]
    if empty:
        raise ValueError(f"Chart « {key} » lacks: {', '.join(empty)}.")
    if not figure.layout.height:
        raise ValueError(f"Chart « {key} » has no height: the page would jump when it is drawn.")
    st.html(html.paragraph(sentence, "phrase"))
    st.plotly_chart(figure, theme=None, alt=sentence, config=dict(theme.CONFIG), key=key)
    st.html(html.paragraph(source, "source"))
    with st.expander("Voir les données"):
        st.html(html.table(table))


def sources_of(board: Board, measures: Sequence[str], period: str) -> str:
    """The line under a figure: who counted, received when; the names of the sources when nothing came."""
    found = board.provenance(measures, period)
    labels = {source.id: source.label for source in board.sources}
    if found.empty:
        return f"Source{NBSP}: aucune livraison pour {t.period_label(Period.parse(period))}."
    latest = found.groupby("source", sort=False)["received_at"].max()
    said = [f"{labels.get(str(source), str(source))} (reçu le {t.date_short(at.date())})" for source, at in latest.items()]
    fictitious = " Données fictives." if board.settings.city.fictitious else ""
    return f"{'Source' if len(said) == 1 else 'Sources'}{NBSP}: {', '.join(said)}.{fictitious}"
