"""The sweep against one target at a time, and against the enumeration of every table a reader could imagine.

CITE_LONG=1 draws thousands.
"""

from __future__ import annotations

import itertools
import os

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.disclosure.audit import bounds, exposed
from indicators.disclosure.sweep import Sweep
from indicators.disclosure.system import Figure, System

MANY, FEW = (2000, 300) if os.environ.get("CITE_LONG") == "1" else (80, 40)
Row = tuple[int, ...]


class Case:
    """What is told of some atoms, their true counts, and sums to guess with the threshold of each."""

    def __init__(self, truth: list[int], known: list[tuple[Row, float, float]], targets: list[Row], k: list[int]) -> None:
        self.truth, self.known, self.targets, self.k = np.array(truth), known, targets, np.array(k)
        figures = [Figure(i, _terms(row), low, high) for i, (row, low, high) in enumerate(known)]
        self.system = System.of(figures, range(len(truth)))
        self.sums = self.system.sums([_terms(target) for target in targets])

    def __repr__(self) -> str:
        return f"Case({self.truth.tolist()}, {self.known}, {self.targets}, {self.k.tolist()})"

    def swept(self, *, exact: bool, helped: bool = True) -> set[int]:
        tables = [(self.truth.astype(np.float64), True)] if helped else []
        return set(Sweep(self.system, self.sums, self.k, tables, exact=exact).exposed())

    def audited(self) -> set[int]:
        low, high = bounds(self.system, self.sums)
        return {place for place in range(len(self.k)) if exposed(low[[place]], high[[place]], int(self.k[place]))[0]}

    def enumerated(self, tops: list[int]) -> set[int]:
        every = np.array(list(itertools.product(*(range(top + 1) for top in tops))))
        for row, low, high in self.known:
            values = every @ np.array(row)
            every = every[(values >= low) & (values <= high)]
        sums = every @ np.array(self.targets).T
        low, high = sums.min(axis=0), sums.max(axis=0)
        return set(np.flatnonzero((high >= 1) & (low < self.k) & (high - low < self.k)).tolist())


def _terms(row: Row) -> dict[int, int]:
    return {atom: sign for atom, sign in enumerate(row) if sign}


@st.composite
def cases(draw: st.DrawFn, *, most_atoms: int = 7, most: int = 12) -> Case:
    """Sums and differences told exactly or roughly, links from zero up; atoms that nothing bounds; sometimes nothing told at all."""
    atoms = draw(st.integers(1, most_atoms))
    truth = draw(st.lists(st.integers(0, most), min_size=atoms, max_size=atoms))
    sign = st.sampled_from([0, 0, 0, 1, 1, 1, -1])
    rows = draw(st.lists(st.lists(sign, min_size=atoms, max_size=atoms).map(tuple), max_size=7))
    known = [(row, *draw(_ends(int(np.dot(row, truth))))) for row in rows if any(row)]
    targets = draw(st.lists(st.lists(sign, min_size=atoms, max_size=atoms).map(tuple), min_size=1, max_size=8))
    k = draw(st.lists(st.integers(2, 11), min_size=len(targets), max_size=len(targets)))
    return Case(truth, known, targets, k)


def _ends(value: int) -> st.SearchStrategy[tuple[float, float]]:
    link = (0.0, np.inf) if value >= 0 else (-np.inf, 0.0)
    return st.sampled_from([(value, value), (value, value), (value, value), link, (value - 1, value + 2), (value, np.inf)])


@settings(max_examples=MANY)
@given(case=cases())
def test_the_sweep_finds_what_the_audit_finds_target_by_target(case: Case) -> None:
    """Whole tables, with and without knowing a table to start from."""
    expected = case.audited()
    assert case.swept(exact=True) == expected
    assert case.swept(exact=True, helped=False) == expected


@st.composite
def grids(draw: st.DrawFn) -> Case:
    """Zones by categories by quarters, some of the sums over a zone, a category and a run of quarters told, all of them to guess."""
    zones, kinds, quarters = draw(st.integers(2, 3)), draw(st.integers(2, 3)), draw(st.integers(2, 4))
    size = zones * kinds * quarters
    truth = draw(st.lists(st.integers(0, 7), min_size=size, max_size=size))
    places = np.arange(size).reshape(zones, kinds, quarters)
    k = draw(st.sampled_from([3, 5, 11]))
    every = []
    for zone, kind in itertools.product([*((z,) for z in range(zones)), range(zones)], [*((c,) for c in range(kinds)), range(kinds)]):
        for first, last in itertools.combinations(range(quarters + 1), 2):
            inside = set(places[np.ix_(zone, kind, range(first, last))].ravel().tolist())
            every.append(tuple(int(atom in inside) for atom in range(size)))
    marks = draw(st.lists(st.booleans(), min_size=len(every), max_size=len(every)))
    values = [int(np.dot(row, truth)) for row in every]
    known = [(row, value, value) for row, value, mark in zip(every, values, marks, strict=True) if mark and not 1 <= value < k]
    return Case(truth, known, every, [k] * len(every))


