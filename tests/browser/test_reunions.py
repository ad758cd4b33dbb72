"""The page Réunions as the coordinator uses it, in a real Chromium: typing, loading again, two of her at once, freezing."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest
from playwright.sync_api import Page, expect

from tests.connectors.cities import City

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

KEPT = Path(__file__).parents[2] / "artefacts"
NAMES = """() => [...document.querySelectorAll("main input, main textarea, main button, main a, main [role=combobox], main [role=tab]")]
  .filter(e => e.offsetParent && !e.closest("[aria-hidden=true]"))
  .filter(e => !(e.getAttribute("aria-label") || e.labels?.length || e.textContent.trim() || e.getAttribute("aria-labelledby")))
  .map(e => e.outerHTML.slice(0, 120))"""
"""The commands that a screen reader could not name."""
HEADINGS = "[...document.querySelectorAll('main h1, main h2, main h3, main h4')].filter(e => e.offsetParent).map(e => +e.tagName[1])"
TYPED = "Sans suite au poste de coordination, les orientations s'arrêtent."


def ran(city: City, *words: str) -> None:
    line = [sys.executable, "-c", "from dashboard.cli import main; main()", "seance", *words, "--par", "Mme Dupré"]
    kept = {name: value for name, value in os.environ.items() if not name.startswith("CITE_")}
    done = subprocess.run(line, cwd=city.folder, env=kept | city.environment, capture_output=True, text=True, timeout=100, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def base(tmp_path_factory, serveur) -> tuple[str, City]:
    """A server on a small Cité without deliveries, with a séance in preparation; and that Cité."""
    city = City(tmp_path_factory.mktemp("reunions")).write()
    city.environment |= {
        "CITE_CONFIG": str(city.folder / "cite.toml"),
        "CITE_DATA_DIR": str(city.folder / "data"),
        "CITE_STORE_URL": f"sqlite:///{city.folder / 'cite.sqlite'}",
    }
    for number, on in (("1", "20/04/2023"), ("2", "20/07/2023")):
        ran(city, "creer", "--numero", number, "--date", on, "--periode", "2023-T1")
    ran(city, "decision", "1", "--texte", "Ouvrir une permanence.", "--responsable", "CCAS", "--echeance", "30/06/2023")
    return serveur(city.environment), city


def opened(page: Page, address: str) -> Page:
    page.goto(address)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_role("tab").first).to_be_visible()
    return page


def area(page: Page, label: str):
    return page.get_by_role("textbox", name=label, exact=True)


def card(page: Page, name: str):
    return page.locator(f"[class*='st-key-carte-seance-2-{name}']")


def seen(page: Page, name: str) -> None:
    KEPT.mkdir(exist_ok=True)
    page.screenshot(path=KEPT / f"reunions-{name}.png")


def test_what_is_typed_survives_a_reload_a_change_of_page_and_is_then_saved(page, visite, base):
    url, _ = base
    opened(page, f"{url}/reunions")
    area(page, "Risques et freins à lever").fill(TYPED)
    page.get_by_role("heading", level=1).click()
    expect(card(page, "commentaire-risques").get_by_text("Brouillon gardé")).to_be_visible()
    page.reload()
    expect(area(page, "Risques et freins à lever")).to_have_value(TYPED)
    page.get_by_role("link", name="Données", exact=True).click()
    expect(page.get_by_role("heading", level=1)).not_to_contain_text("Comité")
    page.get_by_role("link", name="Réunions", exact=True).click()
    expect(area(page, "Risques et freins à lever")).to_have_value(TYPED)
    card(page, "commentaire-risques").get_by_role("button", name="Enregistrer").click()
    expect(card(page, "commentaire-risques").get_by_text("Enregistré par Mme Dupré")).to_be_visible()
    seen(page, "enregistre")
    assert (visite.errors, visite.violations, visite.outside) == ([], [], [])


def test_a_page_loaded_again_while_the_cursor_is_in_a_text_keeps_it(page, base):
    url, city = base
    opened(page, f"{url}/reunions")
    field = area(page, "Commentaire des données")
    field.click()
    page.keyboard.type("Un partenaire manque", delay=20)
    expect(card(page, "commentaire-donnees").get_by_text("Brouillon gardé")).to_be_visible()
    expect(field).to_be_focused()
    page.keyboard.type(", relancé.")
    expect(field).to_have_value("Un partenaire manque, relancé.")
    page.wait_for_function("document.querySelector('[data-test-script-state]')?.dataset.testScriptState !== 'running'")
    kept = city.folder / "data" / "brouillons"
    expect(card(page, "commentaire-donnees").get_by_text("30 caractères")).to_be_visible()
    assert any("Un partenaire manque, relancé." in file.read_text(encoding="utf-8") for file in kept.glob("*.json"))
    page.reload()
    expect(area(page, "Commentaire des données")).to_have_value("Un partenaire manque, relancé.")


def test_a_button_pressed_while_typing_saves_all_that_was_typed(page, base):
    url, city = base
    opened(page, f"{url}/reunions?s=2")
    area(page, "Exemples concrets de réussite").press_sequentially("Deux ateliers")
    card(page, "commentaire-reussites").get_by_role("button", name="Enregistrer").click()
    expect(card(page, "commentaire-reussites").get_by_text("Enregistré par Mme Dupré")).to_be_visible()
    store = city.store()
    assert [item.text for item in store.archive.meeting(2).meeting.comments if item.heading == "reussites"] == ["Deux ateliers"]
    store.close()


def test_two_tabs_on_the_same_heading(page, base):
    url, _ = base
    other = opened(page.context.new_page(), f"{url}/reunions?s=2")
    opened(page, f"{url}/reunions?s=2")
    for tab, text, told in ((page, "Un texte", "Enregistré par"), (other, "Un autre texte", "a été enregistrée entre-temps")):
        area(tab, "Solutions proposées et prochaines étapes").fill(text)
        card(tab, "commentaire-solutions").get_by_role("button", name="Enregistrer").click()
        expect(card(tab, "commentaire-solutions").get_by_text(told)).to_be_visible()
    expect(card(other, "commentaire-solutions").get_by_text("a été enregistrée entre-temps par Mme Dupré")).to_be_visible()
    expect(area(other, "Solutions proposées et prochaines étapes")).to_have_value("Un autre texte")
    card(other, "commentaire-solutions").scroll_into_view_if_needed()
    seen(other, "conflit")


def test_a_text_that_is_too_long_is_counted_refused_and_kept(page, base):
    opened(page, f"{base[0]}/reunions?s=2")
    area(page, "Commentaire des données").fill("é" * 1_005)
    page.get_by_role("heading", level=1).click()
    expect(card(page, "commentaire-donnees").get_by_text("5 de trop")).to_be_visible()
    card(page, "commentaire-donnees").get_by_role("button", name="Enregistrer").click()
    expect(card(page, "commentaire-donnees").get_by_text("Texte trop long")).to_be_visible()
    expect(area(page, "Commentaire des données")).to_have_value("é" * 1_005)


def test_a_decision_is_carried_over(page, base):
    opened(page, f"{base[0]}/reunions?s=2")
    page.get_by_role("tab", name="Suites des décisions").click()
    expect(page.get_by_text("en retard depuis le 30/06/2023")).to_be_visible()
    page.get_by_role("button", name="Reporter à la séance").click()
    expect(page.get_by_text("Déjà reportée à la séance")).to_be_visible()
    page.get_by_role("tab", name="Décisions", exact=True).click()
    expect(page.get_by_text("Reportée de la décision 1.1")).to_be_visible()
    seen(page, "reportee")


@pytest.mark.parametrize("width", [1366, 390])
def test_every_command_has_a_name_and_nothing_is_wider_than_the_screen(page, base, width):
    page.set_viewport_size({"width": width, "height": 768})
    opened(page, f"{base[0]}/reunions?s=2")
    for tab in page.get_by_role("tab").all():
        tab.click()
        page.wait_for_timeout(300)
        assert page.evaluate(NAMES) == []
        levels = page.evaluate(HEADINGS)
        assert levels[0] == 1
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_a_seance_is_created_then_frozen_and_read(page, visite, base):
    url, city = base
    opened(page, f"{url}/reunions?s=2")
    page.get_by_role("button", name="Nouvelle séance").click()
    page.get_by_label("Lieu").fill("Sous-préfecture")
    page.get_by_role("button", name="Créer la séance").click()
    expect(page.get_by_text("n°\u00a03", exact=True)).to_be_visible()
    page.get_by_role("tab", name="Figer et éditions").click()
    press = page.get_by_role("button", name="Figer pour le copil")
    expect(press).to_be_disabled()
    page.get_by_text("J'ai relu la séance").first.click()
    press.click()
    expect(page.get_by_text("Édition S3-copil-1 figée, empreinte")).to_be_visible(timeout=120_000)
    seen(page, "figee")
    page.get_by_role("tab", name="Figer et éditions").click()
    with page.expect_download(timeout=60_000) as pressed:
        page.get_by_role("button", name="Documents de l'édition S3-copil-1").click()
    with ZipFile(pressed.value.path()) as pack:
        names = set(pack.namelist())
    assert names >= {"annexe-S3-copil-1.xlsx", "donnees-S3-copil-1.zip"}
    assert {name.split("-")[0] for name in names} == {"presentation", "note", "annexe", "releve", "donnees"}
    assert all("-S3-copil-1" in name for name in names)
    assert all(name.endswith("-projet.pdf") for name in names if name.endswith(".pdf"))
    page.get_by_role("link", name="Lire l'édition S3-copil-1").click()
    expect(page.get_by_text("Édition S3-copil-1").first).to_be_visible()
    store = city.store()
    assert list(store.archive.editions()["id"]) == ["S3-copil-1"]
    assert store.archive.meeting(3).meeting.place == "Sous-préfecture"
    assert {one.name for one in store.archive.documents("S3-copil-1")} == names
    store.close()
    assert (visite.errors, visite.violations, visite.outside) == ([], [], [])
