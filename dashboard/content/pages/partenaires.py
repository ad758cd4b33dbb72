"""Partenaires: who sends residents to whom, whether they pass from one network to another, who takes part, who delivers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from connectors.source import Kind
from dashboard.components import html, links, released
from dashboard.components.links import TRANSMITTED
from dashboard.components.network_tables import deliveries_table, matrix_table, mobilised_table, pairs_table, ranked
from dashboard.components.readings import delivered, has_figures, measures_of
from dashboard.components.sources import sources_of
from dashboard.content.choice import Choice
from dashboard.content.sheet import Sheet
from indicators import network, sentences_network, sentences_results
from indicators import typography as t
from indicators.meeting import Audience
from indicators.network import Mobilised
from indicators.period import Period
from indicators.registry import indicators
from indicators.sentences_rows import Figure
from indicators.status import Status
from indicators.windows import Window

if TYPE_CHECKING:
    from dashboard.board import Board

MOBILISED = ("N1.1", "N1.2", "N1.3", "N1.4")
PARTNERS = frozenset({Kind.SQL, Kind.FILE})
"""The kinds of sources that partners are: a ledger or an open file orients nobody."""
READING = (
    f"Lecture{t.NBSP}: chaque ligne est le réseau qui oriente, chaque colonne celui qui reçoit. "
    f"Un 0 en gris{t.NBSP}: aucune orientation. Les réseaux sans orientation ne sont pas montrés."
)
FIRST = 10
"""How many pairs of networks are in sight at first."""
HIDDEN = Figure(float("nan"), Status.SECRET)
OTHER_SPAN = "Les repères nationaux portent sur la période de l'évaluation, comparés ici à douze mois et jamais à un trimestre."


def content(sheet: Sheet, board: Board, choice: Choice) -> None:
    """Write the page for a quarter."""
    if not has_figures(board):
        sheet.title("Partenaires\u00a0: aucune donnée reçue")
        sheet.missing("Il faut le suivi de la coordination (structures mobilisées, actions, orientations entre partenaires).")
        return
    period = Period.parse(choice.period)
    across = released.told(board, Window.PERIOD, network.ACROSS, period)
    early = released.too_early(board, period)
    present = network.mobilised(board.values, period.code, None if early else board.rolling)
    total = _quarter(board, period)
    sheet.title(sentences_network.title(total, across or HIDDEN, present.structures, period))
    small = [] if across else ["orientations vers un autre réseau"]
    if across:
        sheet.show(html.paragraph(sentences_network.orientations(total, across, t.during(period)), "phrase"))
    small += _orientations(sheet, board, period)
    small += _openness(sheet, board, period)
    _mobilised(sheet, board, present, period)
    _deliveries(sheet, board, period)
    if small:
        sheet.note(released.too_small(small))
    legend = released.legend(sheet.blocks)
    if legend:
        sheet.note(legend)


def _quarter(board: Board, period: Period) -> Figure:
    """All the orientations of the quarter, for the coordination: another reader has the total of the indicator alone."""
    return network.matrix(board.liaisons, period.code).total if board.audience is Audience.COORDINATION else HIDDEN


def _orientations(sheet: Sheet, board: Board, period: Period) -> list[str]:
    """Who orients whom over twelve months; what is left out because it is too small for the reader."""
    sheet.section("Qui oriente, qui reçoit")
    early = released.too_early(board, period)
    if early:
        sheet.note(early)
        return []
    span, across = released.twelve_months(period), released.told(board, Window.ROLLING_YEAR, network.ACROSS, period)
    if board.audience is Audience.COORDINATION:
        _matrix(sheet, board, across or HIDDEN, period)
        return []
    if across:
        sheet.show(html.paragraph(sentences_network.orientations(HIDDEN, across, span)))
    pairs = board.pairs
    if not pairs:
        return ["orientations de réseau à réseau"]
    total = Figure(across.denominator, across.status) if across else HIDDEN
    others = Figure(total.value - sum(pairs.values()), total.status) if total.known else HIDDEN
    if len(pairs) > FIRST:
        sheet.show(html.table(_sourced(pairs_table(dict(ranked(pairs)[:FIRST]), span), period)))
        sheet.fold(f"Voir les {len(pairs)} couples de réseaux listés", html.table(_sourced(pairs_table(pairs, span, others), period)))
    else:
        sheet.show(html.table(_sourced(pairs_table(pairs, span, others), period)))
    sheet.show(html.paragraph(sources_of(board, [network.ORIENTATIONS], period.code), "source"))
    sheet.note(f"Douze mois, {span}. {sentences_network.not_listed(others, total, released.least(board))}")
    return []


def _sourced(table: html.Table, period: Period) -> html.Table:
    """The table of pairs of networks, its figures leading to the sheet of orientations from a network to another."""
    return links.by_column(table, ["", network.ACROSS], period)


def _matrix(sheet: Sheet, board: Board, across: Figure, period: Period) -> None:
    found = network.matrix(board.liaisons, period.code, Window.ROLLING_YEAR)
    span = released.twelve_months(period)
    if not found.origins:
        came = found.total.known
        none = f"Aucune orientation entre partenaires {span}."
        sheet.note(none if came else "Les orientations de réseau à réseau ne sont pas transmises.")
        return
    said = [sentences_network.orientations(found.total, across, span), sentences_network.flows(found)]
    sheet.show(html.paragraph(" ".join(text for text in said if text)))
    table = matrix_table(found, span)
    sheet.show(html.table(links.by_column(table, [network.ACROSS] + [""] * len(found.destinations), period)))
    sheet.show(html.paragraph(sources_of(board, [network.ORIENTATIONS], period.code), "source"))
    sheet.note(READING)


def _openness(sheet: Sheet, board: Board, period: Period) -> list[str]:
    found = released.told(board, Window.PERIOD, network.PER_PARCOURS, period)
    sheet.section("Décloisonnement")
    if found:
        sheet.show(html.paragraph(sentences_network.per_parcours(found, period), "phrase"))
    declared = [indicators()[code] for code in (network.ACROSS, *([network.PER_PARCOURS] if found else []))]
    sheet.show(html.bullets([f"{item.label}{t.NBSP}: {t.lower_first(item.limits)}" for item in declared]))
    return [] if found else ["partenaires par parcours"]


def _mobilised(sheet: Sheet, board: Board, present: Mobilised, period: Period) -> None:
    sheet.section("Partenaires mobilisés")
    declared = [indicators()[code] for code in MOBILISED]
    sheet.show(html.paragraph(sentences_network.mobilised(present, period, declared[0]), "phrase"))
    structures, outside, actions, attendance = MOBILISED
    codes = [structures, outside, actions, *([actions] if present.actions_year else []), attendance]
    sheet.show(html.table(links.by_row(mobilised_table(present, declared, period), codes, period)))
    sheet.show(html.paragraph(sources_of(board, measures_of(declared), period.code), "source"))
    sheet.note(f"{declared[0].limits} {OTHER_SPAN}")


def _deliveries(sheet: Sheet, board: Board, period: Period) -> None:
    sheet.section("Qui transmet ses données")
    received, late, awaited = ([state.label for state in states] for states in delivered(board, period))
    sheet.show(html.paragraph(sentences_results.transmission(received, late, awaited, period), "phrase"))
    partners = [state for state in board.sources if state.kind in PARTNERS]
    if partners:
        sheet.show(html.table(links.by_column(deliveries_table(partners, period), ["", "", TRANSMITTED], period)))
