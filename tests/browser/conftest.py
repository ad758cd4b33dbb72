"""A real server and a real Chromium, for any test that wants to see what a visitor sees.

Fixtures: ``serveur`` starts the application, ``page`` opens a tab, ``visite`` watches what the tab asks for. Mark such tests with
``@pytest.mark.browser`` and ``@pytest.mark.xdist_group("browser")``: the server and the browser are then started once.
"""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from dashboard.navigation import HERE, PAGES, PROJECTED
from tests.connectors.outlines import EAST, SQUARE, feature, written

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
]
DRAWN = {"QP062901": SQUARE, "QP062902": EAST}
"""Outlines of our own making for the QPVs of the demonstration, which come without any."""
START = 90
"""Seconds: Streamlit's imports on a loaded two-core machine."""


PATIENCE = 20_000
"""Milliseconds that an expected sight may take while other tests keep both cores busy."""
expect.set_options(timeout=PATIENCE)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answers(url: str) -> bool:
    """Whether the server answers at all; /sante says 503 with reason when pages cannot be shown."""
    try:
        with urllib.request.urlopen(f"{url}/sante", timeout=10):
            return True
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False


def wait(process: subprocess.Popen[bytes], url: str, log: Path) -> None:
    limit = time.monotonic() + START
    while not answers(url):
        if process.poll() is not None or time.monotonic() > limit:
            pytest.fail(f"the server did not start:\n{log.read_text(errors='replace')[-3000:]}")
        time.sleep(0.2)


@pytest.fixture(scope="session")
def serveur(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., str]]:
    """``serveur(environment=None, source=None, application="dashboard.server:app")`` -> address such as ``http://127.0.0.1:41001``.

    ``environment`` adds variables; ``source`` is a folder whose packages come before the installed ones (a copy to break). The same
    arguments give the same server during the session. The process starts in an empty folder: nothing may depend on where it starts.
    """
    running: dict[tuple[object, ...], str] = {}
    processes: list[subprocess.Popen[bytes]] = []

    def start(environment: Mapping[str, str] | None = None, source: Path | None = None, application: str = "dashboard.server:app") -> str:
        key = (tuple(sorted((environment or {}).items())), source, application)
        if key in running:
            return running[key]
        folder = tmp_path_factory.mktemp("serveur")
        port, log = free_port(), folder.with_suffix(".log")
        variables = {**os.environ, **(environment or {})}
        if source:
            variables["PYTHONPATH"] = str(source)
        with log.open("wb") as output:
            command = [sys.executable, "-m", "uvicorn", application, "--host", "127.0.0.1", "--port", str(port), "--no-access-log"]
            process = subprocess.Popen(command, cwd=folder, env=variables, stdout=output, stderr=subprocess.STDOUT)
        processes.append(process)
        running[key] = f"http://127.0.0.1:{port}"
        wait(process, running[key], log)
        return running[key]

    yield start
    for process in processes:
        process.terminate()
    for process in processes:
        try:
            process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The machine's Chromium, once per worker. Absent: the test is skipped with the reason, or fails where ``CI`` is ``true``."""
    program = shutil.which("chromium") or "/usr/bin/chromium"
    if not Path(program).is_file():
        if os.environ.get("CI") == "true":
            pytest.fail("Chromium is missing, and continuous integration must not leave these tests out")
        pytest.skip("Chromium is not on this machine (Debian: apt install chromium)")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A fresh tab of 1366 x 768 pixels, the committee's projector, in a browser that speaks English."""
    context = chromium.new_context(viewport={"width": 1366, "height": 768}, locale="en-US")
    context.set_default_timeout(30_000)
    yield context.new_page()
    context.close()


