"""The French sentence above a figure: gaps, context and the states of a figure. The same text serves the page, the chart and the slide.

One pure function per template. No cause, no adjective, no « seulement »: what is counted, where, when, and whether it is established.
Follow-up of residents, money and deliveries have theirs in ``sentences_results``.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from indicators import typography as t
from indicators.codes import ENSEMBLE, category_label
from indicators.indicator import Indicator, Kind
from indicators.period import Period
from indicators.registry import measures
from indicators.sentences_rows import Figure, GapRow
from indicators.status import Status

NBSP = t.NBSP
NNBSP = t.NNBSP
VERDICTS = {
    "defavorable": "Écart défavorable",
    "favorable": "Écart favorable",
    "non_etabli": "Pas de différence établie",
    "sans_jugement": "Sans jugement",
}
"""What a gap's interval says, in words."""
FALSE_SIGNALS = (
    f"Au seuil de 95{NBSP}%, environ 1 comparaison sur 20 paraît établie par le seul effet du hasard{NBSP}: "
    "un écart isolé se confirme sur plusieurs trimestres."
)
PLURAL = 2
_NUMBERS = ("aucun", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix")


def verdict(row: GapRow) -> str:
    """What is established, in words; for an indicator without a better way, which side is higher."""
    if not row.known:
        return capital(t.absent(row.status))
    if row.verdict != "sans_jugement":
        return VERDICTS[row.verdict]
    if not row.established:
        return VERDICTS["non_etabli"]
    return "Plus haut dans les QPV" if row.points > 0 else "Plus bas dans les QPV"


def gap(row: GapRow, period: Period, zone: str = "des QPV", over: str = "") -> str:
    """The two levels, their difference, and whether it is established; then the entries missing for an equal access.

    ``zone`` is the complement naming the QPV side: « des QPV », « de Beau-Marais ». ``over``: the months that the entries are counted
    over, where it is not the period: « de janvier à décembre 2023 ».
    """
    if not row.known:
        return f"{row.indicator.short}, {over or t.period_label(period)}{NBSP}: {t.absent(row.status)}."
    levels = f"{_side(row, row.qpv)} parmi les habitants {zone}, contre {_side(row, row.rest)} dans le reste de la ville"
    head = f"{_subject(row, over or t.during(period))}{NBSP}: {levels}"
    if not row.established:
        size = "" if min(row.qpv.denominator, row.rest.denominator) < t.FEW else f" ({t.points(row.points)})"
        return f"{head}{NNBSP}; la différence{size} n'est pas établie (effectifs trop faibles ou hasard)."
    way = "de plus" if row.points > 0 else "de moins"
    return f"{head}{NNBSP}; {t.points(row.points, sign=False)} {way}, écart établi.{_missing(row, zone)}"


def _subject(row: GapRow, when: str) -> str:
    """What is compared: the entries counted and among whom for a rate, else the indicator's own name."""
    if row.indicator.kind is not Kind.RATE:
        return f"{row.indicator.label}, {when}"
    terms = row.indicator.numerator_terms
    counted = capital(measures()[terms[0].measure].label) if len(terms) == 1 else "Entrées en droit commun"
    return f"{counted} {when}, pour 100 {_those(row.indicator)}{among(row.indicator)}"


def _those(indicator: Indicator) -> str:
    """Who a rate is counted among: « demandeurs d'emploi », « habitants de 15 à 64 ans »."""
    return measures()[indicator.denominator_terms[0].measure].label.removesuffix(" de catégories A, B et C")


def among(indicator: Indicator) -> str:
    """« (moins de 26 ans) », preceded by a space, where the rate is not among all job seekers; else nothing."""
    said = [
        t.lower_first(category_label(term.dimension, category))
        for term in indicator.denominator_terms
        for category in term.categories
        if term.dimension != ENSEMBLE
    ]
    return f" ({t.joined(said)})" if said else ""


def _side(row: GapRow, side: Figure) -> str:
    return t.rate(side.value, side.numerator, side.denominator, unit=row.indicator.kind is not Kind.RATE)


def _missing(row: GapRow, zone: str) -> str:
    """How many more (or fewer) residents there would be at the rate of the rest of the city, with its range, for an unfavourable gap."""
    if row.verdict != "defavorable" or abs(t.rounded(row.residents)) < 1:
        return ""
    more = row.residents > 0
    if row.indicator.kind is Kind.RATE and more:
        text = f"Pour un accès égal, il faudrait {_counted(row)} de plus pour les habitants {zone}"
    else:
        be = "serait" if abs(t.rounded(row.residents)) < PLURAL else "seraient"
        text = f"À taux égal, {_counted(row)} de {'plus' if more else 'moins'} {be} dans ce cas parmi les habitants {zone}"
    ends = sorted(abs(side) if more == (side > 0) else 0.0 for side in (row.residents_low, row.residents_high))
    ranged = t.is_known(row.residents_low) and t.is_known(row.residents_high)
    return f" {text} (de {t.number(ends[0])} à {t.number(ends[1])})." if ranged else f" {text}."


def _counted(row: GapRow) -> str:
    """The residents missing, in the unit of what is counted: « 12 aides », « 1 personne »."""
    unit = measures()[row.indicator.numerator_terms[0].measure].unit
    return t.count(abs(row.residents), unit.removesuffix("s"), unit)


def gaps_overview(rows: Sequence[GapRow]) -> str:
    """How many schemes are published and what their gaps say, the widest unfavourable one, and those that are not published."""
    published = [row for row in rows if row.known]
    if not published:
        return f"Aucun écart publié{NBSP}: {_not_published(rows)}." if rows else "Aucun écart publié."
    counts = [(word, sum(row.verdict == code for row in published)) for code, word in _OVERVIEW]
    said = [(word, n) for word, n in counts if n]
    if len(published) == 1:
        text = f"Un dispositif publié{NBSP}: l'écart est {said[0][0]}."
    elif len(said) == 1:
        text = f"Sur {len(published)} dispositifs publiés, l'écart est {said[0][0]} pour tous."
    else:
        text = f"Sur {len(published)} dispositifs publiés, l'écart est " + ", ".join(f"{word} pour {n}" for word, n in said) + "."
    others = _not_published(rows)
    return text + _widest(published) + (f" {capital(others)}." if others else "")


_OVERVIEW = (
    ("defavorable", "défavorable"),
    ("favorable", "favorable"),
    ("non_etabli", "non établi"),
    ("sans_jugement", "sans jugement"),
)


def _widest(published: Sequence[GapRow]) -> str:
    unfavourable = [row for row in published if row.verdict == "defavorable"]
    if not unfavourable:
        return ""
    worst = max(unfavourable, key=lambda row: abs(row.points))
    return f" Le plus large{NBSP}: {t.lower_first(worst.indicator.short)}, {t.points(worst.points)}."


def _not_published(rows: Sequence[GapRow]) -> str:
    words = {
        Status.SECRET: ("non publié (secret statistique)", "non publiés (secret statistique)"),
        Status.NON_TRANSMIS: ("non transmis", "non transmis"),
        Status.NON_APPLICABLE: ("sans objet", "sans objet"),
    }
    counts = [(sum(row.status is status for row in rows), one, many) for status, (one, many) in words.items()]
    return ", ".join(f"{n} {one if n == 1 else many}" for n, one, many in counts if n)


def gaps_title(rows: Sequence[GapRow], zone: str = "des QPV", over: str = "") -> str:
    """The finding, as the title of a page or a slide; ``over`` where it is not of a quarter: « sur douze mois »."""
    subject = f"Accès au droit commun{f' {over}' if over else ''}{NBSP}: "
    if not any(row.known for row in rows):
        return f"{subject}aucun écart publié"
    n = sum(row.verdict == "defavorable" for row in rows)
    if n == 0:
        return f"{subject}aucun écart défavorable établi"
    return f"{subject}{in_words(n)} {'écart défavorable' if n == 1 else 'écarts défavorables'} aux habitants {zone}"


def job_seekers(city: Figure, qpv: Figure, on: date, change_percent: float | None) -> str:
    """The context line: who looks for work in the city, never attributed to the Cité. ``change_percent`` is over one year, or unknown."""
    head = f"Contexte, qui ne peut être attribué à la Cité{NBSP}: "
    if not city.known:
        return f"{head}demandeurs d'emploi {t.absent(city.status)} au {t.date_short(on)}."
    text = f"{head}{t.count(city.value, 'demandeur')} d'emploi (catégories A, B et C) au {t.date_short(on)}"
    if qpv.known and city.value > 0:
        text += f", dont {t.number(qpv.value)} dans les QPV ({t.percent(100 * qpv.value / city.value)})"
    if change_percent is not None:
        text += f"{NNBSP}; {t.signed(change_percent, 1)}{NBSP}% en un an"
    return f"{text}."


def stale(last: Period, expected_since: date) -> str:
    """An old figure keeps its value, with its date and since when the next one is due."""
    return f"Dernière donnée{NBSP}: {t.period_label(last)}, attendue depuis le {t.date_short(expected_since)}."


def empty(period: Period, who: Sequence[str] = ()) -> str:
    """Nothing was delivered for a period; ``who`` should have."""
    by = f" Doivent transmettre{NBSP}: {t.joined(who)}." if len(who) > 1 else f" Doit transmettre{NBSP}: {who[0]}." if who else ""
    return f"Aucune donnée transmise pour {t.period_label(period)}.{by}"


def hidden() -> str:
    """A figure withheld because it could point at someone; the threshold is never told as a count."""
    return "Non publié (secret statistique)."


def in_words(n: int, *, feminine: bool = False) -> str:
    """« trois », up to ten; figures above."""
    if feminine and n < 2:
        return ("aucune", "une")[n]
    return _NUMBERS[n] if n < len(_NUMBERS) else t.number(n)


def capital(text: str) -> str:
    """With a capital first letter; the rest unchanged."""
    return text[:1].upper() + text[1:]
