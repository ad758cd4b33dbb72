"""The figures of many cities at once against cube, compute and gaps, city by city: what is hidden, missing or without object included."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from zlib import crc32

import numpy as np
import pandas as pd
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from indicators import compute, gaps
from indicators.codes import DIMENSIONS, ENSEMBLE
from indicators.cube import build
from indicators.frames import COUNTS_COLUMNS
from indicators.indicator import Indicator, Kind, Term, Unit
from indicators.measures import Measure, Nature
from indicators.panel import PANEL_COLUMNS, PANEL_NUMBERS, PANEL_STATES, panel
from indicators.period import Frequency, between
from indicators.status import ORDER
from indicators.territory import Neighbourhood, Territory, Zoning
from tests.unit.test_declarations import RATE

QUARTERS = between(date(2022, 4, 1), date(2023, 9, 30), Frequency.QUARTER)
YEARS = ("2022", "2023")
SEX = DIMENSIONS["sexe"]
MEASURES = {
    measure.code: measure
    for measure in (
        Measure("entrees", "entrées", Nature.FLOW, "entrées"),
        Measure("presents", "présents", Nature.STOCK, "personnes"),
        Measure("habitants", "habitants", Nature.STOCK, "habitants"),
    )
}
SOURCES = {"entrees": "a", "presents": "b", "habitants": "insee"}
INDICATORS: dict[str, Indicator] = {
    code: replace(
        RATE,
        code=code,
        kind=Kind.PROPORTION,
        numerator=Term(code, "sexe", SEX.codes),
        denominator="habitants",
        unit=Unit.PERCENT,
        breakdowns=(),
    )
    for code in ("entrees", "presents")
}
CELLS = {**dict.fromkeys(INDICATORS, tuple(("sexe", code) for code in SEX.codes)), "habitants": ((ENSEMBLE, ENSEMBLE),)}
NAMES = [state.value for state in ORDER]


@dataclass(frozen=True)
class Case:
    """Cities and their QPVs; the numbers that counts are drawn from; cells left out or without a value."""

    cities: dict[str, tuple[str, ...]]
    numbers: tuple[int, ...]
    marks: dict[int, str]

    def places(self) -> list[str]:
        return [place for city, qpvs in self.cities.items() for place in (*qpvs, city)]

    def number(self, *key: str) -> int:
        return self.numbers[crc32("|".join(key).encode()) % len(self.numbers)]

    def count(self, measure: str, place: str, period: str, cell: tuple[str, str]) -> int:
        """Any number for a QPV, at most its residents; a city has its QPVs and as many elsewhere as another number says."""
        residents = 3000 * self.number("habitants", place, period[:4])
        size = residents if measure == "habitants" else min(self.number(measure, place, period, *cell), residents)
        return size + sum(self.count(measure, qpv, period, cell) for qpv in self.cities.get(place, ()))

    def rows(self) -> tuple[pd.DataFrame, pd.DataFrame]:
        """Counts and population."""
        keys = [
            (SOURCES[measure], measure, place, period, *cell)
            for measure in MEASURES
            for place in self.places()
            for period in (YEARS if measure == "habitants" else [quarter.code for quarter in QUARTERS])
            for cell in CELLS[measure]
        ]
        marks = {index % len(keys): mark for index, mark in self.marks.items()}
        told = [
            (*key, self.count(key[1], key[2], key[3], (key[4], key[5])) if i not in marks else None, marks.get(i, "ok"))
            for i, key in enumerate(keys)
            if marks.get(i) != "left_out"
        ]
        frame = pd.DataFrame(told, columns=COUNTS_COLUMNS).astype({"value": "Int64"})
        return frame[frame["measure"] != "habitants"], frame[frame["measure"] == "habitants"]

    def parents(self) -> pd.DataFrame:
        return pd.DataFrame([(qpv, city) for city, qpvs in self.cities.items() for qpv in qpvs], columns=["qpv", "city"])


def one_city(counts: pd.DataFrame, population: pd.DataFrame, city: str, qpvs: tuple[str, ...]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Values and Gaps of a city: the commune is the whole, nobody is without an address, each quarter has the population of its year."""
    each_quarter = [population[population["period"] == str(quarter.year)].assign(period=quarter.code) for quarter in QUARTERS]
    told = pd.concat([counts, *each_quarter])
    told = told[told["territory"].isin([city, *qpvs])].replace({"territory": {city: "VILLE"}})
    located = [
        (SOURCES[measure], measure, "NON_LOCALISE", quarter.code, *cell, 0, "ok")
        for measure in MEASURES
        for quarter in QUARTERS
        for cell in CELLS[measure]
    ]
    told = pd.concat([told, pd.DataFrame(located, columns=COUNTS_COLUMNS).astype({"value": "Int64"})])
    zoning = Zoning("2015", "", date(2015, 1, 1), None, tuple(Neighbourhood(code, code, code) for code in qpvs))
    territory = Territory(city, city, 1000, (zoning,))
    cube = build(told, MEASURES, territory, QUARTERS)
    values = compute.values(cube, INDICATORS.values(), MEASURES, territory, QUARTERS)
    return values, gaps.gaps(values, INDICATORS)


