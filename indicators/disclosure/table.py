"""A table of counts with its margins, one file's worth: what a reader works out of it, and a safe mask. Reading the file is in ``rows``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

import numpy as np

from indicators.disclosure.audit import bounds, exposed
from indicators.disclosure.programme import Programme
from indicators.disclosure.repair import repair
from indicators.disclosure.system import ContradictionError, Figure, Floats, System, Terms, Whole

TOTAL = "total"
"""The label of a margin, in ``row``, in ``col`` or in both."""
_MARGIN = 10
"""What hiding a margin costs more, in inner cells."""


class Reason(StrEnum):
    """Why a cell is hidden, as people read it."""

    SHOWN = ""
    SMALL = "petit effectif"
    SECONDARY = "secret secondaire"


@dataclass(frozen=True)
class Cell:
    """A cell of the file. ``value``: None where it is not known. ``line``: where the file has it, from 1."""

    row: str
    col: str
    value: int | None
    hidden: bool
    line: int

    @property
    def known(self) -> int:
        """The value of a cell that has one; ``ValueError`` otherwise."""
        if self.value is None:
            raise ValueError(f"The cell ({self.row}, {self.col}) has no value.")
        return self.value


@dataclass(frozen=True)
class Audited:
    """A cell and what can be worked out of it; ``high`` None: nothing bounds it."""

    cell: Cell
    low: int
    high: int | None
    exposed: bool


@dataclass(frozen=True)
class Masked:
    """A cell and why it is hidden, if it is."""

    cell: Cell
    reason: Reason


@dataclass(frozen=True)
class Table:
    """Counts by row and column, each cell once. Every inner cell is there; margins may be absent.

    A label ``total`` is a margin only where there is something to add up: a table whose columns are all ``total`` has one column.
    """

    cells: tuple[Cell, ...]

    @cached_property
    def rows(self) -> tuple[str, ...]:
        """Labels of the inner rows."""
        return _inner(cell.row for cell in self.cells)

    @cached_property
    def cols(self) -> tuple[str, ...]:
        """Labels of the inner columns."""
        return _inner(cell.col for cell in self.cells)

    @property
    def atoms(self) -> list[tuple[str, str]]:
        """Inner cells by their labels, those that the file forgets included."""
        return [(row, col) for row in self.rows for col in self.cols]

    def parts(self, cell: Cell) -> list[tuple[str, str]]:
        """The inner cells that a cell adds up: itself, or all those of its margin."""
        rows = (cell.row,) if cell.row in self.rows else self.rows
        cols = (cell.col,) if cell.col in self.cols else self.cols
        return [(row, col) for row in rows for col in cols]

    def is_margin(self, cell: Cell) -> bool:
        """Whether a cell is a total, of one inner cell at least."""
        return cell.row not in self.rows or cell.col not in self.cols

    def system(self) -> System:
        """What is shown, as figures named by their row and column."""
        return self.system_of(self.cells)

    def system_of(self, cells: Iterable[Cell]) -> System:
        """The same with some cells only."""
        figures = [Figure.exact((cell.row, cell.col), self.terms(cell), cell.known) for cell in cells if not cell.hidden]
        return System.of(figures, self.atoms)

    def terms(self, cell: Cell) -> Terms:
        """A cell as a sum of inner cells."""
        return dict.fromkeys(self.parts(cell), 1)


def _inner(labels: Iterator[str]) -> tuple[str, ...]:
    found = tuple(dict.fromkeys(labels))
    return tuple(label for label in found if label != TOTAL) or found


def audit_table(table: Table, k: int) -> list[Audited]:
    """Each cell, in the order of the file, with its interval; a cell that is shown has its value for both ends.

    A small count that is shown is exposed as well. See ``audit.exposed``.

    Raises:
        ContradictionError: no whole non-negative counts agree with what is shown.
    """
    system = table.system()
    hidden = [place for place, cell in enumerate(table.cells) if cell.hidden]
    low = np.array([cell.value if not cell.hidden else 0 for cell in table.cells], dtype=np.float64)
    high = low.copy()
    low[hidden], high[hidden] = bounds(system, system.sums([table.terms(table.cells[place]) for place in hidden]))
    told = exposed(low, high, k)
    return [
        Audited(cell, int(one), int(other) if np.isfinite(other) else None, bool(bad))
        for cell, one, other, bad in zip(table.cells, low, high, told, strict=True)
    ]


def contradicting(table: Table) -> list[Cell]:
    """Of a table that contradicts itself, shown margins that cannot all be true beside the inner cells shown; each is needed for it."""
    kept = list(table.cells)
    for cell in table.cells:
        without = [other for other in kept if other is not cell]
        if table.is_margin(cell) and not cell.hidden and _contradicts(table.system_of(without)):
            kept = without
    return [cell for cell in kept if table.is_margin(cell) and not cell.hidden]


def _contradicts(system: System) -> bool:
    try:
        Programme(system).check()
    except ContradictionError:
        return True
    return False


def mask_table(table: Table, k: int) -> list[Masked]:
    """Each cell, in the order of the file, hidden or shown so that no small count can be worked out; what the file hides is ignored.

    Cells from 1 to k - 1 are hidden, then as few others as ``repair`` finds: inner cells before margins, since totals are what a committee
    reads first, counts before zeros, small before large. Where nothing but zeros remains shown, the table should not be.

    Raises:
        ValueError: a cell without a value, or a margin that is not the sum of its cells.
    """
    every = Table(tuple(Cell(cell.row, cell.col, cell.known, hidden=False, line=cell.line) for cell in table.cells))
    counts = {(cell.row, cell.col): cell.known for cell in every.cells}
    system = every.system()
    truth = np.array([counts[atom] for atom in every.atoms], dtype=np.int64)
    values = np.array([cell.known for cell in every.cells], dtype=np.int64)
    small = (values >= 1) & (values < k)
    shown = repair(system, truth, ~small, _costs(every, values), k).shown
    reasons = np.where(shown, Reason.SHOWN, np.where(small, Reason.SMALL, Reason.SECONDARY))
    return [Masked(cell, Reason(str(reason))) for cell, reason in zip(every.cells, reasons, strict=True)]


def _costs(table: Table, values: Whole) -> Floats:
    """What hiding each cell costs: the number of cells first, then the order of ``mask_table``; a margin is worth several cells."""
    order = sorted(range(len(values)), key=lambda place: (values[place] == 0, values[place], place))
    cost = np.ones(len(values))
    cost[order] += np.arange(len(values)) / len(values)
    return cost + [_MARGIN * table.is_margin(cell) for cell in table.cells]
