"""The French sentences of partners: who is mobilised, who orients to whom, and whether residents pass from one network to another."""

from __future__ import annotations

from indicators import typography as t
from indicators.indicator import Indicator
from indicators.network import Matrix, Mobilised
from indicators.period import Period
from indicators.sentences_rows import Figure
from indicators.status import Status

NBSP = t.NBSP
NNBSP = t.NNBSP


def orientations(total: Figure, across: Figure, when: str) -> str:
    """How many orientations between partners, and how many go to another network; ``when``: the span, « au T4 2023 ».

    ``total`` counts them all; ``across`` (N2.5-croisees) has the same total as denominator, and is the one believed where both are known.
    """
    if not across.known:
        return _without_share(total, across, when)
    n, crossing = across.denominator, across.numerator
    if n == 1:
        return f"1 orientation entre partenaires {when}, {'vers un autre réseau' if crossing else 'au sein du même réseau'}."
    share = t.number(crossing) if n < t.FEW else t.rate(across.value, crossing, n)
    return f"{t.count(n, 'orientation')} entre partenaires {when}, dont {share} vers un autre réseau."


def _without_share(total: Figure, across: Figure, when: str) -> str:
    if total.known and total.value == 0:
        return f"Aucune orientation entre partenaires {when}."
    if total.known:
        head = f"{t.count(total.value, 'orientation')} entre partenaires {when}"
        return f"{head}{NNBSP}; part vers un autre réseau{NBSP}: {t.absent(across.status)}."
    if across.status is Status.NON_APPLICABLE:
        return f"Aucune orientation entre partenaires {when}."
    return f"Orientations entre partenaires {when}{NBSP}: {t.absent(across.status)}."


def per_parcours(mean: Figure, period: Period) -> str:
    """How many partners each parcours under way reaches on average; under twenty parcours, the two counts."""
    on = f"au {t.date_short(period.last_day)}"
    if mean.status is Status.NON_APPLICABLE:
        return f"Aucun parcours en cours {on}."
    if not mean.known:
        return f"Partenaires par parcours en cours {on}{NBSP}: {t.absent(mean.status)}."
    if mean.denominator < t.FEW:
        return f"{t.count(mean.numerator, 'lien')} avec un partenaire pour {t.number(mean.denominator)} parcours en cours {on}."
    noun = "partenaire" if t.rounded(mean.value, 1) < 2 else "partenaires"
    return f"{t.number(mean.value, 1)} {noun} par parcours en cours {on}, en moyenne."


def not_listed(others: Figure, total: Figure, least: int) -> str:
    """Why the pairs listed do not add up to the total, and by how much; ``least``: the orientations that a pair needs to be listed."""
    why = f"Un couple de réseaux de moins de {least} orientations n'est pas listé (secret statistique)"
    if not (others.known and total.known):
        return f"{why}."
    if others.value == 0:
        return f"Les couples listés font le total{NBSP}: {t.count(total.value, 'orientation')}."
    return f"{why}{NBSP}: {t.number(others.value)} des {t.count(total.value, 'orientation')} sont dans ce cas."


def flows(found: Matrix) -> str:
    """Which network sends most, which receives most; nothing where a total is not known, since a hidden one may be larger."""
    if not found.total.known or found.total.value < 2:
        return ""
    sends = [(item.label, figure.value) for item, figure in zip(found.origins, found.sent, strict=True)]
    gets = [(item.label, figure.value) for item, figure in zip(found.destinations, found.received, strict=True)]
    return f"Envois les plus nombreux{NBSP}: {_first(sends)}. Réceptions les plus nombreuses{NBSP}: {_first(gets)}."


def _first(networks: list[tuple[str, float]]) -> str:
    """The network of most orientations, or those that are equal."""
    most = max(n for _, n in networks)
    names = [label for label, n in networks if n == most]
    return f"{t.joined(names)} ({t.count(most, 'orientation')}{' chacun' if len(names) > 1 else ''})"


def mobilised(found: Mobilised, period: Period, declared: Indicator) -> str:
    """How many structures took part over twelve months, how many are of another field, and the national figure to compare with."""
    twelve = f"sur les douze mois finis le {t.date_short(period.last_day)}"
    if not found.structures.known:
        return f"Partenaires mobilisés {twelve}{NBSP}: {t.absent(found.structures.status)}."
    text = f"{t.count(found.structures.value, 'partenaire mobilisé', 'partenaires mobilisés')} {twelve}"
    if found.outside.known and found.structures.value > 1:
        text += f", dont {t.number(found.outside.numerator)} hors du champ de l'emploi"
    return f"{text}{NNBSP}; repère{NBSP}: {declared.benchmark}." if declared.benchmark else f"{text}."


def title(total: Figure, across: Figure, structures: Figure, period: Period) -> str:
    """The finding of the page: orientations to another network, else the orientations, else the partners mobilised."""
    if across.known and across.denominator > 1:
        return f"Partenaires{NBSP}: {_crossing(across)} vers un autre réseau"
    if total.known:
        return f"Partenaires{NBSP}: {t.count(total.value, 'orientation')} {t.during(period)}"
    if structures.known:
        return f"{t.count(structures.value, 'partenaire mobilisé', 'partenaires mobilisés')} sur douze mois"
    return f"Partenaires{NBSP}: orientations {_agreed(total)}"


def _crossing(across: Figure) -> str:
    """« 71 % des orientations vont », « 1 orientation sur 12 va »."""
    n, total = across.numerator, across.denominator
    if total >= t.FEW:
        return f"{t.rate(across.value, n, total)} des orientations vont"
    return f"{t.count(n, 'orientation')} sur {t.number(total)} {'va' if n < 2 else 'vont'}"


def _agreed(figure: Figure) -> str:
    return t.absent(figure.status).replace("publié", "publiées").replace("transmis", "transmises")
