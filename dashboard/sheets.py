"""An indicator in this Cité: who delivers it, when it is next due, what breaks its series, what is aimed at, its last figure.

What it declares, whatever the Cité, is in ``definitions``; how both are laid out, in ``components.sheet_tables``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from connectors.source import Kind as SourceKind
from connectors.source import Source
from dashboard.sheet_figures import told
from indicators import typography as t
from indicators.codes import DIMENSIONS, ENSEMBLE, category_label
from indicators.indicator import Indicator, Kind
from indicators.measures import DISTINCT
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

    from dashboard.data import Board

METHODS = {
    "geometrie": "adresse placée sur la carte",
    "adresse": "liste d'adresses",
    "drapeau": "indicateur QPV du partenaire",
    "declaratif": "déclaration de la personne",
}
"""How a partner knows that someone lives in a QPV."""
LAST_WINDOWS = (Window.PERIOD, Window.ROLLING_YEAR)
"""Where the last figure of an indicator is looked for, of each of its periods."""
LOG_MEASURES = ("livraisons_attendues", "livraisons_a_temps")


@dataclass(frozen=True)
class Origin:
    """A source that delivers a part of the indicator. ``late_since``: a delivery is missing after its delay, since that day."""

    id: str
    label: str
    contact: str
    method: str
    measures: tuple[str, ...]
    next_due: date | None
    late_since: date | None


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
        origins=tuple(_origins(board, indicator)),
        breaks=tuple(item for item in board.settings.breaks if _concerns(item, indicator)),
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
    due = next_due(_origins(board, indicator), indicator)
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
        return Line(indicator, Figure(float("nan"), Status.NON_APPLICABLE), periods[-1], zone, due)
    if not found:
        return Line(indicator, NOT_TRANSMITTED, periods[-1], zone, due, outside=True)
    figure, window, period = next((each for each in found if each[0].known), found[0])
    return Line(indicator, figure, period, zone, due, window)


def known_by_several(board: Board, indicator: Indicator) -> bool:
    """Whether it counts distinct persons that several partners know: it has bounds, never a total."""
    codes = {code for code in indicator.measures if measures()[code].nature in DISTINCT}
    return len([source for source in board.declared if codes & set(source.measures)]) > 1


def _last(board: Board, indicator: Indicator, window: Window, period: Period, zone: str) -> Figure | None:
    """The figure of a zone; without a total, whether one of its categories is known."""
    if indicator.total:
        return told(board, indicator, window, zone, period)
    cells = [(dimension, code) for dimension in indicator.breakdowns for code in DIMENSIONS[dimension].codes]
    found = [each for cell in cells if (each := told(board, indicator, window, zone, period, cell))]
    if not found:
        return None
    return Figure(float("nan"), Status.OK if any(each.known for each in found) else Status.NON_TRANSMIS)


def next_due(origins: Sequence[Origin], indicator: Indicator) -> str:
    """When the next figure is due, in French: the soonest of its sources, or since when one is late."""
    late = min((item.late_since for item in origins if item.late_since), default=None)
    if late:
        return f"attendue depuis le {t.date_short(late)}"
    coming = min((item.next_due for item in origins if item.next_due), default=None)
    if coming:
        return f"le {t.date_short(coming)}"
    return "en continu" if _own_log(indicator) else "non fixée" if origins else "aucune source déclarée"


def _origins(board: Board, indicator: Indicator) -> list[Origin]:
    states = {state.id: state for state in board.sources}
    found = [(source, _brought(source, indicator)) for source in board.declared]
    return [
        Origin(source.id, source.label, source.contact, METHODS.get(source.qpv_method or "", ""), brought, state.next_due, state.late_since)
        for source, brought in found
        if brought and (state := states.get(source.id))
    ]


def _brought(source: Source, indicator: Indicator) -> tuple[str, ...]:
    """What of an indicator a source brings: codes of measures, ``fec`` for a ledger."""
    if indicator.kind is Kind.MONEY:
        return ("fec",) if source.kind is SourceKind.FEC else ()
    if indicator.kind is Kind.PUBLISHED:
        return tuple(item.measure for item in source.published if item.measure == indicator.published)
    return tuple(code for code in indicator.measures if code in source.measures)


def _concerns(item: SeriesBreak, indicator: Indicator) -> bool:
    """A change of perimeter concerns what is counted by zone; another break, what it measures."""
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
        ("Prochaine donnée attendue", capital(" ; ".join(dues))),
        ("Ruptures de série", " ; ".join(broken) or "Aucune"),
        ("Cible du copil", " ; ".join(_target(content.indicator, item, territory) for item in content.targets) or "Aucune cible fixée"),
    ]
    return [(heading, t.french(text)) for heading, text in rows]


def _no_origin(indicator: Indicator) -> str:
    return "Le journal des livraisons, tenu par l'outil" if _own_log(indicator) else "Aucune source déclarée"


def _own_log(indicator: Indicator) -> bool:
    """Whether it is counted in our own log of deliveries, which no partner delivers."""
    return any(code in LOG_MEASURES for code in indicator.measures)


def _target(indicator: Indicator, item: Target, territory: Territory) -> str:
    """« Ville entière : 55 % au 31/12/2022 puis 60 % au 31/12/2023, depuis 50 % au 01/01/2022 (copil du 20/10/2022) »."""
    steps = " puis ".join(f"{in_unit(indicator, step.value)} au {t.date_short(step.day)}" for step in item.milestones)
    start = f"depuis {in_unit(indicator, item.initial)} au {t.date_short(item.initial_day)}"
    place = territory.label(item.zone)
    if item.category[0] != ENSEMBLE:
        place += f", {t.lower_first(category_label(*item.category))}"
    return f"{place} : {steps}, {start} ({t.lower_first(item.source)})"
