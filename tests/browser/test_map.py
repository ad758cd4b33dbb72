"""The map of the QPVs in a real Chromium: drawn without any request outside, its choice in the address, its figures as a table."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

KEPT = Path(__file__).parents[2] / "artefacts"


def test_a_figure_is_put_on_the_map_and_told_in_words_and_in_a_table(page, visite, serveur, demo):
    page.goto(f"{serveur(demo)}/quartiers?t=2023-T4&i=N2.5")
    page.wait_for_selector(".js-plotly-plot .main-svg")
    figure = page.locator("[role=figure]").first
    said = figure.get_attribute("aria-label")
    assert said.startswith("Orientations vers le droit commun, T4 2023")
    assert page.locator(".phrase", has_text=said[:30]).count() == 1
    assert page.locator(".js-plotly-plot path.js-fill").count() == 2
    page.get_by_text("Voir les données").first.click()
    rows = page.locator("details[open] table tbody tr")
    assert rows.count() == 2
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    KEPT.mkdir(exist_ok=True)
    page.screenshot(path=KEPT / "page-quartiers-carte.png")
    page.get_by_role("combobox", name="Sur la carte").click()
    page.get_by_role("option").first.click()
    expect(page.locator("[role=figure]").first).not_to_have_attribute("aria-label", said)
    assert "i=N2.5" not in page.url
    page.go_back()
    expect(page.locator("[role=figure]").first).to_have_attribute("aria-label", said)
    assert visite.errors == []
    assert visite.violations == []
    assert visite.outside == []
