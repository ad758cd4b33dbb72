"""Costs per person: over a closed exercise only, with the count's own limits, and never where the count is hidden, small or absent."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pandas as pd
import pytest
from scipy.stats import chi2

from indicators import budget, schemas
from indicators.compute import frame_of_rows
from indicators.grant import Grant, GrantLine
from indicators.unit_costs import FEWEST, unit_costs
from tests.unit.test_budget import ledger

GRANT = Grant(2022, date(2022, 1, 1), date(2022, 12, 31), Decimal(100_000), (GrantLine("poste", "Poste", "1", Decimal(100_000)),))
CLOSED = date(2022, 12, 31)
PAID = ledger("poste 2022-03-10 82570.01 82570.01 2022-03-31", "poste 2022-12-10 800 800 2023-01-15")


def counted(entries: float | str, dynamic: float | str = "non_transmis") -> pd.DataFrame:
    """The Values rows of N3.7-entrees and R2 for 2022: a count, or why there is none."""
    key = {"zone": "VILLE", "period": "2022", "dimension": "ensemble", "category": "ensemble"}
    rows = []
    for code, name, figure in (("N3.7-entrees", "value", entries), ("R2", "numerator", dynamic)):
        known = not isinstance(figure, str)
        more = {name: figure, "value": figure if code != "R2" else 59.0} if known else {}
        rows.append({**key, "indicator": code, "status": "ok" if known else figure, **more})
    return frame_of_rows(rows)


def cost(entries: float | str, *, on: date = CLOSED, grant: Grant = GRANT, expenses: pd.DataFrame = PAID) -> pd.Series:
    use = budget.budget_use(expenses, grant, on)
    frame = schemas.VALUES.validate(unit_costs(use, grant, counted(entries), on), lazy=True)
    return frame.set_index("indicator").loc["B3-cout_parcours"]


def test_a_cost_is_what_was_paid_by_the_end_of_the_year_over_the_count() -> None:
    row = cost(100)
    assert (row["numerator"], row["denominator"], row["value"]) == (82_570.01, 100, 825.70)
    assert row["status"] == "ok"


@pytest.mark.parametrize("count", [20, 44, 108, 1000])
def test_its_limits_are_close_to_the_exact_ones_of_a_poisson_count(count: int) -> None:
    row = cost(count)
    fewest, most = chi2.ppf(0.025, 2 * count) / 2, chi2.ppf(0.975, 2 * (count + 1)) / 2
    assert row["low"] == pytest.approx(82_570.01 / most, rel=1e-3)
    assert row["high"] == pytest.approx(82_570.01 / fewest, rel=1e-3)
    assert row["low"] < row["value"] < row["high"]


def test_a_dynamic_exit_divides_by_the_numerator_of_r2() -> None:
    use = budget.budget_use(PAID, GRANT, CLOSED)
    row = unit_costs(use, GRANT, counted(100, 44), CLOSED).set_index("indicator").loc["B3-cout_sortie"]
    assert (row["denominator"], row["value"]) == (44, 1876.59)


def test_an_exercise_under_way_has_no_cost() -> None:
    on = date(2022, 12, 30)
    assert unit_costs(budget.budget_use(PAID, GRANT, on), GRANT, counted(100, 44), on).empty


@pytest.mark.parametrize(
    ("entries", "status"),
    [
        (FEWEST, "ok"),
        (FEWEST - 1, "secret"),
        (0, "secret"),
        ("secret", "secret"),
        ("non_transmis", "non_transmis"),
        ("non_applicable", "non_applicable"),
    ],
)
def test_a_small_or_absent_count_gives_no_cost_and_no_count(entries: float | str, status: str) -> None:
    row = cost(entries)
    assert row["status"] == status
    if status != "ok":
        assert row[["numerator", "denominator", "value", "low", "high"]].isna().all()


def test_a_ledger_not_received_gives_no_cost() -> None:
    assert cost(100, expenses=PAID.iloc[:0])["status"] == "non_transmis"
    assert cost("non_applicable", expenses=PAID.iloc[:0])["status"] == "non_applicable"


def test_an_exercise_that_is_not_a_calendar_year_has_no_count_of_its_own() -> None:
    grant = replace(GRANT, last_day=date(2023, 1, 31))
    assert cost(100, grant=grant, on=date(2023, 1, 31))["status"] == "non_applicable"
