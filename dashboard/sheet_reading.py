"""An indicator's sheet as its reader reads it at a period: the spans, the zones and the breakdowns it holds.

Sentences are in ``content.indicator_sheet``, tables in ``components.sheet_tables``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from dashboard import reasons, sheet_figures
from dashboard.components import released
from dashboard.sheet_figures import Grid
from dashboard.sheets import Sheet
from indicators import typography as t
from indicators.indicator import Indicator
from indicators.measures import Nature
from indicators.meeting import Audience
from indicators.period import Frequency, Period
from indicators.sentences_rows import Figure
from indicators.territory import HORS_QPV, NON_LOCALISE
from indicators.windows import Window

if TYPE_CHECKING:
    from dashboard.board import Board

AT_YEAR_END = f"Détail au T4 de chaque année{t.NBSP}: les personnes sont comptées depuis le 1er janvier."


def zone_names(board: Board) -> dict[str, str]:
    """The French name of each zone; in an edition those not located count with the rest of the city."""
    territory = board.settings.territory
    named = {zone: territory.label(zone) for zone in territory.zones()}
    apart = {} if board.audience is Audience.COORDINATION else {HORS_QPV: "Reste de la ville", NON_LOCALISE: "dont non localisé"}
    return named | apart


@dataclass(frozen=True)
class Reading:
    """A sheet as it is read: which indicator, by whom, at which period."""

    board: Board
    sheet: Sheet
    period: Period

    @property
    def item(self) -> Indicator:
        """The indicator."""
        return self.sheet.indicator

    @property
    def live(self) -> bool:
        """Whether the coordination reads it, who is shown everything."""
        return self.board.audience is Audience.COORDINATION

    @cached_property
    def names(self) -> Mapping[str, str]:
        """The French name of each zone."""
        return zone_names(self.board)

    @property
    def spans(self) -> Mapping[str, str]:
        """How each window is called at this period: « T4 2023 », « Douze mois, de janvier à décembre 2023 »."""
        named = {Window.PERIOD.value: t.period_label(self.period)}
        if self.period.frequency is Frequency.QUARTER:
            named[Window.ROLLING_YEAR.value] = f"Douze mois, {released.twelve_months(self.period)}"
        return named

    @cached_property
    def windows(self) -> tuple[Window, ...]:
        """Over which spans the totals are told: twelve months too where they say something that the quarter does not."""
        more = sheet_figures.adds_twelve_months(self.board, self.item, self.period, self.sheet.zones)
        return (Window.PERIOD, Window.ROLLING_YEAR) if more else (Window.PERIOD,)

    def by_zone(self, *windows: Window) -> Grid:
        """The total of each zone over some windows."""
        return sheet_figures.by_zone(self.board, self.item, windows, self.period, self.sheet.zones)

    def told(self, window: Window, zone: str) -> Figure | None:
        """A total, or None for one outside the reader's grid."""
        return sheet_figures.told(self.board, self.item, window, zone, self.period)

    def outside(self, zone: str) -> bool:
        """Whether a zone has a total that the reader's grid does not hold."""
        own = not self.together or zone not in self.board.settings.territory.qpv_codes()
        return own and all(self.told(window, zone) is None for window in self.windows)

    @property
    def together(self) -> str:
        """Who counts all the QPVs together, so that a figure of one of them is without object; empty for nobody."""
        return reasons.together(self.board, self.item)

    @property
    def detail_window(self) -> Window:
        """The span of the breakdowns."""
        return sheet_figures.detail_window(self.item, self.period)

    def no_detail(self) -> str:
        """Why there is no breakdown yet at this quarter; empty when there may be."""
        if self.detail_window is not Window.ROLLING_YEAR:
            return ""
        since_january = Nature.DISTINCT_TO_DATE in sheet_figures.natures(self.item) and self.period.number != 4
        return released.too_early(self.board, self.period) or (AT_YEAR_END if since_january else "")

    def breakdown(self, dimension: str) -> list[tuple[Window, Grid]]:
        """A breakdown over its span, then for the coordination that of the quarter where it is another; none that holds nothing."""
        windows = [] if self.no_detail() else [self.detail_window]
        if self.live and self.detail_window is not Window.PERIOD:
            windows.append(Window.PERIOD)
        grids = [self._by_category(dimension, window) for window in windows]
        if len(grids) > 1 and grids[0].values == grids[1].values:
            grids.pop()
        return [(window, found) for window, found in zip(windows, grids, strict=False) if found.lines]

    def _by_category(self, dimension: str, window: Window) -> Grid:
        return sheet_figures.by_category(self.board, self.item, dimension, window, self.period, self.sheet.zones)

    @property
    def empty(self) -> bool:
        """Whether the reader is shown nothing of this period."""
        if self.item.total and self.by_zone(Window.PERIOD, *self.windows).lines:
            return False
        return not any(self.breakdown(dimension) for dimension in self.item.breakdowns)
