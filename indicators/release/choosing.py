"""Makes the yearly choice of a grid from the counts of the last quarters. What a grid is lives in ``grid``.

Margins stand between the counts of the last year and those to come: a cell must hold twice the threshold, what two shown totals give by
subtraction three times. A zero counts as small, unless it was a zero throughout.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from indicators.codes import DIMENSIONS, ENSEMBLE, is_sensitive
from indicators.cube import Cube
from indicators.disclosure.policy import Policy
from indicators.indicator import Indicator, Kind, Secrecy, Term
from indicators.measures import Measure, Nature
from indicators.period import Period
from indicators.release.grid import DEPTHS, Choice, Depth, Grid, Span, Subject, zones_of
from indicators.status import OK
from indicators.territory import NON_LOCALISE, Territory
from indicators.windows import Window

Counts = NDArray[np.float64]
IN_QUARTERS = frozenset({Nature.FLOW, Nature.DISTINCT_TO_DATE})
"""What is broken down over twelve months: by quarter it would be too small."""
FULL = np.inf
"""The floor of what was never anything but zero: nobody to protect."""
LASTING = 4
"""Over how many quarters a zero must last to be taken for one that stays."""


class Chooser:
    """Chooses the grid of an audience, from the cubes of an edition (the rest of the city already merged) by window."""

    def __init__(
        self,
        cubes: Mapping[Window, Cube],
        indicators: Mapping[str, Indicator],
        measures: Mapping[str, Measure],
        territory: Territory,
        policy: Policy,
    ) -> None:
        self._cubes, self._indicators, self._measures = cubes, indicators, measures
        self._territory, self._policy = territory, policy

    def choose(self, quarters: Sequence[str], before: Grid) -> dict[Subject, Choice]:
        """The choice of every subject, from the quarters given; one made ``before`` is kept unless it fell below the threshold."""
        return {subject: self._one(subject, quarters, before.get(subject)) for subject in self.subjects()}

    def subjects(self) -> Iterator[Subject]:
        """What needs a choice: every indicator that counts persons, and its breakdowns over the span on which they are shown."""
        for code, item in self._indicators.items():
            if item.secrecy is Secrecy.NONE or not item.numerator_terms:
                continue
            flows = bool({self._measures[measure].nature for measure in item.measures} & IN_QUARTERS)
            if item.total:
                yield Subject(code, Span.QUARTER, ENSEMBLE)
                if flows:
                    yield Subject(code, Span.YEAR, ENSEMBLE)
            for dimension in item.breakdowns:
                yield Subject(code, Span.YEAR if flows else Span.QUARTER, dimension)

    def _one(self, subject: Subject, quarters: Sequence[str], now: Choice | None) -> Choice:
        seen = _Seen.of(self._cubes[_window(subject)], self._indicators[subject.indicator], subject.dimension, quarters)
        if seen is None:
            return Choice(Depth.NOTHING, (), unlocated=False, smallest=-1, reason="Aucun effectif connu sur ces trimestres.")
        qpvs = self._territory.qpv_codes(seen.last)
        why = "Rien de plus fin n'existe."
        for depth in DEPTHS[:-1]:
            zones = zones_of(depth, qpvs)
            if not seen.tells(zones):
                continue
            refined = now is not None and DEPTHS.index(depth) < DEPTHS.index(now.depth)
            kept = now.categories if now is not None and now.depth is depth else None
            found = self._fits(subject, seen, zones, depth, kept=kept, refined=refined)
            if isinstance(found, tuple):
                categories, smallest = found
                return Choice(depth, categories, self._unlocated(subject, seen, depth), smallest, why)
            why = f"Plus fin, un effectif tombe à {found}."
        return Choice(Depth.NOTHING, (), unlocated=False, smallest=-1, reason=why)

    def _fits(
        self, subject: Subject, seen: _Seen, zones: tuple[str, ...], depth: Depth, *, kept: tuple[str, ...] | None, refined: bool
    ) -> tuple[tuple[str, ...], int] | int:
        """The categories that have room at a depth and the smallest count shown; or the count that prevents it."""
        k, policy = self._policy.threshold, self._policy
        if subject.dimension == ENSEMBLE:
            floor = seen.floors(zones)[0]
            lone = policy.cell_margin if depth is Depth.CITY else policy.rest_margin
            margin = k if kept else k * (policy.refine_at if refined else lone)
            return ((ENSEMBLE,), _whole(floor)) if floor >= margin else _whole(floor)
        floors = seen.floors(zones)
        if kept and all(floors[seen.cell(code)] >= self._threshold(subject, code) for code in kept):
            return kept, _whole(min(floors[seen.cell(code)] for code in kept))
        factor = policy.refine_at if refined else policy.cell_margin
        codes = [code for code in DIMENSIONS[subject.dimension].codes if floors[seen.cell(code)] >= factor * self._threshold(subject, code)]
        counted = sorted((code for code in codes if floors[seen.cell(code)] < FULL), key=lambda code: floors[seen.cell(code)])
        while len(counted) > 1 and seen.left(zones, codes) < policy.rest_margin * k:
            codes.remove(counted.pop(0))
        if len(counted) < 2:
            return _whole(min(floors))
        return tuple(codes), _whole(floors[seen.cell(counted[0])])

    def _threshold(self, subject: Subject, category: str) -> int:
        return self._policy.small(sensitive=is_sensitive(subject.dimension, category))

    def _unlocated(self, subject: Subject, seen: _Seen, depth: Depth) -> bool:
        if subject.dimension != ENSEMBLE or depth in {Depth.CITY, Depth.NOTHING}:
            return False
        return bool(seen.tells((NON_LOCALISE,)) and seen.floors((NON_LOCALISE,))[0] >= self._policy.cell_margin * self._policy.threshold)


def _window(subject: Subject) -> Window:
    return Window.PERIOD if subject.span is Span.QUARTER else Window.ROLLING_YEAR


def _whole(floor: float) -> int:
    return -1 if floor == FULL else int(floor)


class _Seen:
    """The counts that a subject tells, [number, zone, quarter, cell]: numerator, denominator, and what a proportion leaves between them."""

    def __init__(self, cube: Cube, numbers: Counts, known: NDArray[np.bool_], codes: tuple[str, ...], last: str) -> None:
        self._cube, self._numbers, self._known, self._codes = cube, numbers, known, codes
        self.last = Period.parse(last)

    @classmethod
    def of(cls, cube: Cube, item: Indicator, dimension: str, quarters: Sequence[str]) -> _Seen | None:
        """None where nothing was counted in those quarters."""
        places = [int(place) for place in cube.periods.get_indexer(pd.Index(list(quarters), dtype="str")) if place >= 0]
        cells = cube.cells_of(dimension)
        found = [counts(cube, terms, cells, places) for terms in (item.numerator_terms, item.denominator_terms) if terms]
        numbers = [number for number, _ in found]
        known = np.logical_and.reduce([state == OK for _, state in found])
        if item.kind is Kind.PROPORTION:
            numbers.append(numbers[1] - numbers[0])
        if not places or not known.any():
            return None
        return cls(cube, np.array(numbers), known, DIMENSIONS[dimension].codes, str(cube.periods[places[-1]]))

    def cell(self, category: str) -> int:
        """The position of a category."""
        return self._codes.index(category)

    def tells(self, zones: Sequence[str]) -> bool:
        """Whether something is counted in each of some zones."""
        return bool(self._known[self._rows(zones)].any(axis=(1, 2)).all())

    def floors(self, zones: Sequence[str]) -> Counts:
        """[cell]: the smallest count over zones and quarters; what was zero throughout in a zone counts as full there."""
        rows = self._rows(zones)
        numbers = np.where(self._known[rows], self._numbers[:, rows], np.inf)
        empty = (numbers == 0) | np.isinf(numbers)
        never = empty.all(axis=2) & (numbers.shape[2] >= LASTING)
        smallest: Counts = np.where(never, FULL, numbers.min(axis=2)).min(axis=(0, 1))
        return smallest

    def left(self, zones: Sequence[str], codes: Sequence[str]) -> float:
        """The smallest count that the other categories hold together, over zones and quarters; full when it is always zero."""
        rows, others = self._rows(zones), [place for place, code in enumerate(self._codes) if code not in codes]
        rest = np.where(self._known[rows], self._numbers[:, rows], 0.0)[..., others].sum(axis=-1)
        return float(np.where((rest == 0).all(axis=2), FULL, rest.min(axis=2)).min())

    def _rows(self, zones: Sequence[str]) -> list[int]:
        return [int(row) for row in self._cube.zones.get_indexer(pd.Index(list(zones), dtype="str"))]


def counts(cube: Cube, terms: Sequence[Term], cells: Sequence[int], places: Sequence[int]) -> tuple[Counts, NDArray[np.int8]]:
    """[zone, period, cell]: the terms of a numerator or a denominator added up, and the state of the most absent of them."""
    total = np.zeros((len(cube.zones), len(places), len(cells)))
    worst = np.zeros(total.shape, dtype=np.int8)
    for term in terms:
        measure = int(cube.measures.get_loc(term.measure))  # type: ignore[arg-type]
        value, state = cube.value[measure][:, places], cube.status[measure][:, places]
        wanted = cube.cells_of(term.dimension, term.categories) if term.dimension != ENSEMBLE else [0] if term.common else list(cells)
        if term.dimension != ENSEMBLE:
            part, worse = value[..., wanted].sum(axis=-1, keepdims=True), state[..., wanted].max(axis=-1, keepdims=True)
        else:
            part, worse = value[..., wanted], state[..., wanted]
        total += part
        worst = np.maximum(worst, worse)
    return total, worst
