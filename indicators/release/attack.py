"""What a reader can work out of everything an audience was told, from an edition alone: the proof of the gate, which it does not use.

No true count is known here. The reader is taken to know what the counts are (parts of a whole, a stock and its flows), and what was told.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.sparse import vstack  # type: ignore[import-untyped]

from indicators.codes import DIMENSIONS, ENSEMBLE
from indicators.cube import Cube
from indicators.disclosure.audit import bounds
from indicators.disclosure.audit import exposed as exposed_by
from indicators.disclosure.policy import Policy
from indicators.disclosure.programme import Programme
from indicators.disclosure.sweep import Sweep
from indicators.disclosure.system import ContradictionError, System
from indicators.measures import Measure
from indicators.release.boxes import Claim, threshold_of
from indicators.release.gate import Told, components
from indicators.release.ground import Ground, ground, rows_of
from indicators.release.wanted import VERSION
from indicators.territory import Territory


@dataclass(frozen=True)
class Bounded:
    """A count that can be bounded: an interval, infinite where nothing bounds it, and whether it gives a small count away."""

    claim: Claim
    low: float
    high: float
    exposed: bool


@dataclass(frozen=True)
class Attack:
    """What was found.

    Attributes:
        exposed: the counts given away, with what is known of each.
        hidden: what the audience was not shown of its grids, and the interval it can derive.
        judged: how many counts were looked at.
        loose: the measures where what was told contradicts what their counts should be: their rules were not assumed.
    """

    exposed: tuple[Bounded, ...]
    hidden: tuple[Bounded, ...]
    judged: int
    loose: tuple[str, ...]


def attack(told: Sequence[Told], hidden: Iterable[Claim], measures: Mapping[str, Measure], territory: Territory, policy: Policy) -> Attack:
    """Look for every count of a zone, a category and a run of quarters that what was told gives away; bound what was hidden."""
    concealed = sorted(hidden)
    bounded: list[Bounded] = []
    exposed: list[Bounded] = []
    loose: list[str] = []
    judged = 0
    for codes in components([*(item.claim for item in told), *concealed], measures):
        mine = [item for item in told if item.claim[0].measure in codes]
        behind = [claim for claim in concealed if claim[0].measure in codes]
        claims = [*(item.claim for item in mine), *behind]
        known = ground({version: _nothing(claims, codes, territory) for version in _versions(claims)}, measures, codes, claims, territory)
        system, assumed = _system(known, mine)
        if not assumed:
            loose += codes
        found, count = _judge(known, system, policy)
        exposed += found
        judged += count
        bounded += _bounded(known, system, behind, policy)
    return Attack(tuple(exposed), tuple(bounded), judged, tuple(loose))


def _bounded(known: Ground, system: System, claims: Sequence[Claim], policy: Policy) -> list[Bounded]:
    low, high = bounds(system, rows_of(known, [known.row(claim) for claim in claims]))
    given = [bool(exposed_by(low[[n]], high[[n]], threshold_of(claim, policy))[0]) for n, claim in enumerate(claims)]
    return [Bounded(claim, float(low[n]), float(high[n]), given[n]) for n, claim in enumerate(claims)]


def _versions(claims: Iterable[Claim]) -> set[str]:
    return {"", *(quarter.partition(VERSION)[2] for claim in claims for box in claim for quarter in box.quarters)}


def _nothing(claims: Sequence[Claim], codes: Sequence[str], territory: Territory) -> Cube:
    """A cube where nothing is counted, with the cells that the claims speak of."""
    dimensions = dict.fromkeys([ENSEMBLE, *(box.dimension for claim in claims for box in claim)])
    cells = pd.MultiIndex.from_tuples([(name, code) for name in dimensions for code in DIMENSIONS[name].codes])
    shape = (len(codes), len(territory.zones()), 0, len(cells))
    return Cube(
        pd.Index(list(codes)),
        pd.Index(territory.zones()),
        pd.Index([], dtype="str"),
        cells,
        np.zeros(shape),
        np.zeros(shape, dtype=np.int8),
    )


def _system(known: Ground, told: Sequence[Told]) -> tuple[System, bool]:
    """The figures told and the rules a reader may assume; without these rules where they contradict what was told."""
    for links in (list(known.links()), []):
        rows = [terms for terms, _, _ in links] + [known.row(item.claim) for item in told]
        low = np.array([low for _, low, _ in links] + [item.value for item in told], dtype=np.float64)
        high = np.array([high for _, _, high in links] + [item.value for item in told], dtype=np.float64)
        system = System(tuple(range(len(rows))), tuple(range(len(known.truth))), rows_of(known, rows), low, high)
        try:
            Programme(system).check()
        except ContradictionError:
            continue
        return system, bool(links) or not list(known.links())
    raise ContradictionError("What was told contradicts itself.")


def _judge(known: Ground, system: System, policy: Policy) -> tuple[list[Bounded], int]:
    wanted = [each for each in known.wanted() if len(each.values)]
    if not wanted:
        return [], 0
    sums = vstack([each.rows(np.arange(len(each.values)), len(known.truth)) for each in wanted]).tocsr()
    k = np.concatenate([each.thresholds(policy) for each in wanted])
    sweep = Sweep(system, sums, k, exact=False)
    ends = np.cumsum([len(each.values) for each in wanted])
    found = []
    for place in sweep.exposed():
        low, high = sweep.seen(place)
        block = int(np.searchsorted(ends, place, side="right"))
        box = wanted[block].box(place - int(ends[block]) + len(wanted[block].values))
        found.append(Bounded((box,), low, high, exposed=True))
    return found, int(ends[-1])
