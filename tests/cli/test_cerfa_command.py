"""The financial report from the command line: exact for programs, French for people, and a refusal that names the declared exercises."""

from __future__ import annotations

import json

import pytest

from tests.connectors.cities import CITE
from tests.connectors.language import english, loose
from tests.connectors.ledgers import cash, fec

BUDGET = '\n[[exercise.cerfa]]\naccount = "60"\nplanned = "400.00"\n\n[[exercise.cerfa]]\naccount = "64"\nplanned = "600.00"\n'
LEDGER = [*cash("1", "20230110", "606300", 12345), *cash("2", "20230210", "641100", 60001), *cash("3", "20230301", "741000", -100_000)]


@pytest.fixture
def filled(city, command):
    city.write(CITE + BUDGET)
    city.source("compta", '\nid = "compta"\nlabel = "Comptabilité"\nkind = "fec"\n')
    city.drop("compta", "FEC.txt", fec(LEDGER))
    assert command("collecter").code == 0


@pytest.mark.usefixtures("filled")
def test_the_report_is_exact_for_programs_and_balanced_for_people(command):
    rows = {(row["side"], row["account"]): row for row in json.loads(command("cerfa", "--exercice", "2023", "--format", "json").out)}
    assert [rows["charges", "60"][name] for name in ("planned", "actual", "difference")] == [400.0, 123.45, -276.55]
    assert [rows["charges", "total"][name] for name in ("planned", "actual", "difference")] == [1000.0, 723.46, -276.54]
    assert rows["produits", "74"]["actual"] == 1000.0
    csv = command("cerfa", "--exercice", "2023", "--format", "csv").out.splitlines()
    assert csv[0] == "side,account,label,planned,actual,difference,share"
    assert csv[1].startswith("charges,60,Achats,400.00,123.45,-276.55,")
    table = command("cerfa", "--exercice", "2023").out
    assert "Les charges (723,46\u00a0€) et les produits (1\u202f000,00\u00a0€) sont ceux de la comptabilité, au centime près" in table
    assert "Les produits dépassent les charges de 276,54\u00a0€." in table
    assert english(table) == []
    assert loose(table) == []


@pytest.mark.usefixtures("filled")
def test_the_report_as_known_before_the_ledger_came_is_not_zero(command):
    early = json.loads(command("cerfa", "--exercice", "2023", "--au", "2023-07-01", "--format", "json").out)
    assert {row["actual"] for row in early} == {None}
    assert "comptabilité non transmise" in command("cerfa", "--exercice", "2023", "--au", "2023-07-01").out


def test_an_exercise_that_is_not_declared_is_refused_with_those_that_are(command):
    answer = command("cerfa", "--exercice", "2021")
    assert answer.code != 0
    assert "l'exercice 2021 n'est pas déclaré (déclarés\u00a0: 2023)" in answer.err
