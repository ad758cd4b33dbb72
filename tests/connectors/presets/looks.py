"""Look-alike files of partners, built here, and what becomes of them under a preset."""

from __future__ import annotations

from io import BytesIO

import pytest
import xlsxwriter

from connectors.dropped import extract_file
from connectors.errors import DeliveryRefusedError
from connectors.extract import Extract
from tests.connectors.cities import City
from tests.connectors.language import english, loose

Row = tuple[object, ...]


def lines(rows: list[Row], separator: str = ";", encoding: str = "utf-8") -> bytes:
    """The bytes of a CSV, header included."""
    return "".join(separator.join(map(str, row)) + "\r\n" for row in rows).encode(encoding)


def workbook(sheet: str, rows: list[Row], **others: list[Row]) -> bytes:
    """A real workbook; ``others`` are its other sheets."""
    content = BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        for title, table in {sheet: rows, **others}.items():
            page = book.add_worksheet(title)
            for number, row in enumerate(table):
                page.write_row(number, 0, row)
    return content.getvalue()


def read(city: City, preset: str, content: bytes, name: str = "livraison.csv", beside: str = "") -> Extract:
    """A file read under a preset, and the keys written beside it."""
    source = city.source(preset, f'preset = "{preset}"\n{beside}')
    return extract_file(content, name, source, city.context, city.settings.exercises)


def refused(city: City, preset: str, content: bytes, name: str = "livraison.csv", beside: str = "") -> str:
    """What a refusal says, in French."""
    with pytest.raises(DeliveryRefusedError) as refusal:
        read(city, preset, content, name, beside)
    for fault in refusal.value.faults:
        assert english(fault) == []
        assert loose(fault) == []
    return "\n".join(refusal.value.faults)


def counts(extract: Extract) -> dict[tuple[str, str, str], object]:
    """(measure, territory, category) -> the value, or its status when there is none."""
    frame = extract.counts
    assert frame is not None
    values = frame["value"].astype(object).where(frame["status"] == "ok", frame["status"])
    return dict(zip(zip(frame["measure"], frame["territory"], frame["category"], strict=True), values, strict=True))
