"""From a figure of the first page to its sheet, then to the delivery it comes from: live, and within an edition."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.mark.parametrize("edition", ["", "S2-copil-1"])
def test_one_click_leads_from_an_alert_to_its_delivery(page, visite, serveur, demo, edition):
    within = f"&edition={edition}" if edition else ""
    page.goto(f"{serveur(demo)}/?t=2023-T3{within}")
    page.locator("ul.alertes a", has_text="Contrat d'engagement jeune").click()
    expect(page.locator("h1")).to_contain_text("N2.8-cej")
    assert "i=N2.8-cej" in page.url
    assert "t=2023-T3" in page.url
    assert (f"edition={edition}" in page.url) if edition else ("edition" not in page.url)
    expect(page.locator(".adresse code")).to_contain_text(f"/indicateurs?i=N2.8-cej&t=2023-T3{within}")
    expect(page.get_by_role("heading", name="Pourquoi ce chiffre")).to_be_visible()
    expect(page.get_by_text("Calcul\u00a0: 100 × ")).to_be_visible()
    delivered = page.locator("table", has_text="Période livrée").locator("tr", has_text="Mission locale du Calaisis")
    expect(delivered).to_contain_text("n°\u00a0")
    page.get_by_text("Comment «\u00a0Mission locale du Calaisis\u00a0» a compté").first.click()
    expect(page.locator("pre.code").first).to_contain_text("SELECT")
    assert (visite.errors, visite.violations, visite.outside) == ([], [], [])
