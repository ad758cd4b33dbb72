"""Backups, from the command line: made, verified, restored."""

from __future__ import annotations

import os
from pathlib import Path

import click

from connectors import backup
from connectors.backup import Backup
from connectors.calendar import PARIS
from connectors.settings import load_settings
from connectors.store import Event, open_store
from dashboard.data import current_desk
from indicators.typography import count, french

READ_FIRST = "Il contient des effectifs exacts : gardez-le hors de cette machine, dans un lieu où seule la coordination l'ouvre."


def save(path: Path) -> int:
    """Write a backup while the store is in use, and read it back."""
    desk = current_desk()
    done = backup.back_up(desk.settings, desk.store, path)
    with backup.opened(path):
        pass
    desk.store.note(Event.BACKED_UP, f"{path.name} {done.head}")
    click.echo(french(f"Sauvegarde {path} faite et relue : {_told(done)}. {READ_FIRST}"))
    return 0


def verify(path: Path) -> int:
    """Read a backup whole, row by row and edition by edition, without restoring it."""
    with backup.opened(path) as (_, found, _folder):
        click.echo(french(f"Sauvegarde {path.name} entière, du {_moment(found)} : {_told(found)}."))
    return 0


def put_back(path: Path, *, replace: bool) -> int:
    """Restore a backup, verified before anything is touched; what is replaced is kept beside the data."""
    settings = load_settings(os.environ, Path.cwd())
    with backup.opened(path):
        pass
    kept = backup.make_room(settings) if replace else None
    if kept is not None:
        click.echo(french(f"Ce que la base contenait est gardé dans {kept}."))
    store = open_store(settings.store_url)
    done = backup.restore(settings, store, path, replace=replace)
    click.echo(french(f"Sauvegarde du {_moment(done)} restaurée et vérifiée : {_told(done)}."))
    return 0


def _told(done: Backup) -> str:
    editions = count(len(done.editions), "édition") if done.editions else "aucune édition"
    return f"{count(done.rows, 'ligne')}, {editions}, {count(done.files, 'fichier')}, tête du journal {done.head}"


def _moment(done: Backup) -> str:
    return f"{done.made_at.astimezone(PARIS):%d/%m/%Y à %H:%M}"
