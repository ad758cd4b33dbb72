"""The financial report: each class to the cent, planned and actual, and totals that are those of the ledger."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.cerfa import EXPENSE_CLASSES, INCOME_CLASSES, balance, cerfa
from indicators.frames import EXPENSES_COLUMNS

PLANNED = {"60": Decimal("6000.00"), "64": Decimal("94000.00"), "74": Decimal("100000.00"), "86": Decimal(8000), "87": Decimal(8000)}


def entries(*rows: tuple[str, int], exercise: int = 2022) -> pd.DataFrame:
    """Ledger entries from (account, cents)."""
    day = pd.Timestamp(2022, 3, 1)
    told = [(exercise, f"{exercise}-{i}", day, pd.NaT, "x", "", account, cents, 0) for i, (account, cents) in enumerate(rows)]
    frame = pd.DataFrame(told, columns=EXPENSES_COLUMNS)
    return frame.astype({"account": "str", "exercise": int, "committed": int, "date": "datetime64[us]"})


BOOKED = entries(
    *(("606400", 599_910), ("607000", 1), ("641000", 50_000_00), ("645000", 12_34), ("689400", 40_000_00)),
    *(("741000", 70_000_00), ("744000", 26_011_45), ("861000", 450_00), ("871000", 450_00)),
)


def rows(table: pd.DataFrame) -> dict[tuple[str, str], tuple[object, ...]]:
    return {(row.side, row.account): (row.planned, row.actual, row.difference) for row in table.itertuples()}


def test_each_class_is_told_planned_actual_and_difference() -> None:
    found = rows(cerfa(BOOKED, PLANNED, 2022))
    assert found["charges", "60"] == (Decimal("6000.00"), Decimal("5999.11"), Decimal("-0.89"))
    assert found["charges", "64"] == (Decimal("94000.00"), Decimal("50012.34"), Decimal("-43987.66"))
    assert found["charges", "61"] == (0, 0, 0)
    assert found["charges", "68"] == (0, 40_000, 40_000)
    assert found["charges", "total"] == (100_000, Decimal("96011.45"), Decimal("-3988.55"))
    assert found["charges", "86"] == (8000, 450, -7550)
    assert found["produits", "74"] == (Decimal("100000.00"), Decimal("96011.45"), Decimal("-3988.55"))
    assert found["produits", "87"] == (8000, 450, -7550)


def test_the_form_is_in_its_order_and_contributions_in_kind_are_outside_the_total() -> None:
    table = cerfa(BOOKED, PLANNED, 2022)
    assert list(table["account"]) == [*EXPENSE_CLASSES, "total", "86", *INCOME_CLASSES, "total", "87"]
    shares = table.set_index(["side", "account"])["share"]
    assert shares["charges", "60"] == pytest.approx(5999.11 / 6000)
    assert pd.isna(shares["charges", "61"])


def test_a_balanced_report_leaves_nothing_out() -> None:
    told = balance(cerfa(BOOKED, PLANNED, 2022), BOOKED, 2022)
    assert told is not None
    assert (told.expenses, told.income) == (Decimal("96011.45"),) * 2
    assert (told.differences, told.result, told.given - told.used) == ((), 0, 0)
    assert told.set_aside == 40_000


@pytest.mark.parametrize("account", ["690000", "713000", "724000"])
def test_an_account_that_the_form_has_no_row_for_is_told_to_the_cent(account: str) -> None:
    more = pd.concat([BOOKED, entries((account, 1))])
    told = balance(cerfa(more, PLANNED, 2022), more, 2022)
    assert told is not None
    assert told.differences == ((account[:2], Decimal("0.01")),)


@pytest.mark.parametrize("account", ["60", "68", "86", "74", "87"])
def test_a_row_that_is_not_the_ledger_s_is_told_whatever_its_class(account: str) -> None:
    table = cerfa(BOOKED, PLANNED, 2022)
    wrong = table.assign(actual=[row.actual - 3 if row.account == account else row.actual for row in table.itertuples()])
    told = balance(wrong, BOOKED, 2022)
    assert told is not None
    assert told.differences == ((account, Decimal(3)),)


def test_another_exercise_a_silent_ledger_and_no_budget() -> None:
    other = entries(("606400", 100), exercise=2023)
    table = cerfa(other, PLANNED, 2022)
    assert set(table["actual"]) == {None}
    assert set(table["difference"]) == {None}
    assert table["planned"].notna().all()
    assert balance(table, other, 2022) is None
    bare = cerfa(BOOKED, {}, 2022)
    assert set(bare["planned"]) == {None}
    assert bare["actual"].notna().all()


ACCOUNTS = st.sampled_from(["60", "606", "613", "6226", "64", "657", "66", "67", "6894", "70", "741", "756", "7894", "79", "864", "875"])


@given(st.lists(st.tuples(ACCOUNTS, st.integers(-(10**7), 10**9)), min_size=1, max_size=40))
def test_totals_are_those_of_the_ledger_whatever_it_holds(booked: list[tuple[str, int]]) -> None:
    frame = entries(*booked)
    told = balance(cerfa(frame, PLANNED, 2022), frame, 2022)
    assert told is not None

    def cents(*heads: str) -> Decimal:
        return Decimal(sum(amount for account, amount in booked if account.startswith(heads))).scaleb(-2)

    assert (told.expenses, told.income) == (cents("6"), cents("7"))
    assert (told.used, told.given, told.differences) == (cents("86"), cents("87"), ())
