"""One way to write a content as bytes, so that the same content always has the same digest. What is written is decided elsewhere.

JSON in UTF-8: keys sorted by code point, no space, every number as Python's shortest exact form, letters as they are. No number is ever
rounded, no letter recomposed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from hashlib import sha256
from math import isfinite
from typing import Any


def canonical(content: object) -> bytes:
    """The bytes of a content made of mappings, lists, texts, numbers, booleans, days, instants and None.

    A day is written ``2022-10-20``; an instant in UTC with its microseconds where it has some; minus zero as zero; a tuple as a list.

    Raises:
        ValueError: NaN or an infinity, a key that is not a text, an instant without zone, a text that is not Unicode, any other type; the
            sentence says where, in French.
    """
    written = json.dumps(_plain(content, "contenu"), ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))
    return written.encode("utf-8")


def digest(content: bytes) -> str:
    """SHA-256 of the bytes, in hexadecimal."""
    return sha256(content).hexdigest()


def _plain(item: object, where: str) -> Any:
    if isinstance(item, Mapping):
        return {_key(key, where): _plain(value, f"{where}.{key}") for key, value in item.items()}
    if isinstance(item, list | tuple):
        return [_plain(value, f"{where}[{position}]") for position, value in enumerate(item)]
    if item is None or isinstance(item, bool):
        return item
    return _scalar(item, where)


def _scalar(item: object, where: str) -> str | float:
    if isinstance(item, str):
        return _text(item, where)
    if isinstance(item, float):
        return _float(item, where)
    if isinstance(item, int):
        return int(item)
    if isinstance(item, date):
        return _day(item, where)
    raise ValueError(f"{where} : un objet {type(item).__name__} n'a pas d'écriture canonique.")


def _key(key: object, where: str) -> str:
    if isinstance(key, str):
        return _text(key, where)
    raise ValueError(f"{where} : la clé {key!r} n'est pas un texte.")


def _text(text: str, where: str) -> str:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        raise ValueError(f"{where} : ce texte contient un caractère qui n'est pas de l'Unicode.") from None
    return str(text)


def _float(value: float, where: str) -> float:
    if not isfinite(value):
        raise ValueError(f"{where} : {value} n'est pas un nombre ; une valeur absente s'écrit null.")
    return float(value) + 0.0  # minus zero becomes zero


def _day(day: date, where: str) -> str:
    if not isinstance(day, datetime):
        return day.isoformat()
    if day.tzinfo is None:
        raise ValueError(f"{where} : l'instant {day.isoformat()} n'a pas de fuseau horaire.")
    return day.astimezone(UTC).isoformat()
