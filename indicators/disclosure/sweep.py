"""Which of many sums are exposed, by as few programmes as will tell. One target's exact ends are ``audit``'s business.

Atoms that no figure tells apart are one group, whatever sits in which: from one table of the groups, the most and the least that a sum
can hold follow at once, and sums that weigh the groups alike are judged once. Tables that push many sums at once settle nearly all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from scipy.sparse import coo_array, csr_array, diags_array  # type: ignore[import-untyped]

from indicators.disclosure.audit import exposed
from indicators.disclosure.programme import Programme
from indicators.disclosure.system import Floats, Mask, System, Whole

Table = tuple[Floats, bool]
"""The count of each atom in a table that agrees with what is shown, and whether all are whole."""
_ROUNDS = 60
"""Tables that push many sums at once, at most; they stop as soon as they settle little."""
_ROOM = 12
"""How many thresholds a group may grow by in those tables: enough to settle any sum, and nothing runs to infinity."""
_NEAR = 1e-6
_SLACK = 1 + _NEAR
"""What fractions must leave beyond the threshold to stand for whole numbers."""
_SETTLES = 0.02
"""The share of the sums left that a few such tables must settle to be worth their time."""


class Sweep:
    """The exposed sums among some targets: rows over the atoms of a system, each with the threshold that is its own.

    ``tables`` agree with the figures: each spares programmes; those ``found`` may serve again. ``exact``: every judgement rests on
    whole tables; otherwise tables in fractions do where they leave one more than the threshold, far faster on thousands of sums.
    """

    def __init__(self, system: System, targets: csr_array, k: Whole, tables: Sequence[Table] = (), *, exact: bool = True) -> None:
        self._exact = exact
        self.found: list[Table] = []
        base = next((table.round().astype(np.int64) for table, whole in tables if whole), None)
        self._programme = Programme(system, base)
        known = [(self._programme.groups(table), whole) for table, whole in tables]
        start = np.max([groups for groups, _ in known], axis=0, initial=0.0) if known else np.zeros(len(self._programme.bound))
        spread, zero = self._programme.spread(start > _NEAR)
        self._most, self._least, self._same = _weighed(targets, self._programme.group, k, zero)
        first = np.unique(self._same, return_index=True)[1]
        self._k = k[first]
        self._low, self._high = np.full(len(first), np.inf), np.full(len(first), -np.inf)
        self._under, self._over = self._low.copy(), self._high.copy()
        self._certain = (abs(self._most).sum(axis=1) == 0) & (abs(self._least).sum(axis=1) == 0)
        self._high[(self._most.maximum(0) @ (~self._programme.bound).astype(np.float64)) > 0] = np.inf
        for groups, whole in known:
            self._meet(groups, whole=whole)
        if spread is not None:
            start = np.maximum(start, spread)
            self._meet(spread, whole=False)
        self._programme.limit(start + _ROOM * float(self._k.max(initial=1)))

    def exposed(self) -> Iterator[int]:
        """Positions of the targets that are exposed; those that weigh the groups alike come together."""
        self._push()
        for index in np.flatnonzero(self._open()).tolist():
            if self._is_exposed(index):
                yield from np.flatnonzero(self._same == index).tolist()

    def seen(self, target: int) -> tuple[float, float]:
        """The smallest and the largest value that a table met gave a target: its ends, once it was found exposed."""
        index = self._same[target]
        return float(np.ceil(self._under[index] - _NEAR)), float(np.floor(self._over[index] + _NEAR))

    def wide(self) -> Mask:
        """The targets that two tables met put a threshold apart: nothing shown less will bring these closer."""
        return self._wide()[self._same]

    def _meet(self, groups: Floats, *, whole: bool = True) -> None:
        low, high = self._least @ groups, self._most @ groups
        np.minimum(self._under, low, out=self._under)
        np.maximum(self._over, high, out=self._over)
        if whole:
            np.minimum(self._low, low, out=self._low)
            np.maximum(self._high, high, out=self._high)

    def _open(self) -> Mask:
        """The targets not known to be safe: surely zero, or with two tables a threshold apart, are."""
        found: Mask = ~self._certain & ~self._wide()
        return found

    def _wide(self) -> Mask:
        wide: Mask = self._high >= np.where(np.isinf(self._low), 0, self._low) + self._k
        # a table at 2k - 1 or more: whatever lies under k is then k apart from it
        wide |= self._high >= 2 * self._k - 1
        if not self._exact:
            wide |= self._over >= np.where(np.isinf(self._under), 0, self._under) + self._k + _SLACK
            wide |= self._over >= 2 * self._k
        return wide

    def _push(self) -> None:
        """Look for tables where many open targets are high, and others low, at once."""
        random = np.random.default_rng(len(self._k))
        counts: list[int] = []
        for _ in range(_ROUNDS):
            left = np.flatnonzero(self._open())
            counts.append(len(left))
            if not len(left) or (len(counts) > 6 and counts[-4] - len(left) < max(2, _SETTLES * len(left))):
                return
            picked = left[random.random(len(left)) < random.choice([0.3, 1.0])]
            up = random.random(len(picked)) < 0.5
            weight = self._most[picked[up]].sum(axis=0) - self._least[picked[~up]].sum(axis=0)
            found = self._programme.glance(np.asarray(weight, dtype=np.float64).ravel())
            for groups, whole in found:
                if whole or not self._exact:
                    self._keep(groups, whole=whole)

    def _is_exposed(self, index: int) -> bool:
        if not self._open()[index]:
            return False
        if not self._exact and (told := self._glanced(index)) is not None:
            return told
        high = self._reach(self._most[[index]])
        if high < 1 or not self._open()[index]:
            return False
        low = -self._reach(-self._least[[index]])
        return bool(exposed(np.array([low]), np.array([high]), int(self._k[index]))[0])

    def _glanced(self, index: int) -> bool | None:
        """Whether a target is exposed, from fractions alone, whose ends lie no closer than the true ones; None: they do not tell."""
        ends = []
        for weight in (self._most[[index]], -self._least[[index]]):
            row = weight.toarray()[0]
            found = self._programme.glance(row)
            if not found:
                return None
            for groups, whole in found:
                self._keep(groups, whole=whole)
            ends.append(float(row @ found[0][0]))
            if not self._open()[index]:
                return False
        high, low = np.floor(ends[0] + _NEAR), np.ceil(-ends[1] - _NEAR)
        if exposed(np.array([low]), np.array([high]), int(self._k[index]))[0]:
            return True
        if high < 1 or low >= self._k[index] or self._parted(index):
            return False
        return None

    def _parted(self, index: int) -> bool:
        """Whether whole tables a threshold apart are found by asking for no more than that: the largest value takes longer."""
        for weight, seen in ((self._most[[index]], self._low[index]), (-self._least[[index]], -self._high[index])):
            groups = self._programme.reaching(weight.toarray()[0], seen + float(self._k[index])) if np.isfinite(seen) else None
            if groups is not None:
                self._keep(groups.astype(np.float64), whole=True)
            if not self._open()[index]:
                return True
        return False

    def _reach(self, weight: csr_array) -> float:
        """The largest value of a weighing of the groups."""
        row = weight.toarray()[0]
        groups = self._programme.most(row)
        if groups is None:
            return float("inf")
        self._keep(groups.astype(np.float64), whole=True)
        return float(row @ groups)

    def _keep(self, groups: Floats, *, whole: bool) -> None:
        self._meet(groups, whole=whole)
        table = np.zeros(len(self._programme.group))
        table[self._programme.first] = groups
        self.found.append((table, whole))


def _weighed(targets: csr_array, group: Whole, k: Whole, zero: Mask) -> tuple[csr_array, csr_array, Whole]:
    """For each different target: the largest and the smallest coefficient it has in each group that is not surely zero; which each is."""
    size = len(zero)
    whole = np.bincount(group, minlength=size)
    if (targets.data == 1).all():
        most = (
            targets @ csr_array((np.ones(len(group), dtype=np.int64), group, np.arange(len(group) + 1)), shape=(len(group), size))
        ).tocsr()
        least = most.copy()
        least.data = (most.data == whole[most.indices]).astype(np.float64)
        most.data = np.ones(len(most.data))
    else:
        most, least = _extremes(targets, group, whole)
    keep = diags_array((~zero).astype(np.float64))
    high, low = ((side @ keep).tocsr() for side in (most, least))
    for side in (high, low):
        side.eliminate_zeros()
        side.sort_indices()
    first, same = _alike(k, high, low)
    return high[first], low[first], same


def _extremes(targets: csr_array, group: Whole, whole: Whole) -> tuple[csr_array, csr_array]:
    """The largest and the smallest coefficient that each target has in each group, of ``whole`` atoms."""
    size = len(whole)
    rows = targets.tocoo()
    cells, back, met = np.unique(rows.row.astype(np.int64) * size + group[rows.col], return_inverse=True, return_counts=True)
    most, least = np.full(len(cells), -np.inf), np.full(len(cells), np.inf)
    np.maximum.at(most, back, rows.data)
    np.minimum.at(least, back, rows.data)
    partly = met < whole[cells % size]
    most[partly], least[partly] = np.maximum(most[partly], 0), np.minimum(least[partly], 0)
    place = (cells // size, cells % size)
    return tuple(coo_array((data, place), shape=(targets.shape[0], size)).tocsr() for data in (most, least))


def _alike(k: Whole, *sides: csr_array) -> tuple[Whole, Whole]:
    """Rows that are the same on each side and have the same threshold: where each kind is first met, and of which kind each row is.

    Rows are told apart by two sums of random numbers of 64 bits, which two different rows share once in 10 to the 38.
    """
    random = np.random.default_rng(0)
    keys = [k.astype(np.uint64), k.astype(np.uint64)]
    for side in sides:
        rows = np.repeat(np.arange(len(k)), np.diff(side.indptr))
        for place in range(len(keys)):
            words = random.integers(0, 2**64, side.shape[1], dtype=np.uint64)[side.indices] * side.data.astype(np.int64).astype(np.uint64)
            sums = np.zeros(len(k), dtype=np.uint64)
            np.add.at(sums, rows, words)
            keys[place] = keys[place] * np.uint64(6364136223846793005) + sums
    order = np.lexsort(keys)
    starts = np.concatenate([[True], np.any([np.diff(key[order]) != 0 for key in keys], axis=0)]) if len(order) else np.zeros(0, dtype=bool)
    same = np.empty(len(order), dtype=np.int64)
    same[order] = np.cumsum(starts) - 1
    return order[starts], same
