"""The time promised for a table of 30 rows and 12 columns, in processor time, so that a loaded machine changes nothing."""

from __future__ import annotations

import time

import numpy as np
import pytest

from indicators.disclosure.table import Cell, Table, audit_table, mask_table

ROWS, COLS = 30, 12


def table(mean: int, *, hidden: bool = False) -> Table:
    counts = np.random.default_rng(1).poisson(mean, (ROWS, COLS))
    crossed = np.vstack([np.column_stack([counts, counts.sum(axis=1)]), [*counts.sum(axis=0), counts.sum()]])
    rows, cols = ([*(f"{letter}{n}" for n in range(size)), "total"] for letter, size in (("r", ROWS), ("c", COLS)))
    return Table(
        tuple(
            Cell(row, col, int(value), hidden and "total" not in {row, col}, 0)
            for row, line in zip(rows, crossed, strict=True)
            for col, value in zip(cols, line, strict=True)
        )
    )


@pytest.mark.parametrize("mean", [3, 30])
def test_a_table_whose_every_inner_cell_is_hidden_is_audited_in_2_seconds(mean):
    start = time.process_time()
    found = audit_table(table(mean, hidden=True), 5)
    assert time.process_time() - start < 2
    assert sum(item.cell.hidden for item in found) == ROWS * COLS


@pytest.mark.parametrize(("mean", "secondary"), [(3, 0), (8, 20), (12, 20)])
def test_a_table_is_masked_in_10_seconds_with_few_more_cells(mean, secondary):
    start = time.process_time()
    masked = mask_table(table(mean), 5)
    assert time.process_time() - start < 10
    assert sum(item.reason == "secret secondaire" for item in masked) <= secondary
