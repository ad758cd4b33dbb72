"""The figures of an indicator that its reader is shown: by zone, by category, period by period. Tables are laid out in ``components``.

The coordination is shown everything; another audience, what the yearly grid holds. What lies outside it is None here, and listed nowhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.components import released
from dashboard.reasons import explained, known_by_several
from indicators.codes import DIMENSIONS, ENSEMBLE
from indicators.indicator import Indicator, Secrecy
from indicators.lookup import row_of
from indicators.measures import Nature
from indicators.period import Frequency, Period
from indicators.registry import measures
from indicators.release.choosing import IN_QUARTERS
from indicators.release.offer import NOT_PERSONS
from indicators.sentences_rows import Figure, figure
from indicators.status import Status
from indicators.territory import NON_LOCALISE
from indicators.windows import Window

if TYPE_CHECKING:
    import pandas as pd

    from dashboard.board import Board

TOTAL = (ENSEMBLE, ENSEMBLE)


@dataclass(frozen=True)
class Grid:
    """Figures in lines and columns, both by code; None for one that the reader's grid does not hold.

    A line or a column without any is left out by ``listed``.
    """

    columns: tuple[str, ...]
    lines: tuple[tuple[str, tuple[Figure | None, ...]], ...]

    @property
    def figures(self) -> list[Figure]:
        """Every figure that is listed."""
        return [found for _, line in self.lines for found in line if found]

    @property
    def known(self) -> bool:
        """Whether some figure, or its bounds, is known."""
        return any(found.known or found.bounded for found in self.figures)

    @property
    def values(self) -> list[tuple[Status, float | None]]:
        """What each figure that is listed says, in order."""
        return [(found.status, found.value if found.known else None) for found in self.figures]

    def of(self, column: str) -> list[Figure]:
        """The figures of a column that are listed."""
        place = self.columns.index(column)
        return [line[place] for _, line in self.lines if line[place]]  # type: ignore[misc]

    def within(self, columns: Sequence[str]) -> Grid:
        """Some of its columns."""
        places = [self.columns.index(column) for column in columns]
        return Grid(tuple(columns), tuple((code, tuple(line[place] for place in places)) for code, line in self.lines))

    def listed(self) -> Grid:
        """Without the lines, then the columns, that hold no figure.

        Where some figure lies outside the grid, those that nobody transmitted are left out as well: they would stand alone.
        """
        partial = any(found is None for _, line in self.lines for found in line)
        lines = tuple((code, tuple(_transmitted(found) if partial else found for found in line)) for code, line in self.lines)
        kept = Grid(self.columns, tuple((code, line) for code, line in lines if any(line)))
        return kept.within([column for column in self.columns if kept.of(column)])


def _transmitted(found: Figure | None) -> Figure | None:
    return None if found is None or found.status is Status.NON_TRANSMIS else found


def told(board: Board, item: Indicator, window: Window, zone: str, period: Period, cell: tuple[str, str] = TOTAL) -> Figure | None:
    """A figure (or its reason, or its bounds), or None for one outside the reader's grid, or over twelve months where there are none.

    What nobody transmitted, and what counts no person, is said to everyone.
    """
    if window is Window.ROLLING_YEAR and (period.frequency is not Frequency.QUARTER or released.too_early(board, period)):
        return None
    if window is not Window.PERIOD and known_by_several(board, item):
        return None
    found = figure(frame_of(board, window), item.code, period.code, zone, *cell)
    held = found.status is not Status.SECRET or not counts_persons(item)
    if not held and not board.offers(window, (item.code, zone, period.code, *cell)):
        return None
    return explained(board, item, zone, period, found)


def frame_of(board: Board, window: Window) -> pd.DataFrame:
    """The Values of a window."""
    return {Window.PERIOD: board.values, Window.YEAR_TO_DATE: board.to_date, Window.ROLLING_YEAR: board.rolling}[window]


def counts_persons(item: Indicator) -> bool:
    """Whether a grid decides who is shown its figures."""
    return item.secrecy is not Secrecy.NONE and item.kind not in NOT_PERSONS


def natures(item: Indicator) -> set[Nature]:
    """What may be added up of the measures of an indicator."""
    return {measures()[code].nature for code in item.measures}


def detail_window(item: Indicator, period: Period) -> Window:
    """The span of its breakdowns: twelve months for events, the period itself for a stock or a longer period."""
    events = bool(natures(item) & IN_QUARTERS)
    return Window.ROLLING_YEAR if events and period.frequency is Frequency.QUARTER else Window.PERIOD


def by_zone(board: Board, item: Indicator, windows: Sequence[Window], period: Period, zones: Sequence[str]) -> Grid:
    """The total of each zone, one column for each window."""
    lines = tuple((zone, tuple(told(board, item, window, zone, period) for window in windows)) for zone in zones)
    return Grid(tuple(windows), lines).listed()


def adds_twelve_months(board: Board, item: Indicator, period: Period, zones: Sequence[str]) -> bool:
    """Whether the twelve months that end with a quarter say something that the quarter alone does not."""
    pairs = [
        [told(board, item, window, zone, period) for window in (Window.PERIOD, Window.ROLLING_YEAR)]
        for zone in zones
        if zone != NON_LOCALISE
    ]
    return any(year and year.known and _differs(year, quarter) for quarter, year in pairs)


def _differs(found: Figure, other: Figure | None) -> bool:
    return other is None or not other.known or (found.value, found.numerator) != (other.value, other.numerator)


def by_category(board: Board, item: Indicator, dimension: str, window: Window, period: Period, zones: Sequence[str]) -> Grid:
    """One line for each category, then the whole where there is one; one column for each zone.

    A zone for which nobody delivers the breakdown has no column, unless it is awaited everywhere.
    """
    codes = DIMENSIONS[dimension].codes
    counted = [zone for zone in zones if row_of(frame_of(board, window), item.code, period.code, zone, dimension, codes[0])]
    lines = [(code, tuple(told(board, item, window, zone, period, (dimension, code)) for zone in counted)) for code in codes]
    parts = Grid(tuple(counted), tuple(lines)).listed()
    absent = {Status.NON_TRANSMIS, Status.NON_APPLICABLE}
    delivered = [zone for zone in parts.columns if any(found.status not in absent for found in parts.of(zone))]
    parts = parts.within(delivered or parts.columns)
    if not parts.columns or not item.total:
        return parts
    return Grid(parts.columns, (*parts.lines, (ENSEMBLE, tuple(told(board, item, window, zone, period) for zone in parts.columns))))


def over_time(board: Board, item: Indicator, window: Window, periods: Sequence[Period], zones: Sequence[str]) -> Grid:
    """One line for each period, the newest first; one column for each zone that ever has a figure (all of them when none has)."""
    lines = [(period.code, tuple(told(board, item, window, zone, period) for zone in zones)) for period in reversed(periods)]
    if window is Window.ROLLING_YEAR:  # persons counted since 1 January have twelve months at the end of a year alone
        lines = [(code, line) for code, line in lines if any(found and found.status is not Status.NON_APPLICABLE for found in line)]
    found = Grid(tuple(zones), tuple(lines)).listed()
    known = [zone for zone in found.columns if any(each.known or each.bounded for each in found.of(zone))]
    return found.within(known).listed() if known else found


def categories_over_time(board: Board, item: Indicator, dimension: str, periods: Sequence[Period], zone: str) -> Grid:
    """One line for each period, the newest first; one column for each category that ever has a figure in a zone."""
    codes = DIMENSIONS[dimension].codes
    lines = [
        (period.code, tuple(told(board, item, Window.PERIOD, zone, period, (dimension, code)) for code in codes))
        for period in reversed(periods)
    ]
    found = Grid(tuple(codes), tuple(lines)).listed()
    return found.within([code for code in found.columns if any(each.known for each in found.of(code))]).listed()


def ever_told(board: Board, item: Indicator, periods: Sequence[Period], zones: Sequence[str]) -> list[str]:
    """The zones of which something is told in some period, be it that nobody transmitted it."""
    return [zone for zone in zones if any(told(board, item, Window.PERIOD, zone, period) for period in periods)]
