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


PLANNED = replace(BUDGET, planned=Decimal(66_000), plan_advance=-14.22)
CARRIED = replace(
    BUDGET, paid=Decimal(95_990), used_share=0.9599, elapsed_share=1.0, carried_over=Decimal(16_630), available=Decimal(116_630)
)


def test_the_budget_says_paid_share_distance_and_range_in_euros():
    assert shown(s.budget(BUDGET, 2022, END)) == (
        "Au 30/09/2022, 51_780¤€ dépensés sur 100_000¤€ de subvention, soit 52¤%_; 23_220¤€ sous le rythme linéaire. "
        "Au rythme des trois derniers mois, l'année finirait entre 60_000¤€ et 75_000¤€, au millier d'euros près."
    )


@pytest.mark.parametrize(
    ("row", "end"),
    [
        (replace(BUDGET, projected_low=None, projected_high=None), "23_220¤€ sous le rythme linéaire."),
        (replace(BUDGET, projected_high=Decimal(60_010)), "l'année finirait vers 60_000¤€, au millier d'euros près."),
        (replace(BUDGET, paid=Decimal(75_000), projected_low=None), "au niveau du rythme linéaire."),
        (replace(BUDGET, paid=Decimal(80_000), projected_low=None), "5_000¤€ au-dessus du rythme linéaire."),
        (
            replace(PLANNED, projected_low=None),
            "14_220¤€ sous le plan de dépense (66_000¤€ à cette date) et 23_220¤€ sous le rythme linéaire.",
        ),
        (
            replace(PLANNED, planned=Decimal("51780.4"), projected_low=None),
            "au niveau du plan de dépense (51_780¤€ à cette date) et 23_220¤€ sous le rythme linéaire.",
        ),
    ],
)
def test_the_budget_without_a_range_on_pace_ahead_or_beside_its_plan(row, end):
    assert shown(s.budget(row, 2022, END)).endswith(end)


def test_what_is_available_is_said_once_with_what_it_is_made_of():
    head = "95_990¤€ dépensés sur 116_630¤€ disponibles (100_000¤€ de subvention et 16_630¤€ reportés), soit 82¤%"
    assert shown(s.budget(CARRIED, 2023, END)) == f"Exercice 2023 clos¤: {head}_; 20_640¤€ non dépensés."
    opened = replace(CARRIED, elapsed_share=0.75, planned=Decimal(98_000), plan_advance=-2.01, projected_low=None)
    assert shown(s.budget(opened, 2023, END)) == (
        f"Au 30/09/2022, {head}_; 2_010¤€ sous le plan de dépense (98_000¤€ à cette date) "
        "et 20_990¤€ au-dessus du rythme linéaire de la subvention."
    )
    assert shown(s.budget_title(CARRIED, 2023)) == "Budget 2023¤: 95_990¤€ dépensés sur 116_630¤€ disponibles, exercice clos"
    spent = replace(CARRIED, paid=Decimal(116_630), planned=Decimal(116_630), plan_advance=0.0)
    assert shown(s.budget(spent, 2023, END)).endswith("soit 100¤%_; tout est dépensé.")
    partly = replace(CARRIED, planned=Decimal(100_000), plan_advance=-4.0)
    assert shown(s.budget(partly, 2023, END)).endswith(
        "_; 20_640¤€ non dépensés, 4_010¤€ sous le plan de dépense (100_000¤€ à cette date)."
    )


def test_a_closed_exercise_has_no_pace():
    closed = replace(BUDGET, paid=Decimal(83_000), used_share=0.83, elapsed_share=1.0, advance_points=-17.0)
    assert shown(s.budget(closed, 2022, date(2024, 1, 15))) == (
        "Exercice 2022 clos¤: 83_000¤€ dépensés sur 100_000¤€ de subvention, soit 83¤%_; 17_000¤€ non dépensés."
    )
    assert shown(s.budget_title(closed, 2022)) == "Budget 2022¤: 83_000¤€ dépensés sur 100_000¤€ de subvention, exercice clos"


@pytest.mark.parametrize(
    ("points", "words"),
    [
        (-23.2, "23¤points sous le rythme linéaire"),
        (-10.0, "au rythme linéaire"),
        (9.9, "au rythme linéaire"),
        (12.4, "12¤points au-dessus du rythme linéaire"),
    ],
)
def test_the_pace_of_a_line_is_said_in_points_beyond_ten(points, words):
    assert shown(s.pace(replace(BUDGET, advance_points=points))) == words


def test_with_a_plan_the_whole_is_judged_by_it_alone():
    """At the end of the first quarter of 2022 the plan expected 10 000 euros, the linear pace 24 658."""
    first = replace(BUDGET, paid=Decimal(9_500), elapsed_share=90 / 365, advance_points=-15.2)
    assert shown(s.standing(first)) == "15_158¤€ sous le rythme linéaire"
    assert s.standing(replace(first, planned=Decimal(10_000), plan_advance=-0.5)) == "au rythme du plan"
    assert shown(s.standing(PLANNED)) == "14_220¤€ sous le plan de dépense"
    assert shown(s.standing(replace(PLANNED, paid=Decimal(80_000), plan_advance=14.0))) == "14_000¤€ au-dessus du plan de dépense"
    assert s.standing(replace(BUDGET, advance_points=-9.0)) == "au rythme linéaire"
    assert shown(s.budget_title(PLANNED, 2022)).endswith("51_780¤€ dépensés sur 100_000¤€ de subvention, 14_220¤€ sous le plan de dépense")


