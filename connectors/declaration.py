"""Reading a TOML declaration into typed models, with every fault told in French: the file, the key, the remedy."""

from __future__ import annotations

import errno
import re
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import ErrorDetails

from connectors.errors import ConfigurationError


class Declared(BaseModel):
    """Base of everything read from TOML: unknown keys refused, values frozen."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True, use_attribute_docstrings=True)


Model = TypeVar("Model", bound=BaseModel)

_MESSAGES = {
    "missing": "la clé obligatoire « {key} » manque",
    "extra_forbidden": "la clé « {key} » est inconnue ; retirez-la ou corrigez son nom",
    "string_type": "« {key} » doit être un texte entre guillemets",
    "int_type": "« {key} » doit être un nombre entier",
    "int_parsing": "« {key} » doit être un nombre entier",
    "bool_type": "« {key} » doit valoir true ou false",
    "bool_parsing": "« {key} » doit valoir true ou false",
    "date_type": "« {key} » doit être une date AAAA-MM-JJ, sans guillemets",
    "date_parsing": "« {key} » doit être une date AAAA-MM-JJ",
    "date_from_datetime_parsing": "« {key} » doit être une date AAAA-MM-JJ",
    "decimal_parsing": '« {key} » doit être un montant en euros, écrit "100000.00"',
    "decimal_type": '« {key} » doit être un montant en euros, écrit "100000.00"',
    "decimal_max_places": "« {key} » ne peut avoir plus de deux décimales",
    "enum": "« {key} » doit valoir l'un de : {expected}",
    "literal_error": "« {key} » doit valoir l'un de : {expected}",
    "list_type": "« {key} » doit être une liste entre crochets",
    "tuple_type": "« {key} » doit être une liste entre crochets",
    "dict_type": "« {key} » doit être une section",
    "model_type": "« {key} » doit être une section",
    "too_short": "« {key} » ne peut être vide",
    "string_too_short": "« {key} » ne peut être vide",
    "string_too_long": "« {key} » dépasse {max_length} caractères",
    "string_pattern_mismatch": "« {key} » n'a pas la forme attendue ({pattern})",
    "greater_than": "« {key} » doit être supérieur à {gt}",
    "greater_than_equal": "« {key} » doit être au moins {ge}",
    "value_error": "« {key} » : {error}",
    "int_from_float": "« {key} » doit être un nombre entier",
    "date_from_datetime_inexact": "« {key} » doit être une date AAAA-MM-JJ, sans heure",
}
_REASONS = {errno.EACCES: "vous n'en avez pas le droit", errno.EISDIR: "c'est un dossier"}


def read_toml(path: Path) -> dict[str, object]:
    """Content of a TOML file, not to be changed; ``ConfigurationError`` when it is absent, unreadable or not TOML."""
    try:
        stamp = path.stat()
        return _parsed(path, stamp.st_mtime_ns, stamp.st_size)
    except FileNotFoundError:
        raise ConfigurationError(f"Le fichier {path} est introuvable. Créez-le ou corrigez son chemin ; rien n'a été modifié.") from None
    except UnicodeDecodeError:
        raise ConfigurationError(f"{path} : le fichier n'est pas en UTF-8. Enregistrez-le en « UTF-8 ».") from None
    except OSError as error:
        why = _REASONS.get(error.errno or 0, "le disque ou le partage ne répond pas")
        raise ConfigurationError(f"Le fichier {path} ne peut être lu : {why}. Corrigez, puis relancez.") from None
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError(f"{path} : écriture TOML incorrecte {_place(error)}. Corrigez-la, puis relancez.") from None


@lru_cache(maxsize=256)
def _parsed(path: Path, _changed: int, _size: int) -> dict[str, object]:
    """Every visit reads the declarations again: a file is parsed again only when it was written since."""
    return tomllib.loads(path.read_text("utf-8"))


def _place(error: tomllib.TOMLDecodeError) -> str:
    """Where TOML stops being TOML: the library says it in English, only its numbers are kept."""
    found = re.search(r"line (\d+), column (\d+)", str(error))
    if found:
        return f"à la ligne {found[1]}, caractère {found[2]}"
    return "à la fin du fichier (guillemet ou crochet non fermé ?)" if "end of document" in str(error) else "(clé répétée ?)"


def build(model: type[Model], content: dict[str, object], path: Path) -> Model:
    """Validate ``content`` against ``model``; ``ConfigurationError`` lists every fault of the file at once."""
    try:
        return model.model_validate(content)
    except ValidationError as error:
        faults = sorted({_sentence(detail) for detail in _without_echoes(error.errors())})
        raise ConfigurationError("\n".join(f"{path} : {fault}." for fault in faults)) from None


def _without_echoes(details: list[ErrorDetails]) -> list[ErrorDetails]:
    """A list whose only item is wrong is also said to be too short: only the item's fault helps."""
    places = [detail["loc"] for detail in details]
    return [
        detail
        for detail in details
        if detail["type"] != "too_short" or not any(place[: len(detail["loc"])] == detail["loc"] != place for place in places)
    ]


def _sentence(detail: ErrorDetails) -> str:
    key = ".".join(str(part + 1) if isinstance(part, int) else part for part in detail["loc"]) or "fichier"
    context = dict(detail.get("ctx") or {})
    if "expected" in context:
        context["expected"] = str(context["expected"]).replace(" or ", ", ")
    template = _MESSAGES.get(detail["type"], "« {key} » n'a pas une valeur acceptée")
    return template.format(**{"key": key, **context})
