"""The French sentence of any figure of the catalogue, by its kind: what, when, where, how many, within which limits. Pure functions.

The same text serves a page, an alternative text, a slide and a note. Gaps have theirs in ``sentences``.
"""

from __future__ import annotations

from collections.abc import Callable

from indicators import typography as t
from indicators.indicator import Indicator, Kind, Unit
from indicators.period import Period
from indicators.registry import measures
from indicators.sentences_rows import Figure
from indicators.territory import LABELS, VILLE

NBSP = t.NBSP
NNBSP = t.NNBSP
PER_HUNDRED = "pour 100"


def value(indicator: Indicator, figure: Figure, period: Period, zone: str, category: str = "") -> str:
    """One figure of a zone (its French name) and of a category (its French name; the whole when empty), or why it is not there."""
    where = t.lower_first(zone) if zone in LABELS.values() else zone
    if zone == LABELS[VILLE] and not _has_zones(indicator):
        where = ""
    place = ", ".join(part for part in (t.lower_first(category), where) if part)
    head = f"{_named(indicator)}, {t.period_label(period)}{f' ({place})' if place else ''}"
    if figure.bounded:
        note = "" if figure.low == figure.high else " (doubles comptes possibles)"
        return f"{head}{NBSP}: {between(indicator, figure)}{note}."
    if not figure.known:
        # the sentence has its colon already
        return f"{head}{NBSP}: {absent(figure).replace(f'{NBSP}:', ',')}."
    return f"{head}{NBSP}: {written(indicator, figure)}."


def _has_zones(indicator: Indicator) -> bool:
    """Whether it is told by zone: neither money nor what has no address."""
    return indicator.kind is not Kind.MONEY and all(measures()[code].territorial for code in indicator.measures)


def _named(indicator: Indicator) -> str:
    """Its label without a colon, which the sentence keeps for the figure: « Entrées, formation »."""
    return indicator.label.replace(f"{NBSP}:", ",").replace(" :", ",")


def absent(figure: Figure) -> str:
    """What is written in place of a figure that is not there: its own reason, else its status."""
    return figure.reason or t.absent(figure.status)


def between(indicator: Indicator, figure: Figure) -> str:
    """The bounds of a figure that has no value: « entre 412 et 655 personnes », « 412 personnes » where they meet."""
    most = _quantity(indicator, figure.high)
    return most if figure.low == figure.high else f"entre {t.number(figure.low)} et {most}"


def written(indicator: Indicator, figure: Figure) -> str:
    """A known figure with its counts and its limits, without a full stop: « 71,2 % (245 sur 344 ; à 95 %, de 66,2 à 75,8 %) »."""
    return _WRITERS[indicator.kind](indicator, figure)


def short(indicator: Indicator, figure: Figure) -> str:
    """A known figure alone: « 71,2 % », « 9 sur 19 », « 14 »; or its bounds, or why it is not there."""
    if figure.bounded:
        return between(indicator, figure)
    if not figure.known:
        return absent(figure)
    if indicator.kind in {Kind.PROPORTION, Kind.RATE}:
        return _rate(indicator, figure)
    return _quantity(indicator, figure.value)


def side_by_side(indicator: Indicator, *figures: Figure) -> list[str]:
    """Figures of one sentence, written alike: where one of them is under twenty, all are counts, « 7 sur 13 » and « 22 sur 31 »."""
    few = indicator.kind in {Kind.PROPORTION, Kind.RATE} and any(each.known and each.denominator < t.FEW for each in figures)
    return [t.out_of(each.numerator, each.denominator) if few and each.known else short(indicator, each) for each in figures]


def _quantity(indicator: Indicator, x: float) -> str:
    if indicator.unit is Unit.PERSONS:
        return t.persons(x)
    writers: dict[Unit, Callable[[float], str]] = {
        Unit.PERCENT: lambda y: t.percent(y, 1),
        Unit.NUMBER: t.number,
        Unit.RATIO: t.ratio,
        Unit.POINTS: t.points,
        Unit.EUROS: t.euros,
    }
    return writers[indicator.unit](x)


def _count(indicator: Indicator, figure: Figure) -> str:
    return _quantity(indicator, figure.value)


def _rate(indicator: Indicator, figure: Figure) -> str:
    if indicator.kind is Kind.PROPORTION or figure.denominator < t.FEW:
        return t.rate(figure.value, figure.numerator, figure.denominator)
    return f"{t.rate(figure.value, figure.numerator, figure.denominator, unit=False)} {PER_HUNDRED}"


def _share(indicator: Indicator, figure: Figure) -> str:
    """A proportion or a rate: under twenty, the two counts alone, since an interval would say more than they do."""
    rate = _rate(indicator, figure)
    if figure.denominator < t.FEW:
        return rate
    decimals = 1 if figure.denominator >= t.MANY else 0
    unit = f"{NBSP}%" if indicator.kind is Kind.PROPORTION else ""
    limits = f"à 95{NBSP}%, de {t.number(figure.low, decimals)} à {t.number(figure.high, decimals)}{unit}"
    return f"{rate} ({t.out_of(figure.numerator, figure.denominator)}{NNBSP}; {limits})"


def _mean(_: Indicator, figure: Figure) -> str:
    return f"{t.number(figure.value, 1)} en moyenne ({t.number(figure.numerator)} pour {t.number(figure.denominator)})"


def _limits(indicator: Indicator, figure: Figure) -> str:
    if not (t.is_known(figure.low) and t.is_known(figure.high)):
        return ""
    return f" (à 95{NBSP}%, de {_quantity(indicator, figure.low)} à {_quantity(indicator, figure.high)})"


def _parity(indicator: Indicator, figure: Figure) -> str:
    return f"{t.ratio(figure.value)}{_limits(indicator, figure)}{NNBSP}; 1 = même accès"


def _money(indicator: Indicator, figure: Figure) -> str:
    return f"{_quantity(indicator, figure.value)}{_limits(indicator, figure)}"


def _published(indicator: Indicator, figure: Figure) -> str:
    return f"{_quantity(indicator, figure.value)}, valeur publiée"


_WRITERS: dict[Kind, Callable[[Indicator, Figure], str]] = {
    Kind.COUNT: _count,
    Kind.PROPORTION: _share,
    Kind.RATE: _share,
    Kind.MEAN: _mean,
    Kind.PARITY: _parity,
    Kind.MONEY: _money,
    Kind.PUBLISHED: _published,
}
