"""Who orients whom, over twelve months, as an audience receives it: a cube of the pairs of networks, judged like the rest.

The list of pairs is too long for the cube of every measure: it has its own, for the city alone.
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from indicators.codes import DIMENSIONS, ENSEMBLE
from indicators.cube import Cube
from indicators.measures import Nature
from indicators.network import LINKS, ORIENTATIONS
from indicators.period import Period
from indicators.release.boxes import Box, Claim, quarters_of
from indicators.release.gate import Told, Verdict, judge
from indicators.release.offer import Row
from indicators.release.release import Rules
from indicators.release.revisions import NOTHING, Changed, as_shown, changed, kept_back, renamed, waiting
from indicators.status import OK, Status
from indicators.territory import VILLE
from indicators.windows import Window


def links_cube(counts: pd.DataFrame, quarters: Sequence[str], delivered: Container[str]) -> Cube:
    """The orientations between networks, by quarter: pairs that a ``delivered`` quarter does not list had none."""
    codes = DIMENSIONS[LINKS].codes
    cells = pd.MultiIndex.from_tuples([(ENSEMBLE, ENSEMBLE), *((LINKS, code) for code in codes)])
    value, status = np.zeros((1, 1, len(quarters), len(cells))), np.full((1, 1, len(quarters), len(cells)), 2, dtype=np.int8)
    rows = counts[(counts["measure"] == ORIENTATIONS) & (counts["territory"] == VILLE)]
    place = {cell: position for position, cell in enumerate(cells)}
    for here, quarter in enumerate(quarters):
        mine = rows[rows["period"] == quarter]
        if quarter not in delivered:
            continue
        status[0, 0, here] = OK
        for dimension, category, count, state in mine[["dimension", "category", "value", "status"]].itertuples(index=False):
            if state == Status.OK:
                value[0, 0, here, place[dimension, category]] += int(count)
            else:
                status[0, 0, here, place[dimension, category]] = 1
    return Cube(pd.Index([ORIENTATIONS]), pd.Index([VILLE]), pd.Index(list(quarters)), cells, value, status)


def pairs_of_year(cube: Cube, period: Period) -> dict[str, tuple[Claim, int | None]]:
    """Of each pair of networks: what its count over the twelve months tells, and that count; None where a quarter is missing or hidden."""
    run = quarters_of(period, Window.ROLLING_YEAR, Nature.FLOW) or ()
    places = [list(cube.periods).index(quarter) if quarter in cube.periods else -1 for quarter in run]
    found: dict[str, tuple[Claim, int | None]] = {}
    for position, (dimension, category) in enumerate(cube.cells):
        if dimension == LINKS:
            told: Claim = (Box(ORIENTATIONS, LINKS, (str(category),), VILLE, run),)
            known = -1 not in places and bool((cube.status[0, 0, places, position] == OK).all())
            found[str(category)] = told, int(cube.value[0, 0, places, position].sum()) if known else None
    return found


@dataclass(frozen=True)
class LinksHistory:
    """What an audience was told of the pairs before.

    Attributes:
        past: the counts of the pairs as known when each edition was frozen, by its name, oldest first.
        told: what it was told of them; ``waited``: of each edition, the revisions of any measure that it did not show.
        last: the edition that told it last, empty when there was none.
    """

    past: Mapping[str, Cube] = field(default_factory=dict)
    told: tuple[Told, ...] = ()
    waited: tuple[Changed, ...] = ()
    last: str = ""

    def held(self, now: Cube, rules: Rules) -> Changed:
        """The revisions of the pairs that may not be shown yet: the figures of the same measure wait with them."""
        before = self.shown(rules).get(self.last)
        if before is None:
            return NOTHING
        found = changed(now, before, self.told)
        return waiting(found, self.told, now, before, rules.measures, rules.territory, rules.policy)

    def shown(self, rules: Rules) -> dict[str, Cube]:
        """The counts that each edition spoke of."""
        return as_shown(self.past, [_ours(held) for held in self.waited], rules.measures)


def _ours(held: Changed) -> Changed:
    return frozenset(pair for pair in held if pair[0] == ORIENTATIONS)


def judge_links(
    now: Cube, history: LinksHistory, totals: Sequence[Told], held: Changed, rules: Rules, period: Period
) -> tuple[dict[str, int], tuple[Told, ...], Verdict]:
    """The counts of the pairs that an audience may see over the twelve months that end with a period.

    Args:
        totals: what it is told of all the orientations; ``held``: every revision that waits, of figures and pairs.

    Returns:
        Those counts by pair; what it was told before, in the words of the quarters as they were; the verdict.
    """
    past, told = history.shown(rules), history.told
    before = past.get(history.last)
    if before is not None:
        adopted = changed(now, before, told) - held
        now = kept_back(now, before, _ours(held), rules.measures)
        told = tuple(renamed(told, adopted, history.last))
    room = rules.policy.cell_margin * rules.policy.threshold
    offered = {code: (claim, count) for code, (claim, count) in pairs_of_year(now, period).items() if count is not None and count >= room}
    rows = [Row(Window.ROLLING_YEAR, place, (claim,), None, headline=False) for place, (claim, _) in enumerate(offered.values())]
    verdict = judge(rows, [*told, *totals], {"": now, **past}, rules.measures, rules.territory, rules.policy)
    return {code: count for code, (claim, count) in offered.items() if claim not in verdict.hidden}, told, verdict
