"""The reference workload of a whole country in our own frames, beside its numpy floor: wall time in one run, memory in a fresh process."""

from __future__ import annotations

import importlib.util
import pickle
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pandas as pd

from indicators.codes import ENSEMBLE, Category, Dimension
from indicators.frames import COUNTS_COLUMNS
from indicators.panel import panel

ROOT = Path(__file__).parents[2]
REFERENCE = ROOT.parent / "shared" / "bench"
ABSENT = "the reference workload (../shared/bench) is not beside this checkout"
CELLS = Dimension("cellule", "Sexe et âge", tuple(Category(f"{sex}_{age}", "") for sex in "FM" for age in range(4)))
"""The eight cells of the workload, as categories of one dimension."""


@dataclass(frozen=True)
class Country:
    """What ``panel`` takes."""

    counts: pd.DataFrame
    population: pd.DataFrame
    parents: pd.DataFrame

    def figures(self) -> pd.DataFrame:
        return panel(self.counts, self.population, self.parents, CELLS)


def reference(name: str) -> ModuleType | None:
    """A module of the reference workload: ``gen`` makes it, ``w1`` works on it. None where it is absent."""
    path = REFERENCE / f"{name}.py"
    if not path.exists():
        return None
    spec = importlib.util.spec_from_file_location(f"reference_{name}", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def country(work: dict[str, Any], gen: ModuleType) -> Country:
    """The workload in our frames; counts have categorical texts, as one keeps so many rows."""
    rows, territories, size = work["rows"], work["territory"], len(work["rows"]["value"])
    none = np.zeros(size, dtype=np.int8)
    texts = {
        "source": ((rows["series"] // 3).astype(np.int8), gen.SOURCES),
        "measure": (rows["series"], gen.SERIES),
        "territory": (rows["territory"], territories),
        "period": (rows["period"], [str(month) for month in work["months"]]),
        "dimension": (none, [CELLS.code]),
        "category": (rows["sex"] * np.int8(4) + rows["age_group"], list(CELLS.codes)),
        "status": (none, ["ok"]),
    }
    columns: dict[str, Any] = {name: pd.Categorical.from_codes(*text) for name, text in texts.items()}
    columns["value"] = pd.arrays.IntegerArray(rows["value"].astype(np.int64), np.zeros(size, dtype=bool))
    years = [str(year) for year in work["years"]]
    population = {
        **dict(zip(COUNTS_COLUMNS[:6], ("insee", "habitants", np.repeat(territories, len(years)), 0, ENSEMBLE, ENSEMBLE), strict=True)),
        "period": np.tile(years, len(territories)),
        "value": pd.array(work["pop"].reshape(-1), dtype="Int64"),
        "status": "ok",
    }
    qpvs = work["nq"]
    return Country(
        pd.DataFrame(columns, columns=COUNTS_COLUMNS, copy=False),
        pd.DataFrame(population, columns=COUNTS_COLUMNS),
        pd.DataFrame({"qpv": territories[:qpvs], "city": territories[qpvs:][work["city_of"]]}),
    )


def _timed(call: Callable[[], object]) -> float:
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def _mebibytes(line: str) -> float:
    found = re.search(rf"{line}:\s+(\d+)", Path("/proc/self/status").read_text(encoding="utf-8"))
    assert found
    return int(found[1]) / 1024


def _peak(given: Country) -> None:
    """In a process that has done nothing else: print the memory before and the peak during one computation."""
    loaded = _mebibytes("VmRSS")
    Path("/proc/self/clear_refs").write_text("5", encoding="utf-8")
    given.figures()
    print(loaded, _mebibytes("VmHWM"))


def _memory(given: Country) -> tuple[float, float]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "country.pickle"
        with path.open("wb") as file:
            pickle.dump(given, file, protocol=5)
        command = [sys.executable, "-m", "tests.benchmarks.nation", str(path)]
        out = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT).stdout
    loaded, peak = map(float, out.split())
    return loaded, peak


def measure(scale: str, repeats: int = 7) -> None:
    """Ours and the floor in turn, in one run: the best and the median of each, and their ratios; then memory."""
    gen, work_one = reference("gen"), reference("w1")
    if gen is None or work_one is None:
        print(f"{scale}: left out, {ABSENT}")
        return
    work = gen.gen(scale)
    given = country(work, gen)
    ours, floor = [], []
    for _ in range(repeats + 1):
        ours.append(_timed(given.figures))
        floor.append(_timed(lambda: work_one.numpy_codes(work)))
    best, middle = ((of(ours[1:]), of(floor[1:])) for of in (min, statistics.median))
    loaded, peak = _memory(given)
    name = f"figures of {scale}, {len(given.counts)} rows"
    print(
        f"{name:44s} {middle[0] * 1e3:9.1f} ms   {'numpy bincount on the same codes':38s} {middle[1] * 1e3:9.1f} ms   "
        f"ratio {middle[0] / middle[1]:6.2f}, best {best[0] / best[1]:.2f}"
    )
    print(f"{'':44s} {peak:9.0f} MiB  {'the process with its frames loaded':38s} {loaded:9.0f} MiB  ratio {peak / loaded:6.2f}")


if __name__ == "__main__":
    with Path(sys.argv[1]).open("rb") as stored:
        _peak(pickle.load(stored))
