"""XLSX workbooks: the archive is judged before it is opened, then one sheet is read as text cells."""

from __future__ import annotations

import struct
import zipfile
import zlib
from dataclasses import dataclass
from datetime import date, datetime, time
from io import BytesIO

import python_calamine

from connectors.errors import DeliveryRefusedError

MAX_UNPACKED = 100 * 1024 * 1024
MAX_ENTRIES = 200
DAMAGED = (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, RuntimeError, ValueError, struct.error, zlib.error)
"""What Python's reader raises on a ZIP that is damaged, or says false things of itself."""


def check_archive(content: bytes, name: str) -> None:
    """Refuse a damaged archive, a bomb, macros, unsafe entry names and XML declarations, from its directory and first bytes alone."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            entries = archive.infolist()
            _check_entries(entries, name)
            for entry in entries:
                if entry.filename.endswith((".xml", ".rels")):
                    with archive.open(entry) as stream:
                        if b"<!DOCTYPE" in stream.read(4096).upper():
                            raise DeliveryRefusedError(["Le classeur contient du XML non autorisé. Chargement refusé."])
    except DAMAGED:
        raise DeliveryRefusedError(
            [f"Le fichier « {name} » est incomplet ou abîmé : il ne s'ouvre pas comme un classeur Excel. Renvoyez-le."]
        ) from None


def _check_entries(entries: list[zipfile.ZipInfo], name: str) -> None:
    if sum(entry.file_size for entry in entries) > MAX_UNPACKED or len(entries) > MAX_ENTRIES:
        size = MAX_UNPACKED // (1024 * 1024)
        raise DeliveryRefusedError([f"Le fichier « {name} » dépasse {size} Mo une fois décompressé. Chargement refusé."])
    for entry in entries:
        if entry.filename.startswith(("/", "\\")) or ".." in entry.filename.split("/"):
            raise DeliveryRefusedError([f"Le classeur « {name} » contient un nom de fichier non autorisé. Chargement refusé."])
        if entry.filename.lower().endswith("vbaproject.bin"):
            raise DeliveryRefusedError([f"Le classeur « {name} » contient une macro. Enregistrez-le en .xlsx sans macro."])


@dataclass(frozen=True)
class Worksheet:
    """One sheet: its numbered rows of text cells, and the first and last row of each group of merged cells."""

    rows: list[tuple[int, list[str]]]
    merged: tuple[tuple[int, int], ...] = ()


def worksheet(content: bytes, name: str, wanted: str, *, only: bool = False) -> Worksheet:
    """The sheet ``wanted``, the only one then read, or the only filled sheet; refused when several could be meant.

    ``only``: the other sheets may describe persons and are never read, whether or not ``wanted`` is there.
    """
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(BytesIO(content))
        if only and wanted not in book.sheet_names:
            raise DeliveryRefusedError([f"La feuille « {wanted} » manque : c'est la seule qui est lue. Partez du modèle de suivi."])
        titles = [wanted] if wanted in book.sheet_names else book.sheet_names
        sheets = {title: book.get_sheet_by_name(title) for title in titles}
        filled = {title: rows for title, sheet in sheets.items() if (rows := sheet.to_python(skip_empty_area=False))}
    except (python_calamine.CalamineError, ValueError, KeyError):
        raise DeliveryRefusedError(
            [f"Le fichier « {name} » est incomplet ou abîmé : il ne s'ouvre pas comme un classeur Excel. Renvoyez-le."]
        ) from None
    if not filled:
        which = f"La feuille « {wanted} » du classeur « {name} »" if titles == [wanted] else f"Le classeur « {name} »"
        raise DeliveryRefusedError([f"{which} est vide."])
    if len(filled) > 1:
        raise DeliveryRefusedError(
            [f"Le classeur contient {len(filled)} feuilles remplies ({', '.join(filled)}) ; la feuille attendue « {wanted} » manque."]
        )
    title, rows = next(iter(filled.items()))
    merged = sheets[title].merged_cell_ranges or []
    numbered = [(number, [_text(cell) for cell in row]) for number, row in enumerate(rows, 1)]
    return Worksheet(numbered, tuple((first[0] + 1, last[0] + 1) for first, last in merged))


def _text(cell: object) -> str:
    """A typed cell as the text that a French reader would see."""
    if isinstance(cell, bool):
        return "VRAI" if cell else "FAUX"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else str(cell).replace(".", ",")
    if isinstance(cell, datetime | date | time):
        return cell.isoformat()
    return str(cell)
