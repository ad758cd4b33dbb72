"""The use of the grant: exact to the cent, as it stood at the end of any day."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators import budget, budget_values, schemas
from indicators.budget import Grant, GrantLine
from indicators.frames import EXPENSES_COLUMNS
from indicators.period import Period

GRANT = Grant(
    2022,
    date(2022, 1, 1),
    date(2022, 12, 31),
    Decimal(100_000),
    (GrantLine("poste", "Poste de coordination", "1", Decimal(60_000)), GrantLine("actions", "Actions", "3", Decimal(40_000))),
)


def ledger(*rows: str) -> pd.DataFrame:
    """Rows written « line booked committed paid paid_on » in days and euros (- while unpaid)."""
    entries = []
    for number, row in enumerate(rows):
        line, booked, committed, paid, paid_on = row.split()
        cents = [int(Decimal(amount).scaleb(2)) for amount in (committed, paid)]
        entries.append([2022, f"E{number}", booked, None if paid_on == "-" else paid_on, line, "1", "60", *cents])
    text = dict.fromkeys(("reference", "line", "level", "account"), "str")
    days = dict.fromkeys(("date", "paid_on"), "datetime64[us]")
    frame = pd.DataFrame(entries, columns=EXPENSES_COLUMNS).astype({**text, **days, "exercise": int, "committed": int, "paid": int})
    return schemas.EXPENSES.validate(frame, lazy=True)


def use(expenses: pd.DataFrame, on: date, grant: Grant = GRANT) -> pd.DataFrame:
    return schemas.BUDGET_USE.validate(budget.budget_use(expenses, grant, on), lazy=True).set_index("line")


def test_cents_add_up_exactly() -> None:
    """A thousand times ten cents is one hundred euros, which floats miss."""
    total = use(ledger(*["poste 2022-01-05 0.10 0.10 2022-01-05"] * 1000), date(2022, 3, 31)).loc["total"]
    assert (total["committed"], total["paid"], total["remaining"]) == (Decimal("100.00"), Decimal("100.00"), Decimal("99900.00"))
    assert isinstance(total["paid"], Decimal)


def test_an_expense_paid_later_is_committed_then_paid() -> None:
    expenses = ledger("poste 2022-03-10 1000 1000 2022-04-02")
    for on, committed, paid in [
        (date(2022, 3, 9), 0, 0),
        (date(2022, 3, 10), 1000, 0),
        (date(2022, 4, 1), 1000, 0),
        (date(2022, 4, 2), 1000, 1000),
    ]:
        line = use(expenses, on).loc["poste"]
        assert (line["committed"], line["paid"], line["remaining"]) == (committed, paid, 60_000 - committed)


def test_what_is_never_paid_stays_committed() -> None:
    total = use(ledger("actions 2022-03-10 250.50 0 -"), date(2023, 5, 1)).loc["total"]
    assert (total["committed"], total["paid"]) == (Decimal("250.50"), 0)


def test_a_credit_gives_back() -> None:
    total = use(ledger("actions 2022-03-10 300 300 2022-03-10", "actions 2022-03-20 -100 -100 2022-03-25"), date(2022, 3, 31)).loc["total"]
    assert (total["committed"], total["paid"]) == (200, 200)


def test_another_exercise_does_not_count() -> None:
    expenses = ledger("poste 2022-03-10 300 300 2022-03-10", "poste 2022-03-10 500 500 2022-03-10")
    expenses.loc[1, "exercise"] = 2023
    assert use(expenses, date(2022, 3, 31)).loc["total", "paid"] == 300


def test_an_unknown_line_is_refused_by_its_name() -> None:
    with pytest.raises(ValueError, match=r"^Exercice 2022 : ligne de budget inconnue « divers, voyages »\.$"):
        budget.budget_use(ledger("voyages 2022-03-10 300 300 2022-03-10", "divers 2022-03-10 1 1 2022-03-10"), GRANT, date(2022, 3, 31))


def test_shares_and_advance() -> None:
    total = use(ledger("poste 2022-03-10 40000 40000 2022-03-10"), date(2022, 6, 30)).loc["total"]
    assert total["used_share"] == 0.4
    assert total["elapsed_share"] == 181 / 365
    assert total["advance_points"] == pytest.approx(40 - 100 * 181 / 365)


def test_a_leap_year_has_366_days() -> None:
    leap = Grant(2024, date(2024, 1, 1), date(2024, 12, 31), GRANT.amount, GRANT.lines)
    expenses = ledger("poste 2022-03-10 1 1 2022-03-10").assign(exercise=2024)
    assert use(expenses, date(2024, 2, 29), leap).loc["total", "elapsed_share"] == 60 / 366


def test_before_the_exercise_starts_nothing_is_late_nor_projected() -> None:
    total = use(ledger("poste 2021-12-20 500 0 -"), date(2021, 12, 31)).loc["total"]
    assert (total["committed"], total["elapsed_share"], total["advance_points"]) == (500, 0, 0)
    assert total["projected_low"] is None
    assert total["projected_high"] is None


def test_before_the_first_complete_month_nothing_is_projected() -> None:
    expenses = ledger("poste 2022-01-10 500 500 2022-01-10")
    assert use(expenses, date(2022, 1, 30)).loc["total", "projected_low"] is None
    assert use(expenses, date(2022, 1, 31)).loc["total", "projected_low"] == 500 + 11 * 500


def test_the_range_prolongs_the_slowest_and_the_fastest_of_three_complete_months() -> None:
    months = {1: 9000, 2: 1000, 3: 2000, 4: 4000}
    expenses = ledger(*(f"poste 2022-{month:02d}-15 {amount} {amount} 2022-{month:02d}-15" for month, amount in months.items()))
    total = use(expenses, date(2022, 4, 30)).loc["total"]  # February, March and April: January's pace is too old
    assert (total["projected_low"], total["projected_high"]) == (16_000 + 8 * 1000, 16_000 + 8 * 4000)


def test_a_month_under_way_is_prolonged_by_its_days_left() -> None:
    expenses = ledger("poste 2022-01-15 3000 3000 2022-01-15", "poste 2022-02-10 700 700 2022-02-10")
    total = use(expenses, date(2022, 2, 21)).loc["total"]  # 7 of 28 days left, then ten months
    assert total["projected_low"] == total["projected_high"] == Decimal("3700") + 3000 * Decimal("10.25")


def test_the_range_is_rounded_to_the_cent() -> None:
    expenses = ledger("poste 2022-01-15 100.01 100.01 2022-01-15", "poste 2022-03-02 5 0 -")
    projected = use(expenses, date(2022, 3, 10)).loc["total", "projected_high"]  # 21 of 31 days left
    assert projected == (Decimal("100.01") * (1 + 9 + Decimal(21) / 31)).quantize(Decimal("0.01"))
    assert projected.as_tuple().exponent == -2


@pytest.mark.parametrize("on", [date(2022, 12, 31), date(2023, 3, 1)])
def test_once_the_exercise_is_over_the_range_is_what_was_paid(on: date) -> None:
    total = use(ledger("poste 2022-03-10 500 500 2022-03-10", "poste 2022-12-20 80 80 2023-02-01"), on).loc["total"]
    assert total["projected_low"] == total["projected_high"] == total["paid"] == (500 if on.year == 2022 else 580)
    assert total["elapsed_share"] == 1


def test_an_exercise_that_ends_inside_a_month_is_prolonged_to_its_last_day_only() -> None:
    """From 1 January to 15 April: at the end of February, March and half of April are left."""
    short = Grant(2022, date(2022, 1, 1), date(2022, 4, 15), GRANT.amount, GRANT.lines)
    expenses = ledger("poste 2022-01-15 600 600 2022-01-15", "poste 2022-02-15 600 600 2022-02-15", "poste 2022-04-01 5 0 -")
    assert use(expenses, date(2022, 2, 28), short).loc["total", "projected_high"] == 1200 + 600 * Decimal("1.5")
    assert use(expenses, date(2022, 4, 9), short).loc["total", "projected_low"] == 1200  # March was without payment
    assert use(expenses, date(2022, 4, 9), short).loc["total", "projected_high"] == 1200 + 600 * Decimal(6) / 30


def test_a_month_begun_before_the_exercise_is_not_a_complete_one() -> None:
    """From 20 January: the pace of 12 days says nothing of a month."""
    late = Grant(2022, date(2022, 1, 20), date(2022, 12, 31), GRANT.amount, GRANT.lines)
    expenses = ledger("poste 2022-01-25 100 100 2022-01-25", "poste 2022-02-15 600 600 2022-02-15")
    assert use(expenses, date(2022, 1, 31), late).loc["total", "projected_low"] is None
    assert use(expenses, date(2022, 2, 28), late).loc["total", "projected_low"] == 700 + 10 * 600


def test_a_line_without_money_has_no_share() -> None:
    grant = Grant(
        2022, GRANT.first_day, GRANT.last_day, Decimal(60_000), (GRANT.lines[0], GrantLine("actions", "Actions", "3", Decimal(0)))
    )
    found = use(ledger("poste 2022-03-10 500 500 2022-03-10"), date(2022, 3, 31), grant)
    assert pd.isna(found.loc["actions", "used_share"])
    assert pd.isna(found.loc["actions", "advance_points"])


def test_a_grant_without_money_has_no_share_at_all() -> None:
    grant = Grant(2022, GRANT.first_day, GRANT.last_day, Decimal(0), (GrantLine("poste", "Poste", "1", Decimal(0)),))
    found = use(ledger("poste 2022-03-10 500 500 2022-03-10"), date(2022, 3, 31), grant)
    assert found["used_share"].isna().all()
    values = schemas.VALUES.validate(budget_values.values(found.reset_index(), grant, Period.parse("2022-T1")), lazy=True)
    states = values.set_index("indicator")["status"]
    assert set(states[["B1", "B1-engage", "B2"]]) == {"non_applicable"}


def test_a_ledger_not_received_is_not_zero() -> None:
    found = use(ledger(), date(2022, 3, 31))
    assert found.loc["total", "granted"] == 100_000
    assert found[["committed", "paid", "remaining", "used_share"]].isna().all(axis=None)
    values = schemas.VALUES.validate(budget_values.values(found.reset_index(), GRANT, Period.parse("2022-T1")), lazy=True)
    assert list(values["indicator"]) == ["B1", "B1-engage", "B1-niveau_1", "B1-niveau_2", "B1-niveau_3", "B2"]
    assert set(values["status"]) == {"non_transmis"}


def test_b1_and_b2_are_the_total_s_share_and_advance() -> None:
    frame = budget.budget_use(ledger("poste 2022-03-10 40000 40000 2022-03-10"), GRANT, date(2022, 6, 30))
    values = schemas.VALUES.validate(budget_values.values(frame, GRANT, Period.parse("2022-T2")), lazy=True).set_index("indicator")
    assert (values.loc["B1", "numerator"], values.loc["B1", "denominator"], values.loc["B1", "value"]) == (40_000, 100_000, 40)
    assert values.loc["B2", "value"] == pytest.approx(40 - 100 * 181 / 365)
    assert set(values["zone"]) == {"VILLE"}


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["poste", "actions"]),
            st.dates(date(2022, 1, 1), date(2022, 12, 31)),
            st.integers(-(10**6), 10**7),
            st.none() | st.dates(date(2022, 1, 1), date(2023, 6, 30)),
        ),
        min_size=1,
        max_size=30,
    ),
    st.dates(date(2021, 12, 1), date(2023, 2, 1)),
)
def test_the_total_is_the_sum_of_the_lines_on_any_day(entries: list, on: date) -> None:
    rows = [
        [2022, f"E{i}", booked, paid_on, line, "1", "60", cents, cents if paid_on else 0]
        for i, (line, booked, cents, paid_on) in enumerate(entries)
    ]
    expenses = pd.DataFrame(rows, columns=EXPENSES_COLUMNS).astype({"date": "datetime64[us]", "paid_on": "datetime64[us]"})
    found = use(expenses, on)
    for column in ("granted", "committed", "paid", "remaining"):
        assert found.loc["total", column] == found.loc["poste", column] + found.loc["actions", column]
    assert found.loc["total", "remaining"] == found.loc["total", "granted"] - found.loc["total", "committed"]
    by_hand = sum(cents for _, booked, cents, paid_on in entries if booked <= on and paid_on and paid_on <= on)
    assert found.loc["total", "paid"] == budget.euros(by_hand)


def test_the_course_of_the_year_has_a_point_at_each_month_s_end_and_one_today() -> None:
    expenses = ledger("poste 2022-01-10 500 500 2022-02-03", "poste 2022-03-05 70 0 -")
    course = budget.cumulative(expenses, GRANT, date(2022, 3, 10))
    assert list(course["day"]) == [date(2022, 1, 31), date(2022, 2, 28), date(2022, 3, 10)]
    assert list(course["paid"]) == [0, 500, 500]
    assert list(course["committed"]) == [500, 500, 570]
    assert list(budget.cumulative(expenses, GRANT, date(2022, 2, 28))["day"]) == [date(2022, 1, 31), date(2022, 2, 28)]


def test_the_course_stops_with_the_exercise_and_starts_with_it() -> None:
    expenses = ledger("poste 2022-01-10 500 500 2022-02-03")
    course = budget.cumulative(expenses, GRANT, date(2023, 4, 1))
    assert len(course) == 12
    assert course["day"].iloc[-1] == date(2022, 12, 31)
    assert budget.cumulative(expenses, GRANT, date(2021, 12, 15)).empty
    assert list(budget.cumulative(expenses, GRANT, date(2022, 1, 1))["day"]) == [date(2022, 1, 1)]


def test_months_after_the_last_entry_are_unknown_not_zero() -> None:
    """Accounts that stop in June, read in September: the range is the one that June's end gave."""
    expenses = ledger(*[f"poste 2022-{month:02d}-15 3000 3000 2022-{month:02d}-15" for month in range(1, 7)])
    for on in (date(2022, 6, 30), date(2022, 9, 30)):
        total = use(expenses, on).loc["total"]
        assert (total["projected_low"], total["projected_high"]) == (36_000, 36_000)
    assert budget.known_until(expenses, GRANT) == date(2022, 6, 30)
    assert budget.known_until(expenses.iloc[:0], GRANT) == date(2021, 12, 31)


def test_payments_made_after_the_exercise_count_once_they_are_made() -> None:
    """December's charges, settled in April: unpaid at the end of the year, paid when the grant is justified."""
    expenses = ledger("poste 2022-12-20 800 800 2023-04-20")
    assert use(expenses, date(2022, 12, 31)).loc["total", "paid"] == 0
    later = use(expenses, date(2023, 6, 30)).loc["total"]
    assert (later["paid"], later["elapsed_share"], later["projected_high"]) == (800, 1.0, 800)
