"""The editions of the demonstration: what was frozen, audited and read by the committee, in a real Chromium."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

EDITIONS = ["S1-copil-1", "S1-prefecture-1", "S2-copil-1", "S2-prefecture-1"]
HIDDEN = re.compile(r'class="[^"]*etat-secret')
FIGURE = re.compile(r'class="[^"]*(?:etat-|nombre)')
MOST_HIDDEN = 0.02
PAGES = ["/", "/droit-commun", "/parcours", "/partenaires", "/budget", "/indicateurs", "/quartiers"]


@pytest.fixture
def command(demo):
    """``command("editions")`` -> exit code and what `cite-emploi` prints, on the demonstration."""

    def run(*words: str) -> tuple[int, str]:
        line = [sys.executable, "-c", "from dashboard.cli import main; main()", *words]
        done = subprocess.run(line, env={**os.environ, **demo}, capture_output=True, text=True, timeout=300, check=False)
        return done.returncode, done.stdout + done.stderr

    return run


def test_two_seances_are_held_and_one_is_in_preparation(command):
    seances = json.loads(command("seance", "liste", "--format", "json")[1])
    assert [item["etat"] if "etat" in item else item["state"] for item in seances] == ["tenue", "tenue", "preparee"]
    editions = json.loads(command("editions", "--format", "json")[1])
    assert [item["id"] for item in editions] == EDITIONS
    assert all(len(item["sha256"]) == 64 for item in editions)


@pytest.mark.parametrize("edition", ["S1-copil-1", "S2-copil-1", "S2-prefecture-1"])
def test_nothing_small_can_be_worked_out_of_an_edition(command, edition):
    code, said = command("auditer", "--edition", edition, "--format", "json")
    found = json.loads(said)
    assert code == 0
    assert found["exposes"] == 0
    assert found["controles"] > 1000
    assert not any(item["expose"] for item in found["effectifs"])


def test_an_edition_stays_useful_and_tells_no_small_count_of_its_grids(command):
    content = json.loads(command("edition", "S2-copil-1")[1])
    control = content["control"]
    assert control["hidden"] <= MOST_HIDDEN * control["offered"]
    assert all(row[6:] == [-1, ""] for grid in content["knowledge"]["grids"] for row in grid)
    held = {address: json.dumps(blocks) for address, blocks in content["pages"].items()}
    assert len(held) > 90
    main = [text for address, text in held.items() if not address.startswith("/indicateurs")]
    shown, hidden = (sum(len(pattern.findall(text.replace('\\"', '"'))) for text in main) for pattern in (FIGURE, HIDDEN))
    print(f"{hidden} of {shown} figures of the pages are hidden")
    assert hidden <= MOST_HIDDEN * shown


@pytest.mark.parametrize("address", PAGES)
def test_a_page_of_an_edition_is_read_as_frozen(page, visite, serveur, demo, address):
    page.goto(f"{serveur(demo)}{address}?edition=S2-copil-1")
    page.wait_for_selector("h1")
    page.get_by_text("Édition S2-copil-1").first.wait_for()
    text = page.inner_text("main")
    assert "arrêté au T3 2023" in text
    assert "effectifs exacts" not in text
    assert not re.search(r"\b(nan|None|Traceback)\b", text)
    assert visite.errors == []
    assert visite.violations == []
    assert visite.outside == []


def test_what_changed_since_the_last_seance_is_split(command):
    content = json.loads(command("edition", "S2-copil-1")[1])
    told = json.dumps(content["pages"]["/reunions"], ensure_ascii=False)
    assert "−6 de correction des données passées" in told
    assert "Définition précisée le 15/01/2023" in told
    assert "Ouvrir une permanence de la mission locale" in told
