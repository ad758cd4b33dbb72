"""What a mask hides: small counts always, then as few others as needed, inner cells before margins, never a figure that is fixed."""

from __future__ import annotations

import numpy as np
import pytest

from indicators.disclosure.repair import repair
from indicators.disclosure.system import Figure, System
from indicators.disclosure.table import Cell, Reason, Table, mask_table
from tests.unit.disclosure.tables import drawn


def hidden(table, k=5):
    return {f"{item.cell.row}|{item.cell.col}": item.reason for item in mask_table(table, k) if item.reason}


def test_a_small_cell_takes_three_others_with_it():
    table = drawn("x y total\na 3 10 13\nb 15 25 40\ntotal 18 35 53")
    assert hidden(table) == {"a|x": Reason.SMALL, "a|y": Reason.SECONDARY, "b|x": Reason.SECONDARY, "b|y": Reason.SECONDARY}


def test_one_way_the_smallest_other_goes():
    assert hidden(drawn("n\na 3\nb 40\nc 12\ntotal 55")) == {"a|n": Reason.SMALL, "c|n": Reason.SECONDARY}


def test_without_margins_small_cells_alone_are_hidden():
    assert hidden(drawn("x y\na 3 10\nb 15 25")) == {"a|x": Reason.SMALL}


def test_nothing_small_hides_nothing():
    assert hidden(drawn("x y total\na 0 10 10\nb 15 25 40\ntotal 15 35 50")) == {}


def test_small_cells_that_protect_each_other_need_no_other():
    assert set(hidden(drawn("n\na 4\nb 3\nc 4\ntotal 11"))) == {"a|n", "b|n", "c|n"}


def test_what_was_hidden_in_the_file_is_ignored_and_every_value_needed():
    table = Table((Cell("a", "n", 30, hidden=True, line=2), Cell("b", "n", 9, hidden=False, line=3)))
    assert hidden(table) == {}
    with pytest.raises(ValueError, match="has no value"):
        mask_table(drawn("n\na 3\nb *\nc 12\ntotal 55"), 5)


HEADLINES = [("QPV", {"q": 1}, 40), ("rest", {"r": 1}, 3), ("city", {"q": 1, "r": 1}, 43)]


def solved(*may_go):
    system = System.of([Figure.exact(*figure) for figure in HEADLINES])
    cost = np.array([1.0 if place in may_go else np.inf for place in range(3)])
    found = repair(system, np.array([40, 3]), np.array([True, False, True]), cost, 5)
    return found.shown.tolist(), found.stuck


def test_what_only_fixed_figures_give_away_is_said():
    """The rest of the city is the city less the QPVs: one of two headlines has to go."""
    assert solved() == ([True, False, True], (1,))
    assert solved(0) == ([False, False, True], ())
    assert solved(2) == ([True, False, False], ())


def test_a_truth_that_the_figures_deny_is_refused():
    system = System.of([Figure.exact("a", {"a": 1}, 3)])
    with pytest.raises(ValueError, match="does not agree"):
        repair(system, np.array([4]), np.array([True]), np.array([1.0]), 5)
