"""Deliveries and their rows: counts, expenses, published figures; nothing that is written can be changed or removed."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa
from alembic import op

revision: Final = "0001"
down_revision: Final = None

_TABLES: Final = ("delivery", "block", "count_row", "expense_row", "published_row", "seal")
_CODE: Final = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
_WHOLE: Final = "{0} = CAST({0} AS BIGINT)"
_MOST_CENTS: Final = 10**15


def upgrade() -> None:
    """Create every table, its checks, and the guards that keep it append only."""
    _create_delivery()
    _create_rows()
    _create_seal()
    if op.get_bind().dialect.name == "sqlite":
        _guard_sqlite()
    else:
        _guard_postgresql()


def _key(name: str) -> sa.Column[str]:
    return sa.Column(name, _CODE, primary_key=True)


def _code(name: str) -> sa.Column[str]:
    return sa.Column(name, _CODE, nullable=False)


def _owner() -> sa.Column[int]:
    return sa.Column("delivery_id", sa.Integer, sa.ForeignKey("delivery.id"), primary_key=True)


def _known_exactly_when_ok(name: str) -> sa.CheckConstraint:
    return sa.CheckConstraint("(value IS NOT NULL) = (status = 'ok')", name=name)


def _create_delivery() -> None:
    op.create_table(
        "delivery",
        sa.Column("id", sa.Integer, primary_key=True),
        _code("source"),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("extracted_at", sa.DateTime(timezone=True), nullable=False),
        _code("sha256"),
        sa.Column("rows", sa.Integer, nullable=False),
        _code("outcome"),
        sa.Column("report", sa.Text, nullable=False),
        sa.Column("origin", sa.Text, nullable=False),
        sa.CheckConstraint("outcome IN ('accepted', 'unchanged', 'refused', 'failed')", name="outcome_known"),
    )
    op.create_index("delivery_by_source", "delivery", ["source", "received_at"])
    op.create_table(
        "block",
        _owner(),
        *(_key(name) for name in ("frame", "measure", "period")),
        sa.Column("rows", sa.Integer, nullable=False),
        sa.CheckConstraint("rows > 0", name="block_not_empty"),
        sqlite_with_rowid=False,
    )
    op.create_index("block_by_frame", "block", ["frame", "measure", "period", "delivery_id"])


def _create_rows() -> None:
    op.create_table(
        "count_row",
        _owner(),
        *(_key(name) for name in ("measure", "period", "territory", "dimension", "category")),
        sa.Column("value", sa.BigInteger, nullable=True),
        _code("status"),
        sa.CheckConstraint(f"value >= 0 AND {_WHOLE.format('value')}", name="count_whole"),
        _known_exactly_when_ok("count_known"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "expense_row",
        _owner(),
        sa.Column("exercise", sa.Integer, primary_key=True),
        _key("reference"),
        sa.Column("date", sa.Date, nullable=False),
        sa.Column("paid_on", sa.Date, nullable=True),
        *(_code(name) for name in ("line", "level", "account")),
        *(sa.Column(name, sa.BigInteger, nullable=False) for name in ("committed", "paid")),
        *(
            sa.CheckConstraint(f"{_WHOLE.format(name)} AND {name} BETWEEN -{_MOST_CENTS} AND {_MOST_CENTS}", name=f"{name}_cents")
            for name in ("committed", "paid")
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "published_row",
        _owner(),
        *(_key(name) for name in ("measure", "territory", "vintage")),
        sa.Column("value", sa.Double, nullable=True),
        _code("status"),
        sa.Column("note", sa.Text, nullable=False),
        _known_exactly_when_ok("published_known"),
        sqlite_with_rowid=False,
    )


def _create_seal() -> None:
    op.create_table("seal", _owner(), _code("digest"), sqlite_with_rowid=False)


def _guard_sqlite() -> None:
    for table in _TABLES:
        for verb in ("UPDATE", "DELETE"):
            op.execute(f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} BEGIN SELECT RAISE(ABORT, 'append only'); END")


def _guard_postgresql() -> None:
    op.execute("CREATE FUNCTION append_only() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'append only'; END $$")
    for table in _TABLES:
        op.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION append_only()"
        )
