"""Which rows of the Values frames a grid offers to an audience, and what each of them tells. What the audit then hides is in ``gate``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from indicators.codes import ENSEMBLE
from indicators.indicator import Indicator, Kind, Secrecy, Term
from indicators.measures import Measure
from indicators.period import Frequency, Period
from indicators.release.boxes import Claim, Spread, filled, spread
from indicators.release.choosing import IN_QUARTERS
from indicators.release.grid import Choice, Grid, Span, Subject, zones_of
from indicators.status import Status
from indicators.territory import HORS_QPV, NON_LOCALISE, Territory
from indicators.windows import Window

NOT_PERSONS = frozenset({Kind.MONEY, Kind.PUBLISHED})


Shown = tuple[frozenset[str], frozenset[str]]
"""The zones and the categories that some choices show."""


@dataclass(frozen=True)
class Row:
    """One row of a Values frame that tells counts of persons.

    Attributes:
        window, place: the frame, and the row's position in it.
        claims: what it tells: its numerator, its denominator, those of the rest of the city for a parity index.
        between: for a proportion, the pair whose difference may be small as well.
        headline: whether it is a total, the last thing to hide.
    """

    window: Window
    place: int
    claims: tuple[Claim, ...]
    between: tuple[Claim, Claim] | None
    headline: bool


class Offer:
    """What the grids of an audience, one for each quarter, offer of the frames of an edition."""

    def __init__(
        self, grids: Mapping[str, Grid], indicators: Mapping[str, Indicator], measures: Mapping[str, Measure], territory: Territory
    ) -> None:
        self._grids, self._indicators, self._measures, self._territory = grids, indicators, measures, territory
        self._protected = protected(indicators.values())
        self._made: dict[tuple[Subject, tuple[Period, ...]], Shown] = {}
        self._spread: dict[tuple[Window, str, str], tuple[Spread | None, Spread | None]] = {}

    def counts_persons(self, indicator: str) -> bool:
        """Whether the figures of an indicator are counts of persons, hence offered by a grid alone."""
        item = self._indicators[indicator]
        return item.secrecy is not Secrecy.NONE and item.kind not in NOT_PERSONS

    def rows(self, frames: Mapping[Window, pd.DataFrame]) -> tuple[dict[Window, NDArray[np.bool_]], list[Row]]:
        """For each frame, whether each row is offered; then those offered rows that hold a figure and tell counts of persons."""
        kept: dict[Window, NDArray[np.bool_]] = {}
        found: list[Row] = []
        for window, frame in frames.items():
            kept[window] = self._offered(window, frame)
            persons = frame["indicator"].map({code: self.counts_persons(code) for code in frame["indicator"].unique()}).to_numpy(dtype=bool)
            places = np.flatnonzero(kept[window] & persons & (frame["status"] == Status.OK).to_numpy())
            columns = (frame[name].to_numpy()[places] for name in ("indicator", "zone", "period", "dimension", "category"))
            for place, code, zone, period, dimension, category in zip(places.tolist(), *columns, strict=True):
                found.append(self._row(window, place, code, zone, period, (dimension, category)))
        return kept, found

    def _offered(self, window: Window, frame: pd.DataFrame) -> NDArray[np.bool_]:
        """Each different key is judged once: whole series share their choice."""
        offered = np.ones(len(frame), dtype=bool)
        zones, categories = (frame[name].to_numpy(dtype=object) for name in ("zone", "category"))
        keys = frame[["indicator", "period", "dimension"]].drop_duplicates().itertuples(index=False)
        places_of = frame.groupby(["indicator", "period", "dimension"], sort=False).indices
        for code, period, dimension in keys:
            if self.counts_persons(code):
                places = places_of[code, period, dimension]
                cells = zip(zones[places], categories[places], strict=True)
                told = self._chosen(window, code, period, dimension)
                offered[places] = [_shows(told, zone, category) for zone, category in cells]
        return offered

    def offers(self, window: Window, indicator: str, zone: str, period: str, dimension: str, category: str) -> bool:
        """Whether the grid of a quarter shows a figure of an indicator."""
        return _shows(self._chosen(window, indicator, period, dimension), zone, category)

    def _chosen(self, window: Window, indicator: str, period: str, dimension: str) -> list[Shown]:
        return [
            self._shown(Subject(indicator, span, dimension), quarters)
            for span, quarters in self._spans(window, indicator, Period.parse(period), dimension)
        ]

    def _spans(self, window: Window, indicator: str, period: Period, dimension: str) -> Iterator[tuple[Span, tuple[Period, ...]]]:
        """The choices that would each show it: of the twelve months, or of every quarter that it adds up."""
        last = Period.of(period.last_day, Frequency.QUARTER)
        flows = bool({self._measures[code].nature for code in self._indicators[indicator].measures} & IN_QUARTERS)
        year = window is Window.ROLLING_YEAR or (last.number == 4 and (period.frequency is Frequency.YEAR or window is Window.YEAR_TO_DATE))
        if flows and year:
            yield Span.YEAR, (last,)
        if not flows or (window is not Window.ROLLING_YEAR and dimension == ENSEMBLE):
            whole = flows and (window is Window.YEAR_TO_DATE or period.frequency is Frequency.YEAR)
            yield Span.QUARTER, tuple(last.shift(-step) for step in range(last.number)) if whole else (last,)

    def _shown(self, subject: Subject, quarters: tuple[Period, ...]) -> Shown:
        """The zones and the categories that the choice of each of some quarters shows."""
        key = subject, quarters
        if key not in self._made:
            each = [self._of(self._grids.get(quarter.code, {}).get(subject), quarter) for quarter in quarters]
            zones, categories = zip(*each, strict=True)
            self._made[key] = frozenset.intersection(*zones), frozenset.intersection(*categories)
        return self._made[key]

    def _of(self, choice: Choice | None, quarter: Period) -> Shown:
        if choice is None:
            return frozenset(), frozenset()
        zones = zones_of(choice.depth, self._territory.qpv_codes(quarter))
        return frozenset([*zones, NON_LOCALISE] if choice.unlocated else zones), frozenset(choice.categories)

    def _row(self, window: Window, place: int, code: str, zone: str, period: str, cell: tuple[str, str]) -> Row:
        kind = self._indicators[code].kind
        told = [
            filled(parts, where, cell)
            for where in ((zone, HORS_QPV) if kind is Kind.PARITY else (zone,))
            for parts in self._parts(window, code, period)
            if parts
        ]
        between = (told[0], told[1]) if kind is Kind.PROPORTION and len(told) == 2 else None
        return Row(window, place, tuple(told), between, cell[0] == ENSEMBLE)

    def _parts(self, window: Window, code: str, period: str) -> tuple[Spread | None, Spread | None]:
        """What a numerator and a denominator add up: the same for all the rows of a period."""
        key = window, code, period
        if key not in self._spread:
            item = self._indicators[code]
            self._spread[key] = self._counted(item.numerator_terms, window, period), self._counted(item.denominator_terms, window, period)
        return self._spread[key]

    def _counted(self, terms: Iterable[Term], window: Window, period: str) -> Spread | None:
        return spread([term for term in terms if self._persons(term.measure)], self._measures, Period.parse(period), window)

    def _persons(self, measure: str) -> bool:
        return measure in self._protected


def _shows(told: Iterable[Shown], zone: str, category: str) -> bool:
    """Whether one of the choices that would show a figure does."""
    return any(zone in there and category in named for there, named in told)


def protected(indicators: Iterable[Indicator]) -> frozenset[str]:
    """The measures that count persons: an indicator that does is made of them, whichever other uses them too."""
    items = list(indicators)
    open_ones = {code for item in items if item.secrecy is Secrecy.NONE for code in item.measures}
    return frozenset(code for item in items if item.secrecy is not Secrecy.NONE for code in item.measures) - open_ones
