"""The tables of partners: who sends residents to whom, who takes part, who delivers. Pure: rows in, tables out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dashboard.components.html import Cell, Table
from dashboard.components.tables import counted, rated
from indicators import typography as t
from indicators.codes import NETWORKS
from indicators.indicator import Indicator
from indicators.network import Matrix, Mobilised
from indicators.period import Period
from indicators.status import Status

if TYPE_CHECKING:
    from dashboard.source_state import SourceState

NO_BENCHMARK = "pas de repère"


def matrix_table(found: Matrix, period: Period) -> Table:
    """Who sent (lines) to whom (columns). Totals come first: they stay in sight when many networks make the table wider than the page."""
    lines: list[tuple[str | Cell, ...]] = [
        (origin.label, counted(total), *(counted(cell) for cell in cells))
        for origin, cells, total in zip(found.origins, found.cells, found.sent, strict=True)
    ]
    whole: tuple[str | Cell, ...] = ("Total reçu", counted(found.total), *(counted(total) for total in found.received))
    return Table(
        f"Orientations entre partenaires, {t.period_label(period)}{t.NBSP}: en ligne qui oriente, en colonne qui reçoit",
        ("Réseau", "Total envoyé", *(item.label for item in found.destinations)),
        (whole, *lines),
    )


def mobilised_table(found: Mobilised, declared: Sequence[Indicator], period: Period) -> Table:
    """The four figures of level 1 with the national ones; ``declared`` in their order: structures, other fields, actions, attendance."""
    cells = (counted(found.structures), rated(found.outside), counted(found.actions), rated(found.attendance))
    return Table(
        f"Mobilisation des partenaires, {t.period_label(period)}",
        ("Indicateur", t.period_label(period), "Repère national"),
        tuple((item.label, cell, item.benchmark or NO_BENCHMARK) for item, cell in zip(declared, cells, strict=True)),
    )


def deliveries_table(states: Sequence[SourceState], period: Period) -> Table:
    """Each partner, its network, its last delivery, and where it stands for a period."""
    return Table(
        f"Livraisons des partenaires pour {t.period_label(period)}",
        ("Partenaire", "Réseau", "Dernière livraison acceptée", t.period_label(period)),
        tuple(_delivery(state, period.code) for state in states),
    )


def _delivery(state: SourceState, period: str) -> tuple[str | Cell, ...]:
    # data.inclusion's codes may be longer than ours: « cap-emploi-reseau-cheops »
    network = next((item.label for item in NETWORKS if f"{state.network}-".startswith(f"{item.code}-")), NETWORKS[-1].label)
    last = t.date_short(state.last_accepted.date()) if state.last_accepted else Cell("aucune", Status.NON_TRANSMIS)
    return state.label, network, last, _standing(state, period)


def _standing(state: SourceState, period: str) -> Cell:
    if period in state.periods:
        return Cell("transmis")
    if period in state.missing:
        return Cell("en retard", Status.NON_TRANSMIS)
    if period in state.awaited:
        return Cell("délai en cours")
    return Cell("rien d'attendu", Status.NON_APPLICABLE)
