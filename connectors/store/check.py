"""What can be wrong with a store that opens: damage, a missing step, an altered delivery. Errors of connection are in ``faults``."""

from __future__ import annotations

from sqlalchemy import Connection

from connectors.errors import StoreError
from connectors.store.archive_check import archive_faults
from connectors.store.database import Database
from connectors.store.journal import verify
from connectors.store.migrate import is_current
from connectors.store.seals import broken_seals

_RESTORE = "Restaurez la dernière sauvegarde."


def faults_of(connection: Connection, database: Database) -> list[str]:
    """One French sentence a fault; empty when all is well."""
    try:
        current = is_current(connection, database.label)
    except StoreError as error:
        return [str(error)]
    if not current:
        return [f"La base {database.label} n'est pas à jour\u00a0: relancez l'outil, qui applique les étapes manquantes à son ouverture."]
    damage = _damage(connection, database)
    return damage or [*_altered(connection, database.label), *archive_faults(connection), *journal_faults(connection)]


def journal_faults(connection: Connection, known: tuple[int, str] | None = None) -> list[str]:
    """What is wrong with the journal; see ``journal.verify``."""
    return [f"{fault} {_RESTORE}" for fault in verify(connection, known)]


def _damage(connection: Connection, database: Database) -> list[str]:
    if not database.is_sqlite:
        return []
    found = [str(row[0]) for row in connection.exec_driver_sql("PRAGMA quick_check")]
    return [] if found == ["ok"] else [f"La base {database.label} est endommagée ({len(found)} anomalies relevées). {_RESTORE}"]


def _altered(connection: Connection, label: str) -> list[str]:
    numbers = [str(key) for key in broken_seals(connection)]
    if not numbers:
        return []
    which = f"la livraison n°\u00a0{numbers[0]} n'est plus telle qu'enregistrée"
    if len(numbers) > 1:
        which = f"les livraisons n°\u00a0{', '.join(numbers)} ne sont plus telles qu'enregistrées"
    return [f"Dans la base {label}, {which}\u00a0: des lignes ont été modifiées, effacées ou abîmées. {_RESTORE}"]
