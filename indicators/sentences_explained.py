"""The French sentences of what a gap is made of, of the part of each QPV, and of the bounds of distinct persons. Pure functions.

They say an accounting, never a cause: « correspond à », « compte pour », and the conditional for what is not observed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import pandas as pd

from indicators import typography as t
from indicators.codes import category_label
from indicators.distinct import Bound
from indicators.indicator import Indicator
from indicators.measures import Measure
from indicators.registry import measures
from indicators.sentences import capital
from indicators.sentences_rows import Figure
from indicators.status import ORDER, Status
from indicators.territory import Territory

NBSP = t.NBSP
NNBSP = t.NNBSP
_WORDS: Mapping[str, tuple[str, str]] = {
    "sexe": ("par sexe", "à sexe égal"),
    "age": ("par âge", "à âge égal"),
    "anciennete": ("par ancienneté", "à ancienneté égale"),
    "rsa": ("selon le RSA", "à part égale de bénéficiaires du RSA"),
    "rqth": ("selon la RQTH", "à part égale de personnes avec RQTH"),
    "diplome": ("par diplôme", "à diplôme égal"),
    "frein": ("par frein", "à frein égal"),
    "sortie": ("par type de sortie", "à type de sortie égal"),
    "dispositif": ("par dispositif", "à dispositif égal"),
    "reponse": ("par réponse", "à réponse égale"),
}
"""For each dimension of Values, how people are spread along it, and what is held equal."""


@dataclass(frozen=True)
class DecompositionRow:
    """One row of a Decomposition frame: percentage points, QPV - hors QPV; NaN unless the status is ``ok``."""

    indicator: Indicator
    dimension: str
    points: float
    composition: float
    rates: float
    status: Status


@dataclass(frozen=True)
class Part:
    """What one QPV (its French name) makes of the gap of all of them, in signed percentage points."""

    label: str
    points: Figure


def decomposition_row(frame: pd.DataFrame, indicator: Indicator, period: str, zone: str, dimension: str) -> DecompositionRow:
    """One row of a Decomposition frame; not transmitted when the frame has no such row."""
    wanted = {"indicator": indicator.code, "zone": zone, "period": period, "dimension": dimension}
    found = frame.loc[(frame[list(wanted)] == pd.Series(wanted)).all(axis=1)]
    if found.empty:
        return DecompositionRow(indicator, dimension, float("nan"), float("nan"), float("nan"), Status.NON_TRANSMIS)
    row = found.iloc[0]
    return DecompositionRow(
        indicator, dimension, float(row["points"]), float(row["composition"]), float(row["rates"]), Status(row["status"])
    )


def decomposition(row: DecompositionRow) -> str:
    """How much of a gap goes with a different make-up, how much is left at equal make-up; each side of the gap is told elsewhere.

    Sizes are told along the gap, whatever its sign: a part that goes against it is subtracted, one that passes it reverses it.
    """
    spread, equal = _WORDS[row.dimension]
    if row.status is not Status.OK:
        return f"Détail {spread}{NBSP}: {t.absent(row.status)}."
    way = -1 if row.points < 0 else 1
    gap, make_up, rates = (t.rounded(way * x, 1) for x in (row.points, row.composition, row.rates))
    if gap == 0:
        return f"L'écart est de {t.points(gap)}{NNBSP}; {equal}, il serait de {t.points(way * rates)}."
    return _held_equal(gap, make_up, rates, row)


def _held_equal(gap: Decimal, make_up: Decimal, rates: Decimal, row: DecompositionRow) -> str:
    """A gap and its parts, rounded and counted along it."""
    spread, equal = _WORDS[row.dimension]
    said, held = t.points(gap, sign=False), t.points(rates, sign=False)
    note = _rounding(gap == make_up + rates)
    if rates == gap:
        return f"{capital(equal)}, l'écart de {said} serait le même."
    if rates < 0:
        return f"{capital(equal)}, l'écart de {said} serait de {held} dans l'autre sens{note}."
    if make_up == 0:  # the two are written differently, for less than a tenth of a point
        return f"{capital(equal)}, l'écart serait de {held} au lieu de {t.number(gap, 1)}."
    if make_up < 0:
        head = f"{capital(equal)}, l'écart serait de {held} au lieu de {t.number(gap, 1)}"
        return f"{head}{NNBSP}; la répartition {spread} compte pour {t.points(make_up, sign=False)} dans l'autre sens{note}."
    goes = "correspond" if make_up < 2 else "correspondent"
    head = f"{_out_of(gap)} d'écart, {t.points(make_up, sign=False)} {goes} à la répartition {spread} {_people(row.indicator)}"
    return f"{head}, {held} à des taux différents {equal}{note}."


def decompositions_title(rows: Sequence[DecompositionRow]) -> str:
    """The finding of the established gaps that have a decomposition: how much of them a different make-up accounts for, at most."""
    subject = f"Ce qui compose les écarts{NBSP}: "
    known = [row for row in rows if row.status is Status.OK]
    if not known:
        return f"{subject}aucun écart établi à décomposer"
    largest = max(abs(row.composition) for row in known)
    spreads = " ou ".join(_WORDS[dimension][0] for dimension in dict.fromkeys(row.dimension for row in known))
    if t.rounded(largest, 1) == 0:
        return f"{subject}la répartition {spreads} n'y compte pas"
    return f"{subject}la répartition {spreads} y compte pour {t.points(largest, sign=False)} au plus"


def not_decomposed(labels: Sequence[str], indicator: Indicator) -> str:
    """Why some gaps, each with ``indicator``'s denominator, have no decomposition: it is a category already, and none crosses another."""
    kept = [t.lower_first(category_label(term.dimension, category)) for term in indicator.denominator_terms for category in term.categories]
    why = f"le dénominateur ({t.joined(kept)}) est déjà une catégorie, et les sources n'en croisent pas deux"
    return f"{t.joined(labels)}{NBSP}: sans objet, {why}."


