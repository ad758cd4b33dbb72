"""Levels, spending plan, carry-over and co-funding: exact to the cent, as they stood at the end of any day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pandas as pd
import pytest

from indicators import budget, budget_values, schemas
from indicators.grant import Cofunding, Grant, GrantLine, PlanStep, is_apart
from indicators.period import Period
from indicators.projection import planned
from tests.unit.test_budget import ledger

LINES = (
    GrantLine("poste", "Poste", "1", Decimal(50_000)),
    GrantLine("actions", "Actions", "2", Decimal(35_000)),
    GrantLine("freins", "Freins", "3", Decimal(15_000)),
    GrantLine("lettre", "Lettre", "1", Decimal(0)),
)
GRANT = Grant(2022, date(2022, 1, 1), date(2022, 12, 31), Decimal(100_000), LINES)
PLANNED = replace(GRANT, plan=(PlanStep(date(2022, 1, 31), Decimal(3100)), PlanStep(date(2022, 6, 30), Decimal(45_000))))
SPENT = ledger(
    "poste 2022-03-10 300.10 300.10 2022-03-31",
    "lettre 2022-03-10 100 100 2022-03-31",
    "actions 2022-03-10 199.90 199.90 2022-03-31",
    "freins 2022-03-10 50 0 -",
)
TOLD_ON = date(2022, 6, 30)


def apart(frame: pd.DataFrame, lines: list[str], accounts: list[str]) -> pd.DataFrame:
    """The same entries, on lines kept apart."""
    return frame.assign(line=pd.array(lines, dtype="str"), account=pd.array(accounts, dtype="str"))


def total(expenses: pd.DataFrame, grant: Grant, on: date) -> pd.Series:
    use = schemas.BUDGET_USE.validate(budget.budget_use(expenses, grant, on), lazy=True)
    return use.set_index("line").loc["total"]


def test_levels_add_up_to_the_grant_to_the_cent() -> None:
    levels = budget.by_level(budget.budget_use(SPENT, GRANT, TOLD_ON), GRANT).set_index("level")
    assert list(levels.index) == ["1", "2", "3"]
    assert levels.loc["1", ["granted", "committed", "paid"]].tolist() == [50_000, Decimal("400.10"), Decimal("400.10")]
    assert levels.loc["3", ["granted", "committed", "paid"]].tolist() == [15_000, 50, 0]
    assert sum(levels["paid"]) == Decimal("600.00")
    assert levels["share"].tolist() == pytest.approx([400.10 / 600, 199.90 / 600, 0])


def test_levels_have_no_share_before_a_payment_and_no_amount_before_a_ledger() -> None:
    unpaid = budget.by_level(budget.budget_use(SPENT, GRANT, date(2022, 3, 15)), GRANT)
    assert unpaid["share"].isna().all()
    assert unpaid["paid"].tolist() == [0, 0, 0]
    absent = budget.by_level(budget.budget_use(SPENT.iloc[:0], GRANT, TOLD_ON), GRANT)
    assert absent[["committed", "paid", "share"]].isna().all(axis=None)


def test_a_level_that_no_line_serves_was_paid_nothing() -> None:
    grant = replace(GRANT, lines=LINES[:1])
    use = budget.budget_use(ledger("poste 2022-03-10 300 300 2022-03-31"), grant, TOLD_ON)
    found = budget_values.values(use, grant, Period.parse("2022-T2")).set_index("indicator")["value"]
    assert found[["B1-niveau_1", "B1-niveau_2", "B1-niveau_3"]].tolist() == [100, 0, 0]


@pytest.mark.parametrize(
    ("on", "amount"),
    [
        (date(2021, 12, 31), "0.00"),
        (date(2022, 1, 10), "1000.00"),
        (date(2022, 1, 31), "3100.00"),
        (date(2022, 2, 28), "10921.33"),  # 28 of the 150 days to 30 June, of 41 900 more
        (date(2022, 6, 30), "45000.00"),
        (date(2022, 12, 31), "45000.00"),
    ],
)
def test_the_plan_goes_straight_between_its_steps(on: date, amount: str) -> None:
    assert planned(PLANNED, on) == Decimal(amount)


def test_the_plan_is_told_of_the_whole_grant_only() -> None:
    whole = total(SPENT, PLANNED, TOLD_ON)
    assert whole["planned"] == 45_000
    assert whole["plan_advance"] == pytest.approx(100 * (600 - 45_000) / 100_000)
    lines = budget.budget_use(SPENT, PLANNED, TOLD_ON).iloc[:-1]
    assert lines[["planned", "plan_advance", "carried_over", "available"]].isna().all(axis=None)
    assert total(SPENT, GRANT, TOLD_ON)["planned"] is None
    assert total(SPENT.iloc[:0], PLANNED, TOLD_ON)["planned"] == 45_000
    assert pd.isna(total(SPENT.iloc[:0], PLANNED, TOLD_ON)["plan_advance"])


def test_a_carry_over_counts_from_its_decision_and_never_moves_b1() -> None:
    grant = replace(GRANT, carried_over=Decimal("16630.00"), carried_over_on=date(2022, 2, 28))
    before, after = total(SPENT, grant, date(2022, 2, 27)), total(SPENT, grant, date(2022, 2, 28))
    assert (before["carried_over"], before["available"]) == (0, 100_000)
    assert (after["carried_over"], after["available"]) == (Decimal("16630.00"), Decimal("116630.00"))
    plain = total(SPENT, GRANT, TOLD_ON)
    carried = total(SPENT, grant, TOLD_ON)
    assert carried["used_share"] == plain["used_share"] == 0.006
    assert carried["remaining"] == plain["remaining"]
    assert replace(grant, carried_over_on=None).carry_over_known(date(2021, 1, 1)) == Decimal("16630.00")


FUNDED = replace(GRANT, cofunding=(Cofunding("ville", "Ville", Decimal(15_000)), Cofunding("dept", "Département", Decimal("0.50"))))
FUNDS = apart(
    ledger(
        "x 2022-02-10 15000 15000 2022-05-02",
        "x 2022-03-10 800.25 0 -",
        "x 2022-03-10 70 70 2022-03-10",
        "x 2022-03-10 16630 16630 2022-03-10",
        "x 2022-03-10 450 450 2022-03-10",
    ),
    ["cofinancement:ville", "cofinancement:ville", "produits", "fonds_dedies", "volontaires"],
    ["744000", "613500", "741000", "689400", "861000"],
)


def test_what_is_kept_apart_never_touches_the_grant() -> None:
    assert FUNDS["line"].map(is_apart).all()
    both = pd.concat([SPENT, FUNDS.assign(reference=["a", "b", "c", "d", "e"])], ignore_index=True)
    assert total(both, FUNDED, TOLD_ON)["committed"] == total(SPENT, FUNDED, TOLD_ON)["committed"] == Decimal("650.00")
    assert list(budget.cumulative(both, FUNDED, TOLD_ON)["paid"]) == list(budget.cumulative(SPENT, FUNDED, TOLD_ON)["paid"])


def test_co_funding_is_received_when_the_money_comes_and_spent_when_it_is_booked() -> None:
    for on, received in ((date(2022, 5, 1), 0), (date(2022, 5, 2), 15_000)):
        found = budget.cofunding_use(FUNDS, FUNDED, on).set_index("code")
        assert found.loc["ville", ["notified", "received", "spent"]].tolist() == [15_000, received, Decimal("800.25")]
        assert found.loc["dept", ["notified", "received", "spent"]].tolist() == [Decimal("0.50"), 0, 0]


def test_what_the_ledger_does_not_tell_of_a_co_funding_is_not_zero() -> None:
    untold = replace(FUNDED, cofunding=(Cofunding("ville", "Ville", Decimal(15_000), receipts_told=False, expenses_told=False),))
    for expenses, grant in ((FUNDS, untold), (FUNDS.iloc[:0], FUNDED)):
        found = budget.cofunding_use(expenses, grant, TOLD_ON)
        assert found[["received", "spent"]].isna().all(axis=None)
    assert budget.cofunding_use(FUNDS, GRANT, TOLD_ON).empty


def test_leverage_is_that_of_the_whole_exercise_and_nothing_declared_is_not_zero() -> None:
    year = Period.parse("2022")
    use = budget.budget_use(SPENT, FUNDED, date(2022, 12, 31))
    assert "B3-levier" not in set(budget_values.values(use, FUNDED, Period.parse("2022-T4"))["indicator"])
    states = {}
    for name, grant in (
        ("told", FUNDED),
        ("silent", GRANT),
        ("none", replace(GRANT, cofunding=(Cofunding("aucun", "Aucun", Decimal(0)),))),
        ("no grant", replace(FUNDED, amount=Decimal(0))),
    ):
        row = schemas.VALUES.validate(budget_values.values(use, grant, year), lazy=True).set_index("indicator").loc["B3-levier"]
        states[name] = (row["status"], None if pd.isna(row["value"]) else row["value"])
    assert states == {"told": ("ok", 0.150005), "silent": ("non_transmis", None), "none": ("ok", 0.0), "no grant": ("non_applicable", None)}


def test_what_is_paid_after_the_exercise_is_known_once_it_is_paid() -> None:
    spent = ledger(
        "poste 2022-12-20 800 800 2023-01-12",
        "actions 2022-12-20 40.5 40.5 2023-01-31",
        "freins 2022-12-20 70 70 2022-12-31",
        "freins 2022-12-21 30 0 -",
        "lettre 2022-12-21 9 9 2023-01-12",
    )
    apart_too = apart(spent, [*spent["line"][:4], "cofinancement:ville"], ["60"] * 5)
    found = [budget.paid_late(apart_too, GRANT, date(2023, 1, day)) for day in (11, 12, 31)]
    assert found == [Decimal(0), Decimal(800), Decimal("840.50")]
    assert budget.paid_late(apart_too, replace(GRANT, exercise=2023), date(2023, 1, 31)) == 0
