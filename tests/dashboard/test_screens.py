"""The screens of a séance from kept pages: their order, what is left out, and that whatever was typed is text."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from dashboard.components import html
from dashboard.components.changes_tables import decisions_table
from dashboard.content.blocks import Block, Chart, Html, Note, Section, Title
from dashboard.content.choice import Choice
from dashboard.content.pages import blocks_of
from dashboard.content.projected import Screen
from dashboard.content.screens import DECISIONS, MOST_ITEMS, screens
from indicators.meeting import LONGEST, LONGEST_NAME, Decision
from tests.dashboard.boards import QUARTER, board

DAY = date(2022, 10, 12)
DECIDED = [Decision(number, "Ouvrir une permanence.", "CCAS", DAY) for number in (1, 2, 3)]
PHRASE = '<p class="phrase">{}</p>'


class Kept:
    """An edition of the hand-made board."""

    def __init__(self, meeting: Mapping[str, Any], reunions: list[Block] | None = None) -> None:
        self.content = {"edition": {"period": QUARTER}, "seance": {"comments": [], "points": [], **meeting}}
        self._reunions = reunions

    def blocks(self, page: str, chosen: Mapping[str, str]) -> list[Block] | None:
        if page == "/reunions":
            return self._reunions
        if page == "/budget":
            return list(blocks_of(page, board(), Choice(exercise=chosen["exercise"], closing=QUARTER)))
        return list(blocks_of(page, board(), Choice(**{"zone": "QPV", **chosen})))


def codes(found: list[Screen]) -> list[str]:
    return [screen.code for screen in found]


def markup(screen: Screen) -> str:
    return "".join(block.markup for block in screen.blocks if isinstance(block, Html))


def forecast(text: str) -> dict[str, str]:
    return {"weather": "nuage", "text": text, "by": "Mme Dupré", "on": "2022-10-12"}


def comment(heading: str, text: str) -> dict[str, str]:
    return {"heading": heading, "text": text, "by": "Mme Dupré", "on": "2022-10-12"}


def point(title: str, **more: Any) -> dict[str, Any]:
    return {"title": title, "options": [], "effect": "", "cost": "", "advice": "", **more}


def test_a_first_seance_has_nothing_to_follow_and_ends_with_its_decisions():
    found = screens(Kept({}))
    assert "suites" not in codes(found)
    assert "depuis" not in codes(found)
    assert codes(found)[0] == "essentiel"
    assert codes(found)[-1] == DECISIONS
    assert all(screen.title for screen in found)


def test_a_chart_comes_whole_with_the_finding_of_its_page():
    [gaps] = [screen for screen in screens(Kept({})) if screen.code == "ecarts"]
    [chart] = gaps.blocks
    assert isinstance(chart, Chart)
    assert gaps.title == next(
        b.text for b in blocks_of("/droit-commun", board(), Choice(QUARTER, "QPV", "trimestre")) if isinstance(b, Title)
    )


def test_what_became_of_decisions_comes_first_then_what_moved():
    items = "".join(f"<li>Chiffre {n}.</li>" for n in range(MOST_ITEMS + 3))
    reunions = [
        Title("Comité"),
        Section("Météo"),
        Section("Depuis le copil du 20 octobre 2022"),
        Html(PHRASE.format("Depuis la séance, sur 9 chiffres : 9 ont évolué.")),
        Html(f'<ul class="liste">{items}</ul>'),
        Section("Suites du précédent relevé de décisions"),
        Html(PHRASE.format("3 décisions : 2 faites, 1 en retard.")),
        Html(html.table(decisions_table(DECIDED, DAY))),
    ]
    found = screens(Kept({"forecast": forecast("Deux besoins demandent un appui.")}, reunions))
    assert codes(found)[:3] == ["suites", "essentiel", "depuis"]
    assert found[0].title == "3 décisions : 2 faites, 1 en retard"
    assert markup(found[0]).count("<tr>") == len(DECIDED) + 1
    assert "Nuage, appuis nécessaires. Deux besoins demandent un appui." in markup(found[1])
    assert "Mme Dupré, 12 octobre 2022" in markup(found[1])
    assert markup(found[2]).count("<li") == MOST_ITEMS
    assert "3 autres chiffres" in markup(found[2])


def test_each_point_has_its_screen_and_an_empty_part_no_line():
    points = [point("Ouvrir une permanence", options=["Le lundi", "Le jeudi"], cost="6 000 €"), point("Reporter")]
    found = [screen for screen in screens(Kept({"points": points})) if screen.code.startswith("point-")]
    assert [screen.name for screen in found] == ["Point à décider 1", "Point à décider 2"]
    assert found[0].title == "À décider\u00a0: ouvrir une permanence"
    assert "Le jeudi" in markup(found[0])
    assert "Avis" not in markup(found[0])


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "=cmd()", "\u202eenvers", "a\n\nb"])
def test_whatever_was_typed_is_text(text):
    found = screens(Kept({"comments": [comment("risques", text)], "points": [point(text, effect=text, options=[text])]}))
    written = "".join(markup(screen) for screen in found if screen.code in {"coordination-1", "point-1"})
    assert "<script" not in written
    assert text.splitlines()[0].replace("<", "&lt;").replace(">", "&gt;")[:6] in written


def test_long_comments_take_two_screens():
    long = [comment(heading, "é" * 900) for heading in ("donnees", "risques", "solutions", "reussites")]
    found = [screen for screen in screens(Kept({"comments": long})) if screen.name == "Coordination"]
    assert [screen.title for screen in found] == ["Ce que dit la coordination", "Ce que dit la coordination, suite"]
    assert [markup(screen).count("<section") for screen in found] == [2, 2]


def test_many_long_decisions_take_as_many_screens_as_they_need_and_none_is_lost():
    decided = [Decision(number, f"N{number:02} {'mot ' * 90}", "Une direction de la sous-préfecture", DAY) for number in range(1, 13)]
    table = Html(html.table(decisions_table(decided, DAY)))
    reunions: list[Block] = [Section("Suites du précédent relevé de décisions"), Html(PHRASE.format("12 décisions.")), table]
    found = [screen for screen in screens(Kept({}, reunions)) if screen.name == "Suites"]
    assert len(found) > 2
    assert all("<caption>" in markup(screen) and "<thead>" in markup(screen) for screen in found)
    written = "".join(markup(screen) for screen in found)
    assert [written.count(f"N{number:02} ") for number in range(1, 13)] == [1] * 12


def test_a_long_meteo_has_its_screen_signed():
    found = screens(Kept({"forecast": forecast("mot " * 200)}))
    assert codes(found)[:2] == ["essentiel", "meteo"]
    assert "meteo" not in markup(found[0])
    assert found[1].title == "Météo\u00a0: nuage, appuis nécessaires"
    assert "Mme Dupré, 12 octobre 2022" in markup(found[1])


def test_the_longest_point_that_may_be_written_is_told_whole():
    said = ["début " + "mot " * ((LONGEST - 10) // 4) + "fin" for _ in range(3)]
    longest = point("P" * LONGEST_NAME, options=said, effect=said[0], cost=said[1], advice=said[2])
    found = [screen for screen in screens(Kept({"points": [longest]})) if screen.name == "Point à décider"]
    assert len(found) > 1
    written = "".join(markup(screen) for screen in found)
    assert [written.count(word) for word in ("début", "fin", "Option 3", "Avis de la coordination")] == [6, 6, 1, 1]


def test_a_chart_carries_its_reserves_whole_and_its_address():
    [gaps] = [screen for screen in screens(Charted("Une réserve.")) if screen.code == "ecarts"]
    assert [type(block) for block in gaps.blocks] == [Chart, Note]
    assert gaps.address == f"/droit-commun?t={QUARTER}&v=trimestre"
    [gaps] = [screen for screen in screens(Charted("mot " * 900)) if screen.code == "ecarts"]
    assert [type(block) for block in gaps.blocks] == [Chart]


class Charted(Kept):
    """An edition whose charts have one note."""

    def __init__(self, note: str) -> None:
        super().__init__({})
        self._note = note

    def blocks(self, page: str, chosen: Mapping[str, str]) -> list[Block] | None:
        kept = super().blocks(page, chosen) or []
        charts = [block for block in kept if isinstance(block, Chart)]
        return [Title("Un constat"), *charts[:1], Note(self._note)] if charts else kept
