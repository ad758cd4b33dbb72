"""Intervals worked out by hand, links between measures, whole numbers where fractions would mislead, and what counts as exposed."""

from __future__ import annotations

import math

import numpy as np
import pytest

from indicators.disclosure.audit import bounds, exposed
from indicators.disclosure.programme import Programme
from indicators.disclosure.system import ContradictionError, Figure, System

INF = math.inf


def found(system, *targets):
    low, high = bounds(system, system.sums(targets))
    return list(zip(low.tolist(), high.tolist(), strict=True))


def test_what_no_figure_holds_is_0_or_more():
    system = System.of([Figure.exact("all", {"a": 1, "b": 1}, 7)], ["c"])
    assert found(system, {"c": 1}, {"c": 1, "a": 1}, {"a": 1, "c": -1}, {}) == [(0, INF), (0, INF), (-INF, 7), (0, 0)]


def test_a_system_that_shows_nothing_tells_nothing():
    assert found(System.of([], ["a", "b"]), {"a": 1, "b": 1}) == [(0, INF)]


def test_the_year_less_three_quarters_gives_the_fourth():
    quarters = {f"T{n}": 1 for n in (1, 2, 3, 4)}
    figures = [Figure.exact("2022", quarters, 61), *(Figure.exact(f"T{n}", {f"T{n}": 1}, 19) for n in (1, 2, 3))]
    assert found(System.of(figures), {"T4": 1}, {"T1": 1}) == [(4, 4), (19, 19)]


def test_two_versions_of_a_figure_give_what_came_late():
    """The second edition counts the same events and those known since."""
    system = System.of([Figure.exact("v1", {"known": 1}, 30), Figure.exact("v2", {"known": 1, "late": 1}, 32)])
    assert found(system, {"late": 1}) == [(2, 2)]


def test_a_stock_follows_from_entries_and_exits():
    """Stock = previous + entries - exits; entries are hidden, the rest is shown."""
    link = Figure("identity", {"stock": 1, "previous": -1, "entries": -1, "exits": 1}, 0, 0)
    shown = [Figure.exact(name, {name: 1}, value) for name, value in (("stock", 33), ("previous", 30))]
    assert found(System.of([link, *shown]), {"entries": 1}, {"exits": 1}) == [(3, INF), (0, INF)]
    assert found(System.of([link, *shown, Figure.exact("exits", {"exits": 1}, 1)]), {"entries": 1}) == [(4, 4)]


def test_closed_are_among_identified():
    link = Figure("closed <= identified", {"identified": 1, "closed": -1}, 0, INF)
    system = System.of([link, Figure.exact("identified", {"identified": 1}, 4)])
    assert found(system, {"closed": 1}, {"identified": 1, "closed": -1}) == [(0, 4), (0, 4)]


def test_a_figure_rounded_to_5_is_a_range():
    system = System.of([Figure("about 10", {"a": 1, "b": 1}, 8, 12), Figure.exact("a", {"a": 1}, 7)])
    assert found(system, {"b": 1}) == [(1, 5)]


ODD_CYCLE = [{"a": 1, "b": 1}, {"b": 1, "c": 1}, {"a": 1, "c": 1}]


def test_whole_numbers_tell_more_than_fractions():
    """a + b = b + c = a + c leaves each half of an odd sum to fractions, and nothing at all to whole numbers."""
    figures = [Figure.exact(index, terms, 5) for index, terms in enumerate(ODD_CYCLE)]
    with pytest.raises(ContradictionError):
        found(System.of(figures), {"a": 1})
    ranged = [Figure(index, terms, 0, 5) for index, terms in enumerate(ODD_CYCLE)]
    assert found(System.of(ranged), {"a": 1, "b": 1, "c": 1}) == [(0, 7)]  # 7.5 in fractions


@pytest.mark.parametrize("value", [-1, 1])
def test_a_sum_of_nothing_that_is_not_zero_contradicts_itself(value):
    with pytest.raises(ContradictionError):
        found(System.of([Figure.exact("none", {}, value)], ["a"]), {"a": 1})


def test_figures_that_deny_each_other_contradict_themselves():
    with pytest.raises(ContradictionError):
        found(System.of([Figure.exact("a", {"a": 1}, 8), Figure.exact("a, b", {"a": 1, "b": 1}, 7)]), {"a": 1})


def test_two_figures_of_a_name_and_unknown_atoms_are_refused():
    with pytest.raises(ValueError, match="same name"):
        System.of([Figure.exact("a", {"a": 1}, 8), Figure.exact("a", {"b": 1}, 7)])
    with pytest.raises(KeyError):
        System.of([], ["a"]).sums([{"b": 1}])


def test_a_proof_names_the_figures_that_hold_a_count_in():
    figures = [Figure.exact("line", {"a": 1, "b": 1}, 7), Figure.exact("b", {"b": 1}, 5), Figure.exact("apart", {"c": 1}, 9)]
    programme = Programme(System.of(figures))
    assert programme.proof(np.array([1, 0, 0])).tolist() == [0, 1]
    assert programme.proof(np.array([0, 0, 1])).tolist() == [2]


@pytest.mark.parametrize(
    ("low", "high", "is_exposed"),
    [
        (0, 0, False),  # surely nobody: zero is not small
        (1, 1, True),
        (4, 4, True),
        (5, 5, False),  # surely k: not small
        (0, 4, True),  # cannot reach k
        (0, 5, False),
        (0, INF, False),
        (1, 5, True),  # reaches k, but its ends are fewer than k apart
        (1, 6, False),
        (4, 8, True),
        (4, 9, False),
        (5, 6, False),  # narrow, and surely not small
        (1000, 1000, False),
    ],
)
def test_exposed_at_5(low, high, is_exposed):
    assert exposed(np.array([float(low)]), np.array([float(high)]), 5).tolist() == [is_exposed]
