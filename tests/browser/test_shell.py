"""The shell as a visitor meets it: language, font, policy, navigation, widths, paper. The pages themselves are tested elsewhere."""

import re

import pytest
from playwright.sync_api import Page, expect

from dashboard.navigation import PAGES

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

ENGLISH = re.compile(
    r"\b(Choose|Select|Upload|Drag|Browse|Clear|Remove|Open|Close|Main|Skip|App pages|Link to|Press|Previous|Next|Month|September|"
    r"Sunday|Monday|Running|Settings|Deploy|Rerun|Fullscreen|Download|Search|Limit|per file|No results|Error|This app|Expand|Show)\b"
)
SEEN = """() => {
  const seen = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (node.nodeType === Node.TEXT_NODE) {
      if (!node.parentElement.closest("script, style, [data-testid=stIconMaterial]")) seen.push(node.nodeValue.trim());
    } else for (const name of ["aria-label", "title", "placeholder"]) if (node.getAttribute(name)) seen.push(node.getAttribute(name));
  }
  return seen.filter(Boolean);
}"""


def english(page: Page) -> list[str]:
    return [text for text in page.evaluate(SEEN) if ENGLISH.search(text)]


def opened(page: Page, url: str, address: str = "/") -> Page:
    page.goto(url + address)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    return page


def test_a_walk_through_every_page_stays_on_the_machine_and_within_the_policy(page, visite, tiny):
    opened(page, tiny)
    assert page.locator("html").get_attribute("lang") == "fr"
    for listed in PAGES:
        page.get_by_role("link", name=listed.title, exact=True).click()
        expect(page.get_by_role("heading", level=1)).to_have_text(f"Essai {listed.file.split('/')[1].removesuffix('.py')}")
        expect(page).to_have_title(f"{listed.title} · Cité de l'emploi de Calais")
        page.locator(".js-plotly-plot").wait_for()
    assert (visite.outside, visite.violations, visite.errors) == ([], [], [])


def test_every_page_opens_by_its_address(page, tiny):
    for listed in PAGES:
        opened(page, tiny, listed.path)
        expect(page.get_by_role("link", name=listed.title, exact=True)).to_have_attribute("aria-current", "page")


def test_everything_is_in_inter_and_its_four_weights_load(page, tiny):
    opened(page, tiny)
    for selector in ("h1", "[data-testid=stMarkdown] p", "[data-testid=stTopNavLink] p", "button", "input", "td"):
        assert page.locator(selector).first.evaluate("e => getComputedStyle(e).fontFamily").startswith("Inter"), selector
    loaded = page.evaluate(
        "Promise.all([400, 500, 600, 700].map(w => document.fonts.load(`${w} 16px Inter`))).then(all => all.map(f => f.length))"
    )
    assert loaded == [1, 1, 1, 1]
    page.evaluate("document.fonts.ready")
    unserved = page.evaluate("[...document.fonts].filter(f => f.family.includes('Inter') && f.status !== 'loaded').length")
    assert unserved == 0


def test_no_word_of_english_even_in_opened_widgets(page, tiny):
    opened(page, tiny)
    expect(page.get_by_role("button", name="Choisir un fichier")).to_be_visible()
    expect(page.get_by_text("10\u00a0Mo au plus par fichier")).to_be_visible()
    assert english(page) == []
    page.get_by_test_id("stMultiSelect").locator("input").click()
    page.get_by_role("option", name="Mission locale").wait_for()
    assert english(page) == []
    page.get_by_role("option", name="Mission locale").click()
    page.keyboard.press("Escape")
    page.get_by_test_id("stDateInput").get_by_role("button").first.click()
    expect(page.get_by_role("button", name="lundi 5 septembre 2022")).to_be_visible()
    assert english(page) == []


def test_an_error_of_a_page_is_told_in_french_without_its_details(page, tiny):
    page.goto(f"{tiny}/?faute=1")
    expect(page.get_by_text("Cette page a rencontré une erreur.")).to_be_visible()
    assert "secret" not in page.content()
    assert english(page) == []


def test_the_content_and_the_navigation_share_their_left_edge(page, tiny):
    opened(page, tiny)
    for width, content in ((1366, 1318), (1920, 1500)):
        page.set_viewport_size({"width": width, "height": 900})
        title, link = page.locator("h1").bounding_box(), page.locator("[data-testid=stTopNavLink] p").first.bounding_box()
        assert title["width"] == pytest.approx(content, abs=16)  # a scroll bar takes up to 15
        assert title["x"] == pytest.approx(link["x"], abs=8)
    assert page.locator("h1").evaluate("e => getComputedStyle(e).fontSize + getComputedStyle(e).fontWeight") == "28px700"


def test_a_telephone_shows_it_without_scrolling_sideways(page, tiny):
    page.set_viewport_size({"width": 390, "height": 844})
    opened(page, tiny)
    assert page.locator("main").evaluate("e => e.scrollWidth") <= 390
    page.get_by_role("button", name="Ouvrir le menu").click()
    page.get_by_role("link", name="Budget").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Essai budget")


def test_the_keyboard_shows_where_it_is(page, tiny):
    opened(page, tiny)
    page.get_by_role("link", name=PAGES[0].title, exact=True).wait_for()
    told = []
    for _ in range(2):
        page.keyboard.press("Tab")
        focused = page.locator(":focus")
        told.append(focused.inner_text().strip())
        assert focused.evaluate("e => [getComputedStyle(e).outlineStyle, getComputedStyle(e).outlineWidth]") == ["solid", "3px"]
    assert told == ["Aller au contenu", PAGES[0].title]


def test_paper_shows_neither_navigation_nor_commands(page, tiny):
    opened(page, tiny)
    page.emulate_media(media="print")
    for hidden in ("stHeader", "stSelectbox", "stMultiSelect", "stDateInput", "stFileUploader", "stButton"):
        expect(page.get_by_test_id(hidden).first).to_be_hidden()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_test_id("stTable")).to_be_visible()
    assert page.evaluate("getComputedStyle(document.querySelector('[data-testid=stMain]')).overflow") == "visible"


def test_an_unknown_address_says_so_and_leads_back(page, visite, tiny):
    answer = page.goto(f"{tiny}/buget")
    assert answer.status == 404
    expect(page.get_by_role("heading", level=1)).to_have_text("Cette adresse n'existe pas")
    assert page.locator("h1").evaluate("e => getComputedStyle(e).fontFamily").startswith("Inter")
    page.get_by_role("link", name="Budget").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Essai budget")
    assert visite.violations == []


def test_the_theme_is_found_from_any_folder(page, tiny):
    opened(page, tiny)
    button = page.get_by_role("button", name="Enregistrer")
    assert button.evaluate("e => getComputedStyle(e).backgroundColor") == "rgb(0, 82, 122)"
