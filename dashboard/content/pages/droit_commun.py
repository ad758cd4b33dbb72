"""Droit commun: do residents of the QPVs enter as often as the rest of the city? The gaps, what parity would take, what makes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.charts import gaps_chart
from dashboard.charts.trends import PANELS, trends_chart
from dashboard.components import access, html, movements
from dashboard.components.readings import access_gaps, has_figures, measures_of, outside_grid, parity_of, schemes
from dashboard.components.sources import sources_of
from dashboard.components.tables import gaps_table, parity_table
from dashboard.content.choice import Choice
from dashboard.content.sheet import Sheet
from indicators import sentences, sentences_explained
from indicators import typography as t
from indicators.meeting import Audience
from indicators.period import Period
from indicators.registry import indicators, measures
from indicators.sentences_evolution import trends_title
from indicators.sentences_rows import FRAGILE_SHARE, GapRow
from indicators.territory import QPV

if TYPE_CHECKING:
    from dashboard.data import Board

FRAGILE = (
    f"Fragile{t.NBSP}: plus de {t.percent(100 * FRAGILE_SHARE)} des entrées ne sont pas localisées{t.NNBSP}; "
    "elles ne comptent ni dans les QPV ni dans le reste de la ville."
)
BEFORE_ROUNDING = "Écarts calculés avant arrondi."
ACCOUNTING = (
    f"Décomposition de Kitagawa{t.NBSP}: une comptabilité, pas une cause. Elle n'est possible que si le partenaire et France Travail "
    "comptent selon la même ventilation, sans laisser personne de côté."
)
REST = f"Reste de la ville{t.NBSP}: hors QPV et adresses non localisées."
OVER_TIME = (
    f"Chaque écart est comparé à celui du même trimestre un an plus tôt{t.NNBSP}; «{t.NBSP}sur douze mois{t.NBSP}» compare les entrées des "
    "douze mois qui finissent avec le trimestre à celles des douze mois d'avant (plus d'entrées, donc moins de hasard). Une même "
    "échelle par ligne. Aucune évolution ne franchit une rupture de série."
)


def content(sheet: Sheet, board: Board, choice: Choice) -> None:
    """Write the page for a quarter, a zone and a view."""
    if not has_figures(board):
        sheet.title("Accès au droit commun\u00a0: aucune donnée reçue")
        sheet.missing("Il faut les entrées des partenaires et les demandeurs d'emploi de France Travail.")
        return
    period, zone = Period.parse(choice.period), choice.zone
    rows = access_gaps(board, period, zone)
    if choice.view == "composition":
        _made_of(sheet, board, rows, period, zone)
    elif choice.view == "evolution":
        _over_time(sheet, board, rows, period, zone)
    else:
        _now(sheet, board, rows, period, zone)


def _now(sheet: Sheet, board: Board, rows: list[GapRow], period: Period, zone: str) -> None:
    side, name = _names(board, zone)
    sheet.title(sentences.gaps_title(rows, side))
    sheet.chart(
        gaps_chart(rows, f"habitants {side}"),
        sentences.gaps_overview(rows),
        gaps_table(rows, period, name),
        sources_of(board, measures_of(schemes()), period.code),
        key="ecarts",
    )
    remarks = [sentences.FALSE_SIGNALS, BEFORE_ROUNDING, *([FRAGILE] if any(row.fragile for row in rows) else [])]
    sheet.note(" ".join(remarks))
    _grid(sheet, board, period, zone)
    _parity(sheet, board, rows, period, zone, side)


def _grid(sheet: Sheet, board: Board, period: Period, zone: str) -> None:
    """In an edition: what the rest of the city holds, and which schemes are too small to be compared by quarter."""
    if board.audience is Audience.COORDINATION:
        return
    small = [t.lower_first(item.short) for item in outside_grid(board, period, zone)]
    left = f" Trop peu d'entrées par trimestre pour être comparés sans rompre le secret{t.NBSP}: {t.joined(small)}." if small else ""
    sheet.note(f"{t.period_label(period)}. {REST}{left}")


def _over_time(sheet: Sheet, board: Board, rows: list[GapRow], period: Period, zone: str) -> None:
    moved = movements.movements(board, rows, period, zone)
    sheet.title(trends_title([item.quarter for item in moved], [item.year for item in moved]))
    panels = movements.panels(board, moved, period, zone)
    if not panels:
        sheet.missing(f"Aucune évolution à montrer jusqu'au {t.period_label(period)}.")
        return
    source = sources_of(board, measures_of(schemes()), period.code)
    side = _names(board, zone)[0]
    first = movements.first_quarter(board, period)
    sheet.chart(
        trends_chart(panels, f"habitants {side}"),
        movements.overview(moved, period, first),
        movements.movements_table(moved, period, first),
        source,
        key="evolution",
    )
    undrawn = [t.lower_first(series.label) for series in panels[PANELS:]]
    sheet.note(OVER_TIME + (f" Dans le tableau seul, faute de place{t.NBSP}: {t.joined(undrawn)}." if undrawn else ""))
    if first is None:
        sheet.section("Écart par écart")
        sheet.show(html.bullets(movements.told_over_time(moved, side)))


def _names(board: Board, zone: str) -> tuple[str, str]:
    """The zone as a complement (« des QPV ») and as a heading."""
    if zone == QPV:
        return "des QPV", "Ensemble des QPV"
    label = board.settings.territory.label(zone)
    return t.of(label), label


def _parity(sheet: Sheet, board: Board, rows: list[GapRow], period: Period, zone: str, side: str) -> None:
    sheet.section("Ce qu'il faudrait pour un accès égal")
    sheet.show(html.bullets([sentences.gap(row, period, side) for row in rows if row.established] or ["Aucun écart établi ce trimestre."]))
    sheet.show(html.table(parity_table([(row, parity_of(board, row, period, zone)) for row in rows], period)))
    definition = f"part {side} parmi les entrées, divisée par leur part parmi les demandeurs d'emploi"
    sheet.note(f"Indice de parité{t.NBSP}: {definition}{t.NNBSP}; 1 = même accès.")
    sheet.section("Combien de personnes")
    persons = sentences_explained.distinct(access.persons_known(board, access.PERSONS, period, zone), measures()[access.PERSONS])
    sheet.show(html.paragraph(f"Habitants {side} entrés dans un dispositif {t.during(period)}{t.NBSP}: {t.lower_first(persons)}", "phrase"))
    sheet.note(indicators()["N2.6-personnes"].limits)


def _made_of(sheet: Sheet, board: Board, rows: list[GapRow], period: Period, zone: str) -> None:
    found = access.explained(board, rows, period, zone)
    sheet.title(access.made_of_title(found))
    if not any(item.known for item in found):
        sheet.missing("Aucun écart ne peut être décomposé pour ce choix.", ACCOUNTING)
        return
    sheet.show(html.paragraph(f"Ce qui compose les écarts établis {t.during(period)}, par sexe et par âge.", "phrase"))
    said = access.told(found)
    sheet.show(html.bullets(said) if said else html.paragraph("Aucun écart établi ce trimestre.", "phrase"))
    sheet.show(html.table(access.explained_table(found, period)))
    sheet.note(sources_of(board, measures_of(schemes()), period.code))
    sheet.note(" ".join([*access.left_out(found), BEFORE_ROUNDING]))
    sheet.note(ACCOUNTING)
