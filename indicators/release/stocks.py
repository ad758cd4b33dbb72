"""Stocks that would tell a revision that waits: a stock is the previous one, with the entries, without the exits. Revisions are elsewhere.

While a revision waits, the quarter it changes is shown as it was; a later stock, counted with the revision, would give it away.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from indicators.codes import is_sensitive
from indicators.cube import Cube
from indicators.disclosure.policy import Policy
from indicators.measures import Measure
from indicators.release.gate import Told
from indicators.release.revisions import Changed
from indicators.status import OK

Counts = NDArray[np.float64]


def telling(
    now: Cube, shown: Cube, told: Iterable[Told], quarters: Sequence[str], measures: Mapping[str, Measure], policy: Policy
) -> Changed:
    """The stocks, by measure and quarter, that may not be shown yet.

    Args:
        now: the counts as they are known; ``shown``: as an audience receives them, without the revisions that wait.
        told: what it received already: a stock told stays told, the other one of a pair is kept back.
    """
    seen = {(box.measure, quarter) for item in told for box in item.claim for quarter in box.quarters}
    size = np.array([_threshold(policy, str(dimension), str(category)) for dimension, category in now.cells])
    found: set[tuple[str, str]] = set()
    for code, measure in measures.items():
        if measure.flows and {code, *measure.flows} <= set(now.measures):
            apart = _unexplained(shown, code, measure.flows, quarters) - _unexplained(now, code, measure.flows, quarters)
            for place, (first, last) in enumerate(combinations(quarters, 2)):
                late = first if (code, last) in seen else last
                if ((apart[place] != 0) & (np.abs(apart[place]) < size)).any() and (code, late) not in seen:
                    found.add((code, late))
    return frozenset(found)


def _threshold(policy: Policy, dimension: str, category: str) -> int:
    return policy.small(sensitive=is_sensitive(dimension, category))


def _unexplained(cube: Cube, stock: str, flows: tuple[str, str], quarters: Sequence[str]) -> Counts:
    """Of each two quarters, [pair, zone, cell]: what the flows between them leave unexplained of the change of a stock; nan if unknown."""
    places = [list(cube.periods).index(quarter) for quarter in quarters]
    present, entered, left = (_known(cube, code)[:, places] for code in (stock, *flows))
    moved = entered - left
    return np.stack(
        [
            present[:, last] - present[:, first] - moved[:, first + 1 : last + 1].sum(axis=1)
            for first, last in combinations(range(len(places)), 2)
        ]
        or [np.zeros((0,))]
    )


def _known(cube: Cube, code: str) -> Counts:
    at = list(cube.measures).index(code)
    return np.where(cube.status[at] == OK, cube.value[at], np.nan)