def expected(case: Case) -> Iterator[tuple[object, ...]]:
    """The rows of the panel, one by one."""
    for city in sorted(case.cities):
        key = ["indicator", "zone", "period"]
        value, gap = (frame.set_index(key).to_dict("index") for frame in one_city(*case.rows(), city, case.cities[city]))
        for qpv in sorted(case.cities[city]):
            for code in sorted(INDICATORS):
                for quarter in QUARTERS:
                    here, apart = value[code, qpv, quarter.code], gap[code, qpv, quarter.code]
                    whole, rest = (value[code, zone, quarter.code]["value"] for zone in ("VILLE", "HORS_QPV"))
                    then = value.get((code, qpv, quarter.same_period_last_year().code), {"value": np.nan, "status": "non_transmis"})
                    yield (
                        *(qpv, city, code, quarter.code, here["numerator"], here["value"], whole, rest, apart["points"], apart["ratio"]),
                        *(here["value"] - then["value"], here["low"], here["high"]),
                        *(here["status"], apart["status"], max(here["status"], then["status"], key=NAMES.index)),
                    )


@st.composite
def cases(draw: st.DrawFn) -> Case:
    sizes = draw(st.lists(st.integers(1, 3), min_size=1, max_size=3))
    cities = {f"{62000 + i}": tuple(f"QP0629{i}{j}" for j in range(size)) for i, size in enumerate(sizes)}
    numbers = draw(st.lists(st.integers(0, 12) | st.integers(0, 900), min_size=7, max_size=7))
    marks = draw(
        st.dictionaries(st.integers(0, 9999), st.sampled_from(("left_out", "secret", "non_transmis", "non_applicable")), max_size=12)
    )
    return Case(cities, tuple(numbers), marks)


ONE_CITY = Case({"62000": ("QP062900",)}, (3, 40, 7), {})
TWO_QPVS = Case({"62000": ("QP062900", "QP062901")}, (3, 40, 7), {0: "non_transmis", 36: "non_applicable", 1: "secret", 37: "left_out"})
"""In the first quarter, the same cell is missing in one QPV, without object or hidden in the other or in the city."""


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(case=cases(), categorical=st.booleans(), random=st.randoms(use_true_random=False))
@example(case=ONE_CITY, categorical=False, random=None)
@example(case=TWO_QPVS, categorical=False, random=None)
@example(case=replace(ONE_CITY, numbers=(0,)), categorical=True, random=None)
def test_many_cities_at_once_are_each_city_alone(case: Case, categorical: bool, random: object) -> None:
    counts, population = case.rows()
    if random is not None:
        counts = counts.sample(frac=1, random_state=random.randrange(2**32))  # type: ignore[attr-defined]
    if categorical:
        texts = {column: pd.CategoricalDtype(counts[column].drop_duplicates()) for column in COUNTS_COLUMNS if column != "value"}
        counts = counts.astype(texts)
    found = panel(counts, population, case.parents(), SEX)
    wanted = pd.DataFrame(list(expected(case)), columns=PANEL_COLUMNS)
    if categorical:  # measures are in the order of their column
        wanted = wanted.sort_values("measure", key=lambda names: names.map(list(counts["measure"].cat.categories).index), kind="stable")
        wanted = wanted.sort_values(["city", "qpv"], kind="stable")
    texts_and_states = [column for column in PANEL_COLUMNS if column not in PANEL_NUMBERS]
    assert found[texts_and_states].astype(str).values.tolist() == wanted[texts_and_states].values.tolist()
    np.testing.assert_allclose(found[PANEL_NUMBERS].to_numpy(float), wanted[PANEL_NUMBERS].to_numpy(float), rtol=1e-9, atol=1e-9)
    assert (found["value"].notna() == (found["status"] == "ok")).all()
    assert (found["points"].notna() == (found["gap_status"] == "ok")).all()
    assert (found["evolution"].notna() == (found["evolution_status"] == "ok")).all()
    assert set(PANEL_STATES) <= set(found.columns)
