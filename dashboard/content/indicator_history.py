"""The history of an indicator's sheet: its chart, what it says in sentences (breaks, revisions, provisional figures), its table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from connectors.calendar import provisional
from dashboard import sheet_figures
from dashboard.charts.history import History, Line, history_chart
from dashboard.components import html, released
from dashboard.components.explained import COMPARED
from dashboard.components.readings import breaks_of
from dashboard.components.sheet_tables import history_table, marked
from dashboard.components.sources import sources_of
from dashboard.content.sheet import Sheet
from dashboard.revisions import Revision, revisions
from dashboard.sheet_reading import Reading
from dashboard.sheets import main_zone
from indicators import sentences_values
from indicators import typography as t
from indicators.breaks import broken
from indicators.codes import DIMENSIONS
from indicators.indicator import Kind
from indicators.period import Frequency, Period
from indicators.sentences_rows import Figure
from indicators.status import Status
from indicators.territory import HORS_QPV, NON_LOCALISE, QPV, VILLE
from indicators.windows import Window

if TYPE_CHECKING:
    from datetime import date

    from dashboard.sheet_figures import Grid

BY_CATEGORY = (QPV, HORS_QPV, VILLE)
"""The zones whose history is told for an indicator that exists by category only."""
FEWEST = 2
"""Known periods under which there is a table and no chart."""
NAMED = 4
"""Revised figures that a sentence can name without becoming a list: the others are counted."""
SAME_ACCESS = (1.0, "1 = même accès")


def history(sheet: Sheet, reading: Reading) -> None:
    """The figure of each zone, period by period; over twelve months too, where the grid of an edition tells more zones so."""
    if not reading.item.total:
        _by_category(sheet, reading)
        return
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
        table = written(reading, history_table(reading.sheet, grid, caption, reading.names))
        if grid is not found or not _chart(sheet, reading, found, table):
            sheet.show(html.table(table, show_caption=caption != tables[0][0]))
    silent = [zone for zone in sheet_figures.ever_told(board, item, periods, zones) if zone not in found.columns]
    if silent:
        of_qpv = reading.together and set(silent) <= set(board.settings.territory.qpv_codes())
        why = f" ({reading.together})" if of_qpv else ""
        sheet.note(f"Sans aucun chiffre, et laissés de côté{t.NBSP}: {t.joined([reading.names[zone] for zone in silent])}{why}.")


def _by_category(sheet: Sheet, reading: Reading) -> None:
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
        sheet.show(html.table(written(reading, table)))


def written(reading: Reading, table: html.Table) -> html.Table:
    """A table of a sheet with the mark of secrecy in place of its words, for a reader other than the coordination."""
    hidden = not reading.live and sheet_figures.counts_persons(reading.item)
    return marked(table) if hidden else table


def _chart(sheet: Sheet, reading: Reading, found: Grid, table: html.Table) -> bool:
    """The chart with its sentences and its table; False, and nothing written, where too little is known to draw one."""
    zones = _drawn(reading, found)
    periods = [Period.parse(code) for code, _ in reversed(found.lines)]
    levels = {zone: [line[found.columns.index(zone)] for _, line in reversed(found.lines)] for zone in zones}
    known = [place for place in range(len(periods)) if any(_known(side[place]) for side in levels.values())]
    if len(known) < FEWEST or reading.item.kind is Kind.PUBLISHED:
        return False
    breaks, still = _breaks(reading, periods), _provisional(reading, periods)
    changed = revisions(reading.board, reading.item, periods, zones)
    lines = [
        Line(
            _zone_name(reading, zone),
            [level or Figure(float("nan"), Status.SECRET) for level in levels[zone]],
            zone != HORS_QPV,
            frozenset(periods.index(item.period) for item in changed if item.zone == zone),
        )
        for zone in zones
    ]
    drawn = History(
        periods,
        lines,
        lambda level: sentences_values.short(reading.item, level),
        bars=reading.item.kind is Kind.COUNT or reading.item.frequency is Frequency.YEAR,
        breaks=breaks,
        provisional=frozenset(periods.index(period) for period in still),
        reference=SAME_ACCESS if reading.item.kind is Kind.PARITY else None,
    )
    used = reading.item.measures
    source = sources_of(reading.board, used, reading.period.code) if used else f"Source{t.NBSP}: {reading.item.source}."
    sheet.chart(history_chart(drawn), _sentence(reading, drawn), table, source, key="historique")
    said = [_revised(reading, changed), _waiting(still)]
    sheet.note(" ".join(text for text in (*said, _reading(drawn)) if text))
    return True


def _known(level: Figure | None) -> bool:
    return level is not None and level.known


def _drawn(reading: Reading, found: Grid) -> list[str]:
    """The QPVs and the rest of the city where they are compared; else the zone that speaks for the indicator."""
    both = [zone for zone in (HORS_QPV, QPV) if zone in found.columns]
    if reading.item.kind in COMPARED and len(both) > 1:
        return both
    return [main_zone(found.columns)]


def _zone_name(reading: Reading, zone: str) -> str:
    if zone == HORS_QPV:
        return "hors QPV" if reading.live else "reste de la ville"
    name = reading.names[zone]
    return name if zone in reading.board.settings.territory.qpv_codes() else t.lower_first(name)


def _breaks(reading: Reading, periods: Sequence[Period]) -> dict[int, str]:
    """The positions of the periods that a break parts from the one before, and the words of each."""
    item, board = reading.item, reading.board
    if item.kind is Kind.MONEY:
        yearly = item.frequency is Frequency.YEAR
        return {} if yearly else {at: f"exercice {one.year}" for at, one in enumerate(periods) if at and one.year != periods[at - 1].year}
    found = {}
    for place in range(1, len(periods)):
        between = broken(item.measures, periods[place - 1], periods[place], breaks_of(board), board.settings.territory)
        if between:
            found[place] = f"{t.lower_first(between.label)}, {t.date_short(between.day)}"
    return found


def _provisional(reading: Reading, periods: Sequence[Period]) -> dict[Period, date]:
    """The periods whose figures a source may still revise, and the last day it may."""
    moving = provisional(reading.board.declared, reading.board.today)
    found = {}
    for period in periods:
        days = [moving[code, period.code] for code in reading.item.measures if (code, period.code) in moving]
        if days:
            found[period] = max(days)
    return found


def _sentence(reading: Reading, drawn: History) -> str:
    """« De T1 2022 à T4 2023, ensemble des QPV : de 9,4 à 11,1 pour 100 ; … »: two dates, and no evolution across a break."""
    parts = []
    for line in sorted(drawn.lines, key=lambda line: not line.ours):
        known = [place for place, level in enumerate(line.levels) if level.known]
        if not known:
            continue
        first, last = known[0], known[-1]
        then, now = (f"{drawn.write_value(line.levels[place])} au {t.period_label(drawn.periods[place])}" for place in (first, last))
        parts.append(f"{line.name}, {then}" + (f", {now}" if last != first else ""))
    broken_at = [words for _, words in sorted(drawn.breaks.items())] if reading.item.kind is not Kind.MONEY else []
    apart = f" Rupture de série{t.NBSP}: {t.joined(broken_at)}." if broken_at else ""
    label = reading.item.label.replace(f"{t.NBSP}:", ",")
    return f"{label}{t.NBSP}: {f'{t.NNBSP}; '.join(parts)}.{apart}"


def _revised(reading: Reading, changed: Sequence[Revision]) -> str:
    """Which figures are not what they were, the latest first."""
    if not changed:
        return ""
    since = "leur première livraison" if reading.live else "l'édition précédente"
    named = [
        f"{t.period_label(item.period)} ({_zone_name(reading, item.zone)}), "
        f"de {' à '.join(sentences_values.side_by_side(reading.item, item.before, item.now))}"
        for item in reversed(changed)
    ]
    more = f"{t.NNBSP}; et {t.count(len(named) - NAMED, 'autre', 'autres')}" if len(named) > NAMED else ""
    return f"Points révisés (○) depuis {since}{t.NBSP}: {f'{t.NNBSP}; '.join(named[:NAMED])}{more}."


def _waiting(still: dict[Period, date]) -> str:
    """Which figures a source may still correct, and until when."""
    if not still:
        return ""
    named = t.joined([f"{t.period_label(period)}, jusqu'au {t.date_short(day)}" for period, day in still.items()])
    return f"Provisoire (bande claire), la source peut encore corriger{t.NBSP}: {named}."


def _reading(drawn: History) -> str:
    limits = any(t.is_known(level.low) for line in drawn.lines for level in line.levels if level.known)
    if not limits:
        return ""
    form = "Trait sur chaque barre" if drawn.bars else "Bande de couleur"
    return f"{form}{t.NBSP}: intervalle à 95{t.NBSP}%."
