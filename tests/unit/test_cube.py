"""The dense array of counts: its axes, and states that accompany every value."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from indicators.cube import Cube, Provider, build, providers_of
from indicators.frames import COUNTS_COLUMNS
from indicators.measures import Measure, Nature
from indicators.period import Period
from indicators.status import NON_APPLICABLE, NON_TRANSMIS, OK
from tests.unit.test_territory import CITY

MEASURES = {
    "entrees": Measure("entrees", "entrées", Nature.FLOW, "entrées"),
    "presents": Measure("presents", "présents", Nature.STOCK, "personnes"),
}


def counts(*rows: tuple[str, str, str, str, int]) -> pd.DataFrame:
    table = [[source, measure, zone, period, "ensemble", "ensemble", value, "ok"] for source, measure, zone, period, value in rows]
    return pd.DataFrame(table, columns=COUNTS_COLUMNS).astype({"value": "Int64"})


def cell(cube: Cube, measure: str, zone: str, period: str) -> tuple[float, int]:
    place = (cube.measures.get_loc(measure), cube.zones.get_loc(zone), cube.periods.get_loc(period), cube.cells_of("ensemble")[0])
    return float(cube.value[place]), int(cube.status[place])


def test_a_period_brings_all_that_it_is_made_of_shortest_first() -> None:
    cube = build(counts(), MEASURES, CITY, [Period.parse("2022-S1"), Period.parse("2022-02")])
    months = [f"2022-{month:02d}" for month in range(1, 7)]
    assert list(cube.periods) == [*months, "2022-T1", "2022-T2", "2022-S1"]
    assert cube.value.shape == cube.status.shape == (2, 7, 9, len(cube.cells))


def test_without_counts_nothing_is_transmitted_and_former_zones_are_without_object() -> None:
    cube = build(counts(), MEASURES, CITY, [Period.parse("2024-01")])
    assert cell(cube, "entrees", "QPV", "2024-01") == (0, NON_TRANSMIS)
    assert cell(cube, "entrees", "QP062901", "2024-01") == (0, NON_APPLICABLE)


def test_a_count_under_a_former_code_is_kept_out() -> None:
    cube = build(counts(("a", "entrees", "QP062901", "2024-01", 9)), MEASURES, CITY, [Period.parse("2024-01")])
    assert cell(cube, "entrees", "QP062901", "2024-01") == (0, NON_APPLICABLE)
    assert cell(cube, "entrees", "QPV", "2024-01") == (0, NON_TRANSMIS)


def test_what_a_source_was_not_expected_to_tell_is_left_out() -> None:
    given = counts(("a", "entrees", "QPV", "2022-01", 5), ("b", "entrees", "QPV", "2022-01", 7), ("a", "inconnue", "QPV", "2022-01", 1))
    assert cell(build(given, MEASURES, CITY, [Period.parse("2022-01")]), "entrees", "QPV", "2022-01") == (12, OK)
    alone = build(given, MEASURES, CITY, [Period.parse("2022-01")], [Provider("a", "entrees"), Provider("a", "inconnue")])
    assert cell(alone, "entrees", "QPV", "2022-01") == (5, OK)


def test_each_qpv_is_without_object_not_missing_where_a_source_tells_all_of_them_together() -> None:
    given = counts(
        ("a", "entrees", "QPV", "2022-01", 5), ("a", "entrees", "HORS_QPV", "2022-01", 7), ("b", "presents", "QPV", "2022-01", 2)
    )
    providers = [Provider("a", "entrees", each_qpv=False), Provider("b", "presents")]
    cube = build(given, MEASURES, CITY, [Period.parse("2022-T1"), Period.parse("2022-01")], providers)
    assert cell(cube, "entrees", "QPV", "2022-01") == (5, OK)
    assert cell(cube, "entrees", "QP062901", "2022-01") == (0, NON_APPLICABLE)
    assert cell(cube, "entrees", "QP062901", "2022-T1") == (0, NON_APPLICABLE)
    assert cell(cube, "entrees", "QPV", "2022-T1") == (0, NON_TRANSMIS)
    assert cell(cube, "presents", "QP062901", "2022-01") == (0, NON_TRANSMIS)


def test_the_only_qpv_of_a_city_is_all_of_them_whoever_tells_it() -> None:
    alone = replace(CITY, zonings=tuple(replace(item, neighbourhoods=item.neighbourhoods[:1]) for item in CITY.zonings))
    given = counts(("a", "entrees", "QPV", "2022-01", 5))
    cube = build(given, MEASURES, alone, [Period.parse("2022-01")], [Provider("a", "entrees", each_qpv=False)])
    assert cell(cube, "entrees", alone.qpv_codes(Period.parse("2022-01"))[0], "2022-01") == (5, OK)


def test_whoever_appears_is_a_provider() -> None:
    given = counts(("a", "entrees", "QPV", "2022-01", 5), ("a", "entrees", "VILLE", "2022-01", 7), ("b", "presents", "QPV", "2022-01", 7))
    assert providers_of(given) == [Provider("a", "entrees"), Provider("b", "presents")]


def test_an_unknown_dimension_is_refused() -> None:
    given = counts(("a", "entrees", "QPV", "2022-01", 5)).assign(dimension="couleur")
    with pytest.raises(ValueError, match=r"^Dimension inconnue : couleur\.$"):
        build(given, MEASURES, CITY, [Period.parse("2022-01")])


def test_counts_are_read_not_written() -> None:
    given = counts(("a", "entrees", "QPV", "2022-01", 5))
    before = given.copy()
    build(given, MEASURES, CITY, [Period.parse("2022-T1")])
    pd.testing.assert_frame_equal(given, before)
