"""What an edition of a quarter keeps: every choice of every page, read at the end of that quarter. Nothing is written or stored here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from dashboard.components.readings import has_figures
from dashboard.content import offers
from dashboard.content.choice import Choice
from indicators.indicator import Indicator
from indicators.period import Frequency, Period
from indicators.registry import indicators

if TYPE_CHECKING:
    from dashboard.board import Board


def choices_of(page: str, board: Board, reference: Period) -> list[Choice]:
    """What can be chosen on a page for one closed quarter, in reading order; nothing for a page without content.

    Every zone, view, level and indicator at the quarter; the exercises up to its year, each read at its end or at that of the quarter.
    Before anything is received a page has one choice, the empty one: it says what is missing.
    """
    offered = _OFFERED.get(page)
    return offered(board, reference) if offered else []


def _quarter(board: Board, reference: Period) -> list[Choice]:
    return [Choice(period=reference.code)] if has_figures(board) else [Choice()]


def _access(board: Board, reference: Period) -> list[Choice]:
    if not has_figures(board):
        return [Choice()]
    zones, views = offers.zones(board, reference).options, offers.access_views().options
    return [Choice(period=reference.code, zone=zone, view=view) for zone in zones for view in views]


def _exercises(board: Board, reference: Period) -> list[Choice]:
    """The exercises begun by the end of the quarter, newest first."""
    if not board.settings.exercises:
        return [Choice()]
    years = [int(code) for code in offers.exercises(board).options]
    last = {year: min(Period(year, Frequency.QUARTER, 4), reference) for year in years if year <= reference.year}
    return [Choice(exercise=str(year), closing=period.code) for year, period in last.items()]


def _indicators(board: Board, reference: Period) -> list[Choice]:
    lists = [Choice(level=level) for level in offers.levels().options]
    return lists + [Choice(indicator=item.code, period=_read_at(board, item, reference)) for item in indicators().values()]


def _read_at(board: Board, indicator: Indicator, reference: Period) -> str:
    """The quarter itself where the indicator is told by quarter, else its latest period over by then; empty where there is none."""
    offer = offers.sheet_periods(board, indicator)
    over = [code for code in (offer.options if offer else ()) if Period.parse(code).last_day <= reference.last_day]
    return reference.code if reference.code in over else next(iter(over), "")


def _on_the_map(board: Board, reference: Period) -> list[Choice]:
    offer = offers.mapped(board, reference)
    return [Choice(indicator=code, period=reference.code) for code in offer.options] if offer else [Choice()]


_OFFERED: Mapping[str, Callable[[Board, Period], list[Choice]]] = {
    "/": _quarter,
    "/droit-commun": _access,
    "/parcours": _quarter,
    "/partenaires": _quarter,
    "/budget": _exercises,
    "/indicateurs": _indicators,
    "/quartiers": _on_the_map,
}
