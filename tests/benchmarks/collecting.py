"""From a partner's million nominative rows to the store, beside its own GROUP BY; and a workbook of 50 000 lines, checked."""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date
from io import BytesIO
from itertools import islice, product
from pathlib import Path

import psycopg
import xlsxwriter

from connectors.collect import collect
from connectors.demo.postgres import temporary_cluster
from connectors.dropped import extract_file
from indicators.codes import DIMENSIONS
from indicators.measures import Nature
from indicators.period import Frequency, between
from indicators.registry import measures
from tests.benchmarks.lines import line
from tests.connectors.cities import CITE, City, at

PERSONS, SERIES, RUNS, LINES = 1_000_000, 12, 3, 50_000
BIG = CITE.replace("started_on = 2023-01-01", "started_on = 2021-01-01").replace("population = 5000", "population = 5000000")
ZONES = ("QP059901", "QP059902", "HORS_QPV", "NON_LOCALISE")
TABLE = f"""
CREATE TABLE inscription AS SELECT n AS id, 'Nom ' || n AS nom, (ARRAY[{{series}}])[1 + (n::bigint * 7919 % 12)::int] AS serie,
  (ARRAY['QP059901','QP059902','NON_LOCALISE','HORS_QPV'])[least(4, 1 + (n::bigint * 104729 % 10)::int)] AS zone,
  date '2021-01-01' + (n::bigint * 15485863 % 911)::int AS jour, (ARRAY['femme','homme'])[1 + (n::bigint * 32452843 % 2)::int] AS sexe,
  date '1960-01-01' + (n::bigint * 49979687 % 16425)::int AS naissance
FROM generate_series(1, {PERSONS}) AS n;
ANALYZE inscription;
"""
COUNTED = """
SELECT to_char(mois, 'YYYY-MM') AS periode, zone AS territoire, serie AS mesure,
  CASE WHEN sexe IS NULL THEN 'age' ELSE 'sexe' END AS dimension, coalesce(sexe, age) AS modalite, count(*) AS effectif
FROM (SELECT zone, serie, sexe, date_trunc('month', jour) AS mois,
        CASE WHEN jour - naissance < 9497 THEN 'moins_26' WHEN jour - naissance < 18263 THEN '26_49' ELSE '50_plus' END AS age
      FROM inscription WHERE jour >= :debut AND jour < :fin) AS vue
GROUP BY GROUPING SETS ((mois, zone, serie, sexe), (mois, zone, serie, age))
"""
SOURCE = """
id = "base"
label = "Base du partenaire"
kind = "sql"
url_env = "CITE_BASE_URL"
periodicity = "month"
non_localise = true
expected_measures = [{}]
[[query]]
measure = "{first}"
window = "all"
file = "entrees.sql"
"""
FILE = 'id = "classeur"\nlabel = "Classeur"\nkind = "file"\nperiodicity = "month"\nnon_localise = true\nexpected_measures = [{}]\n'


def measure() -> None:
    """Both."""
    with tempfile.TemporaryDirectory() as folder:
        _base(Path(folder) / "base")
        _workbook(Path(folder) / "classeur")


def _base(folder: Path) -> None:
    """A delivery each run: a new store, and rows that change so that none is known already."""
    with temporary_cluster(Path(tempfile.gettempdir())) as server:
        if server is None:
            print("PostgreSQL's server programs are not on this machine: a partner's base was not measured")
            return
        plain = server.replace("+psycopg", "")
        series = _flows()[:SERIES]
        with psycopg.connect(plain, autocommit=True) as connection:
            connection.execute(TABLE.format(series=", ".join(f"'{code}'" for code in series)))  # type: ignore[arg-type]
            alone = COUNTED.replace(":debut", "'2021-01-01'").replace(":fin", "'2023-07-01'")
            ours, theirs = [], []
            for number in range(RUNS + 1):
                started = time.perf_counter()
                connection.execute(alone).fetchall()  # type: ignore[arg-type]
                theirs.append(time.perf_counter() - started)
                ours.append(_collected(folder / str(number), server))
    line("1 M persons counted, checked, stored", statistics.median(ours[1:]), "the partner's own GROUP BY", statistics.median(theirs[1:]))


def _flows() -> list[str]:
    """Measures whose counts add up, and are part of no other."""
    return [code for code, item in measures().items() if item.nature is Nature.FLOW and item.territorial and not item.part_of]


def _collected(folder: Path, server: str) -> float:
    folder.mkdir(parents=True)
    city = City(folder, {"CITE_BASE_URL": server}).write(BIG)
    codes = _flows()[:SERIES]
    city.source("base", SOURCE.format(", ".join(f'"{code}"' for code in codes), first=codes[0]), entrees=COUNTED)
    store = city.store()
    started = time.perf_counter()
    (report,) = collect(city.settings, city.sources(), store, at(10), city.environment)
    taken = time.perf_counter() - started
    store.close()
    if report.failed:
        raise RuntimeError(report.sentences)
    return taken


def workbook_rows() -> list[tuple[object, ...]]:
    """50 000 different keys of our long layout, all of them plausible."""
    months = [period.code for period in between(date(2021, 1, 1), date(2023, 6, 30), Frequency.MONTH)]
    cells = [(name, code) for name in ("sexe", "age", "frein") for code in DIMENSIONS[name].codes]
    every = product(_flows(), months, ZONES, cells)
    shares = {"sexe": 6, "age": 4, "frein": 5}
    return [
        (month, zone, code, *cell, shares[cell[0]] if cell[1] != "non_renseigne" else 0) for code, month, zone, cell in islice(every, LINES)
    ]


def _workbook(folder: Path) -> None:
    """In a process of its own: what it reaches at most is then its own."""
    folder.mkdir(parents=True)
    content, rows = BytesIO(), workbook_rows()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        page = book.add_worksheet("donnees")
        page.write_row(0, 0, ("periode", "territoire", "mesure", "dimension", "modalite", "effectif"))
        for number, row in enumerate(rows, 1):
            page.write_row(number, 0, row)
    (folder / "classeur.xlsx").write_bytes(content.getvalue())
    names = ", ".join(f'"{code}"' for code in dict.fromkeys(row[2] for row in rows))
    City(folder).write(BIG).source("classeur", FILE.format(names))
    done = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.collecting", str(folder)], capture_output=True, text=True, check=True, timeout=600
    )
    print(done.stdout, end="")


def _check(folder: Path) -> None:
    city = City(folder)
    (source,) = city.sources()
    content = (folder / "classeur.xlsx").read_bytes()
    started = time.perf_counter()
    extract = extract_file(content, "classeur.xlsx", source, city.context, ())
    taken = time.perf_counter() - started
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    name = f"{LINES} lines of a workbook, checked"
    print(f"{name:44s} {taken * 1e3:9.1f} ms   {'the most memory of its process':38s} {most:9.1f} MiB  ({extract.rows} counts)")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        _check(Path(sys.argv[1]))
    else:
        measure()
