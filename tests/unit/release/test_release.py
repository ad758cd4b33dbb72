"""What an audience receives of a quarter: the rest of the city merged, what is small hidden, what nobody sent told as such."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from indicators.codes import ENSEMBLE
from indicators.frames import VALUES_KEY
from indicators.release.boxes import Box
from indicators.release.gate import components
from indicators.release.grid import Choice, Depth, Span, Subject
from indicators.release.release import NUMBERS, Memory, Release, merged, release
from indicators.status import OK, Status
from indicators.territory import HORS_QPV, NON_LOCALISE, VILLE
from indicators.windows import Window
from tests.unit.release.city import INDICATORS, MEASURES, Audience, City, even, quarters_from, rules, whole

QUARTERS = quarters_from("2022-T1", 5)
SIZES = {"entrees": (6, 9, 30, 2), "sorties": (3, 4, 20, 1), "presents": (20, 30, 90, 6), "echues": (8, 9, 40, 2)}


def city(length: int = 5) -> City:
    quarters = QUARTERS[:length]
    counts: dict = {}
    for code, sizes in SIZES.items():
        counts |= even(quarters, sizes, (4, 3, 1), code)
    half = counts["echues", "sexe"] // 2
    return City(quarters, {**counts, ("reussies", "sexe"): half, ("reussies", ENSEMBLE): whole(half)})


def told(found: Release, window: Window = Window.PERIOD) -> dict[tuple[str, ...], tuple[str, float]]:
    frame = found.frames[window]
    keys = frame[VALUES_KEY].itertuples(index=False, name=None)
    return {key: (status, value) for key, status, value in zip(keys, frame["status"], frame["numerator"].fillna(-1), strict=True)}


def test_the_rest_of_the_city_holds_those_not_located() -> None:
    cube = city().cube()
    both = merged(cube)
    rest, unlocated, everywhere = (list(cube.zones).index(zone) for zone in (HORS_QPV, NON_LOCALISE, VILLE))
    code = list(cube.measures).index("entrees")
    known = both.status[code, rest] == OK
    assert known.any()
    assert (both.value[code, rest][known] == (cube.value[code, rest] + cube.value[code, unlocated])[known]).all()
    assert (both.value[code, everywhere] == cube.value[code, everywhere]).all()
    assert (both.status[:, rest] >= np.maximum(cube.status[:, rest], cube.status[:, unlocated])).all()


def test_a_hidden_row_holds_no_number_and_one_never_sent_stays_so() -> None:
    found = Audience.new(rules()).receive(city())
    for window, frame in found.frames.items():
        absent = frame["status"] != Status.OK
        assert frame.loc[absent & (frame["status"] == Status.SECRET), NUMBERS].isna().all(axis=None)
        assert not (frame["status"] == Status.SECRET)[found.offered[window] & ~found.hidden[window]].any()
        assert not (frame["status"] == Status.OK)[~found.offered[window]].any()
    assert told(found)["n_reunions", VILLE, "2022-T1", ENSEMBLE, ENSEMBLE][0] == Status.NON_TRANSMIS


def test_nothing_small_is_shown() -> None:
    found = Audience.new(rules()).receive(city())
    shown = [item.value for item in found.memory.told]
    assert len(shown) > 100
    assert not [value for value in shown if 0 < value < 5]
    assert not found.exposed


def test_a_careless_grid_is_repaired_by_the_gate() -> None:
    """A grid that shows each QPV by sex each quarter hides what is small, and what gives it away."""
    grid = {
        Subject("n_presents", Span.QUARTER, "sexe"): Choice(
            Depth.EACH, ("femme", "homme", "non_renseigne"), unlocated=False, smallest=0, reason=""
        )
    }
    parts = np.array([[[20, 15, 2], [30, 20, 9], [90, 70, 9], [6, 5, 1]]] * 5)
    counts = {("presents", "sexe"): parts, ("presents", ENSEMBLE): whole(parts)}
    found = release(City(QUARTERS, counts).cube(), {}, Memory(), rules(), QUARTERS, {2022: grid, 2023: grid})
    hidden = {(box.zone, box.categories[0]) for claim in found.memory.hidden for box in claim}
    assert hidden == {(zone, "non_renseigne") for zone in ("QP062901", "QP062902")}  # two in one, nine in the other
    assert not found.exposed


def test_what_was_hidden_once_stays_hidden() -> None:
    grid = {
        Subject("n_presents", Span.QUARTER, "sexe"): Choice(
            Depth.CITY, ("femme", "homme", "non_renseigne"), unlocated=False, smallest=0, reason=""
        )
    }
    small, large = (np.array([[[20, 15, many], [0, 0, 0], [0, 0, 0], [0, 0, 0]]] * 5) for many in (2, 40))
    audience = Audience.new(rules())
    audience.grids.update({2022: grid, 2023: grid})
    audience.receive(City(QUARTERS, {("presents", "sexe"): small, ("presents", ENSEMBLE): whole(small)}).until(QUARTERS[3]))
    later = audience.receive(City(QUARTERS, {("presents", "sexe"): large, ("presents", ENSEMBLE): whole(large)}))
    assert told(later)["n_presents", VILLE, QUARTERS[0], "sexe", "non_renseigne"][0] == Status.SECRET
    assert told(later)["n_presents", VILLE, QUARTERS[4], "sexe", "non_renseigne"] == (Status.OK, 40)


def test_a_second_edition_of_the_same_figures_shows_and_tells_the_same() -> None:
    audience = Audience.new(rules())
    first, second = audience.receive(city()), audience.receive(city())
    for window in Window:
        pd.testing.assert_frame_equal(first.frames[window], second.frames[window])
    assert {item.claim: item.value for item in first.memory.told} == {item.claim: item.value for item in second.memory.told}


@pytest.mark.parametrize("turn", ["indicators", "measures"])
def test_the_order_of_the_declarations_changes_no_figure(turn: str) -> None:
    usual = rules()
    turned = replace(usual, **{turn: dict(reversed(getattr(usual, turn).items()))})
    assert told(Audience.new(turned).receive(city())) == told(Audience.new(usual).receive(city()))


def test_exchanging_two_quarters_of_the_city_exchanges_their_figures() -> None:
    """The two QPVs: what is shown of one is shown of the other."""
    other = City(QUARTERS, {key: counts[:, [1, 0, 2, 3]] for key, counts in city().counts.items()})
    usual, turned = (told(Audience.new(rules()).receive(each)) for each in (city(), other))
    name = {"QP062901": "QP062902", "QP062902": "QP062901"}
    assert {(code, name.get(zone, zone), *rest): value for (code, zone, *rest), value in turned.items()} == usual


def test_measures_tied_by_a_sum_or_a_rule_are_judged_together() -> None:
    def box(code: str) -> Box:
        return Box(code, ENSEMBLE, (ENSEMBLE,), VILLE, QUARTERS[:1])

    assert components([(box("entrees"),), (box("echues"),)], MEASURES) == [["entrees"], ["echues"]]
    assert components([(box("entrees"), box("echues"))], MEASURES) == [["echues", "entrees"]]
    assert components([(box("reussies"),), (box("echues"),)], MEASURES) == [["echues", "reussies"]]
    assert components([(box("presents"),)], MEASURES) == [["entrees", "presents", "sorties"]]
    assert components([], MEASURES) == []


def test_the_keys_of_a_release_are_the_rows_offered() -> None:
    found = Audience.new(rules()).receive(city())
    keys = found.keys()
    assert {window: len(rows) for window, rows in keys.items()} == {window: int(rows.sum()) for window, rows in found.offered.items()}
    assert {code for code, *_ in keys[Window.PERIOD]} <= set(INDICATORS)
