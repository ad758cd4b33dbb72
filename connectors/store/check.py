"""What can be wrong with a store that opens: damage, a missing migration step, rows lost. Errors of connection are in ``faults``."""

from __future__ import annotations

from sqlalchemy import Connection, func, select

from connectors.errors import StoreError
from connectors.store.database import Database
from connectors.store.migrate import is_current
from connectors.store.tables import Frame, block, count_row, expense_row, published_row

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
    return damage or _lost_rows(connection, database.label)


def _damage(connection: Connection, database: Database) -> list[str]:
    if not database.is_sqlite:
        return []
    found = [str(row[0]) for row in connection.exec_driver_sql("PRAGMA quick_check")]
    return [] if found == ["ok"] else [f"La base {database.label} est endommagée ({len(found)} anomalies relevées). {_RESTORE}"]


def _lost_rows(connection: Connection, label: str) -> list[str]:
    announced = dict(connection.execute(select(block.c.frame, func.sum(block.c.rows)).group_by(block.c.frame)).all())
    tables = {Frame.COUNTS: count_row, Frame.EXPENSES: expense_row, Frame.PUBLISHED: published_row}
    return [
        f"La base {label} a perdu des lignes dans la table «\u00a0{table.name}\u00a0» ({held} au lieu de {expected}). {_RESTORE}"
        for frame, table in tables.items()
        if (held := connection.execute(select(func.count()).select_from(table)).scalar_one()) != (expected := announced.get(frame.value, 0))
    ]
