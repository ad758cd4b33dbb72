"""Blocks on the screen: each as pages are drawn, and a kept figure gives the very picture of the live one."""

from __future__ import annotations

import json
from copy import deepcopy

import plotly.io
from streamlit.testing.v1 import AppTest

from dashboard import theme
from dashboard.content.blocks import Block, Chart, Fold, Html, Missing, Note, Section, Tab, Title, from_json, page_bytes
from dashboard.content.draw import live
from dashboard.content.sheet import figure_json
from tests.dashboard.test_content_sheet import figures, rows

__all__ = ["figures", "rows"]


def script() -> None:
    import streamlit

    from dashboard.content.draw import draw

    draw(streamlit.session_state["written"])


def drawn(*blocks: Block) -> AppTest:
    test = AppTest.from_function(script, default_timeout=60)
    test.session_state["written"] = blocks
    test.run()
    assert not test.exception
    return test


def bodies(test) -> list[str]:
    return [item.proto.body for item in test.get("html")]


def test_a_kept_figure_is_the_same_picture_as_the_live_one(figures):
    for figure in figures.values():
        kept = json.loads(page_bytes([Chart("k", "s", "t", "o", figure_json(figure))]))
        [chart] = from_json(kept)
        assert isinstance(chart, Chart)
        before = deepcopy(chart.figure)
        assert json.loads(plotly.io.to_json(live(chart.figure), validate=False)) == json.loads(plotly.io.to_json(figure, validate=False))
        assert chart.figure == before


def test_a_chart_is_drawn_with_its_sentence_its_source_and_its_table(figures):
    kept = figure_json(figures["budget"])
    test = drawn(Chart("budget", "Une phrase & une autre.", "<table><tr><td>1</td></tr></table>", "Source.", kept))
    [chart] = test.get("plotly_chart")
    assert json.loads(chart.proto.spec) == kept
    assert chart.proto.alt == "Une phrase & une autre."
    assert chart.proto.theme == ""
    assert json.loads(chart.proto.config) == theme.CONFIG
    assert [item.label for item in test.expander] == ["Voir les données"]
    assert bodies(test.expander[0]) == ["<table><tr><td>1</td></tr></table>"]
    assert bodies(test)[:2] == ['<p class="phrase">Une phrase &amp; une autre.</p>', '<p class="source">Source.</p>']
    assert [item.type for item in test.main.children.values()] == ["html", "plotly_chart", "html", "expander"]


def test_each_block_has_its_look():
    test = drawn(
        Title("Un <constat>"), Section("Une partie"), Html("<p>Un fragment</p>"), Note("À noter"), Missing("Rien < 1", "Attendre")
    )  # fmt: skip
    assert [item.value for item in test.title] == ["Un <constat>"]
    assert test.title[0].proto.hide_anchor
    assert [item.value for item in test.header] == ["Une partie"]
    assert bodies(test) == [
        "<p>Un fragment</p>",
        '<p class="note">À noter</p>',
        '<div class="vide"><p class="vide-titre">Rien &lt; 1</p><p>Attendre</p></div>',
    ]


def test_a_fold_opens_as_it_says():
    test = drawn(Fold("Fermé", "<p>1</p>", opened=False), Fold("Ouvert", "<p>2</p>", opened=True))
    assert [(item.label, item.proto.expanded, bodies(item)) for item in test.expander] == [
        ("Fermé", False, ["<p>1</p>"]),
        ("Ouvert", True, ["<p>2</p>"]),
    ]


def test_what_follows_a_tab_is_inside_it():
    test = drawn(Title("Un constat"), Tab("Emploi"), Note("un"), Section("deux"), Tab("Vide"), Tab("Compte rendu"), Note("trois"))
    assert [tab.label for tab in test.tabs] == ["Emploi", "Vide", "Compte rendu"]
    assert [bodies(tab) for tab in test.tabs] == [['<p class="note">un</p>'], [], ['<p class="note">trois</p>']]
    assert [item.value for item in test.tabs[0].header] == ["deux"]
    assert [item.type for item in test.main.children.values()] == ["title", "tab_container"]
