"""What an indicator declares: its sheet, complete or refused at import. How it is computed lives in ``compute``."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from indicators.codes import DIMENSIONS, ENSEMBLE
from indicators.period import Frequency


class Level(StrEnum):
    """The three levels of a Cité de l'emploi, then outcomes, context and money."""

    MOBILISATION = "1"
    ORDINARY_LAW = "2"
    UNCOVERED_NEEDS = "3"
    OUTCOMES = "R"
    CONTEXT = "C"
    BUDGET = "B"


class Kind(StrEnum):
    """How chance varies it, hence which interval it gets."""

    PROPORTION = "proportion"
    """Persons among persons, numerator inside the denominator: Wilson, Newcombe."""
    RATE = "rate"
    """Events over a stock, may exceed 100 %: Byar, MOVER."""
    COUNT = "count"
    """A number: no interval."""
    PARITY = "parity"
    """Share of the QPV among entries over its share among those who could enter: interval of the ratio of the two rates."""
    MONEY = "money"
    """Euros over euros: no interval."""


class Unit(StrEnum):
    """The unit of the value."""

    PERCENT = "percent"
    PERSONS = "persons"
    NUMBER = "number"
    RATIO = "ratio"
    POINTS = "points"


class Direction(StrEnum):
    """Which way is better: declared, never assumed, since a silent default would invert a verdict."""

    HIGHER = "higher"
    LOWER = "lower"
    NEUTRAL = "neutral"


@dataclass(frozen=True)
class Term:
    """A part of a numerator or denominator: a measure, whole or restricted to categories of one dimension."""

    measure: str
    dimension: str = ENSEMBLE
    categories: tuple[str, ...] = (ENSEMBLE,)

    def __post_init__(self) -> None:
        known = DIMENSIONS.get(self.dimension)
        if known is None:
            raise ValueError(f"Terme « {self.measure} » : dimension inconnue « {self.dimension} ». Dimensions : {', '.join(DIMENSIONS)}.")
        unknown = [code for code in self.categories if code not in known.codes]
        if unknown or not self.categories:
            raise ValueError(
                f"Terme « {self.measure} » : modalité inconnue {unknown} pour « {self.dimension} » ({', '.join(known.codes)})."
            )


Terms = str | Term | tuple[str | Term, ...]


def _terms(given: Terms | None) -> tuple[Term, ...]:
    if given is None:
        return ()
    items = given if isinstance(given, tuple) else (given,)
    return tuple(item if isinstance(item, Term) else Term(item) for item in items)


@dataclass(frozen=True)
class Indicator:
    """One indicator of the catalogue; it cannot be built with a piece missing.

    Attributes:
        code: the committee's code (``N2.8-formation``).
        label: French label; ``short`` is its form for narrow places (28 characters at most).
        level: where it stands in the Cité's three levels.
        kind: which interval it gets.
        numerator, denominator: measures (or terms) added up before any division; no denominator for a count.
        unit: of the value. better: which way is favourable. frequency: the shortest period it is established for.
        definition, numerator_text, denominator_text: in French, for the sheet.
        source: who counts, in French. reference: the most official definition.
        limits: what it does not say, its perverse effects, the choices of ours that the copil must adopt.
        breakdowns: the dimensions it may be read by, one at a time.
        target: value of reference when there is one (parity: 1), with its reason in ``target_text``.
    """

    code: str
    label: str
    short: str
    level: Level
    kind: Kind
    numerator: Terms
    unit: Unit
    better: Direction
    frequency: Frequency
    definition: str
    numerator_text: str
    source: str
    reference: str
    limits: str
    denominator: Terms | None = None
    denominator_text: str = ""
    breakdowns: tuple[str, ...] = ()
    target: float | None = None
    target_text: str = ""
    numerator_terms: tuple[Term, ...] = field(init=False)
    denominator_terms: tuple[Term, ...] = field(init=False)

    def __post_init__(self) -> None:
        self._require_texts()
        object.__setattr__(self, "numerator_terms", _terms(self.numerator))
        object.__setattr__(self, "denominator_terms", _terms(self.denominator))
        divided = self.kind is not Kind.COUNT and self.level is not Level.BUDGET
        if divided != bool(self.denominator_terms):
            wanted = "un dénominateur est obligatoire" if divided else "un dénombrement n'a pas de dénominateur"
            raise ValueError(f"Indicateur {self.code} : {wanted} (nature « {self.kind} »).")
        if divided and not self.denominator_text.strip():
            raise ValueError(f"Indicateur {self.code} : « denominator_text » est vide ; dites ce que compte le dénominateur.")
        if len(self.short) > 28:
            raise ValueError(f"Indicateur {self.code} : le libellé court « {self.short} » dépasse 28 caractères.")
        for dimension in self.breakdowns:
            if dimension not in DIMENSIONS or dimension == ENSEMBLE:
                raise ValueError(f"Indicateur {self.code} : ventilation inconnue « {dimension} ».")

    def _require_texts(self) -> None:
        for name in ("code", "label", "short", "definition", "numerator_text", "source", "reference", "limits"):
            if not str(getattr(self, name)).strip():
                raise ValueError(f"Indicateur {self.code or '(sans code)'} : « {name} » est vide ; complétez sa fiche.")

    @property
    def measures(self) -> tuple[str, ...]:
        """Codes of the measures it needs, without repetition."""
        return tuple(dict.fromkeys(term.measure for term in (*self.numerator_terms, *self.denominator_terms)))
