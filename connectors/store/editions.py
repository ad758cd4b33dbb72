"""The editions and the documents issued from them, as frozen: bytes never written twice, given back only if they match their digest.

What an edition holds is not known here.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pandas as pd
from sqlalchemy import Connection, Row, func, select

from connectors.errors import StoreError
from connectors.store.archive_seals import keep
from connectors.store.columns import EDITIONS
from connectors.store.delivery import require_aware
from connectors.store.meetings import moment
from connectors.store.reading import as_frame
from connectors.store.tables import edition as table
from connectors.store.tables import edition_document
from indicators.canonical import digest
from indicators.meeting import Audience

RESTORE = "Restaurez la dernière sauvegarde de la base, puis rouvrez-la : les autres éditions restent lisibles."
_HEADER = [column for column in table.c if column.name not in {"id", "content"}]


def edition_id(meeting: int, audience: Audience, number: int) -> str:
    """« S1-copil-1 »: the first edition of séance 1 for the copil."""
    return f"S{meeting}-{audience}-{number}"


@dataclass(frozen=True)
class Edition:
    """An edition without its content: ``number`` within its séance and audience; ``sha256`` of its bytes; ``replaces`` an ``id``."""

    meeting: int
    audience: Audience
    period: str
    number: int
    frozen_at: datetime
    frozen_by: str
    sha256: str
    replaces: str | None
    software: str

    def __post_init__(self) -> None:
        require_aware(self.frozen_at)

    @property
    def id(self) -> str:
        """Its identifier, which links carry."""
        return edition_id(self.meeting, self.audience, self.number)


@dataclass(frozen=True)
class Document:
    """A document issued from an edition, without its content."""

    edition: str
    name: str
    issued_at: datetime
    sha256: str


def add(connection: Connection, edition: Edition, content: bytes) -> None:
    """Write an edition; the caller's transaction makes it whole.

    Raises:
        StoreError: the séance has one for this audience and the new one does not say that it replaces it.
        ValueError: the digest is not that of the content.
    """
    if digest(content) != edition.sha256:
        raise ValueError(f"l'empreinte de l'édition {edition.id} n'est pas celle de son contenu")
    check_follows(latest(connection, edition.meeting, edition.audience), edition)
    header = {column.name: getattr(edition, column.name) for column in _HEADER}
    keep(connection, table, {**header, "audience": edition.audience.value, "id": edition.id, "content": zlib.compress(content)})


def check_follows(before: Edition | None, edition: Edition) -> None:
    """Refuse an edition that does not follow the last one of its séance and audience, in French: ``StoreError``."""
    expected = before.id if before else None
    if edition.replaces == expected and edition.number == (before.number if before else 0) + 1:
        return
    nothing = "Rien n'a été figé."
    if before is None:
        raise StoreError(f"L'édition {edition.id} ne remplace rien : la séance n'en a pas encore pour ce public. {nothing}")
    told = f"figée le {moment(before.frozen_at)} par {before.frozen_by}"
    if edition.replaces is None:
        raise StoreError(
            f"La séance n°\u00a0{edition.meeting} a déjà l'édition {before.id} pour ce public, {told}. Une édition ne se modifie pas : "
            f"pour la corriger, figez-en une nouvelle en disant qu'elle remplace {before.id}. {nothing}"
        )
    raise StoreError(f"La dernière édition de la séance pour ce public est {before.id}, {told} : c'est elle à remplacer. {nothing}")


def latest(connection: Connection, meeting: int, audience: Audience) -> Edition | None:
    """The last edition of a séance for an audience, or None."""
    mine = (table.c.meeting == meeting, table.c.audience == audience.value)
    row = connection.execute(select(*_HEADER).where(*mine).order_by(table.c.number.desc()).limit(1)).one_or_none()
    return None if row is None else _edition(row)


def header(connection: Connection, wanted: str) -> Edition:
    """The edition of an identifier, without its content. ``StoreError`` names those that exist when it does not."""
    row = connection.execute(select(*_HEADER).where(table.c.id == wanted)).one_or_none()
    if row is not None:
        return _edition(row)
    known = ", ".join(identifiers(connection)) or "aucune"
    raise StoreError(f"L'édition « {wanted} » n'existe pas. Éditions figées : {known}.")


def content(connection: Connection, wanted: str) -> bytes:
    """The bytes of an edition, as frozen. ``StoreError`` when it does not exist, or no longer matches its digest."""
    found = header(connection, wanted)
    packed = connection.execute(select(table.c.content).where(table.c.id == wanted)).scalar_one()
    try:
        plain = zlib.decompress(packed)
    except zlib.error:
        raise _damaged(f"L'édition {wanted}", found.sha256) from None
    if digest(plain) != found.sha256:
        raise _damaged(f"L'édition {wanted}", found.sha256)
    return plain


def every(connection: Connection) -> pd.DataFrame:
    """Every edition, by séance, audience and number: the columns of ``EDITIONS``; ``documents`` is how many were issued from it."""
    issued = select(func.count()).where(edition_document.c.edition == table.c.id).scalar_subquery()
    columns = [table.c.meeting if name == "seance" else issued if name == "documents" else table.c[name] for name in EDITIONS]
    query = select(*columns).order_by(table.c.meeting, table.c.audience, table.c.number)
    return as_frame(connection, query, EDITIONS)


def identifiers(connection: Connection) -> list[str]:
    """The identifier of every edition, in the same order."""
    return list(connection.execute(select(table.c.id).order_by(table.c.meeting, table.c.audience, table.c.number)).scalars())


def keep_document(connection: Connection, edition: str, name: str, issued: bytes, at: datetime) -> bytes:
    """The document of this name as first issued: the one already kept, else ``issued``, which is kept from now on."""
    require_aware(at)
    _check_name(name)
    header(connection, edition)
    kept = document(connection, edition, name)
    if kept is not None:
        return kept
    row = {"edition": edition, "name": name, "issued_at": at, "sha256": digest(issued), "content": issued}
    keep(connection, edition_document, row)
    return issued


def document(connection: Connection, edition: str, name: str) -> bytes | None:
    """A document as issued, or None when it never was. ``StoreError`` when it no longer matches its digest."""
    mine = (edition_document.c.edition == edition, edition_document.c.name == name)
    row = connection.execute(select(edition_document.c.sha256, edition_document.c.content).where(*mine)).one_or_none()
    if row is None:
        return None
    found = bytes(row.content)
    if digest(found) != row.sha256:
        raise _damaged(f"Le document « {name} » de l'édition {edition}", row.sha256)
    return found


def documents(connection: Connection, edition: str | None = None) -> list[Document]:
    """The documents issued from an edition (from every edition without one), by edition and name."""
    columns = edition_document.c
    query = select(columns.edition, columns.name, columns.issued_at, columns.sha256).order_by(columns.edition, columns.name)
    if edition is not None:
        query = query.where(columns.edition == edition)
    return [Document(*row) for row in connection.execute(query)]


def _edition(row: Row[*tuple[Any, ...]]) -> Edition:
    fields = dict(row._mapping)
    return Edition(**{**fields, "audience": Audience(row.audience)})


def _check_name(name: str) -> None:
    if not name.strip() or len(name) > 200 or not name.isprintable() or set(name) & set('/\\:*?"<>|'):
        raise ValueError(f"le nom de document {name!r} ne peut être celui d'un fichier")


def _damaged(what: str, sha256: str) -> StoreError:
    return StoreError(
        f"{what} est abîmé dans la base : le contenu ne correspond plus à l'empreinte {sha256[:12]}…, il n'est pas montré. {RESTORE}"
    )
