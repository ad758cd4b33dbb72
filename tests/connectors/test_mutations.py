"""Good files damaged at random: the same counts, or a refusal in French; never a traceback, never other figures in silence."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
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
MODEST = settings(max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True)


def check_told(faults: list[str]) -> None:
    """A refusal says why, in French."""
    assert faults
    for fault in faults:
        assert english(fault) == []
        assert loose(fault) == []


@pytest.fixture(scope="module")
def readable(tmp_path_factory):
    """Reads a delivery as the source declares it."""
    folder = tmp_path_factory.mktemp("mutations")
    city = City(Path(folder)).write()
    source, context = city.source("plie", SOURCE), city.context

    def read(content: bytes, name: str):
        try:
            extract = extract_file(content, name, source, context, ())
        except DeliveryRefusedError as error:
            return check_told(error.faults)
        COUNTS.validate(extract.counts)
        return extract

    return read


@MODEST
@given(row=st.integers(0, len(ROWS) - 1), column=st.sampled_from(HEADER), value=NASTY)
def test_a_cell_replaced_by_anything_changes_only_its_own_row(readable, row, column, value):
    extract = readable(deliveries.csv(deliveries.having(row, column, value)), "a.csv")
    if extract is None or column != "effectif":
        return
    good = readable(deliveries.csv(), "a.csv").counts
    key = ["territory", "period", "dimension", "category"]
    merged = extract.counts.merge(good, on=key, how="outer", suffixes=("", "_before"))
    changed = merged[(merged["value"] != merged["value_before"]).fillna(value=True)]
    # the row itself, and the total that its breakdown gives
    assert len(changed) <= 2


@MODEST
@given(position=st.integers(0, len(deliveries.csv()) - 1), byte=st.integers(0, 255))
def test_one_byte_changed_in_a_csv(readable, position, byte):
    content = bytearray(deliveries.csv())
    content[position] = byte
    readable(bytes(content), "a.csv")


@MODEST
@given(start=st.integers(0, len(deliveries.csv())), length=st.integers(1, 60), repeat=st.booleans())
def test_a_piece_of_a_csv_lost_or_repeated_never_adds_a_count(readable, start, length, repeat):
    content = deliveries.csv()
    piece = content[start : start + length]
    extract = readable(
        content[: start + length] + piece + content[start + length :] if repeat else content[:start] + content[start + length :], "a.csv"
    )
    if extract is not None and repeat and piece.endswith(b"\n") and content[:start].endswith(b"\n"):
        assert len(extract.counts) == len(readable(content, "a.csv").counts)


WORKBOOK = deliveries.xlsx()


@MODEST
@given(positions=st.lists(st.integers(0, len(WORKBOOK) - 1), min_size=1, max_size=6), byte=st.integers(0, 255))
def test_bytes_changed_in_a_workbook(readable, positions, byte):
    content = bytearray(WORKBOOK)
    for position in positions:
        content[position] = byte
    extract = readable(bytes(content), "a.xlsx")
    if extract is not None:
        assert extract.counts.equals(readable(WORKBOOK, "a.xlsx").counts)


@MODEST
@given(end=st.integers(0, len(WORKBOOK) - 1))
def test_a_workbook_cut_short_is_refused(readable, end):
    assert readable(WORKBOOK[:end], "a.xlsx") is None


@MODEST
@given(content=st.binary(max_size=300), name=st.sampled_from(["a.csv", "a.xlsx", "a.xls", "a", "a.CSV"]))
def test_noise_is_refused(readable, content, name):
    assert readable(content, name) is None
