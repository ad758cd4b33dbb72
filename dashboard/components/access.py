"""What the page of droit commun reads besides its gaps: what became of them in a year, what each is made of, how many persons entered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import nan
from typing import TYPE_CHECKING

from connectors.calendar import providers, provisional
from dashboard.charts.trends import Series
from dashboard.components.html import Cell, Table
from indicators import typography as t
from indicators.codes import ENSEMBLE
from indicators.decomposition import decompose
from indicators.distinct import Bound, bounds, told_bound
from indicators.evolution import Against, Trend, broken, gap_evolutions
from indicators.gaps import gaps
from indicators.indicator import Direction, Indicator
from indicators.period import Period
from indicators.registry import indicators, measures
from indicators.sentences_evolution import TRENDS, EvolutionRow, gap_change, gap_evolution_row
from indicators.sentences_explained import DecompositionRow, decomposition, decomposition_row
from indicators.sentences_rows import GapRow, figure
from indicators.status import Status
from indicators.territory import HORS_QPV

if TYPE_CHECKING:
    import pandas as pd

    from dashboard.data import Board

ALONG = ("sexe", "age")
"""The dimensions that partners' entries and job seekers are both told by."""
PERSONS = "habitants_accompagnes"


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
    """What each published gap is made of, in the order given."""
    codes = [row.indicator.code for row in rows if row.known]
    values = board.values[board.values["indicator"].isin(codes) & (board.values["period"] == period.code)]
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


def _uncapital(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]


def explained_table(found: Sequence[Explained], period: Period) -> Table:
    """Each gap, then its two parts along each dimension."""
    return Table(
        f"Ce qui compose les écarts, en points, {t.period_label(period)}",
        ("Dispositif", "Écart", "Répartition par sexe", "À sexe égal", "Répartition par âge", "À âge égal"),
        tuple(
            (item.gap.indicator.short, _points(item.gap.points), *(cell for part in item.parts for cell in _cells(part))) for item in found
        ),
    )


def _cells(part: DecompositionRow) -> tuple[Cell, Cell]:
    if part.status is not Status.OK:
        absent = Cell(t.absent(part.status), part.status, numeric=True)
        return absent, absent
    return _points(part.composition), _points(part.rates)


def _points(x: float) -> Cell:
    return Cell(t.signed(x, 1), numeric=True)


def persons_entered(board: Board, period: Period, zone: str) -> Bound:
    """How many distinct persons entered a scheme: bounds, since each partner knows its own persons alone."""
    mine = {PERSONS: measures()[PERSONS]}
    frame = bounds(board.counts, mine, board.settings.territory, [period], providers(board.declared))
    return told_bound(frame, PERSONS, period.code, zone)


@dataclass(frozen=True)
class Movement:
    """What became of a gap in a year: of the quarter's, and of that of the twelve months that end with it."""

    gap: GapRow
    quarter: EvolutionRow
    year: EvolutionRow


def movements(board: Board, rows: Sequence[GapRow], period: Period, zone: str) -> list[Movement]:
    """Each scheme's gap beside that of a year before, in the order given."""
    codes = [row.indicator.code for row in rows]
    dates = [period.code, period.same_period_last_year().code]
    moving = provisional(board.declared, board.today)
    frames = []
    for values in (board.values, board.rolling):
        mine = values[values["indicator"].isin(codes) & values["period"].isin(dates) & (values["dimension"] == ENSEMBLE)]
        found = gaps(mine, indicators())
        changes = gap_evolutions(found, indicators(), board.settings.breaks, board.settings.territory, Against.YEAR_AGO, moving)
        frames.append(changes)
    told = [[gap_evolution_row(frame, row.indicator, period, zone, Against.YEAR_AGO) for frame in frames] for row in rows]
    return [Movement(row, *pair) for row, pair in zip(rows, told, strict=True)]


def panels(board: Board, moved: Sequence[Movement], period: Period, zone: str) -> list[Series]:
    """A panel a scheme whose level is known, the highest levels first, from the first quarter to the period."""
    quarters = [Period.parse(code) for code in board.quarters if Period.parse(code).last_day <= period.last_day]
    found = [_panel(board, item, quarters, zone) for item in moved if item.gap.rest.known]
    return sorted(found, key=lambda series: -series.rest[-1].value)