@dataclass
class Visit:
    """``outside``: addresses asked for off this machine; ``violations`` of the security policy; ``errors`` of scripts."""

    outside: list[str] = field(default_factory=list)
    violations: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def asked(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("data", "blob") and parts.hostname not in ("127.0.0.1", "localhost"):
            self.outside.append(url)

    def faults(self) -> list[str]:
        """Everything that should not have happened."""
        return [*self.outside, *self.violations, *self.errors]


def watching(page: Page) -> Visit:
    """What ``page`` asks for, and what goes wrong on it, from now on."""
    visit = Visit()
    page.on("request", lambda request: visit.asked(request.url))
    page.on("websocket", lambda opened: visit.asked(opened.url))
    page.on("pageerror", lambda error: visit.errors.append(str(error)))
    # a violation of the policy is only told on the console
    page.on("console", lambda said: visit.violations.append(said.text) if "Content Security Policy" in said.text else None)
    return visit


@pytest.fixture
def visite(page: Page) -> Visit:
    """Watch ``page`` from its first request: see Visit. Ask for it before the first ``goto``."""
    return watching(page)


@pytest.fixture(scope="module")
def tab(chromium: Browser) -> Iterator[Page]:
    """One tab for all the tests of a file: for walks, which are long, and need no fresh start nor any animation."""
    context = chromium.new_context(viewport={"width": 1366, "height": 768}, locale="en-US", reduced_motion="reduce")
    context.set_default_timeout(30_000)
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def watched(tab: Page) -> Visit:
    """Watch ``tab`` from its first request. Ask for it before the first ``goto``."""
    return watching(tab)


TINY_PAGE = """
import datetime
import plotly.graph_objects as go
import streamlit as st

if "faute" in st.query_params:
    raise RuntimeError("secret")
st.title("Essai {name}")
st.write("Une phrase.")
st.selectbox("Territoire", ["Ensemble des QPV", "Beau-Marais"])
st.multiselect("Partenaires", ["Mission locale", "Cap emploi"])
st.date_input("Au", datetime.date(2022, 9, 30), format="DD/MM/YYYY")
st.file_uploader("Fichier", type="csv")
st.button("Enregistrer", type="primary")
st.table({{"Dispositif": ["Formation"]}})
st.plotly_chart(go.Figure(go.Bar(x=[1], y=[1])), theme=None, alt="Une barre", config={{"displayModeBar": False}})
"""


NO_EDITION = """
def chosen_edition():
    return None


draw_edition = edition_bar = refused = chosen_edition
"""


@pytest.fixture(scope="session")
def copie(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Path]:
    """``copie()`` -> a folder holding a copy of ``dashboard`` with tiny pages: the shell alone, free to be broken."""

    def copy() -> Path:
        folder = tmp_path_factory.mktemp("copie")
        shutil.copytree(HERE, folder / "dashboard", ignore=shutil.ignore_patterns("__pycache__", "views", "components"))
        for page in (*PAGES, PROJECTED):
            script = folder / "dashboard" / page.file
            script.parent.mkdir(exist_ok=True)
            script.write_text(TINY_PAGE.format(name=script.stem), "utf-8")
        (folder / "dashboard" / "components").mkdir()
        (folder / "dashboard" / "components" / "page.py").write_text("def banner() -> None:\n    pass\n", "utf-8")
        (folder / "dashboard" / "components" / "edition.py").write_text(NO_EDITION, "utf-8")
        return folder

    return copy


@pytest.fixture(scope="session")
def tiny(serveur: Callable[..., str], copie: Callable[[], Path]) -> str:
    """Address of the shell with tiny pages."""
    return serveur(source=copie())


@pytest.fixture(scope="session")
def demo(tmp_path_factory) -> dict[str, str]:
    """The environment of a demonstration built and collected by the command line, once."""
    folder = tmp_path_factory.mktemp("demo") / "demo"
    outlines = folder.parent / "contours.geojson"
    outlines.write_bytes(written([feature(code, "Polygon", [ring]) for code, ring in DRAWN.items()]))
    command = [sys.executable, "-c", "from dashboard.cli import main; main()", "demo", "--sans-serveur", "--contours", str(outlines)]
    variables = {**os.environ, "CITE_DEMO_DIR": str(folder)}
    done = subprocess.run(command, env=variables, cwd=folder.parent, capture_output=True, text=True, timeout=900, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    lines = (folder / "environnement.env").read_text("utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if "=" in line)
