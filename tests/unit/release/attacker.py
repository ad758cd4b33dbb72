"""Someone who kept every number shown, and works out what was not: written apart from the project's own auditor, on matrices of its own.

It reads the masked frames alone, knows what each indicator counts, that the sexes add up to the whole, that a part is inside its
whole, and that a stock is the last one with the entries and without the exits.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
import pandas as pd
from scipy.optimize import Bounds, LinearConstraint, milp  # type: ignore[import-untyped]
from scipy.sparse import csr_array  # type: ignore[import-untyped]

from indicators.indicator import Indicator, Kind
from indicators.measures import Measure, Nature
from tests.unit.release.city import FINEST, NORTH, SOUTH

ZONES = {"QPV": (NORTH, SOUTH), "HORS_QPV": ("HORS_QPV", "NON_LOCALISE"), "VILLE": FINEST}
"""As an edition shows them: not located counts with hors QPV."""
FAR = 60
"""How much more than its true count an atom is tried with: far beyond any threshold here."""
SEXES = ("femme", "homme", "non_renseigne")
Atom = tuple[str, str, str, str, int]
"""Measure, category, zone, quarter, and which version of that quarter."""
Version = Mapping[tuple[str, str], int]
Target = Mapping[Atom, int]


def _quarters(nature: Nature, window: str, period: str) -> list[str]:
    """The quarters that a number of a window and period adds up."""
    year, _, number = period.partition("-T")
    last = int(number or 4)
    if nature is Nature.STOCK:
        return [f"{year}-T{last}"]
    if window == "rolling_year":
        return [f"{int(year) - (step > last)}-T{last - step + 1 if step <= last else last - step + 5}" for step in range(1, 5)]
    if window == "year_to_date" or not number:
        return [f"{year}-T{each}" for each in range(1, last + 1)]
    return [period]


@dataclass
class Attacker:
    """What was read so far, as rows over atoms."""

    indicators: Mapping[str, Indicator]
    measures: Mapping[str, Measure]
    atoms: dict[Atom, int] = field(default_factory=dict)
    equal: dict[tuple[tuple[int, int], ...], float] = field(default_factory=dict)

    def read(self, frames: Mapping[str, pd.DataFrame], version: Version) -> None:
        """Every number of an edition. ``version``: of the counts of each measure and quarter: a reader would have to guess it."""
        for window, frame in frames.items():
            for row in frame[frame["status"] == "ok"].to_dict("records"):
                item = self.indicators[row["indicator"]]
                if item.kind is Kind.PARITY:  # two rates: nothing that their own indicators do not count
                    continue
                for terms, number in ((item.numerator_terms, row["numerator"]), (item.denominator_terms, row["denominator"])):
                    if terms and not np.isnan(number):
                        sums = [self._atoms(term.measure, str(window), row, version) for term in terms]
                        self._told([atom for each in sums for atom in each], float(number))

    def _atoms(self, measure: str, window: str, row: Mapping[str, str], version: Version) -> list[int]:
        zones = ZONES.get(row["zone"], (row["zone"],))
        return [
            self._atom((measure, row["category"], zone, quarter, version.get((measure, quarter), 0)))
            for quarter in _quarters(self.measures[measure].nature, window, row["period"])
            for zone in zones
        ]

    def _atom(self, atom: Atom) -> int:
        return self.atoms.setdefault(atom, len(self.atoms))

    def _told(self, atoms: Sequence[int], value: float) -> None:
        terms: dict[int, int] = {}
        for atom in atoms:
            terms[atom] = terms.get(atom, 0) + 1
        key = tuple(sorted(terms.items()))
        assert self.equal.get(key, value) == value, f"two editions tell {self.equal[key]} and {value} of the same counts"
        self.equal[key] = value

    def ties(self) -> Iterator[tuple[dict[int, int], float, float]]:
        """Sums that are 0, and parts that are not above their whole."""
        for measure, zone, quarter, version in {(m, z, q, v) for m, _, z, q, v in self.atoms}:
            here = {category: self._atom((measure, category, zone, quarter, version)) for category in ("ensemble", *SEXES)}
            yield {here["ensemble"]: -1, **{here[sex]: 1 for sex in SEXES}}, 0, 0
            whole = self.measures[measure].part_of
            if whole:
                for category, part in here.items():
                    yield {part: -1, self._atom((whole, category, zone, quarter, version)): 1}, 0, np.inf

    def stocks(self, quarters: Sequence[str], version: Version, truth: Mapping[Atom, int]) -> Iterator[tuple[dict[int, int], float, float]]:
        """Each stock is the one before with the entries, without the exits, but where a revision that waits parts them."""
        for code, measure in self.measures.items():
            for before, now in pairwise(quarters) if measure.flows else ():
                for zone in FINEST:
                    entered, left = measure.flows or ("", "")
                    signed = [(code, now, 1), (code, before, -1), (entered, now, -1), (left, now, 1)]
                    atoms = {(m, "ensemble", zone, q, version.get((m, q), 0)): sign for m, q, sign in signed}
                    if sum(truth[atom] * sign for atom, sign in atoms.items()) == 0:
                        yield {self._atom(atom): sign for atom, sign in atoms.items()}, 0, 0

    def narrow(
        self, targets: Sequence[Target], width: int, quarters: Sequence[str], version: Version, truth: Mapping[Atom, int]
    ) -> Iterator[tuple[Target, float, float]]:
        """The sums whose ends, over whole tables, are fewer than ``width`` apart. ``truth`` only starts the search."""
        rows = [(dict(key), value, value) for key, value in self.equal.items()]
        rows += [*self.stocks(quarters, version, truth), *self.ties()]
        solver = _Solver(rows, [truth.get(atom, 0) for atom in self.atoms])
        for target in targets:
            if all(atom in self.atoms for atom in target):
                low, high = solver.ends({self.atoms[atom]: sign for atom, sign in target.items()}, width)
                if high - low < width:
                    yield target, low, high


class _Solver:
    """Whole tables that agree with what was read; each one found shows how far apart other sums may be."""

    def __init__(self, rows: Sequence[tuple[dict[int, int], float, float]], truth: Sequence[int]) -> None:
        columns = [column for terms, _, _ in rows for column in terms]
        data = [sign for terms, _, _ in rows for sign in terms.values()]
        starts = np.cumsum([0, *(len(terms) for terms, _, _ in rows)])
        matrix = csr_array((data, columns, starts), shape=(len(rows), len(truth)))
        low, high = (np.array([row[end] for row in rows], dtype=float) for end in (1, 2))
        start = np.array(truth, dtype=float)
        assert ((matrix @ start >= low) & (matrix @ start <= high)).all(), (
            "the editions tell something else than the counts they are made of"
        )
        self._rule, self._tables, self._most = LinearConstraint(matrix, low, high), [start], Bounds(0, start + FAR)

    def ends(self, target: Mapping[int, int], width: int) -> tuple[float, float]:
        """The ends reached; only as far as it takes to be ``width`` apart."""
        places, signs = list(target), np.array(list(target.values()))
        for sense in (-1, 1):
            values = [float(table[places] @ signs) for table in self._tables]
            if max(values) - min(values) >= width:
                break
            weight = np.zeros(len(self._tables[0]))
            weight[places] = sense * signs
            # with presolve, the solver once found 1 where 8 is reached (scipy 1.17.1)
            found = milp(
                weight,
                constraints=self._rule,
                integrality=np.ones(len(weight)),
                bounds=self._most,
                options={"presolve": False, "mip_rel_gap": 0},
            )
            assert found.x is not None, found.message
            self._tables.append(found.x.round())
        values = [float(table[places] @ signs) for table in self._tables]
        return min(values), max(values)
