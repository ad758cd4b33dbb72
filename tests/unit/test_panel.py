"""The figures of many cities at once: worked by hand, refused where they would mean nothing, and equal to the reference workload's."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from statsmodels.stats.proportion import proportion_confint

from indicators.codes import DIMENSIONS
from indicators.frames import COUNTS_COLUMNS
from indicators.panel import PANEL_COLUMNS, PANEL_NUMBERS, panel
from tests.benchmarks.nation import ABSENT, country, reference

SEX = DIMENSIONS["sexe"]
PARENTS = pd.DataFrame({"qpv": ["QP062902", "QP059001", "QP062901"], "city": ["62193", "59001", "62193"]})
Told = tuple[str, str, str, int | None, str]


def counts(*told: Told) -> pd.DataFrame:
    """Territory, period, category, value and status of « entrees »."""
    rows = [("a", "entrees", territory, period, "sexe", *rest) for territory, period, *rest in told]
    return pd.DataFrame(rows, columns=COUNTS_COLUMNS).astype({"value": "Int64"})


def population(**residents: int) -> pd.DataFrame:
    rows = [("insee", "habitants", code[1:], "2022", "ensemble", "ensemble", value, "ok") for code, value in residents.items()]
    return pd.DataFrame(rows, columns=COUNTS_COLUMNS).astype({"value": "Int64"})


def everywhere(period: str, **entries: int) -> list[Told]:
    """The women told, and as many men; sex is known for all."""
    return [
        (code[1:], period, category, 0 if category == "non_renseigne" else value, "ok")
        for code, value in entries.items()
        for category in SEX.codes
    ]


CALAIS = population(_QP062901=1000, _QP062902=500, _62193=10_000, _QP059001=800, _59001=2000)
TOLD = everywhere("2022-T1", _QP062901=20, _QP062902=5, _62193=110, _QP059001=4, _59001=10)


def row(frame: pd.DataFrame, qpv: str, period: str = "2022-T1") -> pd.Series:
    found = frame[(frame["qpv"] == qpv) & (frame["period"] == period)]
    assert len(found) == 1
    return found.iloc[0]


def test_each_qpv_beside_its_city_and_the_rest_of_its_city() -> None:
    found = panel(counts(*TOLD), CALAIS, PARENTS, SEX)
    assert list(found.columns) == PANEL_COLUMNS
    assert found["qpv"].tolist() == ["QP059001", "QP062901", "QP062902"]
    calais = row(found, "QP062901")
    assert (calais["city"], calais["value"], calais["rate"], calais["city_rate"]) == ("62193", 40, 4, 2.2)
    assert calais["rest_rate"] == pytest.approx(100 * (220 - 40 - 10) / (10_000 - 1500))
    assert calais["points"] == pytest.approx(2)
    assert calais["ratio"] == pytest.approx(2)
    wilson = [100 * limit for limit in proportion_confint(40, 1000, method="wilson")]
    assert [calais["low"], calais["high"]] == pytest.approx(wilson)


def test_a_year_before_is_the_same_period_and_the_population_that_of_the_year() -> None:
    later = population(_QP062901=2000, _62193=10_000).assign(period="2023")
    told = [*TOLD, *everywhere("2023-T1", _QP062901=30, _62193=110), *everywhere("2022-T4", _QP062901=1, _62193=110)]
    found = panel(counts(*told), pd.concat([CALAIS, later]), PARENTS, SEX)
    assert found["period"].cat.categories.tolist() == ["2022-T1", "2022-T4", "2023-T1"]
    now = row(found, "QP062901", "2023-T1")
    assert (now["rate"], now["evolution"], now["evolution_status"]) == (3, -1, "ok")
    before = row(found, "QP062901")
    assert (np.isnan(before["evolution"]), before["evolution_status"]) == (True, "non_transmis")


@pytest.mark.parametrize("state", ["secret", "non_transmis"])
def test_a_cell_without_a_value_takes_the_whole_with_it(state: str) -> None:
    told = [(*item[:3], None, state) if item[:3] == ("QP062902", "2022-T1", "homme") else item for item in TOLD]
    found = panel(counts(*told), CALAIS, PARENTS, SEX)
    hidden, other, elsewhere = row(found, "QP062902"), row(found, "QP062901"), row(found, "QP059001")
    assert (hidden["status"], hidden["gap_status"]) == (state, state)
    assert hidden[["value", "rate", "points", "ratio", "low", "high"]].isna().all()
    assert (other["value"], other["status"], other["gap_status"], np.isnan(other["rest_rate"])) == (40, "ok", state, True)
    assert (elsewhere["gap_status"], elsewhere["points"]) == ("ok", pytest.approx(1 - 100 * 12 / 1200))


def test_a_cell_left_out_is_not_zero() -> None:
    told = [item for item in TOLD if item[:3] != ("QP059001", "2022-T1", "non_renseigne")]
    alone = row(panel(counts(*told), CALAIS, PARENTS, SEX), "QP059001")
    assert (alone["status"], alone["gap_status"], np.isnan(alone["value"])) == ("non_transmis", "non_transmis", True)


def test_a_qpv_that_nobody_counts_is_not_transmitted_and_without_residents_there_is_no_rate() -> None:
    parents = pd.concat([PARENTS, pd.DataFrame({"qpv": ["QP075001"], "city": ["75056"]})])
    nobody = CALAIS.assign(value=CALAIS["value"].where(CALAIS["territory"] != "QP062902", 0))
    found = panel(counts(*TOLD), nobody, parents, SEX)
    assert row(found, "QP075001")["status"] == "non_transmis"
    assert (row(found, "QP062902")["status"], row(found, "QP062901")["status"]) == ("non_applicable", "ok")


def test_another_dimension_is_left_out_and_counts_are_not_written() -> None:
    given = pd.concat([counts(*TOLD), counts(*TOLD).assign(dimension="ensemble", category="ensemble", value=999).drop_duplicates()])
    before = given.copy()
    pd.testing.assert_frame_equal(panel(given, CALAIS, PARENTS, SEX), panel(counts(*TOLD), CALAIS, PARENTS, SEX))
    pd.testing.assert_frame_equal(given, before)


def test_periods_are_in_order_of_time_whatever_that_of_their_column() -> None:
    given = counts(*TOLD, *everywhere("2021-T4", _QP062901=1))
    shuffled = given.astype({"period": pd.CategoricalDtype(["2022-T1", "2021-T4"])})
    pd.testing.assert_frame_equal(panel(shuffled, CALAIS, PARENTS, SEX), panel(given, CALAIS, PARENTS, SEX))


def test_what_would_mean_nothing_is_refused() -> None:
    two = pd.concat([counts(*TOLD), counts(*TOLD).assign(source="b")])
    with pytest.raises(ValueError, match=r"^Une mesure vient d'une seule source ; plusieurs comptent : entrees\.$"):
        panel(two, CALAIS, PARENTS, SEX)
    with pytest.raises(ValueError, match=r"^La population tient en une mesure, et non 2\.$"):
        panel(counts(*TOLD), pd.concat([CALAIS, CALAIS.assign(measure="menages")]), PARENTS, SEX)
    with pytest.raises(ValueError, match=r"^Un QPV a une seule ville, dite une seule fois : QP062901\.$"):
        panel(counts(*TOLD), CALAIS, pd.concat([PARENTS, PARENTS.tail(1)]), SEX)


def test_the_figures_of_the_reference_workload() -> None:
    gen, work_one = reference("gen"), reference("w1")
    if gen is None or work_one is None:
        pytest.skip(ABSENT)
    work = gen.gen("CALAIS")
    found, wanted = country(work, gen).figures(), work_one.numpy_dense(work)
    names = ("value", "rate", "city_rate", "rest_rate", "gap", "ratio", "yoy", "lo", "hi")
    percent = {"rate", "city_rate", "rest_rate", "lo", "hi"}
    assert len(found) == 3 * 12 * 36
    for ours, theirs in zip(PANEL_NUMBERS, names, strict=True):
        scale = 100 if theirs in percent else 1
        np.testing.assert_allclose(found[ours], scale * wanted[theirs].reshape(-1), rtol=1e-9, atol=1e-9)
    assert (found["gap_status"] == "ok").all()
