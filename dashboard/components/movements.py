"""What became of the gaps of droit commun in a year: rows, panels, sentences and table. No drawing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from connectors.calendar import provisional
from dashboard.charts.trends import Series
from dashboard.components.html import Cell, Table
from dashboard.components.readings import breaks_of, compared
from dashboard.components.released import MARK, marked
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
    from dashboard.board import Board


@dataclass(frozen=True)
class Movement:
    """What became of a gap in a year: of the quarter's, or of that of the twelve months that end with it.

    ``outside``: whether the reader's grid did not show it a year before; then nothing is compared.
    """

    gap: GapRow
    change: EvolutionRow
    outside: bool = False


def movements(board: Board, rows: Sequence[GapRow], period: Period, zone: str, window: Window = Window.PERIOD) -> list[Movement]:
    """Each scheme's gap beside that of a year before, in the order given; ``rows`` are those of the window."""
    items, before = [row.indicator for row in rows], period.same_period_last_year()
    dates = [period.code, before.code]
    values = board.rolling if window is Window.ROLLING_YEAR else board.values
    codes = values["indicator"].isin([item.code for item in items])
    mine = values[codes & values["period"].isin(dates) & (values["dimension"] == ENSEMBLE)]
    found = gaps(mine, indicators())
    fragile = {row.indicator.code for day in dates for row in gap_rows(found, mine, items, day, zone) if row.fragile}
    moving, breaks = provisional(board.declared, board.today), breaks_of(board)
    changes = gap_evolutions(found, indicators(), breaks, board.settings.territory, Against.YEAR_AGO, moving, window=window)
    return [
        Movement(
            row,
            gap_evolution_row(changes, item, period, zone, Against.YEAR_AGO, window, fragile=item.code in fragile),
            not compared(board, item, before, zone, window),
        )
        for row, item in zip(rows, items, strict=True)
    ]


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
    code, row = item.gap.indicator.code, item.change
    qpv, rest = ([figure(board.values, code, quarter.code, side) for quarter in quarters] for side in (zone, HORS_QPV))
    breaks, territory = breaks_of(board), board.settings.territory
    places = [
        place
        for place, (before, after) in enumerate(pairwise(quarters), 1)
        if broken(item.gap.indicator.measures, before, after, breaks, territory)
    ]
    change, words = ("", "") if item.outside or first_quarter(board, row.later) else (_changed(row), trend_words(row))
    return Series(item.gap.indicator.short, read(item.gap), item.gap.verdict, change, words, _tone(row), quarters, qpv, rest, places)


def read(gap: GapRow) -> str:
    """What a gap says at the period: « Écart défavorable, fragile »."""
    return verdict(gap) + (", fragile" if gap.fragile else "")


def overview(quarters: Sequence[Movement], years: Sequence[Movement], period: Period, first: Period | None = None) -> str:
    """How many gaps narrow, widen, change sides, are not established: over the quarter, then over twelve months.

    ``first`` is the first quarter of the series where there is no other date to compare with.
    """
    earlier = period.same_period_last_year()
    quarter = _counted([item.change for item in quarters])
    if not quarter:
        nothing = f"Aucune évolution calculée entre {t.period_label(earlier)} et {t.period_label(period)}"
        return f"{nothing}{t.NBSP}: {t.lower_first(before_series(first))}" if first else f"{nothing}."
    year = _counted([item.change for item in years])
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
    """A sentence for each gap; those that the reader's grid did not show a year before are named once."""
    same = _same_break(moved)
    if same:
        return [same]
    said = [gap_evolution(item.change, item.gap.indicator.short, zone) for item in moved if not item.outside]
    outside = [t.lower_first(item.gap.indicator.short) for item in moved if item.outside]
    earlier = t.period_label(moved[0].change.earlier) if moved else ""
    return [*said, f"Pas de comparaison avec {earlier}, effectifs trop petits alors{t.NBSP}: {t.joined(outside)}."] if outside else said


def established_over_time(moved: Sequence[Movement], zone: str = "des QPV") -> list[str]:
    """A sentence for each change that is established."""
    return [gap_evolution(item.change, item.gap.indicator.short, zone) for item in moved if item.change.established]


def _same_break(moved: Sequence[Movement]) -> str:
    """The break that keeps every gap from being compared, told once."""
    if moved and moved[0].change.broken and len({(item.change.broken, item.change.broken_on) for item in moved}) == 1:
        return not_computed(moved[0].change)
    return ""


def _tone(row: EvolutionRow) -> str:
    """Whether the change goes the better way for the QPVs, where it is established; empty where it is not computed."""
    if not row.known:
        return ""
    if not row.established or row.indicator.better is Direction.NEUTRAL:
        return "non_etabli"
    return "favorable" if (row.change > 0) == (row.indicator.better is Direction.HIGHER) else "defavorable"


def movements_table(moved: Sequence[Movement], period: Period, first: Period | None = None) -> Table:
    """Each gap a year before and now, what it says now, its change and what is established."""
    then, now = t.period_label(period.same_period_last_year()), t.period_label(period)
    year = any(item.change.window is Window.ROLLING_YEAR for item in moved)
    return Table(
        f"Évolution des écarts{' des douze mois finissant avec' if year else ','} {then} et {now}",
        ("Dispositif", f"Écart {then}", f"Écart {now}", f"Lecture de l'écart {now}", "Évolution", "Lecture de l'évolution"),
        tuple((item.gap.indicator.short, *_then_and_now(item, first), *_change(item, first)) for item in moved),
    )


def _then_and_now(item: Movement, first: Period | None) -> tuple[Cell, Cell, Cell]:
    row, gap = item.change, item.gap
    then = Cell(t.signed(row.before, 1), numeric=True) if row.known else _absent(item, first)
    now = Cell(t.signed(gap.points, 1), numeric=True) if gap.known else marked(Cell(t.absent(gap.status), gap.status, numeric=True))
    return then, now, marked(Cell(read(gap), gap.status))


def _absent(item: Movement, first: Period | None) -> Cell:
    """A dash before the first quarter, where there is nothing to transmit, and outside the grid; else why there is no figure."""
    if first is not None or item.outside:
        return Cell(NOTHING, Status.NON_APPLICABLE, numeric=True)
    return Cell(_changed(item.change), item.change.status, numeric=True)


def _changed(row: EvolutionRow) -> str:
    """From what to what the gap went; the mark for one that is hidden."""
    return MARK if row.status is Status.SECRET and row.broken_on is None else gap_change(row)


NOTHING = "—"


def _change(item: Movement, first: Period | None) -> tuple[Cell, str]:
    row = item.change
    if not row.known:
        return _absent(item, first), NOTHING
    limits = f" (de {t.signed(row.low, 1)} à {t.signed(row.high, 1)})"
    until = f", provisoire jusqu'au {t.date_short(row.provisional)}" if row.provisional else ""
    return Cell(f"{t.signed(row.change, 1)}{limits}", numeric=True), trend_words(row) + until
