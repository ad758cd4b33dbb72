"""The store as the rest of the program sees it: record a delivery, read the figures as known at an instant. No SQL here.

Every database error leaves here as a ``StoreError`` in French; programming errors (a frame that breaks its contract) stay as they are.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from zoneinfo import ZoneInfo

import pandas as pd
from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from connectors.errors import StoreError
from connectors.store import held, journal, reading, writing
from connectors.store.archive import Archive
from connectors.store.archive import version as archive_version
from connectors.store.check import faults_of, journal_faults
from connectors.store.copying import replace_rows
from connectors.store.database import Database
from connectors.store.delivery import Delivery, Outcome
from connectors.store.faults import store_error
from connectors.store.journal import Entry, Event
from connectors.store.migrate import migrate
from connectors.store.tables import Frame

_PARIS = ZoneInfo("Europe/Paris")


class Store:
    """Deliveries and their rows, append only. Safe between threads; ``at`` is an instant with its zone, now when absent.

    Every method raises ``StoreError`` when the database does not answer.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self.archive = Archive(database)
        """The séances, editions, documents and grids of the same database."""

    def record(
        self,
        delivery: Delivery,
        *,
        counts: pd.DataFrame | None = None,
        expenses: pd.DataFrame | None = None,
        published: pd.DataFrame | None = None,
    ) -> Delivery:
        """Keep a delivery, whole or not at all, and return it with its ``id``. Rows are kept of one accepted or put on hold only.

        Raises:
            pandera.errors.SchemaErrors: a frame breaks its contract.
            ValueError: a delivery accepted or put on hold has no row, or rows of another source.
        """
        frames: dict[Frame, pd.DataFrame] = {}
        if delivery.outcome in {Outcome.ACCEPTED, Outcome.HELD}:
            frames = writing.checked(delivery.source, {Frame.COUNTS: counts, Frame.EXPENSES: expenses, Frame.PUBLISHED: published})
        try:
            with self._database.writing() as connection:
                return writing.write(connection, delivery, frames)
        except SQLAlchemyError as error:
            raise store_error(error, self._database.label, self._unchanged()) from error

    def counts(self, at: datetime | None = None) -> pd.DataFrame:
        """COUNTS: of each source, measure and period, the rows of the latest accepted delivery that brought at least one for it."""
        with self._reading() as connection:
            return reading.counts(connection, at)

    def provenance(self, at: datetime | None = None) -> pd.DataFrame:
        """The delivery behind each block of ``counts``: source, measure, period, delivery_id, received_at (UTC), sha256, rows."""
        with self._reading() as connection:
            return reading.provenance(connection, at)

    def superseded(self, at: datetime | None = None) -> pd.DataFrame:
        """The blocks of counts that a later delivery replaced, oldest first, described as ``provenance`` does."""
        with self._reading() as connection:
            return reading.superseded(connection, at)

    def first_counts(self, at: datetime | None = None) -> pd.DataFrame:
        """Of each source, measure and period that was delivered again, the rows of its first delivery; COUNTS."""
        with self._reading() as connection:
            first = reading.superseded(connection, at).drop_duplicates(["source", "measure", "period"])
            rows = reading.counts_of(connection, first["delivery_id"].unique().tolist())
            blocks = first[["source", "measure", "period", "delivery_id"]]
            return rows.merge(blocks, on=list(blocks), how="inner").drop(columns="delivery_id")

    def arrivals(self, at: datetime | None = None) -> pd.DataFrame:
        """When each source first brought each period of ``counts``, valid: source, period, received_at (UTC)."""
        with self._reading() as connection:
            return reading.arrivals(connection, at)

    def expenses(self, at: datetime | None = None) -> pd.DataFrame:
        """EXPENSES: of each source, exercise and month, the entries of the latest accepted delivery that brought it."""
        with self._reading() as connection:
            return reading.expenses(connection, at)

    def published(self, at: datetime | None = None) -> pd.DataFrame:
        """PUBLISHED: of each source, the figures of its latest accepted delivery that brought any."""
        with self._reading() as connection:
            return reading.published(connection, at)

    def deliveries(self, at: datetime | None = None) -> pd.DataFrame:
        """Every delivery, oldest first: the fields of ``Delivery``, ``id`` first, ``report`` as a list."""
        with self._reading() as connection:
            return reading.deliveries(connection, at)

    def last(self, source: str, *outcomes: Outcome) -> Delivery | None:
        """The latest delivery of a source, among those with one of these outcomes when any is given."""
        with self._reading() as connection:
            return reading.last(connection, source, outcomes)

    def last_of(self, source: str, sha256: str) -> Delivery | None:
        """The latest delivery of this content that was accepted or refused, if any."""
        with self._reading() as connection:
            return reading.last_of(connection, source, sha256)

    def known_digest(self, source: str, sha256: str) -> Delivery | None:
        """The delivery of this content, if every block of it is still in force; else sending it again is a revision back, hence None."""
        with self._reading() as connection:
            return reading.in_use(connection, source, sha256)

    def waiting(self) -> list[Delivery]:
        """The deliveries that wait for the coordinator's decision, oldest first."""
        with self._reading() as connection:
            return held.waiting(connection)

    def accept(self, waiting: Delivery, decided: Delivery) -> Delivery:
        """Put in force a delivery that was on hold: ``decided`` is a new delivery of the same content."""
        with self._reading() as connection:
            frames = held.frames_of(connection, waiting)
        return self.record(
            decided, counts=frames.get(Frame.COUNTS), expenses=frames.get(Frame.EXPENSES), published=frames.get(Frame.PUBLISHED)
        )

    def version(self) -> str:
        """A word that changes with every delivery recorded and everything the archive keeps: what a page's cache compares."""
        with self._reading() as connection:
            return "/".join(filter(None, [reading.version(connection), archive_version(connection)]))

    def figures_version(self) -> str:
        """A word that changes with every delivery recorded, and only then: what computed figures depend on. One short query."""
        with self._reading() as connection:
            return reading.version(connection)

    def check(self) -> list[str]:
        """What is wrong with the store, one French sentence a fault; empty when all is well. Reads every row; raises nothing."""
        try:
            with self._reading() as connection:
                return faults_of(connection, self._database)
        except StoreError as error:
            return [str(error)]

    def note(self, event: Event, subject: str) -> Entry:
        """Write in the journal an action that writes nothing else: what was handed out, exported, backed up."""
        try:
            with self._database.writing() as connection:
                return journal.note(connection, event, subject)
        except SQLAlchemyError as error:
            raise store_error(error, self._database.label, "Rien n'a été fait.") from error

    def journal(self, last: int | None = None) -> list[Entry]:
        """Who did what, oldest first; only the ``last`` entries when given."""
        with self._reading() as connection:
            return journal.entries(connection, last)

    def journal_faults(self, known: tuple[int, str] | None = None) -> list[str]:
        """What is wrong with the journal, in French; ``known`` is a position and the beginning of its digest, noted outside earlier."""
        with self._reading() as connection:
            return journal_faults(connection, known)

    def is_empty(self) -> bool:
        """Whether nothing was ever delivered, prepared, frozen or decided here."""
        return len(self.journal(2)) == 1 and not self.version().strip("0")

    def copy_to(self, copy: Store) -> int:
        """Make another store hold what this one holds at one instant, and return how many rows that is."""
        with self._reading() as source:
            return copy._replaced(source)

    def become(self, saved: Store, told: str) -> None:
        """Hold what ``saved`` holds, in one transaction that is kept only if what was written passes ``check``; ``told`` is noted.

        Raises:
            StoreError: what was written is not right, or the database refused it; nothing has changed.
        """
        with saved._reading() as source:
            self._replaced(source, told)

    def _replaced(self, source: Connection, told: str = "") -> int:
        try:
            with self._database.writing() as connection:
                rows = replace_rows(source, connection)
                if told:
                    journal.note(connection, Event.RESTORED, told)
                if faults := faults_of(connection, self._database):
                    raise StoreError(f"Ce qui a été recopié n'est pas juste : {' '.join(faults)} Rien n'a été modifié.")
                return rows
        except SQLAlchemyError as error:
            raise store_error(error, self._database.label, "Rien n'a été modifié.") from error

    def close(self) -> None:
        """Let go of every connection."""
        self._database.engine.dispose()

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        try:
            with self._database.reading() as connection:
                yield connection
        except SQLAlchemyError as error:
            raise store_error(error, self._database.label, "Rien n'a été modifié.") from error

    def _unchanged(self) -> str:
        """What a failed load leaves, with the date of the figures shown when it can still be read."""
        try:
            with self._database.reading() as connection:
                latest = reading.latest_accepted(connection)
        except SQLAlchemyError:
            return "Rien n'a été chargé."
        if latest is None:
            return "Rien n'a été chargé."
        day = latest.received_at.astimezone(_PARIS)
        return f"Rien n'a été chargé\u202f; les chiffres affichés restent ceux du {day:%d/%m/%Y}."


def open_store(url: str) -> Store:
    """Open the store, creating and migrating its database as needed.

    Raises:
        StoreError: it cannot be opened, created or migrated, or a newer version wrote it; the URL's password is never shown.
    """
    database = Database(url)
    try:
        database.create_folder()
        migrate(database)
    except (SQLAlchemyError, OSError) as error:
        database.engine.dispose()
        raise store_error(error, database.label, "Rien n'a été modifié.") from error
    except StoreError:
        database.engine.dispose()
        raise
    return Store(database)
