"""What can be wrong with what was frozen: a digest no longer matched, an edition or a version gone. Deliveries are in ``check``."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, func, select

from connectors.errors import StoreError
from connectors.store import editions, meetings
from connectors.store.archive_seals import broken
from connectors.store.tables import edition, meeting_version
from indicators.meeting import State

_RESTORE = "Restaurez la dernière sauvegarde."


def archive_faults(connection: Connection) -> list[str]:
    """One French sentence a fault. Reads every edition and document, one at a time."""
    return [*_broken(connection), *_gone(connection), *_meeting_faults(connection)] or list(_altered(connection))


def _broken(connection: Connection) -> Iterator[str]:
    """The editions and documents that no longer match their digest."""
    for wanted in editions.identifiers(connection):
        try:
            editions.content(connection, wanted)
        except StoreError as error:
            yield str(error)
    for item in editions.documents(connection):
        try:
            editions.document(connection, item.edition, item.name)
        except StoreError as error:
            yield str(error)


def _gone(connection: Connection) -> Iterator[str]:
    """What is missing from the numbers of editions and of versions, which have no gap."""
    key, version = (edition.c.meeting, edition.c.audience), meeting_version.c
    query = select(*key).group_by(*key).having(func.count() != func.max(edition.c.number)).order_by(*key)
    for number, audience in connection.execute(query):
        yield f"Il manque une édition de la séance n°\u00a0{number} ({audience}) dans la base. {_RESTORE}"
    missing = select(version.number).group_by(version.number).having(func.count() != func.max(version.version)).order_by(version.number)
    for number in connection.execute(missing).scalars():
        yield f"Il manque une version de la séance n°\u00a0{number} dans la base. {_RESTORE}"


def _altered(connection: Connection) -> Iterator[str]:
    """What was changed, removed or slipped in without leaving another trace."""
    for what in broken(connection):
        yield f"Dans la base, des lignes {what} ont été modifiées, effacées ou ajoutées hors de l'outil. {_RESTORE}"


def _meeting_faults(connection: Connection) -> Iterator[str]:
    """The séances that cannot be read, or whose state and editions disagree."""
    with_edition = set(connection.execute(select(edition.c.meeting).distinct()).scalars())
    saved = set(connection.execute(select(meeting_version.c.number).distinct()).scalars())
    for number in sorted(saved | with_edition):
        try:
            versions = meetings.history(connection, number)
        except StoreError as error:
            yield f"{error} {_RESTORE}"
            continue
        was_frozen = bool(versions) and versions[-1].meeting.state is not State.PREPAREE
        if was_frozen != (number in with_edition):
            yield f"L'état de la séance n°\u00a0{number} et ses éditions ne s'accordent pas dans la base. {_RESTORE}"
