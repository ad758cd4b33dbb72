"""The French sentence of a figure since the previous séance, and the rows it reads: old, new, and what each part of the difference is.

Amounts are differences of the numbers as they are written, so that the line adds up for whoever checks it. No cause is told beyond the kind
of change: evolution, correction, definition, perimeter. Decisions have theirs in ``sentences_decisions``.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from indicators import typography as t
from indicators.changes_between import Cause
from indicators.changes_rows import SHARES, ChangeRow
from indicators.codes import ENSEMBLE, category_label
from indicators.indicator import Indicator, Kind, Unit
from indicators.sentences_rows import Figure
from indicators.sentences_values import side_by_side
from indicators.status import Status
from indicators.territory import HORS_QPV, NON_LOCALISE, QPV, VILLE, Territory

COLON = f"{t.NBSP}:"
SEMICOLON = f"{t.NNBSP};"
ZONES = {QPV: "QPV", HORS_QPV: "hors QPV", NON_LOCALISE: "non localisé", VILLE: "ville entière"}
CAUSES = {
    Cause.DEFINITION: "changement de définition",
    Cause.PERIMETER: "changement de périmètre",
    Cause.REVISION: "correction des données passées",
}


def subject(row: ChangeRow, territory: Territory) -> str:
    """« Entrées, PLIE (QPV) », « Taux de levée des freins (mobilité, Beau-Marais) », « Entrées, PLIE, sur douze mois (ville entière) »."""
    name, _, scheme = row.indicator.label.partition(f"{COLON} ")
    parts = [name, *([t.lower_first(scheme)] if scheme else []), *(["sur douze mois"] if row.rolling else [])]
    which = "" if row.cell == (ENSEMBLE, ENSEMBLE) else f"{t.lower_first(category_label(*row.cell))}, "
    return f"{', '.join(parts)} ({which}{ZONES.get(row.zone) or territory.label(row.zone)})"


def change(row: ChangeRow, territory: Territory) -> str:
    """What a figure was, what it is, and what the difference is made of; then whether its definition changed."""
    old, restated, new = side_by_side(row.indicator, row.old, row.restated, row.new)
    head = f"{subject(row, territory)}{COLON} {_then(row, old, restated)}"
    if row.earlier != row.later:
        head += f", {new} {t.during(row.later)}"
    told = _parts(row)
    return f"{head}{f'{SEMICOLON} {told}' if told else ''}.{_redefined(row)}"


def _then(row: ChangeRow, old: str, restated: str) -> str:
    """The old figure; with the restated one where the parts of the difference cannot say it."""
    past = f"{old} {t.during(row.earlier)}"
    same_period = row.earlier == row.later
    if not row.old.known and row.restated.known:
        return f"{past} à la séance précédente, {restated} à présent"
    if row.old.known and not row.restated.known:
        return f"{past} à la séance précédente, {t.absent(row.restated.status)} à présent"
    if row.revised and (row.few or same_period):
        return f"{past} à la séance précédente, {restated} à présent"
    return past


def _parts(row: ChangeRow) -> str:
    """The parts of the difference that are known, or why there is no movement; nothing more on a handful of persons than its counts."""
    revision, movement = revision_part(row), movement_part(row)
    if not row.known:
        return ", ".join(part for part in (revision, _not_computed(row)) if part)
    if row.earlier == row.later and not revision:
        return "aucune correction" if row.revision_status is Status.OK else ""
    if row.earlier == row.later or row.few:
        return revision
    if revision and movement:
        return f"dont {revision} et {movement}"
    nothing = "aucune évolution, aucune correction" if row.revision_status is Status.OK else "aucune évolution"
    return f"{revision}, aucune évolution" if revision else movement or nothing


def revision_part(row: ChangeRow) -> str:
    """« −1 de correction des données passées »; empty when there is none or when it is unknown."""
    if not row.revised:
        return ""
    causes = t.joined([CAUSES[cause] for cause in row.causes])
    words = causes if len(row.causes) == 1 else f"{causes}, qui ne se distinguent pas"
    return words if row.few else f"{amount(row, row.restated, row.old)} de {words}"


def movement_part(row: ChangeRow) -> str:
    """« +4 d'évolution »; empty when there is none, when it is unknown, or on a handful of persons."""
    return f"{amount(row, row.new, row.restated)} d'évolution" if row.moved and not row.few else ""


def _not_computed(row: ChangeRow) -> str:
    if row.broken and row.broken_on:
        return f"évolution non calculée, rupture de série le {t.date_short(row.broken_on)} ({t.lower_first(row.broken)})"
    if row.status is not Status.NON_APPLICABLE or not (row.restated.known and row.new.known):
        return "évolution non calculée"
    if row.indicator.kind is Kind.PUBLISHED:
        return "évolution sans objet (valeurs publiées par un tiers)"
    return "évolution sans objet (compté depuis le 1er janvier, se lit au même trimestre)"


def _redefined(row: ChangeRow) -> str:
    if not row.redefined:
        return ""
    return (
        f" Définition précisée le {t.date_short(row.defined_on)}." if row.defined_on else " Définition changée depuis la séance précédente."
    )


def amount(row: ChangeRow, later: Figure, earlier: Figure) -> str:
    """The difference of two figures of a row as they are written, with its sign and unit; « moins de 0,1 point » when it is too small."""
    decimals = _decimals(row)
    gap = t.rounded(later.value, decimals) - t.rounded(earlier.value, decimals)
    if gap:
        return _in_unit(row.indicator, gap, decimals)
    return f"moins de {_in_unit(row.indicator, Decimal(1).scaleb(-decimals), decimals).removeprefix('+')}"


def _decimals(row: ChangeRow) -> int:
    if row.indicator.kind in SHARES:
        counts = [side.denominator for side in (row.old, row.restated, row.new) if side.known]
        return 1 if min(counts) >= t.MANY else 0
    return {Unit.PERCENT: 1, Unit.POINTS: 1, Unit.RATIO: 2}.get(row.indicator.unit, 0)


def _in_unit(indicator: Indicator, gap: Decimal, decimals: int) -> str:
    if indicator.unit in {Unit.PERCENT, Unit.POINTS}:
        return t.points(gap, decimals)
    written = t.signed(gap, decimals)
    return f"{written}{t.NBSP}€" if indicator.unit is Unit.EUROS else written


def summary(rows: Sequence[ChangeRow], previous: date) -> str:
    """How many figures moved, were revised, and cannot be compared, and how many definitions changed, since the previous séance."""
    since = f"Depuis la séance du {t.date_short(previous)}"
    if not rows:
        return f"{since}{COLON} aucun chiffre à comparer."
    moved, revised = (sum(getattr(row, name) for row in rows) for name in ("moved", "revised"))
    redefined = len({row.indicator.code for row in rows if row.redefined})
    unknown = sum(not row.known for row in rows)
    told = [
        _told(moved, "aucun n'a évolué", "a évolué", "ont évolué"),
        _told(revised, "aucun n'a été révisé", "a été révisé", "ont été révisés"),
        _told(redefined, "aucune définition n'a changé", "définition a changé", "définitions ont changé"),
    ]
    apart = f"{SEMICOLON} {_told(unknown, '', 'ne se compare pas', 'ne se comparent pas')}" if unknown else ""
    return f"{since}, sur {t.count(len(rows), 'chiffre')}{COLON} {t.joined(told)}{apart}."


def _told(n: int, none: str, one: str, many: str) -> str:
    return none if n == 0 else f"{t.number(n)} {one if n == 1 else many}"
