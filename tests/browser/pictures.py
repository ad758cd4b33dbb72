"""`python -m tests.browser.pictures http://localhost:8501`: the pictures of docs/, taken from the running demonstration."""

from __future__ import annotations

import shutil
import sys

from playwright.sync_api import sync_playwright

from tests.browser.conftest import ARGUMENTS
from tests.docs.pages import DOCS

PICTURES = {
    "synthese": "/",
    "droit-commun": "/droit-commun",
    "evolution": "/droit-commun?v=evolution",
    "parcours": "/parcours",
    "partenaires": "/partenaires",
    "indicateur": "/indicateurs?i=N2.8-cej",
    "budget": "/budget?e=2022&a=2022-T3",
    "donnees": "/donnees",
    "quartiers": "/quartiers",
    "reunions": "/reunions",
    "edition": "/?edition=S2-prefecture-1",
    "seance": "/seance?edition=S2-copil-1&p=5",
}


def take(address: str) -> None:
    """One picture a page, at the size of the committee's projector."""
    folder = DOCS / "images"
    folder.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
        page = browser.new_page(viewport={"width": 1366, "height": 768})
        for name, path in PICTURES.items():
            page.goto(address + path)
            page.wait_for_selector("h1")
            page.wait_for_timeout(2500)  # the chart library draws after the text
            page.screenshot(path=folder / f"{name}.png")
            print(f"docs/images/{name}.png")
        browser.close()


if __name__ == "__main__":
    take(sys.argv[1])
