"""The ledger: what is committed, what is paid and when, exact to the cent, in each way the legal format may be written."""

from __future__ import annotations

from hashlib import sha256

import pandas as pd
import pytest

from connectors.dropped import extract_file
from indicators.schemas import EXPENSES
from tests.connectors import ledgers
from tests.connectors.cities import City
from tests.connectors.ledgers import Line, cash, fec, invoice

SOURCE = '\nid = "compta"\nlabel = "Comptabilité"\nkind = "fec"\n'
ANALYTIC = SOURCE + 'analytic_column = "CodeAnalytique"\nanalytic_scope = ["CITE"]\n'


def read(city: City, content: bytes, name: str = "FEC.txt", declaration: str = SOURCE):
    extract = extract_file(content, name, city.source("compta", declaration), city.context, city.settings.exercises)
    EXPENSES.validate(extract.expenses)
    return extract


def told(city: City, lines: list[Line]) -> list[tuple[str, int, int, str]]:
    """(line of the budget, committed, paid, day paid) of each expense."""
    frame = read(city, fec(lines)).expenses
    days = frame["paid_on"].dt.strftime("%Y%m%d").fillna("")
    return list(zip(frame["line"], frame["committed"], frame["paid"], days, strict=True))


def test_an_expense_paid_at_once_is_paid_on_the_day_of_its_entry(city):
    assert told(city, cash("1", "20230210", "606300", 12345)) == [("actions", 12345, 12345, "20230210")]


def test_an_invoice_is_committed_then_paid_on_the_day_its_debt_is_lettered(city):
    assert told(city, invoice("1", "20230210", "641100", 5000)) == [("poste", 5000, 0, "")]
    assert told(city, invoice("1", "20230210", "641100", 5000, "AB", "20230412")) == [("poste", 5000, 5000, "20230412")]
    assert told(city, invoice("1", "20230210", "641100", 5000, "AB")) == [("poste", 5000, 5000, "20230210")]


def test_several_debts_are_paid_with_the_last_and_one_left_open_keeps_all_unpaid(city):
    def two(second: tuple[str, str]) -> list[Line]:
        return [
            Line("1", "20230210", "641100", 5000),
            Line("1", "20230210", "645000", 1000),
            Line("1", "20230210", "421000", -4000, "A", "20230228"),
            Line("1", "20230210", "431000", -2000, *second),
        ]

    assert told(city, two(("B", "20230315"))) == [("poste", 5000, 5000, "20230315"), ("poste", 1000, 1000, "20230315")]
    assert told(city, two(("", ""))) == [("poste", 5000, 0, ""), ("poste", 1000, 0, "")]


def test_a_credit_note_takes_back_what_was_spent(city):
    lines = [*cash("1", "20230110", "606300", 10000), *cash("2", "20230310", "606300", -2500)]
    assert [row[1:3] for row in told(city, lines)] == [(10000, 10000), (-2500, -2500)]


def test_the_longest_account_prefix_gives_the_line_and_an_income_is_kept_apart(city):
    lines = [*cash("1", "20230110", "622600", 100), *cash("2", "20230110", "740000", -100000)]
    frame = read(city, fec(lines)).expenses
    assert frame[["line", "account", "level"]].values.tolist() == [["actions", "622600", "2"], ["produits", "740000", ""]]
    assert frame[["committed", "paid"]].values.tolist() == [[100, 100], [100000, 100000]]
    assert frame["reference"].tolist() == ["2023-BQ-1-1", "2023-BQ-2-1"]


def test_what_falls_outside_the_financed_years_is_left_out_and_said(city):
    extract = read(
        city, fec([*cash("1", "20230110", "606300", 100), *cash("2", "20240110", "606300", 900), *cash("3", "20221231", "606300", 5)])
    )
    assert extract.expenses["committed"].tolist() == [100]
    assert extract.warnings[1:] == ("2 dépenses de 2022, 2024 hors de la période financée, laissées de côté.",)


def test_spending_above_the_grant_is_accepted_and_said(city):
    extract = read(city, fec(cash("1", "20230110", "606300", 120000)))
    assert extract.warnings[1:] == ("Dépense cumulée 1\u202f200\u00a0€ > dotation 1\u202f000\u00a0€ (2023).",)


def test_only_the_analytic_codes_of_the_city_count(city):
    lines = [*invoice("1", "20230110", "641100", 300, analytic="CITE"), *invoice("2", "20230110", "999999", 700, analytic="AUTRE")]
    frame = read(city, fec(lines, analytic=True), declaration=ANALYTIC).expenses
    assert frame[["line", "committed"]].values.tolist() == [["poste", 300]]


