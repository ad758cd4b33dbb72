"""XLSX workbooks: the archive is judged before it is opened, then one sheet is read as text cells."""

from __future__ import annotations

import zipfile
import zlib
from datetime import date, datetime, time
from io import BytesIO

import python_calamine

from connectors.errors import DeliveryRefusedError

MAX_UNPACKED = 100 * 1024 * 1024
MAX_ENTRIES = 200


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
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, RuntimeError, zlib.error):
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


def worksheet(content: bytes, name: str, wanted: str) -> list[tuple[int, list[str]]]:
    """Numbered rows of the sheet ``wanted``, or of the only filled sheet; refused when several could be meant."""
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(BytesIO(content))
        sheets = {title: book.get_sheet_by_name(title).to_python(skip_empty_area=False) for title in book.sheet_names}
    except (python_calamine.CalamineError, ValueError, KeyError):
        raise DeliveryRefusedError(
            [f"Le fichier « {name} » est incomplet ou abîmé : il ne s'ouvre pas comme un classeur Excel. Renvoyez-le."]
        ) from None
    filled = {title: rows for title, rows in sheets.items() if rows}
    chosen = filled.get(wanted) or (next(iter(filled.values())) if len(filled) == 1 else None)
    if chosen is None:
        if not filled:
            raise DeliveryRefusedError([f"Le classeur « {name} » est vide."])
        raise DeliveryRefusedError(
            [f"Le classeur contient {len(filled)} feuilles remplies ({', '.join(filled)}) ; la feuille attendue « {wanted} » manque."]
        )
    return [(number, [_text(cell) for cell in row]) for number, row in enumerate(chosen, 1)]


def _text(cell: object) -> str:
    """A typed cell as the text that a French reader would see."""
    if isinstance(cell, bool):
        return "VRAI" if cell else "FAUX"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else str(cell).replace(".", ",")
    if isinstance(cell, datetime | date | time):
        return cell.isoformat()
    return str(cell)
