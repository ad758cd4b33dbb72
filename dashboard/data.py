"""The only door of pages and commands to the store: everything computed once per version of the data, then shared.

Nothing is drawn here, and no partner is ever queried: a committee meets while a partner's server is down.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from pathlib import Path
from threading import Lock

from connectors.calendar import PARIS, expected, log_counts
from connectors.contours_kept import kept_contours, kept_version
from connectors.errors import CiteError
from connectors.intake import Context
from connectors.settings import Settings, load_settings
from connectors.source import Source, load_sources
from connectors.store import Store, open_store
from dashboard.board import Board
from dashboard.computed import cube_of, values_of, windows_of
from dashboard.source_state import state_of
from indicators.period import Frequency, Period, between


@dataclass(frozen=True)
class Desk:
    """What a command or a page starts from: the Cité, its declared sources and its open store."""

    settings: Settings
    sources: tuple[Source, ...]
    store: Store

    def now(self) -> datetime:
        """The instant written in the log: the clock's, on the demonstration's fixed day where there is one."""
        clock, day = datetime.now(UTC), self.settings.city.today
        return clock if day is None else datetime.combine(day, clock.timetz())


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
        set_apart()
    return _BOARDS[key]


def set_apart() -> None:
    """Keep what lives as long as a board out of the collections of garbage: the server makes a full one after each visit.

    What an earlier board left is collected first.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()


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
