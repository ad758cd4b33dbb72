"""Small random tables against the enumeration of every table a reader could imagine, and changes that must change nothing.

CITE_LONG=1 draws thousands.
"""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import assume, example, given, reject, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from indicators.disclosure.audit import bounds, exposed
from indicators.disclosure.programme import Programme
from indicators.disclosure.repair import repair
from indicators.disclosure.system import ContradictionError, Figure, System
from indicators.disclosure.table import Cell, Reason, Table, audit_table, mask_table

LONG = os.environ.get("CITE_LONG") == "1"
MANY, FEW = (3000, 500) if LONG else (80, 30)
Known = list[tuple[tuple[int, ...], int, int]]
"""For each figure, a coefficient an atom, and its two ends."""


def imagined(known: Known, atoms: int) -> Iterator[tuple[int, ...]]:
    """Every table of atoms that agrees with the figures; each atom is in a figure of additions only, which bounds it."""
    tops = [min(high for terms, _, high in known if terms[atom] > 0 and min(terms) >= 0) for atom in range(atoms)]
    for table in itertools.product(*(range(top + 1) for top in tops)):
        if all(low <= sum(a * b for a, b in zip(terms, table, strict=True)) <= high for terms, low, high in known):
            yield table


def system_of(known: Known, atoms: int) -> System:
    figures = [Figure(i, {a: t for a, t in enumerate(terms) if t}, low, high) for i, (terms, low, high) in enumerate(known)]
    return System.of(figures, range(atoms))


@st.composite
def knowledge(draw: st.DrawFn) -> tuple[Known, list[tuple[int, ...]]]:
    """Up to five atoms, any sums and differences of them told exactly, roughly or wrongly, and sums to guess."""
    atoms = draw(st.integers(1, 5))
    truth = draw(st.lists(st.integers(0, 3), min_size=atoms, max_size=atoms))
    rows = draw(st.lists(st.lists(st.sampled_from([0, 0, 1, 1, -1]), min_size=atoms, max_size=atoms), max_size=6))
    known = []
    for terms in rows:
        value = sum(a * b for a, b in zip(terms, truth, strict=True))
        below, above = draw(st.sampled_from([(0, 0), (0, 0), (0, 2), (1, 1), (-1, 1)]))
        known.append((tuple(terms), value - below, value + above))
    known.append(((1,) * atoms, sum(truth) - draw(st.integers(0, 1)), sum(truth)))
    targets = draw(st.lists(st.lists(st.sampled_from([0, 1, 1, -1]), min_size=atoms, max_size=atoms), min_size=1, max_size=4))
    return known, [tuple(target) for target in targets]


@settings(max_examples=MANY)
@given(drawn=knowledge())
def test_intervals_are_those_of_every_table_one_by_one(drawn: tuple[Known, list[tuple[int, ...]]]) -> None:
    known, targets = drawn
    atoms = len(targets[0])
    tables = np.array(list(imagined(known, atoms)))
    system = system_of(known, atoms)
    sums = system.sums([{a: t for a, t in enumerate(target) if t} for target in targets])
    if not len(tables):
        with pytest.raises(ContradictionError):
            bounds(system, sums)
        return
    low, high = bounds(system, sums)
    values = tables @ np.array(targets).T
    assert low.tolist() == values.min(axis=0).tolist()
    assert high.tolist() == values.max(axis=0).tolist()


@settings(max_examples=FEW)
@given(drawn=knowledge())
def test_a_proof_is_enough_by_itself(drawn: tuple[Known, list[tuple[int, ...]]]) -> None:
    """In fractions, the figures it names hold the sum where all of them do."""
    known, targets = drawn
    system = system_of(known, len(targets[0]))
    programme = Programme(system)
    try:
        programme.check()
    except ContradictionError:
        reject()
    target = np.array(targets[0])
    used = programme.proof(target)
    assert relaxed([known[place] for place in used], target) == pytest.approx(relaxed(known, target))


def relaxed(known: Known, target: np.ndarray) -> float:
    """The largest value of a sum over tables of non-negative numbers, whole or not."""
    limits = [(sign * np.array(terms), end) for terms, low, high in known for sign, end in ((1, high), (-1, -low))]
    answer = linprog(-target, A_ub=[row for row, _ in limits] or None, b_ub=[end for _, end in limits] or None)
    return float("inf") if answer.status == 3 else -answer.fun


