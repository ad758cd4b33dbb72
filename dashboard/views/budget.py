"""Budget: is the grant spent at the pace of time? The whole against a linear pace, then each line against its amount."""

from __future__ import annotations

from datetime import date

import streamlit as st

from connectors.source import Kind
from dashboard import choices, data
from dashboard.charts import budget_chart
from dashboard.charts.budget import Exercise
from dashboard.components import chart, missing, note, title
from dashboard.components.readings import budget_of, exercise_of
from dashboard.components.tables import budget_table
from dashboard.data import Board
from indicators import sentences_budget
from indicators import typography as t

LINEAR = f"Rythme linéaire{t.NNBSP}: la même somme chaque jour de l'exercice. «{t.NBSP}Au rythme{t.NBSP}»{t.NNBSP}: à 10 points près."


def page() -> None:
    """Draw the page."""
    board = data.board()
    if not board.settings.exercises:
        title("Budget\u202f: aucun exercice déclaré")
        missing("Le fichier cite.toml ne déclare aucun exercice.", "Ajoutez une section [[exercise]] avec la subvention et ses lignes.")
        return
    with st.container(horizontal=True):
        year = choices.exercise(board)
        period = choices.closing(board, year)
    _exercise(board, year, min(period.last_day, board.today))


def _exercise(board: Board, year: int, on: date) -> None:
    declared = exercise_of(board, year)
    if declared is None:
        return
    found = budget_of(board, declared, on)
    if found is None:
        title(f"Budget {year}\u202f: comptabilité non transmise")
        missing(f"Aucune écriture de l'exercice {year} n'a été reçue.")
        return
    total, lines = found
    title(sentences_budget.budget_title(total, year))
    cumulated = board.cumulative(year, on)
    chart(
        budget_chart(
            Exercise(year, declared.first_day, declared.last_day, on, declared.funder),
            [(row["day"], row["paid"]) for row in cumulated.to_dict("records")],
            total,
            lines,
        ),
        sentences_budget.budget(total, year, on),
        budget_table(lines, total, year),
        _source(board, year),
        key="budget",
    )
    until = board.ledger_until(year)
    if until < min(on, declared.last_day):
        note(f"Comptes connus jusqu'au {t.date_short(until)}{t.NNBSP}: la suite n'est pas transmise, elle n'est pas nulle.")
    note(LINEAR if total.elapsed_share >= 1 else f"{LINEAR} {sentences_budget.NOT_A_FORECAST}")


def _source(board: Board, year: int) -> str:
    """The ledgers behind the figures, and when each was received."""
    ledgers = [state for state in board.sources if state.kind == Kind.FEC and state.last_accepted]
    said = [f"{state.label}, reçue le {t.date_short(state.last_accepted.date())}" for state in ledgers if state.last_accepted]
    fictitious = " Données fictives." if board.settings.city.fictitious else ""
    return f"Source{t.NNBSP}: {t.joined(said) or f'comptabilité {year}'}.{fictitious}"


page()
