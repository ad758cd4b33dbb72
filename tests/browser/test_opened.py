"""What only shows when it is opened: lists, the calendar, tabs, the menu of a telephone. In French, and without a fault for axe-core."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.looking import Looked

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

LISTS = {
    "/droit-commun": 4,
    "/budget": 3,
    "/indicateurs?i=N2.8-cej": 3,
    "/indicateurs": 3,
    "/reunions": 2,
    "/parcours?edition=S2-copil-1": 1,
}
"""Pages, and how many lists each has with « Voir comme »; one choice is no list."""
MEETINGS = [("/reunions?s=3", 1366), ("/reunions?s=3", 390), ("/reunions?s=1", 1366)]
THEIRS = (
    ("region", '<div id="react-aria'),
    ("landmark-banner-is-top-level", "<header"),
    ("landmark-no-duplicate-banner", 'data-testid="stHeader"'),
    ("landmark-unique", 'data-testid="stHeader"'),
)
"""Streamlit's own, told in docs/accessibility.md: an open list is drawn outside the landmarks; an open calendar has a header of its own."""


def ours(found: list[str]) -> list[str]:
    """The faults that are not Streamlit's own."""
    return [fault for fault in found if not any(fault.startswith(f"{rule}:") and part in fault for rule, part in THEIRS)]


@pytest.fixture
def opened(tab, watched, serveur, demo):
    """``opened(address, width)`` -> the page once drawn, on a screen of that width."""

    def open_at(address: str, width: int = 1366) -> Looked:
        tab.set_viewport_size({"width": width, "height": 768})
        tab.goto(serveur(demo) + address)
        return Looked(tab).settled()

    yield open_at
    assert watched.faults() == []


@pytest.mark.parametrize("address", LISTS)
def test_a_list_opens_in_french(tab, opened, address):
    looked = opened(address)
    lists = tab.locator("[data-testid=stSelectbox]:visible")
    assert lists.count() >= LISTS[address]
    for place in range(lists.count()):
        lists.nth(place).click()
        expect(tab.get_by_role("option").first).to_be_visible()
        assert ours(looked.axe()) + looked.language() == []
        tab.keyboard.press("Escape")
        expect(tab.get_by_role("option")).to_have_count(0)


@pytest.mark.parametrize(("address", "width"), MEETINGS)
def test_every_tab_of_a_meeting(tab, opened, address, width):
    looked = opened(address, width)
    for one in tab.get_by_role("tab").all():
        one.click()
        expect(one).to_have_attribute("aria-selected", "true")
        assert looked.settled().unfolded().all() == []


@pytest.mark.parametrize("width", [1366, 390])
def test_the_calendar_and_the_choice_of_readers_of_a_new_meeting(tab, opened, width):
    looked = opened("/reunions?s=nouvelle", width)
    assert looked.all() == []
    readers = tab.get_by_test_id("stMultiSelect").locator("input")
    readers.scroll_into_view_if_needed()
    looked.settled()  # a list closes when its page slides
    readers.click()
    expect(tab.get_by_role("option").first).to_be_visible()
    assert ours(looked.all()) == []
    tab.keyboard.press("Escape")
    expect(tab.get_by_role("option")).to_have_count(0)
    tab.get_by_test_id("stDateInput").get_by_role("button").first.click()
    expect(tab.get_by_role("button", name="Mois suivant")).to_be_visible()
    assert ours(looked.axe()) + looked.language() == []
    looked.kept(f"calendrier-{width}")
    tab.keyboard.press("Escape")


def test_the_menu_of_a_telephone(tab, opened):
    looked = opened("/", 390)
    tab.get_by_role("button", name="Ouvrir le menu").click()
    expect(tab.get_by_test_id("stSidebarNavLink").filter(has_text="Budget")).to_be_visible()
    assert looked.axe() + looked.language() == []
    looked.kept("telephone-menu")


def test_the_pages_that_a_narrow_bar_does_not_hold_are_told_and_open_in_french(tab, opened):
    looked = opened("/", 800)
    more = tab.get_by_test_id("stTopNavSection")
    expect(more).to_have_text(re.compile(r"^\d+ de plus$"))
    more.click()
    expect(tab.get_by_role("menuitem", name="Réunions")).to_be_visible()
    assert ours(looked.language()) == []
