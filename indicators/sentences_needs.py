"""The French sentences of freins: found, answered, lifted; who answers them; which needs nothing in the city answers.

The sentence of the freins lifted at the review (N3.4) is in ``sentences_results``.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from datetime import date

from indicators import needs
from indicators import typography as t
from indicators.needs import Answers, FreinRow, UncoveredNeed
from indicators.period import Period
from indicators.sentences import capital
from indicators.sentences_rows import Figure
from indicators.status import Status

NBSP = t.NBSP
NNBSP = t.NNBSP
NOT_ONE_COHORT = (
    f"Les freins sont ceux de la période, pas une cohorte{NBSP}: un frein levé dans la période a pu être identifié avant. "
    "Une personne peut avoir plusieurs freins."
)
NAMED = 5
"""At most so many needs of a kind are named in a sentence; the table has them all."""


def freins(total: FreinRow, period: Period, told: Container[str] = needs.FLOWS) -> str:
    """How many freins were identified, answered and lifted in a period, over every kind; ``told``: the fields that the reader is shown."""
    found, answered, lifted = total.identified, total.answered, total.lifted
    told_ones = [getattr(total, name) for name in needs.FLOWS if name in told]
    if not any(figure.known for figure in told_ones):
        return f"Freins identifiés {t.during(period)}{NBSP}: {t.absent(found.status)}."
    if len(told_ones) == len(needs.FLOWS) and all(figure.known and figure.value == 0 for figure in told_ones):
        return f"Aucun frein identifié, répondu ou levé {t.during(period)}."
    parts = {
        "identified": _counted(found, "frein identifié", "freins identifiés"),
        "answered": _counted(answered, "réponse apportée", "réponses apportées", "réponses"),
        "lifted": _counted(lifted, "frein levé", "freins levés"),
    }
    return f"{capital(t.during(period))}, {', '.join(part for name, part in parts.items() if name in told)}."


def listed(head: str, whole: Figure | None, named: Sequence[tuple[str, Figure]]) -> str:
    """A count and its parts, the largest first: « Freins ouverts : 136, dont mobilité (31), logement (25). »; empty without any figure."""
    known = sorted(((label, found.value) for label, found in named if found.known and found.value), key=lambda item: -item[1])
    said = ", ".join(f"{_name(label)} ({t.number(value)})" for label, value in known)
    if whole is None or not whole.known:
        return f"{head}{NBSP}: {said}." if said else ""
    return f"{head}{NBSP}: {t.number(whole.value)}{f', dont {said}' if said else ''}."


def stock(before: FreinRow, total: FreinRow, period: Period) -> str:
    """How the freins open on the last day follow from those open the day before the period: every term, the one nobody counts deduced.

    ``before`` is read at the period before. A frein closes by being lifted or with its parcours: what the other terms leave is the latter.
    Nothing when one of the terms is not known.
    """
    terms = (before.open_now, total.identified, total.lifted, total.open_now)
    if not all(figure.known for figure in terms):
        return ""
    earlier, found, lifted, now = (t.rounded(figure.value) for figure in terms)
    left = earlier + found - lifted - now
    last, day = t.date_short(period.last_day), t.date_short(period.shift(-1).last_day)
    head = f"{t.count(earlier, 'frein ouvert', 'freins ouverts')} au {day}, "
    head += f"plus {t.count(found, 'identifié')}, moins {t.count(lifted, 'levé')}"
    if left < 0:
        more = t.count(-left, "frein ouvert de plus", "freins ouverts de plus")
        return f"{head}{NBSP}: il y a {more} au {last} ({t.number(now)}), que la coordination doit vérifier."
    if left:
        head += f", moins {t.count(left, 'resté ouvert', 'restés ouverts')} à la fin du parcours (par différence)"
    return f"{head}{NBSP}: {t.count(now, 'frein ouvert', 'freins ouverts')} au {last}."


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


def answers(found: Answers, when: str, *, detailed: bool = True) -> str:
    """Where the answers come from: every part, so that they add up to the total; shares from twenty answers on.

    ``when`` is the span (« sur douze mois »). Not ``detailed``: the reader is shown the part of droit commun and the rest together.
    """
    if found.total.known and found.total.value == 0:
        return f"Aucune réponse à un frein {when}."
    if not found.share.known:
        return f"Part du droit commun dans les réponses aux freins {when}{NBSP}: {t.absent(found.share.status)}."
    ordinary, total = found.share.numerator, found.share.denominator
    if total == 1 and detailed:
        return f"Une réponse {when}, {_only(found)}."
    head = f"Sur {t.count(total, 'réponse')} {when}, {t.count(ordinary, 'vient', 'viennent')} du droit commun{_shared(found.share)}"
    if not detailed:
        return f"{head} et {t.number(total - ordinary)} d'une autre origine, financement de la Cité compris."
    parts = {"financement de la Cité": found.own_money, "autre origine": found.other, "origine non renseignée": found.not_stated}
    absent = [f"{name}{NBSP}: {t.absent(part.status)}" for name, part in parts.items() if not part.known]
    if absent:
        # beside the total, the other parts would give a hidden one back
        return f"{head}{NNBSP}; {', '.join(absent)}."
    own = f"{t.number(found.own_money.value)} d'un financement de la Cité{_shared(found.own_share)}"
    others = [f"{t.number(part.value)} d'une {name}" for name, part in parts.items() if part is not found.own_money and part.value > 0]
    return f"{t.joined([head, own, *others])}."


def _shared(share: Figure) -> str:
    return f" ({t.rate(share.value, share.numerator, share.denominator)})" if share.denominator >= t.FEW else ""


def _only(found: Answers) -> str:
    if found.share.numerator == 1:
        return "qui vient du droit commun"
    if found.own_money.known and found.own_money.value == 1:
        return "qui vient d'un financement de la Cité"
    return "qui ne vient pas du droit commun"


def uncovered(found: Sequence[UncoveredNeed], on: date) -> str:
    """The needs without an offer in the city, those of most residents first; then the hidden and the not transmitted ones, named."""
    subject = f"Besoins sans offre locale au {t.date_short(on)}{NBSP}: "
    known = [need for need in found if need.residents.known]
    others = [need for need in found if not need.residents.known]
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
