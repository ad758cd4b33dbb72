"""The sentences about money. ¤ stands for U+00A0 and _ for U+202F."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from indicators import sentences_budget as s
from indicators.cerfa import Balance
from indicators.grant import Grant
from indicators.sentences_budget import FundRow, LevelRow
from indicators.sentences_rows import BudgetRow, Figure
from indicators.status import Status

END = date(2022, 9, 30)
GRANT = Grant(
    2023,
    date(2023, 1, 1),
    date(2023, 12, 31),
    Decimal(100_000),
    (),
    carried_over=Decimal("16630.00"),
    carried_over_on=date(2023, 2, 28),
    carried_over_reference="avenant n° 1",
)


def shown(text: str) -> str:
    return text.replace("\u00a0", "¤").replace("\u202f", "_")


BUDGET = BudgetRow(
    "Ensemble", Decimal(100_000), Decimal(60_000), Decimal(51_780), Decimal(40_000), 0.5178, 0.75, -23.2, Decimal(60_000), Decimal(75_400)
)


def test_the_budget_says_paid_share_distance_and_range():
    assert shown(s.budget(BUDGET, 2022, END)) == (
        "Au 30/09/2022, 51,8¤k€ dépensés (52¤% de la subvention 2022), 23,2¤k€ sous le rythme linéaire. "
        "Au rythme des trois derniers mois, l'année finirait entre 60¤k€ et 75¤k€."
    )


@pytest.mark.parametrize(
    ("row", "end"),
    [
        (replace(BUDGET, projected_low=None, projected_high=None), "23,2¤k€ sous le rythme linéaire."),
        (replace(BUDGET, projected_high=Decimal(60_010)), "l'année finirait vers 60¤k€."),
        (replace(BUDGET, paid=Decimal(75_000), projected_low=None), "au rythme linéaire."),
        (replace(BUDGET, paid=Decimal(80_000), projected_low=None), "5,0¤k€ au-dessus du rythme linéaire."),
    ],
)
def test_the_budget_without_a_range_on_pace_or_ahead(row, end):
    assert shown(s.budget(row, 2022, END)).endswith(end)


def test_a_closed_exercise_has_no_pace():
    closed = replace(BUDGET, paid=Decimal(83_000), used_share=0.83, elapsed_share=1.0, advance_points=-17.0)
    assert shown(s.budget(closed, 2022, date(2024, 1, 15))) == (
        "Exercice 2022 clos¤: 83,0¤k€ dépensés (83¤% de la subvention 2022), 17,0¤k€ non dépensés."
    )
    carried = replace(closed, carried_over=Decimal(10_000), available=Decimal(110_000))
    assert shown(s.budget(carried, 2022, END)).endswith("17,0¤k€ non dépensés, 27,0¤k€ avec le report.")
    assert shown(s.budget_title(closed, 2022)) == "Budget 2022¤: 83¤% de la subvention dépensés, exercice clos"


@pytest.mark.parametrize(
    ("points", "words"),
    [(-23.2, "23¤points sous le rythme"), (-10.0, "au rythme"), (9.9, "au rythme"), (12.4, "12¤points au-dessus du rythme")],
)
def test_pace_is_said_in_points_beyond_ten(points, words):
    assert shown(s.pace(replace(BUDGET, advance_points=points))) == words


def level(code: str, paid: str, share: float) -> LevelRow:
    return LevelRow(code, Decimal(50_000), Decimal(paid), Decimal(paid), share)


def test_levels_are_said_with_their_share_once_something_is_paid():
    rows = [level("1", "33000", 0.6371), level("2", "14500", 0.2799), level("3", "4300", 0.083)]
    assert shown(s.levels(rows, END)) == (
        "Dépensé au 30/09/2022, par niveau¤: 33,0¤k€ pour le niveau 1 (63,7¤%), 14,5¤k€ pour le niveau 2 (28,0¤%) "
        "et 4,3¤k€ pour le niveau 3 (8,3¤%)."
    )
    assert s.levels([level("1", "0", float("nan"))], END) == ""


@pytest.mark.parametrize(
    ("advance", "end"),
    [
        (-14.22, "la dépense est 14,2¤points sous le plan."),
        (1.5, "la dépense est 1,5¤point au-dessus du plan."),
        (0.04, "la dépense est au niveau du plan."),
    ],
)
def test_the_plan_is_told_beside_the_linear_pace(advance, end):
    row = replace(BUDGET, planned=Decimal(66_000), plan_advance=advance)
    assert shown(s.plan(row)).startswith("Le plan de dépense prévoyait 66,0¤k€ à cette date¤: ")
    assert shown(s.plan(row)).endswith(end)
    assert s.plan(BUDGET) == ""


def test_a_carry_over_is_told_with_what_it_makes_available():
    row = replace(BUDGET, paid=Decimal("95990"), carried_over=Decimal("16630.00"), available=Decimal("116630.00"))
    assert shown(s.carry_over(row, GRANT)) == (
        "Report de 2022¤: 16_630¤€ accordés (avenant n° 1), soit 116_630¤€ disponibles en 2023, dont 82,3¤% dépensés."
    )
    assert s.carry_over(replace(row, carried_over=Decimal(0)), GRANT) == ""
    assert s.carry_over(BUDGET, GRANT) == ""


def test_what_an_exercise_hands_on_is_told_once_it_is_decided():
    assert shown(s.carried_forward(GRANT, Decimal(16_630), date(2023, 3, 1))) == (
        "16_630¤€ reportés sur 2023 (avenant n° 1), pour 16_630¤€ non engagés en 2022."
    )
    assert s.carried_forward(GRANT, Decimal(16_630), date(2022, 12, 31)) == ""


def fund(funder: str, notified: int, received: int | None = None, spent: int | None = None) -> FundRow:
    return FundRow(funder, *(None if amount is None else Decimal(amount) for amount in (notified, received, spent)))


def test_co_funding_is_told_by_euro_of_the_grant_then_as_received_and_spent():
    rows = [fund("Ville", 15_000, 15_000, 9_000), fund("Département", 12_000, 0, 8_200)]
    assert shown(s.leverage(rows, GRANT, END)) == (
        "Cofinancements 2023¤: 27,0¤k€ notifiés, soit 0,27¤€ pour 1¤€ de subvention_; 15,0¤k€ reçus et 17,2¤k€ dépensés au 30/09/2022."
    )
    untold = [fund("Ville", 15_000, None, 9_000), fund("Département", 12_000, 0, 0)]
    assert shown(s.leverage(untold, GRANT, END)).endswith("de subvention_; 9,0¤k€ dépensés au 30/09/2022.")
    assert shown(s.leverage([fund("Ville", 15_000)], GRANT, END)).endswith("soit 0,15¤€ pour 1¤€ de subvention.")
    assert shown(s.leverage([], GRANT, END)) == "Cofinancements 2023¤: non déclarés."
    assert shown(s.leverage([fund("Aucun", 0)], GRANT, END)) == "Cofinancements 2023¤: aucun."


def test_a_cost_is_told_with_its_interval_or_withheld():
    cost = Figure(1284.4, Status.OK, 128_440.0, 100.0, 1050.2, 1570.49)
    assert shown(s.unit_cost(cost, "entrée en parcours")) == "1_284¤€ par entrée en parcours (intervalle à 95¤%¤: de 1_050 à 1_570¤€)."
    hidden = Figure(float("nan"), Status.SECRET)
    assert shown(s.unit_cost(hidden, "sortie dynamique")) == "Coût par sortie dynamique¤: non publié (secret statistique)."


def report(ledger: str, expenses: str, income: str, given: str = "0", used: str = "0") -> str:
    return shown(s.cerfa(Balance(*map(Decimal, (ledger, expenses, income, given, used)))))


def test_a_report_that_balances_says_so_to_the_cent():
    assert report("127000.00", "127000.00", "127000.00", "8400", "8400") == (
        "Le total des charges, 127_000,00¤€, est celui de la comptabilité, au centime près. Les charges et les produits s'équilibrent."
    )


def test_a_report_that_does_not_balance_says_by_how_much():
    text = report("127000.01", "127000.00", "145360.00", "0", "8400")
    assert "n'est pas celui de la comptabilité¤: 0,01¤€ de plus, sur des comptes hors des classes 60 à 68." in text
    assert "Les produits dépassent les charges de 18_360,00¤€." in text
    assert text.endswith("Contributions volontaires¤: 8_400,00¤€ employés (86) pour 0,00¤€ reçus (87).")
    assert "Les charges dépassent les produits de 1,00¤€." in report("2", "2", "1")
    aside = shown(s.cerfa(Balance(*[Decimal(5)] * 5, set_aside=Decimal(3))))
    assert aside.endswith(" Les charges comprennent 3,00¤€ de fonds dédiés (compte 689), mis de côté et non dépensés.")
    assert "0,50¤€ de moins" in report("1.5", "2", "2")
