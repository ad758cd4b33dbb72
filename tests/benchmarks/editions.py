"""Freezing the third edition of the demonstration, its joint audit, and the quarterly editions of a city over nine years.

An edition is beside the live board of the same day: what is computed anyway. The nine years are the demonstration's two, again and again.
"""

from __future__ import annotations

import json
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd

from connectors.calendar import PARIS
from connectors.store import open_store
from dashboard.data import Desk, build_board
from dashboard.documents.pack import before, makers
from dashboard.documents.photograph import Photograph
from dashboard.editions.boards import received, rules_of
from dashboard.editions.freezing import freeze_for
from dashboard.editions.reading import open_edition
from indicators.cube import Cube, build
from indicators.disclosure.policy import COPIL, Policy
from indicators.meeting import Audience
from indicators.period import Frequency, Period
from indicators.registry import indicators, measures
from indicators.release.attack import attack
from indicators.release.grid import Grid
from indicators.release.plain import memory_from_plain
from indicators.release.release import Memory, Rules, choose, release
from tests.benchmarks.lines import line, seconds
from tests.editions.replayed import THIRD, replayed

FREEZINGS = 3
QUARTER = Period.parse("2023-T4")
QUARTERS = 36
BUDGET_SECONDS = 300.0
"""How long the editions of the nine years may take; those left out are extrapolated."""
TREND = 8
"""From how many of the last editions measured the others are extrapolated."""


def measure() -> None:
    """All of it; about ten minutes."""
    with tempfile.TemporaryDirectory() as folder:
        desk = replayed(Path(folder) / "demo")
        copies = [_copy(desk, Path(folder) / f"{number}.sqlite") for number in range(FREEZINGS)]
        frozen = iter(copies)
        _beside("figures of a third edition, released", lambda: received(desk, QUARTER, Audience.COPIL, THIRD), desk)
        _beside("a third edition, frozen and kept", lambda: _freeze(next(frozen)), desk)
        _beside("its joint audit, from its bytes alone", lambda: _audit(copies[0]), desk)
        _beside("its six documents, the deck included", lambda: _documents(copies[0]), desk)
        counts, territory = desk.store.counts(), desk.settings.territory
        for each in (desk, *copies):
            each.store.close()
    one_zoning = replace(territory, zonings=(replace(territory.zonings[0], valid_to=None),))
    _years(counts, Rules(indicators(), measures(), one_zoning, (), Policy(COPIL, threshold=5)))


def _beside(name: str, ours: Callable[[], object], desk: Desk) -> None:
    """A step and the live board of the same day, in turn: a loaded machine slows both."""
    taken = [(seconds(lambda: build_board(desk, THIRD.astimezone(PARIS).date(), THIRD)), seconds(ours)) for _ in range(FREEZINGS)]
    live, own = (statistics.median(times) for times in zip(*taken, strict=True))
    line(name, own, "the live board of the same day", live)


def _copy(desk: Desk, path: Path) -> Desk:
    """The same desk on a copy of its store: what is frozen there cannot be taken back."""
    with sqlite3.connect(desk.settings.store_url.removeprefix("sqlite:///")) as kept, sqlite3.connect(path) as copied:
        kept.backup(copied)
    return replace(desk, store=open_store(f"sqlite:///{path}"))


def _freeze(desk: Desk) -> None:
    freeze_for(desk, 3, Audience.COPIL, by="Coordinatrice", at=THIRD)


def _documents(desk: Desk) -> None:
    archive = desk.store.archive
    saved = archive.meeting(3)
    edition = open_edition(desk, str(archive.editions().query("seance == 3")["id"].iloc[0]))
    for make in makers(Photograph(edition), saved, before(archive, saved.meeting)).values():
        make()


def _audit(desk: Desk) -> None:
    rules = rules_of(desk.settings, Audience.COPIL)
    memory = memory_from_plain(json.loads(desk.store.archive.edition("S3-copil-1"))["knowledge"])
    found = attack(memory.told, memory.hidden, rules.measures, rules.territory, rules.policy)
    if found.exposed:
        raise AssertionError(found.exposed)


def _years(counts: pd.DataFrame, rules: Rules) -> None:
    """One edition a quarter, each judged with all those before it."""
    repeated = _repeated(counts)
    quarters = [Period.parse("2022-T1").shift(step) for step in range(QUARTERS)]
    memory, past, grids, taken = Memory(), dict[str, Cube](), dict[int, Grid](), list[float]()
    while len(taken) < QUARTERS and sum(taken) < BUDGET_SECONDS:
        known = quarters[: len(taken) + 1]
        cube = _cube(repeated, known, rules)
        start = time.perf_counter()
        codes, year = [item.code for item in known], known[-1].year
        grids.setdefault(year, choose(cube, rules, codes, grids.get(year - 1, {})))
        found = release(cube, past, memory, rules, codes, grids)
        taken.append(time.perf_counter() - start)
        if not found.exposed:
            name = f"e{len(taken)}"
            past[name], memory = cube, replace(found.memory, last=name)
    _report(taken)
    audited = seconds(lambda: attack(memory.told, memory.hidden, rules.measures, rules.territory, rules.policy))
    print(f"{'all of them audited together, from what they told':44s} {audited:9.1f} s")


def _repeated(counts: pd.DataFrame) -> pd.DataFrame:
    """The two years of the demonstration, as often as it takes."""
    own = counts[counts["period"].str.startswith(("2022", "2023"))]
    again = [
        own.assign(period=own["period"].str.replace("2022", str(year)).str.replace("2023", str(year + 1))) for year in range(2024, 2032, 2)
    ]
    return pd.concat([own, *again], ignore_index=True)


def _cube(counts: pd.DataFrame, quarters: list[Period], rules: Rules) -> Cube:
    last = quarters[-1].last_day
    over = {code: Period.parse(code).last_day <= last for code in counts["period"].unique()}
    years = [Period(year, Frequency.YEAR) for year in dict.fromkeys(item.year for item in quarters)]
    periods = [*quarters, *(year for year in years if year.last_day <= last)]
    return build(counts[counts["period"].map(over)].reset_index(drop=True), rules.measures, rules.territory, periods)


def _report(taken: list[float]) -> None:
    name = f"{len(taken)} quarterly editions, released"
    print(f"{name:44s} {sum(taken):9.1f} s    {'the last one':38s} {taken[-1]:9.1f} s")
    if len(taken) == QUARTERS:
        return
    steps = np.arange(len(taken) - TREND, len(taken)) + 1
    power, factor = np.polyfit(np.log(steps), np.log(taken[-TREND:]), 1)
    missing = [float(np.exp(factor) * step**power) for step in range(len(taken) + 1, QUARTERS + 1)]
    name = f"{QUARTERS} of them, EXTRAPOLATED (n^{power:.1f})"
    print(f"{name:44s} {sum(taken) + sum(missing):9.1f} s    {'the last one':38s} {missing[-1]:9.1f} s")


if __name__ == "__main__":
    measure()
