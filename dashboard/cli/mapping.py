"""Importing the outlines of the QPVs from the command line."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

import click

from connectors.calendar import PARIS
from connectors.contours import LARGEST, Outlines, missing, read_contours
from connectors.contours_kept import keep_contours
from connectors.errors import DeliveryRefusedError
from connectors.settings import Settings, load_settings
from indicators import typography as t

UNCHANGED = "Rien n'a été changé : les contours déjà importés, s'il y en a, restent en place."


def import_contours(path: Path) -> int:
    """Import the outlines of a file into the Cité of this process; 1 when it is refused, with everything that is wrong."""
    settings = load_settings(os.environ, Path.cwd())
    return import_into(settings, path)


def import_into(settings: Settings, path: Path) -> int:
    """The same for a Cité given."""
    today = settings.today(datetime.now(PARIS).date())
    try:
        found, remarks = read_contours(_read(path), path.name, settings.territory, today)
    except DeliveryRefusedError as error:
        _say(f"Contours ({path.name}) : REFUSÉS", *(f"    {fault}" for fault in error.faults), UNCHANGED)
        return 1
    _tell(settings, found, keep_contours(settings.data_dir, found))
    _say(*(f"    {remark}" for remark in remarks), f"Empreinte SHA-256 du fichier : {found[0].sha256}")
    return 0


def _read(path: Path) -> bytes:
    if path.stat().st_size > LARGEST:
        raise DeliveryRefusedError([f"Le fichier « {path.name} » est trop grand pour être celui des contours des QPV."])
    return path.read_bytes()


def _tell(settings: Settings, found: Sequence[Outlines], replaced: Mapping[str, Outlines]) -> None:
    territory = settings.territory
    for item in found:
        lacking = missing(item, territory)
        whole = t.count(len(item.shapes) + len(lacking), "quartier")
        held = "contour importé" if len(item.shapes) < 2 else "contours importés"
        _say(f"{territory.name}, zonage {item.zoning} : {len(item.shapes)} {held} pour {whole} ({t.count(item.points, 'point')}).")
        _say(*(f"    {code} {territory.label(code)} : absent du fichier, sans contour sur la carte." for code in lacking))
        before = replaced.get(item.zoning)
        if before:
            same = "le même fichier" if before.sha256 == item.sha256 else f"le fichier « {before.file} »"
            _say(f"    À la place de ceux importés le {t.date_short(before.imported_on)} ({same}).")


def _say(*lines: str) -> None:
    for line in lines:
        click.echo(t.french(line))
