"""The mode séance in a real Chromium: every screen holds, keys and buttons move, Back steps, a decision is taken down and kept."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import expect

from indicators.meeting import LONGEST, LONGEST_NAME, Heading
from tests.browser.looking import SETTLED

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

KEPT = Path(__file__).parents[2] / "artefacts"
HELD = """() => document.querySelector('[data-testid=stMain]').scrollHeight <= window.innerHeight
  && document.scrollingElement.scrollHeight <= window.innerHeight && document.documentElement.scrollWidth <= window.innerWidth
  && document.querySelector('.st-key-pied-seance').getBoundingClientRect().height <= 56"""
HIDDEN = """() => { const foot = document.querySelector('.st-key-pied-seance').getBoundingClientRect().top;
  return [...document.querySelectorAll('.st-key-ecran *')].filter(e => e.getClientRects().length && !e.closest('.relevees, .hors-ecran'))
    .some(e => e.getBoundingClientRect().bottom > foot + 1); }"""
BAD = re.compile(r"\b(nan|None|NaN|NaT|undefined|Traceback)\b|a rencontré une erreur")


LONG = ("Un texte aussi long que la coordination peut l'écrire pour son comité. " * 20)[: LONGEST - 5].strip()
WRITTEN = [
    ["meteo", "--valeur", "nuage", "--texte", LONG],
    *(["commenter", "--rubrique", heading.value, "--texte", LONG] for heading in Heading),
    ["point", "--titre", LONG[:LONGEST_NAME].strip(), "--option", LONG, "--option", LONG, "--effet", LONG, "--cout", LONG, "--avis", LONG],
]
"""The longest texts that may be written: the screens of the third séance are the fullest there can be, those of the second are usual."""


@pytest.fixture(scope="module")
def frozen(demo, serveur, tmp_path_factory) -> tuple[str, dict[str, str]]:
    """A copy of the demonstration whose third séance is frozen for the copil: the server on it, and its environment."""
    old = Path(demo["CITE_CONFIG"]).parent
    new = tmp_path_factory.mktemp("seance") / "demo"
    shutil.copytree(old, new)
    environment = {name: value.replace(str(old), str(new)) for name, value in demo.items()}
    line = [sys.executable, "-c", "from dashboard.cli import main; main()"]
    for words in (*(["seance", command, "3", *more] for command, *more in WRITTEN), ["figer", "--seance", "3", "--audience", "copil"]):
        done = subprocess.run(
            [*line, *words, "--par", "Mme Dupré"],
            env={**os.environ, **environment},
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
    return serveur(environment), environment


def opened(page, address: str):
    page.goto(address)
    page.wait_for_selector("h1")
    page.wait_for_function(SETTLED)
    expect(page.get_by_role("radio").last).to_be_visible()
    return page


def place(page) -> str:
    return page.locator(".st-key-pied-seance .note").inner_text()


@pytest.mark.parametrize(("edition", "least"), [("S3-copil-1", 18), ("S2-copil-1", 12)])
def test_every_screen_holds_without_scrolling_and_says_one_finding(page, visite, frozen, edition, least):
    url, _ = frozen
    opened(page, f"{url}/seance?edition={edition}&p=1")
    count = int(re.search(r"sur (\d+)", place(page))[1])
    assert count >= least
    titles, charts = [], 0
    for number in range(1, count + 1):
        expect(page.locator(".st-key-pied-seance .note")).to_contain_text(f"Écran {number} sur")
        page.wait_for_function(SETTLED)
        page.evaluate("document.fonts.ready")
        page.wait_for_function(HELD)
        assert not page.evaluate(HIDDEN), (number, place(page))
        assert page.locator("h1").count() == 1
        text = page.inner_text("main")
        assert not BAD.search(text), (number, BAD.search(text))
        assert "Données fictives" in text
        assert f"Données arrêtées au 3{'1/12' if edition[1] == '3' else '0/09'}/2023, édition {edition}" in text
        titles.append((page.inner_text("h1"), page.inner_text(".st-key-ecran")))
        charts += page.locator(".st-key-ecran .main-svg").count() > 0
        assert page.get_by_role("link", name="Voir les données").count() == page.get_by_test_id("stPlotlyChart").count()
        KEPT.mkdir(exist_ok=True)
        page.screenshot(path=KEPT / f"seance-{edition[:2]}-{number:02}.png")
        if number < count:
            page.keyboard.press("ArrowRight")
    assert len(set(titles)) == count
    assert charts == 4
    assert not page.get_by_test_id("stTopNav").is_visible()
    assert visite.errors == []
    assert visite.violations == []
    assert visite.outside == []


def test_buttons_keys_and_back_move_and_the_address_reopens_the_screen(page, frozen):
    url, _ = frozen
    opened(page, f"{url}/seance?edition=S2-copil-1&p=2")
    note = page.locator(".st-key-pied-seance .note")
    page.get_by_role("button", name="Suivant").click()
    expect(note).to_contain_text("Écran 3 sur")
    page.keyboard.press("End")
    expect(note).to_contain_text("Décisions")
    page.keyboard.press("Home")
    expect(note).to_contain_text("Écran 1 sur")
    # a key presses a button, and that of the last screen is disabled until the first one is drawn
    expect(page.get_by_role("button", name="Suivant")).to_be_enabled()
    page.keyboard.press("PageDown")
    expect(note).to_contain_text("Écran 2 sur")
    page.wait_for_url("**p=2*")
    page.go_back()
    expect(note).to_contain_text("Écran 1 sur")
    title = page.inner_text("h1")
    opened(page, page.url)
    assert page.inner_text("h1") == title
    page.keyboard.press("Escape")
    page.wait_for_url("**/reunions?edition=S2-copil-1*")
    opened(page, f"{url}/seance?edition=S2-copil-1&p=6")
    page.get_by_role("link", name="Voir les données").click()
    page.wait_for_url("**/droit-commun?*v=evolution*edition=S2-copil-1*")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Écarts d'accès en un an")
    page.get_by_role("link", name="Projeter la séance").click()
    page.wait_for_url("**/seance?edition=S2-copil-1*")
    expect(note).to_be_visible()


def test_a_decision_is_taken_down_and_the_edition_does_not_change(page, frozen):
    url, environment = frozen
    line = [sys.executable, "-c", "from dashboard.cli import main; main()"]
    told = {**os.environ, **environment}

    def said(*words: str) -> str:
        return subprocess.run([*line, *words], env=told, capture_output=True, text=True, timeout=120, check=True).stdout

    before = said("edition", "S3-copil-1")
    opened(page, f"{url}/seance?edition=S3-copil-1&p=1")
    page.keyboard.press("End")
    expect(page.get_by_role("heading", level=1)).to_have_text("Aucune décision n'est relevée")
    text = page.get_by_role("textbox", name="Décision", exact=True)
    text.fill("Prolonger la garde d'enfants en soirée jusqu'au 30 juin.")
    text.press("ArrowLeft")
    expect(text).to_be_focused()
    page.get_by_role("textbox", name="Responsable").fill("CCAS")
    page.get_by_role("button", name="Enregistrer la décision").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("1 décision relevée")
    expect(page.locator(".relevees li")).to_have_count(1)
    expect(page.locator(".relevees li")).to_contain_text("CCAS, à faire, échéance le")
    page.wait_for_function(SETTLED)
    page.wait_for_function(HELD)
    assert not page.evaluate(HIDDEN)
    seance = json.loads(said("seance", "montrer", "3", "--format", "json"))
    assert [item["text"] for item in seance["decisions"]] == ["Prolonger la garde d'enfants en soirée jusqu'au 30 juin."]
    assert said("edition", "S3-copil-1") == before


def test_it_holds_on_a_wide_screen_and_reads_on_a_telephone(page, frozen):
    url, _ = frozen
    for width, height in ((1920, 1080), (390, 844)):
        page.set_viewport_size({"width": width, "height": height})
        for number in (2, 5):
            opened(page, f"{url}/seance?edition=S2-copil-1&p={number}")
            page.wait_for_function(SETTLED)
            assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), (width, number)
            page.screenshot(path=KEPT / f"seance-{width}-{number}.png")
