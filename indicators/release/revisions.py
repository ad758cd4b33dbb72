"""Figures already shown and revised since: which revisions an audience may see, which wait. A closed quarter changes whole or not at all.

A revision tells its own difference: of one person, it tells that person. It is shown where no difference that can be worked out is small.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import vstack  # type: ignore[import-untyped]

from indicators.cube import Cube
from indicators.disclosure.policy import Policy
from indicators.measures import AT_THE_END, Measure, Nature
from indicators.period import Frequency, Period
from indicators.release.gate import Told, components
from indicators.release.ground import ground, rows_of
from indicators.release.wanted import VERSION
from indicators.status import OK
from indicators.territory import Territory

Changed = frozenset[tuple[str, str]]
"""Measures and quarters, as codes."""
NOTHING: Changed = frozenset()


def changed(now: Cube, before: Cube, told: Iterable[Told]) -> Changed:
    """The measures and quarters that were shown and hold other counts now."""
    shown = {(box.measure, quarter) for item in told for box in item.claim for quarter in box.quarters if VERSION not in quarter}
    return frozenset((measure, quarter) for measure, quarter in shown if _differs(now, before, measure, quarter))


def _differs(now: Cube, before: Cube, measure: str, quarter: str) -> bool:
    if quarter not in before.periods or quarter not in now.periods:
        return False
    left, right = (_slice(cube, measure, quarter) for cube in (now, before))
    return bool((left[0] != right[0]).any() or (left[1] != right[1]).any())


def _slice(cube: Cube, measure: str, quarter: str) -> tuple[NDArray[np.float64], NDArray[np.int8]]:
    at = list(cube.measures).index(measure), slice(None), list(cube.periods).index(quarter)
    return cube.value[at], cube.status[at]


def waiting(
    found: Changed,
    told: Sequence[Told],
    now: Cube,
    before: Cube,
    measures: Mapping[str, Measure],
    territory: Territory,
    policy: Policy,
    also: Changed = NOTHING,
) -> Changed:
    """The revisions that may not be shown yet: a small difference could be worked out. Measures tied together wait together.

    ``also``: those that wait for another reason, and what is tied to them.
    """
    held = set(also)
    for codes in components([item.claim for item in told], measures):
        mine = {pair for pair in found if pair[0] in codes}
        seen = [
            item for item in told if item.claim[0].measure in codes and VERSION not in "".join(q for b in item.claim for q in b.quarters)
        ]
        if mine and ({code for code, _ in also} & set(codes) or not _large(codes, seen, now, before, measures, territory, policy)):
            held |= mine
    return frozenset(held)


def _large(
    codes: Sequence[str],
    told: Sequence[Told],
    now: Cube,
    before: Cube,
    measures: Mapping[str, Measure],
    territory: Territory,
    policy: Policy,
) -> bool:
    """Whether every difference that follows from the two versions of what was told is zero, or as large as the threshold.

    A difference may be negative: nothing bounds it, hence it is known only where it is a combination of those shown.
    """
    after, old = (ground({"": cube}, measures, codes, [item.claim for item in told], territory) for cube in (now, before))
    if (after.sure != old.sure).any():
        return False
    moved = after.truth - old.truth
    rows = rows_of(after, [after.row(item.claim) for item in told] + [terms for terms, low, high in after.links() if low == high])
    targets = vstack([each.rows(np.arange(len(each.values)), len(moved)) for each in after.wanted()]).tocsr()
    size = np.abs(targets @ moved)
    small = np.flatnonzero((size > 0) & (size < policy.threshold))
    if not len(small):
        return True
    known = np.unique(rows.toarray(), axis=0).astype(np.float64).T
    aims = targets[small].toarray().astype(np.float64).T
    weights = np.linalg.lstsq(known, aims, rcond=None)[0]
    return bool((np.abs(known @ weights - aims).max(axis=0) > 1e-6).all())


def as_shown(past: Mapping[str, Cube], waited: Sequence[Changed], measures: Mapping[str, Measure]) -> dict[str, Cube]:
    """The counts that each edition spoke of, by its name, oldest first: those known then, but for the revisions that waited."""
    shown: dict[str, Cube] = {}
    before: Cube | None = None
    for (name, cube), held in zip(past.items(), waited, strict=True):
        before = cube if before is None else kept_back(cube, before, held, measures)
        shown[name] = before
    return shown


def kept_back(now: Cube, before: Cube, held: Changed, measures: Mapping[str, Measure]) -> Cube:
    """The counts as they are, but for the revisions that wait: there, as they were. Years follow from their quarters."""
    value, status = now.value.copy(), now.status.copy()
    for measure, quarter in sorted(held):
        code = list(now.measures).index(measure)
        value[code, :, list(now.periods).index(quarter)], status[code, :, list(now.periods).index(quarter)] = _slice(
            before, measure, quarter
        )
        _year(value, status, now, code, measures[measure].nature, Period.parse(quarter).year)
    return replace(now, value=value, status=status)


def _year(value: NDArray[np.float64], status: NDArray[np.int8], cube: Cube, code: int, nature: Nature, year: int) -> None:
    periods = list(cube.periods)
    quarters = [periods.index(part.code) for part in Period(year, Frequency.YEAR).parts() if part.code in periods]
    if str(year) not in periods or len(quarters) < 4:
        return
    here = periods.index(str(year))
    known = status[code, :, here] == OK
    if nature in AT_THE_END:
        value[code, :, here] = np.where(known, value[code][:, quarters[-1]], 0.0)
    elif nature is Nature.FLOW:
        value[code, :, here] = np.where(known, value[code][:, quarters].sum(axis=1), 0.0)


def renamed(told: Sequence[Told], adopted: Changed, version: str) -> list[Told]:
    """What was told, where a revision is now shown, is of the quarters as they were: the same words, of other quarters."""
    return [
        Told(
            tuple(
                replace(box, quarters=tuple(f"{q}{VERSION}{version}" if (box.measure, q) in adopted else q for q in box.quarters))
                for box in item.claim
            ),
            item.value,
        )
        for item in told
    ]
