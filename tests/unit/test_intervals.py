"""Confidence limits against published values, exact laws and another implementation."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import chi2
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from indicators import intervals
from indicators.intervals import Limits


def numbers(*values: float) -> np.ndarray:
    return np.array(values, dtype=float)


def newcombe(k1: float, n1: float, k2: float, n2: float) -> Limits:
    k1, n1, k2, n2 = (numbers(x) for x in (k1, n1, k2, n2))
    found = intervals.difference(k1 / n1, intervals.wilson(k1, n1), k2 / n2, intervals.wilson(k2, n2))
    return Limits(found.low[0], found.high[0])


def rate_ratio(k1: float, n1: float, k2: float, n2: float) -> Limits:
    k1, n1, k2, n2 = (numbers(x) for x in (k1, n1, k2, n2))
    found = intervals.ratio_mover(k1 / n1, intervals.byar(k1, n1), k2 / n2, intervals.byar(k2, n2))
    return Limits(found.low[0], found.high[0])


# Newcombe 1998, Statistics in Medicine 17:857-872, table I, method 3 (score, no continuity correction)
WILSON_1998 = [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0000, 0.1611), (1, 29, 0.0061, 0.1718)]

# Newcombe 1998, Statistics in Medicine 17:873-890, table II, method 10 (hybrid score)
NEWCOMBE_1998 = [
    (56, 70, 48, 80, 0.0524, 0.3339),
    (9, 10, 3, 10, 0.1705, 0.8090),
    (6, 7, 2, 7, 0.0582, 0.8062),
    (5, 56, 0, 29, -0.0381, 0.1926),
    (0, 10, 0, 20, -0.1611, 0.2775),
    (0, 10, 0, 10, -0.2775, 0.2775),
    (10, 10, 0, 20, 0.6791, 1.0000),
    (10, 10, 0, 10, 0.6075, 1.0000),
]


@pytest.mark.parametrize(("k", "n", "low", "high"), WILSON_1998)
def test_wilson_gives_the_published_limits(k: int, n: int, low: float, high: float) -> None:
    found = intervals.wilson(numbers(k), numbers(n))
    assert (round(found.low[0], 4), round(found.high[0], 4)) == (low, high)


@pytest.mark.parametrize(("k1", "n1", "k2", "n2", "low", "high"), NEWCOMBE_1998)
def test_the_difference_of_proportions_gives_newcombe_s_limits(k1: int, n1: int, k2: int, n2: int, low: float, high: float) -> None:
    assert newcombe(k1, n1, k2, n2) == pytest.approx((low, high), abs=5.1e-5)


def test_the_epinephrine_trial_gives_the_published_difference_and_ratio() -> None:
    """Perondi 2004, 7 of 34 against 1 of 34, as in Fagerland, Lydersen and Laake 2017, chapter 4 (Newcombe, then MOVER-R Wilson)."""
    assert newcombe(7, 34, 1, 34) == pytest.approx((0.0189, 0.3404), abs=5e-5)
    k1, k2, n = numbers(7), numbers(1), numbers(34)
    ratio = intervals.ratio_mover(k1 / n, intervals.wilson(k1, n), k2 / n, intervals.wilson(k2, n))
    assert (ratio.low[0], ratio.high[0]) == pytest.approx((1.1537, 41.9763), abs=5e-5)


def test_a_gap_of_17_points_has_newcombe_s_limits_not_the_delta_method_s() -> None:
    """38 % of 500 against 55 % of 1 500: the delta method says [12.1; 21.9], symmetric; ours leans towards zero."""
    low, high = newcombe(825, 1500, 190, 500)
    assert pytest.approx(17.0) == 100 * (825 / 1500 - 190 / 500)
    spread = 1.96 * math.sqrt(0.38 * 0.62 / 500 + 0.55 * 0.45 / 1500)
    delta = (0.17 - spread, 0.17 + spread)
    assert [round(100 * side, 1) for side in delta] == [12.1, 21.9]
    assert round((825 / 1500) / (190 / 500), 3) == 1.447
    assert [round(100 * side, 2) for side in (low, high)] == [11.99, 21.84]
    assert (low, high) == pytest.approx(delta, abs=0.0015)  # never more than 0.15 point apart


@pytest.mark.parametrize(("k", "tolerance"), [(10, 0.002), (20, 0.0005), (50, 0.0001), (100, 3e-5), (1000, 1e-6)])
def test_byar_is_close_to_the_exact_poisson_limits_from_ten_events(k: int, tolerance: float) -> None:
    """Within 0.2 % from 10 events: what Public Health England's technical guide states."""
    found = intervals.byar(numbers(k), numbers(1))
    assert found.low[0] == pytest.approx(chi2.ppf(0.025, 2 * k) / 2, rel=tolerance)
    assert found.high[0] == pytest.approx(chi2.ppf(0.975, 2 * k + 2) / 2, rel=tolerance)


@pytest.mark.parametrize("k", range(10))
def test_byar_stays_within_a_fortieth_of_an_event_below_ten(k: int) -> None:
    found = intervals.byar(numbers(k), numbers(1))
    exact = (chi2.ppf(0.025, 2 * k) / 2 if k else 0.0, chi2.ppf(0.975, 2 * k + 2) / 2)
    assert found.low[0] == pytest.approx(exact[0], abs=0.02)
    assert found.high[0] == pytest.approx(exact[1], abs=0.025)  # the widest: 3.67 for 3.69 without any event


