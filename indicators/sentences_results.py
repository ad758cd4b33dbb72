"""The French sentences of follow-up: residents and parcours, exits, freins, deliveries. Money is in ``sentences_budget``."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from indicators import typography as t
from indicators.period import Period
from indicators.sentences import capital, in_words
from indicators.sentences_rows import Figure

NBSP = t.NBSP
DECEMBER = 12
NNBSP = t.NNBSP


def _counted(figure: Figure, noun: str, plural: str | None = None) -> str:
    if figure.known:
        return t.count(figure.value, noun, plural)
    return f"{plural or noun + 's'}{NBSP}: {t.absent(figure.status)}"


def parcours(
    identified: Figure | None, received: Figure | None, entered: Figure | None, left: Figure | None, under_way: Figure | None, on: date
) -> str:
    """The follow-up since 1 January: identified, received (with its share), entered, left; and those still on their way, apart.

    ``received`` is the reception rate: its numerator is the persons received, its denominator those identified. None: the reader is not
    shown that step, which is left out; empty when no step is shown.
    """
    said = [
        _counted(identified, "habitant repéré", "habitants repérés") if identified else "",
        _received(received) if received else "",
        _counted(entered, "entrée en parcours", "entrées en parcours") if entered else "",
        _counted(left, "sortie") if left else "",
    ]
    steps = ", ".join(step for step in said if step)
    still = _still(under_way, on) if under_way else ""
    return f"Depuis le 1er janvier {on.year}{NBSP}: {f'{NNBSP}; '.join(text for text in (steps, still) if text)}." if steps or still else ""


def _received(rate: Figure) -> str:
    if not rate.known:
        return _counted(rate, "accueilli")
    share = t.rate(rate.value, rate.numerator, rate.denominator)
    return f"{_counted(Figure(rate.numerator, rate.status), 'accueilli')} ({share})"


def _still(under_way: Figure, on: date) -> str:
    if not under_way.known:
        return f"parcours en cours{NBSP}: {t.absent(under_way.status)}"
    return f"{_counted(under_way, 'parcours', 'parcours')} en cours au {t.date_short(on)}"


def exits_of(left: Figure, period: Period) -> str:
    """How many persons left a parcours in a period."""
    if left.known and left.value == 0:
        return f"Aucune sortie de parcours {t.during(period)}."
    if left.known:
        return f"{t.count(left.value, 'sortie de parcours', 'sorties de parcours')} {t.during(period)}."
    return f"Sorties de parcours {t.during(period)}{NBSP}: {t.absent(left.status)}."


def parcours_title(entered: Figure | None, under_way: Figure | None, period: Period) -> str:
    """The finding of the page: entries since 1 January and those still under way at the end of a quarter; None for what is not shown."""
    year = period.year
    if entered is None:
        still = f"{t.number(under_way.value)} en cours" if under_way and under_way.known else "effectifs trop petits"
        return f"Parcours au {t.date_short(period.last_day)}{NBSP}: {still}"
    if not entered.known:
        return f"Parcours {year}{NBSP}: entrées {_plural_absent(entered)}"
    since = f"en {year}" if period.last_day.month == DECEMBER else f"du 1er janvier au {t.date_long(period.last_day)}"
    head = f"{t.count(entered.value, 'entrée')} en parcours {since}"
    return f"{head}, {t.number(under_way.value)} en cours" if under_way and under_way.known else head


def _plural_absent(figure: Figure) -> str:
    return t.absent(figure.status).replace("publié", "publiées").replace("transmis", "transmises")


def exits(dynamic: Figure, parts: Sequence[tuple[str, Figure]], when: str = "") -> str:
    """How many known exits are dynamic, the rate as its denominator allows, its interval, and its parts (label, figure).

    ``when``: the span, « de janvier à décembre 2023 ».
    """
    text = _exits(dynamic, parts)
    return f"{capital(when)}, {t.lower_first(text)}" if when else text


def _exits(dynamic: Figure, parts: Sequence[tuple[str, Figure]]) -> str:
    if not dynamic.known:
        return f"Sorties dynamiques{NBSP}: {t.absent(dynamic.status)}."
    n, total = dynamic.numerator, dynamic.denominator
    if total == 1:
        return f"Une sortie connue, hors sorties neutralisées{NBSP}: {'elle est' if n else 'elle n’est pas'} dynamique.".replace("’", "'")
    text = f"Sur {t.number(total)} sorties connues, hors sorties neutralisées, {t.count(n, 'est dynamique', 'sont dynamiques')}"
    if total >= t.FEW:
        interval = f"intervalle à 95{NBSP}%{NBSP}: de {t.percent(dynamic.low)} à {t.percent(dynamic.high)}"
        text += f", soit {t.rate(dynamic.value, n, total)} ({interval})"
    said = [f"{t.number(part.numerator)} {label}" for label, part in parts if part.known]
    return f"{text}{NBSP}: {t.joined(said)}." if said and n > 1 else f"{text}."


def freins(lifted: Figure, when: str = "") -> str:
    """How many of the freins reviewed were lifted by then; those lifted during a period are told by ``sentences_needs``.

    ``when``: the span, « au T4 2023 ».
    """
    text = _freins(lifted)
    return f"{capital(when)}, {t.lower_first(text)}" if when else text


def _freins(lifted: Figure) -> str:
    if not lifted.known:
        return f"Freins levés à la date du bilan{NBSP}: {t.absent(lifted.status)}."
    k, n = lifted.numerator, lifted.denominator
    if n < 2:
        return f"{t.count(n, 'frein examiné')} au bilan, dont {t.count(k, 'levé')} à cette date."
    text = f"Sur {t.number(n)} freins examinés au bilan, {t.count(k, 'était levé', 'étaient levés')} à cette date"
    return f"{text}, soit {t.rate(lifted.value, k, n)}." if n >= t.FEW else f"{text}."


def transmission(received: Sequence[str], missing: Sequence[str], awaited: Sequence[str], period: Period) -> str:
    """How many partners delivered the figures of a period, who is late, and whose delay still runs."""
    total = len(received) + len(missing) + len(awaited)
    if total == 0:
        return f"Aucun partenaire ne devait transmettre pour {t.period_label(period)}."
    absent = "".join(f"{NNBSP}; {text}" for text in (_missing(missing), _awaited(awaited)) if text)
    if not absent:
        who = "Le partenaire attendu a transmis ses" if total == 1 else f"Les {total} partenaires attendus ont transmis leurs"
        return f"{who} données {_of_period(period)}."
    if not received:
        return f"Aucun des partenaires attendus n'a transmis ses données {_of_period(period)}{absent}."
    one = len(received) == 1
    who = f"{len(received)} {'partenaire' if one else 'partenaires'} sur {total} {'a transmis ses' if one else 'ont transmis leurs'}"
    return f"{who} données {_of_period(period)}{absent}."


def _awaited(names: Sequence[str]) -> str:
    return f"délai en cours{NBSP}: {t.joined(names)}" if names else ""


def _missing(missing: Sequence[str]) -> str:
    if not missing:
        return ""
    return f"{'manque' if len(missing) == 1 else 'manquent'}{NBSP}: {t.joined(missing)}"


def _of_period(period: Period) -> str:
    return f"du {t.period_label(period)}" if period.frequency.months in {3, 6} else f"de {t.period_label(period)}"


def data_title(late: int, sources: int) -> str:
    """The finding of the page that says whether the data are there."""
    if sources == 0:
        return "Données\u00a0: aucune source déclarée"
    if late == 0:
        return "Toutes les données attendues sont là"
    return f"{capital(in_words(late, feminine=True))} {'source' if late == 1 else 'sources'} en retard sur {sources}"