@st.composite
def tables(draw: st.DrawFn, most: int = 12) -> Table:
    """One or two ways, with or without margins, some cells hidden."""
    height, width = draw(st.integers(1, 4)), draw(st.integers(1, 3))
    counts = {(f"r{r}", f"c{c}"): draw(st.integers(0, most)) for r in range(height) for c in range(width)}
    rows, cols = sorted({row for row, _ in counts}), sorted({col for _, col in counts})
    values = dict(counts)
    if draw(st.booleans()):
        values |= {(row, "total"): sum(counts[row, col] for col in cols) for row in rows}
    if draw(st.booleans()):
        values |= {("total", col): sum(counts[row, col] for row in rows) for col in cols}
    if draw(st.booleans()):
        values["total", "total"] = sum(counts.values())
    marks = draw(st.lists(st.booleans(), min_size=len(values), max_size=len(values)))
    return Table(tuple(Cell(row, col, value, mark, 0) for ((row, col), value), mark in zip(values.items(), marks, strict=True)))


Told = dict[tuple[str, str], tuple[int, int | None]]


def told(table: Table) -> Told:
    return {(item.cell.row, item.cell.col): (item.low, item.high) for item in audit_table(table, 5)}


def changed(table: Table, **by_place: Cell | None) -> Table:
    cells = [by_place.get(f"at{place}", cell) for place, cell in enumerate(table.cells)]
    return Table(tuple(cell for cell in cells if cell))


def inside(narrow: tuple[int, int | None], wide: tuple[int, int | None]) -> bool:
    return narrow[0] >= wide[0] and (wide[1] is None or (narrow[1] is not None and narrow[1] <= wide[1]))


@settings(max_examples=FEW)
@given(table=tables(most=2))
def test_a_table_against_every_table(table: Table) -> None:
    """Where margins bound every cell, as the command answers."""
    shown = [(table.terms(cell), cell.known) for cell in table.cells if not cell.hidden]
    known = [(tuple(terms.get(atom, 0) for atom in table.atoms), value, value) for terms, value in shown]
    assume(all(any(terms[place] for terms, _, _ in known) for place in range(len(table.atoms))))
    free = np.prod([min(high for terms, _, high in known if terms[place]) + 1.0 for place in range(len(table.atoms))])
    assume(free <= 20_000)
    every = np.array(list(imagined(known, len(table.atoms))))
    for cell in table.cells:
        values = every @ np.array([table.terms(cell).get(atom, 0) for atom in table.atoms])
        assert told(table)[cell.row, cell.col] == (values.min(), values.max())


@settings(max_examples=FEW)
@given(table=tables(), data=st.data())
def test_the_order_of_cells_and_the_names_change_nothing(table: Table, data: st.DataObject) -> None:
    order = data.draw(st.permutations(table.cells))
    assert told(Table(tuple(order))) == told(table)
    name = {"r0": "r2", "r2": "r0", "c0": "c1", "c1": "c0"}
    renamed = Table(tuple(Cell(name.get(c.row, c.row), name.get(c.col, c.col), c.value, c.hidden, 0) for c in order))
    expected = {(name.get(row, row), name.get(col, col)): ends for (row, col), ends in told(table).items()}
    assert told(renamed) == expected


@settings(max_examples=FEW)
@given(table=tables())
def test_an_empty_row_shown_changes_nothing(table: Table) -> None:
    empty = [Cell("vide", col, 0, hidden=False, line=0) for col in table.cols]
    longer = told(Table((*table.cells, *empty)))
    assert {key: longer[key] for key in told(table)} == told(table)


@settings(max_examples=FEW)
@given(drawn=knowledge())
def test_an_atom_cut_in_two_changes_nothing(drawn: tuple[Known, list[tuple[int, ...]]]) -> None:
    known, targets = drawn
    whole = system_of(known, len(targets[0]))
    cut = system_of([((*terms, terms[0]), low, high) for terms, low, high in known], len(targets[0]) + 1)
    try:
        expected = bounds(whole, whole.sums([dict(enumerate(target)) for target in targets]))
    except ContradictionError:
        reject()
    found = bounds(cut, cut.sums([dict(enumerate((*target, target[0]))) for target in targets]))
    assert np.array_equal(found, expected)


