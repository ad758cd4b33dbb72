"""The French sentences of freins: found, answered, lifted; who answers them; which needs nothing in the city answers.

The sentence of the freins lifted at the review (N3.4) is in ``sentences_results``.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from indicators import typography as t
from indicators.needs import Answers, FreinRow, UncoveredNeed
from indicators.period import Period
from indicators.sentences_rows import Figure
from indicators.status import Status

NBSP = t.NBSP
NNBSP = t.NNBSP
NOT_ONE_COHORT = (
    f"Les freins sont ceux de la période, pas une cohorte{NBSP}: un frein levé ce trimestre a pu être identifié avant. "
    "Une personne peut avoir plusieurs freins."
)
NAMED = 5
"""At most so many needs of a kind are named in a sentence; the table has them all."""


def freins(total: FreinRow, period: Period) -> str:
    """How many freins were identified, answered and lifted in a period, over every kind."""
    found, answered, lifted = total.identified, total.answered, total.lifted
    if not any(figure.known for figure in (found, answered, lifted)):
        return f"Freins identifiés {t.during(period)}{NBSP}: {t.absent(found.status)}."
    if all(figure.known and figure.value == 0 for figure in (found, answered, lifted)):
        return f"Aucun frein identifié, répondu ou levé {t.during(period)}."
    parts = [
        _counted(found, f"frein identifié {t.during(period)}", f"freins identifiés {t.during(period)}"),
        _counted(answered, "réponse apportée", "réponses apportées", "réponses"),
        _counted(lifted, "frein levé", "freins levés", "freins levés"),
    ]
    text = ", ".join(parts) + "."
    return text[:1].upper() + text[1:]


def _counted(figure: Figure, one: str, many: str, absent: str = "") -> str:
    return t.count(figure.value, one, many) if figure.known else f"{absent or many}{NBSP}: {t.absent(figure.status)}"


def silent(rows: Sequence[FreinRow]) -> str:
    """The kinds of frein that nobody told anything of, which the table leaves out; nothing when there are none."""
    names = [_name(row.label) for row in rows if not row.transmitted]
    return f"Aucun chiffre transmis pour{NBSP}: {t.joined(names)}." if names else ""


def not_discussed(total: FreinRow) -> str:
    """How many times a frein was left aside at a diagnosis: that is no absence of frein."""
    found = total.not_discussed
    if not found.known:
        return f"Freins non abordés au diagnostic{NBSP}: {t.absent(found.status)}."
    written = t.count(found.value, "frein non abordé", "freins non abordés")
    return f"{written} au diagnostic{NBSP}: un frein non abordé n'est pas un frein absent, il n'est compté dans aucune autre colonne."


def answers(found: Answers, period: Period) -> str:
    """Who answered: droit commun and the Cité's own money, as shares or, under twenty answers, as counts; then those nobody stated."""
    if found.total.known and found.total.value == 0:
        return f"Aucune réponse à un frein {t.during(period)}."
    if not found.share.known:
        return f"Part du droit commun dans les réponses aux freins {t.during(period)}{NBSP}: {t.absent(found.share.status)}."
    total = found.share.denominator
    if total == 1:
        return f"Une réponse {t.during(period)}, {_only(found)}."
    text = _few_answers(found, period) if total < t.FEW else _many_answers(found)
    unknown = found.not_stated
    if unknown.known and unknown.value > 0:
        text += f"{NNBSP}; {t.count(unknown.value, 'est', 'sont')} d'origine non renseignée"
    return f"{text}."


def _only(found: Answers) -> str:
    if found.share.numerator == 1:
        return "qui vient du droit commun"
    if found.own_money.known and found.own_money.value == 1:
        return "qui vient d'un financement de la Cité"
    return "qui ne vient pas du droit commun"


def _few_answers(found: Answers, period: Period) -> str:
    ordinary, total = found.share.numerator, found.share.denominator
    text = f"Sur {t.number(total)} réponses {t.during(period)}, {t.count(ordinary, 'vient', 'viennent')} du droit commun"
    own = found.own_money
    return f"{text}, {t.number(own.value)} d'un financement de la Cité" if own.known else text + _own_absent(own)


def _many_answers(found: Answers) -> str:
    text = f"{_written(found.share)} des réponses viennent du droit commun"
    own = found.own_share
    return f"{text}, {_written(own)} d'un financement de la Cité" if own.known else text + _own_absent(own)


def _written(share: Figure) -> str:
    return t.rate(share.value, share.numerator, share.denominator)


def _own_absent(own: Figure) -> str:
    return f"{NNBSP}; financement de la Cité{NBSP}: {t.absent(own.status)}"


def uncovered(needs: Sequence[UncoveredNeed], on: date) -> str:
    """The needs without an offer in the city, those of most residents first; then the hidden and the not transmitted ones, named."""
    subject = f"Besoins sans offre locale au {t.date_short(on)}{NBSP}: "
    known = [need for need in needs if need.residents.known]
    others = [need for need in needs if not need.residents.known]
    if not known and not others:
        return f"Aucun besoin sans offre locale au {t.date_short(on)}."
    if not known and all(need.residents.status is Status.NON_TRANSMIS for need in others):
        return f"{subject}{t.absent(Status.NON_TRANSMIS)}."
    parts = [_named(known)] if known else []
    return subject + f"{NNBSP}; ".join([*parts, *_absents(others)]) + "."


def _named(known: Sequence[UncoveredNeed]) -> str:
    first, *others = known[:NAMED]
    said = [f"{_name(first.label)} ({t.count(first.residents.value, 'habitant')})"]
    said += [f"{_name(need.label)} ({t.number(need.residents.value)})" for need in others]
    left = len(known) - NAMED
    if left > 0:
        return ", ".join(said) + f" et {t.count(left, 'autre besoin', 'autres besoins')}"
    return ", ".join(said)


def _absents(others: Sequence[UncoveredNeed]) -> list[str]:
    """« non publié (secret statistique) pour santé et situation judiciaire », one text per reason; many of them by their number."""
    said = []
    for status in dict.fromkeys(need.residents.status for need in others):
        names = [_name(need.label) for need in others if need.residents.status is status]
        said.append(f"{t.absent(status)} pour {t.joined(names) if len(names) <= NAMED else t.count(len(names), 'frein')}")
    return said


def _name(label: str) -> str:
    """A label inside a sentence, without what follows its comma, which a list would confuse with another frein."""
    return t.lower_first(label.partition(",")[0])
