"""Changes and windows against the slow reference over random cities, and what must change nothing or turn everything over."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indicators.cube import Cube, Provider, build
from indicators.evolution import Against, evolutions, gap_evolutions
from indicators.frames import VALUES_KEY
from indicators.indicator import Kind
from indicators.measures import Nature
from indicators.period import Period, SeriesBreak
from indicators.schemas_evolution import EVOLUTIONS, GAP_EVOLUTIONS
from indicators.status import ORDER
from indicators.territory import Neighbourhood, Territory, Zoning
from indicators.windows import Window, windowed
from tests.property.datasets import CITY, INDICATORS, MEASURES, TERRITORY, DataSet, data_sets, figures, frame
from tests.property.reference import City, Count
from tests.property.reference_evolution import Change, Reference, Told, window

EXAMPLES = 1000 if os.environ.get("CITE_LONG") == "1" else 100
LOOSE = [HealthCheck.too_slow, HealthCheck.data_too_large]
NUMBERS = ["before", "after", "change", "low", "high"]
PERIODS = ("2023-T1", "2023-T2", "2023-T3", "2023-T4", "2024-T1", "2024-T2", "2024-T3", "2023", "2024", "2024-S1", "2023-S2", "2024-02")
STEADY = City(((date(2015, 1, 1), date(9999, 1, 1), CITY.zonings[0][2]),))
"""The same city had its zoning never changed, so that years compare too."""
PLACES = tuple(Neighbourhood(code, code, code) for code in STEADY.zonings[0][2])
CITIES = ((CITY, TERRITORY), (STEADY, replace(TERRITORY, zonings=(Zoning("QP", "QP", date(2015, 1, 1), None, PLACES),))))
DAYS = (date(2023, 1, 1), date(2023, 2, 15), date(2023, 7, 1), date(2024, 1, 1), date(2024, 3, 31), date(2024, 4, 1))
BREAKS = st.lists(
    st.builds(
        SeriesBreak,
        st.sampled_from(DAYS),
        st.sampled_from(("Loi", "Périmètres", "Logiciel")),
        st.frozensets(st.sampled_from(tuple(MEASURES)), max_size=2),
        st.booleans(),
    ),
    max_size=1,
).map(tuple)
MOVING = st.dictionaries(st.tuples(st.sampled_from(tuple(MEASURES)), st.sampled_from(PERIODS)), st.sampled_from(DAYS), max_size=4)
CELLS = [("ensemble", "ensemble"), ("sexe", "femme"), ("sortie", "chomage")]


def check(found: pd.DataFrame, source: pd.DataFrame, value: str, reference: Reference, word: str) -> None:
    keys = list(source[VALUES_KEY].itertuples(index=False, name=None))
    table = source[["status", value, "low", "high"]].itertuples(index=False, name=None)
    told = dict(zip(keys, (Told(*row) for row in table), strict=True))
    wanted = [key for key in keys if word == "trend" or INDICATORS[key[0]].kind not in {Kind.MONEY, Kind.PUBLISHED}]
    expected = [reference.change(key, told, INDICATORS[key[0]], of_gap=word == "trend") for key in wanted]
    assert list(found[VALUES_KEY].itertuples(index=False, name=None)) == wanted
    for column, read in (
        ("earlier", "earlier"),
        ("status", "status"),
        ("broken", "broken"),
        ("broken_on", "broken_on"),
        ("provisional", "provisional"),
    ):
        assert list(found[column]) == [getattr(item, read) for item in expected], column
    assert [None if pd.isna(item) else item for item in found[word]] == [item.word for item in expected]
    np.testing.assert_allclose(found[NUMBERS].to_numpy(float), numbers(expected), rtol=1e-9, atol=1e-9)


def numbers(expected: list[Change]) -> np.ndarray:
    rows = [[np.nan if item is None else item for item in change.numbers] for change in expected]
    return np.array(rows, float).reshape(len(rows), len(NUMBERS))


@settings(max_examples=EXAMPLES, suppress_health_check=LOOSE)
@given(data_sets(), st.sampled_from(CITIES), BREAKS, MOVING, st.sampled_from(list(Against)))
def test_every_change_is_the_reference_s(
    drawn: DataSet, place: tuple[City, Territory], breaks: tuple[SeriesBreak, ...], moving: dict[tuple[str, str], date], against: Against
) -> None:
    city, territory = place
    values, gaps = figures(replace(drawn, periods=PERIODS), territory)
    reference = Reference(city, breaks, moving, year_ago=against is Against.YEAR_AGO)
    found = evolutions(values, INDICATORS, breaks, territory, against, moving, measures=MEASURES)
    check(EVOLUTIONS.validate(found, lazy=True), values, "value", reference, "verdict")
    found = gap_evolutions(gaps, INDICATORS, breaks, territory, against, moving, measures=MEASURES)
    check(GAP_EVOLUTIONS.validate(found, lazy=True), gaps, "points", reference, "trend")


def test_the_data_sets_meet_every_state_verdict_and_trend() -> None:
    """The comparison above would prove little if nothing ever changed."""
    states: set[str] = set()
    words: set[str] = set()

    @settings(max_examples=60, database=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(data_sets(), BREAKS)
    def look(drawn: DataSet, breaks: tuple[SeriesBreak, ...]) -> None:
        values, gaps = figures(replace(drawn, periods=PERIODS), CITIES[1][1])
        one = evolutions(values, INDICATORS, breaks, CITIES[1][1], Against.PREVIOUS, measures=MEASURES)
        other = gap_evolutions(gaps, INDICATORS, breaks, CITIES[1][1], Against.PREVIOUS, measures=MEASURES)
        states.update(one["status"], other["status"])
        words.update(one["verdict"].dropna(), other["trend"].dropna())

    look()
    assert states == {"ok", "secret", "non_transmis", "non_applicable"}
    assert words == {"favorable", "defavorable", "non_etabli", "sans_jugement", "se_reduit", "se_creuse", "s_inverse"}


def told(box: Cube, measure: int, zone: int, cell: int) -> dict[str, Count]:
    return {
        code: (str(ORDER[box.status[measure, zone, here, cell]]), Fraction(box.value[measure, zone, here, cell]))
        for here, code in enumerate(box.periods)
    }


@settings(max_examples=EXAMPLES // 4, suppress_health_check=LOOSE)
@given(data_sets(), BREAKS, st.sampled_from([Window.YEAR_TO_DATE, Window.ROLLING_YEAR]))
def test_every_window_is_the_reference_s(drawn: DataSet, breaks: tuple[SeriesBreak, ...], chosen: Window) -> None:
    providers = [Provider(*provider) for provider in drawn.providers]
    box = build(frame(drawn.rows), MEASURES, TERRITORY, [Period.parse(code) for code in PERIODS], providers)
    found = windowed(box, MEASURES, TERRITORY, chosen, breaks)
    cells = [list(box.cells).index(cell) for cell in CELLS]
    for m, measure in enumerate(box.measures):
        for z, zone in enumerate(box.zones):
            for cell in cells:
                counts = told(box, m, z, cell)
                since_january = chosen is Window.YEAR_TO_DATE
                expected = {
                    code: window(MEASURES[measure].nature, measure, zone, code, counts, breaks, CITY, since_january=since_january)
                    for code in box.periods
                }
                assert told(found, m, z, cell) == expected, (measure, zone, box.cells[cell])


@settings(max_examples=EXAMPLES // 4, suppress_health_check=LOOSE)
@given(data_sets())
def test_since_january_the_fourth_quarter_is_the_year(drawn: DataSet) -> None:
    """Events told by quarter or by month, and what is counted to date, give the figure that the year takes from its quarters."""
    providers = [Provider(source, measure) for source, measure, _ in drawn.providers]
    shorter = tuple(row for row in drawn.rows if "-" in row.period)
    box = build(frame(shorter), MEASURES, TERRITORY, [Period.parse("2023")], providers)
    found = windowed(box, MEASURES, TERRITORY, Window.YEAR_TO_DATE)
    quarter, year = (list(box.periods).index(code) for code in ("2023-T4", "2023"))
    kept = [place for place, code in enumerate(box.measures) if MEASURES[code].nature is not Nature.DISTINCT]
    assert np.array_equal(found.status[kept][:, :, quarter], box.status[kept][:, :, year])
    assert np.array_equal(found.value[kept][:, :, quarter], box.value[kept][:, :, year])


@pytest.mark.parametrize("seed", range(5))
def test_swapping_two_years_turns_every_change_of_points_over(seed: int) -> None:
    draw = np.random.default_rng(seed)
    keys = ["indicator", "zone", "dimension", "category"]
    value = draw.uniform(1, 99, 40)
    rows = pd.DataFrame(
        {
            "indicator": "part",
            "zone": [f"z{place // 2}" for place in range(40)],
            "period": ["2022", "2023"] * 20,
            "dimension": "ensemble",
            "category": "ensemble",
            "value": value,
            "low": value - draw.uniform(0, 9, 40),
            "high": value + draw.uniform(0, 9, 40),
            "status": "ok",
        }
    )
    swapped = rows.assign(period=rows["period"].map({"2022": "2023", "2023": "2022"}))
    one, other = (
        evolutions(item, INDICATORS, (), CITIES[1][1], Against.PREVIOUS, measures=MEASURES).query("period == '2023'").set_index(keys)
        for item in (rows, swapped)
    )
    np.testing.assert_allclose(one["change"], -other["change"])
    np.testing.assert_allclose(one["low"], -other["high"])
    turned = {"favorable": "defavorable", "defavorable": "favorable", "non_etabli": "non_etabli"}
    assert list(one["verdict"].map(turned)) == list(other["verdict"])
