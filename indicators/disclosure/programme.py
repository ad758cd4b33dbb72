"""The largest value a sum of atoms can take, which figures prove it, and which would have to move for more.

Linear programming first, whole numbers where it is not enough.
Questions by the thousand go through ``solver``, the others through SciPy; one engine, HiGHS. What a bound means is in ``audit``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, OptimizeResult, linprog, milp  # type: ignore[import-untyped]
from scipy.sparse import block_array, csr_array, diags_array, hstack, vstack  # type: ignore[import-untyped]
from scipy.sparse.csgraph import connected_components  # type: ignore[import-untyped]

from indicators.disclosure.filling import filled_most
from indicators.disclosure.merging import merged, sums
from indicators.disclosure.solver import Solver
from indicators.disclosure.system import ContradictionError, Floats, Mask, System, Whole

_WHOLE = 1e-4
"""How far from a whole number the solver may stop on counts; what is rounded is then checked without floats."""
_USED = 1e-9
"""A dual value under this is zero."""
_INFEASIBLE = 2


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
        group: the merged group of each atom; ``first``: the first atom of each group.
        bound: whether some figure holds each group.
    """

    def __init__(self, system: System, base: Whole | None = None) -> None:
        """``base``: a table of the atoms that agrees with every figure, if one is known; it completes answers about a few atoms."""
        self.system = system
        columns, self.group, self.first = merged(system.matrix)
        self._size = columns.shape[1]
        self.bound = np.diff(columns.tocsc().indptr) > 0
        self._matrix = columns[:, np.flatnonzero(self.bound)].astype(np.float64).tocsr()
        self._base: Whole | None = None if base is None else self.groups(base)[self.bound].astype(np.int64)

    def groups(self, table: Floats | Whole) -> Floats:
        """What a table of the atoms comes to, merged."""
        return sums(table.astype(np.float64), self.group, self._size)

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

    def spread(self, filled: Mask) -> tuple[Floats | None, Mask]:
        """A table of the merged groups, maybe not whole, where whatever can hold anything does; and which groups are 0 in all tables.

        ``filled``: groups already known to hold something in some table, left aside; no table where that leaves nothing to find.
        """
        zero, asked = np.zeros(self._size, dtype=bool), ~filled[self.bound]
        if not asked.any():
            return None, zero
        table, empty = filled_most(self._matrix, self.system.low, self.system.high, asked)
        zero[self.bound] = empty
        return self._groups(table), zero

    def limit(self, ceiling: Floats) -> None:
        """Keep each merged group under its ceiling, for ``glance``."""
        self._limited = Solver(self._matrix, self.system.low, self.system.high, ceiling[self.bound])

    def glance(self, weight: Floats) -> list[tuple[Floats, bool]]:
        """A table of the merged groups, none above its ceiling, where a weighing is largest, and whether it is whole; empty: not found.

        ``limit`` comes before. Where the table is not whole, another one follows that is: its whole blocks, the rest as in the base.
        """
        if not self.bound.any():
            return [(np.zeros(self._size), True)]
        answer = self._limited.largest(weight[self.bound])
        if answer.table is None:
            return []
        table: Whole = answer.table.round().astype(np.int64)
        if self._agrees(table):
            return [(self._groups(table), True)]
        found = [(self._groups(answer.table), False)]
        if self._base is not None:
            broken = self._block[np.abs(answer.table - table) > _WHOLE]
            mixed = np.where(np.isin(self._block, broken), self._base, table)
            found += [(self._groups(mixed), True)] if self._agrees(mixed) else []
        return found

    def _groups(self, values: Floats | Whole) -> Floats:
        groups = np.zeros(self._size)
        groups[self.bound] = values
        return groups

    @cached_property
    def _block(self) -> Whole:
        """The block of each merged group that a figure holds: no figure ties two blocks, but through groups that it tells exactly."""
        alone = (np.diff(self._matrix.indptr) == 1) & (self.system.low == self.system.high)
        told = np.zeros(self._matrix.shape[1], dtype=bool)
        told[self._matrix[np.flatnonzero(alone)].indices] = True
        open_ = self._matrix @ diags_array((~told).astype(np.float64))
        open_.eliminate_zeros()
        labels: Whole = connected_components(block_array([[None, open_], [open_.T, None]]), directed=False)[1][open_.shape[0] :]
        return labels

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
        loose = self._free.largest(weight)
        if loose.table is None:
            return None
        table: Whole = loose.table.round().astype(np.int64)
        if self._agrees(table) and weight @ table >= np.floor(loose.value + _WHOLE):
            return table
        found = self._run(weight)
        if not self._agrees(found):
            raise ArithmeticError("The solver's whole numbers do not agree with the figures: too large for it.")
        return found

    @cached_property
    def _free(self) -> Solver:
        return Solver(self._matrix, self.system.low, self.system.high)

    def reaching(self, weight: Floats, least: float) -> Whole | None:
        """A whole table of the merged groups, near the base, where a weighing is at least so much; None proves nothing.

        The shortest way there, a unit in one group being a step, mostly is whole; else it is looked for among the groups it goes through.
        """
        held = weight[self.bound]
        if self._base is None or (weight[~self.bound] != 0).any() or not held.any():
            return None
        here, rule = self._near(held)
        base, size = self._base[here], int(here.sum())
        rows = vstack([rule.A, csr_array(held[here][np.newaxis])])
        now = rows @ base
        rule = LinearConstraint(hstack([rows, -rows]), np.append(rule.lb, least) - now, np.append(rule.ub, np.inf) - now)
        ceiling = np.concatenate([np.full(size, np.inf), base])
        for whole in (False, True):
            answer = milp(np.ones(2 * size), constraints=rule, bounds=Bounds(0, ceiling), integrality=np.full(2 * size, int(whole)))
            if answer.x is None:
                return None
            steps = answer.x[:size] - answer.x[size:]
            table = self._completed(base + steps, here)
            if self._agrees(table) and held @ table >= least:
                return self._groups(table).astype(np.int64)
            ceiling = np.where(np.tile(np.abs(steps) > _USED, 2), ceiling, 0.0)
        return None

    def _near(self, weight: Floats | Whole) -> tuple[Mask, LinearConstraint]:
        """Which groups share a block with those weighed, and what holds them; all of them without a base to complete the others."""
        if self._base is None:
            return np.ones(len(weight), dtype=bool), LinearConstraint(self._matrix, self.system.low, self.system.high)
        here = np.isin(self._block, self._block[weight != 0])
        mine = self._matrix[:, np.flatnonzero(here)]
        rows = np.flatnonzero(np.diff(mine.indptr) > 0)
        rest = self._matrix[rows][:, np.flatnonzero(~here)] @ self._base[~here]
        return here, LinearConstraint(mine[rows], self.system.low[rows] - rest, self.system.high[rows] - rest)

    def _completed(self, values: Floats, here: Mask) -> Whole:
        table = np.zeros(len(here), dtype=np.int64) if self._base is None else self._base.copy()
        table[here] = values.round().astype(np.int64)
        return table

    def _run(self, weight: Floats | Whole) -> Whole:
        """Whole numbers. Simplifying the figures first once gave some that were not the largest."""
        here, rule = self._near(weight)
        exact = {"mip_rel_gap": 0, "presolve": False}
        answer: OptimizeResult = milp(
            -weight[here], constraints=rule, bounds=Bounds(0, np.inf), integrality=np.ones(int(here.sum())), options=exact
        )
        if answer.status == _INFEASIBLE:
            raise ContradictionError("No whole non-negative counts agree with these figures.")
        if answer.x is None:
            raise ArithmeticError(f"The solver stopped: {answer.message}")
        return self._completed(answer.x, here)

    def _agrees(self, table: Whole) -> bool:
        sums = self._matrix @ table
        return bool((table >= 0).all() and (sums >= self.system.low).all() and (sums <= self.system.high).all())
