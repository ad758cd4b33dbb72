"""`make bench`: each step beside the least that it could cost, measured in turn in one run. Only the ratios travel between machines.

`python -m tests.benchmarks --nation` measures the figures of many cities alone.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
from sqlalchemy import create_engine, text

from connectors.store import Delivery, Outcome, open_store
from indicators import compute, cube, gaps
from indicators.frames import COUNTS_KEY
from indicators.registry import indicators, measures
from indicators.schemas import COUNTS
from tests.benchmarks import collecting, editions, nation, pages, region
from tests.benchmarks.lines import line, median_seconds
from tests.benchmarks.workload import CALAIS, QUARTERS, counts


def figures(frame: pd.DataFrame) -> None:
    """Every indicator and gap of eight quarters, beside a pandas sum of the same rows."""

    def ours() -> object:
        box = cube.build(frame, measures(), CALAIS, QUARTERS)
        return gaps.gaps(compute.values(box, indicators().values(), measures(), CALAIS, QUARTERS), indicators())

    floor = median_seconds(lambda: frame.groupby(COUNTS_KEY)["value"].sum())  # noqa: PLW0108 - the grouping is part of the work
    line(f"all indicators and gaps, {len(frame)} rows", median_seconds(ours), "pandas groupby of the same rows", floor)


def contract(frame: pd.DataFrame) -> None:
    """The pandera contract, beside the search for repeated keys that it cannot do without."""
    ours = median_seconds(lambda: COUNTS.validate(frame, lazy=True))
    line("contract of Counts (pandera)", ours, "duplicated() on the key alone", median_seconds(lambda: frame.duplicated(COUNTS_KEY)))


def storing(frame: pd.DataFrame) -> None:
    """One accepted delivery, beside sqlite's own executemany of the same rows."""
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(f"sqlite:///{folder}/ours.sqlite")
        start = datetime(2024, 1, 1, tzinfo=UTC)

        def ours() -> object:
            return store.record(
                Delivery("banc", start, start, f"{time.perf_counter_ns():064d}", len(frame), Outcome.ACCEPTED, ()), counts=frame
            )

        engine = create_engine(f"sqlite:///{folder}/raw.sqlite")
        rows = [dict(zip("abcdefgh", row, strict=True)) for row in frame.astype(object).itertuples(index=False)]
        with engine.begin() as connection:
            connection.execute(text("CREATE TABLE t (a, b, c, d, e, f, g, h)"))

        def raw() -> None:
            with engine.begin() as connection:
                connection.exec_driver_sql("INSERT INTO t VALUES (?,?,?,?,?,?,?,?)", [tuple(row.values()) for row in rows])

        line("store one delivery", median_seconds(ours), "executemany of the same rows", median_seconds(raw))

        def raw_read() -> object:
            with engine.connect() as connection:
                return connection.exec_driver_sql("SELECT * FROM t LIMIT ?", (len(rows),)).fetchall()

        line("read the current counts", median_seconds(store.counts), "SELECT and fetchall of as many rows", median_seconds(raw_read))
        store.close()
        engine.dispose()


def starting() -> None:
    """The command line's help, beside an empty Python."""
    command = str(Path(sys.executable).with_name("cite-emploi"))
    ours = median_seconds(lambda: subprocess.run([command, "--help"], check=True, capture_output=True))
    floor = median_seconds(lambda: subprocess.run([sys.executable, "-c", "import numpy, pandas"], check=True, capture_output=True))
    line("cite-emploi --help", ours, "python -c 'import numpy, pandas'", floor)


def many_cities() -> None:
    """The figures of every QPV of a region, then of the country: wall time and memory."""
    for scale in ("REGION", "NATION"):
        nation.measure(scale)


if __name__ == "__main__":
    if "--nation" not in sys.argv:
        data = counts()
        figures(data)
        contract(data)
        storing(data.assign(source="banc"))
        starting()
        collecting.measure()
        pages.measure()
        region.measure()
        editions.measure()
    many_cities()
