"""Droit commun: do residents of the QPVs enter as often as the rest of the city? The gaps, then what parity would take."""

from __future__ import annotations

import streamlit as st

from dashboard import choices, data
from dashboard.charts import gaps_chart
from dashboard.components import chart, missing, note, section, show, sources_of, title
from dashboard.components import html as fragments
from dashboard.components.readings import access_gaps, has_figures, measures_of, parity_of, schemes
from dashboard.components.tables import gaps_table, parity_table
from dashboard.data import Board
from indicators import sentences
from indicators import typography as t
from indicators.period import Period
from indicators.sentences_rows import FRAGILE_SHARE, GapRow
from indicators.territory import QPV

FRAGILE = (
    f"Fragile{t.NNBSP}: plus de {t.percent(100 * FRAGILE_SHARE)} des entrées ne sont pas localisées{t.NNBSP}; "
    "elles ne comptent ni dans les QPV ni dans le reste de la ville."
)
BEFORE_ROUNDING = "Écarts calculés avant arrondi."


def page() -> None:
    """Draw the page."""
    board = data.board()
    if not has_figures(board):
        title("Accès au droit commun\u202f: aucune donnée reçue")
        missing("Il faut les entrées des partenaires et les demandeurs d'emploi de France Travail.")
        return
    with st.container(horizontal=True):
        period = choices.quarter(board)
        zone = choices.zone(board, period)
    rows = access_gaps(board, period, zone)
    side, name = _names(board, zone)
    title(sentences.gaps_title(rows, side))
    chart(
        gaps_chart(rows, f"habitants {side}"),
        sentences.gaps_overview(rows),
        gaps_table(rows, period, name),
        sources_of(board, measures_of(schemes()), period.code),
        key="ecarts",
    )
    remarks = [sentences.FALSE_SIGNALS, BEFORE_ROUNDING, *([FRAGILE] if any(row.fragile for row in rows) else [])]
    note(" ".join(remarks))
    _parity(board, rows, period, zone, side)


def _names(board: Board, zone: str) -> tuple[str, str]:
    """The zone as a complement (« des QPV ») and as a heading."""
    if zone == QPV:
        return "des QPV", "Ensemble des QPV"
    label = board.settings.territory.label(zone)
    return t.of(label), label


def _parity(board: Board, rows: list[GapRow], period: Period, zone: str, side: str) -> None:
    section("Ce qu'il faudrait pour un accès égal")
    show(fragments.bullets([sentences.gap(row, period, side) for row in rows if row.established] or ["Aucun écart établi ce trimestre."]))
    show(fragments.table(parity_table([(row, parity_of(board, row, period, zone)) for row in rows], period)))
    definition = f"part {side} parmi les entrées, divisée par leur part parmi les demandeurs d'emploi"
    note(f"Indice de parité{t.NNBSP}: {definition}{t.NNBSP}; 1 = même accès.")


page()
