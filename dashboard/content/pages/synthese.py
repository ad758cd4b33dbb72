"""The first page: where the Cité stands at the end of a quarter, in five figures, and what the committee should look at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.components import html, summary
from dashboard.components.readings import access_gaps, budget_of, delivered, exercise_of, following, has_figures
from dashboard.components.targets_table import reached, rows_of, targets_table
from dashboard.content.choice import Choice
from dashboard.content.sheet import Sheet
from indicators import sentences, sentences_results
from indicators.period import Period
from indicators.sentences_rows import BudgetRow, GapRow, figure
from indicators.territory import QPV

if TYPE_CHECKING:
    from dashboard.data import Board


def content(sheet: Sheet, board: Board, choice: Choice) -> None:
    """Write the page for a quarter."""
    if not has_figures(board):
        sheet.title("Aucune donnée reçue pour l'instant")
        sheet.missing("Aucun partenaire n'a encore transmis de chiffres.")
        return
    period = Period.parse(choice.period)
    rows, budget = access_gaps(board, period), _budget(board, period)
    received, late, awaited = delivered(board, period)
    sheet.title(summary.summary_title(rows, budget))
    came, lacking, coming = ([state.label for state in group] for group in (received, late, awaited))
    sheet.show(html.paragraph(sentences_results.transmission(came, lacking, coming, period), "phrase"))
    partners = summary.partners_tile(len(received), len(late) + len(awaited), period)
    sheet.show(html.tiles([partners, *_tiles(board, rows, budget, period)]))
    sheet.section("À regarder")
    found = summary.alerts(rows, budget, period, board.sources)
    sheet.show(html.alerts(found) if found else html.paragraph("Rien à signaler pour ce trimestre.", "note"))
    sheet.note(_context(board, period))
    aimed = rows_of(board, period)
    if aimed:
        sheet.section("Cibles du copil")
        sheet.show(html.paragraph(reached(aimed), "phrase"))
        sheet.show(html.table(targets_table(aimed, period, board.settings.territory), show_caption=False))


def _budget(board: Board, period: Period) -> BudgetRow | None:
    """The whole grant at the end of the quarter; None without an exercise or a ledger."""
    exercise = exercise_of(board, period.year)
    found = budget_of(board, exercise, period.last_day) if exercise else None
    return found[0] if found else None


def _tiles(board: Board, rows: list[GapRow], budget: BudgetRow | None, period: Period) -> list[html.Tile]:
    """The tiles after that of the partners."""
    steps = following(board, period)
    return [
        summary.gaps_tile(rows, period),
        summary.freins_tile(figure(board.values, "N3.4", period.code), period),
        summary.parcours_tile(steps["entered"], steps["left"], steps["under_way"], period),
        summary.budget_tile(budget, period, declared=exercise_of(board, period.year) is not None),
    ]


def _context(board: Board, period: Period) -> str:
    city, qpv = figure(board.values, "C1", period.code), figure(board.values, "C1", period.code, QPV)
    before = figure(board.values, "C1", period.same_period_last_year().code)
    crossed = any(item.separates(period.same_period_last_year(), period, "demandeurs_emploi_abc") for item in board.settings.breaks)
    change = 100 * (city.value / before.value - 1) if city.known and before.known and before.value > 0 and not crossed else None
    return sentences.job_seekers(city, qpv, period.last_day, change)
