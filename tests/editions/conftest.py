"""The demonstration with its three séances frozen for the copil, built once; and a small Cité with one edition, copied for each test."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from connectors.blinding import blinded
from connectors.collect import collect
from connectors.source import load_sources
from connectors.store import open_store
from dashboard.board import Board
from dashboard.data import Desk, end_of_day
from dashboard.editions.boards import received
from dashboard.editions.freezing import freeze_for
from indicators.meeting import Audience
from indicators.meeting_steps import prepared
from indicators.period import Period
from tests.cli import mini_city
from tests.connectors.cities import City, at
from tests.connectors.conftest import city
from tests.editions.replayed import THIRD, replayed

__all__ = ["city"]


@dataclass(frozen=True)
class Frozen:
    """An edition as kept, and what the coordination would have read at the same instant."""

    id: str
    content: dict[str, Any]
    written: bytes
    exact: Board


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Frozen]]:
    """The editions of the three séances for the copil, each frozen at its date among the collections, oldest first."""
    desk = replayed(tmp_path_factory.mktemp("demo"))
    freeze_for(desk, 3, Audience.COPIL, by="Coordinatrice", at=THIRD)
    yield [_read(desk, str(name)) for name in desk.store.archive.editions()["id"]]
    desk.store.close()


def _read(desk: Desk, name: str) -> Frozen:
    written = desk.store.archive.edition(name)
    content = json.loads(written)
    header = content["edition"]
    exact = received(desk, Period.parse(header["period"]), Audience.COORDINATION, datetime.fromisoformat(header["frozen_at"]))
    return Frozen(name, content, written, exact.board)


@dataclass(frozen=True)
class Small:
    """A small Cité whose séance was frozen for the copil, and the bytes of that edition."""

    city: City
    written: bytes

    @property
    def desk(self) -> Desk:
        """Opened anew, as another process would."""
        return open_small(self.city)


EDITION = "S1-copil-1"


def open_small(made: City) -> Desk:
    settings = made.settings
    return Desk(settings, tuple(load_sources(settings)), open_store(settings.store_url))


@pytest.fixture(scope="session")
def small_made(tmp_path_factory: pytest.TempPathFactory) -> Small:
    """Made once; never change it."""
    made = City(tmp_path_factory.mktemp("small") / "Cité d'essai")
    made.folder.mkdir()
    made.write()
    mini_city.build(made, f"sqlite:///{made.folder / 'base.sqlite'}")
    desk = open_small(made)
    collect(desk.settings, desk.sources, desk.store, at(9), made.environment)
    meeting = prepared(1, date(2023, 7, 12), mini_city.PERIOD, zoning="2015", perimeter="Villetest, zonage 2015")
    desk.store.archive.save_meeting(meeting, at(9), "Coordinatrice", expected_version=0)
    blinded([], desk.settings.data_dir)  # the key goes with the data that are copied
    shutil.copytree(made.folder, made.folder.parent / "avant")
    freeze_for(desk, 1, Audience.COPIL, by="Coordinatrice", at=end_of_day(date(2023, 7, 10)))
    written = desk.store.archive.edition(EDITION)
    desk.store.close()
    return Small(made, written)


@pytest.fixture
def copied(small_made: Small, tmp_path: Path) -> Callable[[], Small]:
    """``copied()``: a copy of the small Cité, free to be changed."""
    made = iter(range(1000))

    def copy() -> Small:
        folder = tmp_path / f"copie {next(made)}"
        shutil.copytree(small_made.city.folder, folder)
        return Small(moved(small_made.city, folder), small_made.written)

    return copy


def moved(made: City, folder: Path) -> City:
    """The same Cité in another folder."""
    old = str(made.folder)
    return City(folder, {name: value.replace(old, str(folder)) for name, value in made.environment.items()})
