"""The steps give exactly the tables that the code reads and writes."""

from __future__ import annotations

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from connectors.store import open_store
from connectors.store.database import Database
from connectors.store.tables import metadata


def test_the_steps_and_the_tables_agree(url: str) -> None:
    open_store(url).close()
    database = Database(url)
    with database.reading() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    database.engine.dispose()


def test_sqlite_waits_checks_keys_and_writes_through(tmp_path: object) -> None:
    database = Database(f"sqlite:///{tmp_path}/cite.sqlite")
    expected = {"journal_mode": "wal", "foreign_keys": 1, "synchronous": 2, "busy_timeout": 5_000}
    with database.reading() as connection:
        found = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in expected}
    database.engine.dispose()
    assert found == expected
