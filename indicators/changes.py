"""What became of each figure since the previous séance: what moved, what was corrected, what was redefined. From Values frames alone.

Two editions are compared: ``movement`` is what happened between their periods, as the new one knows both; ``revision`` is what the new one
changed of what the old one had shown. They add up to the whole difference. What is hidden in an edition stays hidden here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from indicators.changes_between import EditionFigures, Key, Link, links, shown_period
from indicators.indicator import Indicator
from indicators.measures import AT_THE_END, Measure
from indicators.period import Period
from indicators.states import STATES
from indicators.status import NON_APPLICABLE, NON_TRANSMIS, OK
from indicators.territory import VILLE, Territory
from indicators.windows import Window
from indicators.wording import Precision

CELL: Final = ["indicator", "zone", "dimension", "category"]
TEXTS: Final = ["cause", "defined_on", "broken", "broken_on"]
STATE_COLUMNS: Final = ["old_status", "restated_status", "new_status", "revision_status", "status"]
NUMBER_COLUMNS: Final = ["old_value", "restated_value", "new_value", "movement", "revision"]
CHANGES_COLUMNS: Final = [*CELL, "window", "old_period", "new_period", *NUMBER_COLUMNS, "redefined", *TEXTS, *STATE_COLUMNS]
NOISE: Final = 1e-9
"""Below it a difference is that of two ways to compute the same number, not a change."""

States = NDArray[np.int8]
Numbers = NDArray[np.float64]


def changes(
    old: EditionFigures,
    new: EditionFigures,
    indicators: Mapping[str, Indicator],
    measures: Mapping[str, Measure],
    territory: Territory,
    precisions: Iterable[Precision] = (),
    unrevised: Collection[str] = frozenset(),
) -> pd.DataFrame:
    """One row for each figure that the old edition showed for its period, or the new one for its own; columns ``CHANGES_COLUMNS``.

    Args:
        old, new: the editions; for an indicator by half-year or by year, the last one over at the end of the edition's quarter.
        indicators: the catalogue; a figure whose indicator has left it has no row.
        measures: the vocabulary, by code.
        territory: which QPVs are in force when.
        precisions: gives ``defined_on``, the day of the last precision taken between the two editions.
        unrevised: the indicators whose data are known not to have changed between the two; for the others they may have.

    ``movement`` is without object (status) across a break, named by ``broken`` and ``broken_on``, for persons or euros counted since
    1 January read at two different quarters, and for published values. ``cause`` is empty unless the revision is known and not 0.
    Figures over twelve months are left out where nothing is added up over them: the quarter tells the same. Raises ``ValueError`` when
    the new edition covers an earlier period than the old one.
    """
    if new.period < old.period:
        raise ValueError(f"L'édition à comparer couvre {new.period.code}, avant l'édition précédente ({old.period.code}) ; échangez-les.")
    precisions = tuple(precisions)
    spans = {code: (shown_period(item, old.period), shown_period(item, new.period)) for code, item in indicators.items()}
    summed = {code for code, item in indicators.items() if _adds_up(item, measures)}
    between = links(old, new, indicators, measures, territory, precisions, spans, unrevised)
    frames = [
        _compared(_Sides.of(old.values, new.values, spans, set(indicators)), between, Window.PERIOD),
        _compared(_Sides.of(old.rolling, new.rolling, spans, summed), between, Window.ROLLING_YEAR),
    ]
    frame = pd.concat(frames, ignore_index=True)
    rank = {code: place for place, code in enumerate([*indicators, *territory.zones()])}
    order = frame[[*CELL, "window"]].assign(**{name: frame[name].map(lambda code: rank.get(code, -1)) for name in ("indicator", "zone")})
    named = order.assign(code=frame["zone"]).sort_values(["indicator", "window", "zone", "code", "dimension", "category"])
    return frame.loc[named.index].reset_index(drop=True)


def _adds_up(indicator: Indicator, measures: Mapping[str, Measure]) -> bool:
    return not all(measures[code].nature in AT_THE_END for code in indicator.measures)


@dataclass(frozen=True, eq=False)
class _Sides:
    """The figures of two editions on the same cells: what the old one showed, the same as the new one knows it, the new one's own."""

    cells: pd.MultiIndex
    values: tuple[Numbers, ...]
    states: tuple[States, ...]

    @classmethod
    def of(cls, old: pd.DataFrame, new: pd.DataFrame, spans: Mapping[str, tuple[Period, Period]], codes: set[str]) -> _Sides:
        before, after = ({code: spans[code][side].code for code in codes} for side in (0, 1))
        found = [_at(old, before), _at(new, before), _at(new, after)]
        cells = pd.MultiIndex.from_frame(pd.concat([found[0][CELL], found[2][CELL]]).drop_duplicates())
        placed = [frame.set_index(CELL).reindex(cells) for frame in found]
        places = [STATES.get_indexer(pd.Index(frame["status"])) for frame in placed]
        states = tuple(np.where(place < 0, NON_TRANSMIS, place).astype(np.int8) for place in places)
        values = tuple(np.where(state == OK, frame["value"].to_numpy(float), np.nan) for frame, state in zip(placed, states, strict=True))
        return cls(cells, values, states)


def _at(frame: pd.DataFrame, periods: Mapping[str, str]) -> pd.DataFrame:
    """The rows of each indicator at its own period."""
    wanted = pd.MultiIndex.from_tuples(list(periods.items()), names=["indicator", "period"])
    return frame[pd.MultiIndex.from_frame(frame[["indicator", "period"]]).isin(wanted)]


def _compared(sides: _Sides, between: Mapping[Key, Link], window: Window) -> pd.DataFrame:
    cells = sides.cells.to_frame(index=False)
    link = [between[code, zone == VILLE] for code, zone in zip(cells["indicator"], cells["zone"], strict=True)]
    old, restated, new = sides.states
    broken = np.array([not item.comparable or bool(item.broken) for item in link], dtype=bool)
    moved = np.where(broken, NON_APPLICABLE, np.maximum(restated, new))
    revised = np.maximum(old, restated)
    movement, revision = _difference(sides.values[2], sides.values[1], moved), _difference(sides.values[1], sides.values[0], revised)
    changed = np.nan_to_num(revision) != 0
    told = {name: [getattr(item, name) for item in link] for name in ("old_period", "new_period", "defined_on", "broken", "broken_on")}
    states = dict(zip(STATE_COLUMNS, (*sides.states, revised, moved), strict=True))
    return cells.assign(
        window=str(window),
        **told,
        **dict(zip(NUMBER_COLUMNS, (*sides.values, movement, revision), strict=True)),
        redefined=np.array([item.redefined for item in link], dtype=bool),
        cause=[item.possible if real else "" for item, real in zip(link, changed, strict=True)],
        **{name: STATES.to_numpy()[state] for name, state in states.items()},
    ).astype(dict.fromkeys([*CELL, "window", *told, "cause", *STATE_COLUMNS], "str"))[CHANGES_COLUMNS]


def _difference(later: Numbers, earlier: Numbers, state: States) -> Numbers:
    gap = later - earlier
    return np.where(state == OK, np.where(np.abs(gap) < NOISE, 0.0, gap), np.nan)
