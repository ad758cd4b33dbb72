"""The figures of an indicator's sheet: its finding, each zone, each breakdown over twelve months, its history, as its reader is shown them.

Its definition and its deliveries are written in ``pages.indicateurs``.
"""

from __future__ import annotations

from collections.abc import Sequence

from dashboard import sheet_figures
from dashboard.components import html, released
from dashboard.components.explained import COMPARED, details
from dashboard.components.sheet_tables import breakdown_table, counts_table, figures_table, history_table, legend, marked
from dashboard.components.sources import sources_of
from dashboard.content.sheet import Sheet
from dashboard.sheet_reading import Reading
from dashboard.sheets import main_zone
from indicators import sentences, sentences_targets, sentences_values, targets
from indicators import typography as t
from indicators.codes import DIMENSIONS
from indicators.indicator import Kind
from indicators.period import Frequency
from indicators.registry import indicators, measures
from indicators.sentences_rows import gap_rows
from indicators.territory import HORS_QPV, NON_LOCALISE, QPV, VILLE
from indicators.windows import Window

TOO_SMALL = "Effectifs trop petits pour ce public"
FOLLOWED = "La coordination suit cet indicateur ; la fiche ci-dessous dit ce qu'il mesure, et d'où il vient."
REST = f"Reste de la ville{t.NBSP}: hors QPV et adresses non localisées."
BY_QPV = f"Par quartier{t.NBSP}: non disponible, "
BY_CATEGORY = (QPV, HORS_QPV, VILLE)
"""The zones whose history is told for an indicator that exists by category only."""
TARGET_ELSEWHERE = f"Cible du copil{t.NBSP}: suivie par la coordination, effectifs trop petits pour ce public."


def content(sheet: Sheet, reading: Reading) -> None:
    """Write the figures of a sheet at a period, then what is worth saying of them and their history."""
    zones = reading.sheet.zones
    said = details(reading.board, reading.item, reading.period, main_zone(zones), by_zone=QPV in zones)
    if not reading.empty:
        _figures(sheet, reading)
    elif not said:
        sheet.missing(f"{TOO_SMALL}, {t.period_label(reading.period)}.", t.french(FOLLOWED))
    if said:
        sheet.section("Dans le temps et dans le détail")
        sheet.show(html.bullets(said))
    if reading.item.total:
        _history(sheet, reading)
    else:
        _histories(sheet, reading)
    explained = "" if reading.live else legend(sheet.blocks)
    if explained:
        sheet.note(explained)


def _figures(sheet: Sheet, reading: Reading) -> None:
    item = reading.item
    for text in (*_finding(reading), *_targets(reading)):
        sheet.show(html.paragraph(text, "phrase"))
    for table in _zone_tables(reading) if item.total else ():
        sheet.show(_written(reading, table))
    used = item.measures
    said = sources_of(reading.board, used, reading.period.code) if used else f"Source{t.NBSP}: {item.source}."
    sheet.show(html.paragraph(said, "source"))
    small = _breakdowns(sheet, reading)
    if reading.live and reading.together and not item.total:
        sheet.note(f"{BY_QPV}{reading.together}.")
    if sheet_figures.counts_persons(item) and not reading.live:
        sheet.note(_grid(reading, small))


def _finding(reading: Reading) -> list[str]:
    """The gap of the QPVs where there is one, else the figure of the zone that speaks for the indicator; else that of twelve months."""
    board, item, period = reading.board, reading.item, reading.period
    if not item.total:
        return [f"{item.label}{t.NBSP}: se lit par {t.joined([t.lower_first(code) for code in item.breakdowns])}, sans ensemble."]
    sides = [reading.told(Window.PERIOD, side) for side in (QPV, HORS_QPV)]
    if item.kind in COMPARED and all(side and side.known for side in sides):
        return [sentences.gap(gap_rows(board.gaps, board.values, [item], period.code, QPV)[0], period)]
    zone = main_zone(reading.sheet.zones)
    label = reading.names.get(zone, zone)
    found = reading.told(Window.PERIOD, zone)
    if found:
        return [sentences_values.value(item, found, period, label)]
    year = reading.told(Window.ROLLING_YEAR, zone)
    if year is None or not year.known:
        return []
    return [f"{reading.spans[Window.ROLLING_YEAR]} ({t.lower_first(label)}){t.NBSP}: {sentences_values.written(item, year)}."]


def _targets(reading: Reading) -> list[str]:
    declared = reading.sheet.targets
    if not declared:
        return []
    board, period, territory = reading.board, reading.period, reading.board.settings.territory
    # a dated target is read since 1 January, as on the first page
    window = Window.YEAR_TO_DATE if period.frequency is Frequency.QUARTER else Window.PERIOD
    known = sheet_figures.frame_of(board, window)
    held = [item for item in declared if sheet_figures.told(board, reading.item, window, item.zone, period, item.category)]
    frame = targets.progress(known, held, indicators(), period, board.settings.breaks, territory)
    said = [sentences_targets.target(row, territory) for row in sentences_targets.target_rows(frame, known, indicators())]
    if window is Window.YEAR_TO_DATE:
        said = [f"Depuis le 1er janvier, {t.lower_first(text)}" for text in said]
    return said if len(held) == len(declared) else [*said, TARGET_ELSEWHERE]