def _panel(board: Board, item: Movement, quarters: list[Period], zone: str) -> Series:
    code, row = item.gap.indicator.code, item.quarter
    qpv, rest = ([figure(board.values, code, quarter.code, side) for quarter in quarters] for side in (zone, HORS_QPV))
    breaks = [
        place
        for place, (before, after) in enumerate(pairwise(quarters), 1)
        if broken(item.gap.indicator.measures, before, after, board.settings.breaks, board.settings.territory)
    ]
    return Series(item.gap.indicator.short, gap_change(row), trend_words(row), _tone(row), quarters, qpv, rest, breaks)


def overview(moved: Sequence[Movement], period: Period) -> str:
    """How many gaps narrow, widen, change sides, are not established: over the quarter, then over twelve months."""
    then, now = t.period_label(period.same_period_last_year()), t.period_label(period)
    quarter = _counted([item.quarter for item in moved])
    if not quarter:
        return f"Aucune évolution calculée entre {then} et {now}."
    year = _counted([item.year for item in moved])
    return f"Entre {then} et {now}, {quarter}." + (f" Sur douze mois, {year}." if year else "")


def _counted(rows: Sequence[EvolutionRow]) -> str:
    """« sur 9 écarts, 2 se réduisent et 7 n'ont pas d'évolution établie »; nothing where none is known."""
    known = [row for row in rows if row.known]
    if not known:
        return ""
    if all(row.trend == Trend.NON_ETABLI for row in known):
        return "l'écart publié n'a pas d'évolution établie" if len(known) == 1 else f"aucun des {len(known)} écarts n'a d'évolution établie"
    counts = [(sum(row.trend == trend for row in known), words) for trend, words in OVERVIEW.items()]
    return f"sur {t.count(len(known), 'écart')}, {t.joined([f'{n} {words[n > 1]}' for n, words in counts if n])}"


OVERVIEW = {
    Trend.SE_REDUIT: ("se réduit", "se réduisent"),
    Trend.SE_CREUSE: ("se creuse", "se creusent"),
    Trend.S_INVERSE: ("change de sens", "changent de sens"),
    Trend.NON_ETABLI: ("n'a pas d'évolution établie", "n'ont pas d'évolution établie"),
}


def trend_words(row: EvolutionRow) -> str:
    """What is established of a gap's change, in words."""
    return TRENDS[Trend(row.trend)] if row.known else "évolution non calculée"


def _tone(row: EvolutionRow) -> str:
    """Whether the change goes the better way for the QPVs, where it is established."""
    if not row.established or row.indicator.better is Direction.NEUTRAL:
        return "non_etabli"
    return "favorable" if (row.change > 0) == (row.indicator.better is Direction.HIGHER) else "defavorable"


def movements_table(moved: Sequence[Movement], period: Period) -> Table:
    """Each gap a year before and now, its change and what is established, over the quarter then over twelve months."""
    then, now = t.period_label(period.same_period_last_year()), t.period_label(period)
    return Table(
        f"Évolution des écarts, {then} et {now}",
        ("Dispositif", f"Écart {then}", f"Écart {now}", "Évolution", "Lecture", "Évolution sur douze mois", "Lecture sur douze mois"),
        tuple((item.gap.indicator.short, *_then_and_now(item.quarter), *_change(item.quarter), *_change(item.year)) for item in moved),
    )


def _then_and_now(row: EvolutionRow) -> tuple[Cell, Cell]:
    if not row.known:
        absent = Cell(t.absent(row.status), row.status, numeric=True)
        return absent, absent
    return _points(row.before), _points(row.after)


def _change(row: EvolutionRow) -> tuple[Cell, str | Cell]:
    if not row.known:
        words = t.lower_first(row.broken) if row.broken else t.absent(row.status)
        return Cell(words, row.status, numeric=True), "–"
    limits = f" (de {t.signed(row.low, 1)} à {t.signed(row.high, 1)})"
    return Cell(f"{t.signed(row.change, 1)}{limits}", numeric=True), trend_words(row) + (", provisoire" if row.provisional else "")
