"""The atoms behind what is shown: finest counts of some measures, what ties them together, and every sum that somebody may want.

Atoms are (measure, dimension, category, zone, quarter); a quarter as it was before a revision is another one,
``2022-T3~1``. Breakdowns of one measure are known one at a time, hence each has atoms of its own,
tied to those of the whole. What a reader is told of them is a ``Box``; who judges it is ``gate``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise, product

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import csr_array  # type: ignore[import-untyped]

from indicators.codes import DIMENSIONS, ENSEMBLE
from indicators.cube import Cube
from indicators.measures import Measure, Nature
from indicators.period import Period
from indicators.release.boxes import RESTE, Box, Claim
from indicators.release.wanted import VERSION, Wanted, wanted_of
from indicators.status import OK, SECRET
from indicators.territory import HORS_QPV, NON_LOCALISE, QPV, VILLE, Territory

Whole = NDArray[np.int64]
Places = NDArray[np.intp]


@dataclass(frozen=True)
class Ground:
    """Atoms of some measures on some quarters. ``place[measure]`` gives their positions, [cell, zone, quarter], from the lists below.

    Attributes:
        cells: of each measure, the (dimension, category) known of it, the whole first.
        zones: the finest zones: each QPV, hors QPV, not located; the city alone for what has no address.
        truth: the true count of each atom; what nobody transmitted is 0, what its source hides is 1.
        sure: whether that count is known here. Nothing that holds an unknown one is ever shown.
    """

    measures: Mapping[str, Measure]
    territory: Territory
    quarters: tuple[str, ...]
    cells: Mapping[str, tuple[tuple[str, str], ...]]
    zones: Mapping[str, tuple[str, ...]]
    place: Mapping[str, Places]
    truth: Whole
    sure: NDArray[np.bool_]

    def atoms(self, box: Box) -> Places:
        """Positions of the atoms of a box; ``KeyError`` or ``ValueError`` where it names what is not here."""
        known = self._cell[box.measure]
        cells = [known[box.dimension, category] for category in box.categories]
        columns = self._columns(box.measure, box.zone, box.quarters)
        return self._flat[box.measure][cells][:, columns].ravel()

    def row(self, told: Claim) -> dict[int, int]:
        """The coefficient of each atom in the sum that a claim is."""
        terms: dict[int, int] = {}
        for box in told:
            for atom in self.atoms(box).tolist():
                terms[atom] = terms.get(atom, 0) + 1
        return terms

    def value(self, told: Claim) -> int | None:
        """The true count; None where a part of it is not known."""
        places = np.concatenate([self.atoms(box) for box in told])
        return int(self.truth[places].sum()) if self.sure[places].all() else None

    def _columns(self, measure: str, zone: str, quarters: tuple[str, ...]) -> Places:
        """Positions of a zone and some quarters on the flat axis of zones and quarters."""
        key = measure, zone, quarters
        if key not in self._made:
            size = len(self.quarters)
            here = [(row * size + self._quarter[quarter]) for quarter in quarters for row in self.zones_at(measure, zone, quarter)]
            self._made[key] = np.array(here, dtype=np.intp)
        return self._made[key]

    @cached_property
    def _made(self) -> dict[tuple[str, str, tuple[str, ...]], Places]:
        return {}

    @cached_property
    def _flat(self) -> dict[str, Places]:
        return {code: grid.reshape(grid.shape[0], -1) for code, grid in self.place.items()}

    @cached_property
    def _cell(self) -> dict[str, dict[tuple[str, str], int]]:
        return {code: {cell: place for place, cell in enumerate(cells)} for code, cells in self.cells.items()}

    @cached_property
    def _quarter(self) -> dict[str, int]:
        return {code: place for place, code in enumerate(self.quarters)}

    def zones_at(self, measure: str, zone: str, quarter: str) -> list[int]:
        """Positions of the finest zones of a measure that a zone holds in a quarter."""
        known = self.zones[measure]
        if known == (VILLE,):
            return [0]
        codes = self.territory.qpv_codes(period_of(quarter))
        wanted = {QPV: codes, RESTE: [HORS_QPV, NON_LOCALISE], VILLE: [*codes, HORS_QPV, NON_LOCALISE]}.get(zone, [zone])
        return [known.index(code) for code in wanted]

    def wanted(self) -> list[Wanted]:
        """Every count somebody may want: each cell, zone and run of quarters, by measure."""
        return list(wanted_of(self))

    def links(self) -> Iterator[tuple[dict[int, int], float, float]]:
        """What ties atoms together for whoever knows what they count: a sum of atoms and its ends."""
        for code, cells in self.cells.items():
            yield from self._breakdowns(code, cells)
            parent = self.measures[code].part_of
            if parent in self.cells:
                yield from self._inside(code, str(parent))
            flows = self.measures[code].flows
            if flows and all(flow in self.cells for flow in flows):
                yield from self._stock(code, flows)

    def _breakdowns(self, code: str, cells: Sequence[tuple[str, str]]) -> Iterator[tuple[dict[int, int], float, float]]:
        grid = self.place[code]
        for dimension in dict.fromkeys(name for name, _ in cells if name != ENSEMBLE):
            parts = [place for place, cell in enumerate(cells) if cell[0] == dimension]
            inner, total = grid[parts].reshape(len(parts), -1), grid[0].ravel()
            sums = self.truth[inner].sum(axis=0)
            adds_up = bool((sums == self.truth[total]).all())
            if not adds_up and not DIMENSIONS[dimension].exclusive:
                for atom, whole in product(range(len(parts)), range(len(total))):
                    yield from self._below(inner[[atom], whole], total[[whole]])
                continue
            for place in range(len(total)):
                if adds_up:
                    yield {**dict.fromkeys(inner[:, place].tolist(), 1), int(total[place]): -1}, 0, 0
                else:
                    yield from self._below(inner[:, place], total[[place]])

    def _below(self, parts: Places, whole: Places) -> Iterator[tuple[dict[int, int], float, float]]:
        if self.truth[parts].sum() <= self.truth[whole].sum():
            yield {**dict.fromkeys(whole.tolist(), 1), **dict.fromkeys(parts.tolist(), -1)}, 0, np.inf

    def _inside(self, code: str, parent: str) -> Iterator[tuple[dict[int, int], float, float]]:
        """A part is never above its whole, cell by cell where both are broken down alike."""
        for place, cell in enumerate(self.cells[code]):
            above = self._cell[parent].get(cell)
            if above is not None:
                for part, whole in zip(self.place[code][place].ravel(), self.place[parent][above].ravel(), strict=True):
                    yield from self._below(np.array([part]), np.array([whole]))

    def _stock(self, code: str, flows: tuple[str, str]) -> Iterator[tuple[dict[int, int], float, float]]:
        """A stock is the previous one, with the entries, without the exits: told where the counts agree with it."""
        stock, entered, left = (self.place[name][0] for name in (code, *flows))
        current = [place for place, quarter in enumerate(self.quarters) if VERSION not in quarter]
        for (before, now), zone in product(pairwise(current), range(stock.shape[0])):
            atoms = stock[zone, now], stock[zone, before], entered[zone, now], left[zone, now]
            if self.truth[atoms[0]] == self.truth[atoms[1]] + self.truth[atoms[2]] - self.truth[atoms[3]]:
                yield {int(atom): sign for atom, sign in zip(atoms, (1, -1, -1, 1), strict=True)}, 0, 0


def period_of(quarter: str) -> Period:
    """The period of a quarter, whichever version."""
    return Period.parse(quarter.partition(VERSION)[0])


def ground(
    cubes: Mapping[str, Cube], measures: Mapping[str, Measure], codes: Iterable[str], claims: Iterable[Claim], territory: Territory
) -> Ground:
    """The atoms of some measures, on the quarters and by the dimensions that the claims speak of.

    Args:
        cubes: the true counts, by version of the quarters: "" as they are now, else by the edition that last showed them so.
    """
    boxes = [box for told in claims for box in told]
    quarters = tuple(sorted({quarter for box in boxes for quarter in box.quarters}, key=lambda code: (period_of(code).last_day, code)))
    cells, zones, place, truths, sures = {}, {}, {}, [], []
    size = 0
    for code in codes:
        dimensions = {ENSEMBLE, *(box.dimension for box in boxes if box.measure == code)}
        known = [(str(dimension), str(category)) for dimension, category in cubes[""].cells]
        cells[code] = tuple(cell for cell in known if cell[0] in dimensions)
        zones[code] = (*territory.qpv_codes(), HORS_QPV, NON_LOCALISE) if measures[code].territorial else (VILLE,)
        counts = [_Quarter(cubes[token.partition(VERSION)[2]], measures[code], cells[code], period_of(token)) for token in quarters]
        truth, sure = (np.stack(parts, axis=2) for parts in zip(*(each.counts(zones[code], territory) for each in counts), strict=True))
        place[code] = np.arange(size, size + truth.size).reshape(truth.shape)
        size += truth.size
        truths.append(truth.ravel())
        sures.append(sure.ravel())
    return Ground(measures, territory, quarters, cells, zones, place, np.concatenate(truths), np.concatenate(sures))


@dataclass(frozen=True)
class _Quarter:
    """The counts of one measure and quarter in one cube."""

    cube: Cube
    measure: Measure
    cells: tuple[tuple[str, str], ...]
    period: Period

    def counts(self, zones: Sequence[str], territory: Territory) -> tuple[Whole, NDArray[np.bool_]]:
        """[cell, zone]: the counts of the finest zones, those met for the first time for persons since 1 January; which are known."""
        value, sure = self._of(self.period, zones, territory)
        if self.measure.nature is Nature.DISTINCT_TO_DATE and self.period.number > 1:
            before, known = self._of(self.period.shift(-1), zones, territory)
            value, sure = np.where(sure & known, value - before, value), sure & known
        return value, sure

    def _of(self, period: Period, zones: Sequence[str], territory: Territory) -> tuple[Whole, NDArray[np.bool_]]:
        cube, at = self.cube, list(self.cube.periods).index(period.code) if period.code in self.cube.periods else -1
        shape = (len(self.cells), len(zones))
        if at < 0:
            return np.zeros(shape, dtype=np.int64), np.zeros(shape, dtype=bool)
        order = {(str(name), str(category)): place for place, (name, category) in enumerate(cube.cells)}
        rows = cube.zones.get_indexer(pd.Index([*zones, QPV], dtype="str"))
        here = np.ix_(rows, np.array([order[cell] for cell in self.cells]))
        code = list(cube.measures).index(self.measure.code)
        state = cube.status[code, :, at][here].T
        value = np.where(state == OK, cube.value[code, :, at][here].T, (state == SECRET).astype(float)).round().astype(np.int64)
        sure, value, whole = state[:, :-1] == OK, value[:, :-1].copy(), (value[:, -1], state[:, -1] == OK)
        if self.measure.territorial:
            # where a source knows the QPVs together only, their count is put on the first of them: which one stays unknown
            codes = [list(zones).index(name) for name in territory.qpv_codes(period)]
            together = whole[1] & ~sure[:, codes].any(axis=1)
            value[together, codes[0] if codes else 0] = whole[0][together]
            sure[np.ix_(together, codes)] = True
        return value, sure


def rows_of(ground: Ground, sums: Sequence[Mapping[int, int]]) -> csr_array:
    """A sparse row over the atoms for each sum."""
    ends = np.cumsum([0, *(len(terms) for terms in sums)])
    columns = np.array([atom for terms in sums for atom in terms], dtype=np.int64)
    data = np.array([sign for terms in sums for sign in terms.values()], dtype=np.int64)
    return csr_array((data, columns, ends), shape=(len(sums), len(ground.truth)))
