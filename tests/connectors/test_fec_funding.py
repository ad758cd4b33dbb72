"""What a ledger holds besides the grant's expenses: income, co-funding, funds set aside, contributions in kind, each kept apart."""

from __future__ import annotations

import pytest

from indicators.grant import is_apart
from tests.connectors.cities import CITE
from tests.connectors.ledgers import Line, cash, fec, invoice
from tests.connectors.test_exercise import FUNDS
from tests.connectors.test_fec import ANALYTIC, read

SPENT = cash("1", "20230110", "606300", 100)


def rows(city, lines: list[Line], *, analytic: bool = False) -> list[list[object]]:
    """(line, account, committed, paid) of what is kept apart."""
    content = fec([*SPENT, *lines], analytic=analytic)
    frame = read(city.write(CITE + FUNDS), content, **({"declaration": ANALYTIC} if analytic else {})).expenses
    apart = frame[frame["line"].map(is_apart)]
    assert set(apart["level"]) <= {""}
    return apart[["line", "account", "committed", "paid"]].to_numpy().tolist()


def received(number: str, account: str, cents: int, letter: str = "", analytic: str = "") -> list[Line]:
    """A grant notified, claimed from its funder, and received once its claim is lettered."""
    claim = Line(number, "20230301", "441000", cents, letter, "20230615" if letter else "")
    return [claim, Line(number, "20230301", account, -cents, analytic=analytic)]


def test_an_income_is_its_funder_s_by_its_account_and_positive(city):
    lines = [*cash("2", "20230110", "741000", -100_000), *cash("3", "20230110", "744100", -25_000)]
    assert rows(city, lines) == [["produits", "741000", 100_000, 100_000], ["cofinancement:ville", "744100", 25_000, 25_000]]


def test_an_income_is_received_when_its_claim_is_lettered(city):
    assert rows(city, received("2", "744000", 500)) == [["cofinancement:ville", "744000", 500, 0]]
    frame = read(city, fec([*SPENT, *received("2", "744000", 500, "A")])).expenses
    assert frame["paid_on"].dt.strftime("%Y%m%d").tolist() == ["20230110", "20230615"]


def test_a_co_funded_expense_is_no_expense_of_the_grant(city):
    grant = invoice("7", "20230110", "641100", 300, analytic="CITE")
    lines = [
        *grant,
        *invoice("2", "20230110", "613500", 800, "A", "20230201", analytic="DEPT"),
        *received("3", "749000", 70, analytic="DEPT"),
    ]
    assert rows(city, lines, analytic=True) == [
        ["cofinancement:dept", "613500", 800, 800],
        ["cofinancement:dept", "749000", 70, 0],
    ]


def test_setting_funds_aside_spends_nothing(city):
    lines = [
        *(Line("2", "20231231", "689400", 16_630), Line("2", "20231231", "194000", -16_630)),
        *(Line("3", "20230228", "194000", 5), Line("3", "20230228", "789400", -5)),
    ]
    assert rows(city, lines) == [["fonds_dedies", "689400", 16_630, 16_630], ["fonds_dedies", "789400", 5, 5]]


def test_contributions_in_kind_are_positive_on_both_sides(city):
    lines = [Line("2", "20230331", "864000", 450), Line("2", "20230331", "875000", -450)]
    assert rows(city, lines) == [["volontaires", "864000", 450, 450], ["volontaires", "875000", 450, 450]]


@pytest.mark.parametrize("account", ["808000", "890000", "120000"])
def test_other_accounts_are_not_read(city, account):
    assert rows(city, [Line("2", "20230331", account, 450), Line("2", "20230331", "110000", -450)]) == []


def test_a_carry_over_widens_what_may_be_spent_without_a_remark(city):
    lines = fec(cash("1", "20230110", "606300", 100_500))
    assert any("dotation" in said for said in read(city, lines).warnings)
    city.write(CITE.replace('grant = "1000.00"', 'grant = "1000.00"\ncarried_over = "5.00"'))
    assert not any("dotation" in said for said in read(city, lines).warnings)
    told = read(city, fec(cash("1", "20230110", "606300", 100_600))).warnings
    assert told[-1] == "Dépense cumulée 1\u202f006\u00a0€ > dotation 1\u202f000\u00a0€ et report 5\u00a0€ (2023)."
