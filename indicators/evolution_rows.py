"""Rows of the frames of what changed, made into what a sentence, a panel and a table read. No text is written here."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import pandas as pd

from indicators.codes import ENSEMBLE
from indicators.evolution import Against, earlier_period
from indicators.frames import VALUES_KEY
from indicators.gaps import SIGN
from indicators.indicator import Indicator
from indicators.period import Period
from indicators.sentences_rows import Figure, figure
from indicators.status import Status
from indicators.windows import Window


@dataclass(frozen=True)
class EvolutionRow:
    """The change of a figure (or, with ``trend``, of a gap): numbers are NaN and words empty unless the status is ``ok``.

    Attributes:
        earlier, later: the two periods. before, after, change, low, high: as in the frame.
        verdict: what the change says of an indicator with a direction. trend: what it says of a gap.
        broken, broken_on: the break between the two, and its day (None: not a matter of a day).
        provisional: the last day its source may still correct one of the two; None when they are final.
        then, now: for a figure, what Values says at the two dates.
        window: what each date covers. fragile: for a gap, whether too many entries are not located at one of the two.
    """

    indicator: Indicator
    earlier: Period
    later: Period
    before: float
    after: float
    change: float
    low: float
    high: float
    verdict: str
    trend: str
    broken: str
    broken_on: date | None
    provisional: date | None
    status: Status
    then: Figure | None = None
    now: Figure | None = None
    window: Window = Window.PERIOD
    fragile: bool = False

    @property
    def known(self) -> bool:
        """Whether there is a change to write."""
        return self.status is Status.OK

    @property
    def established(self) -> bool:
        """Whether the 95 % interval of the change excludes 0."""
        return self.known and (self.low > 0 or self.high < 0)

    @property
    def ahead(self) -> bool:
        """Whether a gap is in favour of the QPVs at both dates (none at one of them counts for either side)."""
        sign = SIGN[self.indicator.better]
        return self.known and min(sign * self.before, sign * self.after) >= 0 and sign * (self.before + self.after) > 0


def evolution_row(
    frame: pd.DataFrame, values: pd.DataFrame, indicator: Indicator, period: str, zone: str, cell: tuple[str, str] = (ENSEMBLE, ENSEMBLE)
) -> EvolutionRow | None:
    """One row of an Evolutions frame, with the two figures; None when the frame has no such row."""
    found = _row(frame, indicator, period, zone, cell)
    if found is None:
        return None
    then, now = (figure(values, indicator.code, code, zone, *cell) for code in (str(found["earlier"]), period))
    return _made(found, indicator, str(found["verdict"]) if found["status"] == Status.OK else "", "", then, now)


def gap_evolution_row(
    frame: pd.DataFrame,
    indicator: Indicator,
    period: Period,
    zone: str,
    against: Against,
    window: Window = Window.PERIOD,
    *,
    fragile: bool = False,
) -> EvolutionRow:
    """The whole's row of a GapEvolutions frame; not transmitted when the frame has no such row."""
    found = _row(frame, indicator, period.code, zone, (ENSEMBLE, ENSEMBLE))
    if found is not None:
        row = _made(found, indicator, "", str(found["trend"]) if found["status"] == Status.OK else "")
        return replace(row, window=window, fragile=fragile)
    nothing = dict.fromkeys(("before", "after", "change", "low", "high"), float("nan"))
    told = {"verdict": "", "trend": "", "broken": "", "broken_on": None, "provisional": None, "status": Status.NON_TRANSMIS}
    return EvolutionRow(indicator, earlier_period(period, against), period, **nothing, **told, window=window)  # type: ignore[arg-type]


def _row(frame: pd.DataFrame, indicator: Indicator, period: str, zone: str, cell: tuple[str, str]) -> pd.Series | None:
    wanted = pd.Series(dict(zip(VALUES_KEY, (indicator.code, zone, period, *cell), strict=True)))
    found = frame.loc[(frame[VALUES_KEY] == wanted).all(axis=1)]
    return None if found.empty else found.iloc[0]


def _made(
    found: pd.Series, indicator: Indicator, verdict: str, trend: str, then: Figure | None = None, now: Figure | None = None
) -> EvolutionRow:
    numbers = {name: float(found[name]) for name in ("before", "after", "change", "low", "high")}
    earlier, later = Period.parse(str(found["earlier"])), Period.parse(str(found["period"]))
    days = {name: date.fromisoformat(found[name]) if found[name] else None for name in ("broken_on", "provisional")}
    told = {"verdict": verdict, "trend": trend, "broken": str(found["broken"]), **days}
    return EvolutionRow(indicator, earlier, later, **numbers, **told, status=Status(found["status"]), then=then, now=now)  # type: ignore[arg-type]
