"""What the gaps of droit commun are made of, and how many distinct persons entered a scheme. No drawing; changes are in ``movements``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import nan
from typing import TYPE_CHECKING

from dashboard.components.html import Cell, Table
from dashboard.components.released import marked
from indicators import typography as t
from indicators.codes import ENSEMBLE
from indicators.decomposition import decompose
from indicators.distinct import Bound, told_bound
from indicators.indicator import Indicator, Term
from indicators.period import Period
from indicators.registry import indicators
from indicators.sentences_explained import DecompositionRow, decomposition, decomposition_row, decompositions_title, not_decomposed
from indicators.sentences_rows import GapRow
from indicators.status import ORDER, Status

if TYPE_CHECKING:
    import pandas as pd

    from dashboard.board import Board

ALONG = ("sexe", "age")
"""The dimensions that partners' entries and job seekers are both told by."""
PERSONS = "habitants_accompagnes"
"""The distinct persons who entered a scheme, counted by several partners."""


@dataclass(frozen=True)
class Explained:
    """A gap and what it is made of, dimension by dimension."""

    gap: GapRow
    parts: tuple[DecompositionRow, ...]

    @property
    def known(self) -> bool:
        """Whether one dimension at least has a decomposition."""
        return any(part.status is Status.OK for part in self.parts)


def explained(board: Board, rows: Sequence[GapRow], period: Period, zone: str) -> list[Explained]:
    """What each published gap of the twelve months that end with a quarter is made of, in the order given."""
    codes = [row.indicator.code for row in rows if row.known]
    values = board.rolling[board.rolling["indicator"].isin(codes) & (board.rolling["period"] == period.code)]
    frames = {dimension: decompose(values, indicators(), dimension) for dimension in ALONG}
    return [
        Explained(row, tuple(_part(frame, row.indicator, period, zone, name) for name, frame in frames.items()))
        for row in rows
        if row.known
    ]


def _part(frame: pd.DataFrame, indicator: Indicator, period: Period, zone: str, dimension: str) -> DecompositionRow:
    """Its decomposition; without object where it cannot be read by the dimension (those under 26 alone, say)."""
    if dimension not in indicator.breakdowns:
        return DecompositionRow(indicator, dimension, nan, nan, nan, Status.NON_APPLICABLE)
    return decomposition_row(frame, indicator, period.code, zone, dimension)


def told(found: Sequence[Explained]) -> list[str]:
    """A sentence for each established gap and dimension that has a decomposition."""
    return [
        f"{item.gap.indicator.short}{t.NBSP}: {_uncapital(decomposition(part))}"
        for item in found
        if item.gap.established
        for part in item.parts
        if part.status is Status.OK
    ]


def made_of_title(found: Sequence[Explained]) -> str:
    """The finding of the established gaps."""
    return decompositions_title([part for item in found if item.gap.established for part in item.parts])


WHY_NOT = {
    Status.SECRET: "Effectifs trop petits par sexe ou par âge",
    Status.NON_TRANSMIS: "Ni le sexe ni l'âge n'est transmis",
    Status.NON_APPLICABLE: "Sexe ou âge pas renseigné pour tous",
}


def left_out(found: Sequence[Explained]) -> list[str]:
    """Why gaps have no decomposition, one sentence for each reason; for those among one category alone, for each denominator."""
    groups: dict[tuple[Term, ...], list[Indicator]] = {}
    others: dict[Status, list[str]] = {}
    for item in found:
        if item.known:
            continue
        indicator = item.gap.indicator
        if any(term.dimension != ENSEMBLE for term in indicator.denominator_terms):
            groups.setdefault(indicator.denominator_terms, []).append(indicator)
        else:
            others.setdefault(min((part.status for part in item.parts), key=ORDER.index), []).append(t.lower_first(indicator.short))
    said = [f"{words}{t.NBSP}: {t.joined(others[status])}." for status, words in WHY_NOT.items() if status in others]
    return [*(not_decomposed([one.short for one in items], items[0]) for items in groups.values()), *said]


def _uncapital(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]


def explained_table(found: Sequence[Explained], when: str) -> Table:
    """Each gap that has a decomposition, then its two parts along each dimension; ``when``: « de janvier à décembre 2023 »."""
    return Table(
        f"Ce qui compose les écarts, en points, {when}",
        ("Dispositif", "Écart", "Répartition par sexe", "À sexe égal", "Répartition par âge", "À âge égal"),
        tuple(
            (item.gap.indicator.short, _points(item.gap.points), *(cell for part in item.parts for cell in _cells(part)))
            for item in found
            if item.known
        ),
    )


def _cells(part: DecompositionRow) -> tuple[Cell, Cell]:
    if part.status is not Status.OK:
        absent = marked(Cell(t.absent(part.status), part.status, numeric=True))
        return absent, absent
    return _points(part.composition), _points(part.rates)


def _points(x: float) -> Cell:
    return Cell(t.signed(x, 1), numeric=True)


def persons_known(board: Board, measure: str, period: Period, zone: str) -> Bound:
    """How many distinct persons partners know together: bounds, since each knows its own persons alone."""
    return told_bound(board.persons, measure, period.code, zone)
