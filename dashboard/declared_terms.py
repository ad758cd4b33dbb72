"""What each term of an indicator counts, in words, and for the coordination its number in a zone.

Sentences are in ``content.indicator_why``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.components.provenance_tables import measure_label
from dashboard.computed import codes_within, cube_of
from indicators import typography as t
from indicators.codes import ENSEMBLE, category_label
from indicators.indicator import Indicator, Term
from indicators.period import Period
from indicators.status import OK

if TYPE_CHECKING:
    from dashboard.board import Board


def in_words(term: Term) -> str:
    """« demandeurs d'emploi de catégories A, B et C (moins de 26 ans) »."""
    label = measure_label(term.measure)
    if term.dimension == ENSEMBLE:
        return label
    return f"{label} ({', '.join(t.lower_first(category_label(term.dimension, code)) for code in term.categories)})"


def numbers(board: Board, item: Indicator, period: Period, zone: str) -> dict[Term, int]:
    """The count of each term in a zone, from the deliveries themselves; one that is not known there has none.

    For the board of the coordination alone: another reader has no counts.
    """
    mine = board.counts[board.counts["measure"].isin(item.measures) & board.counts["period"].isin(codes_within(period.code))]
    if mine.empty:
        return {}
    box = cube_of(board.settings, board.declared, mine, [period])
    if zone not in box.zones:
        return {}
    found = {}
    for term in dict.fromkeys((*item.numerator_terms, *item.denominator_terms)):
        place = (list(box.measures).index(term.measure), list(box.zones).index(zone), 0)
        cells = box.cells_of(term.dimension, term.categories)
        if all(box.status[(*place, cell)] == OK for cell in cells):
            found[term] = int(sum(box.value[(*place, cell)] for cell in cells))
    return found
