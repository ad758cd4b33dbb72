"""What may be put on the map of the QPVs, and the figure of each: values that others publish, figures counted for each QPV of a quarter.

The outlines of a zoning carry the figures of that zoning alone. The drawing is in ``charts.map``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from connectors.contours import Outlines
from connectors.layout import PublishedMeasure
from connectors.source import Kind as SourceKind
from indicators import sentences_values
from indicators import typography as t
from indicators.codes import ENSEMBLE
from indicators.indicator import Indicator, Kind
from indicators.period import Period
from indicators.registry import indicators
from indicators.sentences_rows import NOT_TRANSMITTED, Figure, figure
from indicators.status import Status
from indicators.territory import Zoning
from indicators.windows import Window

if TYPE_CHECKING:
    from dashboard.board import Board

RATES = frozenset({Kind.PROPORTION, Kind.RATE, Kind.PARITY, Kind.MEAN})
"""What a shade may tell; a number of persons is drawn by a disc, since a large quarter would look like many of them."""


@dataclass(frozen=True)
class Subject:
    """Something that the map can show.

    Attributes:
        label, short: its name in French, and the one of a list of choices.
        figures: of each QPV that has an outline, by code; ``texts``: each as it is written.
        rate: whether it is a rate rather than a number.
        counted: whether the partners count it, rather than somebody else publishing it.
        outlines: the shapes of the zoning that the figures are of.
    """

    label: str
    short: str
    figures: Mapping[str, Figure]
    texts: Mapping[str, str]
    rate: bool
    counted: bool
    outlines: Outlines


def published_measures(board: Board) -> list[PublishedMeasure]:
    """The published columns that came, as their source declares them."""
    came = set(board.published["measure"])
    declared = [item for source in board.declared if source.kind is SourceKind.PUBLISHED for item in source.published]
    return [item for item in declared if item.measure in came]


def published_text(measure: PublishedMeasure, found: Figure) -> str:
    """A published value as it is written, or why it is not there."""
    if not found.known:
        return t.absent(found.status)
    return t.percent(found.value, 1) if measure.unit == "%" else f"{t.number(found.value)} {measure.unit}"


def published_figure(board: Board, measure: str, zone: str) -> Figure:
    """The value published last for a QPV."""
    frame = board.published
    found = frame[(frame["measure"] == measure) & (frame["territory"] == zone)]
    if found.empty:
        return NOT_TRANSMITTED
    row = found.iloc[-1]
    return Figure(float(row["value"]), Status(row["status"]))


def subjects(board: Board, period: Period | None) -> dict[str, Subject]:
    """Everything that can be shown, by code: the published columns by their name, then the indicators of a quarter by theirs."""
    return dict([*_published(board), *(_counted(board, period) if period else ())])


def _published(board: Board) -> Iterator[tuple[str, Subject]]:
    for measure in published_measures(board):
        for zoning in reversed(board.settings.territory.zonings):
            outlines = board.contours.by_zoning.get(zoning.code)
            held = _drawn(zoning, outlines)
            found = {code: published_figure(board, measure.measure, code) for code in held}
            if outlines and any(each.known for each in found.values()):
                texts = {code: published_text(measure, each) for code, each in found.items()}
                rate = measure.unit == "%"
                yield measure.measure, Subject(measure.label, measure.label, found, texts, rate, counted=False, outlines=outlines)
                break


def _counted(board: Board, period: Period) -> Iterator[tuple[str, Subject]]:
    zoning = board.settings.territory.zoning_of(period)
    outlines = board.contours.by_zoning.get(zoning.code) if zoning else None
    if zoning is None or outlines is None:
        return
    for item in indicators().values():
        if item.published or not item.measures:
            continue
        found = {code: figure(board.values, item.code, period.code, code) for code in _drawn(zoning, outlines)}
        offered = all(board.offers(Window.PERIOD, (item.code, code, period.code, ENSEMBLE, ENSEMBLE)) for code in found)
        if offered and any(each.known for each in found.values()):
            texts = {code: sentences_values.short(item, each) for code, each in found.items()}
            named, rate = (_named(item, period), f"{item.code} · {item.short}"), item.kind in RATES
            yield item.code, Subject(*named, found, texts, rate, counted=True, outlines=outlines)


def _named(item: Indicator, period: Period) -> str:
    return f"{item.label}, {t.period_label(period)}"


def _drawn(zoning: Zoning, outlines: Outlines | None) -> list[str]:
    return [place.code for place in zoning.neighbourhoods if outlines and place.code in outlines.shapes]
