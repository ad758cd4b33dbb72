"""Runs the specifications: every figure a text table expects, to the decimals it is written with."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from indicators import registry
from indicators.indicator import Level
from tests.spec.figures import ZONES, compute_case, money_of
from tests.spec.table import Case, Table, cases, parse

CASES = cases()
STATES = {"secret": "secret", "non transmis": "non_transmis", "sans objet": "non_applicable"}
NO_ROW = "pas de ligne"
COLUMNS = {
    "num": "numerator",
    "den": "denominator",
    "qpv": "qpv",
    "rest": "rest_of_city",
    "ratio low": "ratio_low",
    "ratio high": "ratio_high",
    "residents": "residents_to_parity",
}
COUNTED = [case for case in CASES if not case.named("grant")]


def agrees(text: str, found: float) -> bool:
    """Whether a figure is the one written, at the decimals written; an empty cell is a figure that does not exist."""
    if not text:
        return math.isnan(found)
    decimals = len(text.partition(".")[2])
    return abs(found - float(text)) <= 0.5 * 10**-decimals + 1e-9


def faults(code: str, table: Table, frame: pd.DataFrame, main: str) -> list[str]:
    """What a table expects and a frame does not say; ``main`` is the column that holds the figure, or why it is not there."""
    told = []
    for zone, line in table.rows:
        dimension, _, category = (line.get("category") or "ensemble/ensemble").partition("/")
        key = (code, ZONES.get(zone, zone), line["period"], dimension, category)
        if line[main] == NO_ROW or key not in frame.index:
            if (line[main] == NO_ROW) == (key in frame.index):
                told.append(f"{key}: {'a row' if key in frame.index else 'no row'}")
            continue
        row = frame.loc[key]
        status = STATES.get(line[main], "ok")
        if row["status"] != status:
            told.append(f"{key}: {row['status']}, expected {status}")
        for column, text in line.items():
            if column in {"period", "category", "on"}:
                continue
            if column == "verdict":
                same = text == ("" if pd.isna(row["verdict"]) else row["verdict"])
            else:
                same = agrees("" if text in STATES else text, float(row[COLUMNS.get(column, column)]))
            if not same:
                told.append(f"{key} {column}: {row[COLUMNS.get(column, column)]}, expected {text or 'nothing'}")
    return told


@pytest.mark.parametrize("case", COUNTED, ids=str)
def test_counts_give_the_figures_written(case: Case) -> None:
    values, gaps = compute_case(case)
    told = [fault for code, table in case.about("value") for fault in faults(code, table, values, "value")]
    told += [fault for code, table in case.about("gap") for fault in faults(code, table, gaps, "points")]
    assert not told, "\n".join(told)


@pytest.mark.parametrize("case", [case for case in CASES if case.named("grant")], ids=str)
def test_a_ledger_gives_the_figures_written(case: Case) -> None:
    told = []
    for code, table in case.about("value"):
        for zone, line in table.rows:
            one = Table(table.name, table.columns, [(zone, line)])
            told += faults(code, one, money_of(case, line["on"], line["period"]), "value")
    assert not told, "\n".join(told)


@pytest.mark.parametrize("code", list(registry.indicators()))
def test_every_indicator_has_a_specification(code: str) -> None:
    written = [line["value"] for case in CASES for name, table in case.about("value") if name == code for _, line in table.rows]
    assert any(text and text not in {*STATES, NO_ROW} for text in written), f"write a case with a figure of {code} in tests/spec/"


def test_every_compared_indicator_has_the_gap_it_gives() -> None:
    compared = {
        code for code, item in registry.indicators().items() if item.kind in {"proportion", "rate"} and item.level is not Level.MOBILISATION
    }
    assert {code for case in CASES for code, _ in case.about("gap")} >= compared


def test_every_case_expects_something_of_a_known_indicator() -> None:
    for case in CASES:
        about = [*case.about("value"), *case.about("gap")]
        assert about, str(case)
        assert all(table.rows for _, table in about), str(case)
        assert {code for code, _ in about} <= set(registry.indicators()), str(case)


def test_a_wrong_figure_a_wrong_state_and_a_wrong_row_are_told() -> None:
    """The comparison itself can fail."""
    text = """== t
counts | period | A | HORS
habitants_reperes | 2022-T1 | 4 | 6

value N2.1 | period | value
QPV | 2022-T1 | non transmis
A | 2022-T1 | 5
HORS | 2022-T1 | pas de ligne
NL | 2022-T1 | 3
C | 2022-T1 | 3
"""
    (case,) = parse(text)
    ((code, table),) = case.about("value")
    told = faults(code, table, compute_case(case)[0], "value")
    assert [fault.split(": ", 1)[1].split(",")[0] for fault in told] == ["4.0", "a row", "non_transmis", "nan", "no row"]


@pytest.mark.parametrize(
    ("text", "message"), [("a | b", "line 1: a table before any"), ("== t\na | b\nc | 1 | 2", "line 3: 2 cells for 1 columns")]
)
def test_a_badly_written_table_is_told_with_its_line(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        parse(text)
