"""The text of a cell turned into a count: French numbers, marks of secrecy, and what cannot be a count. Vectorised on a column."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from connectors.errors import quote
from connectors.source import Source
from indicators.status import Status
from indicators.typography import number as number_in_french

SPACES = dict.fromkeys(map(ord, " \u00a0\u202f\u2009"))
_INTEGER = re.compile(r"\+?[0-9]{1,18}")
_DECIMAL = re.compile(r"[+-]?\d+[.,]\d*")
_NEGATIVE = re.compile(r"[-\u2212]\d+([.,]\d*)?")
_WHOLE = re.compile(r"\+?[0-9]{1,18}[.,]0*")
_ERRORS = re.compile(r"#(REF!|N/?A|DIV/0!|VALEUR!|VALUE!|NOM\?|NAME\?|NUL!|NULL!|NOMBRE!|NUM!)", re.IGNORECASE)
_LOGICAL = frozenset({"vrai", "faux", "true", "false"})
_NIR = re.compile(r"(?<!\d)([12378]\d{4}(?:\d{2}|2[abAB])\d{6})(\d{2})(?!\d)")


@dataclass(frozen=True)
class Counts:
    """What a column of counts became: ``value`` (Int64), ``status``, and ``faults`` (row label -> French sentence without its place)."""

    value: pd.Series
    status: pd.Series
    faults: dict[object, str]


def read_counts(column: pd.Series, source: Source, population: int) -> Counts:
    """Read a column of text counts; ``population`` is the largest number of persons that the city can hold."""
    text = column.str.strip()
    secret = text.str.lower().isin([marker.lower() for marker in source.secret_markers])
    absent = text.str.lower().isin([marker.lower() for marker in source.missing_markers])
    if source.file.empty:
        empty = text == ""
        secret |= empty & (source.file.empty == Status.SECRET)
        absent |= empty & (source.file.empty == Status.NON_TRANSMIS)
    tight = text.str.translate(SPACES)
    number = tight.where(~(secret | absent), "0")
    readable = number.str.fullmatch(_INTEGER) | number.str.fullmatch(_WHOLE)
    faults: dict[object, str] = {
        place: _why(cell, compact) for place, cell, compact in zip(text.index[~readable], text[~readable], number[~readable], strict=True)
    }
    value = pd.to_numeric(number.where(readable, "0").str.replace(r"[.,]0*$", "", regex=True), errors="coerce")
    above = value > population
    most = number_in_french(population)
    faults |= {place: f"{quote(cell)} dépasse la population de la ville ({most})." for place, cell in text[above].items()}
    status = pd.Series(str(Status.OK), index=column.index, dtype="str")
    status[secret], status[absent] = str(Status.SECRET), str(Status.NON_TRANSMIS)
    whole = value.where(~above, 0).astype("Int64").mask(secret | absent)
    return Counts(whole, status, faults)


def _why(cell: str, tight: str) -> str:
    """Why a text is not a count."""
    reasons: list[tuple[Callable[[], object], str]] = [
        (lambda: not tight, "effectif vide. Écrivez 0, « s » (secret) ou « nd » (non disponible)."),
        (lambda: _ERRORS.match(tight), f"erreur de formule Excel ({quote(cell)})."),
        (lambda: tight.lower() in _LOGICAL, "valeur logique au lieu d'un nombre."),
        (lambda: _NEGATIVE.fullmatch(tight), f"effectif négatif ({quote(cell)})."),
        (lambda: re.fullmatch(r"\+?[0-9]{19,}", tight), f"{quote(cell)} dépasse la population de la ville."),
        (lambda: _DECIMAL.fullmatch(tight), f"un effectif doit être entier (lu : {quote(cell)})."),
        (lambda: re.fullmatch(r"[\dOo]+", tight), f"« {quote(cell)} » n'est pas un nombre (lettre O ?)."),
    ]
    return next((sentence for test, sentence in reasons if test()), f"« {quote(cell)} » n'est pas un effectif.")


NIR_LENGTH = 15
"""Characters of a social security number written without a space: 13 digits and their key."""


def holds_nir(text: str) -> bool:
    """Whether a text holds a French social security number: 13 digits and their key."""
    for body, key in _NIR.findall(re.sub(r"[\s.\u00a0\u202f-]", "", text)):
        number = body.upper().replace("2A", "19").replace("2B", "18")
        if 97 - int(number) % 97 == int(key):
            return True
    return False


def is_formula(text: str) -> bool:
    """Whether a spreadsheet could run a label as a formula."""
    return text.startswith(("=", "+", "@", "\t", "\r")) or (text.startswith("-") and len(text) > 1)
