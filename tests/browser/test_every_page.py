"""Every page, every view, live and in an edition, on the projector, on a telephone and on paper: axe-core, French, nothing wider.

One tab walks through all of them: a page is opened once and everything is looked at there. States are in ``test_states.py``, what is only
there once opened in ``test_opened.py``.
"""

from __future__ import annotations

import re

import pytest

from dashboard.content.offers import ACCESS_VIEWS
from dashboard.navigation import PAGES, PROJECTED
from tests.browser.looking import OF_STREAMLIT, Looked

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

EDITION = "edition=S2-copil-1"
VIEWS = [f"/droit-commun?v={code}" for code in ACCESS_VIEWS]
SHEETS = ["/indicateurs?i=N2.8-cej", "/indicateurs?i=B1"]
LIVE = [page.path for page in PAGES if page.path != "/droit-commun"] + VIEWS + SHEETS
ALIKE = {"/donnees", *VIEWS[1:], *SHEETS[1:]}
"""What an edition does not hold, or shows with the same blocks as another address that is walked."""
HELD = [path for path in LIVE if path not in ALIKE] + [f"{PROJECTED.path}?p={number}" for number in (1, 3, 12)]
ADDRESSES = [*LIVE, *(f"{path}{'&' if '?' in path else '?'}{EDITION}" for path in HELD), "/inconnue"]
TELEPHONE = 390


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_is_accessible_french_and_fits_the_screen_the_telephone_and_the_paper(tab, watched, serveur, demo, address):
    name = re.sub("[^a-zA-Z0-9.-]+", "-", address).strip("-") or "synthese"
    tab.set_viewport_size({"width": 1366, "height": 768})
    tab.goto(serveur(demo) + address)
    looked = Looked(tab).settled()
    assert tab.locator("h1").count() == 1
    assert looked.paper(name) == []
    tab.set_viewport_size({"width": 1366, "height": 768})
    assert looked.unfolded().all() == []
    looked.width(TELEPHONE, 844).kept(f"telephone-{name}")
    assert looked.all() == []
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


def test_a_table_is_a_stop_of_the_keyboard_only_while_it_slides(tab, serveur, demo):
    tab.goto(f"{serveur(demo)}/donnees")
    looked = Looked(tab).width(1366)
    tables = tab.locator(".tableau")
    assert tab.locator(".tableau[tabindex]").count() == 0
    looked.width(TELEPHONE, 844)
    first = tab.locator(".tableau[tabindex='0']").first
    assert first.get_attribute("aria-label").startswith("Tableau à faire défiler\u00a0: État des livraisons")
    first.focus()
    tab.keyboard.press("ArrowRight")
    tab.wait_for_function("() => document.activeElement.scrollLeft > 0")
    looked.width(1366)
    assert tables.count() > 0
    assert tab.locator(".tableau[tabindex]").count() == 0


FAULTY = """
<html lang="fr"><head><title>Essai</title></head><body><main><h1>Essai</h1><h4>Trop bas</h4><img src="data:,">
<p>Il reste nan personnes</p><button title="Close">x</button><input aria-label="Search">
<div style="width:3000px">large</div></main></body></html>
"""


def test_the_eye_sees_the_faults_it_looks_for(page):
    page.set_content(FAULTY)
    looked = Looked(page)
    assert {fault.split(":")[0] for fault in looked.axe()} == {"heading-order", "image-alt", "target-size"}
    assert looked.language() == ["English: Close", "English: Search", "unfinished: Il reste nan personnes"]
    assert looked.wide() == ["DIV "]
    assert [fault.split(":")[0] for fault in looked.paper("essai-fautif")][1:] == ["command on paper", "command on paper"]
    assert "Choose an option" in OF_STREAMLIT
    assert "OK" not in OF_STREAMLIT
