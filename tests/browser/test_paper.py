"""Printing a page: a clean sheet of A4, no navigation, no command, charts whole and in their colours; the PDF files are artefacts."""

from __future__ import annotations

import re

import pytest

from dashboard.navigation import PAGES
from tests.browser.looking import KEPT, Looked

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

SHEET = 1047
"""Pixels between the margins of an A4 sheet in landscape."""
ADDRESSES = [*(page.path for page in PAGES), "/indicateurs?i=N2.8-cej", "/reunions?edition=S2-copil-1", "/droit-commun?edition=S2-copil-1"]
COMMANDS = """() => [...document.querySelectorAll(
    "nav, header, button:not([role=tab]), select, " +
    "[role=combobox], input, [data-testid=stExpander] details:not([open]), [role=tab][aria-selected=false]"
  )].filter(node => node.checkVisibility() && node.getBoundingClientRect().width > 1).map(node => node.outerHTML.slice(0, 140))"""
BEYOND = """(sheet) => [...document.querySelectorAll("main h1, main p, main li, main td, main th, main .main-svg")]
  .filter(node => node.checkVisibility() && node.getBoundingClientRect().right > sheet + 1).map(node => node.outerHTML.slice(0, 140))"""


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_printed_page_is_a_clean_sheet(tab, watched, serveur, demo, address):
    tab.set_viewport_size({"width": 1366, "height": 768})
    tab.goto(serveur(demo) + address)
    Looked(tab).settled()
    written = tab.pdf(prefer_css_page_size=True)
    KEPT.mkdir(exist_ok=True)
    (KEPT / f"papier-{re.sub('[^a-zA-Z0-9.-]+', '-', address).strip('-') or 'synthese'}.pdf").write_bytes(written)
    boxes = [tuple(map(float, found)) for found in re.findall(rb"/MediaBox \[\s*0 0 ([\d.]+) ([\d.]+)\s*\]", written)]
    assert len(boxes) in range(1, 9)
    assert all((round(width), round(height)) == (842, 595) for width, height in boxes)
    tab.emulate_media(media="print")
    try:
        tab.set_viewport_size({"width": SHEET, "height": 720})
        assert tab.evaluate(COMMANDS) == []
        assert tab.evaluate(BEYOND, SHEET) == []
        assert tab.locator("h1").is_visible()
        pills = tab.locator(".pastille")
        assert pills.first.evaluate("node => getComputedStyle(node).printColorAdjust") == "exact"
    finally:
        tab.emulate_media(media="screen")
    assert watched.faults() == []


def test_what_is_typed_is_printed_whole(tab, serveur, demo):
    tab.set_viewport_size({"width": 1366, "height": 768})
    tab.goto(f"{serveur(demo)}/reunions?s=3")
    Looked(tab).settled()
    tab.emulate_media(media="print")
    try:
        written = [area for area in tab.locator("textarea").all() if area.is_visible()]
        assert len(written) == 2
        for area in written:
            assert area.input_value()
            assert area.evaluate("node => node.scrollHeight <= node.clientHeight + 1")
    finally:
        tab.emulate_media(media="screen")
