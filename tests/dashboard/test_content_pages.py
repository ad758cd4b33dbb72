"""Every choice that an edition keeps, on a full and on an empty board: one finding each, charts by their own keys, nothing unfinished."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import replace

import pytest

from dashboard.content import offers
from dashboard.content.blocks import Chart, Missing, Tab, Title, from_json, page_bytes
from dashboard.content.choice import Choice, key
from dashboard.content.kept import choices_of
from dashboard.content.pages import CONTENTS, blocks_of
from dashboard.navigation import PAGES
from indicators.period import Period
from indicators.registry import indicators
from tests.dashboard.boards import QUARTER, board, period, settings

FULL, EMPTY = board(), board(filled=False)
KEPT = [
    pytest.param(content, page, choice, id=f"{name} {key(page, choice)}")
    for name, content in (("full", FULL), ("empty", EMPTY))
    for page in CONTENTS
    for choice in choices_of(page, content, period())
]


@pytest.mark.parametrize(("content", "page", "choice"), KEPT)
def test_each_choice_has_one_finding_and_is_read_back_as_it_was_kept(content, page, choice):
    blocks = blocks_of(page, content, choice)
    written = page_bytes(blocks)
    assert [isinstance(block, Title) for block in blocks].count(True) == 1
    assert isinstance(blocks[0], Title)
    assert from_json(json.loads(written)) == list(blocks)
    assert not re.search(r">[^<]*\b(nan|None|NaN|NaT|inf)\b", written.decode())
    assert not re.search(r'"text":"[^"]*\b(nan|None|NaN|NaT|inf)\b', written.decode())
    keys = [block.key for block in blocks if isinstance(block, Chart)]
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize("page", CONTENTS)
def test_a_page_without_data_keeps_what_is_missing(page):
    blocks = blocks_of(page, EMPTY, choices_of(page, EMPTY, period())[0])
    assert any(isinstance(block, Missing) for block in blocks)


def test_every_page_but_the_deliveries_and_the_seances_has_a_content_and_something_to_keep():
    assert {page.path for page in PAGES} - set(CONTENTS) == {"/donnees", "/reunions"}
    assert choices_of("/donnees", FULL, period()) == []
    assert all(choices_of(page, FULL, period()) for page in CONTENTS)


def test_what_is_kept_of_a_quarter():
    def keys(page: str, content=FULL) -> list[str]:
        return [key(page, choice) for choice in choices_of(page, content, period())]

    assert keys("/") == ["/?t=2022-T3"]
    assert keys("/droit-commun") == [
        f"/droit-commun?t=2022-T3&v={view}&z=QPV" for view in ("trimestre", "annee", "evolution", "composition")
    ]
    assert keys("/parcours") == ["/parcours?t=2022-T3"]
    assert keys("/partenaires") == ["/partenaires?t=2022-T3"]
    assert keys("/budget") == ["/budget?a=2022-T3&e=2022"]
    assert keys("/quartiers") == ["/quartiers"]
    listed = keys("/indicateurs")
    assert listed[:3] == ["/indicateurs?n=tous", "/indicateurs?n=1", "/indicateurs?n=2"]
    assert "/indicateurs?i=N2.8-cej&t=2022-T3" in listed
    assert {choice.indicator for choice in choices_of("/indicateurs", FULL, period())} == {"", *indicators()}
    assert all(len(set(keys(page))) == len(keys(page)) for page in CONTENTS)


def test_an_exercise_over_is_read_at_its_end_and_one_not_begun_is_left_out():
    declared = settings().file.exercise[0]
    others = [
        declared.model_copy(update={"year": year, "first_day": day.replace(year=year), "last_day": declared.last_day.replace(year=year)})
        for year, day in ((2021, declared.first_day), (2023, declared.first_day))
    ]
    file = settings().file.model_copy(update={"exercise": (others[0], declared, others[1])})
    three = replace(FULL, settings=settings().model_copy(update={"file": file}))
    assert choices_of("/budget", three, period()) == [
        Choice(exercise="2022", closing="2022-T3"),
        Choice(exercise="2021", closing="2021-T4"),
    ]
    bare = replace(FULL, settings=settings().model_copy(update={"file": settings().file.model_copy(update={"exercise": ()})}))
    assert choices_of("/budget", bare, period()) == [Choice()]


@pytest.mark.parametrize("quarter", ["2022-T1", "2022-T2", QUARTER])
def test_nothing_is_kept_that_a_reader_cannot_choose(quarter):
    reference = Period.parse(quarter)
    for choice in choices_of("/droit-commun", FULL, reference):
        assert choice.period in offers.quarters(FULL).options
        assert choice.zone in offers.zones(FULL, reference).options
        assert choice.view in offers.access_views().options
    for choice in choices_of("/budget", FULL, reference):
        assert choice.exercise in offers.exercises(FULL).options
        assert choice.closing in offers.closings(FULL, int(choice.exercise)).options
    for choice in choices_of("/indicateurs", FULL, reference):
        if choice.indicator:
            offer = offers.sheet_periods(FULL, indicators()[choice.indicator])
            assert choice.period == "" or choice.period in offer.options
            assert choice.period == "" or Period.parse(choice.period).last_day <= reference.last_day
        else:
            assert choice.level in offers.levels().options


def test_each_offer_has_its_default_among_its_codes():
    found = [offers.quarters(FULL), offers.quarters(EMPTY), offers.zones(FULL, period()), offers.access_views(), offers.exercises(FULL)]
    found += [offers.closings(FULL, 2022), offers.sheets(), offers.levels(), offers.sheet_periods(FULL, indicators()["N2.8-cej"])]
    assert all(offer.default in offer.options for offer in found)
    assert offers.quarters(FULL).default == QUARTER
    assert list(offers.closings(FULL, 2022).options) == ["2022-T4", "2022-T3", "2022-T2", "2022-T1"]


def test_the_budget_has_two_tabs_and_its_report_in_the_second():
    blocks = blocks_of("/budget", FULL, Choice(exercise="2022", closing="2022-T3"))
    labels = [block.label for block in blocks if isinstance(block, Tab)]
    assert labels == ["Emploi de la subvention", "Compte rendu financier (Cerfa 15059)"]
    [chart] = [place for place, block in enumerate(blocks) if isinstance(block, Chart)]
    assert chart < blocks.index(Tab(labels[1]))


def test_contents_are_written_without_the_screen():
    code = "import sys, dashboard.content.kept, dashboard.content.pages; print('streamlit' in sys.modules, 'plotly' in sys.modules)"
    asked = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=300)
    assert asked.stdout.split() == ["False", "True"]
