"""The French sentences of what changed between two dates. Never across a break, never a cause. Pure functions; rows: ``evolution_rows``."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from indicators import typography as t
from indicators.evolution import IN_PERCENT, Trend
from indicators.evolution_rows import EvolutionRow
from indicators.indicator import Kind
from indicators.period import Period
from indicators.sentences import in_words
from indicators.sentences_rows import FRAGILE_SHARE, Figure
from indicators.sentences_values import short, side_by_side
from indicators.status import Status
from indicators.windows import Window, covered

NBSP = t.NBSP
NNBSP = t.NNBSP
TRENDS = {
    Trend.SE_REDUIT: "l'écart se réduit",
    Trend.SE_CREUSE: "l'écart se creuse",
    Trend.S_INVERSE: "l'écart change de sens",
    Trend.NON_ETABLI: "pas d'évolution établie",
}
"""What the interval of a gap's change says, in words."""
LEADS = {Trend.SE_REDUIT: "diminue", Trend.SE_CREUSE: "augmente"}
"""What becomes of a gap in favour of the QPVs: it is an advance, and the wider the better for them."""
NOT_COMPUTED = "non calculée"
FRAGILE = f"Écart fragile, plus de {t.percent(100 * FRAGILE_SHARE)} des entrées ne sont pas localisées."


def gap_change(row: EvolutionRow) -> str:
    """« −8,4 → −6,1 points »: what stands above a panel."""
    if row.known:
        return f"{t.signed(row.before, 1)} → {t.points(row.after)}"
    if row.broken_on is not None:
        return f"rupture au {t.date_short(row.broken_on)}"
    return t.absent(row.status)


def trend_words(row: EvolutionRow, zone: str = "") -> str:
    """What is established of a gap's change: the gap narrows or widens, or the lead of the QPVs grows or shrinks.

    ``zone`` is the complement naming the QPV side (« des QPV ») where there is room for it.
    """
    if not row.known:
        return NOT_COMPUTED
    trend = Trend(row.trend)
    if row.ahead and trend in LEADS:
        whose = f" des habitants {zone}" if zone else ""
        return f"l'avance{whose} {LEADS[trend]}"
    return TRENDS[trend]


def gap_evolution(row: EvolutionRow, subject: str, zone: str = "des QPV") -> str:
    """From what to what a gap (named by ``subject``: « Formation ») went, and what is established; the two periods are named in full."""
    if not row.known:
        return f"{inside(subject)}{NBSP}: {t.lower_first(not_computed(row)).replace(f'{NBSP}:', ',')}"
    passed = _passed(t.signed(row.before, 1), t.points(row.after), t.points(row.before))
    words = trend_words(row, zone) + (" (évolution établie)" if row.established else "")
    told = f"{inside(subject)}, {t.lower_first(between(row.earlier, row.later, row.window))}{NBSP}: l'écart est {passed}, {words}"
    return _ended(told, row) + (f" {FRAGILE}" if row.fragile else "")


def trends_title(quarters: Sequence[EvolutionRow], years: Sequence[EvolutionRow]) -> str:
    """The finding of the changes of the gaps in a year: what is established over the quarter; else over twelve months."""
    subject = f"Écarts d'accès en un an{NBSP}: "
    if not any(row.known for row in quarters):
        return f"{subject}aucune évolution calculée"
    told = _established(quarters)
    if told:
        return subject + told
    longer = _established(years)
    return f"{subject}{longer} sur douze mois" if longer else f"{subject}aucune évolution établie"


def _established(rows: Sequence[EvolutionRow]) -> str:
    """« un écart se creuse et deux avances augmentent », without what is not established."""
    said = [trend_words(row) for row in rows if row.established]
    return t.joined([_many(words, said.count(words)) for words in dict.fromkeys(said)])


def _many(words: str, n: int) -> str:
    """« un écart se creuse », « deux avances augmentent » from the words of one."""
    noun, verb = words.removeprefix("l'").split(" ", 1)
    if n == 1:
        return f"{in_words(1, feminine=noun == 'avance')} {noun} {verb}"
    plural = {"se réduit": "se réduisent", "se creuse": "se creusent", "change de sens": "changent de sens"}.get(verb, f"{verb[:-1]}ent")
    return f"{in_words(n)} {noun}s {plural}"


