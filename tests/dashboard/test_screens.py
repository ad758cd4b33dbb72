"""The screens of a séance from kept pages: their order, what is left out, and that whatever was typed is text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from dashboard.content.blocks import Block, Chart, Html, Section, Title
from dashboard.content.choice import Choice
from dashboard.content.pages import blocks_of
from dashboard.content.screens import DECISIONS, MOST_ITEMS, Screen, screens
from tests.dashboard.boards import QUARTER, board

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
        Html(PHRASE.format("Nuage : appuis nécessaires.")),
        Section("Depuis le copil du 20 octobre 2022"),
        Html(PHRASE.format("Depuis la séance, sur 9 chiffres : 9 ont évolué.")),
        Html(f'<ul class="liste">{items}</ul>'),
        Section("Suites du précédent relevé de décisions"),
        Html(PHRASE.format("3 décisions : 2 faites, 1 en retard.")),
        Html('<div class="tableau"><table></table></div>'),
    ]
    found = screens(Kept({}, reunions))
    assert codes(found)[:3] == ["suites", "essentiel", "depuis"]
    assert found[0].title == "3 décisions : 2 faites, 1 en retard"
    assert "Nuage" in markup(found[1])
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
