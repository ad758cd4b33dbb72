"""The steps give exactly the tables that the code reads and writes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from pandas.testing import assert_frame_equal

from connectors.store import Outcome, Store, migrate, open_store, writing
from connectors.store.database import Database
from connectors.store.tables import Frame, metadata
from tests.connectors.store.archives import frozen_one
from tests.connectors.store.samples import counts, delivery


def test_the_steps_and_the_tables_agree(url: str) -> None:
    open_store(url).close()
    database = Database(url)
    with database.reading() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    database.engine.dispose()


def test_the_steps_follow_one_another() -> None:
    """What ``migrate.STEPS`` takes for granted, as Alembic reads it."""
    config = Config()
    config.set_main_option("script_location", str(Path(migrate.__file__).parent / "migrations").replace("%", "%%"))
    read = ScriptDirectory.from_config(config)
    assert tuple(step.revision for step in read.walk_revisions())[::-1] == migrate.STEPS
    assert read.get_heads() == [migrate.STEPS[-1]]


def test_a_store_of_the_first_version_keeps_its_figures_and_receives_seances(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A base made by step 0001 alone, with deliveries, opened by this version."""
    monkeypatch.setattr(writing, "note", lambda *_: None)  # the journal came with step 0004
    database = Database(url)
    database.create_folder()
    with database.writing() as connection:
        config = Config()
        config.set_main_option("script_location", str(Path(migrate.__file__).parent / "migrations").replace("%", "%%"))
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
    with database.writing() as connection:
        received = writing.write(connection, delivery(), {Frame.COUNTS: counts(("a", "2022-T3", "x", 1), ("a", "2022-T3", "y", None))})
    former = Store(database)
    figures, before = former.counts(), former.figures_version()
    assert "n'est pas à jour" in former.check()[0]
    former.close()

    monkeypatch.undo()
    store = open_store(url)
    assert_frame_equal(store.counts(), figures)
    assert store.last("mission_locale") == received
    assert store.version() == store.figures_version() == before
    frozen_one(store.archive)
    assert store.version() != before
    store.record(replace(delivery(1), outcome=Outcome.HELD), counts=counts(("a", "2022-T3", "x", 900)))
    assert_frame_equal(store.counts(), figures)
    assert store.check() == []
    store.close()


def test_sqlite_waits_checks_keys_and_writes_through(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path}/cite.sqlite")
    expected = {"journal_mode": "wal", "foreign_keys": 1, "synchronous": 2, "busy_timeout": 5_000}
    with database.reading() as connection:
        found = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in expected}
    database.engine.dispose()
    assert found == expected
