"""Small cities of known counts, the cube made of them, and editions of it one after another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import pandas as pd

from indicators.codes import DIMENSIONS, ENSEMBLE
from indicators.cube import Cube, build
from indicators.disclosure.policy import COPIL, Policy
from indicators.frames import COUNTS_COLUMNS
from indicators.indicator import Indicator, Kind, Secrecy, Term, Unit
from indicators.measures import Measure, Nature
from indicators.period import Frequency, Period
from indicators.release.boxes import Claim, filled, spread
from indicators.release.grid import Grid
from indicators.release.release import Memory, Release, Rules, choose, release
from indicators.territory import HORS_QPV, NON_LOCALISE, Neighbourhood, Territory, Zoning
from indicators.windows import Window
from tests.unit.test_declarations import RATE

NORTH, SOUTH = "QP062901", "QP062902"
FINEST = (NORTH, SOUTH, HORS_QPV, NON_LOCALISE)
TERRITORY = Territory(
    "62193",
    "Calais",
    73_000,
    (Zoning("2015", "2015", date(2015, 1, 1), None, (Neighbourhood(NORTH, "Nord", "Nord"), Neighbourhood(SOUTH, "Sud", "Sud"))),),
)
MEASURES = {
    measure.code: measure
    for measure in (
        Measure("entrees", "entrées", Nature.FLOW, "entrées"),
        Measure("sorties", "sorties", Nature.FLOW, "sorties"),
        Measure("presents", "présents", Nature.STOCK, "personnes", flows=("entrees", "sorties")),
        Measure("echues", "orientations échues", Nature.FLOW, "orientations"),
        Measure("reussies", "orientations réussies", Nature.FLOW, "orientations", part_of="echues"),
        Measure("cumules", "habitants depuis janvier", Nature.DISTINCT_TO_DATE, "personnes"),
        Measure("glissants", "habitants sur douze mois", Nature.DISTINCT_ROLLING, "personnes"),
        Measure("distincts", "habitants du trimestre", Nature.DISTINCT, "personnes"),
        Measure("reunions", "réunions", Nature.FLOW, "réunions", territorial=False),
    )
}


def indicator(code: str, kind: Kind, numerator: object, denominator: object = None, *breakdowns: str, **pieces: object) -> Indicator:
    """An indicator that counts persons, by quarter."""
    made = {"code": code, "kind": kind, "numerator": numerator, "denominator": denominator, "unit": Unit.NUMBER, "breakdowns": breakdowns}
    return replace(RATE, **(made | pieces))  # type: ignore[arg-type]


INDICATORS = {
    item.code: item
    for item in (
        indicator("n_entrees", Kind.COUNT, "entrees", None, "sexe"),
        indicator("n_sorties", Kind.COUNT, "sorties"),
        indicator("n_presents", Kind.COUNT, "presents", None, "sexe"),
        indicator("acces", Kind.RATE, "entrees", "presents", "sexe"),
        indicator("parite", Kind.PARITY, "entrees", "presents"),
        indicator("part", Kind.PROPORTION, "reussies", "echues", "sexe"),
        indicator("n_reunions", Kind.COUNT, "reunions", secrecy=Secrecy.NONE),
    )
}


@dataclass(frozen=True)
class City:
    """Counts of the finest zones: ``counts[measure, dimension]`` is indexed [quarter, zone, category]; the whole has one category."""

    quarters: tuple[str, ...]
    counts: Mapping[tuple[str, str], np.ndarray]

    def cube(self, measures: Mapping[str, Measure] = MEASURES) -> Cube:
        """As the project builds it, by quarter and year."""
        rows = [
            ("a", measure, zone, quarter, dimension, category, int(counts[at, row, cell]), "ok")
            for (measure, dimension), counts in self.counts.items()
            for at, quarter in enumerate(self.quarters)
            for row, zone in enumerate(FINEST if measures[measure].territorial else ("VILLE",))
            for cell, category in enumerate(DIMENSIONS[dimension].codes)
        ]
        frame = pd.DataFrame(rows, columns=COUNTS_COLUMNS).astype(
            {"value": "Int64", **dict.fromkeys(COUNTS_COLUMNS[:6], "str"), "status": "str"}
        )
        return build(frame, measures, TERRITORY, periods(self.quarters))

    def until(self, quarter: str) -> City:
        """The same, known up to a quarter."""
        last = self.quarters.index(quarter) + 1
        return City(self.quarters[:last], {key: counts[:last] for key, counts in self.counts.items()})

    def with_counts(self, **changed: np.ndarray) -> City:
        """The same with other counts, ``measure__dimension``."""
        other = {tuple(key.split("__")): counts for key, counts in changed.items()}
        return City(self.quarters, {**self.counts, **other})  # type: ignore[dict-item]


def periods(quarters: Sequence[str]) -> list[Period]:
    """The quarters, and their years."""
    found = [Period.parse(code) for code in quarters]
    return [*found, *(Period(year, Frequency.YEAR) for year in dict.fromkeys(each.year for each in found))]


def quarters_from(first: str, length: int) -> tuple[str, ...]:
    """So many quarters from one."""
    start = Period.parse(first)
    return tuple(start.shift(step).code for step in range(length))


def rules(indicators: Mapping[str, Indicator] = INDICATORS, measures: Mapping[str, Measure] = MEASURES, k: int = 5) -> Rules:
    """What counting means for the committee."""
    return Rules(indicators, measures, TERRITORY, (), Policy(COPIL, threshold=k))


def whole(counts: np.ndarray) -> np.ndarray:
    """The total of a breakdown, as the one category of the whole."""
    total: np.ndarray = counts.sum(axis=-1, keepdims=True)
    return total


def even(quarters: Sequence[str], per_zone: Sequence[int], shares: Sequence[int], measure: str, dimension: str = "sexe") -> dict:
    """The same counts every quarter: in each finest zone, a multiple of some shares."""
    parts = np.array([[[zone * share for share in shares] for zone in per_zone]] * len(quarters))
    return {(measure, dimension): parts, (measure, ENSEMBLE): whole(parts)}


@dataclass
class Audience:
    """Those who receive editions one after another, as the application makes them: past cubes are those known at each freezing."""

    rules: Rules
    memory: Memory
    past: dict[str, Cube]
    grids: dict[int, Grid]

    @classmethod
    def new(cls, rules: Rules) -> Audience:
        """Nobody was told anything yet."""
        return cls(rules, Memory(), {}, {})

    def receive(self, city: City) -> Release:
        """The next edition, remembered unless it is refused."""
        cube = city.cube(self.rules.measures)
        for year in dict.fromkeys(Period.parse(code).year for code in city.quarters):
            own = [code for code in city.quarters if Period.parse(code).year <= year]
            self.grids.setdefault(year, choose(cube, self.rules, own, self.grids.get(year - 1, {})))
        found = release(cube, self.past, self.memory, self.rules, city.quarters, self.grids)
        if not found.exposed:
            name = f"e{len(self.past)}"
            self.past[name] = cube
            self.memory = replace(found.memory, last=name)
        return found


def claim(
    terms: Iterable[Term], measures: Mapping[str, Measure], zone: str, period: Period, window: Window, cell: tuple[str, str]
) -> Claim | None:
    """What the numerator or the denominator of a row tells; None where one of its terms has no meaning there."""
    parts = spread(terms, measures, period, window)
    return None if parts is None else filled(parts, zone, cell)
