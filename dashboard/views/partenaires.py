"""Partenaires: who sends residents to whom, whether they pass from one network to another, who takes part, who delivers."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from connectors.source import Kind
from dashboard import choices, data
from dashboard.components import html as fragments
from dashboard.components import missing, note, section, show, sources_of, title
from dashboard.components.network_tables import deliveries_table, matrix_table, mobilised_table
from dashboard.components.readings import delivered, has_figures, measures_of
from dashboard.data import Board
from indicators import network, sentences_network, sentences_results
from indicators import typography as t
from indicators.network import Matrix, Mobilised, Openness
from indicators.period import Period
from indicators.registry import indicators

MOBILISED = ("N1.1", "N1.2", "N1.3", "N1.4")
PARTNERS = frozenset({Kind.SQL, Kind.FILE})
"""The kinds of sources that partners are: a ledger or an open file orients nobody."""
READING = (
    f"Lecture{t.NBSP}: chaque ligne est le réseau qui oriente, chaque colonne celui qui reçoit. "
    "Les réseaux sans orientation ce trimestre ne sont pas montrés."
)

OTHER_SPAN = "Les repères nationaux portent sur la période de l'évaluation, pas sur un trimestre."


def page() -> None:
    """Draw the page."""
    board = data.board()
    if not has_figures(board):
        title("Partenaires\u00a0: aucune donnée reçue")
        missing("Il faut le suivi de la coordination (structures mobilisées, actions, orientations entre partenaires).")
        return
    with st.container(horizontal=True):
        period = choices.quarter(board)
    found, opened = network.matrix(_links(board), period.code), network.openness(board.values, period.code)
    present = network.mobilised(board.values, period.code)
    title(sentences_network.title(found.total, opened.across, present.structures, period))
    _orientations(board, found, opened, period)
    _openness(opened, period)
    _mobilised(board, present, period)
    _deliveries(board, period)


def _links(board: Board) -> pd.DataFrame:
    """The orientations by pair of networks, of the sources declared today: the others add to no figure."""
    declared = [state.id for state in board.sources]
    return board.liaisons[board.liaisons["source"].isin(declared)]


def _orientations(board: Board, found: Matrix, opened: Openness, period: Period) -> None:
    show(fragments.paragraph(sentences_network.orientations(found.total, opened.across, period), "phrase"))
    section("Qui oriente, qui reçoit")
    if not found.origins:
        came = found.total.known
        said = (
            "Aucune orientation entre partenaires ce trimestre." if came else "Les orientations de réseau à réseau ne sont pas transmises."
        )
        note(said)
        return
    first = sentences_network.flows(found)
    if first:
        show(fragments.paragraph(first))
    show(fragments.table(matrix_table(found, period)))
    show(fragments.paragraph(sources_of(board, [network.ORIENTATIONS], period.code), "source"))
    note(READING)


def _openness(opened: Openness, period: Period) -> None:
    section("Décloisonnement")
    show(fragments.paragraph(sentences_network.per_parcours(opened.per_parcours, period), "phrase"))
    declared = (indicators()[code] for code in (network.ACROSS, network.PER_PARCOURS))
    show(fragments.bullets([f"{item.label}{t.NBSP}: {t.lower_first(item.limits)}" for item in declared]))


def _mobilised(board: Board, present: Mobilised, period: Period) -> None:
    section("Partenaires mobilisés")
    declared = [indicators()[code] for code in MOBILISED]
    show(fragments.paragraph(sentences_network.mobilised(present, period, declared[0]), "phrase"))
    show(fragments.table(mobilised_table(present, declared, period)))
    show(fragments.paragraph(sources_of(board, measures_of(declared), period.code), "source"))
    note(f"{declared[0].limits} {OTHER_SPAN}")


def _deliveries(board: Board, period: Period) -> None:
    section("Qui transmet ses données")
    received, late, awaited = ([state.label for state in states] for states in delivered(board, period))
    show(fragments.paragraph(sentences_results.transmission(received, late, awaited, period), "phrase"))
    partners = [state for state in board.sources if state.kind in PARTNERS]
    if partners:
        show(fragments.table(deliveries_table(partners, period)))


page()
