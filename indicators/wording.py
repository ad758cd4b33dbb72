"""What defines a figure on a given day: the catalogue's text, then the precisions decided since. No figure is computed here.

The digest lets two editions tell a redefinition from a correction, long after the catalogue has changed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from indicators.indicator import Indicator, Term
from indicators.typography import french

Version = tuple[date | None, str]
"""The day a definition holds from (None: since always) and its whole text."""


@dataclass(frozen=True)
class Precision:
    """A dated precision of an indicator's definition by one Cité: it adds to the catalogue's text, it does not replace it.

    Attributes:
        indicator: code. since: first day it holds. text: in French, a sentence. decision: who decided it and when.
    """

    indicator: str
    since: date
    text: str
    decision: str

    def __post_init__(self) -> None:
        if not self.text.strip() or not self.decision.strip():
            raise ValueError(f"La précision de « {self.indicator} » n'a pas de texte ou ne dit pas qui l'a décidée.")
        object.__setattr__(self, "text", french(self.text.strip()))
        object.__setattr__(self, "decision", french(self.decision.strip()))


def precisions_of(indicator: Indicator, precisions: Iterable[Precision]) -> list[Precision]:
    """Those of one indicator, oldest first."""
    return sorted((item for item in precisions if item.indicator == indicator.code), key=lambda item: (item.since, item.text))


def definition_on(indicator: Indicator, precisions: Iterable[Precision], day: date) -> str:
    """The definition as it holds on a day, in French: the catalogue's, then each precision in force, oldest first."""
    told = [item.text for item in precisions_of(indicator, precisions) if item.since <= day]
    return " ".join([indicator.definition, *told])


def versions(indicator: Indicator, precisions: Iterable[Precision]) -> tuple[Version, ...]:
    """Every text the definition has had, the catalogue's first, each with the day it holds from."""
    mine = precisions_of(indicator, precisions)
    days = dict.fromkeys(item.since for item in mine)
    return ((None, indicator.definition), *((day, definition_on(indicator, mine, day)) for day in days))


def digest(indicator: Indicator, precisions: Iterable[Precision], day: date) -> str:
    """SHA-256, in hexadecimal, of what defines the figure on a day: what is counted over what, its unit, kind and way, and its texts.

    The order of added terms and the kind of a space do not count: they change nothing to what is measured.
    """
    content = {
        "numerator": _terms(indicator.numerator_terms),
        "denominator": _terms(indicator.denominator_terms),
        "published": indicator.published,
        "unit": str(indicator.unit),
        "kind": str(indicator.kind),
        "better": str(indicator.better),
        "definition": _words(definition_on(indicator, precisions, day)),
        "numerator_text": _words(indicator.numerator_text),
        "denominator_text": _words(indicator.denominator_text),
    }
    written = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(written.encode("utf-8")).hexdigest()


def _terms(terms: Iterable[Term]) -> list[list[object]]:
    return sorted([term.measure, term.dimension, sorted(term.categories), term.common] for term in terms)


def _words(text: str) -> str:
    return " ".join(text.split())
