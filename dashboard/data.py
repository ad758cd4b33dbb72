"""The only door of pages and commands to the store: everything computed once per version of the data, then shared.

Nothing is drawn here, and no partner is ever queried: a committee meets while a partner's server is down.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property, lru_cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from connectors.calendar import PARIS, expected, log_counts
from connectors.contours_kept import Contours, kept_contours, kept_version
from connectors.errors import CiteError
from connectors.exercise import ExerciseDeclared
from connectors.intake import Context
from connectors.settings import Settings, load_settings
from connectors.source import Source, load_sources
from connectors.store import Store, open_store
from dashboard.computed import codes_within, cube_of, first_values_of, persons_of, values_of, windows_of
from dashboard.source_state import SourceState, state_of
from indicators.meeting import Audience
from indicators.period import Frequency, Period, between
from indicators.windows import Window

if TYPE_CHECKING:
    import pandas as pd

    from dashboard.content.blocks import Block
    from dashboard.content.choice import Choice
    from indicators.cerfa import Balance

Key = tuple[str, str, str, str, str]
"""A row of Values: indicator, zone, period, dimension, category."""


@dataclass(frozen=True)
class Board:
    """All that a page reads, for one version of the data: never changed once built, hence shared between readers.

    ``to_date`` and ``rolling`` are the Values of the quarters since 1 January and over the twelve months that end with each.
    ``audience`` is who reads it: for another than the coordination, figures are those released to it, ``offered`` those of its grids,
    ``pairs`` the orientations of each pair of networks (« a>b ») over the twelve months of its edition, those it may see alone.
    ``superseded`` are the blocks that later deliveries replaced, ``first_counts`` what they first said; ``told_before`` the Values that
    an audience was told by its previous edition; ``contours`` the outlines of the QPVs imported so far;
    ``written`` the pages already written from it, which another board never shares.
    """

    settings: Settings
    today: date
    version: str
    quarters: tuple[str, ...]
    values: pd.DataFrame
    gaps: pd.DataFrame
    to_date: pd.DataFrame
    rolling: pd.DataFrame
    sources: tuple[SourceState, ...]
    published: pd.DataFrame
    declared: tuple[Source, ...]
    counts: pd.DataFrame = field(repr=False)
    expenses: pd.DataFrame = field(repr=False)
    deliveries: pd.DataFrame = field(repr=False)
    blocks: pd.DataFrame = field(repr=False)
    audience: Audience = Audience.COORDINATION
    offered: Mapping[Window, frozenset[Key]] | None = field(default=None, repr=False)
    pairs: Mapping[str, int] = field(default_factory=dict, repr=False)
    superseded: pd.DataFrame | None = field(default=None, repr=False)
    first_counts: pd.DataFrame | None = field(default=None, repr=False)
    told_before: pd.DataFrame | None = field(default=None, repr=False)
    contours: Contours = field(default_factory=Contours, repr=False)
    written: dict[tuple[str, Choice], tuple[Block, ...]] = field(default_factory=dict, init=False, repr=False, compare=False)

    def offers(self, window: Window, key: Key) -> bool:
        """Whether a figure belongs to what this audience is shown; everything does for the coordination. A figure offered may be hidden."""
        return self.offered is None or key in self.offered[window]

    @cached_property
    def liaisons(self) -> pd.DataFrame:
        """The Counts rows that say from which network to which an orientation goes, of the sources declared today."""
        declared = self.counts["source"].isin([state.id for state in self.sources])
        return self.counts[declared & (self.counts["dimension"] == "liaison")].reset_index(drop=True)

    @cached_property
    def earlier_values(self) -> pd.DataFrame | None:
        """What the reader was told of the same periods before: as first delivered, or by the previous edition; None without any."""
        first = self.first_counts
        if first is None or first.empty:
            return self.told_before
        periods = [Period.parse(code) for code in self.values["period"].unique()]
        return first_values_of(self.settings, self.declared, self.counts, first, periods)

    @cached_property
    def persons(self) -> pd.DataFrame:
        """Bounds of the distinct persons that partners know, in each period of the Values."""
        return persons_of(self.settings, self.declared, self.counts, [Period.parse(code) for code in self.values["period"].unique()])

    @cached_property
    def rolling_gaps(self) -> pd.DataFrame:
        """The Gaps of ``rolling``: those of the twelve months that end with each quarter."""
        from indicators.gaps import gaps
        from indicators.registry import indicators

        return gaps(self.rolling, indicators())

    def budget(self, exercise: int, on: date) -> pd.DataFrame:
        """BudgetUse of an exercise at the end of a day; ``KeyError`` when cite.toml does not declare it."""
        from indicators.budget import budget_use

        return budget_use(self.expenses, self._exercise(exercise).as_grant(), on)

    def ledger_until(self, exercise: int) -> date:
        """The last day that the ledger of an exercise tells about: later months are unknown, not zero."""
        from indicators.budget import known_until

        return known_until(self.expenses, self._exercise(exercise).as_grant())

    def cumulative(self, exercise: int, on: date) -> pd.DataFrame:
        """Paid and committed since the start of an exercise, month by month, then at ``on``."""
        from indicators.budget import cumulative

        return cumulative(self.expenses, self._exercise(exercise).as_grant(), on)

    def cofunding(self, exercise: int, on: date) -> pd.DataFrame:
        """Each co-funding of an exercise at the end of a day: notified, received, spent."""
        from indicators.budget import cofunding_use

        return cofunding_use(self.expenses, self._exercise(exercise).as_grant(), on)

    def cerfa(self, exercise: int, on: date) -> tuple[pd.DataFrame, Balance | None]:
        """The financial report (Cerfa 15059) of an exercise, from the entries booked by the end of a day, and what must agree in it."""
        from indicators.cerfa import balance, cerfa

        booked = self.expenses[self.expenses["date"].dt.date <= on]
        table = cerfa(booked, self._exercise(exercise).planned(), exercise)
        return table, balance(table, booked, exercise)

    def provenance(self, measures: Sequence[str], period: str) -> pd.DataFrame:
        """The deliveries behind some measures of a period: source, measure, received_at, sha256, delivery_id, rows.

        For a longer period than was delivered, those of its parts.
        """
        rows = self.blocks[self.blocks["measure"].isin(list(measures)) & self.blocks["period"].isin(codes_within(period))]
        return rows[["source", "measure", "period", "received_at", "sha256", "delivery_id", "rows"]]

    def _exercise(self, year: int) -> ExerciseDeclared:
        return {item.year: item for item in self.settings.exercises}[year]


@dataclass(frozen=True)
class Desk:
    """What a command or a page starts from: the Cité, its declared sources and its open store."""

    settings: Settings
    sources: tuple[Source, ...]
    store: Store


def open_desk(settings: Settings) -> Desk:
    """Open the store of a Cité and read its declarations; raises ``CiteError`` in French."""
    return Desk(settings, tuple(load_sources(settings)), _store(settings.store_url))


@lru_cache(maxsize=4)
def _store(url: str) -> Store:
    return open_store(url)


def current_desk() -> Desk:
    """The desk of this process, from cite.toml and the environment. Declarations are read again at each call: they are small."""
    return open_desk(load_settings(os.environ, Path.cwd()))


def store_problems() -> list[str]:
    """For the health endpoint: what is wrong with the configuration, the declarations or the store, in French."""
    try:
        current_desk().store.version()
    except CiteError as error:
        return str(error).splitlines()
    return []


def end_of_day(day: date) -> datetime:
    """The last instant of a day in Paris: what « as known on a day » means."""
    return datetime.combine(day + timedelta(days=1), time.min, PARIS).astimezone(UTC) - timedelta(microseconds=1)


def board(at: datetime | None = None) -> Board:
    """The board of this process's Cité, as known now or at an instant; rebuilt only when a delivery or a declaration changed."""
    desk = current_desk()
    today = _today(desk.settings, at)
    declared = hash((desk.settings.model_dump_json(), *(source.model_dump_json() for source in desk.sources)))
    drawn = kept_version(desk.settings.data_dir)
    key = f"{desk.settings.store_url}|{desk.store.figures_version()}|{today}|{at}|{declared}|{drawn}"
    with _LOCK:  # two readers of a new version wait for one computation instead of doing it twice
        return _cached(key, lambda: build_board(desk, today, at))


