"""What the reader was told of a period before, where it is told otherwise now. Why figures change is in ``indicators.changes``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard import sheet_figures
from indicators.changes import NOISE
from indicators.indicator import Indicator
from indicators.period import Period
from indicators.sentences_rows import Figure, figure
from indicators.windows import Window

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.board import Board


@dataclass(frozen=True)
class Revision:
    """A total of a zone and a period, as it was told and as it is now: both are known, and both were shown to the reader."""

    zone: str
    period: Period
    before: Figure
    now: Figure


def revisions(board: Board, item: Indicator, periods: Sequence[Period], zones: Sequence[str]) -> list[Revision]:
    """The totals of an indicator that changed since they were first delivered, or since the previous edition; oldest first."""
    earlier = board.earlier_values
    if earlier is None:
        return []
    mine = earlier[earlier["indicator"] == item.code]
    found = []
    for period in periods:
        for zone in zones:
            now = sheet_figures.told(board, item, Window.PERIOD, zone, period)
            before = figure(mine, item.code, period.code, zone)
            if now and now.known and before.known and abs(now.value - before.value) > NOISE:
                found.append(Revision(zone, period, before, now))
    return found
