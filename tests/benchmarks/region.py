"""A city of two hundred QPVs, of a million counts: the same pages, and what a filter change then costs the server."""

from __future__ import annotations

import sys
import tempfile
import time
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pandas as pd

from connectors.store import Delivery, Outcome, open_store
from indicators.frames import COUNTS_COLUMNS
from indicators.period import Frequency, between
from indicators.registry import measures
from indicators.territory import HORS_QPV, NON_LOCALISE, VILLE
from tests.benchmarks import pages
from tests.benchmarks.workload import breakdowns

QPVS = [f"QP0629{number:02d}" if number < 100 else f"QP0628{number - 100:02d}" for number in range(200)]
QUARTERS = between(date(2021, 1, 1), date(2023, 12, 31), Frequency.QUARTER)
CITE = """
[city]
name = "Cité de l'emploi d'une région"
operator = "L'association"
commune = "62193"
commune_name = "Région"
population = 6000000
started_on = 2021-01-01
fictitious = true
today = 2024-01-15

[[zoning]]
code = "2015"
label = "Zonage 2015"
valid_from = 2015-01-01
qpv = [{qpvs}]
"""
SOURCE = """
id = "banc"
label = "Banc"
kind = "file"
non_localise = true
expected_measures = [{measures}]
"""


def counts() -> pd.DataFrame:
    """Every measure in all its breakdowns, for each QPV and quarter: about a million rows, the parts drawn smaller than their whole."""
    from indicators.codes import DIMENSIONS

    random = np.random.default_rng(62193)
    zones = [*QPVS, HORS_QPV, NON_LOCALISE]
    blocks = []
    for code, dimensions in breakdowns().items():
        if code.startswith("livraisons_"):
            continue
        cells = [(name, category) for name in dimensions for category in DIMENSIONS[name].codes]
        places = zones if measures()[code].territorial else [VILLE]
        keys = pd.MultiIndex.from_product([[code], places, [quarter.code for quarter in QUARTERS], range(len(cells))])
        frame = keys.to_frame(index=False, name=["measure", "territory", "period", "cell"])
        rank = frame.pop("cell")
        frame["dimension"], frame["category"] = [cells[at][0] for at in rank], [cells[at][1] for at in rank]
        share = 0.3 if measures()[code].part_of else 1.0
        parts = frame["dimension"].map({name: len(DIMENSIONS[name].codes) for name in dimensions})
        size = np.where(frame["territory"] == HORS_QPV, 6000, 40) * share / parts
        blocks.append(frame.assign(source="banc", value=random.poisson(size), status="ok"))
    whole = pd.concat(blocks, ignore_index=True)[COUNTS_COLUMNS]
    text = [name for name in COUNTS_COLUMNS if name != "value"]
    return whole.astype({**dict.fromkeys(text, "str"), "value": "Int64"})


def measure() -> None:
    """Store it, serve it, change the filters of each page."""
    with tempfile.TemporaryDirectory() as named:
        folder = Path(named)
        qpvs = ", ".join(f'{{code = "{code}", label = "Quartier {code[2:]}"}}' for code in QPVS)
        (folder / "cite.toml").write_text(CITE.format(qpvs=qpvs), encoding="utf-8")
        codes = ", ".join(f'"{code}"' for code in breakdowns() if not code.startswith("livraisons_"))
        (folder / "sources" / "banc").mkdir(parents=True)
        (folder / "sources" / "banc" / "source.toml").write_text(SOURCE.format(measures=codes), encoding="utf-8")
        environment = {
            "CITE_CONFIG": str(folder / "cite.toml"),
            "CITE_DATA_DIR": str(folder / "data"),
            "CITE_STORE_URL": f"sqlite:///{folder}/cite.sqlite",
        }
        rows = _stored(environment["CITE_STORE_URL"])
        command = [sys.executable, "-m", "uvicorn", "dashboard.server:app", "--host", "127.0.0.1", "--no-access-log", "--port"]
        with pages._serving(command, environment, str(folder)) as (url, process):
            reader = pages.Reader(url)
            taken = reader.ask("", "t=2023-T4")
            reader.close()
            print(f"{rows} counts: first page computed in {taken:.0f} s, {pages._resident(process) / 1e6:.0f} MB held")
            pages._changes(url, "region, ")


def _stored(url: str) -> int:
    store = open_store(url)
    frame = counts()
    start = datetime(2024, 1, 10, tzinfo=UTC)
    began = time.perf_counter()
    store.record(Delivery("banc", start, start, "0" * 64, len(frame), Outcome.ACCEPTED, ()), counts=frame)
    print(f"{len(frame)} counts stored in {time.perf_counter() - began:.0f} s")
    store.close()
    return len(frame)


if __name__ == "__main__":
    measure()
