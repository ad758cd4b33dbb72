"""The first page: where the Cité stands at the end of a quarter, in five figures, and what the committee should look at."""

from __future__ import annotations

import streamlit as st

from dashboard import choices, data
from dashboard.components import html as fragments
from dashboard.components import missing, note, section, show, summary, title
from dashboard.components.readings import access_gaps, budget_of, delivered, exercise_of, following, has_figures
from dashboard.components.targets_table import reached, rows_of, targets_table
from dashboard.data import Board
from indicators import sentences, sentences_results
from indicators.period import Period
from indicators.sentences_rows import figure
from indicators.territory import QPV


def page() -> None:
    """Draw the page."""
    board = data.board()
    if not has_figures(board):
        title("Aucune donnée reçue pour l'instant")
        missing("Aucun partenaire n'a encore transmis de chiffres.")
        return
    with st.container(horizontal=True):
        period = choices.quarter(board)
    rows = access_gaps(board, period)
    exercise = exercise_of(board, period.year)
    found_budget = budget_of(board, exercise, period.last_day) if exercise else None
    budget = found_budget[0] if found_budget else None
    received, late, awaited = delivered(board, period)
    title(summary.summary_title(rows, budget))
    came, lacking, coming = ([state.label for state in group] for group in (received, late, awaited))
    show(fragments.paragraph(sentences_results.transmission(came, lacking, coming, period), "phrase"))
    steps = following(board, period)
    lifted = figure(board.values, "N3.4", period.code)
    show(
        fragments.tiles(
            [
                summary.partners_tile(len(received), len(late) + len(awaited), period),
                summary.gaps_tile(rows, period),
                summary.freins_tile(lifted, period),
                summary.parcours_tile(steps["entered"], steps["left"], steps["under_way"], period),
                summary.budget_tile(budget, period, declared=exercise is not None),
            ]
        )
    )
    section("À regarder")
    found = summary.alerts(rows, budget, period, board.sources)
    show(fragments.alerts(found) if found else fragments.paragraph("Rien à signaler pour ce trimestre.", "note"))
    note(_context(board, period))
    aimed = rows_of(board, period)
    if aimed:
        section("Cibles du copil")
        show(fragments.paragraph(reached(aimed), "phrase"))
        show(fragments.table(targets_table(aimed, period, board.settings.territory), show_caption=False))


def _context(board: Board, period: Period) -> str:
    city, qpv = figure(board.values, "C1", period.code), figure(board.values, "C1", period.code, QPV)
    before = figure(board.values, "C1", period.same_period_last_year().code)
    crossed = any(item.separates(period.same_period_last_year(), period, "demandeurs_emploi_abc") for item in board.settings.breaks)
    change = 100 * (city.value / before.value - 1) if city.known and before.known and before.value > 0 and not crossed else None
    return sentences.job_seekers(city, qpv, period.last_day, change)


page()
