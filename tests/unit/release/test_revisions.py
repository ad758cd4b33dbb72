"""A quarter already shown and revised since: it changes whole, by differences that tell nobody apart, or waits."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from indicators.codes import ENSEMBLE
from indicators.release.plain import memory_from_plain, memory_to_plain
from indicators.release.release import Release
from indicators.territory import VILLE
from indicators.windows import Window
from tests.unit.release.city import Audience, City, even, quarters_from, rules, whole

QUARTERS = quarters_from("2022-T1", 6)


def city(late: int = 0, *, sex: int = 0) -> City:
    """A large city; ``late`` entries found out in the third quarter, in the north."""
    parts = even(QUARTERS, (6, 9, 30, 2), (4, 3, 1), "entrees")
    entered = parts["entrees", "sexe"].copy()
    entered[2, 0, sex] += late
    left = even(QUARTERS, (3, 4, 20, 1), (4, 3, 0), "sorties")
    present = whole(np.cumsum(entered - left["sorties", "sexe"], axis=0) + 200)
    return City(QUARTERS, {("entrees", "sexe"): entered, ("entrees", ENSEMBLE): whole(entered), **left, ("presents", ENSEMBLE): present})


def row(found: Release, quarter: str, indicator: str, zone: str) -> pd.Series:
    frame = found.frames[Window.PERIOD]
    keys = {"indicator": indicator, "period": quarter, "zone": zone, "dimension": ENSEMBLE}
    return frame[np.logical_and.reduce([frame[name] == value for name, value in keys.items()])].iloc[0]


def status(found: Release, quarter: str, indicator: str, zone: str = VILLE) -> str:
    return str(row(found, quarter, indicator, zone)["status"])


def shown(found: Release, quarter: str, indicator: str = "n_entrees", zone: str = VILLE) -> int:
    read = row(found, quarter, indicator, zone)
    assert read["status"] == "ok"
    return int(read["numerator"])


def test_a_revision_of_two_persons_waits_at_every_later_edition() -> None:
    """The third edition compares with what the second showed, not with what was known when it was frozen."""
    audience = Audience.new(rules())
    first = audience.receive(city().until(QUARTERS[3]))
    later = [audience.receive(city(2).until(quarter)) for quarter in QUARTERS[4:]]
    assert [shown(found, "2022-T3") for found in later] == [shown(first, "2022-T3")] * 2
    assert all(("entrees", "2022-T3") in found.waiting for found in later)


def test_a_revision_of_two_persons_is_shown_once_it_is_of_twenty() -> None:
    audience = Audience.new(rules())
    first = audience.receive(city().until(QUARTERS[3]))
    audience.receive(city(2).until(QUARTERS[4]))
    third = audience.receive(city(20).until(QUARTERS[5]))
    assert shown(third, "2022-T3") == shown(first, "2022-T3") + 20
    assert not third.waiting


@pytest.mark.parametrize("late", [20, -20])
def test_a_large_revision_is_shown_at_once(late: int) -> None:
    audience = Audience.new(rules())
    first = audience.receive(city().until(QUARTERS[3]))
    second = audience.receive(city(late).until(QUARTERS[4]))
    assert shown(second, "2022-T3") == shown(first, "2022-T3") + late


def test_what_waits_is_written_with_the_memory_and_read_back() -> None:
    audience = Audience.new(rules())
    audience.receive(city().until(QUARTERS[3]))
    found = audience.receive(city(2).until(QUARTERS[4]))
    assert found.memory.waited == (frozenset(), found.waiting)
    read = memory_from_plain(memory_to_plain(audience.memory))
    assert (read.told, read.hidden, read.last, read.waited) == (
        audience.memory.told,
        audience.memory.hidden,
        audience.memory.last,
        audience.memory.waited,
    )


def test_a_revision_that_waits_is_not_told_by_the_next_stock() -> None:
    """The previous stock, the entries and the exits would give it away: the stock waits with it, and so does each later one."""
    audience = Audience.new(rules())
    first = audience.receive(city().until(QUARTERS[3]))
    for quarter in QUARTERS[4:]:
        found = audience.receive(city(2).until(quarter))
        assert shown(found, QUARTERS[3], "n_presents") == shown(first, QUARTERS[3], "n_presents")
        assert status(found, quarter, "n_presents") == "secret"
        assert shown(found, quarter, "n_sorties") > 0


def test_a_stock_is_shown_once_the_revision_is() -> None:
    audience = Audience.new(rules())
    audience.receive(city().until(QUARTERS[3]))
    audience.receive(city(2).until(QUARTERS[4]))
    found = audience.receive(city(20).until(QUARTERS[5]))
    assert [status(found, quarter, "n_presents") for quarter in QUARTERS] == ["ok"] * 6


def test_a_stock_without_a_revision_is_shown() -> None:
    audience = Audience.new(rules())
    audience.receive(city().until(QUARTERS[3]))
    assert status(audience.receive(city().until(QUARTERS[4])), QUARTERS[4], "n_presents") == "ok"


def test_the_same_edition_made_twice_is_the_same() -> None:
    made = []
    for _ in range(2):
        audience = Audience.new(rules())
        audience.receive(city().until(QUARTERS[3]))
        made.append(audience.receive(city(2).until(QUARTERS[4])))
    for window in Window:
        pd.testing.assert_frame_equal(made[0].frames[window], made[1].frames[window])
    assert memory_to_plain(made[0].memory) == memory_to_plain(made[1].memory)
    assert made[0].judged == made[1].judged > 0
