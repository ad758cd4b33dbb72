"""Budget: is the grant spent at the pace of time, on what, beside what, at what cost? And its financial report (Cerfa 15059)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from connectors.exercise import ExerciseDeclared
from connectors.source import Kind
from dashboard.charts import budget_chart
from dashboard.charts.budget import Exercise
from dashboard.components import budget_tables as tables
from dashboard.components import html, links
from dashboard.components.budget_readings import costs_of, following_grant, funds_of, late_of, levels_of
from dashboard.components.readings import budget_of, exercise_of
from dashboard.content.choice import Choice
from dashboard.content.sheet import Sheet
from indicators import sentences_budget as sentences
from indicators import sentences_results, unit_costs
from indicators import typography as t
from indicators.period import Frequency, Period
from indicators.registry import indicators
from indicators.sentences_rows import BudgetRow, figure
from indicators.unit_costs import FEWEST

if TYPE_CHECKING:
    from dashboard.board import Board

COST_LIMITS = (
    "Toute la dépense de la subvention est rapportée aux personnes, alors qu'elle sert aussi à fédérer et à orienter. "
    f"L'intervalle est celui du nombre de personnes. Coût non publié sous {FEWEST} personnes."
)
USE, REPORT = "Emploi de la subvention", "Compte rendu financier (Cerfa 15059)"


BUDGET_SHEETS = ("", "B1-engage", "B1", "B1-engage", "B1", "B2")
"""The indicator that each column of the grant's table comes from."""


def content(sheet: Sheet, board: Board, choice: Choice) -> None:
    """Write the page for an exercise and the end of a quarter."""
    if not board.settings.exercises:
        sheet.title(f"Budget{t.NBSP}: aucun exercice déclaré")
        sheet.missing(
            "Le fichier cite.toml ne déclare aucun exercice.", "Ajoutez une section [[exercise]] avec la subvention et ses lignes."
        )
        return
    _exercise(sheet, board, int(choice.exercise), min(Period.parse(choice.closing).last_day, board.today))


def _exercise(sheet: Sheet, board: Board, year: int, on: date) -> None:
    declared = exercise_of(board, year)
    if declared is None:
        return
    found = budget_of(board, declared, on)
    if found is None:
        sheet.title(f"Budget {year}{t.NBSP}: comptabilité non transmise")
        sheet.missing(f"Aucune écriture de l'exercice {year} n'a été reçue.")
        return
    total, lines = found
    sheet.title(sentences.budget_title(total, year))
    sheet.tab(USE)
    _whole(sheet, board, declared, on, total, lines)
    _levels(sheet, board, declared, on)
    _funding(sheet, board, declared, on, total)
    if on >= declared.last_day:
        _costs(sheet, board, year)
    sheet.tab(REPORT)
    _report(sheet, board, year, on)


def _whole(sheet: Sheet, board: Board, declared: ExerciseDeclared, on: date, total: BudgetRow, lines: list[BudgetRow]) -> None:
    year, grant = declared.year, declared.as_grant()
    cumulated = board.cumulative(year, on)
    sheet.chart(
        budget_chart(
            Exercise(year, declared.first_day, declared.last_day, on, declared.funder, grant.plan),
            [(row["day"], row["paid"]) for row in cumulated.to_dict("records")],
            total,
            lines,
        ),
        sentences.budget(total, year, on),
        links.by_column(tables.budget_table(lines, total, year), BUDGET_SHEETS, _read_at(declared, on)),
        _source(board, year),
        key="budget",
    )
    until = board.ledger_until(year)
    if until < min(on, declared.last_day):
        sheet.note(f"Comptes connus jusqu'au {t.date_short(until)}{t.NBSP}: la suite n'est pas transmise, elle n'est pas nulle.")
    sheet.note(sentences.reading(total))
    late = sentences.paid_late(late_of(board, declared), declared.last_day)
    if late and on >= declared.last_day:
        sheet.note(late)


def _levels(sheet: Sheet, board: Board, declared: ExerciseDeclared, on: date) -> None:
    sheet.section("Par niveau")
    rows = levels_of(board, declared, on)
    _phrase(sheet, sentences.levels(rows, on))
    codes = [code if (code := f"B1-niveau_{row.level}") in indicators() else "" for row in rows]
    table = links.by_row(tables.levels_table(rows, declared.year), codes, _read_at(declared, on))
    sheet.show(html.table(table, show_caption=False))


def _funding(sheet: Sheet, board: Board, declared: ExerciseDeclared, on: date, total: BudgetRow) -> None:
    """The carry-over from the exercise before and to the next, then what the other funders bring."""
    grant, following = declared.as_grant(), following_grant(board, declared.year)
    sheet.section("Report et cofinancements")
    _phrase(sheet, sentences.carry_over(total, grant))
    if following is not None and on >= declared.last_day:
        _phrase(sheet, sentences.carried_forward(following, total.remaining, board.today))
    rows = funds_of(board, declared.year, on)
    _phrase(sheet, sentences.leverage(rows, grant, on))
    if rows:
        table = links.by_column(tables.funds_table(rows, declared.year), ["B3-levier"] * 3, _read_at(declared, on))
        sheet.show(html.table(table, show_caption=False))


def _costs(sheet: Sheet, board: Board, year: int) -> None:
    sheet.section("Coût par personne")
    costs = costs_of(board, year)
    _phrase(sheet, " ".join(sentences.unit_cost(cost.figure, cost.noun) for cost in costs))
    table = links.by_row(tables.costs_table(costs, year), [item.code for item in unit_costs.COSTS], Period(year, Frequency.YEAR))
    sheet.show(html.table(table, show_caption=False))
    sheet.note(COST_LIMITS)
    if all(cost.figure.known for cost in costs):
        # beside a withheld cost, the number of exits would give it back
        sheet.note(sentences_results.exits(figure(board.values, "R2", Period(year, Frequency.YEAR).code), []))


def _report(sheet: Sheet, board: Board, year: int, on: date) -> None:
    report, balance = board.cerfa(year, on)
    if balance is not None:
        _phrase(sheet, sentences.cerfa(balance))
    for side, table in tables.cerfa_tables(report, year).items():
        sheet.section(side)
        sheet.show(html.table(table, show_caption=False))
    sheet.note(f"Au {t.date_short(on)}. {sentences.CERFA_LEFT_OUT}")
    sheet.show(html.paragraph(_source(board, year), "source"))


def _read_at(declared: ExerciseDeclared, on: date) -> Period | None:
    """The quarter whose sheets read the exercise on a day; None for a quarter under way, which has none yet."""
    quarter = Period.of(on, Frequency.QUARTER)
    return quarter if on in {quarter.last_day, declared.last_day} else None


def _phrase(sheet: Sheet, text: str) -> None:
    if text:
        sheet.show(html.paragraph(text, "phrase"))


def _source(board: Board, year: int) -> str:
    """The ledgers behind the figures, and when each was received."""
    ledgers = [state for state in board.sources if state.kind == Kind.FEC and state.last_accepted]
    said = [f"{state.label}, reçue le {t.date_short(state.last_accepted.date())}" for state in ledgers if state.last_accepted]
    fictitious = " Données fictives." if board.settings.city.fictitious else ""
    return f"Source{t.NBSP}: {t.joined(said) or f'comptabilité {year}'}.{fictitious}"
