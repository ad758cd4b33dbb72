"""What is looked at on a page that is open: axe-core's findings, words of English, what is unfinished, what is wider than the screen.

No test is here, and no address: ``test_every_page.py`` walks, this looks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

from dashboard.shell.assets import FOLDER

KEPT = Path(__file__).parents[2] / "artefacts"
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
SETTLED = """() => {
  const app = document.querySelector("[data-testid=stApp]");
  if (!app) return !!document.querySelector("body.introuvable h1");
  const charts = [...document.querySelectorAll("[data-testid=stPlotlyChart]")];
  return app.dataset.testScriptState === "notRunning" && !!document.querySelector("h1") && !document.querySelector("[data-stale=true]")
    && !document.querySelector("[data-testid=stSkeleton]") && charts.every(chart => chart.querySelector(".main-svg"));
}"""
UNFOLD = """() => { for (const one of document.querySelectorAll("details:not([open]) > summary")) one.click(); }"""
AXE = """async (tags) => {
  const found = await axe.run(document, { runOnly: { type: "tag", values: tags }, resultTypes: ["violations"] });
  return found.violations.map(one => [one.id, one.nodes.map(node => node.html.slice(0, 160))]);
}"""
SEEN = """() => {
  const seen = [document.title], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
  const names = "aria-label title placeholder alt aria-roledescription aria-description aria-valuetext value label".split(" ");
  while (walker.nextNode()) {
    const node = walker.currentNode, inside = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
    // a query is in the language of its base; the name of a drawn icon is neither shown nor read
    if (inside.closest("script, style, noscript, pre, code")) continue;
    if (inside.closest("[data-testid=stIconMaterial]")?.closest("[aria-hidden=true]")) continue;
    if (inside !== node) seen.push(node.nodeValue.trim());
    else for (const name of names) seen.push(node.getAttribute(name));
  }
  return [...new Set(seen.filter(Boolean))];
}"""
WIDE = """() => {
  const slides = (node) => { for (let one = node; one; one = one.parentElement) {
    if (one.tabIndex === 0 && getComputedStyle(one).overflowX === "auto") return true; } };
  const out = [...document.querySelectorAll("main *, body.introuvable main *")].filter(node => {
    const box = node.getBoundingClientRect();
    return box.width > 1 && box.height > 1 && box.right > innerWidth + 1 && !slides(node) && !node.closest(".hors-ecran");
  });
  return out.map(node => `${node.tagName} ${node.className.baseVal ?? node.className}`.slice(0, 120));
}"""
COMMANDS = """() => [...document.querySelectorAll(
    "nav, header, button:not([role=tab]), select, " +
    "[role=combobox], input, [data-testid=stExpander] details:not([open]), [role=tab][aria-selected=false]"
  )].filter(node => node.checkVisibility() && node.getBoundingClientRect().width > 1).map(node => node.outerHTML.slice(0, 140))"""
SHEET = (1047, 720)
"""Pixels between the margins of an A4 sheet in landscape."""
BEYOND = """(sheet) => [...document.querySelectorAll("main h1, main p, main li, main td, main th, main .main-svg")]
  .filter(node => node.checkVisibility() && node.getBoundingClientRect().right > sheet + 1).map(node => node.outerHTML.slice(0, 140))"""
BOX = re.compile(rb"/MediaBox \[\s*0 0 ([\d.]+) ([\d.]+)\s*\]")
A4 = (842, 595)
UNFINISHED = re.compile(r"\b(nan|None|NaN|NaT|undefined|Traceback|Infinity|null)\b")
WORDS = re.compile(
    r"\b(the|of|and|to|is|are|was|were|be|been|this|that|these|those|with|from|for|by|you|your|we|our|they|it|its|has|have|had|not|if|when|which|"
    r"what|where|how|any|each|more|most|other|only|than|too|very|can|will|should|now|please|click|press|open|close|closed|select|selected|"
    r"choose|search|clear|remove|delete|add|edit|save|cancel|loading|running|error|warning|failed|missing|upload|download|browse|drag|"
    r"drop|show|hide|view|settings|help|file|value|values|row|rows|column|columns|month|day|year|week|today|monday|tuesday|wednesday|"
    r"thursday|friday|saturday|sunday|january|february|march|april|may|june|july|august|september|october|november|december|true|false|"
    r"empty|expand|collapse|fullscreen|deploy|rerun|next|previous|icon|keyboard|arrow)\b",
    re.IGNORECASE,
)
"""Words of English that are not words of French."""
PATH = re.compile(r"(?<!\S)/\S+")
"""Where a file is, as an error names it: its folders are the machine's."""
OWN = re.compile(r'^ {4}"([^"]+)": ?$|^ {4}"([^"]+)": "([^"]+)",$', re.MULTILINE)


