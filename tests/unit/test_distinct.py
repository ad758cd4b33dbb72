"""Distinct persons known to several partners: from the largest count to their sum, never in between, and absent when one is silent."""

from __future__ import annotations

from datetime import date
from math import isnan, nan

import pandas as pd
import pytest

from indicators import cube
from indicators.cube import Provider
from indicators.distinct import bound, bounds, told_bound
from indicators.frames import COUNTS_COLUMNS
from indicators.measures import Measure, Nature
from indicators.period import Period
from indicators.schemas_explained import BOUNDS
from indicators.sentences_rows import Figure
from indicators.status import NON_APPLICABLE, Status
from tests.unit.test_territory import CITY

MEASURES = {
    measure.code: measure
    for measure in (
        Measure("habitants", "habitants", Nature.DISTINCT, "personnes"),
        Measure("reperes", "repérés", Nature.DISTINCT_TO_DATE, "personnes"),
        Measure("structures", "structures", Nature.DISTINCT_ROLLING, "structures", territorial=False),
        Measure("entrees", "entrées", Nature.FLOW, "entrées"),
    )
}
T1, T2 = "2022-T1", "2022-T2"


def row(source: str, value: int | str, zone: str = "VILLE", measure: str = "habitants", period: str = T1, **cell: str) -> list[object]:
    dimension, category = next(iter(cell.items()), ("ensemble", "ensemble"))
    return [source, measure, zone, period, dimension, category, *((None, value) if isinstance(value, str) else (value, "ok"))]


def found(*rows: list[object], providers: list[Provider] | None = None, periods: tuple[str, ...] = (T1,)) -> pd.DataFrame:
    counts = pd.DataFrame(list(rows), columns=COUNTS_COLUMNS).astype({"value": "Int64"})
    return BOUNDS.validate(bounds(counts, MEASURES, CITY, [Period.parse(code) for code in periods], providers), lazy=True)


def told(frame: pd.DataFrame, measure: str = "habitants", period: str = T1, **more: str) -> tuple[float, float] | Status:
    found = told_bound(frame, measure, period, **more)
    return (found.low, found.high) if found.known else found.status


def ok(*numbers: float) -> list[Figure]:
    return [Figure(number, Status.OK) for number in numbers]


def test_from_the_largest_to_the_sum():
    frame = found(row("ml", 412), row("plie", 143), row("siae", 100))
    assert told(frame) == (412, 655)
    assert frame.loc[frame["zone"] == "VILLE", "sources"].tolist()[0] == 3


def test_where_the_cube_refuses_to_add():
    """The figure that Values cannot give is the one that bounds are for."""
    rows = (row("ml", 412), row("plie", 143))
    counts = pd.DataFrame(list(rows), columns=COUNTS_COLUMNS).astype({"value": "Int64"})
    box = cube.build(counts, MEASURES, CITY, [Period.parse(T1)])
    place = (box.measures.get_loc("habitants"), box.zones.get_loc("VILLE"), box.periods.get_loc(T1), 0)
    assert box.status[place] == NON_APPLICABLE
    assert told(found(*rows)) == (412, 555)


def test_one_source_is_its_count():
    assert told(found(row("ml", 412))) == (412, 412)
    assert told(found(row("ml", 0), row("plie", 0))) == (0, 0)


def test_zones_of_each_source_are_completed_before():
    """Partners that count by QPV and partners that count the city meet in the zones both determine."""
    ml = [row("ml", n, zone) for zone, n in (("QP062901", 30), ("QP062902", 20), ("HORS_QPV", 200), ("NON_LOCALISE", 5))]
    plie = [row("plie", n, zone) for zone, n in (("QPV", 60), ("HORS_QPV", 40), ("VILLE", 103))]
    frame = found(*ml, *plie)
    assert told(frame, zone="QPV") == (60, 110)
    assert told(frame) == (255, 358)
    assert told(frame, zone="NON_LOCALISE") == (5, 8)
    assert told(frame, zone="QP062901") is Status.NON_TRANSMIS


