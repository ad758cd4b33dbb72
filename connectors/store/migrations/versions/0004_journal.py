"""The journal of who did what, and the rights of accounts; no row of another table is read or written."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from hashlib import sha256
from typing import Final

import sqlalchemy as sa
from alembic import op

revision: Final = "0004"
down_revision: Final = "0003"

_CODE: Final = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
_OPENED: Final = "journal.opened"


def upgrade() -> None:
    """Create the tables and their guards, and write the first entry: an emptied journal can then be told from a new one."""
    op.create_table(
        "journal",
        sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        *(sa.Column(name, _CODE, nullable=False) for name in ("account", "event", "object", "digest")),
        sa.CheckConstraint("position > 0", name="journal_numbered"),
    )
    op.create_table(
        "journal_head",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("digest", _CODE, nullable=False),
        sa.CheckConstraint("id = 1", name="journal_head_alone"),
    )
    op.create_table(
        "account_right",
        sa.Column("id", sa.Integer, primary_key=True),
        *(sa.Column(name, _CODE, nullable=False) for name in ("account", "role", "source")),
        sa.Column("granted", sa.Boolean(create_constraint=False), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.Text, nullable=False),
        sa.CheckConstraint("(role = 'partenaire') = (source <> '')", name="right_of_a_source"),
    )
    op.create_index("right_of_account", "account_right", ["account", "id"])
    _open()
    for table in ("journal", "account_right"):
        _guard(table)
    _guard_head()


def _open() -> None:
    at = datetime.now(UTC)
    digest = sha256(json.dumps([1, at.isoformat(timespec="microseconds"), "", _OPENED, "", ""], ensure_ascii=False).encode()).hexdigest()
    instant = at.replace(tzinfo=None) if op.get_bind().dialect.name == "sqlite" else at
    tables = sa.MetaData()
    journal = sa.Table("journal", tables, autoload_with=op.get_bind())
    head = sa.Table("journal_head", tables, autoload_with=op.get_bind())
    op.bulk_insert(journal, [{"position": 1, "at": instant, "account": "", "event": _OPENED, "object": "", "digest": digest}])
    op.bulk_insert(head, [{"id": 1, "position": 1, "digest": digest}])


def _guard(table: str) -> None:
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            op.execute(f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} BEGIN SELECT RAISE(ABORT, 'append only'); END")
        return
    op.execute(
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION append_only()"
    )


def _guard_head() -> None:
    """The head only goes forward."""
    if op.get_bind().dialect.name == "sqlite":
        back = "BEFORE UPDATE ON journal_head WHEN NEW.position <> OLD.position + 1"
        op.execute(f"CREATE TRIGGER journal_head_forward {back} BEGIN SELECT RAISE(ABORT, 'append only'); END")
        op.execute("CREATE TRIGGER journal_head_stays BEFORE DELETE ON journal_head BEGIN SELECT RAISE(ABORT, 'append only'); END")
        return
    op.execute(
        "CREATE TRIGGER journal_head_forward BEFORE UPDATE ON journal_head FOR EACH ROW "
        "WHEN (NEW.position <> OLD.position + 1) EXECUTE FUNCTION append_only()"
    )
    op.execute(
        "CREATE TRIGGER journal_head_stays BEFORE DELETE OR TRUNCATE ON journal_head FOR EACH STATEMENT EXECUTE FUNCTION append_only()"
    )
