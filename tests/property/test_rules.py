"""Rules that relate the figures of two data sets: what must not change anything, and what must change everything alike."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indicators.frames import VALUES_KEY
from indicators.indicator import Kind
from indicators.territory import Neighbourhood, Territory, Zoning
from tests.property.datasets import INDICATORS, DataSet, data_sets, figures
from tests.property.reference import Row

few = settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
ZONES = ("QP062901", "QP062902", "HORS_QPV", "NON_LOCALISE")
COUNTED = ("entrees", "autres", "presents")
TOTAL = ("ensemble", "ensemble")
counts = st.integers(0, 30) | st.integers(0, 4000)
tables = st.lists(counts, min_size=len(ZONES) * len(COUNTED), max_size=len(ZONES) * len(COUNTED))
"""One count per measure and zone: everything a quarter needs."""


def quarter(numbers: list[int], period: str = "2023-T4", source: str = "a") -> tuple[Row, ...]:
    places = [(measure, zone) for measure in COUNTED for zone in ZONES]
    return tuple(Row(source, measure, zone, period, TOTAL, "ok", number) for (measure, zone), number in zip(places, numbers, strict=True))


def data_set(rows: tuple[Row, ...], period: str = "2023-T4") -> DataSet:
    providers = sorted({(row.source, row.measure) for row in rows})
    return DataSet(rows, tuple((source, measure, None) for source, measure in providers), (period,))


def difference(one: DataSet, other: DataSet) -> str:
    """The first difference between the figures of two data sets, as pandas tells it; empty when they have the same."""
    try:
        for left, right in zip(figures(one), figures(other), strict=True):
            pd.testing.assert_frame_equal(left, right, rtol=1e-12)
    except AssertionError as told:
        return str(told)
    return ""


@few
@given(data_sets(), st.randoms(use_true_random=False))
def test_the_order_of_the_rows_and_providers_does_not_matter(drawn: DataSet, random: object) -> None:
    rows, providers = list(drawn.rows), list(drawn.providers)
    random.shuffle(rows)  # type: ignore[attr-defined]
    random.shuffle(providers)  # type: ignore[attr-defined]
    assert difference(drawn, DataSet(tuple(rows), tuple(providers), drawn.periods)) == ""


@few
@given(tables, st.data())
def test_a_flow_told_by_month_gives_the_same_quarter(numbers: list[int], data: st.DataObject) -> None:
    """And a stock told by month is that of the last month, whatever the others were."""
    rows = quarter(numbers)
    monthly = []
    for row in rows:
        first = data.draw(st.integers(0, row.value))
        second = data.draw(st.integers(0, row.value - first))
        shares = (first, second, row.value - first - second) if row.measure != "presents" else (first, second, row.value)
        monthly += [replace(row, period=f"2023-{month}", value=share) for month, share in zip((10, 11, 12), shares, strict=True)]
    assert difference(data_set(rows), data_set(tuple(monthly))) == ""


@few
@given(tables, st.data())
def test_two_sources_that_share_the_counts_give_the_same_totals(numbers: list[int], data: st.DataObject) -> None:
    rows = quarter(numbers)
    shares = [data.draw(st.integers(0, row.value)) for row in rows]
    one = [replace(row, value=share) for row, share in zip(rows, shares, strict=True)]
    other = [replace(row, source="b", value=row.value - share) for row, share in zip(rows, shares, strict=True)]
    assert difference(data_set(rows), data_set((*one, *other))) == ""


@few
@given(tables)
def test_the_city_told_by_its_totals_gives_the_same_figures_for_all_qpvs(numbers: list[int]) -> None:
    """Leaving out the rest of the city, and telling the whole city instead, changes no figure of any zone."""
    rows = quarter(numbers)
    city = {measure: sum(row.value for row in rows if row.measure == measure) for measure in COUNTED}
    told = [row for row in rows if row.zone != "HORS_QPV"]
    told += [Row("a", measure, "VILLE", "2023-T4", TOTAL, "ok", value) for measure, value in city.items()]
    assert difference(data_set(rows), data_set(tuple(told))) == ""


def merged(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """The two QPVs counted as one."""
    first = {row.measure: row.value for row in rows if row.zone == "QP062901"}
    return tuple(
        replace(row, value=row.value + first[row.measure]) if row.zone == "QP062902" else row for row in rows if row.zone != "QP062901"
    )


@few
@given(tables)
def test_merging_two_qpvs_changes_nothing_for_all_of_them(numbers: list[int]) -> None:
    rows = quarter(numbers)
    one = Zoning("2015", "2015", date(2015, 1, 1), None, (Neighbourhood("QP062902", "Un", "Un"),))
    for left, right in zip(figures(data_set(rows)), figures(data_set(merged(rows)), Territory("62193", "Calais", 1, (one,))), strict=True):
        totals = [frame[~frame["zone"].isin(["QP062901", "QP062902"])].reset_index(drop=True) for frame in (left, right)]
        pd.testing.assert_frame_equal(*totals, rtol=1e-12)
    own = figures(data_set(merged(rows)), Territory("62193", "Calais", 1, (one,)))[0]
    alone, together = (own[own["zone"] == zone].drop(columns="zone").reset_index(drop=True) for zone in ("QP062902", "QPV"))
    pd.testing.assert_frame_equal(alone, together)


@few
@given(tables)
def test_swapping_the_qpvs_and_the_rest_of_the_city_turns_every_gap_over(numbers: list[int]) -> None:
    """Points and their limits change sign, the ratio and its limits are inverted, and the other side is the one that is behind."""
    alone = tuple(replace(row, value=0) if row.zone == "QP062902" else row for row in quarter(numbers))
    other_side = {"QP062901": "HORS_QPV", "HORS_QPV": "QP062901"}
    swapped = tuple(replace(row, zone=other_side.get(row.zone, row.zone)) for row in alone)
    one, other = (figures(data_set(rows))[1].query("zone == 'QPV' and dimension == 'ensemble'") for rows in (alone, swapped))
    assert list(one["status"]) == list(other["status"])
    for left, right in (("points", "points"), ("low", "high"), ("high", "low")):
        np.testing.assert_allclose(one[left], -other[right].to_numpy(), rtol=1e-9, atol=1e-9)
    inverted = one["ratio"].notna() & (one["ratio"] != 0)
    np.testing.assert_allclose(one.loc[inverted, "ratio"], 1 / other.loc[inverted, "ratio"], rtol=1e-9)
    both = one["ratio_low"].notna() & other["ratio_high"].notna() & (one["ratio_low"] > 0)
    np.testing.assert_allclose(one.loc[both, "ratio_low"], 1 / other.loc[both, "ratio_high"], rtol=1e-7)
    turned = {"favorable": "defavorable", "defavorable": "favorable"}
    words = [turned.get(word, word) if isinstance(word, str) else None for word in one["verdict"]]
    assert words == [word if isinstance(word, str) else None for word in other["verdict"]]


@few
@given(tables, st.integers(2, 50))
def test_the_same_city_many_times_larger_has_the_same_rates_better_known(numbers: list[int], factor: int) -> None:
    rows = quarter(numbers)
    (small, small_gaps), (large, large_gaps) = (
        figures(data_set(given_rows)) for given_rows in (rows, tuple(replace(row, value=factor * row.value) for row in rows))
    )
    assert list(small["status"]) == list(large["status"])
    rates = small["indicator"].map(lambda code: INDICATORS[code].kind is not Kind.COUNT)
    np.testing.assert_allclose(small.loc[rates, "value"], large.loc[rates, "value"], rtol=1e-12)
    width = (small["high"] - small["low"])[rates], (large["high"] - large["low"])[rates]
    assert (width[1] < width[0])[width[0].notna() & width[1].notna()].all()
    np.testing.assert_allclose(small_gaps["points"], large_gaps["points"], rtol=1e-12)
    np.testing.assert_allclose(factor * small_gaps["residents_to_parity"], large_gaps["residents_to_parity"], rtol=1e-9, atol=1e-6)
    established = small_gaps["verdict"].isin(["favorable", "defavorable"])
    assert list(small_gaps.loc[established, "verdict"]) == list(large_gaps.loc[established, "verdict"])


@few
@given(tables)
def test_the_city_as_a_whole_understates_the_gap_by_the_share_of_the_qpvs(numbers: list[int]) -> None:
    """(QPV - ville) = (1 - s) (QPV - hors QPV), s being the QPVs' share of the denominator, when nobody is non localisé."""
    rows = tuple(replace(row, value=0) if row.zone == "NON_LOCALISE" else row for row in quarter(numbers))
    values, gaps = figures(data_set(rows))
    for code in ("part", "acces"):
        mine = values[(values["indicator"] == code) & (values["status"] == "ok")].set_index("zone")
        if not {"QPV", "HORS_QPV"} <= set(mine.index):
            continue
        share = mine.loc["QPV", "denominator"] / mine.loc["VILLE", "denominator"]
        points = gaps[(gaps["indicator"] == code) & (gaps["zone"] == "QPV")]["points"].iloc[0]
        assert mine.loc["QPV", "value"] - mine.loc["VILLE", "value"] == pytest.approx((1 - share) * points, abs=1e-9)


