"""Every count that somebody may want: each cell, zone and run of quarters of some measures, by the hundred thousand, as arrays.

Which atoms they add up is here; the atoms are ``ground``'s, what must not be found of them is ``gate``'s.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array  # type: ignore[import-untyped]

from indicators.codes import is_sensitive
from indicators.disclosure.policy import Policy
from indicators.measures import Nature
from indicators.release.boxes import RESTE, Box
from indicators.territory import QPV, VILLE

if TYPE_CHECKING:
    from indicators.release.ground import Ground

Whole = NDArray[np.int64]
Run = tuple[str, ...]
VERSION = "~"
"""Between a quarter and the edition that last showed it as it was before a revision."""
NATURES_IN_RUNS = frozenset({Nature.FLOW, Nature.DISTINCT_TO_DATE})
"""What adds up over quarters: a reader may want any run of them."""


@dataclass(frozen=True)
class Wanted:
    """The counts of one measure, one after the other by zone, then run of quarters, then cell.

    Attributes:
        cells, zones, runs: what each is a count of.
        values: the true counts; -1 where one is not known.
        first: the position of the measure's first atom.
        columns: the atoms of a first cell that each zone and run adds up, a row for each.
        width: how many atoms a cell has.
    """

    measure: str
    cells: tuple[tuple[str, str], ...]
    zones: tuple[str, ...]
    runs: tuple[Run, ...]
    values: Whole
    first: int
    columns: csr_array
    width: int

    def thresholds(self, policy: Policy) -> Whole:
        """Under which each count is small."""
        small = [policy.small(sensitive=is_sensitive(*cell)) for cell in self.cells]
        return np.resize(np.array(small, dtype=np.int64), len(self.values))

    def box(self, place: int) -> Box:
        """The count at a position."""
        rest, cell = divmod(int(place), len(self.cells))
        zone, run = divmod(rest, len(self.runs))
        dimension, category = self.cells[cell]
        return Box(self.measure, dimension, (category,), self.zones[zone], self.runs[run])

    def places(self, boxes: Iterable[Box]) -> list[int]:
        """The positions of those of some counts that are here."""
        zones, runs, cells = ({name: at for at, name in enumerate(names)} for names in (self.zones, self.runs, self.cells))
        found = []
        for box in boxes:
            key = zones.get(box.zone), runs.get(box.quarters), cells.get((box.dimension, box.categories[0]))
            if box.measure == self.measure and len(box.categories) == 1 and None not in key:
                zone, run, cell = (int(part) for part in key if part is not None)
                found.append((zone * len(self.runs) + run) * len(self.cells) + cell)
        return found

    def rows(self, places: NDArray[np.intp], size: int) -> csr_array:
        """The atoms of some positions, a row for each over ``size`` atoms."""
        which, cell = np.divmod(places, len(self.cells))
        lengths = np.diff(self.columns.indptr)[which]
        ends = np.concatenate([[0], np.cumsum(lengths)])
        within = np.arange(ends[-1]) - np.repeat(ends[:-1] - self.columns.indptr[which], lengths)
        atoms = self.columns.indices[within] + np.repeat(self.first + cell * self.width, lengths)
        return csr_array((np.ones(len(atoms), dtype=np.int64), atoms, ends), shape=(len(places), size))


def wanted_of(ground: Ground) -> Iterator[Wanted]:
    """Those of each measure of a ground."""
    for code, cells in ground.cells.items():
        place, zones = ground.place[code], _labels(ground.zones[code])
        runs = tuple(_runs(ground.quarters, ground.measures[code].nature))
        columns = _columns(ground, code, zones, runs)
        width = place[0].size
        flat = (ground.truth[place].reshape(len(cells), width), ~ground.sure[place].reshape(len(cells), width))
        values, unsure = (columns @ counts.T.astype(np.int64) for counts in flat)
        known = np.where(unsure > 0, -1, values).ravel()
        yield Wanted(code, cells, zones, runs, known, int(place.flat[0]), columns, width)


def _labels(zones: tuple[str, ...]) -> tuple[str, ...]:
    return zones if zones == (VILLE,) else (*zones, QPV, RESTE, VILLE)


def _runs(quarters: tuple[str, ...], nature: Nature) -> Iterator[Run]:
    now = [quarter for quarter in quarters if VERSION not in quarter]
    yield from ((quarter,) for quarter in quarters if quarter not in now or nature not in NATURES_IN_RUNS)
    if nature in NATURES_IN_RUNS:
        for first in range(len(now)):
            yield from (tuple(now[first : last + 1]) for last in range(first, len(now)))


def _columns(ground: Ground, code: str, zones: tuple[str, ...], runs: tuple[Run, ...]) -> csr_array:
    """[zone and run, place on the flat axis of zones and quarters]."""
    quarters = {name: at for at, name in enumerate(ground.quarters)}
    held = np.zeros((len(zones), len(ground.zones[code]), len(quarters)), dtype=bool)
    for (label, zone), (quarter, at) in ((pair, item) for pair in enumerate(zones) for item in quarters.items()):
        held[label, ground.zones_at(code, zone, quarter), at] = True
    over = np.zeros((len(runs), len(quarters)), dtype=bool)
    for number, run in enumerate(runs):
        over[number, [quarters[name] for name in run]] = True
    found = held[:, np.newaxis] & over[np.newaxis, :, np.newaxis]
    return csr_array(found.reshape(len(zones) * len(runs), -1).astype(np.int64))
