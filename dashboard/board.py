"""All that a page reads, for one version of the data. How it is computed, and kept from reader to reader, is in ``data``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from connectors.contours_kept import Contours
from connectors.exercise import ExerciseDeclared
from connectors.settings import Settings
from connectors.source import Source
from dashboard.computed import codes_within, first_values_of, persons_of
from dashboard.source_state import SourceState
from indicators.indicator import Level
from indicators.meeting import Audience
from indicators.period import Period
from indicators.status import Status
from indicators.windows import Window

if TYPE_CHECKING:
    import pandas as pd

    from dashboard.content.blocks import Block
    from dashboard.content.choice import Choice
    from indicators.cerfa import Balance

Key = tuple[str, str, str, str, str]
"""A row of Values: indicator, zone, period, dimension, category."""


@dataclass(frozen=True)
class Board:
    """All that a page reads, for one version of the data: never changed once built, hence shared between readers.

    ``to_date`` and ``rolling`` are the Values of the quarters since 1 January and over the twelve months that end with each.
    ``audience`` is who reads it: for another than the coordination, figures are those released to it, ``offered`` those of its grids,
    ``pairs`` the orientations of each pair of networks (« a>b ») over the twelve months of its edition, those it may see alone.
    ``superseded`` are the blocks that later deliveries replaced, ``first_counts`` what they first said; ``told_before`` the Values that
    an audience was told by its previous edition; ``contours`` the outlines of the QPVs imported so far;
    ``written`` the pages already written from it, which another board never shares.
    """

    settings: Settings
    today: date
    version: str
    quarters: tuple[str, ...]
    values: pd.DataFrame
    gaps: pd.DataFrame
    to_date: pd.DataFrame
    rolling: pd.DataFrame
    sources: tuple[SourceState, ...]
    published: pd.DataFrame
    declared: tuple[Source, ...]
    counts: pd.DataFrame = field(repr=False)
    expenses: pd.DataFrame = field(repr=False)
    deliveries: pd.DataFrame = field(repr=False)
    blocks: pd.DataFrame = field(repr=False)
    audience: Audience = Audience.COORDINATION
    offered: Mapping[Window, frozenset[Key]] | None = field(default=None, repr=False)
    pairs: Mapping[str, int] = field(default_factory=dict, repr=False)
    superseded: pd.DataFrame | None = field(default=None, repr=False)
    first_counts: pd.DataFrame | None = field(default=None, repr=False)
    told_before: pd.DataFrame | None = field(default=None, repr=False)
    contours: Contours = field(default_factory=Contours, repr=False)
    written: dict[tuple[str, Choice], tuple[Block, ...]] = field(default_factory=dict, init=False, repr=False, compare=False)

    def offers(self, window: Window, key: Key) -> bool:
        """Whether a figure belongs to what this audience is shown; everything does for the coordination. A figure offered may be hidden."""
        return self.offered is None or key in self.offered[window]

    @cached_property
    def filled(self) -> tuple[str, ...]:
        """The closed quarters for which a partner counted something, oldest first; our own log of deliveries does not count."""
        from indicators.registry import indicators

        counted = [code for code, item in indicators().items() if item.level not in {Level.MOBILISATION, Level.BUDGET}]
        known = self.values[(self.values["status"] == Status.OK) & self.values["indicator"].isin(counted)]
        periods = set(known["period"])
        return tuple(code for code in self.quarters if code in periods)

    @cached_property
    def liaisons(self) -> pd.DataFrame:
        """The Counts rows that say from which network to which an orientation goes, of the sources declared today."""
        declared = self.counts["source"].isin([state.id for state in self.sources])
        return self.counts[declared & (self.counts["dimension"] == "liaison")].reset_index(drop=True)

    @cached_property
    def earlier_values(self) -> pd.DataFrame | None:
        """What the reader was told of the same periods before: as first delivered, or by the previous edition; None without any."""
        first = self.first_counts
        if first is None or first.empty:
            return self.told_before
        periods = [Period.parse(code) for code in self.values["period"].unique()]
        return first_values_of(self.settings, self.declared, self.counts, first, periods)

    @cached_property
    def persons(self) -> pd.DataFrame:
        """Bounds of the distinct persons that partners know, in each period of the Values."""
        return persons_of(self.settings, self.declared, self.counts, [Period.parse(code) for code in self.values["period"].unique()])

    @cached_property
    def rolling_gaps(self) -> pd.DataFrame:
        """The Gaps of ``rolling``: those of the twelve months that end with each quarter."""
        from indicators.gaps import gaps
        from indicators.registry import indicators

        return gaps(self.rolling, indicators())

    def budget(self, exercise: int, on: date) -> pd.DataFrame:
        """BudgetUse of an exercise at the end of a day; ``KeyError`` when cite.toml does not declare it."""
        from indicators.budget import budget_use

        return budget_use(self.expenses, self._exercise(exercise).as_grant(), on)

    def ledger_until(self, exercise: int) -> date:
        """The last day that the ledger of an exercise tells about: later months are unknown, not zero."""
        from indicators.budget import known_until

        return known_until(self.expenses, self._exercise(exercise).as_grant())

    def cumulative(self, exercise: int, on: date) -> pd.DataFrame:
        """Paid and committed since the start of an exercise, month by month, then at ``on``."""
        from indicators.budget import cumulative

        return cumulative(self.expenses, self._exercise(exercise).as_grant(), on)

    def cofunding(self, exercise: int, on: date) -> pd.DataFrame:
        """Each co-funding of an exercise at the end of a day: notified, received, spent."""
        from indicators.budget import cofunding_use

        return cofunding_use(self.expenses, self._exercise(exercise).as_grant(), on)

    def cerfa(self, exercise: int, on: date) -> tuple[pd.DataFrame, Balance | None]:
        """The financial report (Cerfa 15059) of an exercise, from the entries booked by the end of a day, and what must agree in it."""
        from indicators.cerfa import balance, cerfa

        booked = self.expenses[self.expenses["date"].dt.date <= on]
        table = cerfa(booked, self._exercise(exercise).planned(), exercise)
        return table, balance(table, booked, exercise)

    def provenance(self, measures: Sequence[str], period: str) -> pd.DataFrame:
        """The deliveries behind some measures of a period: source, measure, received_at, sha256, delivery_id, rows.

        For a longer period than was delivered, those of its parts.
        """
        rows = self.blocks[self.blocks["measure"].isin(list(measures)) & self.blocks["period"].isin(codes_within(period))]
        return rows[["source", "measure", "period", "received_at", "sha256", "delivery_id", "rows"]]

    def _exercise(self, year: int) -> ExerciseDeclared:
        return {item.year: item for item in self.settings.exercises}[year]
