"""The atoms behind what is shown: their true counts are those of the cube, and what ties them holds on the truth."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from indicators.codes import ENSEMBLE
from indicators.cube import Cube
from indicators.measures import Nature
from indicators.period import Period
from indicators.release.boxes import RESTE, Box
from indicators.release.ground import Ground, ground
from indicators.release.release import merged
from indicators.release.wanted import VERSION
from indicators.status import OK
from indicators.windows import Window, windowed
from tests.unit.release.city import FINEST, MEASURES, TERRITORY, City, quarters_from, whole

QUARTERS = quarters_from("2021-T2", 5)


def random_city(seed: int, share_of_nothing: float = 0.3) -> City:
    random = np.random.default_rng(seed)
    shape = (len(QUARTERS), len(FINEST), 3)
    counts: dict[tuple[str, str], np.ndarray] = {}
    for code in ("entrees", "sorties", "presents", "echues", "glissants", "cumules"):
        parts = random.poisson(4, shape) * (random.random(shape) > share_of_nothing)
        if code == "cumules":
            parts[3:] = np.cumsum(parts[3:], axis=0)
            parts[:3] = np.cumsum(parts[:3], axis=0)
        counts |= {(code, "sexe"): parts, (code, ENSEMBLE): whole(parts)}
    part = np.floor(counts["echues", "sexe"] * random.random(shape)).astype(int)
    meetings = random.poisson(2, (len(QUARTERS), 1, 1))
    return City(QUARTERS, {**counts, ("reussies", "sexe"): part, ("reussies", ENSEMBLE): whole(part), ("reunions", ENSEMBLE): meetings})


def grounded(cube: Cube, codes: list[str], **past: Cube) -> Ground:
    claims = [(Box(code, dimension, (ENSEMBLE,), RESTE, QUARTERS),) for code in codes for dimension in (ENSEMBLE, "sexe")]
    claims += [((Box(codes[0], ENSEMBLE, (ENSEMBLE,), RESTE, (f"{QUARTERS[0]}{VERSION}{name}",))),) for name in past]
    return ground({"": cube, **past}, MEASURES, codes, claims, TERRITORY)


def each_of(found: Ground) -> Iterator[tuple[Box, int, np.ndarray]]:
    """Every count somebody may want, its value and its atoms."""
    for wanted in found.wanted():
        places = np.arange(len(wanted.values))
        rows = wanted.rows(places, len(found.truth))
        boxes = [wanted.box(place) for place in places]
        assert wanted.places(boxes) == places.tolist()
        for place, box in enumerate(boxes):
            atoms = np.sort(rows.indices[rows.indptr[place] : rows.indptr[place + 1]])
            assert atoms.tolist() == sorted(found.atoms(box).tolist())
            yield box, int(wanted.values[place]), atoms


@pytest.mark.parametrize("seed", range(4))
def test_every_count_somebody_may_want_is_that_of_the_cube(seed: int) -> None:
    city = random_city(seed)
    cube = city.cube()
    codes = ["entrees", "presents", "echues", "glissants", "cumules", "reunions"]
    found = grounded(cube, codes)
    shown = merged(cube)
    zones, places = list(cube.zones), list(cube.periods)
    judged = 0
    for box, value, atoms in each_of(found):
        judged += 1
        if box.measure == "reunions" and box.dimension == "sexe":  # nobody counts that
            assert value == -1
            continue
        at = shown.value[:, zones.index("HORS_QPV" if box.zone == RESTE else box.zone)]
        if box.zone in FINEST[2:]:
            at = cube.value[:, zones.index(box.zone)]
        row = at[list(cube.measures).index(box.measure)][:, cube.cells_of(box.dimension, box.categories)[0]]
        counts = [row[places.index(quarter)] for quarter in box.quarters]
        if MEASURES[box.measure].nature is Nature.DISTINCT_TO_DATE:
            before = [0 if Period.parse(q).number == 1 or q == QUARTERS[0] else row[places.index(q) - 1] for q in box.quarters]
            if QUARTERS[0] in box.quarters:  # its first three months are not known
                assert value == -1
                continue
            counts = [now - then for now, then in zip(counts, before, strict=True)]
        assert value == sum(counts) == found.truth[atoms].sum() == found.value((box,))
    assert judged == sum(
        len(found.cells[code])
        * (7 if MEASURES[code].territorial else 1)
        * (15 if MEASURES[code].nature in {Nature.FLOW, Nature.DISTINCT_TO_DATE} else 5)
        for code in codes
    )


@pytest.mark.parametrize("seed", range(4))
def test_the_windows_of_the_project_add_up_the_same_atoms(seed: int) -> None:
    cube = random_city(seed).cube()
    year = windowed(merged(cube), MEASURES, TERRITORY, Window.ROLLING_YEAR)
    found = grounded(cube, ["entrees"])
    for last in (3, 4):
        box = Box("entrees", "sexe", ("femme",), RESTE, QUARTERS[last - 3 : last + 1])
        at = list(year.zones).index("HORS_QPV"), list(year.periods).index(QUARTERS[last]), year.cells_of("sexe", ["femme"])[0]
        assert year.status[0, at[0], at[1], at[2]] == OK
        assert found.value((box,)) == year.value[list(year.measures).index("entrees")][at]


@pytest.mark.parametrize("seed", range(4))
def test_what_ties_the_atoms_holds_on_the_truth(seed: int) -> None:
    found = grounded(random_city(seed).cube(), ["echues", "entrees", "presents", "reussies", "sorties"])
    ties = list(found.links())
    for terms, low, high in ties:
        assert low <= sum(sign * int(found.truth[atom]) for atom, sign in terms.items()) <= high
    inside = [terms for terms, low, high in ties if high == np.inf]
    assert len(inside) == 4 * len(FINEST) * len(QUARTERS)  # the part in its whole, for everybody and for each sex
    assert len([terms for terms, _, high in ties if high == 0]) >= 5 * len(FINEST) * len(QUARTERS)  # the sexes add up


def test_a_stock_is_tied_to_its_flows_where_the_counts_agree() -> None:
    city = random_city(0)
    entered, left = city.counts["entrees", "sexe"], city.counts["sorties", "sexe"]
    stock = 100 + np.cumsum(entered - left, axis=0)
    agrees = city.with_counts(presents__sexe=stock, presents__ensemble=whole(stock))
    codes = ["entrees", "presents", "sorties"]
    tied, free = (
        [terms for terms, _, _ in grounded(each.cube(), codes).links() if len(terms) == 4 and sorted(terms.values()) == [-1, -1, 1, 1]]
        for each in (agrees, city)
    )
    assert len(tied) == (len(QUARTERS) - 1) * len(FINEST)
    assert len(free) < len(tied)


def test_a_quarter_as_it_was_has_atoms_of_its_own() -> None:
    now, before = random_city(0).cube(), random_city(1).cube()
    found = grounded(now, ["entrees"], e1=before)
    one, other = (Box("entrees", "sexe", ("femme",), FINEST[0], (quarter,)) for quarter in (QUARTERS[0], f"{QUARTERS[0]}{VERSION}e1"))
    assert set(found.atoms(one)).isdisjoint(found.atoms(other))
    at = list(now.zones).index(FINEST[0]), list(now.periods).index(QUARTERS[0]), now.cells_of("sexe", ["femme"])[0]
    code = list(now.measures).index("entrees")
    assert (found.value((one,)), found.value((other,))) == (now.value[code][at], before.value[code][at])
    assert {box.quarters for box, _, _ in each_of(found) if VERSION in "".join(box.quarters)} == {(f"{QUARTERS[0]}{VERSION}e1",)}


def test_a_count_that_nobody_delivered_is_not_known() -> None:
    city = random_city(0)
    counts = {key: value for key, value in city.counts.items() if key[0] != "sorties"}
    found = grounded(City(QUARTERS, counts).cube(), ["sorties"])
    assert not found.sure.any()
    assert found.value((Box("sorties", ENSEMBLE, (ENSEMBLE,), RESTE, QUARTERS),)) is None
