"""Dropping a file on the page Données, in a real Chromium: read at once, received only when confirmed, put on hold when hard to believe."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, expect

from connectors.collect import collect
from tests.browser.looking import Looked
from tests.connectors import deliveries
from tests.connectors.cities import City
from tests.connectors.deliveries import SOURCE, having
from tests.connectors.test_quarantine import LONG, QUARTERS, rows

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.fixture(scope="module")
def base(tmp_path_factory, serveur) -> tuple[str, City]:
    """A server on a small Cité where the PLIE delivered five quarters; and that Cité."""
    city = City(tmp_path_factory.mktemp("depot")).write(LONG)
    city.environment |= {
        "CITE_CONFIG": str(city.folder / "cite.toml"),
        "CITE_DATA_DIR": str(city.folder / "data"),
        "CITE_STORE_URL": f"sqlite:///{city.folder / 'cite.sqlite'}",
    }
    city.source("plie", SOURCE)
    city.drop("plie", "usuel.csv", rows(dict.fromkeys(QUARTERS, 130)))
    store = city.store()
    collect(city.settings, city.sources(), store, datetime(2023, 7, 1, 9, tzinfo=UTC), city.environment)
    store.close()
    return serveur(city.environment), city


def dropped(page: Page, content: bytes, name: str = "T2.csv") -> None:
    page.locator("input[type=file]").set_input_files({"name": name, "mimeType": "text/csv", "buffer": content})


def opened(page: Page, base: tuple[str, City]) -> Page:
    page.goto(f"{base[0]}/donnees")
    partner = page.get_by_role("combobox", name="Partenaire")
    partner.fill("Partenaire plie")
    page.get_by_role("option", name="Partenaire plie").click()
    return page


def faults(page: Page) -> list[str]:
    """What axe-core or a French reader finds."""
    looked = Looked(page).settled()
    return looked.axe() + looked.language()


def figures(city: City) -> dict[str, int]:
    store = city.store()
    counts = store.counts()
    store.close()
    return {row.period: row.value for row in counts.itertuples() if row.territory == "HORS_QPV"}


def test_a_bad_file_is_told_line_by_line_and_nothing_is_stored(page, base):
    before = figures(base[1])
    opened(page, base)
    dropped(page, deliveries.csv(having(0, "effectif", "1O", having(4, "territoire", "Calais"))))
    expect(page.get_by_text("Ce fichier serait refusé")).to_be_visible()
    told = page.get_by_role("main").inner_text()
    assert "Ligne 2\u00a0: «\u00a01O\u00a0» n'est pas un nombre" in told
    assert "Ligne 6\u00a0: QPV «\u00a0Calais\u00a0» inconnu" in told
    expect(page.get_by_role("button", name="Confirmer")).to_have_count(0)
    with page.expect_download() as asked:
        page.get_by_role("button", name="Télécharger le compte rendu").click()
    assert "Ligne 2" in asked.value.path().read_text("utf-8")
    assert figures(base[1]) == before
    assert not (base[1].settings.data_dir / "refuses").exists()
    assert faults(page) == []


def test_a_good_file_is_received_when_confirmed_and_shown_at_once(page, base):
    opened(page, base)
    dropped(page, rows({"2023-T2": 135}))
    expect(page.get_by_role("table", name="Ce que le fichier apporte")).to_contain_text("T2 2023")
    assert "2023-T2" not in figures(base[1])
    page.get_by_role("button", name="Confirmer et enregistrer").click()
    expect(page.get_by_text("livraison enregistrée, 2 comptes")).to_be_visible()
    assert figures(base[1])["2023-T2"] == 135
    assert len(list((base[1].settings.data_dir / "recus" / "plie").iterdir())) == 2


def test_a_file_hard_to_believe_waits_and_is_decided_with_a_reason(page, base):
    opened(page, base)
    dropped(page, rows({"2023-T1": 130_000}))
    expect(page.get_by_text("il paraît peu vraisemblable")).to_be_visible()
    page.get_by_role("button", name="Mettre en attente").click()
    expect(page.get_by_role("heading", name="En attente de votre décision")).to_be_visible()
    assert figures(base[1])["2023-T1"] == 130
    page.get_by_role("button", name="Accepter").click()
    expect(page.get_by_text("Écrivez le motif de la décision")).to_be_visible()
    assert faults(page) == []
    page.get_by_role("textbox", name="Motif de la décision").fill("En milliers, à renvoyer.")
    page.keyboard.press("Tab")
    page.get_by_role("button", name="Refuser").click()
    expect(page.get_by_text("les chiffres affichés ne changent pas.")).to_be_visible()
    expect(page.get_by_role("heading", name="En attente de votre décision")).to_have_count(0)
    assert figures(base[1])["2023-T1"] == 130