def streamlits() -> frozenset[str]:
    """The English that Streamlit writes by itself, as our table of its French names it."""
    found = OWN.findall((FOLDER / "francais.js").read_text("utf-8"))
    return frozenset(alone or english for alone, english, french in found if english != french or alone)


OF_STREAMLIT = streamlits()


@dataclass
class Looked:
    """A page under the eye: each method gives what is wrong, in words that name the fault; nothing when all is well."""

    page: Page

    def settled(self) -> Looked:
        """Wait until the page, its charts and its fonts are drawn, and what slides is marked."""
        self.page.wait_for_function(SETTLED)
        self.page.evaluate("document.fonts.ready")
        self.page.wait_for_timeout(120)  # assets/defilement.js looks a tenth of a second after the last change
        return self

    def unfolded(self) -> Looked:
        """Open everything that opens: tables under charts, queries, definitions."""
        self.page.evaluate(UNFOLD)
        return self.settled()

    def width(self, width: int, height: int = 768) -> Looked:
        """See it on a screen of that width."""
        self.page.set_viewport_size({"width": width, "height": height})
        return self.settled()

    def axe(self) -> list[str]:
        """What axe-core finds, for WCAG A and AA and its own good practices; not the double role of Streamlit's drop zone."""
        if not self.page.evaluate("!!window.axe"):
            self.page.evaluate(AXE_SCRIPT)
        found = [f"{rule}: {node}" for rule, nodes in self.page.evaluate(AXE, list(RULES)) for node in nodes]
        return [fault for fault in found if not (fault.startswith("presentation-role-conflict:") and "stFileUploaderDropzone" in fault)]

    def language(self) -> list[str]:
        """What is not French, or not finished, among all that is shown or read aloud."""
        seen = self.page.evaluate(SEEN)
        foreign = [text for text in seen if WORDS.search(PATH.sub("", text)) or text in OF_STREAMLIT]
        return [f"English: {text}" for text in foreign] + [f"unfinished: {text}" for text in seen if UNFINISHED.search(text)]

    def wide(self) -> list[str]:
        """What goes past the right edge of the screen without sliding inside a region of its own."""
        return self.page.evaluate(WIDE)

    def paper(self, name: str) -> list[str]:
        """What is wrong with it once printed: kept as a PDF file, then looked at as the paper shows it."""
        KEPT.mkdir(exist_ok=True)
        written = self.page.pdf(path=KEPT / f"papier-{name}.pdf", prefer_css_page_size=True)
        sizes = {(round(float(width)), round(float(height))) for width, height in BOX.findall(written)}
        wrong = [] if sizes == {A4} else [f"sheets of {sizes}"]
        self.page.emulate_media(media="print")
        self.page.set_viewport_size({"width": SHEET[0], "height": SHEET[1]})
        wrong += [f"command on paper: {node}" for node in self.page.evaluate(COMMANDS)]
        wrong += [f"cut by the paper: {node}" for node in self.page.evaluate(BEYOND, SHEET[0])]
        faded = self.page.evaluate(
            "[...document.querySelectorAll('.pastille')].filter(one => getComputedStyle(one).printColorAdjust !== 'exact')"
        )
        self.page.emulate_media(media="screen")
        return [*wrong, *("a colour is lost" for _ in faded)]

    def all(self) -> list[str]:
        """Everything at once."""
        return [*self.axe(), *self.language(), *(f"wider than the screen: {node}" for node in self.wide())]

    def kept(self, name: str) -> None:
        """Keep a picture of it."""
        KEPT.mkdir(exist_ok=True)
        self.page.screenshot(path=KEPT / f"{name}.png")
