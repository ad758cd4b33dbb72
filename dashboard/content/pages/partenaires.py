"""Partenaires: who sends residents to whom, whether they pass from one network to another, who takes part, who delivers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from connectors.source import Kind
from dashboard.components import html
from dashboard.components.network_tables import deliveries_table, matrix_table, mobilised_table
from dashboard.components.readings import delivered, has_figures, measures_of
from dashboard.components.sources import sources_of
from dashboard.content.choice import Choice
from dashboard.content.sheet import Sheet
from indicators import network, sentences_network, sentences_results
from indicators import typography as t
from indicators.network import Matrix, Mobilised, Openness
from indicators.period import Period
from indicators.registry import indicators

if TYPE_CHECKING:
    from dashboard.data import Board

MOBILISED = ("N1.1", "N1.2", "N1.3", "N1.4")
PARTNERS = frozenset({Kind.SQL, Kind.FILE})
"""The kinds of sources that partners are: a ledger or an open file orients nobody."""
READING = (
    f"Lecture{t.NBSP}: chaque ligne est le réseau qui oriente, chaque colonne celui qui reçoit. "
    f"Un 0 en gris{t.NBSP}: aucune orientation. Les réseaux sans orientation ce trimestre ne sont pas montrés."
)

OTHER_SPAN = "Les repères nationaux portent sur la période de l'évaluation, comparés ici à douze mois et jamais à un trimestre."


def content(sheet: Sheet, board: Board, choice: Choice) -> None:
    """Write the page for a quarter."""
    if not has_figures(board):
        sheet.title("Partenaires\u00a0: aucune donnée reçue")
        sheet.missing("Il faut le suivi de la coordination (structures mobilisées, actions, orientations entre partenaires).")
        return
    period = Period.parse(choice.period)
    found, opened = network.matrix(_links(board), period.code), network.openness(board.values, period.code)
    present = network.mobilised(board.values, period.code, board.rolling)
    sheet.title(sentences_network.title(found.total, opened.across, present.structures, period))
    _orientations(sheet, board, found, opened, period)
    _openness(sheet, opened, period)
    _mobilised(sheet, board, present, period)
    _deliveries(sheet, board, period)


def _links(board: Board) -> pd.DataFrame:
    """The orientations by pair of networks, of the sources declared today: the others add to no figure."""
    declared = [state.id for state in board.sources]
    return board.liaisons[board.liaisons["source"].isin(declared)]


def _orientations(sheet: Sheet, board: Board, found: Matrix, opened: Openness, period: Period) -> None:
    sheet.show(html.paragraph(sentences_network.orientations(found.total, opened.across, period), "phrase"))
    sheet.section("Qui oriente, qui reçoit")
    if not found.origins:
        came = found.total.known
        said = (
            "Aucune orientation entre partenaires ce trimestre." if came else "Les orientations de réseau à réseau ne sont pas transmises."
        )
        sheet.note(said)
        return
    first = sentences_network.flows(found)
    if first:
        sheet.show(html.paragraph(first))
    sheet.show(html.table(matrix_table(found, period)))
    sheet.show(html.paragraph(sources_of(board, [network.ORIENTATIONS], period.code), "source"))
    sheet.note(READING)


def _openness(sheet: Sheet, opened: Openness, period: Period) -> None:
    sheet.section("Décloisonnement")
    sheet.show(html.paragraph(sentences_network.per_parcours(opened.per_parcours, period), "phrase"))
    declared = (indicators()[code] for code in (network.ACROSS, network.PER_PARCOURS))
    sheet.show(html.bullets([f"{item.label}{t.NBSP}: {t.lower_first(item.limits)}" for item in declared]))


def _mobilised(sheet: Sheet, board: Board, present: Mobilised, period: Period) -> None:
    sheet.section("Partenaires mobilisés")
    declared = [indicators()[code] for code in MOBILISED]
    sheet.show(html.paragraph(sentences_network.mobilised(present, period, declared[0]), "phrase"))
    sheet.show(html.table(mobilised_table(present, declared, period)))
    sheet.show(html.paragraph(sources_of(board, measures_of(declared), period.code), "source"))
    sheet.note(f"{declared[0].limits} {OTHER_SPAN}")


def _deliveries(sheet: Sheet, board: Board, period: Period) -> None:
    sheet.section("Qui transmet ses données")
    received, late, awaited = ([state.label for state in states] for states in delivered(board, period))
    sheet.show(html.paragraph(sentences_results.transmission(received, late, awaited, period), "phrase"))
    partners = [state for state in board.sources if state.kind in PARTNERS]
    if partners:
        sheet.show(html.table(deliveries_table(partners, period)))
