"""French typography of figures, dates and lists (CLDR "fr"): the only place that decides how a number is written. Sentences are elsewhere.

Thousands are parted by U+202F, %, € and « points » preceded by U+00A0, a negative number carries U+2212, and zero never carries a sign.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from math import isfinite

from babel.dates import format_date
from babel.numbers import format_decimal

from indicators.period import Frequency, Period
from indicators.status import LABELS, Status

Number = float | int | Decimal

NBSP = "\u00a0"
NNBSP = "\u202f"
MINUS = "\u2212"
LOCALE = "fr"

FEW = 20
"""Under this denominator a rate is written as two counts (« 9 sur 19 »): one person more would move it by five points."""
MANY = 100
"""From this denominator on, a rate has a decimal."""


_BINDING_SPACES = {
    **{f" {mark}": f"\u00a0{mark}" for mark in (":", "»", "%", "€")},
    "« ": "«\u00a0",
    **{f" {mark}": f"\u202f{mark}" for mark in (";", "!", "?")},
}
PROPER_NAMES = frozenset({"Cap emploi"})
"""Labels that keep their capital inside a sentence."""


def french(sentence: str) -> str:
    """A sentence with the spaces that French ties to its punctuation, so that no line breaks there. Doing it twice changes nothing."""
    for written, tied in _BINDING_SPACES.items():
        sentence = sentence.replace(written, tied)
    return sentence


def rounded(x: Number, decimals: int = 0) -> Decimal:
    """``x`` rounded half up, as a committee rounds by hand; never minus zero. Raises ``ValueError`` when it is not a number."""
    exact = Decimal(str(x))
    if not exact.is_finite():
        raise ValueError("A missing figure has no written form: write its status.")
    return exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP) + 0


def number(x: Number, decimals: int = 0) -> str:
    """1 234,5 with exactly ``decimals`` decimals."""
    value = rounded(x, decimals)
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    written = format_decimal(abs(value), format=pattern, locale=LOCALE)
    return f"{MINUS}{written}" if value < 0 else written


def signed(x: Number, decimals: int = 0) -> str:
    """The same with a plus sign when it is above zero once rounded."""
    return ("+" if rounded(x, decimals) > 0 else "") + number(x, decimals)


def percent(x: Number, decimals: int = 0) -> str:
    """« 12,3 % » of a value already in per cent."""
    return f"{number(x, decimals)}{NBSP}%"


def points_unit(x: Number, decimals: int = 1) -> str:
    """« point » below two once rounded, else « points »."""
    return "point" if abs(rounded(x, decimals)) < 2 else "points"


def points(x: Number, decimals: int = 1, *, sign: bool = True) -> str:
    """A difference of rates: « −7,6 points », « +1,5 point ». Without ``sign``, its size: « 7,6 points »."""
    written = signed(x, decimals) if sign else number(abs(rounded(x, decimals)), decimals)
    return f"{written}{NBSP}{points_unit(x, decimals)}"


def euros(x: Number, decimals: int = 0) -> str:
    """« 100 000 € »."""
    return f"{number(x, decimals)}{NBSP}€"


def kilo_euros(x: Number, decimals: int = 1) -> str:
    """« 51,8 k€ » of an amount in euros."""
    return f"{number(Decimal(str(x)) / 1000, decimals)}{NBSP}k€"


def ratio(x: Number) -> str:
    """An index around 1, with two decimals."""
    return number(x, 2)


def persons(n: Number) -> str:
    """« 0 personne », « 1 personne », « 12 personnes »."""
    return count(n, "personne")


def count(n: Number, noun: str, plural: str | None = None) -> str:
    """A whole number and its noun, singular below two; ``plural`` where adding an s does not make it."""
    word = noun if abs(rounded(n)) < 2 else plural or f"{noun}s"
    return f"{number(n)} {word}"


def out_of(numerator: Number, denominator: Number) -> str:
    """« 9 sur 21 »."""
    return f"{number(numerator)} sur {number(denominator)}"


def rate(value: Number, numerator: Number, denominator: Number, *, unit: bool = True) -> str:
    """A rate as its denominator allows: two counts under ``FEW``, no decimal under ``MANY``, else one. Without ``unit``, no « % »."""
    if denominator < FEW:
        return out_of(numerator, denominator)
    decimals = 1 if denominator >= MANY else 0
    return percent(value, decimals) if unit else number(value, decimals)


def is_known(x: Number | None) -> bool:
    """Whether a cell of a frame holds a number."""
    return x is not None and isfinite(x)


def date_short(day: date) -> str:
    """30/09/2022."""
    return format_date(day, "dd/MM/yyyy", locale=LOCALE)


def date_long(day: date) -> str:
    """« 30 septembre 2022 », « 1er mars 2023 »."""
    written = format_date(day, "d MMMM yyyy", locale=LOCALE)
    return written.replace("1 ", "1er ", 1) if day.day == 1 else written


def day_and_month(day: date) -> str:
    """« 30 sept. »: inside a chart whose year is said."""
    return format_date(day, "d MMM", locale=LOCALE)


def month_short(month: int) -> str:
    """« janv. », « févr. » ... of a month from 1 to 12."""
    return format_date(date(2022, month, 1), "MMM", locale=LOCALE)


def period_label(period: Period) -> str:
    """« mars 2022 », « T3 2022 », « S1 2022 », « 2022 »."""
    if period.frequency is Frequency.MONTH:
        return format_date(period.first_day, "MMMM yyyy", locale=LOCALE)
    letter = {Frequency.QUARTER: "T", Frequency.HALF: "S"}.get(period.frequency)
    return f"{letter}{period.number} {period.year}" if letter else str(period.year)


def during(period: Period) -> str:
    """« au T3 2022 », « en mars 2022 », « en 2022 »."""
    preposition = "au" if period.frequency in {Frequency.QUARTER, Frequency.HALF} else "en"
    return f"{preposition} {period_label(period)}"


def joined(items: Sequence[str]) -> str:
    """« a », « a et b », « a, b et c »."""
    *first, last = items or ("",)
    return f"{', '.join(first)} et {last}" if first else last


def of(name: str) -> str:
    """« de » or « d' » before a name: « de Calais », « d'insertion ». An h is taken as silent; sigles are read letter by letter."""
    head = name.lstrip("« \u00a0")
    return f"d'{name}" if head[:1].lower() in "aeiouyàâéèêëîïôûœh" else f"de {name}"


def lower_first(label: str) -> str:
    """A label inside a sentence: « Formation » becomes « formation »; sigles and proper names stay as they are."""
    return label if label[:2].isupper() or label in PROPER_NAMES else label[:1].lower() + label[1:]


def inside(name: str) -> str:
    """The name of a Cité inside a sentence, with its article: « la Cité de l'emploi de Calais »."""
    return f"la {name}" if name.startswith("Cité") else name


def absent(status: str) -> str:
    """What is written in place of a figure that is not there. Raises ``ValueError`` for one that is, or for an unknown status."""
    text = LABELS[Status(status)]
    if not text:
        raise ValueError("This figure is there: write it.")
    return text
