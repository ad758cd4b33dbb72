"""Connections to the store's database: SQLite or PostgreSQL, read or write transactions. What is stored is not known here.

One writer at a time on both engines: the second waits at most ``PATIENCE_SECONDS``, then is told.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError

from connectors.errors import StoreError

PATIENCE_SECONDS = 5
_WRITER_LOCK = 6219320221  # any number, the same for every version: only one process holds it at a time


class Database:
    """An engine, with transactions that never deadlock a reader with a writer."""

    def __init__(self, url: str) -> None:
        self.url = _parse(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self.engine = _sqlite_engine(self.url) if self.is_sqlite else _postgresql_engine(self.url)
        # PostgreSQL would show each query the state of its own instant; SQLite already shows that of the first
        self._reader = self.engine if self.is_sqlite else self.engine.execution_options(isolation_level="REPEATABLE READ")

    @property
    def label(self) -> str:
        """What a person recognises: the file, or the database and its server; never a user or a password."""
        if self.is_sqlite:
            return f"{self.url.database}"
        return f"{self.url.database} (serveur {self.url.host or 'local'})"

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that sees one state of the database from its first query to its last."""
        with self._reader.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction kept whole or not at all; it holds the writer's place from its start."""
        with self.engine.connect() as opened:
            connection = opened.execution_options(writes=True)
            with connection.begin():
                if not self.is_sqlite:
                    connection.execute(text(f"SET LOCAL lock_timeout = '{PATIENCE_SECONDS}s'"))
                    connection.execute(text("SELECT pg_advisory_xact_lock(:place)"), {"place": _WRITER_LOCK})
                yield connection

    def create_folder(self) -> None:
        """Create the folder of a SQLite file; nothing for a server.

        Raises:
            OSError: the folder cannot be created.
        """
        if self.is_sqlite and self.url.database and not self.url.database.startswith((":", "file:")):
            Path(self.url.database).parent.mkdir(parents=True, exist_ok=True)


def _parse(url: str) -> URL:
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise StoreError(
            "L'adresse de la base de données du tableau de bord n'est pas lisible. Corrigez CITE_STORE_URL\u00a0: "
            "sqlite:////chemin/cite.sqlite ou postgresql+psycopg://utilisateur@serveur/base. Rien n'a été modifié."
        ) from None
    if parsed.drivername not in {"sqlite", "sqlite+pysqlite", "postgresql+psycopg"}:
        raise StoreError(
            f"La base de données «\u00a0{parsed.drivername}\u00a0» n'est pas prise en charge. Écrivez dans CITE_STORE_URL "
            "sqlite:////chemin/cite.sqlite ou postgresql+psycopg://utilisateur@serveur/base. Rien n'a été modifié."
        )
    return parsed


def _postgresql_engine(url: URL) -> Engine:
    # psycopg's own default is to wait two minutes for a server that does not answer
    return create_engine(url, pool_pre_ping=True, connect_args={"connect_timeout": PATIENCE_SECONDS})


def _sqlite_engine(url: URL) -> Engine:
    engine = create_engine(url, connect_args={"timeout": PATIENCE_SECONDS})
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None  # the driver opens no transaction by itself: ``_begin`` does
    for setting in ("foreign_keys = ON", "synchronous = FULL", "journal_mode = WAL"):
        connection.execute(f"PRAGMA {setting}").close()


def _begin(connection: Connection) -> None:
    # a writer that starts by reading could be refused the writer's place half-way: it asks for it first
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
