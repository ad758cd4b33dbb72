"""Workbooks that also hold rows, those of the coordinator's follow-up: their counts are read and kept, never the workbook.

``[file] keep = "counts"`` in the declaration says so. The file itself waits in the drop folder until its counts are stored.
"""

from __future__ import annotations

from pathlib import PurePath

from connectors.errors import DeliveryRefusedError
from connectors.files import Sheet, read_table
from connectors.intake.columns import header_names, rename, simplify
from connectors.intake.raw import COUNT, PERIOD
from connectors.source import Source
from connectors.suivi.pages import TO_MEND
from indicators.typography import french

STAYS = french(
    "Le classeur reste dans le dossier de dépôt, et rien n'en est gardé ailleurs : corrigez-le sur place, puis collectez de nouveau."
)


def refuse_uncounted(sheet: Sheet, source: Source) -> None:
    """Refuse a workbook that could not count itself: its counts are unknown, not zero."""
    if TO_MEND in set(_column(sheet, source, PERIOD)):
        raise DeliveryRefusedError(
            [
                "Le classeur contient des jours écrits en texte ou des mots hors des listes, que rien ne compte : sa feuille « Accueil » "
                "dit combien, feuille par feuille. Corrigez-les, enregistrez, puis déposez-le de nouveau. Rien n'a été chargé."
            ]
        )
    if "" in set(_column(sheet, source, COUNT)):
        raise DeliveryRefusedError(
            [
                "Des formules du classeur n'ont pas été calculées : leurs effectifs sont inconnus, pas nuls. "
                "Ouvrez-le dans Excel ou LibreOffice, enregistrez-le, puis déposez-le de nouveau. Rien n'a été chargé."
            ]
        )


def _column(sheet: Sheet, source: Source, ours: str) -> list[str]:
    """The cells of one of our columns, however it is named; none where it is missing."""
    names = {ours, *(simplify(alias) for alias in source.columns.get(ours, ()))}
    header = next((item for item in sheet.cells.columns if simplify(item) in names), None)
    return [] if header is None else [str(cell).strip() for cell in sheet.cells[header]]


def kept_of(source: Source, content: bytes, name: str, *, failed: bool) -> bytes | None:
    """What may be kept of a file: all of it, or, where its source says so, a CSV of the counts read, and nothing when it is refused."""
    if source.file.keep == "file":
        return content
    if failed:
        return None
    sheet = read_table(content, name, source.file, header_names(source))
    counts, _, _ = rename(sheet.cells, source)
    text: str = counts.to_csv(sep=";", index=False, lineterminator="\r\n")
    return text.encode()


def kept_as(source: Source, kept_name: str) -> str:
    """The name of what is kept, from that of the file."""
    return kept_name if source.file.keep == "file" else str(PurePath(kept_name).with_suffix(".csv"))


def stays(source: Source, *, failed: bool, personal: bool) -> bool:
    """Whether a file must stay where it was dropped: its counts are not stored, and nobody else has what it holds."""
    return source.file.keep == "counts" and failed and not personal
