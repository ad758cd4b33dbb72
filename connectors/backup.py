"""A Cité in one file: its store, the deliveries received, its configuration. Made while in use; restored only once verified.

The file is a ZIP that any tool opens: ``base.sqlite`` (the store, whatever engine holds it), ``fichiers/`` (what was received and refused,
the outlines of the QPVs), ``configuration/`` (cite.toml and the sources, for people: restoring leaves them alone) and ``manifeste.json``.
It holds exact counts, hence its owner alone may read it.
"""

from __future__ import annotations

import json
import os
import shutil
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import file_digest
from importlib.metadata import version as software_version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

from sqlalchemy import make_url

from connectors.calendar import PARIS
from connectors.errors import CiteError, StoreError
from connectors.files.workbook import DAMAGED
from connectors.settings import Settings
from connectors.store import Store, open_store
from connectors.whole_file import write_whole

BASE = "base.sqlite"
MANIFEST = "manifeste.json"
FILES = "fichiers/"
CONFIGURATION = "configuration/"
_KEPT = ("recus", "refuses", "contours.json")
"""What is saved of the data folder; the drop folder, the drafts and the locks are of the moment."""
_MOST = 8 * 1024**3
"""Bytes of a backup unpacked: more is not ours."""
UNTOUCHED = "La base en place n'a pas changé."


@dataclass(frozen=True)
class Backup:
    """What a backup holds: when it was made, how many rows and files, the digest of each edition, the head of its journal."""

    made_at: datetime
    rows: int
    files: int
    editions: dict[str, str]
    head: str


def back_up(settings: Settings, store: Store, path: Path) -> Backup:
    """Write a backup of the store as it is at one instant, readers and writers going on meanwhile.

    Raises:
        CiteError: the file exists, cannot be written, or what was written cannot be read back as it should; nothing is left of it.
        StoreError: the store does not answer.
    """
    if path.exists():
        raise CiteError(f"Le fichier {path} existe déjà : donnez un autre nom. Rien n'a été écrit.")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=path.parent, prefix=".sauvegarde-") as folder:
            made = Path(folder, path.name)
            done = _written(settings, store, made, Path(folder))
            made.replace(path)
    except OSError as error:
        raise CiteError(
            f"La sauvegarde ne s'écrit pas dans {path.parent} ({error.strerror}) : libérez de la place ou choisissez un autre dossier. "
            "Rien n'en reste, et la base n'a pas changé."
        ) from None
    return done


def restore(settings: Settings, store: Store, path: Path, *, replace: bool) -> Backup:
    """Put a backup in place of the store, in one transaction, after every row and edition of it was verified.

    Args:
        replace: allowed to replace a store that holds something; a backup of it must have been made first.

    Raises:
        CiteError: the file is not a whole backup, or the store holds something and ``replace`` is false; nothing has changed.
        StoreError: the store does not answer, or the backup comes from a newer version; nothing has changed.
    """
    if not replace and not store.is_empty():
        raise CiteError(
            f"La base en place contient déjà des livraisons ou des séances. Pour la remplacer, ajoutez --remplacer : elle est d'abord "
            f"sauvegardée. {UNTOUCHED}"
        )
    with opened(path) as (saved, manifest, folder):
        store.become(saved, f"{path.name} {manifest.head}")
        for file in sorted(folder.rglob("*")):
            if file.is_file():
                try:
                    write_whole(settings.data_dir / file.relative_to(folder), file.read_bytes())
                except OSError as error:
                    raise CiteError(
                        f"La base est restaurée, mais un fichier reçu ne s'écrit pas dans {settings.data_dir} ({error.strerror}). "
                        "Libérez de la place, puis recommencez : rien n'est perdu, la sauvegarde est entière."
                    ) from None
    return manifest


def make_room(settings: Settings) -> Path | None:
    """Keep what the store holds, so that it can be replaced; returns where, None when it holds nothing.

    A SQLite file too damaged to be read is set aside as it is, whole: what can still be got out of it is not lost.

    Raises:
        StoreError: the store is damaged and its engine is not ours to set aside.
    """
    moment = f"{datetime.now(PARIS):%Y%m%d-%H%M%S}"
    kept = settings.data_dir / f"avant-restauration-{moment}.zip"
    try:
        store = open_store(settings.store_url)
        try:
            if store.is_empty():
                return None
            back_up(settings, store, kept)
        finally:
            store.close()
    except StoreError:
        damaged = Path(make_url(settings.store_url).database or "")
        if not damaged.is_file():
            raise
        kept = damaged.with_name(f"{damaged.stem}-endommagee-{moment}{damaged.suffix}")
        for end in ("", "-wal", "-shm"):
            part = damaged.with_name(damaged.name + end)
            if part.exists():
                part.replace(kept.with_name(kept.name + end))
    return kept


