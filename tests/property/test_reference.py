"""values() and gaps() against the slow reference, figure by figure, states included. CITE_LONG=1 draws 2 000 data sets."""

from __future__ import annotations

import os
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings

from indicators import schemas
from indicators.frames import VALUES_KEY
from indicators.indicator import Kind
from tests.property.datasets import CITY, INDICATORS, MEASURES, DataSet, data_sets, figures
from tests.property.reference import Reference
from tests.property.reference_gaps import NUMBERS, gap

EXAMPLES = 2000 if os.environ.get("CITE_LONG") == "1" else 300


def number(value: Decimal | Fraction | None) -> float:
    return float("nan") if value is None else float(value)


def close(found: pd.DataFrame, expected: list[list[float]]) -> None:
    np.testing.assert_allclose(found.to_numpy(float), np.array(expected, float).reshape(found.shape), rtol=1e-9, atol=1e-9)


@settings(max_examples=EXAMPLES, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(data_sets())
def test_every_figure_is_the_reference_s(given_set: DataSet) -> None:
    values, found_gaps = figures(given_set)
    schemas.VALUES.validate(values, lazy=True)
    schemas.GAPS.validate(found_gaps, lazy=True)
    expected = list(
        Reference(given_set.rows, MEASURES, CITY, list(given_set.providers)).values(INDICATORS.values(), list(given_set.periods))
    )
    assert list(values[VALUES_KEY].itertuples(index=False, name=None)) == [key for key, _ in expected]
    assert list(values["status"]) == [value.status for _, value in expected]
    limits = [value.limits or (None, None) for _, value in expected]
    close(
        values[["numerator", "denominator", "value", "low", "high"]],
        [
            [number(item) for item in (value.numerator, value.denominator, value.value, *pair)]
            for (_, value), pair in zip(expected, limits, strict=True)
        ],
    )

    by_key = dict(expected)
    compared = [
        (key, gap(INDICATORS[key[0]], value, by_key[(key[0], "HORS_QPV", *key[2:])]))
        for key, value in expected
        if INDICATORS[key[0]].kind in {Kind.PROPORTION, Kind.RATE} and key[1] not in {"HORS_QPV", "NON_LOCALISE", "VILLE"}
    ]
    assert list(found_gaps[VALUES_KEY].itertuples(index=False, name=None)) == [key for key, _ in compared]
    assert list(found_gaps["status"]) == [status for _, (status, _, _) in compared]
    assert [None if pd.isna(word) else word for word in found_gaps["verdict"]] == [word for _, (_, word, _) in compared]
    close(found_gaps[list(NUMBERS)], [[number(numbers[name]) for name in NUMBERS] for _, (_, _, numbers) in compared])


def test_the_data_sets_meet_every_state_and_every_verdict() -> None:
    """The comparison above would prove little if the data sets it draws were all empty."""
    states: set[str] = set()
    verdicts: set[str] = set()

    @settings(max_examples=200, database=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(data_sets())
    def look(given_set: DataSet) -> None:
        values, found_gaps = figures(given_set)
        states.update(values["status"])
        verdicts.update(found_gaps["verdict"].dropna())

    look()
    assert states == {"ok", "secret", "non_transmis", "non_applicable"}
    assert verdicts == {"favorable", "defavorable", "non_etabli", "sans_jugement"}


@pytest.mark.parametrize("code", [code for code, indicator in INDICATORS.items() if indicator.total])
def test_without_any_count_every_figure_is_not_transmitted(code: str) -> None:
    values, _ = figures(DataSet((), (), ("2023-T4", "2024-T1")))
    assert set(values.loc[values["indicator"] == code, "status"]) == {"non_transmis"}
