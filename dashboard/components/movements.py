"""What became of the gaps of droit commun in a year: rows, panels, sentences and table. No drawing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from connectors.calendar import provisional
from dashboard.charts.trends import Series
from dashboard.components.html import Cell, Table
from indicators import typography as t
from indicators.codes import ENSEMBLE
from indicators.evolution import Against, Trend, broken, gap_evolutions
from indicators.gaps import gaps
from indicators.indicator import Direction
from indicators.period import Period
from indicators.registry import indicators
from indicators.sentences_evolution import TRENDS, EvolutionRow, gap_change, gap_evolution, gap_evolution_row
from indicators.sentences_rows import GapRow, figure
from indicators.territory import HORS_QPV

if TYPE_CHECKING:
    from dashboard.data import Board


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
    found = [([row for row in known if row.trend == trend], words) for trend, words in OVERVIEW.items()]
    each = [f"{len(rows)} {words[len(rows) > 1]}{_named(rows)}" for rows, words in found if rows]
    return f"sur {t.count(len(known), 'écart')}, {t.joined(each)}"


def _named(rows: Sequence[EvolutionRow]) -> str:
    """Which ones, where something is established and they are few."""
    if len(rows) > NAMED or rows[0].trend == Trend.NON_ETABLI:
        return ""
    return f" ({', '.join(t.lower_first(row.indicator.short) for row in rows)})"


NAMED = 3
"""Gaps that a sentence can name without becoming a list."""


OVERVIEW = {
    Trend.SE_REDUIT: ("se réduit", "se réduisent"),
    Trend.SE_CREUSE: ("se creuse", "se creusent"),
    Trend.S_INVERSE: ("change de sens", "changent de sens"),
    Trend.NON_ETABLI: ("n'a pas d'évolution établie", "n'ont pas d'évolution établie"),
}


def told_over_time(moved: Sequence[Movement]) -> list[str]:
    """A sentence for each gap over the quarter, and one more where the twelve months establish something."""
    said = []
    for item in moved:
        label = item.gap.indicator.short
        said.append(f"{label}{t.NBSP}: {t.lower_first(gap_evolution(item.quarter))}")
        if item.year.established:
            said.append(f"{label}, sur douze mois{t.NBSP}: {t.lower_first(gap_evolution(item.year))}")
    return said


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
    return Cell(t.signed(row.before, 1), numeric=True), Cell(t.signed(row.after, 1), numeric=True)


def _change(row: EvolutionRow) -> tuple[Cell, str | Cell]:
    if not row.known:
        words = t.lower_first(row.broken) if row.broken else t.absent(row.status)
        return Cell(words, row.status, numeric=True), "–"
    limits = f" (de {t.signed(row.low, 1)} à {t.signed(row.high, 1)})"
    return Cell(f"{t.signed(row.change, 1)}{limits}", numeric=True), trend_words(row) + (", provisoire" if row.provisional else "")
