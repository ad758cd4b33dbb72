"""The intervals a reader can derive, and which of them give a small count away. What to hide then is in ``repair``."""

from __future__ import annotations

import numpy as np
from scipy.sparse import csr_array  # type: ignore[import-untyped]

from indicators.disclosure.programme import Programme
from indicators.disclosure.system import Floats, Mask, System, Whole


def bounds(system: System, targets: csr_array) -> tuple[Floats, Floats]:
    """The smallest and the largest value of each sum over all the tables that agree with the figures: exact, ends reached.

    Args:
        system: what the reader knows.
        targets: a row for each sum, from ``System.sums`` or rows of ``System.matrix``.

    Returns:
        Two arrays, a position for each target; whole numbers, infinite where nothing bounds the sum.

    Raises:
        ContradictionError: no table agrees with the figures.
    """
    programme = Programme(system)
    programme.check()
    ends = Ends(programme, targets)
    for index in range(targets.shape[0]):
        ends.settle(index)
    return ends.low, ends.high


def exposed(low: Floats, high: Floats, k: int) -> Mask:
    """Whether intervals of counts give a small count away: it may be small, it is not surely zero, and fewer than k apart are its ends.

    Small is 1 to k - 1. In one line: ``high >= 1``, ``low < k`` and ``high - low < k``. So:

    - surely zero is not exposed: zero is not small; surely k or more is not, however narrow;
    - [0, k - 1] is exposed: a figure that cannot reach k is told small or zero; [0, k] is not;
    - [k - 2, k + 1] is exposed although it reaches k: that close around, it is nearly told.
    """
    narrow: Mask = (high >= 1) & (low < k) & (high < low + k)
    return narrow


class Ends:
    """Intervals being settled, target after target; each table found serves all the targets it widens."""

    def __init__(self, programme: Programme, targets: csr_array, tables: Whole | None = None) -> None:
        self._programme, self._targets = programme, targets
        self._floor, self._ceiling = _quick(targets, programme.ceilings())
        self._seen_low = np.full(targets.shape[0], np.inf)
        self._seen_high = np.full(targets.shape[0], -np.inf)
        self.low, self.high = self._floor.copy(), self._ceiling.copy()
        self.tables: list[Whole] = []
        for table in () if tables is None else tables:
            self._meet(table)

    def settle(self, index: int) -> None:
        """Make both ends of one target exact."""
        self._raise_high(index)
        self._lower_low(index)

    def is_exposed(self, index: int, k: int) -> bool:
        """Whether a target is exposed, by as few programmes as will tell: two tables k apart settle it, one end may too."""
        if self._is_wide(index, k):
            return False
        self._raise_high(index)
        if self.high[index] < 1 or self._is_wide(index, k):
            return False
        self._lower_low(index)
        return bool(exposed(self.low[index : index + 1], self.high[index : index + 1], k)[0])

    def _is_wide(self, index: int, k: int) -> bool:
        return bool(self._seen_high[index] >= self._seen_low[index] + k or self._floor[index] >= k)

    def _raise_high(self, index: int) -> None:
        if self._seen_high[index] < self._ceiling[index]:
            self._ceiling[index] = self._largest(index, 1)
        self.high[index] = self._seen_high[index] = self._ceiling[index]

    def _lower_low(self, index: int) -> None:
        if self._seen_low[index] > self._floor[index]:
            self._floor[index] = -self._largest(index, -1)
        self.low[index] = self._seen_low[index] = self._floor[index]

    def _largest(self, index: int, sign: int) -> float:
        end = self._programme.largest(sign * self._targets[[index]].toarray()[0])
        if end.table is not None:
            self._meet(end.table)
            self.tables.append(end.table)
        return end.value

    def _meet(self, table: Whole) -> None:
        values = self._targets @ table
        np.minimum(self._seen_low, values, out=self._seen_low)
        np.maximum(self._seen_high, values, out=self._seen_high)


def _quick(targets: csr_array, ceiling: Floats) -> tuple[Floats, Floats]:
    """Ends that no table can pass, from the ceiling of each atom alone."""
    rows = targets.tocoo()
    size = targets.shape[0]
    reach = np.where(rows.data == 0, 0.0, rows.data * np.where(rows.data == 0, 0.0, ceiling[rows.col]))
    lowest, highest = np.zeros(size), np.zeros(size)
    np.add.at(lowest, rows.row, np.minimum(reach, 0))
    np.add.at(highest, rows.row, np.maximum(reach, 0))
    return lowest, highest
