"""How a page shows what was released to its reader: the figures of the grid alone, the line that says the span, one mark for the hidden.

What is released is decided in ``indicators.release``. The coordination reads everything, over the same spans.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from dashboard.components.html import STATE_CLASS, Cell
from dashboard.content.blocks import Block, Chart, Fold, Html
from indicators import typography as t
from indicators.codes import ENSEMBLE
from indicators.meeting import Audience
from indicators.period import Frequency, Period
from indicators.sentences_rows import Figure, figure
from indicators.status import Status
from indicators.territory import VILLE
from indicators.windows import Window

if TYPE_CHECKING:
    from dashboard.board import Board

MARK = "s"
"""Written in place of a figure of the grid that statistical secrecy hides."""
LEGEND = f"{MARK}{t.NBSP}: secret statistique."
TOTAL = (ENSEMBLE, ENSEMBLE)
_MONTHS = 12


def told(board: Board, window: Window, indicator: str, period: Period, cell: tuple[str, str] = TOTAL) -> Figure | None:
    """A figure of the city; None for one outside the reader's grid, which no page lists. What nobody transmitted is said so to everyone."""
    frame = {Window.PERIOD: board.values, Window.YEAR_TO_DATE: board.to_date, Window.ROLLING_YEAR: board.rolling}[window]
    found = figure(frame, indicator, period.code, VILLE, *cell)
    if found.status is Status.NON_TRANSMIS or board.offers(window, (indicator, VILLE, period.code, *cell)):
        return found
    return None


def too_early(board: Board, period: Period) -> str:
    """That a breakdown needs twelve months, and from when there are; empty when there are. The board must have quarters."""
    first = Period.parse(board.quarters[0]).shift(_MONTHS // Frequency.QUARTER.months - 1)
    return "" if not period < first else f"Détail à partir du {t.period_label(first)}{t.NBSP}: il faut douze mois."


def twelve_months(period: Period) -> str:
    """The twelve months that end with a quarter: « de janvier à décembre 2023 », « d'avril 2022 à mars 2023 »."""
    last = Period.of(period.last_day, Frequency.MONTH)
    first = last.shift(1 - _MONTHS)
    start, end = t.period_label(first), t.period_label(last)
    return f"{t.of(start.split()[0] if first.year == last.year else start)} à {end}"


def limit(board: Board, counted: str = "personnes") -> str:
    """How small the categories shown may be, for a reader other than the coordination; empty for her."""
    if board.audience is Audience.COORDINATION:
        return ""
    return f"Détail limité aux modalités d'au moins {least(board)} {counted} au choix annuel (secret statistique)."


def least(board: Board) -> int:
    """The least count that a category needs to enter the grid of a reader other than the coordination."""
    policy = board.settings.policies[board.audience.value]
    return policy.cell_margin * policy.threshold


def too_small(names: Sequence[str]) -> str:
    """What the page leaves out, each named: the reader's grid does not hold it."""
    return f"Effectifs trop petits pour ce public, suivis par la coordination{t.NBSP}: {', '.join(names)}."


def marked(cell: Cell) -> Cell:
    """The cell, with the mark in place of the words when it is hidden."""
    return replace(cell, text=MARK) if cell.state is Status.SECRET else cell


def legend(blocks: Iterable[Block]) -> str:
    """What the mark means, if some table of the page bears it."""
    state = STATE_CLASS[Status.SECRET]
    written = (block.table if isinstance(block, Chart) else block.markup for block in blocks if isinstance(block, Html | Fold | Chart))
    return LEGEND if any(f'{state} nombre">{MARK}</td>' in text for text in written) else ""
