"""What was typed in the forms and not saved yet, kept by the server's process: found again when a page is, lost when the server stops.

It is nobody's word yet: it never enters the store, and it goes once saved or given up.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from threading import Lock


@dataclass(frozen=True)
class Draft:
    """What one visit typed in a form.

    ``store`` tells two Cités apart; ``meeting`` is 0 where there is no séance; ``version`` the one it was typed from; ``writer`` tells two
    visits apart; ``content`` is JSON.
    """

    store: str
    meeting: int
    form: str
    writer: str
    version: int
    kept_at: datetime
    content: str


_LOCK = Lock()
_MOST = 500
"""Drafts kept at most, the oldest going first: a server that runs for a year must not fill its memory."""
_KEPT: dict[tuple[str, int, str, str], Draft] = {}


def keep(draft: Draft) -> None:
    """Keep what a visit typed, in place of what it typed before in the same form."""
    key = (draft.store, draft.meeting, draft.form, draft.writer)
    with _LOCK:
        _KEPT.pop(key, None)
        while len(_KEPT) >= _MOST:
            _KEPT.pop(next(iter(_KEPT)))
        _KEPT[key] = draft


def every(store: str, meeting: int) -> list[Draft]:
    """The drafts of a séance, the latest first."""
    with _LOCK:
        return [draft for draft in reversed(_KEPT.values()) if (draft.store, draft.meeting) == (store, meeting)]


def forget(store: str, meeting: int, form: str, writers: Sequence[str]) -> None:
    """Drop what some visits typed in a form."""
    with _LOCK:
        for writer in writers:
            _KEPT.pop((store, meeting, form, writer), None)
