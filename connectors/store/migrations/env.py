"""What Alembic runs to apply the steps: on the connection it was handed, inside the transaction already open on it."""

from __future__ import annotations

from alembic import context

context.configure(connection=context.config.attributes["connection"])
context.run_migrations()
