"""The six pages on the built and collected demonstration, in a real Chromium at the committee's 1366 x 768."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dashboard.navigation import PAGES

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

KEPT = Path(__file__).parents[2] / "artefacts"
SCREEN = 768
CHARTS = {"/droit-commun", "/parcours", "/budget"}
DRAWN = ".js-plotly-plot .main-svg"
BAD = re.compile(r"\b(nan|None|NaN|NaT|undefined|Traceback|Infinity)\b")


@pytest.fixture
def opened(page, visite, serveur, demo):
    """``opened(address)`` -> the page once its heading and, where it has one, its chart are drawn; nothing wrong may be said on the way."""
    base = serveur(demo)
    said: list[str] = []
    # Streamlit asks for its own address under each page first, and a 404 tells it to look higher
    page.on("console", lambda message: said.append(message.text) if message.type == "error" and "404" not in message.text else None)

    def open_at(address: str):
        page.goto(base + address)
        page.wait_for_selector("h1")
        if address.split("?")[0] in CHARTS:
            page.wait_for_selector(DRAWN)
        page.evaluate("document.fonts.ready")
        return page

    yield open_at
    assert said == []
    assert visite.errors == []
    assert visite.violations == []
    assert visite.outside == []


def kept(page, name: str) -> None:
    KEPT.mkdir(exist_ok=True)
    page.screenshot(path=KEPT / f"page-{name}.png")


@pytest.mark.parametrize("address", [item.path for item in PAGES])
def test_a_page_shows_its_finding_and_nothing_unfinished(opened, address):
    page = opened(address)
    page.get_by_text("Données fictives").first.wait_for()
    kept(page, address.strip("/") or "synthese")
    text = page.inner_text("main")
    assert page.locator("h1").count() == 1
    assert not BAD.search(text), BAD.search(text)
    assert "Données fictives" in text
    assert page.locator("[data-testid=stException], [data-testid=stAlert]").count() == 0


@pytest.mark.parametrize("address", sorted(CHARTS))
def test_title_sentence_and_chart_hold_on_one_screen_and_none_is_wider(opened, address):
    page = opened(address)
    box = page.locator(".js-plotly-plot").first.bounding_box()
    assert box["y"] + box["height"] <= SCREEN
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    sentence = page.locator(".phrase").first.inner_text()
    assert page.locator("[role=figure]").first.get_attribute("aria-label") == sentence


COVERED = """() => {
  const found = [], texts = [...document.querySelectorAll('.js-plotly-plot .annotation-text')];
  const boxes = texts.map(t => [t.textContent, t.getBoundingClientRect()]);
  boxes.forEach(([a, p], i) => boxes.slice(i + 1).forEach(([b, q]) => {
    if (p.left < q.right - 1 && q.left < p.right - 1 && p.top < q.bottom - 4 && q.top < p.bottom - 4) found.push([a, b]);
  }));
  return found;
}"""


@pytest.mark.parametrize("address", sorted(CHARTS))
@pytest.mark.parametrize("width", [1366, 1024, 390])
def test_no_text_of_a_chart_covers_another_and_a_narrow_page_lets_the_chart_slide(opened, address, width):
    page = opened(address)
    page.set_viewport_size({"width": width, "height": SCREEN})
    page.wait_for_function("document.querySelector('.js-plotly-plot .main-svg').clientWidth >= 1230")
    assert page.locator(".js-plotly-plot .annotation-text").count() > 10
    assert page.evaluate(COVERED) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_the_tiles_lead_to_the_quarter_they_tell(opened):
    page = opened("/?t=2022-T3")
    page.locator("a.tuile", has_text="Droit commun").click()
    page.wait_for_selector(DRAWN)
    assert "/droit-commun?t=2022-T3&z=QPV" in page.url
    kept(page, "droit-commun-2022-T3")


def test_a_choice_goes_to_the_address_and_back_returns_to_the_former(opened):
    page = opened("/parcours?t=2022-T4")
    page.locator("[data-testid=stSelectbox]").nth(1).click()
    page.get_by_role("option", name="T2 2023").click()
    page.locator("h1", has_text="2023").wait_for()
    assert "t=2023-T2" in page.url
    page.go_back()
    page.locator("h1", has_text="2022").wait_for()


def test_an_unknown_code_of_the_address_is_said(opened):
    page = opened("/parcours?t=2035-T9")
    assert "2035-T9" in page.locator("[data-testid=stAlert]").inner_text()


def test_the_figures_under_a_chart_are_a_real_table(opened):
    page = opened("/droit-commun")
    page.get_by_text("Voir les données").click()
    table = page.locator(".tableau table").first
    table.wait_for()
    assert table.locator("caption").inner_text().startswith("Accès au droit commun")
    assert table.locator("th[scope=row]").count() == 10
    kept(page, "droit-commun-donnees")


def test_the_budget_in_the_middle_of_the_year(opened):
    page = opened("/budget?e=2022&a=2022-T3")
    kept(page, "budget-2022-T3")
    assert "sous le plan de dépense" in page.locator("h1").inner_text()


def test_an_empty_store_tells_the_next_step(page, visite, serveur, demo, tmp_path):
    empty = {**demo, "CITE_STORE_URL": f"sqlite:///{tmp_path / 'vide.sqlite'}", "CITE_DATA_DIR": str(tmp_path)}
    base = serveur(empty)
    for item in PAGES:
        page.goto(base + item.path)
        page.wait_for_selector("h1")
        assert page.locator("[data-testid=stException]").count() == 0
        if item.path not in ("/donnees", "/quartiers"):
            page.wait_for_selector(".vide")
    kept(page, "vide")
    assert visite.errors == []
