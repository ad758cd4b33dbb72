"""A seal per delivery: a digest of what was written, and of the seal before it. A row changed, removed or damaged since is then seen.

It guards against accidents and silent edits, not against someone who would compute every seal again.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from typing import Final

from sqlalchemy import Connection, insert, select

from connectors.store.tables import block, count_row, delivery, expense_row, published_row, seal

_BELONGING: Final = (block, count_row, expense_row, published_row)


def put_seal(connection: Connection, key: int) -> None:
    """Seal the delivery just written, as the database holds it."""
    before = connection.execute(select(seal.c.digest).order_by(seal.c.delivery_id.desc()).limit(1)).scalar()
    connection.execute(insert(seal), {"delivery_id": key, "digest": _digest(connection, key, before or "")})


def broken_seals(connection: Connection) -> Iterator[int]:
    """The ``id`` of the deliveries that no longer match their seal, or follow one that was removed. Reads every row of the store."""
    before = ""
    query = select(delivery.c.id, seal.c.digest).join_from(delivery, seal, isouter=True).order_by(delivery.c.id)
    for key, digest in connection.execute(query).all():
        if digest != _digest(connection, key, before):
            yield key
        before = digest or ""


def _digest(connection: Connection, key: int, before: str) -> str:
    found = sha256(before.encode())
    queries = [select(delivery).where(delivery.c.id == key)]
    queries += [select(table).where(table.c.delivery_id == key).order_by(*table.primary_key.columns) for table in _BELONGING]
    for query in queries:
        for row in connection.execute(query).all():
            found.update(repr(tuple(row)).encode())
    return found.hexdigest()
