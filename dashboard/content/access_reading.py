"""What the page of droit commun is read for, and the line that says which grid and which months it shows. The page is in ``pages``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from dashboard.components import html, released
from dashboard.components.readings import access_gaps, compared, measures_of, outside_grid, schemes
from dashboard.components.sources import sources_of
from dashboard.content.choice import Choice, key
from dashboard.content.sheet import Sheet
from indicators import typography as t
from indicators.indicator import Indicator
from indicators.meeting import Audience
from indicators.period import Period
from indicators.sentences_rows import FRAGILE_SHARE, GapRow
from indicators.territory import QPV
from indicators.windows import Window

if TYPE_CHECKING:
    from dashboard.board import Board

PAGE = "/droit-commun"
OVER_YEAR = "sur douze mois"
FRAGILE = f"Fragile{t.NBSP}: plus de {t.percent(100 * FRAGILE_SHARE)} des entrées ne sont pas localisées{t.NNBSP}; elles "
NOWHERE, WITH_REST = "ne comptent ni dans les QPV ni dans le reste de la ville.", "comptent avec le reste de la ville."
REST = f"Reste de la ville{t.NBSP}: hors QPV et adresses non localisées."


@dataclass(frozen=True)
class Reading:
    """What the page is read for: a quarter or the twelve months that it ends, a zone."""

    board: Board
    period: Period
    zone: str
    window: Window

    @cached_property
    def rows(self) -> list[GapRow]:
        """The gaps that the reader's grid shows."""
        return access_gaps(self.board, self.period, self.zone, self.window)

    @property
    def year(self) -> bool:
        """Whether the entries are those of twelve months."""
        return self.window is Window.ROLLING_YEAR

    @property
    def over(self) -> str:
        """The twelve months; empty for a quarter."""
        return released.twelve_months(self.period) if self.year else ""

    @property
    def when(self) -> str:
        """As a complement: « au T4 2023 », « de janvier à décembre 2023 »."""
        return self.over or t.during(self.period)

    @property
    def dated(self) -> str:
        """As a date: « T4 2023 », « de janvier à décembre 2023 »."""
        return self.over or t.period_label(self.period)

    @property
    def side(self) -> str:
        """The zone as a complement: « des QPV », « de Beau-Marais »."""
        return "des QPV" if self.zone == QPV else t.of(self.name)

    @property
    def name(self) -> str:
        """The zone as a heading."""
        return "Ensemble des QPV" if self.zone == QPV else self.board.settings.territory.label(self.zone)

    @property
    def exact(self) -> bool:
        """Whether the reader is the coordination."""
        return self.board.audience is Audience.COORDINATION

    @property
    def source(self) -> str:
        """Who counted, received when."""
        return sources_of(self.board, measures_of(schemes()), self.period.code)


def grid_line(sheet: Sheet, read: Reading, more: str = "") -> None:
    """In one line: what is counted, what the rest of the city holds, which schemes are too small to be compared; ``more`` after that."""
    said = [f"Douze mois, {read.over}{t.NNBSP}; demandeurs d'emploi au {t.date_short(read.period.last_day)}."] if read.year else []
    if read.exact:
        if said:
            sheet.note(said[0])
        return
    said = [*(said or [f"{t.period_label(read.period)}, totaux du trimestre."]), REST]
    small = outside_grid(read.board, read.period, read.zone, read.window)
    longer = [] if read.year or released.too_early(read.board, read.period) else [item for item in small if _over_year(read, item)]
    never = [t.lower_first(item.short) for item in small if item not in longer]
    if never:
        said.append(released.too_small(never))
    if not longer:
        sheet.note(" ".join([*said, *([more] if more else [])]))
        return
    href = key(PAGE, Choice(period=read.period.code, zone=read.zone, view="annee"))
    names = t.joined([t.lower_first(item.short) for item in longer])
    said.append("Trop peu d'entrées par trimestre, à lire ")
    sheet.show(html.remark(" ".join(said), OVER_YEAR, href, f"{t.NBSP}: {names}."))


def fragile(board: Board, rows: Sequence[GapRow]) -> list[str]:
    """What « fragile » means to the reader, if a gap is."""
    where = NOWHERE if board.audience is Audience.COORDINATION else WITH_REST
    return [FRAGILE + where] if any(row.fragile for row in rows) else []


def _over_year(read: Reading, item: Indicator) -> bool:
    return compared(read.board, item, read.period, read.zone, Window.ROLLING_YEAR)
