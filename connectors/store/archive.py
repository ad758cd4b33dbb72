"""What was prepared, frozen and issued for the committees, beside the deliveries of the same store. No SQL here.

Append only, like the rest: un-freezing does not exist. Every database error leaves here as a ``StoreError`` in French.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import pandas as pd
from sqlalchemy import Connection, func, select
from sqlalchemy.exc import SQLAlchemyError

from connectors.store import editions, grids, meetings
from connectors.store.database import Database
from connectors.store.editions import Document, Edition
from connectors.store.faults import store_error
from connectors.store.grids import GridChoice
from connectors.store.meetings import Saved
from connectors.store.tables import edition, edition_document, grid_choice, meeting_version
from indicators.meeting import Audience, Meeting


class Archive:
    """Séances, editions, documents and grids. Safe between threads; an instant always has its zone.

    Every method raises ``StoreError`` when the database does not answer.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def save_meeting(self, meeting: Meeting, at: datetime, by: str, *, expected_version: int) -> Saved:
        """Save a séance and return it with its version; ``expected_version`` is the one it was made from, 0 for a new séance.

        Raises:
            StoreError: another saved it meanwhile (who and when is said), or it may not change so (``indicators.meeting_steps``).
        """
        with self._writing() as connection:
            return meetings.save(connection, meeting, at, by, expected_version)

    def meeting(self, number: int) -> Saved:
        """The séance of this number; ``StoreError`` names those that exist when it does not."""
        with self._reading() as connection:
            found = meetings.latest(connection, number)
            if found is None:
                raise meetings.unknown(connection, number)
            return found

    def meetings(self) -> list[Saved]:
        """Every séance, by number."""
        with self._reading() as connection:
            return meetings.every(connection)

    def history(self, number: int) -> list[Saved]:
        """Every version of a séance, oldest first; none when it does not exist."""
        with self._reading() as connection:
            return meetings.history(connection, number)

    def check_follows(self, frozen: Edition) -> None:
        """Refuse at once what ``freeze`` would: ``StoreError`` when the edition does not follow those of its séance and audience."""
        with self._reading() as connection:
            editions.check_follows(editions.latest(connection, frozen.meeting, frozen.audience), frozen)

    def freeze(self, frozen: Edition, content: bytes, meeting: Meeting, *, expected_version: int) -> Saved:
        """Keep an edition and the frozen state of its séance, both or neither; the séance is returned.

        ``meeting`` is the séance the edition shows, as saved; ``expected_version`` its version; ``content`` the canonical bytes.

        Raises:
            StoreError: another saved the séance meanwhile; or it has an edition for this audience that the new one does not replace.
            ValueError: the edition is of another séance or period, or its digest is not that of the content.
        """
        if (frozen.meeting, frozen.period) != (meeting.number, meeting.period):
            raise ValueError(f"l'édition {frozen.id} n'est pas celle de la séance {meeting.number} ({meeting.period})")
        with self._writing() as connection:
            editions.add(connection, frozen, content)
            return meetings.freeze(connection, meeting, frozen.frozen_at, frozen.frozen_by, expected_version)

    def next_number(self, meeting: int, audience: Audience) -> int:
        """The number that the next edition of a séance for an audience will have."""
        found = self.latest_edition(meeting, audience)
        return found.number + 1 if found else 1

    def latest_edition(self, meeting: int, audience: Audience) -> Edition | None:
        """The last edition of a séance for an audience, or None."""
        with self._reading() as connection:
            return editions.latest(connection, meeting, audience)

    def editions(self) -> pd.DataFrame:
        """Every edition, by séance, audience and number: the columns of ``connectors.store.columns.EDITIONS``."""
        with self._reading() as connection:
            return editions.every(connection)

    def edition_header(self, wanted: str) -> Edition:
        """An edition without its content; ``StoreError`` when it does not exist."""
        with self._reading() as connection:
            return editions.header(connection, wanted)

    def edition(self, wanted: str) -> bytes:
        """The canonical bytes of an edition, verified; ``StoreError`` when it does not exist or is damaged."""
        with self._reading() as connection:
            return editions.content(connection, wanted)

    def keep_document(self, wanted: str, name: str, issued: bytes, at: datetime) -> bytes:
        """Keep a document issued from an edition, and return it as first issued: hand out what is returned.

        Raises:
            StoreError: the edition does not exist, or the document already kept is damaged.
            ValueError: the name cannot be that of a file.
        """
        with self._writing() as connection:
            return editions.keep_document(connection, wanted, name, issued, at)

    def document(self, wanted: str, name: str) -> bytes | None:
        """A document as issued, verified, or None when it never was."""
        with self._reading() as connection:
            return editions.document(connection, wanted, name)

    def documents(self, wanted: str) -> list[Document]:
        """The documents issued from an edition, by name."""
        with self._reading() as connection:
            return editions.documents(connection, wanted)

    def save_grid(self, choice: GridChoice) -> GridChoice:
        """Make a choice the one in force for its audience and year; returns the one in force."""
        with self._writing() as connection:
            return grids.save(connection, choice)

    def grid(self, audience: Audience, year: int) -> GridChoice | None:
        """The choice in force for an audience and a year, or None."""
        with self._reading() as connection:
            return grids.in_force(connection, audience, year)

    def version(self) -> str:
        """A word that changes with everything kept here, empty while nothing is. One short query."""
        with self._reading() as connection:
            return version(connection)

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        try:
            with self._database.reading() as connection:
                yield connection
        except SQLAlchemyError as error:
            raise store_error(error, self._database.label, "Rien n'a été modifié.") from error

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        try:
            with self._database.writing() as connection:
                yield connection
        except SQLAlchemyError as error:
            raise store_error(error, self._database.label, "Rien n'a été enregistré ; ce qui l'était déjà est intact.") from error


def version(connection: Connection) -> str:
    """See ``Archive.version``: how many rows of each kind, and the instant of the last, which tells two stores apart."""
    dated = ((meeting_version, "saved_at"), (edition, "frozen_at"), (edition_document, "issued_at"), (grid_choice, "chosen_at"))
    columns = [select(found).select_from(kind).scalar_subquery() for kind, day in dated for found in (func.count(), func.max(kind.c[day]))]
    row = connection.execute(select(*columns)).one()
    if not any(row[::2]):
        return ""
    return "-".join(f"{found:%Y%m%d%H%M%S%f}" if isinstance(found, datetime) else str(found or 0) for found in row)
