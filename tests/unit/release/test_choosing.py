"""The yearly choice: margins, what is kept, what is refined, zeros that last, sensitive categories."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from indicators.codes import DIMENSIONS, ENSEMBLE
from indicators.indicator import Kind, Secrecy
from indicators.release.grid import Choice, Depth, Grid, Span, Subject, zones_of
from indicators.release.release import choose
from tests.unit.release.city import FINEST, INDICATORS, NORTH, SOUTH, City, even, indicator, quarters_from, rules, whole

QUARTERS = quarters_from("2022-T1", 4)
STOCK = Subject("n_presents", Span.QUARTER, ENSEMBLE)
BY_SEX = Subject("n_presents", Span.QUARTER, "sexe")
BY_FREIN = Subject("freins", Span.QUARTER, "frein")
FREINS = {"freins": indicator("freins", Kind.COUNT, "presents", None, "frein")}


def chosen(subject: Subject, per_zone: tuple[int, ...], before: Grid | None = None, *, shares: tuple[int, ...] = (1, 0, 0)) -> Choice:
    """The choice for a stock that is the same four quarters running."""
    return choose(City(QUARTERS, even(QUARTERS, per_zone, shares, "presents")).cube(), rules(), QUARTERS, before or {})[subject]


def was(subject: Subject, depth: Depth, *categories: str) -> Grid:
    return {subject: Choice(depth, categories or (ENSEMBLE,), unlocated=False, smallest=0, reason="")}


@pytest.mark.parametrize(
    ("per_zone", "depth"),
    [
        ((15, 15, 15, 0), Depth.EACH),
        ((15, 14, 15, 0), Depth.TWO),
        ((15, 0, 15, 0), Depth.EACH),
        ((8, 7, 10, 5), Depth.TWO),
        ((15, 15, 14, 0), Depth.CITY),
        ((7, 7, 15, 0), Depth.CITY),
        ((5, 0, 5, 0), Depth.CITY),
        ((5, 0, 4, 0), Depth.NOTHING),
        ((0, 0, 0, 0), Depth.EACH),
    ],
)
def test_two_totals_need_three_thresholds_one_alone_needs_two(per_zone: tuple[int, ...], depth: Depth) -> None:
    """What ``ville`` and ``QPV`` leave is hors QPV and not located together; a zone that is always empty hides nobody."""
    assert chosen(STOCK, per_zone).depth is depth


@pytest.mark.parametrize(
    ("per_zone", "before", "after"),
    [
        ((5, 5, 5, 0), Depth.EACH, Depth.EACH),
        ((5, 4, 5, 0), Depth.EACH, Depth.CITY),
        ((15, 15, 15, 0), Depth.TWO, Depth.EACH),
        ((15, 14, 15, 0), Depth.TWO, Depth.TWO),
        ((3, 2, 5, 0), Depth.TWO, Depth.TWO),
        ((3, 1, 10, 0), Depth.TWO, Depth.CITY),
        ((3, 2, 0, 0), Depth.CITY, Depth.CITY),
        ((3, 1, 0, 0), Depth.CITY, Depth.NOTHING),
    ],
)
def test_a_choice_is_kept_down_to_the_threshold_and_refined_at_three(per_zone: tuple[int, ...], before: Depth, after: Depth) -> None:
    assert chosen(STOCK, per_zone, was(STOCK, before)).depth is after


def test_the_categories_that_have_room_are_chosen_and_the_rest_left_with_room() -> None:
    """A category under two thresholds is not shown; where the others would leave it by subtraction, the smallest of them joins it."""
    choice = chosen(BY_SEX, (10, 10, 20, 0), shares=(4, 2, 1))
    assert choice.depth is Depth.EACH
    assert set(choice.categories) == {"femme", "homme", "non_renseigne"}
    alone = chosen(BY_SEX, (6, 6, 12, 0), shares=(4, 2, 1))
    assert (alone.depth, set(alone.categories)) == (Depth.TWO, {"femme", "homme", "non_renseigne"})


def test_kept_categories_stay_down_to_the_threshold() -> None:
    before = was(BY_SEX, Depth.TWO, "femme", "homme", "non_renseigne")
    kept = chosen(BY_SEX, (3, 2, 5, 0), before, shares=(4, 2, 1))
    assert (kept.depth, kept.categories) == (Depth.TWO, ("femme", "homme", "non_renseigne"))
    fallen = chosen(BY_SEX, (2, 2, 5, 0), before, shares=(4, 2, 1))
    assert fallen.depth is not Depth.TWO or "non_renseigne" not in fallen.categories


@pytest.mark.parametrize(("length", "depth"), [(4, Depth.EACH), (3, Depth.CITY)])
def test_a_zero_that_has_not_lasted_four_quarters_is_small(length: int, depth: Depth) -> None:
    quarters = QUARTERS[:length]
    cube = City(quarters, even(quarters, (20, 0, 0, 0), (1, 0, 0), "presents")).cube()
    assert choose(cube, rules(), quarters, {})[STOCK].depth is depth


def test_a_zero_in_one_quarter_out_of_four_is_small() -> None:
    parts = even(QUARTERS, (20, 20, 20, 0), (1, 0, 0), "presents")["presents", "sexe"].copy()
    parts[1, 1] = 0
    counts = {("presents", "sexe"): parts, ("presents", ENSEMBLE): whole(parts)}
    choice = choose(City(QUARTERS, counts).cube(), rules(), QUARTERS, {})[STOCK]
    assert choice.depth is Depth.TWO
    assert choice.reason == "Plus fin, un effectif tombe à 0."


def test_only_the_last_four_quarters_count() -> None:
    quarters = quarters_from("2021-T1", 6)
    parts = even(quarters, (20, 20, 20, 0), (1, 0, 0), "presents")["presents", "sexe"].copy()
    parts[0] = 1
    counts = {("presents", "sexe"): parts, ("presents", ENSEMBLE): whole(parts)}
    assert choose(City(quarters, counts).cube(), rules(), quarters, {})[STOCK].depth is Depth.EACH


@pytest.mark.parametrize(("size", "shown"), [(21, False), (22, True)])
def test_health_and_justice_need_twice_eleven(size: int, shown: bool) -> None:
    parts = np.zeros((4, len(FINEST), len(DIMENSIONS["frein"].codes)), dtype=int)
    for code, count in {"mobilite": 40, "famille": 40, "sante": size}.items():
        parts[:, :3, DIMENSIONS["frein"].codes.index(code)] = count
    city = City(QUARTERS, {("presents", "frein"): parts, ("presents", ENSEMBLE): whole(parts)})
    choice = choose(city.cube(), rules(FREINS), QUARTERS, {})[BY_FREIN]
    assert choice.depth is Depth.EACH
    assert ("sante" in choice.categories) == shown
    assert {"mobilite", "famille"} <= set(choice.categories)


def test_persons_not_located_are_told_apart_where_they_are_many() -> None:
    assert [chosen(STOCK, (20, 20, 20, many)).unlocated for many in (9, 10)] == [False, True]
    assert not chosen(STOCK, (3, 3, 3, 10)).unlocated


def test_flows_have_a_choice_for_the_quarter_and_for_twelve_months_and_are_broken_down_over_the_latter_alone() -> None:
    grid = choose(City(QUARTERS, even(QUARTERS, (9, 9, 9, 0), (4, 3, 1), "entrees")).cube(), rules(), QUARTERS, {})
    spans = {(subject.span, subject.dimension) for subject in grid if subject.indicator == "n_entrees"}
    assert spans == {(Span.QUARTER, ENSEMBLE), (Span.YEAR, ENSEMBLE), (Span.YEAR, "sexe")}
    assert {(subject.span, subject.dimension) for subject in grid if subject.indicator == "n_presents"} == {
        (Span.QUARTER, ENSEMBLE),
        (Span.QUARTER, "sexe"),
    }
    assert not any(subject.indicator == "n_reunions" for subject in grid)


def test_what_a_proportion_leaves_needs_room_as_well() -> None:
    """Sixty of sixty-one: the one that is left is small."""
    due = even(QUARTERS, (20, 20, 20, 0), (1, 0, 0), "echues")
    done = {("reussies", dimension): np.maximum(counts - 1, 0) for (_, dimension), counts in due.items()}
    grid = choose(City(QUARTERS, {**due, **done}).cube(), rules(), QUARTERS, {})
    assert grid[Subject("part", Span.QUARTER, ENSEMBLE)].depth is Depth.NOTHING
    assert chosen(STOCK, (20, 20, 20, 0)).depth is Depth.EACH


def test_the_order_of_the_indicators_changes_nothing() -> None:
    cube = City(QUARTERS, even(QUARTERS, (9, 9, 9, 0), (4, 3, 1), "entrees")).cube()
    turned = dict(reversed(INDICATORS.items()))
    assert choose(cube, rules(turned), QUARTERS, {}) == choose(cube, rules(), QUARTERS, {})


def test_an_indicator_of_nobody_needs_no_choice() -> None:
    open_one = replace(INDICATORS["n_presents"], secrecy=Secrecy.NONE)
    cube = City(QUARTERS, even(QUARTERS, (1, 1, 1, 0), (1, 0, 0), "presents")).cube()
    assert STOCK not in choose(cube, rules({"n_presents": open_one}), QUARTERS, {})


def test_the_zones_of_each_depth() -> None:
    qpvs = [NORTH, SOUTH]
    assert [len(zones_of(depth, qpvs)) for depth in Depth] == [5, 3, 1, 0]