def test_what_is_judged_against_is_written_under_the_chart():
    assert "plan" not in s.reading(BUDGET)
    assert "L'ensemble est comparé au plan de dépense déclaré." in s.reading(PLANNED)
    assert s.NOT_A_FORECAST in s.reading(PLANNED)
    assert s.NOT_A_FORECAST not in s.reading(replace(PLANNED, elapsed_share=1.0))


def test_what_is_paid_after_the_exercise_is_told_once():
    assert shown(s.paid_late(Decimal("800.5"), date(2022, 12, 31))).startswith("Payé après le 31/12/2022¤: 800,50¤€. ")
    assert s.paid_late(Decimal(0), date(2022, 12, 31)) == ""


def level(code: str, paid: str, share: float) -> LevelRow:
    return LevelRow(code, Decimal(50_000), Decimal(paid), Decimal(paid), share)


def test_levels_are_said_with_their_share_once_something_is_paid():
    rows = [level("1", "33000", 0.6371), level("2", "14500", 0.2799), level("3", "4300", 0.083)]
    assert shown(s.levels(rows, END)) == (
        "Dépensé au 30/09/2022, par niveau¤: 33_000¤€ pour le niveau 1 (63,7¤%), 14_500¤€ pour le niveau 2 (28,0¤%) "
        "et 4_300¤€ pour le niveau 3 (8,3¤%)."
    )
    assert s.levels([level("1", "0", float("nan"))], END) == ""


def test_a_carry_over_is_told_with_its_decision_and_the_share_of_the_grant_alone():
    assert shown(s.carry_over(CARRIED, GRANT)) == (
        "Report de 2022¤: 16_630¤€ accordés (avenant n° 1), qu'aucune ligne ne se partage. "
        "Rapportée à la seule subvention (indicateur B1), la dépense est de 96,0¤%."
    )
    assert s.carry_over(replace(CARRIED, carried_over=Decimal(0)), GRANT) == ""
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
        "Cofinancements 2023¤: 27_000¤€ notifiés, soit 0,27¤€ pour 1¤€ de subvention_; 15_000¤€ reçus et 17_200¤€ dépensés au 30/09/2022."
    )
    untold = [fund("Ville", 15_000, None, 9_000), fund("Département", 12_000, 0, 0)]
    assert shown(s.leverage(untold, GRANT, END)).endswith("de subvention_; 9_000¤€ dépensés au 30/09/2022.")
    assert shown(s.leverage([fund("Ville", 15_000)], GRANT, END)).endswith("soit 0,15¤€ pour 1¤€ de subvention.")
    assert shown(s.leverage([], GRANT, END)) == "Cofinancements 2023¤: non déclarés."
    assert shown(s.leverage([fund("Aucun", 0)], GRANT, END)) == "Cofinancements 2023¤: aucun."


def test_a_cost_is_told_with_its_interval_or_withheld():
    cost = Figure(1284.4, Status.OK, 128_440.0, 100.0, 1050.2, 1570.49)
    assert shown(s.unit_cost(cost, "entrée en parcours")) == "1_284¤€ par entrée en parcours (intervalle à 95¤%¤: de 1_050 à 1_570¤€)."
    hidden = Figure(float("nan"), Status.SECRET)
    assert shown(s.unit_cost(hidden, "sortie dynamique")) == "Coût par sortie dynamique¤: non publié (secret statistique)."


def report(expenses: str, income: str, given: str = "0", used: str = "0", *differences: tuple[str, Decimal]) -> str:
    return shown(s.cerfa(Balance(*map(Decimal, (expenses, income, given, used)), differences=differences)))


def test_a_report_that_balances_says_so_to_the_cent_and_class_by_class():
    assert report("127000.00", "127000.00", "8400", "8400") == (
        "Les charges (127_000,00¤€) et les produits (127_000,00¤€) sont ceux de la comptabilité, au centime près, "
        "classe par classe (60 à 68, 70 à 79, 86 et 87). Les charges et les produits s'équilibrent."
    )


def test_a_report_that_does_not_balance_says_by_how_much_and_in_which_class():
    text = report("127000.00", "145360.00", "0", "8400", ("69", Decimal("0.01")), ("75", Decimal("-2.50")))
    assert text.startswith("La comptabilité diffère du tableau, les charges (127_000,00¤€) et les produits (145_360,00¤€)¤: ")
    assert "¤: 0,01¤€ de plus en classe 69 et 2,50¤€ de moins en classe 75. " in text
    assert "Les produits dépassent les charges de 18_360,00¤€." in text
    assert text.endswith("Contributions volontaires¤: 8_400,00¤€ employés (86) pour 0,00¤€ reçus (87).")
    assert "Les charges dépassent les produits de 1,00¤€." in report("2", "1")
    aside = shown(s.cerfa(Balance(*[Decimal(5)] * 4, set_aside=Decimal(3))))
    assert aside.endswith(" Les charges comprennent 3,00¤€ de fonds dédiés (compte 689), mis de côté et non dépensés.")
