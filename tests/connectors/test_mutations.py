"""Good files damaged at random: the same counts, or a refusal in French; never a traceback, never other figures in silence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from connectors.dropped import extract_file
from connectors.errors import DeliveryRefusedError
from indicators.schemas import COUNTS
from tests.connectors import deliveries
from tests.connectors.cities import City
from tests.connectors.deliveries import HEADER, ROWS, SOURCE
from tests.connectors.language import english, loose

SIGNS = ["", " ", "0", "-1", "1,5", "1.0", "1e3", "１２", "٣", "²", "nan", "inf", "None", "s", "nd", "=1", "9" * 30]
NASTY = st.sampled_from([*SIGNS, "\u202f12", "12\u00a0000"]) | st.text(max_size=12)
MODEST = settings(max_examples=400, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True)


@dataclass(frozen=True)
class Reading:
    """What became of a file: its counts, or the faults that it was refused for."""

    counts: pd.DataFrame | None
    faults: tuple[str, ...] = ()

    @property
    def valid(self) -> bool:
        """Whether it was read into counts that hold their contract."""
        return self.counts is not None and COUNTS.validate(self.counts).equals(self.counts)

    @property
    def refused_in_french(self) -> bool:
        """Whether it was refused, and each fault is told in French."""
        return bool(self.faults) and all(english(fault) == loose(fault) == [] for fault in self.faults)


@pytest.fixture(scope="module")
def read(tmp_path_factory) -> Callable[[bytes, str], Reading]:
    """Reads a delivery as the source declares it."""
    folder = tmp_path_factory.mktemp("mutations")
    city = City(Path(folder)).write()
    source, context = city.source("plie", SOURCE), city.context

    def reading(content: bytes, name: str) -> Reading:
        try:
            return Reading(extract_file(content, name, source, context, ()).counts)
        except DeliveryRefusedError as error:
            return Reading(None, tuple(error.faults))

    return reading


@MODEST
@given(row=st.integers(0, len(ROWS) - 1), column=st.sampled_from(HEADER), value=NASTY)
def test_a_cell_replaced_by_anything_changes_only_its_own_row(read, row, column, value):
    found = read(deliveries.csv(deliveries.having(row, column, value)), "a.csv")
    assert found.valid or found.refused_in_french
    if not found.valid or column != "effectif":
        return
    good = read(deliveries.csv(), "a.csv").counts
    key = ["territory", "period", "dimension", "category"]
    merged = found.counts.merge(good, on=key, how="outer", suffixes=("", "_before"))
    changed = merged[(merged["value"] != merged["value_before"]).fillna(value=True)]
    # the row itself, and the total that its breakdown gives
    assert len(changed) <= 2


@MODEST
@given(position=st.integers(0, len(deliveries.csv()) - 1), byte=st.integers(0, 255))
def test_one_byte_changed_in_a_csv_leaves_valid_counts_or_is_refused(read, position, byte):
    content = bytearray(deliveries.csv())
    content[position] = byte
    found = read(bytes(content), "a.csv")
    assert found.valid or found.refused_in_french


@MODEST
@given(start=st.integers(0, len(deliveries.csv())), length=st.integers(1, 60), repeat=st.booleans())
def test_a_piece_of_a_csv_lost_or_repeated_never_adds_a_count(read, start, length, repeat):
    content = deliveries.csv()
    piece = content[start : start + length]
    found = read(
        content[: start + length] + piece + content[start + length :] if repeat else content[:start] + content[start + length :], "a.csv"
    )
    assert found.valid or found.refused_in_french
    if found.valid and repeat and piece.endswith(b"\n") and content[:start].endswith(b"\n"):
        assert len(found.counts) == len(read(content, "a.csv").counts)


WORKBOOK = deliveries.xlsx()


@MODEST
@given(positions=st.lists(st.integers(0, len(WORKBOOK) - 1), min_size=1, max_size=6), byte=st.integers(0, 255))
@example(positions=[len(WORKBOOK) - 4], byte=1)  # the directory is said to begin before the file does
def test_bytes_changed_in_a_workbook_leave_the_same_counts_or_it_is_refused(read, positions, byte):
    content = bytearray(WORKBOOK)
    for position in positions:
        content[position] = byte
    found = read(bytes(content), "a.xlsx")
    assert found.refused_in_french or (found.valid and found.counts.equals(read(WORKBOOK, "a.xlsx").counts))


@MODEST
@given(end=st.integers(0, len(WORKBOOK) - 1))
def test_a_workbook_cut_short_is_refused(read, end):
    assert read(WORKBOOK[:end], "a.xlsx").refused_in_french


@MODEST
@given(content=st.binary(max_size=300), name=st.sampled_from(["a.csv", "a.xlsx", "a.xls", "a", "a.CSV"]))
def test_noise_is_refused(read, content, name):
    assert read(content, name).refused_in_french


@cache
def good(read: Callable[[bytes, str], Reading]) -> pd.DataFrame:
    """The counts of the delivery as it should be written."""
    counts = read(deliveries.csv(), "a.csv").counts
    assert counts is not None
    return counts


HARMLESS = {
    "marked": lambda text: b"\xef\xbb\xbf" + text.encode(),
    "carriage returns": lambda text: text.replace("\n", "\r\n").encode(),
    "old Macintosh": lambda text: text.replace("\n", "\r").encode(),
    "commas": lambda text: text.replace(";", ",").encode(),
    "tabulations": lambda text: text.replace(";", "\t").encode(),
    "quoted": lambda text: "\n".join(";".join(f'"{cell}"' for cell in line.split(";")) for line in text.splitlines()).encode(),
    "blank lines": lambda text: text.replace("\n", "\n\n").encode(),
    "empty columns": lambda text: text.replace("\n", ";;\n").encode(),
    "a title": lambda text: ("Suivi du PLIE, deuxième trimestre\n\n" + text).encode(),
    "capitals in the header": lambda text: text.replace("periode", "PÉRIODE", 1).replace("effectif", "Effectif", 1).encode(),
    "spaces around": lambda text: text.replace(";", " ; ").encode(),
    "1 000 written with spaces": lambda text: text.replace(";130\n", ";\u202f130\n").encode(),
    "decimals of a spreadsheet": lambda text: text.replace(";130\n", ";130,00\n").encode(),
    "cp1252": lambda text: text.replace("periode", "période", 1).encode("cp1252"),
}


@MODEST
@given(order=st.permutations(range(len(HEADER))), rows=st.permutations(ROWS), how=st.lists(st.sampled_from(sorted(HARMLESS)), max_size=1))
def test_the_order_of_rows_and_columns_and_the_ways_of_writing_a_file_change_nothing(read, order, rows, how):
    text = deliveries.lines([tuple(row[place] for place in order) for row in rows], tuple(HEADER[place] for place in order))
    found = read(HARMLESS[how[0]](text) if how else text.encode(), "a.csv")
    assert found.faults == ()
    assert found.counts.equals(good(read))


@MODEST
@given(
    changes=st.lists(st.tuples(st.integers(0, len(ROWS) - 1), st.sampled_from(HEADER), NASTY), min_size=2, max_size=8),
    workbook=st.booleans(),
)
def test_many_cells_replaced_at_once_leave_valid_counts_or_every_fault_is_told(read, changes, workbook):
    rows = ROWS
    for row, column, value in changes:
        rows = deliveries.having(row, column, value, rows)
    found = read(deliveries.xlsx(("donnees", rows)) if workbook else deliveries.csv(rows), "a.xlsx" if workbook else "a.csv")
    assert found.valid or found.refused_in_french
