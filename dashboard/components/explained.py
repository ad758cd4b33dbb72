"""The sentences of a sheet besides its figure: since January, what changed in a year, what makes the gap, between which bounds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from connectors.calendar import provisional
from dashboard import sheet_figures
from dashboard.components.access import persons_known
from dashboard.components.movements import first_quarter
from dashboard.components.readings import breaks_of
from dashboard.reasons import known_by_several, together
from indicators import sentences_explained, sentences_values
from indicators import typography as t
from indicators.codes import DIMENSIONS
from indicators.decomposition import contributions, decompose
from indicators.evolution import FOLLOWED, Against, evolutions, gap_evolutions
from indicators.evolution_rows import evolution_row, gap_evolution_row
from indicators.gaps import gaps
from indicators.indicator import Indicator, Kind
from indicators.measures import Nature
from indicators.meeting import Audience
from indicators.period import Frequency, Period
from indicators.registry import indicators, measures
from indicators.sentences_evolution import before_series, evolution, gap_evolution
from indicators.sentences_rows import gap_rows
from indicators.status import Status
from indicators.territory import HORS_QPV, QPV
from indicators.windows import Window

if TYPE_CHECKING:
    import pandas as pd

    from dashboard.board import Board

COMPARED = frozenset({Kind.PROPORTION, Kind.RATE})


def details(board: Board, indicator: Indicator, period: Period, zone: str, *, by_zone: bool) -> list[str]:
    """What is worth saying of an indicator at a period, for the zone that speaks for it and (``by_zone``) for its gap."""
    if not indicator.total or indicator.kind not in FOLLOWED:
        return []
    values = board.values[board.values["indicator"] == indicator.code]
    said = [
        *_to_date(board, indicator, period, zone),
        *_bounds(board, indicator, period, zone),
        *_change(board, values, indicator, period, zone),
    ]
    if by_zone and indicator.kind in COMPARED:
        said += _gap(board, values, indicator, period)
    return said


def _to_date(board: Board, indicator: Indicator, period: Period, zone: str) -> list[str]:
    """Events since 1 January, where the quarter is not the first."""
    natures = {measures()[code].nature for code in indicator.measures}
    if period.frequency is not Frequency.QUARTER or period.number == 1 or indicator.kind is not Kind.COUNT or natures != {Nature.FLOW}:
        return []
    told = sheet_figures.told(board, indicator, Window.YEAR_TO_DATE, zone, period)
    if told is None:
        return []
    return [f"Depuis le 1er janvier {period.year}{t.NBSP}: {sentences_values.short(indicator, told)}."]


def _bounds(board: Board, indicator: Indicator, period: Period, zone: str) -> list[str]:
    """Distinct persons known to several partners; the coordination reads them as the figure itself."""
    if board.audience is Audience.COORDINATION or not known_by_several(board, indicator):
        return []
    code = indicator.numerator_terms[0].measure
    return [sentences_explained.distinct(persons_known(board, code, period, zone), measures()[code])]


def _change(board: Board, values: pd.DataFrame, indicator: Indicator, period: Period, zone: str) -> list[str]:
    if not _shown(board, indicator, period, zone) or known_by_several(board, indicator):
        return []
    first = _first(board, period)
    if first is not None:
        return [before_series(first)]
    if not _shown(board, indicator, period.same_period_last_year(), zone):
        return []
    moving = provisional(board.declared, board.today)
    frame = evolutions(values, indicators(), breaks_of(board), board.settings.territory, Against.YEAR_AGO, moving)
    row = evolution_row(frame, values, indicator, period.code, zone)
    return [] if row is None else [evolution(row)]


def _shown(board: Board, indicator: Indicator, period: Period, *zones: str) -> bool:
    """Whether the reader's grid holds the figure of each zone."""
    return all(sheet_figures.told(board, indicator, Window.PERIOD, zone, period) for zone in zones)


def _first(board: Board, period: Period) -> Period | None:
    """The first period of the series, where a year before is sooner."""
    if period.frequency is Frequency.QUARTER:
        return first_quarter(board, period)
    started = board.settings.city.started_on
    return Period.of(started, period.frequency) if period.same_period_last_year().first_day < started else None


def _gap(board: Board, values: pd.DataFrame, indicator: Indicator, period: Period) -> list[str]:
    if not _shown(board, indicator, period, QPV, HORS_QPV):
        return []
    now = gap_rows(board.gaps, board.values, [indicator], period.code, QPV)[0]
    if now.known and min(now.qpv.denominator, now.rest.denominator) < t.FEW:
        return [f"{SUBJECT}{t.NBSP}: effectifs trop faibles pour en dire plus."]
    said = _gap_change(board, values, indicator, period)
    if not now.established:
        return said
    here = values[values["period"] == period.code]
    for dimension in indicator.breakdowns:
        if not DIMENSIONS[dimension].exclusive:
            continue
        row = sentences_explained.decomposition_row(decompose(here, indicators(), dimension), indicator, period.code, QPV, dimension)
        if row.status is Status.OK:
            said.append(sentences_explained.decomposition(row))
    if not _shown(board, indicator, period, *board.settings.territory.qpv_codes(period)):
        return said
    parts = sentences_explained.parts(contributions(here, indicators()), indicator.code, period.code, board.settings.territory)
    told = sentences_explained.contributions(parts, together(board, indicator))
    return [*said, told] if told else said


SUBJECT = "Habitants des QPV et reste de la ville"


def _gap_change(board: Board, values: pd.DataFrame, indicator: Indicator, period: Period) -> list[str]:
    """What became of the gap in a year; nothing before the series, which is told once."""
    before = period.same_period_last_year()
    if _first(board, period) is not None or not _shown(board, indicator, before, QPV, HORS_QPV):
        return []
    territory, moving = board.settings.territory, provisional(board.declared, board.today)
    frame = gap_evolutions(gaps(values, indicators()), indicators(), breaks_of(board), territory, Against.YEAR_AGO, moving)
    dates = (period.code, before.code)
    fragile = any(gap_rows(board.gaps, board.values, [indicator], day, QPV)[0].fragile for day in dates)
    return [gap_evolution(gap_evolution_row(frame, indicator, period, QPV, Against.YEAR_AGO, fragile=fragile), SUBJECT)]