@pytest.mark.parametrize(("said", "status"), [("secret", Status.SECRET), ("non_transmis", Status.NON_TRANSMIS)])
def test_one_absent_source_takes_both_bounds_away(said, status):
    frame = found(row("ml", 412), row("plie", said))
    assert told(frame) is status
    mine = frame[(frame["zone"] == "VILLE") & (frame["measure"] == "habitants")]
    assert mine[["sources", "status"]].to_numpy().tolist() == [[1, str(status)]]


def test_a_source_expected_and_silent_is_not_transmitted_from_its_day_on():
    declared = [Provider("ml", "habitants"), Provider("plie", "habitants", date(2022, 4, 1))]
    frame = found(row("ml", 412), row("ml", 420, period=T2), providers=declared, periods=(T1, T2))
    assert told(frame) == (412, 412)
    assert told(frame, period=T2) is Status.NON_TRANSMIS


def test_a_source_not_expected_is_left_out():
    assert told(found(row("ml", 412), row("plie", 143), providers=[Provider("ml", "habitants")])) == (412, 412)
    assert told(found(row("ml", 412), providers=[])) is Status.NON_TRANSMIS


def test_rows_are_those_told_and_no_other():
    frame = found(row("ml", 412), row("ml", 200, sexe="femme"), row("entrees", 9, measure="entrees"), row("cite", 30, measure="structures"))
    keys = frame.groupby("measure", sort=False)
    assert list(keys.groups) == ["habitants", "reperes", "structures"]
    assert set(keys.get_group("habitants")["dimension"]) == {"ensemble", "sexe"}
    assert set(keys.get_group("reperes")["status"]) == {"non_transmis"}
    assert keys.get_group("structures")[["zone", "low", "high"]].to_numpy().tolist() == [["VILLE", 30, 30]]
    assert set(frame["zone"]) == {"QP062901", "QP062902", "QPV", "HORS_QPV", "NON_LOCALISE", "VILLE"}  # in force in 2022


def test_a_category_told_by_one_of_two_has_no_bounds():
    frame = found(row("ml", 412), row("ml", 200, sexe="femme"), row("plie", 143))
    assert told(frame) == (412, 555)
    assert told(frame, dimension="sexe", category="femme") is Status.NON_TRANSMIS


def test_the_year_of_a_count_since_january_is_its_last_quarter_and_distinct_quarters_make_no_year():
    quarters = [row("ml", 100 * n, period=f"2022-T{n}", measure=code) for n in (1, 2, 3, 4) for code in ("habitants", "reperes")]
    frame = found(*quarters, row("plie", 50, period="2022-T4", measure="reperes"), periods=("2022",))
    assert told(frame, "reperes", "2022") == (400, 450)
    assert told(frame, "habitants", "2022") is Status.NON_TRANSMIS


def test_a_bound_is_as_absent_as_the_most_absent():
    absent = [Figure(nan, status) for status in (Status.SECRET, Status.NON_TRANSMIS)]
    assert bound([*ok(9), absent[0]]).status is Status.SECRET
    assert bound([*ok(9), *absent]).status is Status.NON_TRANSMIS
    assert isnan(bound([*ok(9), absent[0]]).low)
    assert bound([]).status is Status.NON_TRANSMIS


def test_bounds_that_meet_are_a_count():
    assert bound(ok(9)).exact
    assert bound(ok(9, 0)).exact
    assert not bound(ok(9, 1)).exact
    assert not bound([]).exact


def test_without_counts_every_row_says_so():
    assert set(found()["status"]) == {"non_transmis"}
    assert found(row("a", 1, measure="entrees"))["sources"].max() == 0
    empty = bounds(pd.DataFrame(columns=COUNTS_COLUMNS).astype({"value": "Int64"}), {}, CITY, [Period.parse(T1)])
    assert BOUNDS.validate(empty).empty
