"""The sheet that pages are written on: what it refuses, and a figure made of JSON types alone, number for number."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import plotly.io
import pytest

from dashboard.charts import budget_chart, gaps_chart, parcours_chart
from dashboard.charts.trends import trends_chart
from dashboard.components.html import Cell, Table
from dashboard.content.blocks import Chart, Fold, Html, Missing, Note, Section, Tab, Title
from dashboard.content.sheet import COLLECT, Sheet, figure_json
from tests.dashboard.test_charts import EXITS, STEPS, budget, rows
from tests.dashboard.test_trends import series

__all__ = ["rows"]

TABLE = Table("Titre <1>", ("A", "B"), (("x", Cell("1")),))
BAR = go.Figure(go.Bar(x=["É"], y=[0.1]), layout={"height": 100})


@pytest.fixture
def figures(rows) -> dict[str, go.Figure]:
    """One figure of each kind of chart."""
    return {
        "ecarts": gaps_chart(rows),
        "evolution": trends_chart([series("CEJ"), series("Formation")]),
        "budget": budget_chart(*budget(date(2022, 9, 30), 51780.0)),
        "parcours": parcours_chart(STEPS, EXITS, "du 1er janvier au 30 septembre 2022"),
    }


def test_blocks_are_kept_in_the_order_they_are_written():
    sheet = Sheet()
    sheet.title("Un constat")
    sheet.section("Une partie")
    sheet.show("<p>Un fragment</p>")
    sheet.note("Une remarque")
    sheet.missing("Rien")
    sheet.missing("Rien", "Attendre")
    sheet.fold("Le détail", "<p>Détail</p>", opened=True)
    sheet.tab("Un onglet")
    before = sheet.blocks
    sheet.chart(BAR, "Une phrase.", TABLE, "Source.", key="essai")
    assert before == (
        Title("Un constat"),
        Section("Une partie"),
        Html("<p>Un fragment</p>"),
        Note("Une remarque"),
        Missing("Rien", COLLECT),
        Missing("Rien", "Attendre"),
        Fold("Le détail", "<p>Détail</p>", opened=True),
        Tab("Un onglet"),
    )
    chart = sheet.blocks[-1]
    assert isinstance(chart, Chart)
    assert (chart.key, chart.sentence, chart.source) == ("essai", "Une phrase.", "Source.")
    assert "<caption>Titre &lt;1&gt;</caption>" in chart.table
    assert chart.figure["data"][0]["y"] == [0.1]


@pytest.mark.parametrize(
    ("figure", "sentence", "table", "source", "lacks"),
    [
        (BAR, "", TABLE, "Source.", "sentence"),
        (BAR, "Une phrase.", TABLE, "", "source"),
        (BAR, "Une phrase.", Table("Titre", ("A",), ()), "Source.", "table"),
        (go.Figure(layout={"height": 100}), "Une phrase.", TABLE, "Source.", "figure"),
        (go.Figure(go.Bar(x=[1], y=[1])), "Une phrase.", TABLE, "Source.", "height"),
    ],
)
def test_a_chart_with_a_part_missing_is_refused_and_not_kept(figure, sentence, table, source, lacks):
    sheet = Sheet()
    with pytest.raises(ValueError, match=lacks):
        sheet.chart(figure, sentence, table, source, key="essai")
    assert sheet.blocks == ()


def test_each_kind_of_chart_is_kept_as_plotly_writes_it(figures):
    for figure in figures.values():
        kept = figure_json(figure)
        assert kept == json.loads(plotly.io.to_json(figure, validate=False))
        assert "bdata" not in json.dumps(kept)
        assert json.loads(json.dumps(kept, allow_nan=False)) == kept


def test_arrays_are_kept_as_lists_without_rounding_and_what_is_not_a_number_as_none():
    numbers = np.array([1 / 3, np.nan, np.inf, 1e-17])
    figure = go.Figure(
        [
            go.Scatter(x=pd.to_datetime(["2022-01-01", "2022-03-31"]), y=pd.Series([1, 2])),
            go.Scatter(y=numbers),
            go.Scatter(y=[Decimal("1.5"), np.float64(0.1), np.int64(3)]),
            go.Heatmap(z=np.arange(4, dtype="float32").reshape(2, 2)),
        ],
        layout={"height": 100},
    )
    first, second, third, last = figure_json(figure)["data"]
    assert [day[:10] for day in first["x"]] == ["2022-01-01", "2022-03-31"]
    assert first["y"] == [1, 2]
    assert second["y"] == [1 / 3, None, None, 1e-17]
    assert third["y"] == [1.5, 0.1, 3]
    assert last["z"] == [[0.0, 1.0], [2.0, 3.0]]


def test_a_kept_figure_does_not_change_with_the_figure_it_came_from():
    figure = go.Figure(BAR)
    kept = figure_json(figure)
    figure.data[0].y = [9]
    assert kept["data"][0]["y"] == [0.1]