def evolution(row: EvolutionRow) -> str:
    """From what to what a figure went: in points for a rate, in per cent for a count, with what is established."""
    if row.broken or row.then is None or row.now is None or not (row.then.known and row.now.known):
        return not_computed(row)
    if row.indicator.kind in IN_PERCENT:
        return _ended(_counted(row, row.then, row.now), row)
    then, now = side_by_side(row.indicator, row.then, row.now)
    words = "évolution établie" if row.established else "pas d'évolution établie"
    told = f"{now} aux deux dates" if then == now else f"de {then} à {now}"
    head = f"{inside(row.indicator.label)}, {t.lower_first(between(row.earlier, row.later, row.window))}"
    return _ended(f"{head}{NBSP}: {told}{_size(row, then == now)}, {words}", row)


def _size(row: EvolutionRow, same: bool) -> str:
    """« , soit +2,5 points »; between two figures that are written the same, what is left of their difference before rounding."""
    if row.indicator.kind is Kind.PARITY:
        decimals, size = 2, t.signed(row.change, 2)
    elif row.then is not None and row.now is not None and min(row.then.denominator, row.now.denominator) < t.FEW:
        return ""  # one person more would move such a rate by five points
    else:
        decimals, size = 1, t.points(row.change)
    if not same:
        return f", soit {size}"
    return f" ({size} avant arrondi)" if t.rounded(row.change, decimals) else ""


def _counted(row: EvolutionRow, then: Figure, now: Figure) -> str:
    """The two figures, and the change in per cent unless the first is 0."""
    told = f"{short(row.indicator, now)} {t.during(row.later)}, contre {short(row.indicator, then)} {_before(row)}"
    return f"{told}{NBSP}: {t.signed(row.change, 1)}{NBSP}%" if row.known else told


def _before(row: EvolutionRow) -> str:
    return "un an plus tôt" if row.earlier == row.later.same_period_last_year() else t.during(row.earlier)


def between(earlier: Period, later: Period, window: Window = Window.PERIOD) -> str:
    """« Entre T4 2022 et T4 2023 », or the two windows in full."""
    return f"Entre {_covers(earlier, window)} et {_covers(later, window, again=True)}"


def _covers(period: Period, window: Window, *, again: bool = False) -> str:
    """« T4 2023 », or what a window covers: « les douze mois du T1 2023 au T4 2023 », shortened to « ceux » the second time."""
    if window is not Window.ROLLING_YEAR:
        return t.period_label(period)
    first = covered(period, window)[0]
    return f"{'ceux' if again else 'les douze mois'} du {t.period_label(first)} au {t.period_label(period)}"


def _passed(before: str, after: str, same: str) -> str:
    return f"resté à {after}" if same == after else f"passé de {before} à {after}"


def not_computed(row: EvolutionRow) -> str:
    """Why there is no change to tell: a break with its day, or a figure that is not there."""
    since = t.period_label(row.earlier)
    if row.broken:
        reason = t.lower_first(inside(row.broken))
        day = row.broken_on
        why = f"rupture de série au {t.date_short(day)} ({reason})" if day else reason
        return f"Évolution depuis {since} non calculée{NBSP}: {why}."
    if row.status is Status.NON_APPLICABLE:
        return f"Évolution depuis {since}{NBSP}: sans objet."
    return f"Évolution depuis {since}{NBSP}: chiffre {t.absent(row.status)} à l'une des deux dates."


def before_series(first: Period) -> str:
    """Why nothing is compared with a date before the first one: « Pas de série avant le T1 2022 », « avant 2022 »."""
    article = "le " if t.during(first).startswith("au ") else ""
    return f"Pas de série avant {article}{t.period_label(first)}."


def provisional(until: date) -> str:
    """Why a figure may still move, and until when."""
    return f"Chiffre provisoire, que la source peut encore corriger jusqu'au {t.date_short(until)}."


def inside(label: str) -> str:
    """A label without a colon, since the sentence that holds it has its own: « Taux d'accès : PLIE » becomes « Taux d'accès, PLIE »."""
    return label.replace(f"{NBSP}:", ",").replace(" :", ",")


def _ended(text: str, row: EvolutionRow) -> str:
    return f"{text}. {provisional(row.provisional)}" if row.provisional else f"{text}."
