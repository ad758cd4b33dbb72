"""What an indicator declares: its sheet, complete or refused at import. How it is computed lives in ``compute``."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from indicators.codes import DIMENSIONS, ENSEMBLE
from indicators.period import Frequency
from indicators.typography import french


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
    MEAN = "mean"
    """So many of one thing for each of another (partners per parcours): no interval, the spread is not known."""
    MONEY = "money"
    """Euros over euros: no interval."""
    PUBLISHED = "published"
    """A figure someone else computed: shown as it is, never summed, without numerator or interval."""


class Unit(StrEnum):
    """The unit of the value."""

    PERCENT = "percent"
    PERSONS = "persons"
    NUMBER = "number"
    RATIO = "ratio"
    POINTS = "points"
    EUROS = "euros"


class Direction(StrEnum):
    """Which way is better: declared, never assumed, since a silent default would invert a verdict."""

    HIGHER = "higher"
    LOWER = "lower"
    NEUTRAL = "neutral"


class Secrecy(StrEnum):
    """How small a count may be shown outside the coordination."""

    NONE = "none"
    """Nobody is behind the figure: meetings, structures, deliveries, euros."""
    PERSONS = "persons"
    """Persons: the audience's threshold."""
    SENSITIVE = "sensitive"
    """Health or justice may be told: a higher threshold, and never crossed with age or sex."""


@dataclass(frozen=True)
class Term:
    """A part of a numerator or denominator: a measure, whole or restricted to categories of one dimension.

    ``common``: its total stands for every category of a breakdown (persons diagnosed, for the prevalence of each frein).
    """

    measure: str
    dimension: str = ENSEMBLE
    categories: tuple[str, ...] = (ENSEMBLE,)
    common: bool = False

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


_REQUIRED: Any = None
"""The default of what must be declared: a missing piece is then told in French, with all the others."""
_TEXTS = ("code", "label", "short", "definition", "numerator_text", "source", "owner", "reference", "limits", "perverse_effects")
_WRITTEN = (*_TEXTS[1:], "denominator_text", "target_text", "benchmark")
_CHOICES = (("level", Level), ("kind", Kind), ("unit", Unit), ("better", Direction), ("frequency", Frequency), ("secrecy", Secrecy))
_NOT_COUNTED = frozenset({Kind.MONEY, Kind.PUBLISHED})
_UNDIVIDED = frozenset({Kind.COUNT, *_NOT_COUNTED})


@dataclass(frozen=True)
class Indicator:
    """One indicator of the catalogue; it cannot be built with a piece missing. What may be added up is told by ``registry.additivity``.

    Attributes:
        code: the committee's code (``N2.8-formation``).
        label: French label; ``short`` is its form for narrow places (28 characters at most).
        level: where it stands in the Cité's three levels.
        kind: which interval it gets.
        numerator, denominator: measures (or terms) added up before any division; no denominator for a count.
        unit: of the value. better: which way is favourable. frequency: the shortest period it is established for.
        definition, numerator_text, denominator_text: in French, for the sheet.
        source: who counts, in French. owner: who answers for the figure, by role. reference: the most official definition.
        delay_days: days after the end of a period by which it should be known.
        secrecy: how small a count may be shown.
        limits: what it does not say, the choices of ours that the copil must adopt.
        perverse_effects: what aiming at it for itself would damage.
        breakdowns: the dimensions it may be read by, one at a time.
        total: False when it exists by category only, since its whole would count someone several times.
        target: value of reference when there is one (parity: 1), with its reason in ``target_text``.
        benchmark: a published figure to compare with, and where it was published.
        published: for a published value, the measure of the Published frame.
    """

    code: str = _REQUIRED
    label: str = _REQUIRED
    short: str = _REQUIRED
    level: Level = _REQUIRED
    kind: Kind = _REQUIRED
    numerator: Terms = ()
    unit: Unit = _REQUIRED
    better: Direction = _REQUIRED
    frequency: Frequency = _REQUIRED
    definition: str = _REQUIRED
    numerator_text: str = _REQUIRED
    source: str = _REQUIRED
    owner: str = _REQUIRED
    reference: str = _REQUIRED
    delay_days: int = _REQUIRED
    secrecy: Secrecy = _REQUIRED
    limits: str = _REQUIRED
    perverse_effects: str = _REQUIRED
    denominator: Terms | None = None
    denominator_text: str = ""
    breakdowns: tuple[str, ...] = ()
    total: bool = True
    target: float | None = None
    target_text: str = ""
    benchmark: str = ""
    published: str = ""
    numerator_terms: tuple[Term, ...] = field(init=False)
    denominator_terms: tuple[Term, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "numerator_terms", _terms(self.numerator))
        object.__setattr__(self, "denominator_terms", _terms(self.denominator))
        for fault in self._missing() or self._inconsistent():
            raise ValueError(f"Indicateur {self.code or '(sans code)'} : {fault}")
        for name in _WRITTEN:
            object.__setattr__(self, name, french(getattr(self, name)))

    def _missing(self) -> list[str]:
        """What the sheet lacks, and what is not one of the known choices."""
        empty = [name for name in _TEXTS if not str(getattr(self, name) or "").strip()]
        empty += [name for name in (*dict(_CHOICES), "delay_days") if getattr(self, name) is None]
        if empty:
            return [f"sa fiche est incomplète ; complétez {', '.join(f'« {name} »' for name in empty)}."]
        unknown = [(name, known) for name, known in _CHOICES if getattr(self, name) not in list(known)]
        return [f"« {name} = {getattr(self, name)} » n'existe pas ; choix : {', '.join(known)}." for name, known in unknown]

    def _inconsistent(self) -> list[str]:
        divided = self.kind not in _UNDIVIDED
        found = []
        if self.kind not in _NOT_COUNTED and not self.numerator_terms:
            found.append("« numerator » est vide ; dites quelle mesure il compte.")
        if divided != bool(self.denominator_terms):
            wanted = "un dénominateur est obligatoire" if divided else "un dénombrement n'a pas de dénominateur"
            found.append(f"{wanted} (nature « {self.kind} »).")
        if divided and not self.denominator_text.strip():
            found.append("« denominator_text » est vide ; dites ce que compte le dénominateur.")
        if (self.kind is Kind.PUBLISHED) != bool(self.published):
            found.append("« published » nomme la mesure d'un chiffre publié, et d'aucun autre.")
        if self.delay_days < 0:
            found.append("« delay_days » est un nombre de jours après la fin de la période.")
        if len(self.short) > 28:
            found.append(f"le libellé court « {self.short} » dépasse 28 caractères.")
        found += [f"ventilation inconnue « {code} »." for code in self.breakdowns if code not in DIMENSIONS or code == ENSEMBLE]
        if not self.total and not self.breakdowns:
            found.append("sans ensemble (« total = False »), il lui faut une ventilation.")
        return found

    @property
    def measures(self) -> tuple[str, ...]:
        """Codes of the measures it needs, without repetition."""
        return tuple(dict.fromkeys(term.measure for term in (*self.numerator_terms, *self.denominator_terms)))
