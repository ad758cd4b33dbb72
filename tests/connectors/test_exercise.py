"""The plan, the carry-over, the co-funding and the Cerfa budget of an exercise: what is read, and each fault in one French sentence."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from connectors.exercise import ExerciseDeclared
from indicators.grant import PlanStep
from indicators.typography import french
from tests.connectors.cities import CITE
from tests.connectors.test_settings import refused

PLAN = """
[[exercise.plan]]
month = 6
amount = "400.00"

[[exercise.plan]]
month = 12
amount = "1000.00"
"""
FUNDS = """
[[exercise.cofunding]]
code = "ville"
funder = "Ville"
amount = "250.00"
accounts = ["744"]

[[exercise.cofunding]]
code = "dept"
funder = "Département"
amount = "50.00"
analytic = ["DEPT"]
"""
CERFA = """
[[exercise.cerfa]]
account = "64"
planned = "1300.10"

[[exercise.cerfa]]
account = "86"
planned = "80.00"

[[exercise.cerfa]]
account = "75"
planned = "0.10"
"""
FULL = CITE + PLAN + FUNDS + CERFA


def exercise(city, text: str) -> ExerciseDeclared:
    return city.write(text).settings.exercises[0]


def test_an_exercise_gives_its_plan_its_co_funding_and_its_budget(city):
    read = exercise(city, FULL)
    grant = read.as_grant()
    assert grant.plan == (PlanStep(date(2023, 6, 30), Decimal(400)), PlanStep(date(2023, 12, 31), Decimal(1000)))
    ville, dept = grant.cofunding
    assert (ville.code, ville.notified, ville.receipts_told, ville.expenses_told) == ("ville", 250, True, False)
    assert (dept.receipts_told, dept.expenses_told) == (True, True)
    assert dict(read.planned()) == {"64": Decimal("1300.10"), "86": 80, "75": Decimal("0.10"), "74": 1300, "78": 0, "87": 80}


def test_an_exercise_without_them_says_nothing_of_them(city):
    read = exercise(city, CITE)
    assert (read.as_grant().plan, read.as_grant().cofunding, dict(read.planned())) == ((), None, {})


def test_a_carry_over_is_an_income_of_the_budget_and_may_be_planned(city):
    text = FULL.replace('grant = "1000.00"', 'grant = "1000.00"\ncarried_over = "20.00"\ncarried_over_on = 2023-03-01')
    text = text.replace('planned = "1300.10"', 'planned = "1320.10"').replace('amount = "1000.00"', 'amount = "1020.00"')
    read = exercise(city, text)
    assert read.planned()["78"] == 20
    assert (read.as_grant().carried_over, read.as_grant().carried_over_on) == (20, date(2023, 3, 1))


@pytest.mark.parametrize(
    ("month", "day"), [(4, date(2023, 4, 30)), (12, date(2023, 12, 31)), (3, date(2024, 3, 15)), (1, date(2024, 1, 31))]
)
def test_a_month_of_the_plan_ends_within_an_exercise_that_crosses_the_year(city, month, day):
    text = CITE.replace("first_day = 2023-01-01", "first_day = 2023-04-01").replace("last_day = 2023-12-31", "last_day = 2024-03-15")
    read = exercise(city, f'{text}\n[[exercise.plan]]\nmonth = {month}\namount = "1.00"\n')
    assert [step.day for step in read.as_grant().plan] == [day]


TWICE = "le code analytique « DEPT » revient à deux financements de l'exercice 2023"
TOO_MUCH = "finit à 1000.01 €, plus que la subvention et son report"


@pytest.mark.parametrize(
    ("written", "instead", "told"),
    [
        ("month = 6", "month = 0", "« exercise.1.plan.1.month » doit être au moins 1"),
        ("month = 6", "month = 12", "le plan de dépense de l'exercice 2023 donne deux montants pour le mois 12"),
        ("month = 6\namount = ", 'month = 6\namount = "1000.01" # ', "de l'exercice 2023 baisse au mois 12 ; ses montants sont cumulés"),
        ("month = 12\namount = ", 'month = 12\namount = "1000.01" # ', TOO_MUCH),
        ("last_day = 2023-12-31", "last_day = 2023-11-30", "le plan de dépense de l'exercice 2023 a un mois hors de l'exercice (12)"),
        ('code = "dept"', 'code = "ville"', "déclare deux cofinancements de même code (ville, ville)"),
        ('code = "dept"', 'code = "Le Dept"', "« exercise.1.cofunding.2.code » n'a pas la forme attendue"),
        ('accounts = ["744"]', 'accounts = ["644"]', "« exercise.1.cofunding.1.accounts.1 » n'a pas la forme attendue"),
        ('accounts = ["744"]', 'analytic = ["DEPT"]', TWICE),
        ('accounts = ["64"]', 'analytic = ["DEPT"]', TWICE),
        ('account = "64"', 'account = "69"', "« exercise.1.cerfa.1.account » doit valoir l'un de"),
        ('account = "86"', 'account = "64"', "déclare deux fois le même compte (64, 64, 75)"),
        ('"1300.10"', '"1300.11"', "n'est pas équilibré : 1\u202f300,11 € de charges (60 à 68) et 1\u202f300,10 € de ressources"),
        ('code = "poste"', 'code = "produits"', "le code « produits » est réservé à ce qui n'est pas payé par la subvention"),
        ('level = "1"', 'level = "4"', "« exercise.1.line.1.level » doit valoir l'un de"),
    ],
)
def test_each_fault_is_one_sentence(city, written, instead, told):
    assert FULL.count(written) == 1
    (sentence,) = refused(city.write(FULL.replace(written, instead)))
    assert french(told) in sentence