@few
@given(tables)
def test_the_residents_missing_would_close_the_gap(numbers: list[int]) -> None:
    """Adding them (rounded to a person) leaves at most half a person's worth of points."""
    rows = quarter(numbers)
    gaps = figures(data_set(rows))[1]
    found = gaps[(gaps["indicator"] == "acces") & (gaps["zone"] == "QP062901") & (gaps["status"] == "ok")]
    if found.empty:
        return
    missing = round(found["residents_to_parity"].iloc[0])
    fairer = tuple(replace(row, value=row.value + missing) if (row.measure, row.zone) == ("entrees", "QP062901") else row for row in rows)
    if any(row.value < 0 for row in fairer):
        return  # more would have to leave than entered by this measure
    seekers = next(row.value for row in rows if (row.measure, row.zone) == ("presents", "QP062901"))
    after = figures(data_set(fairer))[1]
    left = after[(after["indicator"] == "acces") & (after["zone"] == "QP062901")]["points"].iloc[0]
    assert abs(left) <= 100 * 0.5 / seekers + 1e-9


@few
@given(tables)
def test_no_more_residents_are_missing_than_there_are_nor_more_in_excess_than_entered(numbers: list[int]) -> None:
    values, gaps = figures(data_set(quarter(numbers)))
    beside = gaps[gaps["status"] == "ok"].merge(values, on=VALUES_KEY, suffixes=("", "_of_zone"))
    ends = beside[["residents_low", "residents_to_parity", "residents_high"]]
    assert ends.apply(lambda row: row.is_monotonic_increasing, axis=1).all()
    assert (beside["residents_low"] >= -beside["numerator"]).all()
    persons = beside["indicator"].map(lambda code: INDICATORS[code].kind is Kind.PROPORTION).astype(bool)
    assert (beside["residents_high"] <= beside["denominator"] - beside["numerator"])[persons].all()


@few
@given(tables)
def test_limits_surround_every_value_and_every_gap(numbers: list[int]) -> None:
    values, gaps = figures(data_set(quarter(numbers)))
    for frame, middle in ((values, "value"), (gaps, "points")):
        known = frame[frame["low"].notna()]
        assert (known["low"] <= known[middle] + 1e-9).all()
        assert (known[middle] <= known["high"] + 1e-9).all()


@few
@given(data_sets())
def test_hiding_one_more_count_never_shows_a_new_figure(drawn: DataSet) -> None:
    """What was not shown stays so, and every figure still shown is the same."""
    shown = next((index for index, row in enumerate(drawn.rows) if row.status == "ok"), None)
    if shown is None:
        return
    rows = tuple(replace(row, status="secret") if index == shown else row for index, row in enumerate(drawn.rows))
    before, after = (figures(given_set)[0].set_index(VALUES_KEY) for given_set in (drawn, replace(drawn, rows=rows)))
    still = after[after["status"] == "ok"]
    assert set(still.index) <= set(before.index[before["status"] == "ok"])
    pd.testing.assert_frame_equal(still, before.loc[still.index])
