"""What an audience receives of the figures: merged, offered by the grids, judged, masked. Pages and storage are elsewhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd

from indicators import compute
from indicators.cube import Cube
from indicators.disclosure.policy import Policy
from indicators.frames import VALUES_COLUMNS, VALUES_KEY
from indicators.indicator import Indicator
from indicators.measures import Measure
from indicators.period import Frequency, Period, SeriesBreak
from indicators.release.boxes import Claim
from indicators.release.choosing import Chooser
from indicators.release.gate import Exposed, Told, judge
from indicators.release.grid import Grid
from indicators.release.offer import Offer, Row
from indicators.release.revisions import NOTHING, Changed, as_shown, changed, kept_back, renamed, waiting
from indicators.release.stocks import telling
from indicators.status import OK, Status
from indicators.territory import HORS_QPV, NON_LOCALISE, Territory
from indicators.windows import Window, windowed

NUMBERS = [name for name in VALUES_COLUMNS if name not in {*VALUES_KEY, "status"}]
LAST_QUARTERS = 4
"""How many quarters a yearly choice is made from."""


@dataclass(frozen=True)
class Rules:
    """What counting means here: the declarations that do not depend on the counts."""

    indicators: Mapping[str, Indicator]
    measures: Mapping[str, Measure]
    territory: Territory
    breaks: Sequence[SeriesBreak]
    policy: Policy


@dataclass(frozen=True)
class Memory:
    """What an audience received before: every count it was told, what was hidden from it, the grid each quarter was first shown by.

    ``last`` names the edition that told it last, empty when there was none. ``waited``: of each edition, oldest first, the revisions it
    did not show: what a later one may show is judged against what was shown, not against what was known.
    """

    told: tuple[Told, ...] = ()
    hidden: frozenset[Claim] = frozenset()
    grids: Mapping[str, Grid] = field(default_factory=dict)
    last: str = ""
    waited: tuple[Changed, ...] = ()


@dataclass(frozen=True)
class Release:
    """The figures for an audience.

    Attributes:
        frames: the Values frames by window, each row that may not be shown hidden.
        offered: for each frame, the rows that the grids show: the others belong to no page of this audience.
        memory: what the audience will have received.
        hidden: the rows of the grids that the audit hid, by frame.
        exposed: what nothing could protect; while there is any, this may not be released.
        waiting: the revisions of closed quarters that are not shown yet.
        judged: how many counts were judged.
    """

    frames: Mapping[Window, pd.DataFrame]
    offered: Mapping[Window, np.ndarray]
    memory: Memory
    hidden: Mapping[Window, np.ndarray]
    exposed: tuple[Exposed, ...]
    waiting: Changed
    judged: int

    def keys(self) -> dict[Window, frozenset[tuple[str, str, str, str, str]]]:
        """The key of each row that the grids show, by frame."""
        return {
            window: frozenset(frame.loc[self.offered[window], list(VALUES_KEY)].itertuples(index=False, name=None))
            for window, frame in self.frames.items()
        }


def merged(cube: Cube) -> Cube:
    """The cube of an edition: those not located count with hors QPV, as the rest of the city."""
    value, status = cube.value.copy(), cube.status.copy()
    rest, unlocated = (int(cube.zones.get_loc(zone)) for zone in (HORS_QPV, NON_LOCALISE))  # type: ignore[arg-type]
    status[:, rest] = np.maximum(status[:, rest], status[:, unlocated])
    value[:, rest] = np.where(status[:, rest] == OK, value[:, rest] + value[:, unlocated], 0.0)
    return replace(cube, value=value, status=status)


def choose(cube: Cube, rules: Rules, quarters: Sequence[str], before: Grid) -> Grid:
    """The grid of a year, from the last four of the quarters given."""
    return _chooser(cube, rules).choose(list(quarters)[-LAST_QUARTERS:], before)


def _chooser(cube: Cube, rules: Rules) -> Chooser:
    return Chooser(_cubes(merged(cube), rules), rules.indicators, rules.measures, rules.territory, rules.policy)


def _cubes(cube: Cube, rules: Rules) -> dict[Window, Cube]:
    return {window: windowed(cube, rules.measures, rules.territory, window, rules.breaks) for window in Window}


def release(
    now: Cube,
    past: Mapping[str, Cube],
    memory: Memory,
    rules: Rules,
    quarters: Sequence[str],
    grids: Mapping[int, Grid],
    also: Changed = NOTHING,
) -> Release:
    """What an audience receives of some quarters.

    Args:
        now: the counts as they are known, by quarter and year.
        past: the counts as they were known when each edition of the memory was frozen, by its name, oldest first.
        memory: what the audience received already.
        quarters: those to show, oldest first.
        grids: by year, for the quarters it never saw.
        also: revisions that wait whatever they tell here: something judged apart would give them away.
    """
    past = as_shown(past, memory.waited, rules.measures)
    before = past.get(memory.last)
    held = kept = NOTHING
    told: Sequence[Told] = memory.told
    if before is not None:
        known, found = now, changed(now, before, memory.told)
        held = waiting(found, memory.told, now, before, rules.measures, rules.territory, rules.policy, also)
        now = kept_back(now, before, held, rules.measures)
        kept = telling(merged(known), merged(now), memory.told, quarters, rules.measures, rules.policy) if held else NOTHING
        told = renamed(memory.told, found - held, memory.last)
    by_quarter = {quarter: memory.grids.get(quarter, grids.get(Period.parse(quarter).year, {})) for quarter in quarters}
    frames = _frames(now, rules, quarters)
    offered, rows = Offer(by_quarter, rules.indicators, rules.measures, rules.territory).rows(frames)
    waits = [row for row in rows if _touches(row, kept)]
    rows = [row for row in rows if not _touches(row, kept)]
    verdict = judge(rows, told, {"": now, **past}, rules.measures, rules.territory, rules.policy, memory.hidden)
    hidden = _hidden(rows, verdict.hidden, frames)
    for row in waits:
        hidden[row.window][row.place] = True
    return Release(
        frames={window: _masked(frame, offered[window] & ~hidden[window]) for window, frame in frames.items()},
        offered=offered,
        memory=Memory(
            (*told, *verdict.told), memory.hidden | verdict.hidden, {**memory.grids, **by_quarter}, waited=(*memory.waited, held)
        ),
        hidden=hidden,
        exposed=verdict.exposed,
        waiting=held,
        judged=verdict.targets,
    )


def _touches(row: Row, kept: Changed) -> bool:
    return bool(kept) and any((box.measure, quarter) in kept for claim in row.claims for box in claim for quarter in box.quarters)


def _frames(cube: Cube, rules: Rules, quarters: Sequence[str]) -> dict[Window, pd.DataFrame]:
    periods = [Period.parse(code) for code in quarters]
    last = periods[-1]
    years = [Period(year, Frequency.YEAR) for year in dict.fromkeys(period.year for period in periods)]
    wanted = [*periods, *(year for year in years if year.last_day <= last.last_day and year.code in cube.periods)]
    return {
        window: compute.values(
            each, rules.indicators.values(), rules.measures, rules.territory, wanted if window is Window.PERIOD else periods
        )
        for window, each in _cubes(merged(cube), rules).items()
    }


def _hidden(rows: Sequence[Row], claims: frozenset[Claim], frames: Mapping[Window, pd.DataFrame]) -> dict[Window, np.ndarray]:
    found = {window: np.zeros(len(frame), dtype=bool) for window, frame in frames.items()}
    for row in rows:
        if any(claim in claims for claim in row.claims):
            found[row.window][row.place] = True
    return found


def _masked(frame: pd.DataFrame, shown: np.ndarray) -> pd.DataFrame:
    """The frame with what is not shown hidden; what was never transmitted stays so."""
    masked = frame.copy()
    gone = ~shown & frame["status"].isin([Status.OK, Status.NON_APPLICABLE]).to_numpy()
    masked.loc[gone, NUMBERS] = np.nan
    masked.loc[gone, "status"] = Status.SECRET.value
    return masked
