"""Outlines kept in the Cité's data folder, one small file for all zonings: written whole or not at all. How they are read is elsewhere."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from connectors.contours import Outlines, Polygon
from connectors.errors import StoreError
from connectors.whole_file import write_whole
from indicators.canonical import canonical
from indicators.typography import french

FILE = "contours.json"
FORMAT = 1


@dataclass(frozen=True)
class Contours:
    """The outlines imported so far, by zoning; ``problem`` says, in French, why those that were cannot be read again."""

    by_zoning: Mapping[str, Outlines] = field(default_factory=dict)
    problem: str = ""


def kept_version(folder: Path) -> str:
    """What changes when outlines are imported; empty where none are."""
    try:
        told = (folder / FILE).stat()
    except OSError:
        return ""
    return f"{told.st_mtime_ns}-{told.st_size}"


def kept_contours(folder: Path) -> Contours:
    """What was imported. A damaged file is told, not raised: the pages without a map need none of it."""
    path = folder / FILE
    try:
        content = path.read_bytes()
        return Contours(_read(json.loads(content)))
    except FileNotFoundError:
        return Contours()
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return Contours(problem=french(f"Le fichier {FILE} du dossier des données est illisible : importez de nouveau les contours."))


def keep_contours(folder: Path, found: Iterable[Outlines]) -> dict[str, Outlines]:
    """Keep outlines in place of those of the same zonings, and return what they replaced, by zoning.

    Raises:
        StoreError: the folder cannot be written; what was there is unchanged.
    """
    before = kept_contours(folder).by_zoning
    new = {item.zoning: item for item in found}
    content = canonical({"format": FORMAT, "zonings": [_plain(item) for _, item in sorted({**before, **new}.items())]})
    try:
        write_whole(folder / FILE, content)
    except OSError as error:
        raise StoreError(f"Les contours n'ont pas pu être écrits dans {folder} ({error.strerror}). Rien n'a été changé.") from error
    return {code: before[code] for code in new if code in before}


def _plain(item: Outlines) -> dict[str, Any]:
    return {
        "zoning": item.zoning,
        "file": item.file,
        "sha256": item.sha256,
        "imported_on": item.imported_on,
        "shapes": item.shapes,
    }


def _read(told: Mapping[str, Any]) -> dict[str, Outlines]:
    if told["format"] != FORMAT:
        raise ValueError(f"Layout {told['format']} is not known.")
    return {item["zoning"]: _outlines(item) for item in told["zonings"]}


def _outlines(item: Mapping[str, Any]) -> Outlines:
    shapes = {code: tuple(_polygon(polygon) for polygon in polygons) for code, polygons in item["shapes"].items()}
    return Outlines(item["zoning"], item["file"], item["sha256"], date.fromisoformat(item["imported_on"]), shapes)


def _polygon(rings: list[list[list[float]]]) -> Polygon:
    return tuple(tuple((float(x), float(y)) for x, y in ring) for ring in rings)
