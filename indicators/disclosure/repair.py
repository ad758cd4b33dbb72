"""Which figures to hide so that nothing small can be worked out: what another table would move, then as few of these as it finds.

Not always the fewest there are: no search is exhaustive. A figure is shown or hidden, never changed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp  # type: ignore[import-untyped]
from scipy.sparse import csr_array, eye_array, hstack, vstack  # type: ignore[import-untyped]

from indicators.disclosure.programme import Programme
from indicators.disclosure.sweep import Sweep, Table
from indicators.disclosure.system import Floats, Mask, System, Whole

_NEAR = 1e-6
_MOVED = 1e-4
"""A figure that moves by less does not."""


@dataclass(frozen=True)
class Repair:
    """``shown``: what remains shown, a position for each figure. ``stuck``: figures still exposed, since only fixed ones give them away."""

    shown: Mask
    stuck: tuple[int, ...]


def repair(system: System, truth: Whole, shown: Mask, cost: Floats, k: int | Whole, *, exact: bool = True) -> Repair:
    """Hide more figures until no hidden one is exposed, then show again those that were not needed.

    For each exposed figure, those that the cheapest other table moves are hidden; where that helps no more, the cheapest of those that
    its proof uses, by their dual values. At the end each figure hidden here is shown again, the most costly first, where all stays safe.

    Args:
        system: every figure, shown or not. The true table must agree with all of them.
        truth: the true count of each atom.
        shown: what was to be shown: small counts are hidden already. Every figure that is not shown is protected.
        cost: what hiding each figure costs, above 0; infinite for those that must stay as they are.
        k: small is 1 to k - 1, see ``audit.exposed``; one threshold, or that of each figure.
        exact: see ``Sweep``.

    Raises:
        ValueError: the true table does not agree with the figures.
    """
    gate = _Gate(system, truth, k, exact=exact)
    shown = shown.copy()
    stuck: list[int] = []
    hidden: list[int] = []
    found: list[int] = []
    while (target := next(gate.exposed(shown, stuck, less=True), None)) is not None:
        found.append(target)
        chosen = gate.change(target, shown, cost) or gate.proof(target, shown, cost)[:1]
        if not chosen:
            stuck.append(target)
        shown[chosen] = False
        hidden += chosen
    for figure in sorted(hidden, key=cost.__getitem__, reverse=True):
        shown[figure] = True
        if gate.gives_away(shown, found, stuck):
            shown[figure] = False
    return Repair(shown, tuple(gate.exposed(shown)) if stuck else ())


class _Gate:
    """Tells which hidden figures are exposed, and remembers every table met: one that agrees with what is shown spares programmes."""

    def __init__(self, system: System, truth: Whole, k: int | Whole, *, exact: bool) -> None:
        self._system, self._truth, self._exact = system, truth, exact
        self._k: Whole = np.broadcast_to(np.asarray(k, dtype=np.int64), len(system.names)).copy()
        self._values: Whole = system.matrix @ truth
        self._tables: list[Table] = [(truth.astype(np.float64), True)]
        self._sums = self._values[np.newaxis].astype(np.float64)
        self._wide = np.zeros(len(system.names), dtype=bool)
        if ((self._values < system.low) | (self._values > system.high)).any():
            raise ValueError("The true table does not agree with the figures.")

    def exposed(self, shown: Mask, left_out: Collection[int] = (), *, less: bool = False) -> Iterator[int]:
        """Positions of the hidden figures that are exposed when the others are shown; found one by one, so that the first may do.

        ``less``: no more is shown than the last time so, hence what was wide open then still is.
        """
        yield from self._among(np.flatnonzero(~shown & ~self._wide if less else ~shown), shown, left_out, less=less)

    def gives_away(self, shown: Mask, first: Sequence[int], left_out: Collection[int]) -> bool:
        """Whether a hidden figure is exposed; those looked at first are the likeliest."""
        likely = np.array([figure for figure in dict.fromkeys(first) if not shown[figure]], dtype=np.int64)
        return any(next(self._among(places, shown, left_out), None) is not None for places in (likely, np.flatnonzero(~shown)))

    def _among(self, places: Whole, shown: Mask, left_out: Collection[int], *, less: bool = False) -> Iterator[int]:
        if not len(places):
            return
        low, high = self._system.low[shown], self._system.high[shown]
        known = self._sums[:, shown]
        agrees = ((known >= low - _NEAR) & (known <= high + _NEAR)).all(axis=1)
        tables = [table for table, serves in zip(self._tables, agrees, strict=True) if serves]
        sweep = Sweep(self._system.keep(shown), self._system.matrix[places], self._k[places], tables, exact=self._exact)
        try:
            for index in sweep.exposed():
                if int(places[index]) not in left_out:
                    yield int(places[index])
        finally:
            if less:
                self._wide[places] |= sweep.wide()
            self._remember(sweep.found)

    def _remember(self, found: list[Table]) -> None:
        if found:
            self._tables += found
            sums = (self._system.matrix @ np.array([table for table, _ in found]).T).T
            self._sums = np.concatenate([self._sums, sums])

    def change(self, target: int, shown: Mask, cost: Floats) -> list[int]:
        """Positions of the shown figures that give way when the target is k more than it is; empty where that takes none, or too many."""
        places = np.flatnonzero(shown)
        least = int(self._values[target] + self._k[target])
        moved = _cheapest_change(self._system.keep(shown), cost[places], self._row(target), least)
        return [int(place) for place in places[moved]]

    def proof(self, target: int, shown: Mask, cost: Floats) -> list[int]:
        """Positions of the shown figures that hold a target in, from above or from below, and may be hidden: the cheapest first."""
        programme, places = Programme(self._system.keep(shown)), np.flatnonzero(shown)
        used = places[np.union1d(programme.proof(self._row(target)), programme.proof(-self._row(target)))]
        return sorted(used[np.isfinite(cost[used])].tolist(), key=cost.__getitem__)

    def _row(self, figure: int) -> Whole:
        row: Whole = self._system.matrix[[figure]].toarray()[0]
        return row


def _cheapest_change(system: System, cost: Floats, target: Whole, least: int) -> Whole:
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
    return np.flatnonzero(moved > _MOVED)
