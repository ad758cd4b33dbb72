"""The demonstration built and collected once for its tests, on SQLite, by the ordinary connectors."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pytest

from connectors.collect import collect
from connectors.demo.story import Step, World, build
from connectors.receive import Report
from connectors.settings import Settings, load_settings
from connectors.source import Source, load_sources
from connectors.store import open_store


@dataclass(frozen=True)
class Replay:
    """What the whole story left: its reports step by step, and what the store holds at the end."""

    world: World
    settings: Settings
    sources: dict[str, Source]
    reports: list[tuple[Step, list[Report]]]
    counts: pd.DataFrame
    expenses: pd.DataFrame
    history: dict[str, pd.DataFrame]
    """Counts as known after each step, by the step's label."""


@pytest.fixture(scope="session")
def replay(tmp_path_factory: pytest.TempPathFactory) -> Replay:
    folder: Path = tmp_path_factory.mktemp("demo")
    world = build(folder, None, None)
    settings = load_settings(world.environment, folder)
    sources = {source.id: source for source in load_sources(settings)}
    store = open_store(settings.store_url)
    reports, history = [], {}
    for step in world.steps:
        step.apply()
        reports.append((step, collect(settings, [sources[name] for name in step.sources], store, step.on, world.environment)))
        history[step.label] = store.counts()
    found = Replay(world, settings, sources, reports, store.counts(), store.expenses(), history)
    store.close()
    return found