def _zone_tables(reading: Reading) -> list[html.Table]:
    """The figure of each zone for the period, and over twelve months where they say more."""
    item, names, spans = reading.item, reading.names, reading.spans
    if item.kind is Kind.COUNT:
        found = reading.by_zone(*reading.windows)
        return [counts_table(item, found, f"{spans[found.columns[0]]}, par zone", spans, names)] if found.lines else []
    grids = [(spans[window], reading.by_zone(window)) for window in reading.windows]
    return [figures_table(item, found, f"{span}, par zone", names) for span, found in grids if found.lines]


def _breakdowns(sheet: Sheet, reading: Reading) -> list[str]:
    """The breakdowns, folded; those that the reader's grid does not hold: « par sexe »."""
    small = []
    for dimension in reading.item.breakdowns:
        name = f"Par {t.lower_first(DIMENSIONS[dimension].label)}"
        tables = [
            breakdown_table(reading.item, dimension, found, f"{name}, {_inside(reading.spans[window])}", reading.names)
            for window, found in reading.breakdown(dimension)
        ]
        if tables:
            markup = "".join(_written(reading, table) for table in tables)
            sheet.fold(tables[0].caption if len(tables) == 1 else name, markup, opened=not reading.item.total)
        elif not reading.no_detail():
            small.append(t.lower_first(name))
    return small


def _inside(span: str) -> str:
    """A span after a comma: « douze mois, de janvier à décembre 2023 », « T4 2023 »."""
    return span if span.startswith("T") else t.lower_first(span)


def _grid(reading: Reading, small: Sequence[str]) -> str:
    """Which spans and which grid an edition's sheet shows, and what is left out of it, in one line."""
    item, shown = reading.item, {zone for zone, _ in reading.by_zone(*reading.windows).lines}
    said = [
        _covers(reading),
        *([REST] if HORS_QPV in shown else []),
        *([f"{BY_QPV}{reading.together}."] if QPV in shown and reading.together else []),
    ]
    if item.breakdowns:
        detailed = len(small) < len(item.breakdowns)
        said.append(reading.no_detail() or (released.limit(reading.board, _unit(reading)) if detailed else ""))
    zones = [zone for zone in reading.sheet.zones if zone != NON_LOCALISE and reading.outside(zone)] if shown else []
    left_out = [f"détail {t.joined(small)}"] if small else []
    left = [reading.names[zone] if zone not in {QPV, HORS_QPV} else t.lower_first(reading.names[zone]) for zone in zones]
    return " ".join(text for text in (*said, released.too_small([*left, *left_out]) if left or small else "") if text)


def _unit(reading: Reading) -> str:
    return measures()[reading.item.numerator_terms[0].measure].unit


def _covers(reading: Reading) -> str:
    """« T4 2023 ; douze mois, de janvier à décembre 2023. »: the spans of the figures above."""
    windows = [window for window in reading.windows if reading.item.total and reading.by_zone(window).lines]
    windows += [window for dimension in reading.item.breakdowns for window, _ in reading.breakdown(dimension)]
    named = [reading.spans[window] for window in dict.fromkeys(windows)]
    return f"{t.NNBSP}; ".join([*named[:1], *(_inside(span) for span in named[1:])]) + "."


def _history(sheet: Sheet, reading: Reading) -> None:
    """The figure of each zone, period by period; over twelve months too, where the grid of an edition tells more zones so."""
    board, item, periods, zones = reading.board, reading.item, reading.sheet.periods, reading.sheet.zones
    found = sheet_figures.over_time(board, item, Window.PERIOD, periods, zones)
    tables = [(f"{item.label}, par période", found)]
    if not reading.live and reading.period.frequency is Frequency.QUARTER:
        ends = [period for period in periods if not released.too_early(board, period)]
        year = sheet_figures.over_time(board, item, Window.ROLLING_YEAR, ends, zones)
        if year.known and set(year.columns) - set(found.columns) - {NON_LOCALISE}:
            tables.append((f"{item.label}, sur les douze mois qui finissent avec le trimestre", year))
    tables = [(caption, grid) for caption, grid in tables if grid.lines]
    if not tables:
        return
    sheet.section("Historique")
    for caption, grid in tables:
        sheet.show(_written(reading, history_table(reading.sheet, grid, caption, reading.names), captioned=caption != tables[0][0]))
    silent = [zone for zone in sheet_figures.ever_told(board, item, periods, zones) if zone not in found.columns]
    if silent:
        of_qpv = reading.together and set(silent) <= set(board.settings.territory.qpv_codes())
        why = f" ({reading.together})" if of_qpv else ""
        sheet.note(f"Sans aucun chiffre, et laissés de côté{t.NBSP}: {t.joined([reading.names[zone] for zone in silent])}{why}.")


def _histories(sheet: Sheet, reading: Reading) -> None:
    """The figures of each category, period by period, one table for each zone: what has no total."""
    item, periods = reading.item, reading.sheet.periods
    tables = []
    for dimension in item.breakdowns:
        names = {category.code: category.label for category in DIMENSIONS[dimension].categories}
        for zone in BY_CATEGORY:
            found = sheet_figures.categories_over_time(reading.board, item, dimension, periods, zone)
            if found.lines:
                tables.append(history_table(reading.sheet, found, f"{reading.names[zone]}, par période", names))
    if tables:
        sheet.section("Historique")
    for table in tables:
        sheet.show(_written(reading, table))


def _written(reading: Reading, table: html.Table, *, captioned: bool = True) -> str:
    hidden = not reading.live and sheet_figures.counts_persons(reading.item)
    return html.table(marked(table) if hidden else table, show_caption=captioned)