def test_an_extract_of_expenses_alone_is_taken_as_paid_and_said(city):
    extract = read(city, fec([Line("1", "20230110", "606300", 100)]))
    assert extract.expenses["paid"].tolist() == [100]
    assert "Extrait limité aux comptes de charges" in extract.warnings[1]


@pytest.mark.parametrize("separator", ["\t", "|", ";"])
@pytest.mark.parametrize("variant", ["", "DC", "+-"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1", "cp1252"])
def test_every_legal_writing_gives_the_same_expenses(city, separator, variant, encoding):
    lines, _ = ledgers.several(3)
    assert read(city, fec(lines, separator, encoding, variant=variant)).expenses.equals(read(city, fec(lines)).expenses)


@pytest.mark.parametrize("written", ["1 234,50", "1\u202f234,5", "1234.50", "1234,500", "01234,50"])
def test_amounts_are_read_to_the_cent_however_they_are_spaced(city, written):
    content = fec(cash("1", "20230110", "606300", 123450)).replace(b"1234,50", written.encode())
    assert read(city, content).expenses["committed"].tolist() == [123450]


@pytest.mark.parametrize("seed", range(25))
def test_every_cent_agrees_with_an_independent_count(city, seed):
    lines, expected = ledgers.several(seed)
    frame = read(city, fec(lines)).expenses
    found = frame.assign(month=frame["date"].dt.strftime("%Y%m")).groupby(["line", "month"])[["committed", "paid"]].sum()
    assert {key: (row.committed, row.paid) for key, row in zip(found.index, found.itertuples(), strict=True)} == expected
    assert frame["committed"].sum() == sum(line.cents for line in lines if line.account.startswith("6"))


def test_the_digest_is_that_of_the_figures_and_the_name_that_of_the_bytes(city):
    content = fec(cash("1", "20230110", "606300", 100))
    other = fec(cash("1", "20230110", "606300", 200))
    assert read(city, content).sha256 == read(city, content, "Mme Dupont.txt").sha256 != read(city, other).sha256
    assert read(city, content, "Mme Dupont.txt").origin == f"{sha256(content).hexdigest()[:16]}.txt"


def test_entry_numbers_start_again_each_year(city):
    """The same number in two years of one file: the debt of 2022, still open, leaves the expense of 2023 paid."""
    open_debt = invoice("7", "20220110", "606300", 300)
    settled = invoice("7", "20230110", "606300", 100, "A", "20230201")
    assert told(city, [*open_debt, *settled]) == [("actions", 100, 100, "20230201")]


def test_cents_are_whole_numbers(city):
    content = fec(cash("1", "20230110", "606300", 100))
    assert pd.api.types.is_integer_dtype(read(city, content).expenses["paid"])


def test_a_credit_note_is_settled_by_its_own_lettering(city):
    """An invoice and its credit note, neither lettered: nothing moved. Lettered together: both are settled, and cancel out."""
    unsettled = [*invoice("1", "20230310", "606300", 100_000), *invoice("2", "20230320", "606300", -100_000)]
    assert sum(paid for _, _, paid, _ in told(city, unsettled)) == 0
    assert [day for *_, day in told(city, unsettled)] == ["", ""]
    settled = [
        *invoice("1", "20230310", "606300", 100_000, "A", "20230401"),
        *invoice("2", "20230320", "606300", -100_000, "A", "20230401"),
    ]
    assert [(paid, day) for _, _, paid, day in told(city, settled)] == [(100_000, "20230401"), (-100_000, "20230401")]


def test_value_added_tax_does_not_say_whether_an_invoice_is_paid(city):
    bill = [
        Line("1", "20230310", "606300", 1000),
        Line("1", "20230310", "445660", 200),
        Line("1", "20230310", "401000", -1200, "A", "20230402"),
    ]
    note = [
        Line("2", "20230315", "606300", -200),
        Line("2", "20230315", "445660", -40),
        Line("2", "20230315", "401000", 240, "A", "20230402"),
    ]
    assert [(paid, day) for _, _, paid, day in told(city, [*bill, *note])] == [(1000, "20230402"), (-200, "20230402")]


def test_a_lettering_without_a_date_takes_that_of_its_last_line(city):
    """Invoiced in May, settled in October under the same letter."""
    bill = invoice("1", "20230510", "606300", 1000, "A")
    payment = [
        Line("9", "20231005", "401000", 1000, "A", journal="BQ"),
        Line("9", "20231005", "512000", -1000, journal="BQ"),
    ]
    assert [day for *_, day in told(city, [*bill, *payment])] == ["20231005"]
