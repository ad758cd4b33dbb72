"""One choice, one step: every filter is in the address, the address reopens the same view, and Back crosses one choice at each press."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.looking import SETTLED

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

FILTERS = {
    "/": ["t"],
    "/droit-commun": ["t", "z", "v"],
    "/parcours": ["t"],
    "/partenaires": ["t"],
    "/budget": ["e", "a"],
    "/indicateurs": ["i", "n"],
    "/indicateurs?i=N2.8-cej": ["i", "t"],
}


def choose(page, place: int, option: str) -> None:
    """Choose in a list of the page; the first list of the document is the switch « Voir comme »."""
    page.locator("[data-testid=stSelectbox]").nth(place).click()
    page.get_by_role("option", name=option, exact=True).click()


def chosen(page, label: str):
    return page.get_by_role("combobox", name=label)


def steps(page) -> int:
    return int(page.evaluate("history.length"))


@pytest.fixture
def base(serveur, demo) -> str:
    return serveur(demo)


@pytest.mark.parametrize("address", FILTERS)
def test_the_address_holds_every_filter_and_writing_it_is_not_a_step(page, visite, base, address):
    page.goto(base + address)
    for letter in FILTERS[address]:
        page.wait_for_url(lambda url, letter=letter: f"?{letter}=" in url or f"&{letter}=" in url)
    page.locator("h1").wait_for()
    assert steps(page) == 2  # the blank tab, then the page
    assert visite.violations == visite.errors == []


def test_back_crosses_one_choice_at_each_press_and_the_link_reopens_the_same(page, base):
    page.goto(f"{base}/droit-commun")
    page.wait_for_url("**v=trimestre*")
    first = page.url
    choose(page, 1, "T2 2023")
    page.wait_for_url("**t=2023-T2*")
    second = page.url
    choose(page, 3, "Évolution sur un an")
    page.wait_for_url("**v=evolution*")
    page.locator("h1", has_text="en un an").wait_for()
    last, title = page.url, page.locator("h1").inner_text()
    page.go_back()
    expect(page).to_have_url(second)
    page.go_back()
    expect(page).to_have_url(first)
    expect(chosen(page, "Trimestre")).to_have_value("T4 2023")
    page.go_forward()
    page.go_forward()
    expect(page).to_have_url(last)
    page.goto("about:blank")
    page.goto(last)
    expect(page.locator("h1")).to_have_text(title)
    expect(page).to_have_url(last)


def test_a_choice_that_changes_another_is_one_step(page, base):
    page.goto(f"{base}/budget?a=2023-T3&e=2023")
    page.locator("h1").wait_for()
    before = page.url
    choose(page, 1, "Exercice 2022")
    page.wait_for_url("**a=2022-T4*")
    page.go_back()
    expect(page).to_have_url(before)
    expect(chosen(page, "Arrêté")).to_have_value("Arrêté au 30/09/2023")


def test_back_from_a_page_of_the_navigation_is_one_press(page, base):
    page.goto(f"{base}/parcours?t=2023-T2")
    page.wait_for_function(SETTLED)
    page.get_by_role("link", name="Droit commun", exact=True).click()
    page.wait_for_url("**/droit-commun?**v=trimestre*")
    page.wait_for_function(SETTLED)
    page.wait_for_timeout(500)  # a page that writes its address runs once more
    page.wait_for_function(SETTLED)
    assert "t=2023-T2" in page.url
    page.go_back()
    expect(page).to_have_url(f"{base}/parcours?t=2023-T2")
    expect(chosen(page, "Trimestre")).to_have_value("T2 2023")