def _out_of(gap: t.Number) -> str:
    return f"Sur {'les ' if gap >= 2 else ''}{t.points(gap, sign=False)}"


def _rounding(adds_up: bool) -> str:
    """Where rounded figures do not add up, that they are rounded."""
    return "" if adds_up else " (chiffres arrondis)"


def _people(indicator: Indicator) -> str:
    """« des demandeurs d'emploi »: those of the denominator, without the categories of France Travail that their sheet gives."""
    labels = [measures()[term.measure].label.partition(" de catégories ")[0] for term in indicator.denominator_terms]
    return t.joined([f"des {label}" for label in labels])


def parts(frame: pd.DataFrame, indicator: str, period: str, territory: Territory) -> list[Part]:
    """The rows of a Contributions frame for one indicator and period, in its order."""
    here = frame[(frame["indicator"] == indicator) & (frame["period"] == period)]
    return [
        Part(territory.label(str(zone)), Figure(float(points), Status(status)))
        for zone, points, status in zip(here["zone"], here["contribution_points"], here["status"], strict=True)
    ]


def contributions(told: list[Part], together: str = "") -> str:
    """How much of the gap of all QPVs each one makes, the largest part first; nothing to say of fewer than two.

    Where parts are of both signs, they are told with them. One that is hidden or not transmitted leaves the others untold.
    ``together``: who counts the QPVs together, « France Travail livre l'ensemble des QPV »; empty for nobody.
    """
    if len(told) < 2:
        return ""
    known = [part for part in told if part.points.known]
    absent = [part.points.status for part in told if part.points.status in {Status.SECRET, Status.NON_TRANSMIS}]
    if not known and not absent and together:
        return f"Détail par quartier{NBSP}: non disponible, {together}."
    if absent or not known:
        return f"Détail par quartier{NBSP}: {t.absent(max(absent, key=ORDER.index, default=Status.NON_APPLICABLE))}."
    exact = sum(part.points.value for part in known)
    way = -1 if exact < 0 else 1
    ranked = sorted(((part.label, t.rounded(part.points.value, 1)) for part in known), key=lambda item: -way * item[1])
    gap = t.rounded(exact, 1)
    note = _rounding(gap == sum(size for _, size in ranked))
    if gap == 0 or any(way * size < 0 for _, size in ranked):
        each = ", ".join(f"{t.points(size)} pour {label}" for label, size in ranked)
        return f"Écart de {t.points(gap)}{NBSP}: {each}{note}."
    (first, largest), *others = ((label, t.number(abs(size), 1)) for label, size in ranked)
    of_all = (
        f"{largest} des {t.points(gap, sign=False)}"
        if abs(gap) >= 2
        else f"{t.points(ranked[0][1], sign=False)} sur {t.number(abs(gap), 1)}"
    )
    return f"{', '.join([f'{first} compte pour {of_all}', *(f'{label} pour {size}' for label, size in others)])}{note}."


def distinct(bound: Bound, measure: Measure, between: str = "partenaires") -> str:
    """How many distinct persons (or structures), between bounds: a count where they meet. ``between`` is what may count someone twice."""
    if not bound.known:
        return f"{capital(t.absent(bound.status))}."
    most = t.count(bound.high, measure.unit.removesuffix("s"), measure.unit)
    if bound.exact:
        return f"{most}."
    return f"Entre {t.number(bound.low)} et {most} (doubles comptes possibles entre {between})."


def distinct_short(bound: Bound) -> str:
    """The bounds alone, for a cell: « 412 à 655 », « 412 »; or why they are not there."""
    if not bound.known:
        return t.absent(bound.status)
    return t.number(bound.low) if bound.exact else f"{t.number(bound.low)} à {t.number(bound.high)}"
