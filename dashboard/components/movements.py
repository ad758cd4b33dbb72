"""What became of the gaps of droit commun in a year: rows, panels, sentences and table. No drawing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from connectors.calendar import provisional
from dashboard.charts.trends import Series
from dashboard.components.html import Cell, Table
from dashboard.components.readings import breaks_of
from indicators import typography as t
from indicators.breaks import broken
from indicators.codes import ENSEMBLE
from indicators.evolution import Against, Trend, gap_evolutions
from indicators.evolution_rows import EvolutionRow, gap_evolution_row
from indicators.gaps import gaps
from indicators.indicator import Direction
from indicators.period import Period
from indicators.registry import indicators
from indicators.sentences import verdict
from indicators.sentences_evolution import before_series, between, gap_change, gap_evolution, not_computed, trend_words
from indicators.sentences_rows import GapRow, figure, gap_rows
from indicators.status import Status
from indicators.territory import HORS_QPV
from indicators.windows import Window

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
    items = [row.indicator for row in rows]
    dates = [period.code, period.same_period_last_year().code]
    moving, breaks = provisional(board.declared, board.today), breaks_of(board)
    told = []
    for values, window in ((board.values, Window.PERIOD), (board.rolling, Window.ROLLING_YEAR)):
        codes = values["indicator"].isin([item.code for item in items])
        mine = values[codes & values["period"].isin(dates) & (values["dimension"] == ENSEMBLE)]
        found = gaps(mine, indicators())
        fragile = {row.indicator.code for day in dates for row in gap_rows(found, mine, items, day, zone) if row.fragile}
        changes = gap_evolutions(found, indicators(), breaks, board.settings.territory, Against.YEAR_AGO, moving, window=window)
        told.append(
            [gap_evolution_row(changes, item, period, zone, Against.YEAR_AGO, window, fragile=item.code in fragile) for item in items]
        )
    return [Movement(row, quarter, year) for row, quarter, year in zip(rows, *told, strict=True)]


def first_quarter(board: Board, period: Period) -> Period | None:
    """The first quarter of the series, where a year before ``period`` is sooner; else None."""
    first = Period.parse(board.quarters[0])
    return first if period.same_period_last_year().first_day < first.first_day else None


def panels(board: Board, moved: Sequence[Movement], period: Period, zone: str) -> list[Series]:
    """A panel a scheme whose level is known, the highest levels first, from the first quarter to the period."""
    quarters = [Period.parse(code) for code in board.quarters if Period.parse(code).last_day <= period.last_day]
    found = [_panel(board, item, quarters, zone) for item in moved if item.gap.rest.known]
    return sorted(found, key=lambda series: -series.rest[-1].value)


def _panel(board: Board, item: Movement, quarters: list[Period], zone: str) -> Series:
    code, row = item.gap.indicator.code, item.quarter
    qpv, rest = ([figure(board.values, code, quarter.code, side) for quarter in quarters] for side in (zone, HORS_QPV))
    breaks, territory = breaks_of(board), board.settings.territory
    places = [
        place
        for place, (before, after) in enumerate(pairwise(quarters), 1)
        if broken(item.gap.indicator.measures, before, after, breaks, territory)
    ]
    change, words = ("", "") if first_quarter(board, row.later) else (gap_change(row), trend_words(row))
    return Series(item.gap.indicator.short, read(item.gap), item.gap.verdict, change, words, _tone(row), quarters, qpv, rest, places)


def read(gap: GapRow) -> str:
    """What a gap says at the period: « Écart défavorable, fragile »."""
    return verdict(gap) + (", fragile" if gap.fragile else "")


def overview(moved: Sequence[Movement], period: Period, first: Period | None = None) -> str:
    """How many gaps narrow, widen, change sides, are not established: over the quarter, then over twelve months.

    ``first`` is the first quarter of the series where there is no other date to compare with.
    """
    earlier = period.same_period_last_year()
    quarter = _counted([item.quarter for item in moved])
    if not quarter:
        nothing = f"Aucune évolution calculée entre {t.period_label(earlier)} et {t.period_label(period)}"
        return f"{nothing}{t.NBSP}: {t.lower_first(before_series(first))}" if first else f"{nothing}."
    year = _counted([item.year for item in moved])
    told = f"{between(earlier, period)}, {quarter}."
    return f"{told} {between(earlier, period, Window.ROLLING_YEAR)}, {year}." if year else told


def _counted(rows: Sequence[EvolutionRow]) -> str:
    """« sur 9 écarts, 2 se réduisent et 7 n'ont pas d'évolution établie »; nothing where none is known."""
    known = [row for row in rows if row.known]
    if not known:
        return ""
    if all(row.trend == Trend.NON_ETABLI for row in known):
        return "l'écart publié n'a pas d'évolution établie" if len(known) == 1 else f"aucun des {len(known)} écarts n'a d'évolution établie"
    groups: dict[str, list[EvolutionRow]] = {}
    for row in sorted(known, key=lambda row: list(Trend).index(Trend(row.trend))):
        groups.setdefault(trend_words(row), []).append(row)
    each = [f"{len(rows)} {OVERVIEW[words][len(rows) > 1]}{_named(rows)}" for words, rows in groups.items()]
    return f"sur {t.count(len(known), 'écart')}, {t.joined(each)}"


def _named(rows: Sequence[EvolutionRow]) -> str:
    """Which ones, where something is established and they are few."""
    if len(rows) > NAMED or rows[0].trend == Trend.NON_ETABLI:
        return ""
    return f" ({', '.join(t.lower_first(row.indicator.short) for row in rows)})"


NAMED = 3
"""Gaps that a sentence can name without becoming a list."""


OVERVIEW = {
    "l'écart se réduit": ("se réduit", "se réduisent"),
    "l'écart se creuse": ("se creuse", "se creusent"),
    "l'avance augmente": ("est une avance qui augmente", "sont des avances qui augmentent"),
    "l'avance diminue": ("est une avance qui diminue", "sont des avances qui diminuent"),
    "l'écart change de sens": ("change de sens", "changent de sens"),
    "pas d'évolution établie": ("n'a pas d'évolution établie", "n'ont pas d'évolution établie"),
}
"""The words of one change, as the verb of one gap and of several."""


def told_over_time(moved: Sequence[Movement], zone: str = "des QPV") -> list[str]:
    """A sentence for each gap over the quarter, and one more where the twelve months establish something."""
    same = _same_break(moved)
    if same:
        return [same]
    said = []
    for item in moved:
        label = item.gap.indicator.short
        said.append(gap_evolution(item.quarter, label, zone))
        if item.year.established:
            said.append(gap_evolution(item.year, label, zone))
    return said


def _same_break(moved: Sequence[Movement]) -> str:
    """The break that keeps every gap from being compared, told once."""
    if moved and moved[0].quarter.broken and len({(item.quarter.broken, item.quarter.broken_on) for item in moved}) == 1:
        return not_computed(moved[0].quarter)
    return ""


def _tone(row: EvolutionRow) -> str:
    """Whether the change goes the better way for the QPVs, where it is established; empty where it is not computed."""
    if not row.known:
        return ""
    if not row.established or row.indicator.better is Direction.NEUTRAL:
        return "non_etabli"
    return "favorable" if (row.change > 0) == (row.indicator.better is Direction.HIGHER) else "defavorable"


def movements_table(moved: Sequence[Movement], period: Period, first: Period | None = None) -> Table:
    """Each gap a year before and now, what it says now, its change and what is established, over the quarter then over twelve months."""
    then, now = t.period_label(period.same_period_last_year()), t.period_label(period)
    heads = (f"Écart {then}", f"Écart {now}", f"Lecture de l'écart {now}", "Évolution", "Lecture de l'évolution")
    return Table(
        f"Évolution des écarts, {then} et {now}",
        ("Dispositif", *heads, "Évolution sur douze mois", "Lecture sur douze mois"),
        tuple(
            (item.gap.indicator.short, *_then_and_now(item, first), *_change(item.quarter, first), *_change(item.year, first))
            for item in moved
        ),
    )


def _then_and_now(item: Movement, first: Period | None) -> tuple[Cell, Cell, str]:
    row, gap = item.quarter, item.gap
    then = Cell(t.signed(row.before, 1), numeric=True) if row.known else _absent(row, first)
    now = Cell(t.signed(gap.points, 1), numeric=True) if gap.known else Cell(t.absent(gap.status), gap.status, numeric=True)
    return then, now, read(gap)


def _absent(row: EvolutionRow, first: Period | None) -> Cell:
    """A dash before the first quarter, where there is nothing to transmit; else why there is no figure."""
    if first is not None:
        return Cell(NOTHING, Status.NON_APPLICABLE, numeric=True)
    return Cell(gap_change(row), row.status, numeric=True)


NOTHING = "—"


def _change(row: EvolutionRow, first: Period | None) -> tuple[Cell, str]:
    if not row.known:
        return _absent(row, first), NOTHING
    limits = f" (de {t.signed(row.low, 1)} à {t.signed(row.high, 1)})"
    until = f", provisoire jusqu'au {t.date_short(row.provisional)}" if row.provisional else ""
    return Cell(f"{t.signed(row.change, 1)}{limits}", numeric=True), trend_words(row) + until
