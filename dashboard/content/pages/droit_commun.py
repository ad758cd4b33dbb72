"""Droit commun: do residents of the QPVs enter as often as the rest of the city? The gaps, what parity would take, what makes them.

The entries of a quarter, or of the twelve months that it ends; what became of both in a year; what makes the gaps of the twelve months.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dashboard.charts import gaps_chart
from dashboard.charts.trends import PANELS, trends_chart
from dashboard.components import access, html, links, movements, released
from dashboard.components.readings import ACCESS, PARITY, has_figures, parity_of, schemes
from dashboard.components.tables import gaps_table, parity_table
from dashboard.content.access_reading import OVER_YEAR, Reading, fragile, grid_line
from dashboard.content.choice import Choice
from dashboard.content.sheet import Sheet
from indicators import sentences, sentences_explained
from indicators import typography as t
from indicators.period import Period
from indicators.registry import indicators, measures
from indicators.sentences_evolution import trends_title
from indicators.sentences_rows import GapRow
from indicators.windows import Window

if TYPE_CHECKING:
    from dashboard.board import Board

BEFORE_ROUNDING = "Écarts calculés avant arrondi."
ACCOUNTING = (
    f"Décomposition de Kitagawa{t.NBSP}: une comptabilité, pas une cause. Elle n'est possible que si le partenaire et France Travail "
    "comptent selon la même ventilation, sans laisser personne de côté."
)
OVER_TIME = (
    "Chaque écart est comparé à celui du même trimestre un an plus tôt. Une même échelle par ligne. "
    "Aucune évolution ne franchit une rupture de série."
)
YEARS = "Les douze mois qui finissent avec le trimestre, et les douze mois d'avant\u00a0: plus d'entrées, donc moins de hasard."
NOT_THIS_QUARTER = "La vue «\u00a0Ce trimestre\u00a0» compare les entrées du trimestre."


def content(sheet: Sheet, board: Board, choice: Choice) -> None:
    """Write the page for a quarter, a zone and a view."""
    if not has_figures(board):
        sheet.title("Accès au droit commun\u00a0: aucune donnée reçue")
        sheet.missing("Il faut les entrées des partenaires et les demandeurs d'emploi de France Travail.")
        return
    period, zone = Period.parse(choice.period), choice.zone
    quarter, year = (Reading(board, period, zone, window) for window in (Window.PERIOD, Window.ROLLING_YEAR))
    if choice.view == "composition":
        _made_of(sheet, year)
    elif choice.view == "evolution":
        _over_time(sheet, quarter, year)
    else:
        _gaps(sheet, year if choice.view == "annee" else quarter)
    legend = released.legend(sheet.blocks)
    if legend:
        sheet.note(legend)


def _gaps(sheet: Sheet, read: Reading) -> None:
    early = released.too_early(read.board, read.period) if read.year else ""
    if early:
        sheet.title(f"Accès au droit commun {OVER_YEAR}{t.NBSP}: il faut douze mois")
        sheet.missing(early, NOT_THIS_QUARTER)
        return
    rows = read.rows
    sheet.title(sentences.gaps_title(rows, read.side, OVER_YEAR if read.year else ""))
    if rows:
        sheet.chart(
            gaps_chart(rows, f"habitants {read.side}", OVER_YEAR if read.year else ""),
            sentences.gaps_overview(rows),
            _linked(gaps_table(rows, read.dated, read.name), rows, read),
            read.source,
            key="ecarts",
        )
    else:
        sheet.missing("Aucun écart à montrer pour ce choix.", "Les effectifs sont trop petits pour ce public.")
    grid_line(sheet, read)
    sheet.note(" ".join([sentences.FALSE_SIGNALS, BEFORE_ROUNDING, *fragile(read.board, rows)]))
    if rows:
        _parity(sheet, read, rows)
    if not read.year:
        _persons(sheet, read)


def _linked(table: html.Table, rows: Sequence[GapRow], read: Reading) -> html.Table:
    """The table of some gaps, each leading to the sheet of its scheme."""
    return links.by_row(table, [row.indicator.code for row in rows], read.period, read.zone)


def _over_time(sheet: Sheet, quarter: Reading, year: Reading) -> None:
    board, period, zone = quarter.board, quarter.period, quarter.zone
    before = released.too_early(board, period.same_period_last_year())
    moved = movements.movements(board, quarter.rows, period, zone)
    years = [] if before else movements.movements(board, year.rows, period, zone, Window.ROLLING_YEAR)
    sheet.title(trends_title([item.change for item in moved], [item.change for item in years]))
    panels = movements.panels(board, moved, period, zone)
    if not panels:
        sheet.missing(f"Aucune évolution à montrer jusqu'au {t.period_label(period)}.")
        return
    first = movements.first_quarter(board, period)
    sheet.chart(
        trends_chart(panels, f"habitants {quarter.side}"),
        movements.overview(moved, years, period, first),
        _linked(movements.movements_table(moved, period, first), [item.gap for item in moved], quarter),
        quarter.source,
        key="evolution",
    )
    grid_line(sheet, quarter)
    undrawn = [t.lower_first(series.label) for series in panels[PANELS:]]
    sheet.note(OVER_TIME + (f" Dans le tableau seul, faute de place{t.NBSP}: {t.joined(undrawn)}." if undrawn else ""))
    if first is None:
        sheet.section("Écart par écart")
        sheet.show(html.bullets(movements.told_over_time(moved, quarter.side)))
        _over_years(sheet, years, year, before)


def _over_years(sheet: Sheet, years: list[movements.Movement], read: Reading, before: str) -> None:
    """What became of the gaps of twelve months, once there are two of them."""
    sheet.section("Sur douze mois")
    if before or not years:
        sheet.note("Il faut deux fois douze mois." if before else "Aucun écart à comparer.")
        return
    said = movements.established_over_time(years, read.side)
    sheet.show(html.bullets(said) if said else html.paragraph("Aucune évolution établie.", "phrase"))
    sheet.show(html.table(_linked(movements.movements_table(years, read.period), [item.gap for item in years], read)))
    sheet.note(YEARS)


def _parity(sheet: Sheet, read: Reading, rows: list[GapRow]) -> None:
    sheet.section("Ce qu'il faudrait pour un accès égal")
    none = f"Aucun écart établi {'sur ces douze mois' if read.year else 'ce trimestre'}."
    established = [sentences.gap(row, read.period, read.side, read.over) for row in rows if row.established]
    sheet.show(html.bullets(established or [none]))
    told = [(row, parity_of(read.board, row, read.period, read.zone, read.window)) for row in rows]
    shown = [(row, index) for row, index in told if index]
    if shown:
        table = parity_table(shown, read.dated, unlocated=read.exact)
        codes = [PARITY + row.indicator.code.removeprefix(ACCESS) for row, _ in shown]
        sheet.show(html.table(links.by_row(table, codes, read.period, read.zone)))
    definition = f"part {read.side} parmi les entrées, divisée par leur part parmi les demandeurs d'emploi"
    said = [f"Indice de parité{t.NBSP}: {definition}{t.NNBSP}; 1 = même accès."]
    known = [] if read.exact else [row for row in rows if t.is_known(row.unlocated)]
    if known:
        shares = [f"{t.lower_first(row.indicator.short)} {t.percent(100 * row.unlocated)}" for row in known]
        said.append(f"Entrées non localisées{t.NBSP}: {t.joined(shares)}.")
    sheet.note(" ".join(said))


def _persons(sheet: Sheet, read: Reading) -> None:
    sheet.section("Combien de personnes")
    bound = access.persons_known(read.board, access.PERSONS, read.period, read.zone)
    persons = t.lower_first(sentences_explained.distinct(bound, measures()[access.PERSONS]))
    sheet.show(html.paragraph(f"Habitants {read.side} entrés dans un dispositif {read.when}{t.NBSP}: {persons}", "phrase"))
    sheet.note(f"{indicators()['N2.6-personnes'].limits} {_perimeter()}")


def _perimeter() -> str:
    """Which of the schemes of the page are those of N2.6 and of its persons."""
    counted, listed = set(indicators()["N2.6"].measures), schemes()
    names = [t.lower_first(item.short) for item in listed if item.numerator_terms[0].measure in counted]
    how_many = f"{sentences.in_words(len(names))} des {sentences.in_words(len(listed))} dispositifs"
    return f"Ces personnes, comme les entrées de N2.6, sont celles de {how_many}{t.NBSP}: {t.joined(names)}."


def _made_of(sheet: Sheet, read: Reading) -> None:
    early = released.too_early(read.board, read.period)
    if early:
        sheet.title(f"Ce qui compose les écarts{t.NBSP}: il faut douze mois")
        sheet.missing(early, ACCOUNTING)
        return
    found = access.explained(read.board, read.rows, read.period, read.zone)
    sheet.title(access.made_of_title(found))
    if any(item.known for item in found):
        sheet.show(html.paragraph(f"Ce qui compose les écarts établis {read.when}, par sexe et par âge.", "phrase"))
        said = access.told(found)
        sheet.show(html.bullets(said) if said else html.paragraph("Aucun écart établi sur ces douze mois.", "phrase"))
        sheet.show(html.table(_linked(access.explained_table(found, read.over), [item.gap for item in found if item.known], read)))
        sheet.show(html.paragraph(read.source, "source"))
    else:
        sheet.missing("Aucun écart ne peut être décomposé pour ce choix.", ACCOUNTING)
    grid_line(sheet, read, released.limit(read.board))
    sheet.note(" ".join([*access.left_out(found), BEFORE_ROUNDING, ACCOUNTING]))
