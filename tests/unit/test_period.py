"""Codes, order, parts and limits of periods; shares of days; breaks of series."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.period import Frequency, Period, SeriesBreak, between, share_elapsed

PERIODS = st.builds(
    lambda year, frequency, number: Period(year, frequency, number % (12 // frequency.months) + 1),
    st.integers(1900, 2999),
    st.sampled_from(list(Frequency)),
    st.integers(0, 11),
)


@pytest.mark.parametrize(
    ("code", "first", "last"),
    [
        ("2022-03", date(2022, 3, 1), date(2022, 3, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2023-02", date(2023, 2, 1), date(2023, 2, 28)),
        ("2100-02", date(2100, 2, 1), date(2100, 2, 28)),
        ("2022-T1", date(2022, 1, 1), date(2022, 3, 31)),
        ("2022-T4", date(2022, 10, 1), date(2022, 12, 31)),
        ("2022-S2", date(2022, 7, 1), date(2022, 12, 31)),
        ("2022", date(2022, 1, 1), date(2022, 12, 31)),
    ],
)
def test_a_code_names_its_first_and_last_days(code: str, first: date, last: date) -> None:
    period = Period.parse(code)
    assert (period.first_day, period.last_day, period.code) == (first, last, code)


@pytest.mark.parametrize(
    "code",
    [
        "",
        "22",
        "2022-",
        "2022-13",
        "2022-00",
        "2022-3",
        "2022-T5",
        "2022-T0",
        "2022-S3",
        "2022-t1",
        "2022 T1",
        " 2022",
        "2022\n",
        "2022-Q1",
    ],
)
def test_what_is_not_a_period_is_refused_with_the_ways_to_write_one(code: str) -> None:
    with pytest.raises(ValueError, match=r"n'est pas une période\. Écrivez par exemple 2022-03 \(mois\), 2022-T1 \(trimestre\) ou 2022"):
        Period.parse(code)


@pytest.mark.parametrize("code", ["0000", "0000-T1", "２０２２-T1", "٢٠٢٢"])
def test_a_year_without_days_or_in_other_digits_is_refused(code: str) -> None:
    """The year 0 has no day, and a code in other digits than 0 to 9 would match no column of a table."""
    with pytest.raises(ValueError, match="n'est pas une période"):
        Period.parse(code)


@given(PERIODS)
def test_a_code_is_read_back_as_itself(period: Period) -> None:
    assert Period.parse(period.code) == period


@given(PERIODS)
def test_both_ends_of_a_period_are_in_it(period: Period) -> None:
    assert Period.of(period.first_day, period.frequency) == period == Period.of(period.last_day, period.frequency)


@given(PERIODS, st.integers(-500, 500))
def test_shifting_there_and_back_changes_nothing(period: Period, steps: int) -> None:
    assert period.shift(steps).shift(-steps) == period
    assert (period < period.shift(steps)) == (steps > 0)


@given(PERIODS)
def test_the_next_period_starts_the_day_after(period: Period) -> None:
    assert period.shift(1).first_day == period.last_day + timedelta(days=1)


@given(PERIODS)
def test_parts_tile_their_period(period: Period) -> None:
    parts = period.parts()
    assert (len(parts) == 0) == (period.frequency is Frequency.MONTH)
    if parts:
        assert (parts[0].first_day, parts[-1].last_day) == (period.first_day, period.last_day)
        assert [part.shift(1) for part in parts[:-1]] == parts[1:]


def test_parts_go_one_step_down() -> None:
    assert [part.code for part in Period.parse("2022-T2").parts()] == ["2022-04", "2022-05", "2022-06"]
    assert [part.code for part in Period.parse("2022-S2").parts()] == ["2022-T3", "2022-T4"]
    assert [part.code for part in Period.parse("2022").parts()] == ["2022-T1", "2022-T2", "2022-T3", "2022-T4"]


@given(PERIODS)
def test_last_year_is_the_same_place_in_the_year_before(period: Period) -> None:
    assert period.same_period_last_year() == period.shift(-12 // period.frequency.months)


def test_periods_sort_by_start_then_by_end() -> None:
    codes = ["2022-S1", "2022-02", "2022", "2021-12", "2022-T1", "2022-01"]
    assert [period.code for period in sorted(map(Period.parse, codes))] == ["2021-12", "2022-01", "2022-T1", "2022-S1", "2022", "2022-02"]


@pytest.mark.parametrize(
    ("first", "last", "codes"),
    [
        (date(2022, 1, 1), date(2022, 6, 30), ["2022-T1", "2022-T2"]),
        (date(2022, 1, 2), date(2022, 6, 30), ["2022-T2"]),
        (date(2022, 1, 1), date(2022, 6, 29), ["2022-T1"]),
        (date(2021, 12, 31), date(2022, 4, 1), ["2022-T1"]),
        (date(2022, 5, 1), date(2022, 5, 31), []),
        (date(2022, 7, 1), date(2022, 6, 30), []),
    ],
)
def test_between_takes_whole_periods_only(first: date, last: date, codes: list[str]) -> None:
    assert [period.code for period in between(first, last, Frequency.QUARTER)] == codes


@pytest.mark.parametrize(
    ("on", "share"),
    [
        (date(2021, 12, 31), 0.0),
        (date(2021, 6, 1), 0.0),
        (date(2022, 1, 1), 1 / 365),
        (date(2022, 6, 30), 181 / 365),
        (date(2022, 12, 31), 1.0),
        (date(2023, 5, 1), 1.0),
    ],
)
def test_the_share_elapsed_counts_days_at_the_end_of_the_day(on: date, share: float) -> None:
    assert share_elapsed(date(2022, 1, 1), date(2022, 12, 31), on) == share


def test_a_leap_year_has_one_day_more() -> None:
    first, last = date(2024, 1, 1), date(2024, 12, 31)
    assert share_elapsed(first, last, date(2024, 2, 29)) == 60 / 366
    assert share_elapsed(first, last, date(2024, 6, 30)) == 182 / 366


def test_a_break_separates_the_periods_on_its_two_sides() -> None:
    perimeter = SeriesBreak(date(2024, 1, 1), "Nouveau périmètre des QPV")
    before, after = Period.parse("2023-T4"), Period.parse("2024-T1")
    assert perimeter.separates(before, after)
    assert not perimeter.separates(before.shift(-1), before)
    assert not perimeter.separates(after, after.shift(1))
    assert perimeter.separates(before.shift(-4), after.shift(4))


def test_a_break_inside_either_period_separates_them() -> None:
    """A year half under each definition is compared with neither neighbour."""
    law = SeriesBreak(date(2024, 7, 1), "Loi")
    assert law.separates(Period.parse("2023"), Period.parse("2024"))
    assert law.separates(Period.parse("2024"), Period.parse("2025"))


def test_a_break_takes_effect_on_its_own_day() -> None:
    earlier, later = Period.parse("2023-T4"), Period.parse("2024-T1")
    assert SeriesBreak(later.last_day, "Dernier jour").separates(earlier, later)
    assert not SeriesBreak(later.last_day + timedelta(days=1), "Le lendemain").separates(earlier, later)
    assert not SeriesBreak(earlier.first_day, "Premier jour").separates(earlier, later)


def test_a_break_may_concern_some_measures_only() -> None:
    law = SeriesBreak(date(2025, 1, 1), "Loi plein emploi", frozenset({"demandeurs_emploi_abc"}))
    before, after = Period.parse("2024-T4"), Period.parse("2025-T1")
    assert law.separates(before, after, "demandeurs_emploi_abc")
    assert not law.separates(before, after, "entrees_cej")
    assert law.separates(before, after)
