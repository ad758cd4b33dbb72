"""What several pages read of a board: its gap rows, its steps, its budget rows, who delivered. No text and no drawing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from connectors.calendar import providers
from indicators.breaks import coverage_breaks
from indicators.budget import TOTAL
from indicators.codes import ENSEMBLE
from indicators.indicator import Indicator
from indicators.period import Period, SeriesBreak
from indicators.registry import indicators
from indicators.sentences_rows import BudgetRow, Figure, GapRow, budget_rows, figure, gap_rows
from indicators.status import Status
from indicators.territory import HORS_QPV, QPV
from indicators.windows import Window

if TYPE_CHECKING:
    import pandas as pd

    from connectors.exercise import ExerciseDeclared
    from dashboard.board import Board
    from dashboard.source_state import SourceState

ACCESS = "N2.8-"
PARITY = "N2.9-"


def schemes() -> list[Indicator]:
    """The access rate of each scheme of droit commun, without their total."""
    return [item for code, item in indicators().items() if code.startswith(ACCESS)]


def access_gaps(board: Board, period: Period, zone: str = QPV, window: Window = Window.PERIOD) -> list[GapRow]:
    """The gap of each scheme that the reader's grid shows, the most unfavourable first: of a quarter, or of the twelve months it ends."""
    shown = [item for item in schemes() if compared(board, item, period, zone, window)]
    gaps = board.rolling_gaps if window is Window.ROLLING_YEAR else board.gaps
    return gap_rows(gaps, _values(board, window), shown, period.code, zone)


def outside_grid(board: Board, period: Period, zone: str = QPV, window: Window = Window.PERIOD) -> list[Indicator]:
    """The schemes whose gap the reader's grid does not show: too few persons."""
    return [item for item in schemes() if not compared(board, item, period, zone, window)]


def compared(board: Board, item: Indicator, period: Period, zone: str, window: Window = Window.PERIOD) -> bool:
    """Whether the reader's grid shows both sides of a gap. One that nobody transmitted is said so to everyone."""
    keys = [(item.code, side, period.code, ENSEMBLE, ENSEMBLE) for side in (zone, HORS_QPV)]
    if all(board.offers(window, key) for key in keys):
        return True
    values = _values(board, window)
    return any(figure(values, item.code, period.code, side).status is Status.NON_TRANSMIS for side in (zone, HORS_QPV))


def _values(board: Board, window: Window) -> pd.DataFrame:
    return board.rolling if window is Window.ROLLING_YEAR else board.values


def parity_of(board: Board, row: GapRow, period: Period, zone: str, window: Window = Window.PERIOD) -> Figure | None:
    """The parity index that goes with an access rate; None where the reader's grid does not show it."""
    code = row.indicator.code.replace(ACCESS, PARITY)
    found = figure(_values(board, window), code, period.code, zone)
    if found.status is Status.NON_TRANSMIS or board.offers(window, (code, zone, period.code, ENSEMBLE, ENSEMBLE)):
        return found
    return None


def measures_of(items: Sequence[Indicator]) -> list[str]:
    """Every measure that some indicators need, each once."""
    return list(dict.fromkeys(measure for item in items for measure in item.measures))


def breaks_of(board: Board) -> list[SeriesBreak]:
    """The days that no evolution crosses: those declared, then those when a partner joined or left a measure."""
    names = {source.id: source.label for source in board.declared}
    return [*board.settings.breaks, *coverage_breaks(providers(board.declared), names)]


def budget_of(board: Board, exercise: ExerciseDeclared, on: date) -> tuple[BudgetRow, list[BudgetRow]] | None:
    """The whole grant, then its lines, at the end of a day; None while no ledger of the exercise has come."""
    labels = {line.code: line.label for line in exercise.line} | {TOTAL: "Ensemble"}
    use = board.budget(exercise.year, on)
    if use["paid"].isna().any():
        return None
    rows = dict(zip(use["line"], budget_rows(use, labels), strict=True))
    total = rows.pop(TOTAL)
    return total, list(rows.values())


def exercise_of(board: Board, year: int) -> ExerciseDeclared | None:
    """The declared exercise of a year."""
    return next((item for item in board.settings.exercises if item.year == year), None)


def delivered(board: Board, period: Period) -> tuple[list[SourceState], list[SourceState], list[SourceState]]:
    """The partners that owe a period: those who delivered it, those who are late, those whose delay still runs."""
    received = [state for state in board.sources if period.code in state.periods]
    missing = [state for state in board.sources if period.code in state.missing]
    awaited = [state for state in board.sources if period.code in state.awaited]
    return received, missing, awaited


def has_figures(board: Board) -> bool:
    """Whether the store holds anything to show."""
    return bool(board.filled)