_LOCK = Lock()
_KEPT_BOARDS = 4
_BOARDS: dict[str, Board] = {}


def _cached(key: str, make: Callable[[], Board]) -> Board:
    if key not in _BOARDS:
        while len(_BOARDS) >= _KEPT_BOARDS:
            _BOARDS.pop(next(iter(_BOARDS)))
        _BOARDS[key] = make()
    return _BOARDS[key]


def _today(settings: Settings, at: datetime | None) -> date:
    return at.astimezone(PARIS).date() if at else settings.today(datetime.now(PARIS).date())


def build_board(desk: Desk, today: date, at: datetime | None = None, periods: Iterable[Period] | None = None) -> Board:
    """Compute everything for the closed quarters and years (or the ``periods`` given), as known at an instant."""
    import pandas as pd

    from indicators.gaps import gaps
    from indicators.registry import indicators

    settings = desk.settings
    owed = expected(desk.sources, desk.store.arrivals(at), Context(settings.territory, settings.city.started_on, today))
    closed = {
        length: between(settings.city.started_on, today - timedelta(days=1), length) for length in (Frequency.QUARTER, Frequency.YEAR)
    }
    wanted = list(periods) if periods is not None else [*closed[Frequency.QUARTER], *closed[Frequency.YEAR]]
    counts = pd.concat([desk.store.counts(at), log_counts(owed, today)], ignore_index=True)
    published = desk.store.published(at)
    box = cube_of(settings, desk.sources, counts, wanted)
    values = values_of(settings, box, published, expenses := desk.store.expenses(at), wanted, today)
    to_date, rolling = windows_of(settings, box, wanted)
    deliveries = desk.store.deliveries(at)
    return Board(
        settings=settings,
        today=today,
        version=desk.store.version(),
        quarters=tuple(period.code for period in closed[Frequency.QUARTER]),
        values=values,
        gaps=gaps(values, indicators()),
        to_date=to_date,
        rolling=rolling,
        sources=tuple(state_of(source, deliveries, [item for item in owed if item.source == source.id], today) for source in desk.sources),
        published=published,
        declared=desk.sources,
        counts=counts,
        expenses=expenses,
        deliveries=deliveries,
        blocks=desk.store.provenance(at),
        superseded=desk.store.superseded(at),
        first_counts=desk.store.first_counts(at),
        contours=kept_contours(settings.data_dir),
    )
