"""What is typed about a séance before it is saved; the one table whose rows change and go."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa
from alembic import op

revision: Final = "0003"
down_revision: Final = "0002"

_CODE: Final = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Create the table. No row of another is read or written."""
    op.create_table(
        "draft",
        sa.Column("meeting", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("form", _CODE, primary_key=True),
        sa.Column("writer", _CODE, primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("content", sa.Text, nullable=False),
    )
