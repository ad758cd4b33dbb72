"""Which figures to hide so that nothing small can be worked out: guided by the proofs, then as few as it finds.

Never the fewest there are: an exact search hides some 13 % less and is not worth its weight. A figure is shown or hidden, never changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from indicators.disclosure.audit import Ends
from indicators.disclosure.programme import Programme
from indicators.disclosure.system import Mask, System, Whole


@dataclass(frozen=True)
class Repair:
    """``shown``: what remains shown, a position for each figure. ``stuck``: figures still exposed, since only fixed ones give them away."""

    shown: Mask
    stuck: tuple[int, ...]


def repair(system: System, truth: Whole, shown: Mask, order: Sequence[int], k: int) -> Repair:
    """Hide more figures until no hidden one is exposed, then show again those that were not needed.

    Each exposed figure is given away by some others, that the linear programme names: the first of them in ``order`` is hidden, and the
    question is asked again. At the end each figure hidden here is shown again, last in ``order`` first, where all stays safe.

    Args:
        system: every figure, shown or not. The true table must agree with all of them.
        truth: the true count of each atom.
        shown: what was to be shown: small counts are hidden already. Every figure that is not shown is protected.
        order: positions of the figures that may be hidden, the first to go first; the others stay as they are.
        k: small is 1 to k - 1, see ``audit.exposed``.
    """
    gate = _Gate(system, truth, k)
    rank = {figure: place for place, figure in enumerate(order)}
    shown = shown.copy()
    stuck: dict[int, None] = {}
    hidden: list[int] = []
    while chosen := _next_to_hide(gate, shown, rank, stuck):
        shown[chosen] = False
        hidden += chosen
    for figure in sorted(hidden, key=rank.__getitem__, reverse=True):
        shown[figure] = True
        if any(target not in stuck for target in gate.exposed(shown)):
            shown[figure] = False
    return Repair(shown, tuple(gate.exposed(shown)))


def _next_to_hide(gate: _Gate, shown: Mask, rank: dict[int, int], stuck: dict[int, None]) -> list[int]:
    """For each proof that stands, the figure to hide; a proof already broken by another choice is left for the next round."""
    chosen: dict[int, None] = {}
    for target, proof in gate.proofs(shown, [target for target in gate.exposed(shown) if target not in stuck]):
        if any(figure in chosen for figure in proof):
            continue
        usable = [figure for figure in proof if figure in rank]
        if usable:
            chosen[min(usable, key=rank.__getitem__)] = None
        else:
            stuck[target] = None
    return list(chosen)


class _Gate:
    """Tells which hidden figures are exposed, and remembers every table met: one that agrees with what is shown spares a programme."""

    def __init__(self, system: System, truth: Whole, k: int) -> None:
        self._system, self._k = system, k
        self._tables = truth[np.newaxis]
        self._values = self._sums(self._tables)
        low, high = system.low, system.high
        if ((self._values[0] < low) | (self._values[0] > high)).any():
            raise ValueError("The true table does not agree with the figures.")

    def exposed(self, shown: Mask) -> Iterator[int]:
        """Positions of the hidden figures that are exposed when the others are shown; found one by one, so that the first may do."""
        low, high = self._system.low[shown], self._system.high[shown]
        known = self._values[:, shown]
        agreeing = self._tables[((known >= low) & (known <= high)).all(axis=1)]
        hidden = np.flatnonzero(~shown)
        ends = Ends(Programme(self._system.keep(shown)), self._system.matrix[hidden], agreeing)
        try:
            for index, figure in enumerate(hidden):
                if ends.is_exposed(index, self._k):
                    yield int(figure)
        finally:
            self._remember(ends.tables)

    def proofs(self, shown: Mask, targets: Iterable[int]) -> Iterator[tuple[int, list[int]]]:
        """Each target with the positions of the shown figures that hold it in, from above or from below."""
        programme, position = Programme(self._system.keep(shown)), np.flatnonzero(shown)
        for figure in targets:
            target = self._system.matrix[[figure]].toarray()[0]
            used = np.union1d(programme.proof(target), programme.proof(-target))
            yield figure, [int(place) for place in position[used]]

    def _remember(self, tables: Sequence[Whole]) -> None:
        if tables:
            met = np.array(tables)
            self._tables = np.concatenate([self._tables, met])
            self._values = np.concatenate([self._values, self._sums(met)])

    def _sums(self, tables: Whole) -> Whole:
        sums: Whole = (self._system.matrix @ tables.T).T
        return sums
