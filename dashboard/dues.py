"""Who delivers an indicator in this Cité, within which delay, and when its next figure is due. Sheets are in ``sheets``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from connectors.source import Kind as SourceKind
from connectors.source import Source
from indicators import typography as t
from indicators.indicator import Indicator, Kind
from indicators.period import Period

if TYPE_CHECKING:
    from dashboard.board import Board
    from dashboard.source_state import SourceState

METHODS = {
    "geometrie": "adresse placée sur la carte",
    "adresse": "liste d'adresses",
    "drapeau": "indicateur QPV du partenaire",
    "declaratif": "déclaration de la personne",
}
"""How a partner knows that someone lives in a QPV."""
LOG_MEASURES = ("livraisons_attendues", "livraisons_a_temps")


@dataclass(frozen=True)
class Origin:
    """A source that delivers a part of the indicator.

    Attributes:
        delay_days: days after a period's end within which it delivers.
        next_due: end of that delay for the next figure of the indicator; None where no day is fixed.
        late_since: a delivery is missing after its delay, since that day.
    """

    id: str
    label: str
    contact: str
    method: str
    measures: tuple[str, ...]
    delay_days: int
    next_due: date | None
    late_since: date | None


def origins_of(board: Board, indicator: Indicator) -> list[Origin]:
    """The sources of an indicator, in the order they are declared."""
    states = {state.id: state for state in board.sources}
    found = [(source, _brought(source, indicator)) for source in board.declared]
    return [
        Origin(
            source.id,
            source.label,
            source.contact,
            METHODS.get(source.qpv_method or "", ""),
            brought,
            _delay(source, indicator),
            due,
            due if source.kind is SourceKind.FEC and due and due < board.today else state.late_since,
        )
        for source, brought in found
        if brought and (state := states.get(source.id))
        for due in [_next(board, source, state, indicator)]
    ]


def _brought(source: Source, indicator: Indicator) -> tuple[str, ...]:
    """What of an indicator a source brings: codes of measures, ``fec`` for a ledger."""
    if indicator.kind is Kind.MONEY:
        return ("fec",) if source.kind is SourceKind.FEC else ()
    if indicator.kind is Kind.PUBLISHED:
        return tuple(item.measure for item in source.published if item.measure == indicator.published)
    return tuple(code for code in indicator.measures if code in source.measures)


def _delay(source: Source, indicator: Indicator) -> int:
    """The delay agreed with a partner; what others publish, or a ledger, follows the indicator's own."""
    agreed = source.kind in {SourceKind.SQL, SourceKind.FILE}
    return source.delay_days if agreed else indicator.delay_days


def _next(board: Board, source: Source, state: SourceState, indicator: Indicator) -> date | None:
    """The end of the delay of the first figure still to come: of the indicator's own period where it is longer than the source's."""
    delay = timedelta(days=_delay(source, indicator))
    if source.kind is SourceKind.FEC:
        coming = _told_until(board) + timedelta(days=1)
        last = max((item.last_day for item in board.settings.exercises), default=date.min)
        return Period.of(coming, indicator.frequency).last_day + delay if coming <= last else None
    if state.next_due is None:
        return None
    longer = max(source.periodicity, indicator.frequency, key=lambda frequency: frequency.months)
    return Period.of(state.next_due - delay, longer).last_day + delay


def _told_until(board: Board) -> date:
    """The last day that the ledgers of the exercises begun tell about."""
    days = [board.ledger_until(item.year) for item in board.settings.exercises if item.first_day <= board.today]
    return max(days, default=board.settings.city.started_on - timedelta(days=1))


def next_due(origins: Sequence[Origin], indicator: Indicator) -> str:
    """When the next figure is due, in French: the soonest of its sources, or since when one is late."""
    late = min((item.late_since for item in origins if item.late_since), default=None)
    if late:
        return f"attendue depuis le {t.date_short(late)}"
    coming = min((item.next_due for item in origins if item.next_due), default=None)
    if coming:
        return f"le {t.date_short(coming)}"
    if own_log(indicator):
        return "à la fin des délais du trimestre"
    if not origins:
        return "aucune source déclarée"
    return "aucun exercice à venir" if indicator.kind is Kind.MONEY else "à la prochaine publication"


def delays(origins: Sequence[Origin], indicator: Indicator) -> str:
    """Within how many days of a period's end each source delivers; that of the catalogue without a source."""
    days = {item.delay_days for item in origins} or {indicator.delay_days}
    after = "après la fin de la période"
    if len(days) == 1:
        return f"{t.count(days.pop(), 'jour')} {after}"
    return " ; ".join(f"{item.label} : {t.count(item.delay_days, 'jour')}" for item in origins) + f", {after}"


def own_log(indicator: Indicator) -> bool:
    """Whether it is counted in our own log of deliveries, which no partner delivers."""
    return any(code in LOG_MEASURES for code in indicator.measures)
