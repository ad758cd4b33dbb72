"""Text files: encodings recognised and said, separators declared or read from the header row."""

from __future__ import annotations

import csv
from io import StringIO

from connectors.errors import DeliveryRefusedError
from connectors.layout import FileFormat

_SEPARATORS = ";,\t|"


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
        return text, [f"Encodage Windows-1252 détecté et converti ; vérifiez les accents : « {example} »."]


def split_lines(text: str, layout: FileFormat) -> tuple[list[tuple[int, list[str]]], list[str]]:
    """Numbered rows of cells, and what to tell about the separator when it was not declared."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    notes: list[str] = []
    separator: str | None = layout.separator
    if separator is None:
        head = next((line for line in text.split("\n") if any(mark in line for mark in _SEPARATORS)), "")
        separator = max(_SEPARATORS, key=head.count) if head else ";"
        if separator != ";":
            shown = "tabulation" if separator == "\t" else separator
            notes = [f"Séparateur « {shown} » reconnu."]
    try:
        rows = list(csv.reader(StringIO(text), delimiter=separator, strict=True))
    except csv.Error:
        raise DeliveryRefusedError(["Guillemets mal fermés : le fichier ne se lit pas comme un tableau. Exportez-le de nouveau."]) from None
    return [(number, cells) for number, cells in enumerate(rows, 1)], notes
