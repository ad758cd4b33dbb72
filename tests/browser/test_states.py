"""The dashboard when something is not there: nothing received, one source alone, declarations refused, an address that leads nowhere.

Each state says what is missing and the next step, in French, and axe-core finds no fault in it.
"""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from dashboard.navigation import PAGES, PROJECTED
from tests.browser.looking import Looked
from tests.connectors import deliveries
from tests.connectors.cities import CITE, FILE_SOURCE, City

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

PLIE = [("2023-T2", zone, "entrees_plie", "ensemble", "ensemble", n) for zone, n in (("QP059901", 12), ("QP059902", 9), ("HORS_QPV", 40))]
ADDRESSES = [page.path for page in (*PAGES, PROJECTED)]


@pytest.fixture(scope="module")
def cite(tmp_path_factory):
    """``cite(text)`` -> a Cité of its own in a new folder, with the environment that opens it."""

    def make(text: str = CITE) -> City:
        city = City(tmp_path_factory.mktemp("etat")).write(text)
        city.environment |= {
            "CITE_CONFIG": str(city.folder / "cite.toml"),
            "CITE_DATA_DIR": str(city.folder / "data"),
            "CITE_STORE_URL": f"sqlite:///{city.folder / 'cite.sqlite'}",
        }
        return city

    return make


@pytest.fixture(scope="module")
def nothing(cite, serveur) -> str:
    """No source is declared, nothing was received."""
    return serveur(cite().environment)


@pytest.fixture(scope="module")
def one_source(cite, serveur) -> str:
    """One partner delivered one measure, and nobody else is declared."""
    city = cite()
    city.source("plie", FILE_SOURCE.replace("{id}", "plie"))
    city.drop("plie", "t2.csv", deliveries.csv(PLIE))
    kept = {name: value for name, value in os.environ.items() if not name.startswith("CITE_")}
    line = [sys.executable, "-c", "from dashboard.cli import main; main()", "collecter"]
    done = subprocess.run(line, cwd=city.folder, env=kept | city.environment, capture_output=True, text=True, timeout=100, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return serveur(city.environment)


@pytest.fixture(scope="module")
def refused(cite, serveur) -> str:
    """The declarations of the Cité cannot be read."""
    return serveur(cite(CITE.replace("population = 5000", 'population = "beaucoup"')).environment)


def looked_at(tab, address: str) -> Looked:
    tab.goto(address)
    looked = Looked(tab).settled()
    assert tab.locator("h1").count() == 1
    assert tab.locator("[data-testid=stException]").count() == 0
    assert looked.unfolded().all() == []
    return looked


@pytest.mark.parametrize("address", ADDRESSES)
def test_with_nothing_received_a_page_says_what_is_missing_and_the_next_step(tab, watched, nothing, address):
    looked_at(tab, nothing + address)
    if address != "/indicateurs":
        framed = tab.locator(".vide")
        assert framed.count() >= 1
        assert framed.first.locator("p").count() == 2
    assert watched.faults() == []


@pytest.mark.parametrize("address", ADDRESSES)
def test_with_one_source_a_page_shows_what_there_is(tab, watched, one_source, address):
    looked_at(tab, one_source + address)
    assert watched.faults() == []


def test_with_one_source_the_first_page_says_what_is_missing_and_the_next_step(tab, one_source):
    looked = looked_at(tab, one_source)
    looked.kept("etat-une-source")
    told = tab.locator(".vide").inner_text()
    assert "il manque les demandeurs d'emploi, par quartier et dans le reste de la ville" in told
    assert "cite-emploi collecter" in told
    assert looked.width(390, 844).all() == []
    tab.set_viewport_size({"width": 1366, "height": 768})


@pytest.mark.parametrize("address", ["/", "/reunions", PROJECTED.path])
def test_declarations_that_cannot_be_read_are_told_with_what_to_mend(tab, watched, refused, address):
    looked = looked_at(tab, refused + address)
    looked.kept("etat-reglages-refuses")
    text = tab.locator("main").inner_text()
    assert tab.locator("h1").inner_text() == "Les réglages de la Cité ne se lisent pas"
    assert "«\u00a0city.population\u00a0» doit être un nombre entier" in text
    assert "rechargez cette page" in text
    assert watched.faults() == []


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/inconnue", "Cette adresse n'existe pas"),
        ("/parcours?t=2035-T9", "2035-T9"),
        ("/?edition=S9-copil-1", "S9-copil-1"),
        ("/seance?edition=S9-copil-1", "S9-copil-1"),
        ("/donnees?edition=S2-copil-1", "n'est pas dans l'édition"),
    ],
)
def test_an_address_that_leads_nowhere_says_so(tab, watched, serveur, demo, address, said):
    looked_at(tab, serveur(demo) + address)
    assert said in tab.locator("main").inner_text()
    assert watched.faults() == []
