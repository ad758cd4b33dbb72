"""Why a figure is not there, where its frame does not say: who tells no such zone, what is too few for a cost; and the bounds of persons.

Texts are those of ``indicators``; the declarations of the sources decide.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from indicators import typography as t
from indicators import unit_costs
from indicators.codes import ENSEMBLE
from indicators.distinct import told_bound
from indicators.indicator import Indicator, Kind
from indicators.measures import DISTINCT
from indicators.meeting import Audience
from indicators.period import Period
from indicators.registry import measures
from indicators.sentences_rows import Figure
from indicators.status import Status

if TYPE_CHECKING:
    from connectors.source import Source
    from dashboard.board import Board

UNAVAILABLE = f"non disponible{t.NBSP}: "
TOO_FEW = f"coût non calculé (moins de {unit_costs.FEWEST})"


def together(board: Board, item: Indicator) -> str:
    """Who counts all the QPVs together, hence tells nothing of each: « France Travail livre l'ensemble des QPV »; empty for nobody."""
    names = [source.short or source.label for source in board.declared if not source.each_qpv and _brings(source, item)]
    return f"{t.joined(names)} {'livre' if len(names) == 1 else 'livrent'} l'ensemble des QPV" if names else ""


def _brings(source: Source, item: Indicator) -> bool:
    return bool(set(item.measures) & set(source.measures))


def known_by_several(board: Board, item: Indicator) -> bool:
    """Whether it counts distinct persons that several partners know: it has bounds, never a total."""
    codes = {code for code in item.measures if measures()[code].nature in DISTINCT}
    return item.kind is Kind.COUNT and len([source for source in board.declared if codes & set(source.measures)]) > 1


def explained(board: Board, item: Indicator, zone: str, period: Period, found: Figure) -> Figure:
    """A figure that is not there, with its reason or, for the coordination, the bounds that partners' persons make."""
    if found.known:
        return found
    if unit_costs.too_few(board.values, item.code, period):
        return replace(found, reason=TOO_FEW)
    if found.status is not Status.NON_APPLICABLE:
        return found
    if zone in board.settings.territory.qpv_codes() and (who := together(board, item)):
        return replace(found, reason=f"{UNAVAILABLE}{who}")
    return bounded(board, item, zone, period) if board.audience is Audience.COORDINATION else found


def bounded(board: Board, item: Indicator, zone: str, period: Period) -> Figure:
    """The bounds of an indicator that several partners' persons make; without object for another."""
    if not known_by_several(board, item):
        return Figure(float("nan"), Status.NON_APPLICABLE)
    found = told_bound(board.persons, item.numerator_terms[0].measure, period.code, zone, ENSEMBLE, ENSEMBLE)
    status = Status.NON_APPLICABLE if found.known else found.status
    return Figure(float("nan"), status, low=found.low, high=found.high)
