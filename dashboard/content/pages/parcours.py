"""Parcours: what becomes of residents since 1 January, how parcours end over twelve months. Freins are in ``content.freins``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from dashboard.charts import parcours_chart
from dashboard.charts.parcours import ExitBar, Step
from dashboard.components import html, links, released
from dashboard.components.needs_tables import parcours_table
from dashboard.components.readings import has_figures, measures_of
from dashboard.components.sources import sources_of
from dashboard.content import freins
from dashboard.content.choice import Choice
from dashboard.content.sheet import Sheet
from indicators import sentences_results
from indicators import typography as t
from indicators.codes import EXITS
from indicators.period import Period
from indicators.registry import indicators
from indicators.sentences_rows import Figure
from indicators.windows import Window

if TYPE_CHECKING:
    from dashboard.board import Board

FAMILIES = {
    "durable": "Durable",
    "transition": "Transition",
    "positive": "Positive",
    "autre": "Autre",
    "neutre": "Hors du taux",
}
DYNAMIC = frozenset({"durable", "transition", "positive"})
STEPS: Mapping[str, tuple[Window, str, str]] = {
    "identified": (Window.PERIOD, "N2.1", "Habitants repérés"),
    "received": (Window.PERIOD, "N2.2", "Habitants accueillis"),
    "entered": (Window.YEAR_TO_DATE, "N3.7-entrees", "Entrées en parcours"),
    "left": (Window.YEAR_TO_DATE, "R1", "Sorties de parcours"),
    "under_way": (Window.PERIOD, "N3.7-en_cours", "Encore en parcours"),
}
"""Each step since 1 January, from the indicator that counts it: N2.1 and N2.2 count since then by themselves."""
PARTS = {"R3": "vers l'emploi durable", "R2-transition": "vers l'emploi de transition", "R2-positive": "en sortie positive"}
FAMILY_BARS = {"R3": "dont emploi durable", "R2-transition": "dont emploi de transition", "R2-positive": "dont sorties positives"}
BY_KIND = "sorties par type"
KIND_TOO_SMALL = f"Par type de sortie{t.NBSP}: effectifs trop petits."
NOT_ONE_COHORT = (
    f"Chaque étape compte les personnes de la même période{t.NBSP}: une personne sortie cette année a pu être repérée l'an dernier. "
    "Les parcours en cours, dont l'issue n'est pas connue, sont hachurés."
)


def content(sheet: Sheet, board: Board, choice: Choice) -> None:
    """Write the page for a quarter."""
    if not has_figures(board):
        sheet.title("Parcours\u00a0: aucune donnée reçue")
        sheet.missing("Il faut le suivi de la coordination (habitants repérés, parcours, sorties, freins).")
        return
    period = Period.parse(choice.period)
    found = {name: released.told(board, window, code, period) for name, (window, code, _) in STEPS.items()}
    sheet.title(sentences_results.parcours_title(found["entered"], found["under_way"], period))
    small = [t.lower_first(STEPS[name][2]) for name, step in found.items() if step is None]
    small += _followed(sheet, board, found, period)
    _outcomes(sheet, board, period)
    small += freins.content(sheet, board, period)
    if small:
        sheet.note(released.too_small(small))
    legend = released.legend(sheet.blocks)
    if legend:
        sheet.note(legend)


def _followed(sheet: Sheet, board: Board, found: Mapping[str, Figure | None], period: Period) -> list[str]:
    """The chart of the page; what it leaves out because it is too small for the reader."""
    early, steps, exits = released.too_early(board, period), _steps(found), _exits(board, period)
    remarks = [early] if early else [] if exits else [KIND_TOO_SMALL]
    exits = exits or _families(board, period)
    over = "" if early else released.twelve_months(period)
    sentence = sentences_results.parcours(**found, on=period.last_day)
    if sentence:
        codes = [STEPS[name][1] for name, step in found.items() if step] + [item.code or "R1" for item in exits]
        since = f"du 1er janvier au {t.date_long(period.last_day)}"
        sheet.chart(
            parcours_chart(steps, exits, since, over, remarks),
            sentence,
            links.by_row(parcours_table(steps, exits, f"Étapes {since}" + (f"{t.NNBSP}; sorties {over}" if over else "")), codes, period),
            sources_of(board, measures_of([indicators()[code] for _, code, _ in STEPS.values()]), period.code),
            key="parcours",
        )
    sheet.note(f"{_span(board, period)} {NOT_ONE_COHORT}")
    return [BY_KIND] if KIND_TOO_SMALL in remarks else []


def _span(board: Board, period: Period) -> str:
    """What the page covers, and how small its categories may be."""
    early = released.too_early(board, period)
    if early:
        return f"Étapes depuis le 1er janvier. {early}"
    return (
        f"Étapes depuis le 1er janvier{t.NNBSP}; détail sur douze mois, {released.twelve_months(period)}. {released.limit(board)}".strip()
    )


def _steps(found: Mapping[str, Figure | None]) -> list[Step]:
    """The steps that the reader is shown."""
    return [_step(name, STEPS[name][2], figure) for name, figure in found.items() if figure]


def _step(name: str, label: str, found: Figure) -> Step:
    if name == "received" and found.known:
        share = f"{t.rate(found.value, found.numerator, found.denominator)} des repérés"
        return Step(label, Figure(found.numerator, found.status), share)
    return Step(label, found, "issue pas connue", apart=True) if name == "under_way" else Step(label, found)


def _exits(board: Board, period: Period) -> list[ExitBar]:
    """The exits by kind that the reader is shown; none before there are twelve months."""
    if released.too_early(board, period):
        return []
    told = [(item, released.told(board, Window.ROLLING_YEAR, "R1", period, ("sortie", item.code))) for item in EXITS]
    return [ExitBar(FAMILIES[item.family], item.label, found, item.family in DYNAMIC) for item, found in told if found]


def _families(board: Board, period: Period) -> list[ExitBar]:
    """In place of the kinds: the exits known over twelve months, and what indicators tell of them."""
    dynamic = released.told(board, Window.ROLLING_YEAR, "R2", period)
    if dynamic is None or not dynamic.known:
        return []
    share = t.rate(dynamic.value, dynamic.numerator, dynamic.denominator)
    other = Figure(dynamic.denominator - dynamic.numerator, dynamic.status)
    ruptures = {"R5": "dont ruptures ou pertes de contact"}
    return [
        ExitBar("", "Sorties dynamiques", Figure(dynamic.numerator, dynamic.status), dynamic=True, note=share, code="R2"),
        *_among(board, FAMILY_BARS, period, dynamic=True),
        ExitBar("", "Autres sorties connues", other, dynamic=False, code="R2"),
        *_among(board, ruptures, period, dynamic=False),
    ]


def _among(board: Board, labels: Mapping[str, str], period: Period, *, dynamic: bool) -> list[ExitBar]:
    """The exits that some rates tell of, where the reader is shown them."""
    told = [(label, code, released.told(board, Window.ROLLING_YEAR, code, period)) for code, label in labels.items()]
    known = [(label, code, found) for label, code, found in told if found and found.known]
    return [ExitBar("", label, Figure(found.numerator, found.status), dynamic, code=code) for label, code, found in known]


def _outcomes(sheet: Sheet, board: Board, period: Period) -> None:
    """The exits of the quarter, and how those of the twelve months end."""
    left = released.told(board, Window.PERIOD, "R1", period)
    dynamic = None if released.too_early(board, period) else released.told(board, Window.ROLLING_YEAR, "R2", period)
    said = [sentences_results.exits_of(left, period)] if left else []
    if dynamic:
        told = [(label, released.told(board, Window.ROLLING_YEAR, code, period)) for code, label in PARTS.items()]
        parts = [(label, part) for label, part in told if part]
        said.append(sentences_results.exits(dynamic, parts, released.twelve_months(period)))
    if said:
        sheet.section("Sorties")
        sheet.show(html.paragraph(" ".join(said), "phrase"))
