"""An indicator in this Cité: what breaks its series, what is aimed at, its last figure. Who delivers it, and when, is in ``dues``.

What it declares, whatever the Cité, is in ``definitions``; how both are laid out, in ``components.sheet_tables``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.components.readings import breaks_of
from dashboard.dues import Origin, delays, next_due, origins_of, own_log
from dashboard.reasons import bounded, known_by_several
from dashboard.sheet_figures import told
from indicators import typography as t
from indicators.codes import DIMENSIONS, ENSEMBLE, category_label
from indicators.indicator import Indicator, Kind
from indicators.period import Period, SeriesBreak
from indicators.registry import measures
from indicators.sentences import capital
from indicators.sentences_rows import NOT_TRANSMITTED, Figure
from indicators.sentences_targets import in_unit
from indicators.status import Status
from indicators.targets import Target
from indicators.territory import HORS_QPV, NON_LOCALISE, QPV, VILLE, Territory
from indicators.windows import Window

if TYPE_CHECKING:
    import pandas as pd

    from dashboard.board import Board

LAST_WINDOWS = (Window.PERIOD, Window.ROLLING_YEAR)
"""Where the last figure of an indicator is looked for, of each of its periods."""


@dataclass(frozen=True)
class Sheet:
    """An indicator in this Cité: who delivers it, what breaks its series, what is aimed at.

    ``periods`` and ``zones`` are those it is established for, oldest first and in reading order.
    """

    indicator: Indicator
    origins: tuple[Origin, ...]
    breaks: tuple[SeriesBreak, ...]
    targets: tuple[Target, ...]
    periods: tuple[Period, ...]
    zones: tuple[str, ...]


def sheet(board: Board, indicator: Indicator) -> Sheet:
    """The sheet of one indicator for a version of the data."""
    rows = board.values[board.values["indicator"] == indicator.code]
    return Sheet(
        indicator=indicator,
        origins=tuple(origins_of(board, indicator)),
        breaks=tuple(sorted((item for item in breaks_of(board) if _concerns(item, indicator)), key=lambda item: item.day)),
        targets=tuple(item for item in board.settings.targets if item.indicator == indicator.code),
        periods=tuple(own_periods(rows["period"].unique().tolist())),
        zones=tuple(zone for zone in _reading_order(board) if zone in set(rows["zone"])),
    )


@dataclass(frozen=True)
class Line:
    """An indicator in the list of all: its last known figure over the zone that speaks for it (or its last state), and its next due day.

    An indicator that exists by category only has a figure without value: known when one of its categories is.

    Attributes:
        window: the span of the figure: twelve months where the reader is shown no shorter one.
        outside: whether the reader's grid holds nothing of it.
    """

    indicator: Indicator
    figure: Figure
    period: Period | None
    zone: str
    due: str
    window: Window = Window.PERIOD
    outside: bool = False


def overview(board: Board, items: Sequence[Indicator]) -> list[Line]:
    """The list of some indicators, in their order."""
    by_code = dict(tuple(board.values.groupby("indicator", sort=False)))
    nothing, order = board.values.iloc[:0], _reading_order(board)
    return [_line(board, item, by_code.get(item.code, nothing), order) for item in items]


def _line(board: Board, indicator: Indicator, rows: pd.DataFrame, order: Sequence[str]) -> Line:
    present = set(rows["zone"])
    zone = main_zone([zone for zone in order if zone in present])
    due = next_due(origins_of(board, indicator), indicator)
    periods = own_periods(rows.loc[rows["zone"] == zone, "period"].unique().tolist())
    if not periods:
        return Line(indicator, NOT_TRANSMITTED, None, zone, due)
    found = [
        (figure, window, period)
        for period in reversed(periods)
        for window in LAST_WINDOWS
        if (figure := _last(board, indicator, window, period, zone))
    ]
    if not found and known_by_several(board, indicator):
        return Line(indicator, bounded(board, indicator, zone, periods[-1]), periods[-1], zone, due)
    if not found:
        return Line(indicator, NOT_TRANSMITTED, periods[-1], zone, due, outside=True)
    figure, window, period = next((each for each in found if each[0].known or each[0].bounded), found[0])
    return Line(indicator, figure, period, zone, due, window)


def _last(board: Board, indicator: Indicator, window: Window, period: Period, zone: str) -> Figure | None:
    """The figure of a zone; without a total, whether one of its categories is known."""
    if indicator.total:
        return told(board, indicator, window, zone, period)
    cells = [(dimension, code) for dimension in indicator.breakdowns for code in DIMENSIONS[dimension].codes]
    found = [each for cell in cells if (each := told(board, indicator, window, zone, period, cell))]
    if not found:
        return None
    return Figure(float("nan"), Status.OK if any(each.known for each in found) else Status.NON_TRANSMIS)


def _concerns(item: SeriesBreak, indicator: Indicator) -> bool:
    """A change of perimeter concerns what is counted by zone; another break, what it measures. Money is not counted."""
    if indicator.kind is Kind.MONEY:
        return False
    if item.perimeter and indicator.measures and not all(measures()[code].territorial for code in indicator.measures):
        return False
    return not item.measures or bool(item.measures & {*indicator.measures, indicator.published})


def _reading_order(board: Board) -> list[str]:
    return [QPV, *board.settings.territory.qpv_codes(), HORS_QPV, NON_LOCALISE, VILLE]


def own_periods(codes: Sequence[str]) -> list[Period]:
    """The periods of the shortest frequency among some codes, oldest first: quarters where there are any, else half-years, else years."""
    periods = sorted(Period.parse(code) for code in codes)
    shortest = min((period.frequency.months for period in periods), default=0)
    return [period for period in periods if period.frequency.months == shortest]


def main_zone(zones: Sequence[str]) -> str:
    """The zone that speaks for an indicator: the whole city, else all the QPVs (parity), else the first there is (published values)."""
    return next((zone for zone in (VILLE, QPV) if zone in zones), zones[0] if zones else VILLE)


def local_rows(content: Sheet, territory: Territory) -> list[tuple[str, str]]:
    """What this Cité adds to a sheet, as (heading, French text): sources, contacts, dues, breaks, targets."""
    origins = content.origins
    dues = [f"{item.label} : {next_due([item], content.indicator)}" for item in origins] or [next_due([], content.indicator)]
    broken = [f"{t.date_short(item.day)}, {t.lower_first(item.label)}" for item in content.breaks]
    rows = [
        ("Livré par", ", ".join(item.label for item in origins) or _no_origin(content.indicator)),
        ("Contact", " ; ".join(f"{item.label} : {item.contact or 'non renseigné'}" for item in origins) or "Non renseigné"),
        ("Appartenance au QPV", " ; ".join(f"{item.label} : {item.method}" for item in origins if item.method) or "Sans objet"),
        ("Délai attendu", delays(origins, content.indicator)),
        ("Prochaine donnée attendue", capital(" ; ".join(dues))),
        ("Ruptures de série", " ; ".join(broken) or "Aucune"),
        ("Cible du copil", " ; ".join(_target(content.indicator, item, territory) for item in content.targets) or "Aucune cible fixée"),
    ]
    return [(heading, t.french(text)) for heading, text in rows]


def _no_origin(indicator: Indicator) -> str:
    return "Le journal des livraisons, tenu par l'outil" if own_log(indicator) else "Aucune source déclarée"


def _target(indicator: Indicator, item: Target, territory: Territory) -> str:
    """« Ville entière : 55 % au 31/12/2022 puis 60 % au 31/12/2023, depuis 50 % au 01/01/2022 (copil du 20/10/2022) »."""
    steps = " puis ".join(f"{in_unit(indicator, step.value)} au {t.date_short(step.day)}" for step in item.milestones)
    start = f"depuis {in_unit(indicator, item.initial)} au {t.date_short(item.initial_day)}"
    place = territory.label(item.zone)
    if item.category[0] != ENSEMBLE:
        place += f", {t.lower_first(category_label(*item.category))}"
    return f"{place} : {steps}, {start} ({t.lower_first(item.source)})"
