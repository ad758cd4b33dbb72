"""Who did what: one entry an action, append only, each with a digest of itself and of the entry before.

An entry edited, removed or moved is seen: positions have no gap, digests follow, and the head says how far the journal goes. Against
someone who would write every digest again, keep a head outside (``verify`` takes it). An entry holds an account, never a figure or the
content of a file.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from hashlib import sha256
from types import MappingProxyType
from typing import Final

from sqlalchemy import Connection, insert, select, update

from connectors.acting import account
from connectors.store.tables import journal, journal_head


class Event(StrEnum):
    """What is noted; the values are kept for ever."""

    OPENED = "journal.opened"
    ACCEPTED = "delivery.accepted"
    UNCHANGED = "delivery.unchanged"
    REFUSED = "delivery.refused"
    FAILED = "delivery.failed"
    HELD = "delivery.held"
    MEETING = "meeting.saved"
    EDITION = "edition.frozen"
    DOCUMENT = "document.issued"
    HANDED_OUT = "documents.handed_out"
    EXPORTED = "figures.exported"
    GRID = "grid.chosen"
    RIGHT = "right.decided"
    BACKED_UP = "store.backed_up"
    RESTORED = "store.restored"


LABELS: Final[Mapping[Event, str]] = MappingProxyType(
    {
        Event.OPENED: "journal ouvert",
        Event.ACCEPTED: "livraison chargée",
        Event.UNCHANGED: "livraison inchangée",
        Event.REFUSED: "livraison refusée",
        Event.FAILED: "partenaire sans réponse",
        Event.HELD: "livraison en attente",
        Event.MEETING: "séance enregistrée",
        Event.EDITION: "édition figée",
        Event.DOCUMENT: "document établi",
        Event.HANDED_OUT: "documents remis",
        Event.EXPORTED: "chiffres exportés",
        Event.GRID: "grille annuelle choisie",
        Event.RIGHT: "droit accordé ou retiré",
        Event.BACKED_UP: "sauvegarde faite",
        Event.RESTORED: "sauvegarde restaurée",
    }
)
"""Each event for a person."""


@dataclass(frozen=True)
class Entry:
    """One action: ``subject`` says on what (« S1-copil-1 », « caf n° 12 »); ``at`` is the clock's, in UTC."""

    position: int
    at: datetime
    account: str
    event: Event
    subject: str
    digest: str

    @property
    def head(self) -> str:
        """« 214:0f3a9c81d2e4b567 »: what to note outside the base, to compare later."""
        return f"{self.position}:{self.digest[:16]}"


def note(connection: Connection, event: Event, subject: str) -> Entry:
    """Add an entry inside the transaction of what it tells: both are kept, or neither."""
    last = connection.execute(select(journal_head.c.position, journal_head.c.digest)).one()
    position, at, who = last.position + 1, datetime.now(UTC), account()
    digest = _digest(position, at, who, event, subject, last.digest)
    row = {"position": position, "at": at, "account": who, "event": event.value, "object": subject, "digest": digest}
    connection.execute(insert(journal), row)
    connection.execute(update(journal_head).where(journal_head.c.id == 1).values(position=position, digest=digest))
    return Entry(position, at, who, event, subject, digest)


def entries(connection: Connection, last: int | None = None) -> list[Entry]:
    """The journal, oldest first; only its ``last`` entries when given."""
    query = select(journal).order_by(journal.c.position.desc()).limit(last)
    return [Entry(row.position, row.at, row.account, Event(row.event), row.object, row.digest) for row in connection.execute(query)][::-1]


def verify(connection: Connection, known: tuple[int, str] | None = None) -> Iterator[str]:
    """What is wrong with the journal, one French sentence a fault. Reads every entry.

    Args:
        known: a position and the beginning of its digest, noted outside the base earlier.
    """
    before, expected, found = "", 1, {}
    for row in connection.execute(select(journal).order_by(journal.c.position)):
        if row.position != expected:
            yield _lost(expected, row.position - 1)
        elif row.digest != _digest(row.position, row.at, row.account, row.event, row.object, before):
            yield f"L'entrée n°\u00a0{row.position} du journal a été modifiée, déplacée ou abîmée."
        before, expected = row.digest, row.position + 1
        found[row.position] = row.digest
    head = connection.execute(select(journal_head)).one_or_none()
    if head is None:
        yield "La tête du journal a été effacée."
    elif head.position >= expected:
        yield _lost(expected, head.position)
    elif (head.position, head.digest) != (expected - 1, before):
        yield "La tête du journal a été modifiée."
    if known is not None and not found.get(known[0], "").startswith(known[1].lower()):
        yield f"L'entrée n°\u00a0{known[0]} n'a pas l'empreinte que vous aviez notée : le journal a été réécrit."


def _lost(first: int, last: int) -> str:
    if first == last:
        return f"L'entrée n°\u00a0{first} du journal a été effacée."
    return f"Les entrées n°\u00a0{first} à {last} du journal ont été effacées."


def _digest(position: int, at: datetime, who: str, event: str, subject: str, before: str) -> str:
    told = [position, at.isoformat(timespec="microseconds"), who, str(event), subject, before]
    return sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()
