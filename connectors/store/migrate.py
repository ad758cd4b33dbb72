"""Bringing a database to the tables of this version, and knowing whether it is there. The steps themselves are in ``migrations``."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from sqlalchemy import Connection, inspect, text

from connectors.errors import StoreError
from connectors.store.database import Database

_STEPS: Final = Path(__file__).parent / "migrations"
STEPS: Final = tuple(sorted(file.stem.split("_", 1)[0] for file in (_STEPS / "versions").glob("[0-9]*.py")))
"""Every step, in order: each follows the one before it (tested), so that a database already there is opened without Alembic."""


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
            _upgrade(connection)


def is_current(connection: Connection, label: str) -> bool:
    """Whether every step is applied.

    Raises:
        StoreError: a step is applied that this version does not know.
    """
    found = inspect(connection).has_table("alembic_version")
    applied = set(connection.execute(text("SELECT version_num FROM alembic_version")).scalars()) if found else set()
    unknown = applied - set(STEPS)
    if unknown:
        raise StoreError(
            f"La base {label} a été écrite par une version plus récente de l'outil (étape {', '.join(sorted(unknown))}). "
            "Installez cette version, ou indiquez une autre base dans CITE_STORE_URL. Rien n'a été modifié."
        )
    return applied == {STEPS[-1]}


def _upgrade(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_STEPS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
