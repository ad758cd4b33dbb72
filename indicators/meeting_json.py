"""The written form of a séance: canonical JSON, read back equal. What a séance is lives in ``meeting``.

A key it does not know is refused, never dropped; one that is missing takes its default where there is one, so that an older writing reads.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date
from enum import StrEnum
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from indicators.canonical import canonical
from indicators.meeting import Meeting, MeetingError


def to_json(meeting: Meeting) -> str:
    """The canonical JSON of a séance."""
    return canonical(to_plain(meeting)).decode("utf-8")


def from_json(text: str) -> Meeting:
    """The séance of a JSON text. Raises ``MeetingError`` when it is not one."""
    try:
        content = json.loads(text)
    except ValueError as error:
        raise MeetingError(f"Séance illisible : ce n'est pas du JSON ({error}).") from None
    return from_plain(content)


def to_plain(meeting: Meeting) -> dict[str, Any]:
    """A séance as an edition holds it: mappings, lists, texts and numbers; a day is ``2022-10-20``."""
    content: dict[str, Any] = _written(meeting)
    return content


def from_plain(content: object) -> Meeting:
    """The séance of what ``to_plain`` gives. Raises ``MeetingError`` naming the key that is wrong, missing or unknown."""
    found: Meeting = _read(Meeting, content, "séance")
    return found


def _written(item: object) -> Any:
    if is_dataclass(item):
        return {field.name: _written(getattr(item, field.name)) for field in fields(item)}
    if isinstance(item, tuple):
        return [_written(part) for part in item]
    if isinstance(item, date):
        return item.isoformat()
    return str(item) if isinstance(item, StrEnum) else item


def _read(kind: Any, item: object, where: str) -> Any:
    if get_origin(kind) is UnionType:
        return None if item is None else _read(get_args(kind)[0], item, where)
    if get_origin(kind) is tuple:
        return tuple(_read(get_args(kind)[0], part, f"{where}[{n}]") for n, part in enumerate(_list(item, where)))
    if is_dataclass(kind):
        return _object(kind, item, where)
    if kind is int:
        return _number(item, where)
    return _word(kind, item, where)


def _object(kind: Any, item: object, where: str) -> Any:
    if not isinstance(item, Mapping):
        raise MeetingError(f"Séance illisible : « {where} » n'est pas un objet.")
    hints, known = get_type_hints(kind), {field.name: field for field in fields(kind)}
    unknown = sorted(set(map(str, item)) - set(known))
    if unknown:
        raise MeetingError(f"Séance illisible : clé inconnue « {where}.{unknown[0]} ». Installez la version de l'outil qui l'a écrite.")
    missing = [name for name, field in known.items() if name not in item and _is_required(field)]
    if missing:
        raise MeetingError(f"Séance illisible : il manque « {where}.{missing[0]} ».")
    return kind(**{name: _read(hints[name], value, f"{where}.{name}") for name, value in item.items()})


def _is_required(field: Field[Any]) -> bool:
    return field.default is MISSING


def _list(item: object, where: str) -> list[object]:
    if isinstance(item, list):
        return item
    raise MeetingError(f"Séance illisible : « {where} » n'est pas une liste.")


def _number(item: object, where: str) -> int:
    if isinstance(item, int) and not isinstance(item, bool):
        return item
    raise MeetingError(f"Séance illisible : « {where} » n'est pas un nombre entier.")


def _word(kind: Any, item: object, where: str) -> Any:
    """A text, a day or a code of a list, all written as texts."""
    if not isinstance(item, str):
        raise MeetingError(f"Séance illisible : « {where} » n'est pas un texte.")
    try:
        return date.fromisoformat(item) if kind is date else kind(item)
    except ValueError:
        expected = "une date" if kind is date else f"l'une des valeurs {', '.join(kind)}"
        raise MeetingError(f"Séance illisible : « {where} » vaut « {item} », qui n'est pas {expected}.") from None
