"""The first page's content: five tiles and the list of what the committee should look at. Rows in, tiles and alerts out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from dashboard.components.html import Alert, Tile
from dashboard.components.links import TRANSMITTED, sheet_link
from indicators import typography as t
from indicators.period import Period
from indicators.sentences import in_words
from indicators.sentences_budget import ON_PACE, spent, standing
from indicators.sentences_rows import BudgetRow, Figure, GapRow

if TYPE_CHECKING:
    from dashboard.source_state import SourceState

NBSP = t.NBSP


def summary_title(rows: Sequence[GapRow], budget: BudgetRow | None) -> str:
    """The finding of the first page: unfavourable gaps, then the grant."""
    n = sum(row.verdict == "defavorable" for row in rows)
    gaps = "Aucun écart publié"
    if any(row.known for row in rows):
        gaps = f"{in_words(n).capitalize()} {'écart défavorable' if n < 2 else 'écarts défavorables'}" + (" établi" if n == 0 else "")
    return gaps if budget is None else f"{gaps}, {spent(budget)}"


def partners_tile(received: int, missing: int, period: Period) -> Tile:
    """How many partners delivered the quarter."""
    total = received + missing
    noun = "partenaire a transmis" if received < 2 else "partenaires ont transmis"
    value = f"{received} sur {total}" if total else "Aucune attente"
    detail = noun if total else "aucune livraison due"
    return Tile("Partenaires", value, detail, t.period_label(period), "/donnees", source=sheet_link(TRANSMITTED, period))


def gaps_tile(rows: Sequence[GapRow], period: Period) -> Tile:
    """How many gaps are unfavourable among those published."""
    published = sum(row.known for row in rows)
    n = sum(row.verdict == "defavorable" for row in rows)
    href = f"/droit-commun?t={period.code}"
    if not published:
        return Tile("Droit commun", "Aucun", "écart publié", t.period_label(period), href, "absent")
    word = "défavorable" if n < 2 else "défavorables"
    sign = "▼ " if n else ""
    return Tile(
        "Droit commun",
        f"{sign}{t.count(n, 'écart')}",
        f"{word} sur {published} {'publié' if published < 2 else 'publiés'}",
        t.period_label(period),
        href,
        "defavorable" if n else "",
        sheet_link("N2.8", period),
    )


def freins_tile(lifted: Figure, period: Period, over: str = "") -> Tile:
    """Freins lifted among those reviewed; ``over`` where it is not the quarter: « de janvier à décembre 2023 »."""
    href = f"/parcours?t={period.code}"
    if not lifted.known:
        return _absent("Freins", lifted, period, href)
    share = f" ({t.rate(lifted.value, lifted.numerator, lifted.denominator)})" if lifted.denominator >= t.FEW else ""
    detail = f"à la date du bilan, sur {t.count(lifted.denominator, 'frein examiné', 'freins examinés')}{share}"
    return Tile(
        "Freins", t.count(lifted.numerator, "levé"), detail, over or t.period_label(period), href, source=sheet_link("N3.4", period)
    )


def identified_tile(identified: Figure, period: Period) -> Tile:
    """Freins identified, where those lifted are too few to be shown."""
    href, source = f"/parcours?t={period.code}", sheet_link("N3.3", period)
    return Tile("Freins", t.count(identified.value, "identifié"), "", t.period_label(period), href, source=source)


def parcours_tile(entered: Figure | None, left: Figure | None, under_way: Figure | None, period: Period) -> Tile | None:
    """Entries since 1 January, exits, and those under way; a figure that the reader is not shown is None and left out."""
    href = f"/parcours?t={period.code}"
    now = [f"{t.number(under_way.value)} en cours"] if under_way and under_way.known else []
    if entered is None:
        source = sheet_link("N3.7-en_cours", period)
        return Tile("Parcours", now[0], "", f"au {t.date_short(period.last_day)}", href, source=source) if now else None
    if not entered.known:
        return _absent("Parcours", entered, period, href)
    parts = [*([t.count(left.value, "sortie")] if left and left.known else []), *now]
    unknown = "sorties non transmises" if left else ""
    since = f"du 01/01 au {t.date_short(period.last_day)}"
    source = sheet_link("N3.7-entrees", period)
    return Tile("Parcours", t.count(entered.value, "entrée"), ", ".join(parts) or unknown, since, href, source=source)


def budget_tile(budget: BudgetRow | None, period: Period, *, declared: bool) -> Tile:
    """What is paid, and the distance to the spending plan, or to the linear pace without a plan."""
    href = f"/budget?e={period.year}&a={period.code}"
    if budget is None:
        value, detail = ("Non transmis", "comptabilité attendue") if declared else ("Sans objet", f"pas d'exercice {period.year}")
        return Tile("Budget", value, detail, str(period.year), href, "absent")
    off = abs(budget.judged_points) > ON_PACE
    sign = "" if not off else "▲ " if budget.judged_points > 0 else "▼ "
    of_what = f"dépensés sur {t.euros(budget.usable)}"
    detail = of_what if budget.elapsed_share >= 1 else f"{of_what}, {sign}{standing(budget)}"
    return Tile("Budget", t.euros(budget.paid), detail, f"au {t.date_short(period.last_day)}", href, source=sheet_link("B1", period))


def _absent(title: str, figure: Figure, period: Period, href: str) -> Tile:
    return Tile(title, t.absent(figure.status).capitalize(), "", t.period_label(period), href, "absent")


def alerts(rows: Sequence[GapRow], budget: BudgetRow | None, period: Period, states: Sequence[SourceState]) -> list[Alert]:
    """What to look at: unfavourable gaps, fragile ones, the grant off its pace, late and refused deliveries, in this order."""
    return [*_gap_alerts(rows, period), *_budget_alerts(budget, period), *_source_alerts(states)]


def _gap_alerts(rows: Sequence[GapRow], period: Period) -> Iterator[Alert]:
    for row in rows:
        if row.verdict == "defavorable":
            text = f"{row.indicator.short}{NBSP}: {t.points(row.points)}, écart défavorable établi"
            yield Alert("▼", text, sheet_link(row.indicator.code, period))
    for row in rows:
        if row.fragile:
            share = t.percent(100 * row.unlocated)
            text = f"{row.indicator.short}{NBSP}: {share} des entrées non localisées, écart fragile"
            yield Alert("≈", text, sheet_link(row.indicator.code, period), "neutre")


def _budget_alerts(budget: BudgetRow | None, period: Period) -> Iterator[Alert]:
    if budget is None or abs(budget.judged_points) <= ON_PACE:
        return
    if budget.elapsed_share >= 1:
        text = f"{t.euros(budget.usable - budget.paid)} non dépensés sur {t.euros(budget.usable)}"
    else:
        text = standing(budget)
    yield Alert("▲" if budget.judged_points > 0 else "▼", f"Budget {period.year}{NBSP}: {text}", sheet_link("B2", period))


def periods(codes: Sequence[str]) -> str:
    """Missing periods as a list; many of them, by their number, the first and the last."""
    labels = [t.period_label(Period.parse(code)) for code in codes]
    if len(labels) > 3:
        return f"{len(labels)} périodes attendues, de {labels[0]} à {labels[-1]}"
    return f"{t.joined(labels)} {'attendu' if len(labels) == 1 else 'attendus'}"


def _source_alerts(states: Sequence[SourceState]) -> Iterator[Alert]:
    for state in states:
        if state.last_outcome == "refused":
            yield Alert("!", f"{state.label}{NBSP}: dernière livraison refusée, à corriger", "/donnees")
        elif state.last_outcome == "held":
            yield Alert("!", f"{state.label}{NBSP}: dernière livraison en attente d'une décision", "/donnees")
        elif state.last_outcome == "failed":
            yield Alert("!", f"{state.label}{NBSP}: dernière lecture en échec", "/donnees")
        if state.late_since is not None:
            yield Alert("!", f"{state.label}{NBSP}: {periods(state.missing)}, depuis le {t.date_short(state.late_since)}", "/donnees")
