"""Text files: encodings recognised and said, separators declared or read from the header row."""

from __future__ import annotations

import csv
from io import StringIO

from connectors.errors import DeliveryRefusedError, quote
from connectors.intake.columns import simplify
from connectors.layout import FileFormat

_SEPARATORS = ";,\t|"
HEADER_SEARCH = 20
"""Rows among which the header is looked for, below titles."""


def decode(content: bytes) -> tuple[str, list[str]]:
    """The text of a file, and what to tell about its encoding: UTF-8 (with or without mark), else Windows-1252, said."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise DeliveryRefusedError(["Encodage UTF-16 non accepté. Enregistrez en « CSV UTF-8 »."])
    if b"\x00" in content:
        line = content[: content.index(b"\x00")].count(b"\n") + 1
        raise DeliveryRefusedError([f"Caractère interdit (NUL) ligne {line}. Enregistrez de nouveau le fichier."])
    try:
        return content.decode("utf-8-sig"), []
    except UnicodeDecodeError as error:
        text = content.decode("cp1252", errors="replace")
        start = max(error.start - 12, 0)
        around = content[start : error.start + 12].decode("cp1252", errors="replace")
        example = next((word for word in around.replace(";", " ").split() if not word.isascii()), around.strip())
        return text, [f"Encodage Windows-1252 détecté et converti ; vérifiez les accents : « {quote(example)} »."]


def split_lines(text: str, layout: FileFormat, required: set[str]) -> tuple[list[tuple[int, list[str]]], list[str]]:
    """Numbered rows of cells, and what to tell about the separator when it was not declared: that of the row that names the columns."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    notes: list[str] = []
    separator: str | None = layout.separator
    if separator is None:
        separator = _separator(text.split("\n", HEADER_SEARCH)[:HEADER_SEARCH], required)
        if separator != ";":
            shown = "tabulation" if separator == "\t" else separator
            notes = [f"Séparateur « {shown} » reconnu."]
    try:
        rows = list(csv.reader(StringIO(text), delimiter=separator, strict=True))
    except csv.Error:
        raise DeliveryRefusedError(["Guillemets mal fermés : le fichier ne se lit pas comme un tableau. Exportez-le de nouveau."]) from None
    return [(number, cells) for number, cells in enumerate(rows, 1)], notes


def _separator(lines: list[str], required: set[str]) -> str:
    """The mark that finds the most names of columns in one line, else the most frequent in the first line that has any."""

    def named(mark: str) -> int:
        return max((len({simplify(cell.strip('" ')) for cell in line.split(mark)} & required) for line in lines), default=0)

    best = max(_SEPARATORS, key=named)
    if named(best):
        return best
    head = next((line for line in lines if any(mark in line for mark in _SEPARATORS)), "")
    return max(_SEPARATORS, key=head.count) if head else ";"
