"""Parcours: what becomes of residents since 1 January, how parcours end, which freins are lifted and which needs have no answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.charts import parcours_chart
from dashboard.charts.parcours import ExitBar, Step
from dashboard.components import html
from dashboard.components.needs_tables import freins_flow_table, needs_table
from dashboard.components.readings import exits_to_date, following, has_figures, measures_of
from dashboard.components.sources import sources_of
from dashboard.components.tables import freins_table
from dashboard.components.tables import parcours_table as steps_table
from dashboard.content.choice import Choice
from dashboard.content.sheet import Sheet
from indicators import needs, sentences_needs, sentences_results
from indicators import typography as t
from indicators.codes import DIMENSIONS, EXITS
from indicators.period import Period
from indicators.registry import indicators
from indicators.sentences_rows import Figure, figure

if TYPE_CHECKING:
    from dashboard.data import Board

FAMILIES = {
    "durable": "Durable",
    "transition": "Transition",
    "positive": "Positive",
    "autre": "Autre",
    "neutre": "Hors du taux",
}
PARTS = {"R3": "vers l'emploi durable", "R2-transition": "vers l'emploi de transition", "R2-positive": "en sortie positive"}
NOT_ONE_COHORT = (
    f"Chaque étape compte les personnes de la même période{t.NBSP}: une personne sortie cette année a pu être repérée l'an dernier. "
    "Les parcours en cours, dont l'issue n'est pas connue, sont hachurés."
)

FREINS = ("N3.3", "N3.3-repondus", "N3.3-leves", "N3.3-ouverts", "N3.5", "N3.3-non_abordes")
ASK_COORDINATION = "La coordination les transmet avec le suivi des parcours. La page Données dit ce qui est attendu."
SENSITIVE = (
    f"Données sensibles, jamais croisées avec le sexe ou l'âge{t.NBSP}: "
    f"{t.joined([t.lower_first(item.label) for item in DIMENSIONS['frein'].categories if item.sensitive])}."
)


def content(sheet: Sheet, board: Board, choice: Choice) -> None:
    """Write the page for a quarter."""
    if not has_figures(board):
        sheet.title("Parcours\u00a0: aucune donnée reçue")
        sheet.missing("Il faut le suivi de la coordination (habitants repérés, parcours, sorties, freins).")
        return
    period = Period.parse(choice.period)
    found = following(board, period)
    steps, exits = _steps(found), _exits(exits_to_date(board, period))
    sheet.title(sentences_results.parcours_title(found["entered"], found["under_way"], period))
    used = [indicators()[code] for code in ("N2.1", "N2.2", "N3.7-entrees", "N3.7-en_cours", "R1")]
    sheet.chart(
        parcours_chart(steps, exits, f"du 1er janvier au {t.date_long(period.last_day)}"),
        sentences_results.parcours(**found, on=period.last_day),
        steps_table(steps, exits, period.year),
        sources_of(board, measures_of(used), period.code),
        key="parcours",
    )
    sheet.note(NOT_ONE_COHORT)
    _outcomes(sheet, board, period)
    _freins(sheet, board, period)


def _steps(found: dict[str, Figure]) -> list[Step]:
    received = found["received"]
    count, share = received, ""
    if received.known:
        count = Figure(received.numerator, received.status)
        share = f"{t.rate(received.value, received.numerator, received.denominator)} des repérés"
    return [
        Step("Habitants repérés", found["identified"]),
        Step("Habitants accueillis", count, share),
        Step("Entrées en parcours", found["entered"]),
        Step("Sorties de parcours", found["left"]),
        Step("Encore en parcours", found["under_way"], "issue pas connue", apart=True),
    ]


def _exits(found: dict[str, Figure]) -> list[ExitBar]:
    dynamic = {"durable", "transition", "positive"}
    return [ExitBar(FAMILIES[item.family], item.label, found[item.code], item.family in dynamic) for item in EXITS]


def _outcomes(sheet: Sheet, board: Board, period: Period) -> None:
    sheet.section(f"Sorties du {t.period_label(period)}")
    parts = [(label, figure(board.values, code, period.code)) for code, label in PARTS.items()]
    sheet.show(html.paragraph(sentences_results.exits(figure(board.values, "R2", period.code), parts), "phrase"))


def _freins(sheet: Sheet, board: Board, period: Period) -> None:
    sheet.section(f"Freins du {t.period_label(period)}")
    rows, total = needs.freins_table(board.values, period.code), needs.freins_total(board.values, period.code)
    if any(row.transmitted for row in (*rows, total)):
        sheet.show(html.paragraph(sentences_needs.freins(total, period), "phrase"))
        sheet.show(html.table(freins_flow_table(rows, total, period)))
        used = measures_of([indicators()[code] for code in FREINS])
        sheet.show(html.paragraph(sources_of(board, used, period.code), "source"))
        before = needs.freins_total(board.values, period.shift(-1).code)
        stock = sentences_needs.stock(before, total, period)
        if stock:
            sheet.show(html.paragraph(stock))
        sheet.note(f"{sentences_needs.NOT_ONE_COHORT} {sentences_needs.not_discussed(total)}")
        sheet.note(f"{SENSITIVE} {sentences_needs.silent(rows)}".strip())
        sheet.show(html.paragraph(sentences_needs.answers(needs.answers(board.values, period.code), period), "phrase"))
        _uncovered(sheet, board, period)
    else:
        sheet.missing(f"Freins identifiés, répondus et levés{t.NBSP}: non transmis pour {t.period_label(period)}.", ASK_COORDINATION)
    _review(sheet, board, period)


def _uncovered(sheet: Sheet, board: Board, period: Period) -> None:
    sheet.section("Besoins non couverts")
    found = needs.uncovered(board.values, period.code)
    sheet.show(html.paragraph(sentences_needs.uncovered(found, period.last_day), "phrase"))
    table = needs_table(found, period)
    if table.rows:
        sheet.show(html.table(table))
        sheet.note(indicators()["N3.5"].limits)


def _review(sheet: Sheet, board: Board, period: Period) -> None:
    sheet.section(f"Freins au bilan du {t.period_label(period)}")
    sheet.show(html.paragraph(sentences_results.freins(figure(board.values, "N3.4", period.code)), "phrase"))
    rows = [
        (item.label, figure(board.values, "N3.4", period.code, dimension="frein", category=item.code))
        for item in DIMENSIONS["frein"].categories
    ]
    # most frequent first; those without a figure keep the order of the code list, after
    rows.sort(key=lambda row: -row[1].denominator if row[1].known else 1)
    sheet.show(html.table(freins_table(rows, period)))
