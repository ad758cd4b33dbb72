"""The tables of partners: who sends residents to whom, who takes part, who delivers. Pure: rows in, tables out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from dashboard.components.html import Cell, Table
from dashboard.components.released import marked
from dashboard.components.tables import counted, rated
from indicators import typography as t
from indicators.codes import NETWORKS
from indicators.indicator import Indicator
from indicators.network import Matrix, Mobilised, pair_label
from indicators.period import Period
from indicators.sentences_rows import Figure
from indicators.status import Status

if TYPE_CHECKING:
    from dashboard.source_state import SourceState

NO_BENCHMARK = "pas de repère"
NO_QUARTERLY = "pas de repère au trimestre"
TWELVE = "douze derniers mois"


def matrix_table(found: Matrix, span: str) -> Table:
    """Who sent (lines) to whom (columns). Totals come first: they stay in sight when many networks make the table wider than the page."""
    lines: list[tuple[str | Cell, ...]] = [
        (origin.label, marked(counted(total)), *(_sent(cell) for cell in cells))
        for origin, cells, total in zip(found.origins, found.cells, found.sent, strict=True)
    ]
    whole: tuple[str | Cell, ...] = ("Total reçu", marked(counted(found.total)), *(marked(counted(total)) for total in found.received))
    return Table(
        f"Orientations entre partenaires, {span}{t.NBSP}: en ligne qui oriente, en colonne qui reçoit",
        ("Réseau", "Total envoyé", *(item.label for item in found.destinations)),
        (whole, *lines),
    )


def _sent(cell: Figure) -> Cell:
    """Most pairs of networks have no orientation: their zeros are written lighter."""
    return replace(marked(counted(cell)), faint=cell.known and cell.value == 0)


def pairs_table(pairs: Mapping[str, int], span: str, others: Figure | None = None) -> Table:
    """The pairs of networks that may be shown, most orientations first; then ``others``, all that are not listed together."""
    lines: list[tuple[str | Cell, ...]] = [(*pair_label(pair), Cell(t.number(n), numeric=True)) for pair, n in ranked(pairs)]
    if others and not (others.known and others.value == 0):
        lines.append(("Autres couples de réseaux, ensemble", "", marked(counted(others))))
    return Table(f"Orientations entre partenaires, {span}", ("Qui oriente", "Qui reçoit", "Orientations"), tuple(lines))


def ranked(pairs: Mapping[str, int]) -> list[tuple[str, int]]:
    """The pairs of most orientations first; equal ones in alphabetical order."""
    return sorted(pairs.items(), key=lambda item: (-item[1], pair_label(item[0])))


def mobilised_table(found: Mobilised, declared: Sequence[Indicator], period: Period) -> Table:
    """The figures of level 1, each with its span; a national figure only beside the span that is nearest to its own.

    ``declared`` in their order: structures, other fields, actions, attendance. Actions over twelve months are left out before there are.
    """
    quarter = t.period_label(period)
    structures, outside, actions, attendance = declared
    year = [(actions.label, TWELVE, counted(found.actions_year), actions.benchmark)] if found.actions_year else []
    rows = (
        (structures.label, TWELVE, counted(found.structures), structures.benchmark),
        (outside.label, TWELVE, rated(found.outside), outside.benchmark),
        (actions.label, quarter, counted(found.actions), NO_QUARTERLY),
        *year,
        (attendance.label, quarter, rated(found.attendance), attendance.benchmark),
    )
    return Table(
        f"Mobilisation des partenaires au {t.date_short(period.last_day)}",
        ("Indicateur", "Période", "Valeur", "Repère national"),
        tuple((label, span, cell, benchmark or NO_BENCHMARK) for label, span, cell, benchmark in rows),
    )


def deliveries_table(states: Sequence[SourceState], period: Period) -> Table:
    """Each partner, its network, its last delivery, and where it stands for a period."""
    return Table(
        f"Livraisons des partenaires pour {t.period_label(period)}",
        ("Partenaire", "Réseau", "Dernière livraison acceptée", t.period_label(period)),
        tuple(_delivery(state, period.code) for state in states),
    )


def _delivery(state: SourceState, period: str) -> tuple[str | Cell, ...]:
    last = t.date_short(state.last_accepted.date()) if state.last_accepted else Cell("aucune", Status.NON_TRANSMIS)
    return state.label, _network(state.network), last, _standing(state, period)


def _network(code: str) -> str:
    # data.inclusion's codes may be longer than ours: « cap-emploi-reseau-cheops »
    return next((item.label for item in NETWORKS if f"{code}-".startswith(f"{item.code}-")), NETWORKS[-1].label)


def _standing(state: SourceState, period: str) -> Cell:
    if period in state.periods:
        return Cell("transmis")
    if period in state.missing:
        return Cell("en retard", Status.NON_TRANSMIS)
    if period in state.awaited:
        return Cell("délai en cours")
    return Cell("rien d'attendu", Status.NON_APPLICABLE)
