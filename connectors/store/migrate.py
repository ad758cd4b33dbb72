"""Bringing a database to the tables of this version, and knowing whether it is there. The steps themselves are in ``migrations``."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from connectors.errors import StoreError
from connectors.store.database import Database

_STEPS: Final = Path(__file__).parent / "migrations"


def migrate(database: Database) -> None:
    """Apply the missing steps, all or none; a database already there is only read.

    Raises:
        StoreError: the database was written by a newer version of the tool.
    """
    with database.reading() as connection:
        if is_current(connection, database.label):
            return
    with database.writing() as connection:
        if not is_current(connection, database.label):  # another process may have done it while we waited
            command.upgrade(_config(connection), "head")


def is_current(connection: Connection, label: str) -> bool:
    """Whether every step is applied.

    Raises:
        StoreError: a step is applied that this version does not know.
    """
    applied = set(MigrationContext.configure(connection).get_current_heads())
    steps = ScriptDirectory.from_config(_config(connection))
    unknown = applied - {step.revision for step in steps.walk_revisions()}
    if unknown:
        raise StoreError(
            f"La base {label} a été écrite par une version plus récente de l'outil (étape {', '.join(sorted(unknown))}). "
            "Installez cette version, ou indiquez une autre base dans CITE_STORE_URL. Rien n'a été modifié."
        )
    return applied == set(steps.get_heads())


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_STEPS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config