@contextmanager
def opened(path: Path) -> Iterator[tuple[Store, Backup, Path]]:
    """A backup unpacked in a temporary folder and verified: its store, what it holds, the folder of its files."""
    with TemporaryDirectory(prefix="cite-") as unpacked:
        folder = Path(unpacked)
        manifest = _unpacked(path, folder)
        saved = open_store(f"sqlite:///{folder / BASE}")
        try:
            faults = saved.check()
            found = editions_of(saved)
            if found != manifest.editions:
                faults.append("Les éditions de la sauvegarde ne sont pas celles qu'elle annonce.")
            if faults:
                raise CiteError(f"La sauvegarde {path.name} est abîmée, elle n'est pas restaurée : {' '.join(faults)} {UNTOUCHED}")
            yield saved, manifest, folder / FILES
        finally:
            saved.close()


def editions_of(store: Store) -> dict[str, str]:
    """The digest of each edition of a store."""
    table = store.archive.editions()
    return dict(zip(table["id"].astype(str), table["sha256"].astype(str), strict=True))


def _written(settings: Settings, store: Store, made: Path, folder: Path) -> Backup:
    copy = open_store(f"sqlite:///{folder / BASE}")
    try:
        rows = store.copy_to(copy)  # checked whole before it is kept
        editions, last = editions_of(copy), copy.journal(1)[-1]
    finally:
        copy.close()
    parts = {BASE: folder / BASE} | dict(_files(settings))
    done = Backup(datetime.now(UTC), rows, len(parts), editions, last.head)
    with _for_owner(made) as handle, zipfile.ZipFile(handle, "w", zipfile.ZIP_DEFLATED) as archive:
        digests = {}
        for name, file in parts.items():
            archive.write(file, name)
            digests[name] = _digest(file)
        told = {
            "fait_le": done.made_at.isoformat(),
            "logiciel": software_version("cite-emploi"),
            "lignes": rows,
            "editions": editions,
            "tete_du_journal": done.head,
            "fichiers": digests,
        }
        archive.writestr(MANIFEST, json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True))
    return done


@contextmanager
def _for_owner(path: Path) -> Iterator[BinaryIO]:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as written:
        yield written
        written.flush()
        os.fsync(written.fileno())


def _files(settings: Settings) -> Iterator[tuple[str, Path]]:
    for kept in _KEPT:
        top = settings.data_dir / kept
        for file in [top] if top.is_file() else sorted(top.rglob("*")):
            if file.is_file():
                yield FILES + file.relative_to(settings.data_dir).as_posix(), file
    yield CONFIGURATION + settings.path.name, settings.path
    for file in sorted(settings.sources_folder.rglob("*")):
        if file.is_file() and file.suffix in {".toml", ".sql"}:
            yield f"{CONFIGURATION}sources/{file.relative_to(settings.sources_folder).as_posix()}", file


def _unpacked(path: Path, folder: Path) -> Backup:
    try:
        with zipfile.ZipFile(path) as archive:
            told = json.loads(archive.read(MANIFEST))
            found = Backup(
                datetime.fromisoformat(told["fait_le"]),
                int(told["lignes"]),
                len(told["fichiers"]),
                {str(name): str(sha256) for name, sha256 in told["editions"].items()},
                str(told["tete_du_journal"]),
            )
            whole = _extracted(archive, told["fichiers"], folder)
    except FileNotFoundError:
        raise CiteError(f"Le fichier {path} est introuvable. {UNTOUCHED}") from None
    except (*DAMAGED, KeyError, TypeError, AttributeError):
        whole = False
    if not whole:
        raise CiteError(
            f"Le fichier {path.name} n'est pas une sauvegarde entière : il est abîmé, incomplet ou d'une autre origine. "
            f"Prenez-en une autre. {UNTOUCHED}"
        )
    return found


def _extracted(archive: zipfile.ZipFile, digests: dict[str, str], folder: Path) -> bool:
    """Unpack every file but the manifest; False when one is missing, unknown, out of the folder or not as announced."""
    entries = [entry for entry in archive.infolist() if entry.filename != MANIFEST]
    if {entry.filename for entry in entries} != set(digests) or sum(entry.file_size for entry in entries) > _MOST:
        return False
    for entry in entries:
        place = (folder / entry.filename).resolve()
        if not place.is_relative_to(folder.resolve()):
            return False
        place.parent.mkdir(parents=True, exist_ok=True)
        with archive.open(entry) as packed, place.open("wb") as plain:
            shutil.copyfileobj(packed, plain)
        if _digest(place) != digests[entry.filename]:
            return False
    return BASE in digests


def _digest(file: Path) -> str:
    with file.open("rb") as content:
        return file_digest(content, "sha256").hexdigest()
