"""What a database error means to the person who must act: French sentences. The errors themselves are raised by the drivers."""

from __future__ import annotations

import sqlite3
from typing import Final

import psycopg
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from connectors.errors import StoreError
from connectors.store.database import PATIENCE_SECONDS

_FULL: Final = "Plus de place sur le disque de la base {where}. Libérez de l'espace, puis relancez."
_BUSY: Final = (
    f"La base {{where}} est occupée par une autre opération depuis plus de {PATIENCE_SECONDS}\u00a0secondes. "
    "Attendez la fin de la collecte en cours, puis relancez."
)
_READ_ONLY: Final = "La base {where} est en lecture seule. Donnez le droit d'écriture au compte qui lance l'outil."
_DAMAGED: Final = "La base {where} est endommagée ou n'est pas une base du tableau de bord. Restaurez la dernière sauvegarde."
_UNREACHABLE: Final = "La base {where} ne peut être ouverte. Vérifiez CITE_STORE_URL, et que le serveur répond."
_LOGIN: Final = "La base {where} refuse la connexion. Vérifiez le compte et le mot de passe de CITE_STORE_URL."
_RIGHTS: Final = "Le compte de CITE_STORE_URL n'a pas les droits nécessaires sur la base {where}. Demandez-les à son administrateur."
_CONTENT: Final = "La base {where} refuse ces données, qui ne respectent pas ses règles. Signalez-le à la personne qui maintient l'outil."
_OTHER: Final = "La base {where} a répondu par une erreur ({code}). Signalez-la à la personne qui maintient l'outil."

_SQLITE: Final = {
    "SQLITE_FULL": _FULL,
    "SQLITE_BUSY": _BUSY,
    "SQLITE_LOCKED": _BUSY,
    "SQLITE_READONLY": _READ_ONLY,
    "SQLITE_CORRUPT": _DAMAGED,
    "SQLITE_NOTADB": _DAMAGED,
    "SQLITE_CANTOPEN": _UNREACHABLE,
    "SQLITE_PERM": _READ_ONLY,
    "SQLITE_CONSTRAINT": _CONTENT,
}
_POSTGRESQL: Final = {
    "53100": _FULL,
    "55P03": _BUSY,
    "25006": _READ_ONLY,
    "42501": _RIGHTS,
    "28": _LOGIN,
    "3D": _UNREACHABLE,
    "08": _UNREACHABLE,
    "57P": _UNREACHABLE,
    "XX00": _DAMAGED,
    "22": _CONTENT,
    "23": _CONTENT,
}


def store_error(error: SQLAlchemyError | OSError, where: str, consequence: str) -> StoreError:
    """The ``StoreError`` to raise instead: what happened, ``where``, how to mend it, then the ``consequence`` (a French sentence)."""
    sentence, code = _meaning(error)
    return StoreError(f"{sentence.format(where=where, code=code)} {consequence}")


def _meaning(error: SQLAlchemyError | OSError) -> tuple[str, str]:
    if isinstance(error, OSError):
        return _UNREACHABLE, type(error).__name__
    cause = error.orig if isinstance(error, DBAPIError) else None
    if isinstance(cause, sqlite3.Error):
        name = getattr(cause, "sqlite_errorname", "") or type(cause).__name__
        return _closest(_SQLITE, name), name
    if isinstance(cause, psycopg.Error):
        if cause.sqlstate is None and isinstance(cause, psycopg.OperationalError):
            return (_LOGIN if "password" in str(cause) else _UNREACHABLE), "connexion"
        return _closest(_POSTGRESQL, cause.sqlstate or ""), cause.sqlstate or type(cause).__name__
    return _OTHER, type(error).__name__


def _closest(sentences: dict[str, str], code: str) -> str:
    """Codes go from general to precise (SQLITE_IOERR, SQLITE_IOERR_WRITE): the first that begins like this one."""
    return next((sentence for prefix, sentence in sentences.items() if code.startswith(prefix)), _OTHER)
