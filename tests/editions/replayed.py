"""The demonstration replayed with its séances, the third one left to freeze: for the tests of editions and their measures."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from connectors.collect import collect
from connectors.demo.story import Step, build
from connectors.settings import load_settings
from connectors.source import load_sources
from connectors.store import open_store
from dashboard.cli.demonstration_meetings import Event, events
from dashboard.data import Desk

THIRD = datetime(2024, 1, 15, 18, tzinfo=UTC)
"""When the séance in preparation is frozen here."""


def replayed(folder: Path, wanted: Callable[[Event], bool] = lambda event: "prefecture" not in event.label) -> Desk:
    """Its partners on SQLite, collected step by step; the wanted events of its séances at their dates. Editions are the copil's alone."""
    world = build(folder, None, None)
    settings = load_settings(world.environment, Path(world.environment["CITE_CONFIG"]).parent)
    desk = Desk(settings, tuple(load_sources(settings)), open_store(settings.store_url))
    sources = {source.id: source for source in desk.sources}
    story: list[Step | Event] = [*world.steps, *filter(wanted, events())]
    for item in sorted(story, key=lambda item: item.on):
        if isinstance(item, Event):
            item.happen(desk)
        else:
            item.apply()
            collect(settings, [sources[name] for name in item.sources], desk.store, item.on, world.environment)
    return desk
