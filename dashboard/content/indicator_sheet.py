"""The figures of an indicator's sheet: its finding, each zone, each breakdown over twelve months, its history, as its reader is shown them.

Its definition and its deliveries are written in ``pages.indicateurs``.
"""

from __future__ import annotations

from collections.abc import Sequence

from dashboard import sheet_figures
from dashboard.components import html, released
from dashboard.components.explained import COMPARED, details
from dashboard.components.readings import breaks_of
from dashboard.components.sheet_tables import breakdown_table, counts_table, figures_table, legend
from dashboard.components.sources import sources_of
from dashboard.content.indicator_history import history, written
from dashboard.content.sheet import Sheet
from dashboard.sheet_reading import Reading
from dashboard.sheets import main_zone
from indicators import sentences, sentences_targets, sentences_values, targets
from indicators import typography as t
from indicators.codes import DIMENSIONS
from indicators.indicator import Kind
from indicators.period import Frequency
from indicators.registry import indicators, measures
from indicators.sentences_rows import GapRow, gap_rows
from indicators.territory import HORS_QPV, NON_LOCALISE, QPV
from indicators.windows import Window

TOO_SMALL = "Effectifs trop petits pour ce public"
FOLLOWED = "La coordination suit cet indicateur ; la fiche ci-dessous dit ce qu'il mesure, et d'où il vient."
REST = f"Reste de la ville{t.NBSP}: hors QPV et adresses non localisées."
BY_QPV = f"Par quartier{t.NBSP}: non disponible, "
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
    history(sheet, reading)
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
    frame = targets.progress(known, held, indicators(), period, breaks_of(board), territory)
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
    windows = zip(reading.windows, grids, strict=True)
    return [
        figures_table(item, found, f"{span}, par zone", names, _compared(reading, window, found))
        for window, (span, found) in windows
        if found.lines
    ]


def _compared(reading: Reading, window: Window, found: sheet_figures.Grid) -> dict[str, GapRow]:
    """The gap of each zone of QPVs with the rest of the city, where the reader is shown both."""
    board, item, shown = reading.board, reading.item, {zone for zone, _ in found.lines}
    if item.kind not in COMPARED or HORS_QPV not in shown:
        return {}
    values, gaps = (board.rolling, board.rolling_gaps) if window is Window.ROLLING_YEAR else (board.values, board.gaps)
    rows = {
        zone: gap_rows(gaps, values, [item], reading.period.code, zone)[0] for zone in shown & {QPV, *board.settings.territory.qpv_codes()}
    }
    return {zone: row for zone, row in rows.items() if row.known}


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


def _written(reading: Reading, table: html.Table) -> str:
    return html.table(written(reading, table))
