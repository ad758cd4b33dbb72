"""The audit of what an audience receives, jointly with all it ever received, and the repair where a small count could be worked out.

Measures that a sum or a rule ties together are judged together, the others apart. Nothing is known here of pages or of storage.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import vstack  # type: ignore[import-untyped]

from indicators.cube import Cube
from indicators.disclosure.policy import Policy
from indicators.disclosure.repair import repair
from indicators.disclosure.system import Mask, System, Whole
from indicators.measures import Measure
from indicators.release.boxes import Claim, threshold_of
from indicators.release.ground import Ground, ground, rows_of
from indicators.release.offer import Row
from indicators.release.wanted import Wanted
from indicators.territory import Territory

HEADLINE_COST, LARGEST = 1000.0, 1e6
"""A total costs as much as a thousand cells; a large cell a little more than a small one."""


@dataclass(frozen=True)
class Told:
    """A count that an audience was shown."""

    claim: Claim
    value: int


@dataclass(frozen=True)
class Exposed:
    """A count that could be worked out, whatever else were hidden: it forbids the release. ``value`` is for the coordination alone."""

    claim: Claim
    value: int


@dataclass(frozen=True)
class Verdict:
    """What the gate says of some rows.

    Attributes:
        told: the counts that the shown rows tell, those already known left out.
        hidden: the claims that may not be shown.
        small: those among them that are small counts themselves; the others are hidden for their sake.
        exposed: what no hiding could protect: the release is refused while there is any.
        targets: how many counts were judged.
    """

    told: tuple[Told, ...]
    hidden: frozenset[Claim]
    small: frozenset[Claim]
    exposed: tuple[Exposed, ...]
    targets: int


def judge(
    rows: Sequence[Row],
    known: Sequence[Told],
    cubes: Mapping[str, Cube],
    measures: Mapping[str, Measure],
    territory: Territory,
    policy: Policy,
    never: frozenset[Claim] = frozenset(),
) -> Verdict:
    """Judge rows to be shown to an audience that was told ``known`` already.

    Args:
        never: what was hidden from it before, and stays so.
        cubes: the true counts by quarter, of the finest zones, by version: see ``ground``.

    Raises:
        ValueError: a shown count does not agree with the counts of its parts, in French: the data contradict themselves.
    """
    claims = dict.fromkeys(claim for row in rows for claim in row.claims)
    between = dict.fromkeys(row.between for row in rows if row.between)
    headlines = {claim for row in rows if row.headline for claim in row.claims}
    before = {item.claim: item.value for item in known}
    parts = []
    for codes in components([*claims, *before], measures):
        mine = [claim for claim in claims if claim[0].measure in codes]
        old = [Told(claim, value) for claim, value in before.items() if claim[0].measure in codes]
        pairs = [pair for pair in between if pair[0][0].measure in codes]
        parts.append(_Part(codes, mine, old, pairs, cubes, measures, territory, policy).verdict(headlines, never))
    return Verdict(
        tuple(told for part in parts for told in part.told),
        frozenset().union(*(part.hidden for part in parts)),
        frozenset().union(*(part.small for part in parts)),
        tuple(item for part in parts for item in part.exposed),
        sum(part.targets for part in parts),
    )


def components(claims: Iterable[Claim], measures: Mapping[str, Measure]) -> list[list[str]]:
    """The measures that claims speak of, in groups that nothing ties to one another."""
    group: dict[str, set[str]] = {}
    sets = [{box.measure for box in claim} for claim in claims]
    seen = set().union(*sets) if sets else set()
    for code in sorted(seen):
        parent = measures[code].part_of
        # a stock and its entries tell its exits, shown or not
        sets.append({code, *({parent} if parent in seen and parent else ()), *(measures[code].flows or ())})
    for tied in sets:
        union = set(tied).union(*(group[code] for code in tied if code in group))
        group.update(dict.fromkeys(union, union))
    order = {id(found): found for found in group.values()}
    return [sorted(found) for found in order.values()]


class _Part:
    """One group of measures: its atoms, what is known of them, what is to be shown, what must not be found."""

    def __init__(
        self,
        codes: Sequence[str],
        claims: Sequence[Claim],
        known: Sequence[Told],
        pairs: Sequence[tuple[Claim, Claim]],
        cubes: Mapping[str, Cube],
        measures: Mapping[str, Measure],
        territory: Territory,
        policy: Policy,
    ) -> None:
        self._policy = policy
        every = [*claims, *(told.claim for told in known), *(claim for pair in pairs for claim in pair)]
        self._ground: Ground = ground(cubes, measures, codes, every, territory)
        self._known = known
        old = {told.claim for told in known}
        self._new = [claim for claim in claims if claim not in old]
        self._links = list(self._ground.links())
        self._targets = self._wanted(set(claims) | old)
        self._pairs, self._left = self._between(pairs)
        self._system = self._make()

    def _wanted(self, shown: set[Claim]) -> list[tuple[Wanted, NDArray[np.intp], Whole]]:
        """The counts nobody may find out, by measure: their positions and thresholds; those large enough never to be told are left out."""
        boxes = [claim[0] for claim in shown if len(claim) == 1]
        found = []
        for wanted in self._ground.wanted():
            k = wanted.thresholds(self._policy)
            open_ = wanted.values < 2 * k - 1
            open_[wanted.places(boxes)] = False
            places = np.flatnonzero(open_)
            found.append((wanted, places, k[places]))
        return found

    def _between(self, pairs: Sequence[tuple[Claim, Claim]]) -> tuple[list[tuple[Claim, int]], list[dict[int, int]]]:
        """What a proportion leaves: its numerator and its threshold, and the sum of atoms; those too large to be told are left out."""
        found, sums = [], []
        for part, whole in pairs:
            rest = self._ground.row(whole)
            for atom, sign in self._ground.row(part).items():
                rest[atom] = rest.get(atom, 0) - sign
            k = max(threshold_of(part, self._policy), threshold_of(whole, self._policy))
            terms = {atom: sign for atom, sign in rest.items() if sign}
            if sum(int(self._ground.truth[atom]) * sign for atom, sign in terms.items()) < 2 * k - 1:
                found.append((part, k))
                sums.append(terms)
        return found, sums

    def _make(self) -> System:
        ground_ = self._ground
        told = [ground_.row(item.claim) for item in self._known] + [ground_.row(claim) for claim in self._new]
        size = len(ground_.truth)
        known = rows_of(ground_, [terms for terms, _, _ in self._links] + told)
        wanted = [each.rows(places, size) for each, places, _ in self._targets]
        matrix = vstack([known, *wanted, rows_of(ground_, self._left)]).tocsr()
        truth = matrix @ ground_.truth
        low, high = truth.astype(np.float64), truth.astype(np.float64)
        n = len(self._links)
        low[:n], high[:n] = [item[1] for item in self._links], [item[2] for item in self._links]
        for place, item in enumerate(self._known, n):
            low[place] = high[place] = item.value
        self._contradicted = bool((low[n : n + len(self._known)] != truth[n : n + len(self._known)]).any())
        return System(tuple(range(matrix.shape[0])), tuple(range(size)), matrix, low, high)

    def verdict(self, headlines: set[Claim], never: frozenset[Claim]) -> Verdict:
        """Hide the small counts, then what gives one away; everything, where the counts behind what was told are not there any more."""
        n, old = len(self._links), len(self._known)
        first = n + old
        if self._contradicted:
            # a source that left takes its counts away: nothing true is left to judge by
            return Verdict((), frozenset(self._new), frozenset(), (), 0)
        others = self._system.matrix.shape[0] - first - len(self._new)
        values = [self._ground.value(claim) for claim in self._new]
        small = [value is None or 0 < value < threshold_of(claim, self._policy) for claim, value in zip(self._new, values, strict=True)]
        shown: Mask = np.array(
            [True] * first + [not item and claim not in never for claim, item in zip(self._new, small, strict=True)] + [False] * others,
            dtype=bool,
        )
        own = np.array([1] * first + [threshold_of(claim, self._policy) for claim in self._new], dtype=np.int64)
        k: Whole = np.concatenate([own, *(k for _, _, k in self._targets), np.array([k for _, k in self._pairs], dtype=np.int64)])
        cost = np.array([np.inf] * first + [_cost(c, v, headlines) for c, v in zip(self._new, values, strict=True)] + [1.0] * others)
        done = repair(self._system, self._ground.truth, shown, cost, k, exact=False)
        shown, exposed_at = done.shown, done.stuck
        hidden = {claim for place, claim in enumerate(self._new, first) if not shown[place]}
        told = tuple(
            Told(claim, int(value)) for claim, value in zip(self._new, values, strict=True) if claim not in hidden and value is not None
        )
        primary = frozenset(claim for claim, item in zip(self._new, small, strict=True) if item)
        exposed = tuple(Exposed(self._name(place - first), self._true(place)) for place in exposed_at)
        return Verdict(told, frozenset(hidden), primary, exposed, others)

    def _name(self, place: int) -> Claim:
        """What a figure is, counted from the first of those that are new."""
        if place < len(self._new):
            return self._new[place]
        place -= len(self._new)
        for wanted, places, _ in self._targets:
            if place < len(places):
                return (wanted.box(places[place]),)
            place -= len(places)
        return self._pairs[place][0]

    def _true(self, figure: int) -> int:
        return int((self._system.matrix[[figure]] @ self._ground.truth).item())


def _cost(claim: Claim, value: int | None, headlines: set[Claim]) -> float:
    return (HEADLINE_COST if claim in headlines else 1.0) + (value or 0) / LARGEST