@settings(max_examples=FEW)
@given(case=grids())
def test_fractions_miss_nothing_of_what_an_audience_is_shown(case: Case) -> None:
    """On sums of zones, categories and runs of quarters. On sums drawn at random they may miss one in some hundreds."""
    assert case.swept(exact=True) <= case.swept(exact=False)


@settings(max_examples=FEW)
@given(case=cases(most_atoms=4, most=4), data=st.data())
def test_the_sweep_against_every_table(case: Case, data: st.DataObject) -> None:
    """Each atom is given a ceiling, told, so that the tables can be counted."""
    tops = [int(count) + data.draw(st.integers(0, 5)) for count in case.truth]
    size = len(tops)
    ceilings = [(tuple(int(atom == here) for atom in range(size)), 0, top) for here, top in enumerate(tops)]
    case = Case(case.truth.tolist(), [*case.known, *ceilings], case.targets, case.k.tolist())
    assert case.swept(exact=True) == case.enumerated(tops)


@settings(max_examples=FEW)
@given(case=cases(), data=st.data())
def test_a_higher_threshold_is_its_own_question(case: Case, data: st.DataObject) -> None:
    """Each target is judged by its own threshold, whichever others it is judged with."""
    place = data.draw(st.integers(0, len(case.k) - 1))
    alone = Case(case.truth.tolist(), case.known, [case.targets[place]], [int(case.k[place])])
    assert (place in case.swept(exact=True)) == (alone.swept(exact=True) == {0})


@settings(max_examples=FEW)
@given(case=cases(), data=st.data())
def test_the_order_of_atoms_figures_and_targets_changes_nothing(case: Case, data: st.DataObject) -> None:
    order = data.draw(st.permutations(range(len(case.truth))))
    back = data.draw(st.permutations(range(len(case.targets))))
    turned = Case(
        case.truth[order].tolist(),
        [(tuple(row[atom] for atom in order), low, high) for row, low, high in data.draw(st.permutations(case.known))],
        [tuple(case.targets[place][atom] for atom in order) for place in back],
        case.k[back].tolist(),
    )
    assert {back[place] for place in turned.swept(exact=True)} == case.swept(exact=True)


def test_nothing_told_exposes_nothing() -> None:
    case = Case([1, 2, 0], [], [(1, 0, 0), (1, 1, 1), (1, -1, 0)], [5, 5, 5])
    assert case.swept(exact=True) == case.swept(exact=False) == set()


def test_a_target_seen_through_a_difference_is_exposed() -> None:
    """The whole less the part, told apart, gives the rest; a certain zero and a certain five are not small."""
    known = [((1, 1, 0), 12, 12), ((1, 0, 0), 10, 10), ((0, 0, 1), 0, 0)]
    case = Case([10, 2, 0], known, [(0, 1, 0), (0, 0, 1), (1, -1, 0), (1, 0, 0)], [5, 5, 5, 5])
    assert case.swept(exact=True) == case.swept(exact=False) == {0}


def test_fewer_persons_than_cells_they_could_sit_in() -> None:
    """Three persons in six cells, told apart by ceilings: no cell is surely empty, and each may hold one to three."""
    size = 6
    alone = [(tuple(int(atom == here) for atom in range(size)), 0, 4 + here) for here in range(size)]
    case = Case([3, 0, 0, 0, 0, 0], [((1,) * size, 3, 3), *alone], [row for row, _, _ in alone], [5] * size)
    assert case.swept(exact=True) == case.swept(exact=False) == case.audited() == set(range(size))


def test_nothing_told_of_what_is_taken_away() -> None:
    case = Case([1], [], [(-1,)], [2])
    assert case.swept(exact=True) == case.swept(exact=False) == set()


def test_the_ends_of_a_figure_with_no_end_above() -> None:
    case = Case([3, 0], [((1, 0), 2, np.inf), ((1, 1), 3, 3)], [(1, 0), (0, 1)], [2, 5])
    assert case.swept(exact=True) == case.audited() == {1}


def test_just_under_and_just_at_the_threshold() -> None:
    """[0, k] is safe, [0, k - 1] is not; fractions, which leave one more, may find the first as well."""
    for top, found in {5: set(), 4: {0}}.items():
        case = Case([2, 0], [((1, 1), top, top)], [(1, 0)], [5])
        assert case.swept(exact=True) == found
        assert case.swept(exact=False) >= found
