"""What the budget page and its command read of a board besides the lines: levels, co-funding, costs, the next exercise. No text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from dashboard.reasons import explained
from indicators.budget import by_level, paid_late
from indicators.period import Frequency, Period
from indicators.registry import indicators
from indicators.sentences_budget import FundRow, LevelRow
from indicators.sentences_rows import Figure, figure
from indicators.territory import VILLE

if TYPE_CHECKING:
    from decimal import Decimal

    from connectors.exercise import ExerciseDeclared
    from dashboard.board import Board
    from indicators.grant import Grant


@dataclass(frozen=True)
class UnitCost:
    """A cost per person: what is counted, alone and many, and the figure (euros, its limits, the count as denominator)."""

    noun: str
    plural: str
    figure: Figure


def levels_of(board: Board, exercise: ExerciseDeclared, on: date) -> list[LevelRow]:
    """What each level was granted and paid by the end of a day. The ledger of the exercise must have come."""
    found = by_level(board.budget(exercise.year, on), exercise.as_grant())
    return [LevelRow(**{str(name): value for name, value in row.items()}) for row in found.to_dict("records")]


def funds_of(board: Board, year: int, on: date) -> list[FundRow]:
    """Each co-funding of an exercise at the end of a day."""
    found = board.cofunding(year, on)
    return [FundRow(row["funder"], row["notified"], row["received"], row["spent"]) for row in found.to_dict("records")]


def costs_of(board: Board, year: int) -> list[UnitCost]:
    """The two costs per person of a year."""
    named = (
        ("B3-cout_parcours", "entrée en parcours", "entrées en parcours"),
        ("B3-cout_sortie", "sortie dynamique", "sorties dynamiques"),
    )
    return [UnitCost(noun, plural, _cost(board, code, Period(year, Frequency.YEAR))) for code, noun, plural in named]


def _cost(board: Board, code: str, year: Period) -> Figure:
    return explained(board, indicators()[code], VILLE, year, figure(board.values, code, year.code))


def late_of(board: Board, exercise: ExerciseDeclared) -> Decimal:
    """What was paid after the last day of an exercise, as known today."""
    return paid_late(board.expenses, exercise.as_grant(), board.today)


def following_grant(board: Board, year: int) -> Grant | None:
    """The grant of the next exercise, when it is declared."""
    return next((item.as_grant() for item in board.settings.exercises if item.year == year + 1), None)
