"""The budget page and its tables: the plan beside the pace, levels, funders, costs, and the financial report with its balance."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pandas as pd
import pytest

from dashboard.charts import budget_chart
from dashboard.components import budget_tables as tables
from dashboard.components import summary
from dashboard.components.budget_readings import UnitCost
from dashboard.components.html import Cell
from indicators.budget import budget_use
from indicators.cerfa import cerfa
from indicators.compute import frame_of_rows
from indicators.grant import PlanStep
from indicators.period import Period
from indicators.sentences_budget import FundRow, LevelRow
from indicators.sentences_rows import BudgetRow, Figure
from indicators.status import Status
from tests.dashboard.boxes import outside, overlaps
from tests.dashboard.test_charts import budget, texts
from tests.dashboard.test_views import FULL, run, written

PLAN = tuple(PlanStep(date(2022, month, 30), Decimal(amount)) for month, amount in ((3, 10_000), (6, 36_000), (9, 66_000), (12, 100_000)))
EXTRA = {
    "plan": [{"month": 6, "amount": "30000"}, {"month": 12, "amount": "100000"}],
    "cofunding": [{"code": "ville", "funder": "Ville de Calais", "amount": "15000", "accounts": ["744"]}],
    "cerfa": [{"account": "60", "planned": "15000"}, {"account": "64", "planned": "100000"}],
}


def board(**changed: object):
    """The full board, its exercise declaring more."""
    declared = FULL.settings.exercises[0]
    model = type(declared).model_validate(declared.model_dump() | EXTRA | changed)
    file = FULL.settings.file.model_copy(update={"exercise": (model,)})
    return replace(FULL, settings=FULL.settings.model_copy(update={"file": file}))


def cells(row: tuple[str | Cell, ...]) -> list[str]:
    return [(cell.text if isinstance(cell, Cell) else cell).replace("\u00a0", " ").replace("\u202f", " ") for cell in row]


@pytest.mark.parametrize("day", [date(2022, 1, 31), date(2022, 6, 30), date(2022, 9, 30), date(2022, 12, 31)])
@pytest.mark.parametrize("spent", [2000.0, 51780.0, 98000.0])
def test_the_plan_covers_no_text_of_the_chart(day, spent):
    exercise, *others = budget(day, spent)
    figure = budget_chart(replace(exercise, plan=PLAN), *others)
    assert "◇ plan de dépense" in texts(figure)
    assert overlaps(figure) == []
    assert outside(figure) == []
    drawn = next(trace for trace in figure.data if trace.mode == "lines+markers")
    assert list(drawn.y) == [0, 10, 36, 66, 100]
    assert "◇ plan de dépense" not in texts(budget_chart(exercise, *others))


def test_the_page_tells_the_plan_the_levels_and_the_funders(monkeypatch):
    text = written(run("views/budget.py", board(), monkeypatch, a="2022-T3")).replace("\u00a0", " ").replace("\u202f", " ")
    assert text.startswith("Budget 2022 : 51 777 € dépensés sur 100 000 € de subvention, 13 223 € sous le plan de dépense")
    assert "13 223 € sous le plan de dépense (65 000 € à cette date) et 23 018 € sous le rythme linéaire." in text
    assert "L'ensemble est comparé au plan de dépense déclaré." in text
    assert "Dépensé au 30/09/2022, par niveau : " in text
    assert "Cofinancements 2022 : 15 000 € notifiés, soit 0,15 € pour 1 € de subvention ; 0 € reçus au 30/09/2022." in text
    assert "sont ceux de la comptabilité, au centime près, classe par classe" in text
    assert "Coût par personne" not in text
    assert "Report de 2021" not in text


def test_the_page_tells_a_carry_over_and_what_is_not_declared(monkeypatch):
    changed = {"carried_over": "10000.00", "carried_over_reference": "avenant n° 2", "cofunding": [], "cerfa": []}
    text = written(run("views/budget.py", board(**changed), monkeypatch)).replace("\u00a0", " ").replace("\u202f", " ")
    assert "51 777 € dépensés sur 110 000 € disponibles (100 000 € de subvention et 10 000 € reportés), soit 47 % ; " in text
    assert "Report de 2021 : 10 000 € accordés (avenant n° 2), qu'aucune ligne ne se partage." in text
    assert "Ensemble, report compris" in text
    assert "Cofinancements 2022 : non déclarés." in text
    assert "non déclaré" in text


def test_what_is_paid_after_the_exercise_is_said_once_it_is_over(monkeypatch):
    late = FULL.expenses.iloc[:1].assign(reference="tard", paid_on=pd.Timestamp(2023, 1, 12))
    closed = replace(board(), today=date(2023, 2, 1), expenses=pd.concat([FULL.expenses, late], ignore_index=True))
    text = written(run("views/budget.py", closed, monkeypatch, a="2022-T4")).replace("\u00a0", " ").replace("\u202f", " ")
    assert "Payé après le 31/12/2022 : 3 595,00 €." in text
    assert "Payé après" not in written(run("views/budget.py", closed, monkeypatch, a="2022-T3"))
    assert "Payé après" not in written(run("views/budget.py", replace(closed, expenses=FULL.expenses), monkeypatch, a="2022-T4"))


def test_with_a_plan_the_chart_judges_by_it_and_tells_the_lines_without_a_verdict():
    exercise, paid, total, lines = budget(date(2022, 3, 31), 9_500.0)
    planned = replace(total, planned=Decimal(10_000), plan_advance=-0.5)
    said = texts(budget_chart(replace(exercise, plan=PLAN), paid, planned, lines))
    assert "0,5\u00a0k€ sous le plan" in said
    assert not any(text.startswith(("▼", "▲")) for text in said)
    assert any(text.startswith("▼") for text in texts(budget_chart(exercise, paid, total, lines)))


def test_the_last_amount_of_a_chart_is_on_the_base_of_the_sentence():
    exercise, paid, total, lines = budget(date(2022, 12, 31), 95_990.0)
    carried = replace(total, carried_over=Decimal(16_630), available=Decimal(116_630))
    figure = budget_chart(exercise, paid, carried, lines)
    assert "20,6\u00a0k€ non dépensés" in texts(figure)
    assert "Subvention État 2022\u00a0: 100\u202f000\u00a0€, plus 16\u202f630\u00a0€ reportés" in texts(figure)
    assert (overlaps(figure), outside(figure)) == ([], [])


@pytest.mark.parametrize(
    ("spent", "plan", "alarm"),
    [(9_500, None, "15 158 € sous le rythme linéaire"), (9_500, 10_000, ""), (9_500, 30_000, "20 500 € sous le plan de dépense")],
)
def test_the_first_page_judges_by_the_plan_when_there_is_one(spent, plan, alarm):
    """A plan that starts slowly raises no false alarm; one that starts fast raises a true one."""
    granted, paid = Decimal(100_000), Decimal(spent)
    row = BudgetRow("Ensemble", granted, paid, paid, granted - paid, 0.095, 90 / 365, 9.5 - 9000 / 365)
    if plan:
        row = replace(row, planned=Decimal(plan), plan_advance=(spent - plan) / 1000)
    period = Period.parse("2022-T1")
    said = [item.text.replace("\u00a0", " ").replace("\u202f", " ") for item in summary.alerts([], row, period, [])]
    assert said == ([f"Budget 2022 : {alarm}"] if alarm else [])
    tile = summary.budget_tile(row, period, declared=True).detail.replace("\u00a0", " ").replace("\u202f", " ")
    assert tile == f"dépensés sur 100 000 €, {f'▼ {alarm}' if alarm else 'au rythme du plan'}"


def test_amounts_are_written_to_the_cent_and_what_is_not_told_is_not_zero():
    rows = [FundRow("Ville", Decimal("15000.5"), None, Decimal(0))]
    assert [cells(row) for row in tables.funds_table(rows, 2022).rows] == [["Ville", "15 000,50 €", "non transmis", "0,00 €"]]
    unpaid = [LevelRow("2", Decimal(10), Decimal(5), Decimal(0), float("nan"))]
    assert [cells(row) for row in tables.levels_table(unpaid, 2022).rows] == [
        ["2. Droit commun", "10,00 €", "5,00 €", "0,00 €", "sans objet"]
    ]


def test_a_withheld_cost_says_why_in_each_cell():
    told = Figure(825.7, Status.OK, 82_570.0, 100.0, 678.87, 1014.85)
    hidden = Figure(float("nan"), Status.SECRET)
    costs = [
        UnitCost("entrée en parcours", "entrées en parcours", told),
        UnitCost("sortie dynamique", "sorties dynamiques", hidden),
    ]
    first, second = (cells(row) for row in tables.costs_table(costs, 2022).rows)
    assert first == ["Par entrée en parcours", "82 570 €", "100", "826 €", "de 679 à 1 015 €"]
    assert second == ["Par sortie dynamique", *["non publié (secret statistique)"] * 4]


def test_the_report_is_laid_out_by_side_with_its_totals():
    planned = FULL.settings.exercises[0].model_copy(update={"cerfa": board().settings.exercises[0].cerfa}).planned()
    sides = tables.cerfa_tables(cerfa(FULL.expenses, planned, 2022), 2022)
    assert list(sides) == ["Charges", "Produits"]
    heads = [cells(row)[0] for row in sides["Charges"].rows]
    assert (heads[0], heads[-2:]) == ("60 Achats", ["Total des charges", "86 Emplois des contributions volontaires en nature (hors total)"])
    total = cells(sides["Charges"].rows[-2])
    booked = budget_use(FULL.expenses, FULL.settings.exercises[0].as_grant(), date(2022, 12, 31)).iloc[-1]["committed"]
    assert total[1:3] == ["115 000,00 €", f"{booked:,.2f} €".replace(",", " ").replace(".", ",")]
    bare = tables.cerfa_tables(cerfa(pd.DataFrame(FULL.expenses.iloc[:0]), {}, 2022), 2022)
    assert cells(bare["Charges"].rows[0]) == ["60 Achats", "non déclaré", "non transmis", "non déclaré", "non déclaré"]


def test_a_closed_year_tells_its_costs_and_why_one_is_withheld(monkeypatch):
    closed = replace(board(), today=date(2023, 2, 1), values=frame_of_rows([cost("B3-cout_parcours", 825.7), cost("B3-cout_sortie", None)]))
    text = written(run("views/budget.py", closed, monkeypatch, a="2022-T4")).replace("\u00a0", " ").replace("\u202f", " ")
    assert "826 € par entrée en parcours (intervalle à 95 % : de 679 à 1 015 €). Coût par sortie dynamique : non publié" in text
    assert "Coût non publié sous 20 personnes." in text
    assert "dynamiques, soit" not in text


def cost(code: str, value: float | None) -> dict[str, object]:
    key = {"indicator": code, "zone": "VILLE", "period": "2022", "dimension": "ensemble", "category": "ensemble"}
    if value is None:
        return {**key, "status": "secret"}
    return {**key, "numerator": 82_570.0, "denominator": 100.0, "value": value, "low": 678.87, "high": 1014.85, "status": "ok"}