@settings(max_examples=FEW)
@given(table=tables(), data=st.data())
def test_hiding_one_more_never_narrows_and_showing_one_more_never_widens(table: Table, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(table.cells) - 1))
    cell = table.cells[place]
    shown, hidden = (told(changed(table, **{f"at{place}": Cell(cell.row, cell.col, cell.value, mark, 0)})) for mark in (False, True))
    assert all(inside(shown[key], hidden[key]) for key in shown)


@settings(max_examples=MANY)
@given(table=tables(), k=st.integers(2, 8))
def test_a_mask_hides_every_small_cell_and_passes_the_audit(table: Table, k: int) -> None:
    masked = mask_table(table, k)
    assert [(item.cell.row, item.cell.col) for item in masked] == [(cell.row, cell.col) for cell in table.cells]
    assert [item.reason is Reason.SMALL for item in masked] == [1 <= cell.known < k for cell in table.cells]
    after = Table(tuple(Cell(item.cell.row, item.cell.col, item.cell.value, bool(item.reason), 0) for item in masked))
    assert not any(item.exposed for item in audit_table(after, k))


@settings(max_examples=FEW)
@given(table=tables(), k=st.integers(2, 8))
def test_no_secondary_cell_is_superfluous(table: Table, k: int) -> None:
    """Showing again any one of them gives something small away."""
    masked = mask_table(table, k)
    after = Table(tuple(Cell(item.cell.row, item.cell.col, item.cell.value, bool(item.reason), 0) for item in masked))
    for place, item in enumerate(masked):
        if item.reason is Reason.SECONDARY:
            again = changed(after, **{f"at{place}": Cell(item.cell.row, item.cell.col, item.cell.value, hidden=False, line=0)})
            assert any(found.exposed for found in audit_table(again, k))


@st.composite
def releases(draw: st.DrawFn) -> tuple[System, np.ndarray, np.ndarray]:
    """Sums of up to five atoms, told exactly, the true atoms, and what hiding each figure costs, some of them for ever shown."""
    atoms = draw(st.integers(1, 5))
    truth = draw(st.lists(st.integers(0, 12), min_size=atoms, max_size=atoms))
    rows = draw(st.lists(st.lists(st.integers(0, 1), min_size=atoms, max_size=atoms), min_size=1, max_size=7))
    known = [(tuple(terms), value := int(np.dot(terms, truth)), value) for terms in rows]
    cost = draw(st.lists(st.sampled_from([1.0, 1.5, 10.0, np.inf]), min_size=len(rows), max_size=len(rows)))
    return system_of(known, atoms), np.array(truth), np.array(cost)


@settings(max_examples=MANY)
@given(release=releases(), k=st.integers(2, 6))
@example(release=(system_of([((1, 0), 0, 0), ((0, 1), 3, 3), ((1, 1), 3, 3)], 2), np.array([0, 3]), np.array([1.0, 1.0, np.inf])), k=5)
def test_a_repair_leaves_exposed_only_what_fixed_figures_give_away(release: tuple[System, np.ndarray, np.ndarray], k: int) -> None:
    system, truth, cost = release
    small = (system.low >= 1) & (system.low < k)
    found = repair(system, truth, ~small, cost, k)
    assert not (found.shown & small).any()
    assert (found.shown | small)[np.isinf(cost)].all()
    assert _exposed(system, found.shown, k) == set(found.stuck)
    assert set(found.stuck) <= _exposed(system, ~small & np.isinf(cost), k)


def _exposed(system: System, shown: np.ndarray, k: int) -> set[int]:
    hidden = np.flatnonzero(~shown)
    told = exposed(*bounds(system.keep(shown), system.matrix[hidden]), k)
    return set(hidden[told].tolist())


@given(low=st.integers(0, 12), width=st.integers(0, 12), k=st.integers(1, 12))
def test_exposed_says_what_its_sentence_says(low: int, width: int, k: int) -> None:
    """It may be small; it is not surely zero; fewer than k apart are its ends."""
    possible = range(low, low + width + 1)
    may_be_small = any(1 <= value < k for value in possible)
    assert exposed(np.array([float(low)]), np.array([float(low + width)]), k).tolist() == [may_be_small and width < k]
