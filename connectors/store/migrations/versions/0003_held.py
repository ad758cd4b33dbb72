"""A delivery may be put on hold: one more outcome. Nothing that was written is touched."""

from __future__ import annotations

from typing import Final

from alembic import op

revision: Final = "0003"
down_revision: Final = "0002"

_BEFORE: Final = "'accepted', 'unchanged', 'refused', 'failed'"
_AFTER: Final = f"{_BEFORE}, 'held'"


def upgrade() -> None:
    """Let ``delivery.outcome`` be « held »."""
    if op.get_bind().dialect.name == "sqlite":
        _widen_sqlite()
        return
    op.drop_constraint("outcome_known", "delivery", type_="check")
    op.create_check_constraint("outcome_known", "delivery", f"outcome IN ({_AFTER})")


def _widen_sqlite() -> None:
    """The text of the constraint alone: building the table again would drop it, which its append-only guards and its children forbid.

    A constraint that only lets more values in needs no row to change: SQLite documents this way (ALTER TABLE, « writable_schema »).
    """
    connection = op.get_bind()
    version = connection.exec_driver_sql("PRAGMA schema_version").scalar_one()
    connection.exec_driver_sql("PRAGMA writable_schema = ON")
    changed = connection.exec_driver_sql(
        "UPDATE sqlite_schema SET sql = replace(sql, ?, ?) WHERE type = 'table' AND name = 'delivery' AND instr(sql, ?)",
        (_BEFORE, _AFTER, _BEFORE),
    )
    if changed.rowcount != 1:
        raise RuntimeError("la contrainte « outcome_known » de la table delivery n'a pas été trouvée")
    connection.exec_driver_sql(f"PRAGMA schema_version = {version + 1}")
    connection.exec_driver_sql("PRAGMA writable_schema = OFF")
