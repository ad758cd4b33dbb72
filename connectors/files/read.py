"""The bytes of a CSV or XLSX turned into text cells under their headers, or refused in French before anything is opened blindly."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePosixPath, PureWindowsPath

import pandas as pd

from connectors.errors import DeliveryRefusedError
from connectors.files.delimited import HEADER_SEARCH, decode, split_lines
from connectors.files.workbook import check_archive, worksheet
from connectors.intake.columns import simplify
from connectors.layout import FileFormat

MAX_BYTES = 10 * 1024 * 1024


@dataclass(frozen=True)
class Sheet:
    """Text cells with their headers; the index is the row number that the partner sees (the header's row is not counted in)."""

    cells: pd.DataFrame
    warnings: tuple[str, ...]


def read_table(content: bytes, name: str, layout: FileFormat, required: set[str]) -> Sheet:
    """Read the table of a file.

    Args:
        content: the bytes. name: the file's name, for messages only.
        layout: how the source declares that it is written.
        required: simplified headers, one of which at least tells the header row among titles.

    Raises:
        DeliveryRefusedError: empty, too big, damaged, of another format, or without a header row.
    """
    if PurePosixPath(name).name != name or PureWindowsPath(name).name != name:
        raise DeliveryRefusedError(
            ["Nom de fichier non autorisé. Le fichier n'est jamais enregistré sous ce nom : renommez-le sans « / », « \\ » ni « : »."]
        )
    if not content:
        raise DeliveryRefusedError(
            [f"Le fichier « {name} » est vide (0 octet). Rien n'a été chargé ; la dernière livraison valable reste en place."]
        )
    if len(content) > MAX_BYTES:
        size = len(content) // (1024 * 1024)
        raise DeliveryRefusedError([f"Le fichier « {name} » pèse {size} Mo ; la limite est de {MAX_BYTES // (1024 * 1024)} Mo."])
    _refuse_disguised(content, name)
    warnings: list[str] = []
    merged: tuple[tuple[int, int], ...] = ()
    if name.lower().endswith(".xlsx"):
        check_archive(content, name)
        sheet = worksheet(content, name, layout.sheet, only=layout.keep == "counts")
        rows, merged = sheet.rows, sheet.merged
    else:
        text, warnings = decode(content)
        rows, note = split_lines(text, layout, required)
        warnings += note
    return Sheet(_table(rows, name, layout, required, merged), tuple(warnings))


def _refuse_disguised(content: bytes, name: str) -> None:
    """Content that is not what the extension says."""
    lower = name.lower()
    if content.startswith(b"%PDF"):
        raise DeliveryRefusedError([f"Le fichier « {name} » n'est pas un tableau (contenu PDF). Envoyez le tableau d'origine."])
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        if lower.endswith(".xlsx"):
            raise DeliveryRefusedError([f"Le classeur « {name} » est chiffré. Ôtez le mot de passe avant de le déposer."])
        raise DeliveryRefusedError(["Le format .xls n'est pas accepté. Enregistrez en .xlsx ou .csv."])
    if lower.endswith(".xls"):
        raise DeliveryRefusedError(["Le format .xls n'est pas accepté. Enregistrez en .xlsx ou .csv."])
    zipped = content.startswith(b"PK")
    if lower.endswith(".xlsx") and not zipped:
        raise DeliveryRefusedError(
            [f"Le fichier « {name} » porte l'extension .xlsx mais contient du texte. Enregistrez-le en .csv ou exportez un vrai classeur."]
        )
    if zipped and not lower.endswith(".xlsx") and zipfile.is_zipfile(BytesIO(content)):
        raise DeliveryRefusedError(
            [f"Le fichier « {name} » est un classeur ou une archive. Donnez-lui l'extension .xlsx s'il vient d'Excel."]
        )


def _table(
    rows: list[tuple[int, list[str]]], name: str, layout: FileFormat, required: set[str], merged: tuple[tuple[int, int], ...]
) -> pd.DataFrame:
    """The rows under the header row; blank rows are left out, rows of another width and merged cells are refused."""
    rows = [(number, cells) for number, cells in rows if any(cell.strip() for cell in cells)]
    if not rows:
        raise DeliveryRefusedError([f"Le fichier « {name} » ne contient aucune ligne."])
    position = _header_position(rows, layout, required)
    header = [cell.strip() for cell in rows[position][1]]
    while header and not header[-1]:
        header.pop()
    width = len(header)
    body = rows[position + 1 :]
    faults = [
        f"Ligne {number} : {len(cells)} colonnes lues au lieu de {width}. Séparateur différent ?"
        for number, cells in body
        if len(cells) < width or any(cell.strip() for cell in cells[width:])
    ]
    faults += [
        f"Lignes {first} à {last} : cellules fusionnées. Ôtez la fusion et écrivez la valeur dans chaque ligne."
        if first < last
        else f"Ligne {first} : cellules fusionnées. Ôtez la fusion et écrivez une valeur par colonne."
        for first, last in merged
        if last >= rows[position][0]
    ]
    if faults:
        raise DeliveryRefusedError(faults[:20])
    if not all(header):
        blank = header.index("") + 1
        raise DeliveryRefusedError([f"Ligne {rows[position][0]} : la colonne n° {blank} n'a pas d'en-tête. Nommez-la ou supprimez-la."])
    if len(set(header)) < len(header):
        twice = next(item for item in header if header.count(item) > 1)
        raise DeliveryRefusedError([f"La colonne « {twice} » apparaît deux fois. Gardez-en une."])
    return pd.DataFrame([cells[:width] for _, cells in body], columns=header, index=[number for number, _ in body], dtype="str")


def _header_position(rows: list[tuple[int, list[str]]], layout: FileFormat, required: set[str]) -> int:
    if layout.header is not None:
        return next((rank for rank, (number, _) in enumerate(rows) if number == layout.header), 0)
    scores = [len({simplify(cell) for cell in cells} & required) for _, cells in rows[:HEADER_SEARCH]]
    return scores.index(max(scores))
