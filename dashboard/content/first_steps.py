"""While no gap of access can be read: what no source counted yet, and what to do. For the coordination: an edition never says it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dashboard.components.readings import schemes
from dashboard.computed import codes_within
from indicators import typography as t
from indicators.meeting import Audience
from indicators.period import Period
from indicators.sentences_rows import GapRow

if TYPE_CHECKING:
    from dashboard.board import Board

ENTRIES = "les entrées dans les dispositifs de droit commun"
SEEKERS = "les demandeurs d'emploi"
NEXT = (
    f"Déclarez la source qui les compte (un dossier et son source.toml), ou demandez sa livraison, puis lancez "
    f"«{t.NBSP}cite-emploi collecter{t.NBSP}». La page Données dit qui est attendu."
)


def lacking(board: Board, period: Period, rows: Sequence[GapRow]) -> str:
    """What the gaps of a quarter lack; empty where one is read, where everything is there, and for another reader than the coordination."""
    if board.audience is not Audience.COORDINATION or any(row.known for row in rows):
        return ""
    counted = _counted(board, period)
    sides = {
        ENTRIES: {term.measure for item in schemes() for term in item.numerator_terms},
        SEEKERS: {term.measure for item in schemes() for term in item.denominator_terms},
    }
    absent = [name for name, measures in sides.items() if not measures & counted]
    if not absent:
        return ""
    return f"Aucun écart ne se lit {t.during(period)}{t.NBSP}: il manque {t.joined(absent)}, par quartier et dans le reste de la ville."


def _counted(board: Board, period: Period) -> set[str]:
    """The measures that a source delivered for the quarter, or for a month of it."""
    return set(board.counts.loc[board.counts["period"].isin(codes_within(period.code)), "measure"])
