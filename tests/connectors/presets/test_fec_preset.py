"""The preset of the ledger: the legal export in its four writings, with or without an analytic column."""

from __future__ import annotations

import pytest

from indicators.schemas import EXPENSES
from indicators.typography import french
from tests.connectors.ledgers import cash, fec, invoice
from tests.connectors.presets.looks import read, refused

LINES = [
    *invoice("1", "20230131", "641100", 250000, "AA", "20230228", analytic="CITE"),
    *invoice("2", "20230215", "622600", 12050, analytic="CITE"),
    *cash("3", "20230301", "606300", 999),
]


@pytest.mark.parametrize("separator", ["\t", "|"])
@pytest.mark.parametrize("variant", ["", "DC", "+-"])
def test_each_legal_writing_gives_the_same_cents(city, separator, variant):
    extract = read(city, "fec", fec(LINES, separator, "cp1252", variant=variant), "123456789FEC20231231.txt")
    EXPENSES.validate(extract.expenses)
    told = extract.expenses.groupby("line")[["committed", "paid"]].sum()
    assert told.loc["poste"].tolist() == [250000, 250000]
    assert told.loc["actions"].tolist() == [12050 + 999, 999]  # the invoice without a lettering is not paid


def test_an_analytic_column_is_declared_beside_the_preset(city):
    beside = 'analytic_column = "CodeAnalytique"\nanalytic_scope = ["CITE"]\n'
    frame = read(city, "fec", fec(LINES, analytic=True), "FEC.txt", beside).expenses
    assert frame["committed"].sum() == 262050
    assert french("Colonne obligatoire du FEC absente : « CodeAnalytique ».") in refused(city, "fec", fec(LINES), "FEC.txt", beside)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("20230131", "31/01/2023", "le 31/01/2023 n'est pas une date (EcritureDate, AAAAMMJJ attendu)"),
        ("CompteNum", "Compte", "Colonne obligatoire du FEC absente : « CompteNum »."),
        ("2500,00", "2400,00", "débit et crédit diffèrent"),
        ("641100", "999999", "n'a pas de ligne au budget 2023"),
    ],
)
def test_what_is_wrong_is_told(city, old, new, told):
    content = fec(LINES).replace(old.encode(), new.encode(), 1)
    if new == "999999":
        content = content.replace(b"999999", b"699999")
    assert french(told) in refused(city, "fec", content, "FEC.txt")
