"""The sentences about residents, exits, freins, money and deliveries. ¤ stands for U+00A0 and _ for U+202F."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pandas as pd
import pytest

from indicators import sentences_results as s
from indicators.frames import VALUES_COLUMNS
from indicators.period import Period
from indicators.sentences_rows import NOT_TRANSMITTED, BudgetRow, Figure, year_to_date
from indicators.status import Status

T3 = Period.parse("2022-T3")
END = date(2022, 9, 30)
HIDDEN = Figure(float("nan"), Status.SECRET)


def shown(text: str) -> str:
    return text.replace("\u00a0", "¤").replace("\u202f", "_")


def count(n: float) -> Figure:
    return Figure(n, Status.OK)


def rate(k: float, n: float) -> Figure:
    return Figure(100 * k / n, Status.OK, k, n, 100 * k / n - 12, 100 * k / n + 9)


def test_the_follow_up_says_each_step_and_those_still_on_their_way():
    assert shown(s.parcours(count(214), rate(171, 214), count(96), count(52), count(31), END)) == (
        "Depuis le 1er janvier 2022_: 214 habitants repérés, 171 accueillis (79,9¤%), 96 entrées en parcours, 52 sorties_; "
        "31 parcours en cours au 30/09/2022."
    )


def test_the_follow_up_agrees_with_zero_and_one():
    text = shown(s.parcours(count(1), rate(1, 1), count(0), count(1), count(0), END))
    assert "1 habitant repéré, 1 accueilli (1 sur 1), 0 entrée en parcours, 1 sortie_; 0 parcours en cours" in text


def test_what_is_hidden_or_missing_in_the_follow_up_is_said_step_by_step():
    text = shown(s.parcours(count(12), rate(9, 12), HIDDEN, NOT_TRANSMITTED, NOT_TRANSMITTED, END))
    assert "entrées en parcours_: non publié (secret statistique), sorties_: non transmis_; parcours en cours_: non transmis." in text


def test_exits_come_with_their_count_interval_and_three_parts():
    parts = [("vers l'emploi durable", rate(14, 47)), ("vers l'emploi de transition", rate(9, 47)), ("en sortie positive", rate(16, 47))]
    assert shown(s.exits(rate(39, 47), parts)) == (
        "Sur 47 sorties connues, hors sorties neutralisées, 39 sont dynamiques, soit 83¤% (intervalle à 95¤%_: de 71¤% à 92¤%)_: "
        "14 vers l'emploi durable, 9 vers l'emploi de transition et 16 en sortie positive."
    )


def test_few_exits_have_no_rate():
    assert s.exits(rate(9, 15), []) == "Sur 15 sorties connues, hors sorties neutralisées, 9 sont dynamiques."
    assert s.exits(rate(1, 15), []).endswith("1 est dynamique.")
    assert shown(s.exits(rate(0, 1), [])) == "Une sortie connue, hors sorties neutralisées_: elle n'est pas dynamique."
    assert shown(s.exits(HIDDEN, [])) == "Sorties dynamiques_: non publié (secret statistique)."


def test_freins():
    assert shown(s.freins(rate(41, 63))) == "Sur 63 freins au bilan, 41 sont levés, soit 65¤%."
    assert s.freins(rate(1, 9)) == "Sur 9 freins au bilan, 1 est levé."
    assert s.freins(rate(1, 1)) == "1 frein au bilan, dont 1 levé."


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
        "Exercice 2022 clos_: 83,0¤k€ dépensés (83¤% de la subvention 2022), 17,0¤k€ non dépensés."
    )
    assert shown(s.budget_title(closed, 2022)) == "Budget 2022_: 83¤% de la subvention dépensés, exercice clos"


@pytest.mark.parametrize(
    ("points", "words"),
    [(-23.2, "23¤points sous le rythme"), (-10.0, "au rythme"), (9.9, "au rythme"), (12.4, "12¤points au-dessus du rythme")],
)
def test_pace_is_said_in_points_beyond_ten(points, words):
    assert shown(s.pace(replace(BUDGET, advance_points=points))) == words


@pytest.mark.parametrize(
    ("received", "missing", "awaited", "text"),
    [
        (["A", "B"], ["Centre social"], [], "2 partenaires sur 3 ont transmis leurs données du T3 2022_; manque_: Centre social."),
        (["A"], ["B", "C"], [], "1 partenaire sur 3 a transmis ses données du T3 2022_; manquent_: B et C."),
        (["A", "B"], [], [], "Les 2 partenaires attendus ont transmis leurs données du T3 2022."),
        (["A"], [], [], "Le partenaire attendu a transmis ses données du T3 2022."),
        ([], ["B"], [], "Aucun des partenaires attendus n'a transmis ses données du T3 2022_; manque_: B."),
        (["A", "B"], [], ["C"], "2 partenaires sur 3 ont transmis leurs données du T3 2022_; délai en cours_: C."),
        (["A"], ["B"], ["C"], "1 partenaire sur 3 a transmis ses données du T3 2022_; manque_: B_; délai en cours_: C."),
        ([], [], ["C"], "Aucun des partenaires attendus n'a transmis ses données du T3 2022_; délai en cours_: C."),
        ([], [], [], "Aucun partenaire ne devait transmettre pour T3 2022."),
    ],
)
def test_deliveries(received, missing, awaited, text):
    assert shown(s.transmission(received, missing, awaited, T3)) == text


@pytest.mark.parametrize(
    ("late", "total", "text"),
    [(0, 9, "Toutes les données attendues sont là"), (1, 9, "Une source en retard sur 9"), (3, 9, "Trois sources en retard sur 9")],
)
def test_the_title_of_the_data_page(late, total, text):
    assert s.data_title(late, total) == text


def flows(*quarters: tuple[str, float | None]) -> pd.DataFrame:
    rows = [
        ("R1", "VILLE", code, "ensemble", "ensemble", value, None, value, None, None, "secret" if value is None else "ok")
        for code, value in quarters
    ]
    return pd.DataFrame(rows, columns=VALUES_COLUMNS).astype(
        {"value": float, "numerator": float, "denominator": float, "low": float, "high": float}
    )


def test_a_year_to_date_is_the_sum_of_its_quarters():
    assert year_to_date(flows(("2021-T4", 9), ("2022-T1", 4), ("2022-T2", 5), ("2022-T3", 6), ("2022-T4", 7)), "R1", T3) == count(15)


def test_a_year_to_date_is_as_absent_as_its_most_absent_quarter():
    assert year_to_date(flows(("2022-T1", 4), ("2022-T2", None), ("2022-T3", 6)), "R1", T3).status is Status.SECRET
    assert year_to_date(flows(("2022-T1", 4), ("2022-T3", None)), "R1", T3).status is Status.NON_TRANSMIS
