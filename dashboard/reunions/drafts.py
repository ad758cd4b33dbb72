"""What was typed in the forms and not saved yet, a small file for each form and visit: found again when a page or the server is.

It is nobody's word yet: it never enters the store, and its file goes once it is saved or given up.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from connectors.settings import Settings
from connectors.whole_file import write_whole

FOLDER = "brouillons"
_MOST = 500
"""Drafts kept at most, the oldest going first."""


@dataclass(frozen=True)
class Draft:
    """What one visit typed in a form.

    ``folder`` is where it is kept; ``meeting`` is 0 where there is no séance; ``version`` the one it was typed from; ``writer`` tells two
    visits apart; ``content`` is JSON.
    """

    folder: Path
    meeting: int
    form: str
    writer: str
    version: int
    kept_at: datetime
    content: str


def folder_of(settings: Settings) -> Path:
    """Where a Cité keeps its drafts."""
    return settings.data_dir / FOLDER


def keep(draft: Draft) -> bool:
    """Keep what a visit typed, in place of what it typed before in the same form; whether it could be written."""
    told = {name: getattr(draft, name) for name in ("meeting", "form", "writer", "version", "content")}
    written = json.dumps({**told, "kept_at": draft.kept_at.isoformat()}, ensure_ascii=False)
    try:
        write_whole(_file(draft.folder, draft.meeting, draft.form, draft.writer), written.encode())
        for old in _files(draft.folder)[_MOST:]:
            old.unlink(missing_ok=True)
    except OSError:
        return False
    return True


def every(folder: Path, meeting: int) -> list[Draft]:
    """The drafts of a séance, the latest first."""
    return [draft for draft in _read(folder) if draft.meeting == meeting]


def forget(folder: Path, meeting: int, form: str, writers: Sequence[str]) -> None:
    """Drop what some visits typed in a form. One that cannot be removed is found again, and offered as another visit's."""
    for writer in writers:
        with suppress(OSError):
            _file(folder, meeting, form, writer).unlink()


def _file(folder: Path, meeting: int, form: str, writer: str) -> Path:
    name = hashlib.sha256("\0".join([str(meeting), form, writer]).encode()).hexdigest()[:32]
    return folder / f"{name}.json"


def _files(folder: Path) -> list[Path]:
    """The latest first; a file may go while it is looked at."""
    found = []
    for file in folder.glob("*.json"):
        try:
            found.append((file.stat().st_mtime_ns, file))
        except OSError:
            continue
    return [file for _, file in sorted(found, reverse=True)]


def _read(folder: Path) -> Iterator[Draft]:
    for file in _files(folder):
        try:
            told = json.loads(file.read_text(encoding="utf-8"))
            yield Draft(folder, **{**told, "kept_at": datetime.fromisoformat(told["kept_at"])})
        except (OSError, ValueError, TypeError, KeyError):
            continue  # half a file left by a power cut is nobody's draft