def test_byar_divides_by_the_denominator() -> None:
    alone, shared = intervals.byar(numbers(40), numbers(1)), intervals.byar(numbers(40), numbers(500))
    assert shared.low * 500 == pytest.approx(alone.low)
    assert shared.high * 500 == pytest.approx(alone.high)


@given(st.integers(1, 5000), st.data())
def test_wilson_agrees_with_statsmodels(n: int, data: st.DataObject) -> None:
    k = data.draw(st.integers(0, n))
    low, high = proportion_confint(k, n, method="wilson")
    found = intervals.wilson(numbers(k), numbers(n))
    assert (found.low[0], found.high[0]) == pytest.approx((low, high), abs=1e-12)


@given(st.integers(1, 3000), st.integers(1, 3000), st.data())
def test_newcombe_and_the_log_ratio_agree_with_statsmodels(n1: int, n2: int, data: st.DataObject) -> None:
    k1, k2 = data.draw(st.integers(0, n1)), data.draw(st.integers(0, n2))
    assert newcombe(k1, n1, k2, n2) == pytest.approx(confint_proportions_2indep(k1, n1, k2, n2, method="newcomb"), abs=1e-10)
    if k1 and k2:
        log = intervals.ratio_log(numbers(k1), numbers(n1), numbers(k2), numbers(n2))
        other = confint_proportions_2indep(k1, n1, k2, n2, compare="ratio", method="log", correction=False)
        assert (log.low[0], log.high[0]) == pytest.approx(other, rel=1e-10)


@given(st.integers(0, 10**6), st.integers(1, 10**6))
def test_limits_surround_the_value(k: int, n: int) -> None:
    byar = intervals.byar(numbers(k), numbers(n))
    assert 0 <= byar.low[0] <= k / n < byar.high[0]
    if k <= n:
        wilson = intervals.wilson(numbers(k), numbers(n))
        assert 0 <= wilson.low[0] <= k / n <= wilson.high[0] <= 1


@given(st.integers(0, 2000), st.integers(1, 5000), st.integers(0, 2000), st.integers(1, 5000))
def test_limits_surround_a_difference_and_a_ratio_of_rates(k1: int, n1: int, k2: int, n2: int) -> None:
    a, b = numbers(k1 / n1), numbers(k2 / n2)
    points = intervals.difference(a, intervals.byar(numbers(k1), numbers(n1)), b, intervals.byar(numbers(k2), numbers(n2)))
    assert points.low[0] <= a[0] - b[0] <= points.high[0]
    low, high = rate_ratio(k1, n1, k2, n2)
    if k2 == 0:
        assert np.isnan([low, high]).all()
    else:
        assert low <= a[0] / b[0] * (1 + 1e-12)
        assert a[0] / b[0] <= high * (1 + 1e-12)


@given(st.integers(1, 2000), st.integers(1, 5000), st.integers(1, 2000), st.integers(1, 5000))
def test_the_ratio_excludes_one_exactly_when_the_difference_excludes_zero(k1: int, n1: int, k2: int, n2: int) -> None:
    """Both are the same MOVER test, read on two scales: a page can never show the one established and the other not."""
    a, b = numbers(k1 / n1), numbers(k2 / n2)
    points = intervals.difference(a, intervals.byar(numbers(k1), numbers(n1)), b, intervals.byar(numbers(k2), numbers(n2)))
    low, high = rate_ratio(k1, n1, k2, n2)
    if min(abs(points.low[0]), abs(points.high[0])) > 1e-9:
        assert (low > 1) == (points.low[0] > 0)
        assert (high < 1) == (points.high[0] < 0)


def test_nothing_observed_and_everything_observed_are_exact_ends() -> None:
    assert intervals.wilson(numbers(0), numbers(7)).low[0] == 0
    assert intervals.wilson(numbers(7), numbers(7)).high[0] == 1
    assert intervals.byar(numbers(0), numbers(7)).low[0] == 0
    assert intervals.byar(numbers(0), numbers(1)).high[0] == pytest.approx((8 / 9 + 1.959964 / 3) ** 3, abs=1e-6)


def test_a_zero_denominator_has_no_limits_and_warns_nobody() -> None:
    zero = numbers(0)
    for found in (intervals.wilson(zero, zero), intervals.byar(zero, zero)):
        assert np.isnan(found.low[0])
    assert np.isnan(intervals.wilson(zero, zero).high[0])
    for k1, k2 in ((0, 5), (5, 0), (0, 0)):
        log = intervals.ratio_log(numbers(k1), numbers(10), numbers(k2), numbers(10))
        assert np.isnan(log.low[0])
        assert np.isnan(log.high[0])


def test_limits_keep_the_shape_of_what_they_surround() -> None:
    k, n = np.arange(24.0).reshape(2, 3, 4), np.full((2, 3, 4), 40.0)
    for method in (intervals.wilson, intervals.byar):
        found = method(k, n)
        assert found.low.shape == found.high.shape == (2, 3, 4)
        assert found.low[1, 2, 3] == method(numbers(23), numbers(40)).low[0]


def test_a_wider_confidence_gives_wider_limits() -> None:
    k, n = numbers(30), numbers(100)
    for method in (intervals.wilson, intervals.byar):
        usual, wide = method(k, n), method(k, n, 2.5758)
        assert wide.low[0] < usual.low[0]
        assert usual.high[0] < wide.high[0]
