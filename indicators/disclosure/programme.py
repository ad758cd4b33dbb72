"""The largest value a sum of atoms can take, which figures prove it, and which would have to move for more.

Linear programming first, whole numbers where it is not enough.
The only module that calls the solver (HiGHS, through SciPy). What a bound means is in ``audit``.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, OptimizeResult, linprog, milp  # type: ignore[import-untyped]
from scipy.sparse import csr_array, eye_array, hstack, vstack  # type: ignore[import-untyped]

from indicators.disclosure.system import ContradictionError, Floats, System, Whole

_WHOLE = 1e-4
"""How far from a whole number the solver may stop on counts; what is rounded is then checked without floats."""
_USED = 1e-9
"""A dual value under this is zero."""
_INFEASIBLE, _UNBOUNDED, _UNCLEAR = 2, 3, 4


@dataclass(frozen=True)
class End:
    """The largest value of a sum, and a whole table of atoms that reaches it; infinite and without a table where nothing bounds it."""

    value: float
    table: Whole | None


class Programme:
    """A system made ready for many questions.

    Atoms that no figure tells apart are merged: all of a merged group can sit in whichever of its atoms a sum counts most, so the ends
    of any sum stay exact, and the programme is smaller.

    Attributes:
        group: the merged group of each atom.
        bound: whether some figure holds each group.
    """

    def __init__(self, system: System) -> None:
        self.system = system
        merged, self.group = _merged(system.matrix)
        self._size = merged.shape[1]
        self.bound = np.diff(merged.tocsc().indptr) > 0
        self._matrix = merged[:, np.flatnonzero(self.bound)].astype(np.float64).tocsr()
        self._rule = LinearConstraint(self._matrix, system.low, system.high)

    def check(self) -> None:
        """Raises ``ContradictionError`` when no table of whole non-negative numbers agrees with the figures."""
        if not self.bound.any():
            if (self.system.low > 0).any() or (self.system.high < 0).any():
                raise ContradictionError("A sum of nothing is not zero.")
            return
        self._solved(np.zeros(self._matrix.shape[1]))

    def largest(self, target: Whole) -> End:
        """The largest value of a sum of atoms, a coefficient for each, exact over whole numbers. ``check`` comes before."""
        weight, atom = self._weights(target)
        groups = self.most(weight)
        if groups is None:
            return End(np.inf, None)
        table = np.zeros(len(target), dtype=np.int64)
        table[atom] = groups
        return End(float(target @ table), table)

    def spread(self) -> Floats:
        """A table of the merged groups, maybe not whole, where every group that can hold anything does; the others are 0 in all tables."""
        size = int(self.bound.sum())
        groups = np.ones(self._size)
        if not size:
            return groups
        # a multiple of a table, as large as it takes for one unit in each: a table itself may have too little to share
        eye, none = eye_array(size), csr_array((size, 1))
        low, high = np.isfinite(self.system.low), np.isfinite(self.system.high)
        above = hstack([self._matrix[low], csr_array((int(low.sum()), size)), -csr_array(self.system.low[low][:, np.newaxis])])
        below = hstack([-self._matrix[high], csr_array((int(high.sum()), size)), csr_array(self.system.high[high][:, np.newaxis])])
        rows = vstack([above, below, hstack([eye, -eye, none])]).tocsr()
        answer = milp(
            np.concatenate([np.zeros(size), -np.ones(size), [0.0]]),
            constraints=LinearConstraint(rows, np.zeros(rows.shape[0]), np.full(rows.shape[0], np.inf)),
            bounds=Bounds(np.append(np.zeros(2 * size), 1.0), np.concatenate([np.full(size, np.inf), np.ones(size), [np.inf]])),
        )
        if answer.x is None:
            raise ContradictionError("No non-negative counts agree with these figures.")
        groups[self.bound] = np.where(answer.x[size:-1] > _WHOLE, answer.x[:size] / answer.x[-1], 0.0)
        return groups

    def glance(self, weight: Floats, ceiling: Floats) -> tuple[Floats, bool] | None:
        """A table of the merged groups, none above its ceiling, where a weighing is largest, and whether it is whole; None: not found."""
        groups = np.zeros(self._size)
        if not self.bound.any():
            return groups, True
        answer = milp(-weight[self.bound], constraints=self._rule, bounds=Bounds(0, ceiling[self.bound]))
        if answer.x is None:
            return None
        table: Whole = answer.x.round().astype(np.int64)
        whole = self._agrees(table)
        groups[self.bound] = table if whole else answer.x
        return groups, whole

    def most(self, weight: Floats | Whole) -> Whole | None:
        """A table of the merged groups where a weighing of them is largest; None where nothing bounds it."""
        if (weight[~self.bound] > 0).any():
            return None
        groups = np.zeros(self._size, dtype=np.int64)
        if self.bound.any():
            found = self._solved(weight[self.bound])
            if found is None:
                return None
            groups[self.bound] = found
        return groups

    def proof(self, target: Whole) -> Whole:
        """Positions of the figures by which nobody can have more of the sum: those of non-zero dual value in the linear programme."""
        weight, _ = self._weights(target)
        same = self.system.low == self.system.high
        exact, ranged = np.flatnonzero(same), np.flatnonzero(~same)
        above, below = ranged[np.isfinite(self.system.high[ranged])], ranged[np.isfinite(self.system.low[ranged])]
        limits = vstack([self._matrix[above], -self._matrix[below]])
        answer = linprog(
            -weight[self.bound],
            A_eq=self._matrix[exact] if len(exact) else None,
            b_eq=self.system.low[exact] if len(exact) else None,
            A_ub=limits if limits.shape[0] else None,
            b_ub=np.concatenate([self.system.high[above], -self.system.low[below]]) if limits.shape[0] else None,
            method="highs",
        )
        if answer.status != 0:
            return np.zeros(0, dtype=np.int64)
        duals = [(exact, answer.eqlin.marginals), (np.concatenate([above, below]), answer.ineqlin.marginals)]
        return np.unique(np.concatenate([figures[np.abs(dual) > _USED] for figures, dual in duals]).astype(np.int64))

    def ceilings(self) -> Floats:
        """A quick upper bound of each atom: no more than any figure made of additions only that holds it."""
        rows = self.system.matrix.tocoo()
        takes_away = np.bincount(rows.row[rows.data < 0], minlength=len(self.system.names)) > 0
        usable = ~takes_away[rows.row] & (rows.data > 0) & np.isfinite(self.system.high[rows.row])
        ceiling = np.full(len(self.system.atoms), np.inf)
        np.minimum.at(ceiling, rows.col[usable], self.system.high[rows.row[usable]] // rows.data[usable])
        return ceiling

    def _weights(self, target: Whole) -> tuple[Whole, Whole]:
        """For each merged group, its largest coefficient in the sum, and the atom that has it."""
        order = np.lexsort((-target, self.group))
        first = order[np.searchsorted(self.group[order], np.arange(self._size))]
        return target[first], first

    def _solved(self, weight: Floats | Whole) -> Whole | None:
        """Whole merged atoms of largest weighted sum; None where nothing bounds it."""
        answer = self._run(weight, integers=False)
        if answer.x is not None:
            table: Whole = answer.x.round().astype(np.int64)
            if self._agrees(table) and weight @ table >= np.floor(-answer.fun + _WHOLE):
                return table
        else:
            return None
        answer = self._run(weight, integers=True)
        found: Whole = answer.x.round().astype(np.int64)
        if not self._agrees(found):
            raise ArithmeticError("The solver's whole numbers do not agree with the figures: too large for it.")
        return found

    def _run(self, weight: Floats | Whole, *, integers: bool) -> OptimizeResult:
        given = {"constraints": self._rule, "bounds": Bounds(0, np.inf), "integrality": np.full(len(weight), int(integers))}
        # presolve once gave whole numbers that were not the largest
        exact = {"mip_rel_gap": 0, "presolve": False} if integers else {}
        answer = milp(-weight, options=exact, **given)
        if answer.status == _UNCLEAR:
            answer = milp(-weight, options={**exact, "presolve": False}, **given)
        if answer.status == _INFEASIBLE:
            raise ContradictionError("No whole non-negative counts agree with these figures.")
        if answer.status not in {0, _UNBOUNDED}:
            raise ArithmeticError(f"The solver stopped: {answer.message}")
        return answer

    def _agrees(self, table: Whole) -> bool:
        sums = self._matrix @ table
        return bool((table >= 0).all() and (sums >= self.system.low).all() and (sums <= self.system.high).all())


def cheapest_change(system: System, cost: Floats, target: Whole, least: int) -> Whole:
    """Positions of the figures to let go of so that a sum of atoms can reach ``least``: those that move in the cheapest change of table.

    A figure that moves by one costs its ``cost``; one of infinite cost stays. The linear programme thus finds a short way round: in a
    table, the corners of a rectangle. Empty where nothing needs to move, or where what stays prevents it.
    """
    size, atoms = system.matrix.shape
    moves = eye_array(size)
    matrix = vstack([hstack([system.matrix, -moves, moves]), csr_array(np.concatenate([target, np.zeros(2 * size)])[np.newaxis])])
    moving = np.tile(np.isfinite(cost), 2)
    answer = milp(
        np.concatenate([np.zeros(atoms), np.tile(np.where(np.isfinite(cost), cost, 0.0), 2)]),
        constraints=LinearConstraint(matrix.tocsr(), np.append(system.low, least), np.append(system.high, np.inf)),
        bounds=Bounds(0, np.concatenate([np.full(atoms, np.inf), np.where(moving, np.inf, 0.0)])),
    )
    if answer.x is None:
        return np.zeros(0, dtype=np.int64)
    moved = answer.x[atoms : atoms + size] + answer.x[atoms + size :]
    return np.flatnonzero(moved > _WHOLE)


def _merged(matrix: csr_array) -> tuple[csr_array, Whole]:
    """The matrix with one column for each different one, and the group of each atom."""
    columns = matrix.tocsc()
    columns.sort_indices()
    keys = [
        (columns.indices[start:end].tobytes(), columns.data[start:end].tobytes())
        for start, end in zip(columns.indptr[:-1], columns.indptr[1:], strict=True)
    ]
    number: dict[tuple[bytes, bytes], int] = {}
    group = np.array([number.setdefault(key, len(number)) for key in keys], dtype=np.int64)
    first = np.unique(group, return_index=True)[1]
    return columns[:, first], group
