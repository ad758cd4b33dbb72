"""The Values of a Cité from the frames of its store: of each period, since January, over twelve months. Nothing is read here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from connectors.calendar import providers
from connectors.settings import Settings
from connectors.source import Source
from indicators.period import Frequency, Period

if TYPE_CHECKING:
    import pandas as pd

    from indicators.cube import Cube


def cube_of(settings: Settings, sources: Sequence[Source], counts: pd.DataFrame, periods: Sequence[Period]) -> Cube:
    """The counts of the declared sources: one that left keeps its deliveries but no longer adds to any figure."""
    from indicators import cube
    from indicators.registry import measures

    return cube.build(counts, measures(), settings.territory, periods, providers(sources), settings.breaks)


def values_of(
    settings: Settings, box: Cube, published: pd.DataFrame, expenses: pd.DataFrame, periods: Sequence[Period], today: date
) -> pd.DataFrame:
    """Values of every indicator: counted, published by others, and of money."""
    import pandas as pd

    from indicators import compute, money
    from indicators import published as told_by_others
    from indicators.registry import indicators, measures

    frames = [compute.values(box, indicators().values(), measures(), settings.territory, periods)]
    frames.append(told_by_others.values(published, indicators().values()))
    grants = [item.as_grant() for item in settings.exercises]
    frames += money.values(expenses, grants, frames[0], list(periods), today)
    return pd.concat([frame for frame in frames if len(frame)] or frames, ignore_index=True)


def first_values_of(
    settings: Settings, sources: Sequence[Source], counts: pd.DataFrame, first: pd.DataFrame, periods: Sequence[Period]
) -> pd.DataFrame:
    """Values of each period as it was first delivered, of the indicators that a later delivery may have changed; empty without any.

    ``first``: the rows of the first delivery of what was delivered again since.
    """
    import pandas as pd

    from indicators import compute
    from indicators.registry import indicators, measures

    again = set(first["measure"])
    items = [item for item in indicators().values() if again & set(item.measures)]
    mine = counts[counts["measure"].isin({code for item in items for code in item.measures})]
    block = ["source", "measure", "period"]
    kept = mine[~pd.MultiIndex.from_frame(mine[block]).isin(pd.MultiIndex.from_frame(first[block]))]
    box = cube_of(settings, sources, pd.concat([kept, first], ignore_index=True), periods)
    return compute.values(box, items, measures(), settings.territory, periods)


def codes_within(period: str) -> set[str]:
    """A period and the shorter ones that make it up."""
    parts = Period.parse(period).parts()
    return {period}.union(*(codes_within(part.code) for part in parts))


def windows_of(settings: Settings, box: Cube, periods: Sequence[Period]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Values of the quarters since 1 January, then over the twelve months that end with each."""
    from indicators import compute
    from indicators.registry import indicators, measures
    from indicators.windows import Window, windowed

    territory = settings.territory
    quarters = [period for period in periods if period.frequency is Frequency.QUARTER]
    to_date, rolling = (
        compute.values(
            windowed(box, measures(), territory, window, settings.breaks), indicators().values(), measures(), territory, quarters
        )
        for window in (Window.YEAR_TO_DATE, Window.ROLLING_YEAR)
    )
    return to_date, rolling


def persons_of(settings: Settings, sources: Sequence[Source], counts: pd.DataFrame, periods: Sequence[Period]) -> pd.DataFrame:
    """Bounds of the distinct persons and structures that partners know, each its own."""
    from indicators.distinct import bounds
    from indicators.registry import measures

    return bounds(counts, measures(), settings.territory, periods, providers(sources))
