"""Which of many sums are exposed, by as few programmes as will tell. One target's exact ends are ``audit``'s business.

Atoms that no figure tells apart are one group, whatever sits in which: from one table of the groups, the most and the least that a sum
can hold follow at once, and sums that weigh the groups alike are judged once.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from scipy.sparse import coo_array, csr_array  # type: ignore[import-untyped]

from indicators.disclosure.audit import exposed
from indicators.disclosure.programme import Programme
from indicators.disclosure.system import Floats, System, Whole


class Sweep:
    """The exposed sums among some targets: rows over the atoms of a system, each with the threshold that is its own."""

    def __init__(self, system: System, targets: csr_array, k: Whole, truth: Whole | None = None) -> None:
        self._programme = Programme(system)
        self._most, self._least, self.same = _weighed(targets, self._programme.group, k)
        first = np.unique(self.same, return_index=True)[1]
        self._k = k[first]
        size = len(first)
        self._low, self._high = np.full(size, np.inf), np.full(size, -np.inf)
        self._floor, self._ceiling = np.zeros(size), np.full(size, np.inf)
        self._floor[(self._least.min(axis=1).toarray().ravel() < 0)] = -np.inf
        free = (~self._programme.bound).astype(np.float64)
        self._high[(self._most.maximum(0) @ free) > 0] = np.inf
        if truth is not None:
            self.meet(np.bincount(self._programme.group, weights=truth, minlength=len(free)).astype(np.float64))

    def meet(self, groups: Floats) -> None:
        """Take a table of the groups that agrees with the figures into account: every target is widened by it."""
        np.minimum(self._low, self._least @ groups, out=self._low)
        np.maximum(self._high, self._most @ groups, out=self._high)

    def exposed(self) -> Iterator[int]:
        """Positions of the targets that are exposed; those that weigh the groups alike come together."""
        for index in np.flatnonzero(~self._is_wide()).tolist():
            if self._is_exposed(index):
                yield from np.flatnonzero(self.same == index).tolist()

    def _is_wide(self) -> np.ndarray:
        wide: np.ndarray = (self._high >= np.where(np.isinf(self._low), 0, self._low) + self._k) | (self._floor >= self._k)
        return wide

    def _is_exposed(self, index: int) -> bool:
        if self._is_wide()[index]:
            return False
        high = self._reach(self._most[[index]])
        if high < 1 or self._is_wide()[index]:
            return False
        low = -self._reach(-self._least[[index]])
        return bool(exposed(np.array([low]), np.array([high]), int(self._k[index]))[0])

    def _reach(self, weight: csr_array) -> float:
        """The largest value of a weighing of the groups."""
        row = weight.toarray()[0]
        groups = self._programme.most(row)
        if groups is None:
            return float("inf")
        self.meet(groups.astype(np.float64))
        return float(row @ groups)


def _weighed(targets: csr_array, group: Whole, k: Whole) -> tuple[csr_array, csr_array, Whole]:
    """For each different target: the largest and the smallest coefficient it has in each group; and which of these each target is."""
    size = int(group.max()) + 1 if len(group) else 0
    whole = np.bincount(group, minlength=size)
    rows = targets.tocoo()
    place = group[rows.col]
    key = rows.row.astype(np.int64) * size + place
    cells, back, met = np.unique(key, return_inverse=True, return_counts=True)
    most, least = np.full(len(cells), -np.inf), np.full(len(cells), np.inf)
    np.maximum.at(most, back, rows.data)
    np.minimum.at(least, back, rows.data)
    partly = met < whole[cells % size] if size else np.zeros(0, dtype=bool)
    most[partly], least[partly] = np.maximum(most[partly], 0), np.minimum(least[partly], 0)
    shape = (targets.shape[0], size)
    high = coo_array((most, (cells // size, cells % size)), shape=shape).tocsr() if size else csr_array(shape)
    low = coo_array((least, (cells // size, cells % size)), shape=shape).tocsr() if size else csr_array(shape)
    number: dict[tuple[int, bytes, bytes, bytes], int] = {}
    same = np.empty(shape[0], dtype=np.int64)
    first: list[int] = []
    for index in range(shape[0]):
        span = slice(high.indptr[index], high.indptr[index + 1])
        name = (int(k[index]), high.indices[span].tobytes(), high.data[span].tobytes(), low.data[span].tobytes())
        if name not in number:
            number[name] = len(first)
            first.append(index)
        same[index] = number[name]
    return high[first], low[first], same
