"""The first page: where the Cité stands at the end of a quarter, in five figures, and what the committee should look at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.components import html, links, released, summary
from dashboard.components.readings import access_gaps, budget_of, delivered, exercise_of, has_figures
from dashboard.components.targets_table import reached, rows_of, targets_table
from dashboard.content import first_steps
from dashboard.content.access_reading import REST, fragile
from dashboard.content.choice import Choice
from dashboard.content.sheet import Sheet
from indicators import sentences, sentences_results
from indicators import typography as t
from indicators.meeting import Audience
from indicators.needs import FLOWS
from indicators.period import Period
from indicators.sentences_rows import BudgetRow, Figure, GapRow, figure
from indicators.status import Status
from indicators.territory import QPV
from indicators.windows import Window

if TYPE_CHECKING:
    from dashboard.board import Board


LIFTED, IDENTIFIED = "N3.4", FLOWS["identified"]


def content(sheet: Sheet, board: Board, choice: Choice) -> None:
    """Write the page for a quarter."""
    if not has_figures(board):
        sheet.title("Aucune donnée reçue pour l'instant")
        sheet.missing("Aucun partenaire n'a encore transmis de chiffres.")
        return
    period = Period.parse(choice.period)
    rows, budget = access_gaps(board, period), _budget(board, period)
    freins, parcours = _freins(board, period), _parcours(board, period)
    received, late, awaited = delivered(board, period)
    sheet.title(summary.summary_title(rows, budget))
    came, lacking, coming = ([state.label for state in group] for group in (received, late, awaited))
    sheet.show(html.paragraph(sentences_results.transmission(came, lacking, coming, period), "phrase"))
    uncounted = first_steps.lacking(board, period, rows)
    if uncounted:
        sheet.missing(uncounted, first_steps.NEXT)
    partners = summary.partners_tile(len(received), len(late) + len(awaited), period)
    gaps = summary.gaps_tile(rows, period)
    spent = summary.budget_tile(budget, period, declared=exercise_of(board, period.year) is not None)
    sheet.show(html.tiles([tile for tile in (partners, gaps, freins, parcours, spent) if tile]))
    _grid(sheet, board, period, rows, [name for name, tile in (("freins", freins), ("parcours", parcours)) if tile is None])
    sheet.section("À regarder")
    found = summary.alerts(rows, budget, period, board.sources)
    sheet.show(html.alerts(found) if found else html.paragraph("Rien à signaler pour ce trimestre.", "note"))
    context = _context(board, period)
    if context:
        sheet.note(context)
    aimed = rows_of(board, period)
    if aimed:
        sheet.section("Cibles du copil")
        sheet.show(html.paragraph(reached(aimed), "phrase"))
        table = links.by_row(targets_table(aimed, period, board.settings.territory), [row.indicator.code for row in aimed], period)
        sheet.show(html.table(table, show_caption=False))
    legend = released.legend(sheet.blocks)
    if legend:
        sheet.note(legend)


def _budget(board: Board, period: Period) -> BudgetRow | None:
    """The whole grant at the end of the quarter; None without an exercise or a ledger."""
    exercise = exercise_of(board, period.year)
    found = budget_of(board, exercise, period.last_day) if exercise else None
    return found[0] if found else None


def _freins(board: Board, period: Period) -> html.Tile | None:
    """Freins lifted in the quarter, else over twelve months, else identified: the first that the reader is shown."""
    quarter = _told(board, Window.PERIOD, LIFTED, period)
    if quarter:
        return summary.freins_tile(quarter, period)
    year = None if released.too_early(board, period) else _told(board, Window.ROLLING_YEAR, LIFTED, period)
    if year:
        return summary.freins_tile(year, period, released.twelve_months(period))
    identified = _told(board, Window.PERIOD, IDENTIFIED, period)
    return summary.identified_tile(identified, period) if identified and identified.known else None


def _parcours(board: Board, period: Period) -> html.Tile | None:
    entered, left = (_told(board, Window.YEAR_TO_DATE, code, period) for code in ("N3.7-entrees", "R1"))
    return summary.parcours_tile(entered, left, _told(board, Window.PERIOD, "N3.7-en_cours", period), period)


def _told(board: Board, window: Window, indicator: str, period: Period) -> Figure | None:
    """A figure of the city as it may be told; None for another reader than the coordination where it is hidden or outside the grid."""
    found = released.told(board, window, indicator, period)
    hidden = found is not None and found.status is Status.SECRET and board.audience is not Audience.COORDINATION
    return None if hidden else found


def _grid(sheet: Sheet, board: Board, period: Period, rows: list[GapRow], small: list[str]) -> None:
    """In an edition: what is counted, what the rest of the city holds, what is too small; and what « fragile » means, if a gap is."""
    if board.audience is Audience.COORDINATION:
        return
    said = [f"Totaux du {t.period_label(period)}{t.NNBSP}; parcours depuis le 1er janvier.", REST]
    sheet.note(" ".join([*said, *([released.too_small(small)] if small else [])]))
    for remark in fragile(board, rows):
        sheet.note(remark)


def _context(board: Board, period: Period) -> str:
    """Who looks for work in the city; empty where the reader is not shown it."""
    if released.told(board, Window.PERIOD, "C1", period) is None:
        return ""
    city, qpv = figure(board.values, "C1", period.code), figure(board.values, "C1", period.code, QPV)
    before = figure(board.values, "C1", period.same_period_last_year().code)
    crossed = any(item.separates(period.same_period_last_year(), period, "demandeurs_emploi_abc") for item in board.settings.breaks)
    change = 100 * (city.value / before.value - 1) if city.known and before.known and before.value > 0 and not crossed else None
    return sentences.job_seekers(city, qpv, period.last_day, change)
