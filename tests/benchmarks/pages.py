"""The pages as a visitor waits for them: the first finding and chart beside an empty page's, a filter change, twenty readers at once.

Readers speak Streamlit's own protocol: what is measured is the server, from the question to the end of its script.
"""

from __future__ import annotations

import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Barrier, Thread

from playwright.sync_api import Browser, sync_playwright
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect

from tests.benchmarks.lines import line
from tests.browser.conftest import ARGUMENTS, free_port
from tests.editions.replayed import replayed

EMPTY = "import plotly.graph_objects as go\nimport streamlit as st\n\nst.title('Vide')\nst.plotly_chart(go.Figure(go.Bar(x=[1], y=[1])))\n"
CHART = ".js-plotly-plot .main-svg"
VISITS, CHANGES, READERS = 5, 6, 20
PAUSE = (2.0, 6.0)
"""Seconds that a reader looks at a page before the next choice."""
VIEWS = ("trimestre", "annee", "evolution", "composition")
PERIODS = ("2023-T4", "2023-T3", "2023-T2", "2023-T1")
PAGES = ("", "droit-commun", "parcours", "budget", "indicateurs")


def measure() -> None:
    """All of it; about three minutes."""
    with tempfile.TemporaryDirectory() as folder:
        desk = replayed(Path(folder) / "demo")
        settings = desk.settings
        desk.store.close()
        environment = {"CITE_CONFIG": str(settings.path), "CITE_DATA_DIR": str(settings.data_dir), "CITE_STORE_URL": settings.store_url}
        empty = Path(folder) / "empty.py"
        empty.write_text(EMPTY, encoding="utf-8")
        command = [sys.executable, "-m", "uvicorn", "dashboard.server:app", "--host", "127.0.0.1", "--no-access-log", "--port"]
        bare = [
            sys.executable,
            "-m",
            "streamlit",
            "run",
            str(empty),
            "--server.headless=true",
            "--server.address=127.0.0.1",
            "--server.port",
        ]
        with _serving(command, environment, folder) as (ours, process), _serving(bare, {}, folder) as (floor, _):
            _first(ours, floor)
            _changes(ours)
            _readers(ours, process)


@contextmanager
def _serving(command: list[str], environment: Mapping[str, str], folder: str) -> Iterator[tuple[str, int]]:
    """Start a server on a free port; its address and its process."""
    port = free_port()
    quiet = {"cwd": folder, "env": {**os.environ, **environment}, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen([*command, str(port)], **quiet) as process:  # type: ignore[call-overload]
        url = f"http://127.0.0.1:{port}"
        for _ in range(600):
            with suppress(OSError):
                urllib.request.urlopen(f"{url}/_stcore/health", timeout=2)
                break
            time.sleep(0.1)
        try:
            yield url, process.pid
        finally:
            process.terminate()


def _first(ours: str, floor: str) -> None:
    """In a browser that has nothing yet, in turn; the first visit of each warms the servers."""
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path="/usr/bin/chromium", args=ARGUMENTS)
        taken = [(*_until(browser, f"{ours}/droit-commun"), *_until(browser, floor)) for _ in range(VISITS + 1)]
        browser.close()
    heading, chart, empty, bare = (statistics.median(times) for times in zip(*taken[1:], strict=True))
    line("finding of Droit commun, new browser", heading, "heading of an empty Streamlit page", empty)
    line("its chart", chart, "one bar on an empty Streamlit page", bare)


def _until(browser: Browser, url: str) -> tuple[float, float]:
    """Seconds to the heading, then to the chart."""
    context = browser.new_context(viewport={"width": 1366, "height": 768})
    page = context.new_page()
    start = time.perf_counter()
    page.goto(url)
    page.wait_for_selector("h1")
    heading = time.perf_counter() - start
    page.wait_for_selector(CHART)
    chart = time.perf_counter() - start
    context.close()
    return heading, chart


class Reader:
    """A visit, through the socket that a browser opens."""

    def __init__(self, url: str) -> None:
        address = url.replace("http", "ws", 1) + "/_stcore/stream"
        self._socket: ClientConnection = connect(address, legacy=True, subprotocols=["streamlit"], origin=url, max_size=None)  # type: ignore[arg-type, list-item]

    def ask(self, page: str, query: str) -> float:
        """Open a page with choices in its address; seconds until the server has written all of it."""
        start = time.perf_counter()
        state = ClientState(query_string=query, page_name=page)
        state.context_info.url = f"http://127.0.0.1/{page}"
        self._socket.send(BackMsg(rerun_script=state).SerializeToString())
        while True:
            told = ForwardMsg()
            told.ParseFromString(bytes(self._socket.recv(timeout=60)))  # type: ignore[arg-type]
            if told.WhichOneof("type") == "script_finished":
                return time.perf_counter() - start

    def close(self) -> None:
        """Leave."""
        self._socket.close()


def _changes(url: str, where: str = "") -> None:
    """One reader alone: the period, then the view of a page."""
    reader = Reader(url)
    for page in PAGES:
        reader.ask(page, "t=2023-T4")
        taken = [reader.ask(page, f"t={PERIODS[number % 4]}&v={VIEWS[number % 4]}&i=N2.8-cej") for number in range(1, 2 * CHANGES)]
        name = f"{where}filter change on /{page}"
        print(f"{name:44s} {statistics.median(taken) * 1e3:9.1f} ms   {'the slowest':38s} {max(taken) * 1e3:9.1f} ms   (goal: 400 ms)")
    reader.close()


def _readers(url: str, process: int) -> None:
    """Twenty at once, each looking a few seconds between two choices; what each adds to the memory of the process."""
    before = _resident(process)
    readers = [Reader(url) for _ in range(READERS)]
    for number, reader in enumerate(readers):
        reader.ask(PAGES[number % len(PAGES)], "t=2023-T4")
    each = (_resident(process) - before) / READERS / 1e6
    taken: list[float] = []
    together = Barrier(READERS)

    def read(reader: Reader, seed: int) -> None:
        chance = random.Random(seed)
        together.wait()
        for _ in range(CHANGES):
            time.sleep(chance.uniform(*PAUSE))
            query = f"t={chance.choice(PERIODS)}&v={chance.choice(VIEWS)}&i=N2.8-cej"
            taken.append(reader.ask(chance.choice(PAGES), query))

    threads = [Thread(target=read, args=(reader, seed)) for seed, reader in enumerate(readers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    slow = statistics.quantiles(taken, n=20)[-1]
    name = f"{READERS} readers at once, median answer"
    print(f"{name:44s} {statistics.median(taken) * 1e3:9.1f} ms   {'the slowest twentieth':38s} {slow * 1e3:9.1f} ms   (goal: 1 s)")
    print(f"{'memory that each reader adds':44s} {each:9.1f} MB   (goal: 15 MiB)")
    for reader in readers:
        reader.close()


def _resident(process: int) -> float:
    """Bytes of memory that a process holds."""
    told = Path(f"/proc/{process}/status").read_text("utf-8")
    return 1024.0 * int(next(row for row in told.splitlines() if row.startswith("VmRSS:")).split()[1])


if __name__ == "__main__":
    measure()
