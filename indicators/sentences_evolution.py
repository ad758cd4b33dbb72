"""The French sentences of what changed between two dates, and the rows they read. Never across a break, never a cause. Pure functions."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from indicators import typography as t
from indicators.codes import ENSEMBLE
from indicators.evolution import IN_PERCENT, Against, Trend, earlier_period
from indicators.frames import VALUES_KEY
from indicators.indicator import Indicator, Kind
from indicators.period import Period
from indicators.sentences_rows import Figure, figure
from indicators.sentences_values import short
from indicators.status import Status

NBSP = t.NBSP
NNBSP = t.NNBSP
TRENDS = {
    Trend.SE_REDUIT: "l'écart se réduit",
    Trend.SE_CREUSE: "l'écart se creuse",
    Trend.S_INVERSE: "l'écart change de sens",
    Trend.NON_ETABLI: "pas d'évolution établie",
}
"""What the interval of a gap's change says, in words."""
PROVISIONAL = "Chiffre provisoire."


@dataclass(frozen=True)
class EvolutionRow:
    """The change of a figure (or, with ``trend``, of a gap): numbers are NaN and words empty unless the status is ``ok``.

    Attributes:
        earlier, later: the two periods. before, after, change, low, high: as in the frame.
        verdict: what the change says of an indicator with a direction. trend: what it says of a gap.
        broken: the break between the two. provisional: whether one of the two may still move.
        then, now: for a figure, what Values says at the two dates.
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
    provisional: bool
    status: Status
    then: Figure | None = None
    now: Figure | None = None

    @property
    def known(self) -> bool:
        """Whether there is a change to write."""
        return self.status is Status.OK

    @property
    def established(self) -> bool:
        """Whether the 95 % interval of the change excludes 0."""
        return self.known and (self.low > 0 or self.high < 0)


def evolution_row(
    frame: pd.DataFrame, values: pd.DataFrame, indicator: Indicator, period: str, zone: str, cell: tuple[str, str] = (ENSEMBLE, ENSEMBLE)
) -> EvolutionRow | None:
    """One row of an Evolutions frame, with the two figures; None when the frame has no such row."""
    found = _row(frame, indicator, period, zone, cell)
    if found is None:
        return None
    then, now = (figure(values, indicator.code, code, zone, *cell) for code in (str(found["earlier"]), period))
    return _made(found, indicator, str(found["verdict"]) if found["status"] == Status.OK else "", "", then, now)


def gap_evolution_row(frame: pd.DataFrame, indicator: Indicator, period: Period, zone: str, against: Against) -> EvolutionRow:
    """The whole's row of a GapEvolutions frame; not transmitted when the frame has no such row."""
    found = _row(frame, indicator, period.code, zone, (ENSEMBLE, ENSEMBLE))
    if found is not None:
        return _made(found, indicator, "", str(found["trend"]) if found["status"] == Status.OK else "")
    nothing = dict.fromkeys(("before", "after", "change", "low", "high"), float("nan"))
    told = {"verdict": "", "trend": "", "broken": "", "provisional": False, "status": Status.NON_TRANSMIS}
    return EvolutionRow(indicator, earlier_period(period, against), period, **nothing, **told)  # type: ignore[arg-type]


def _row(frame: pd.DataFrame, indicator: Indicator, period: str, zone: str, cell: tuple[str, str]) -> pd.Series | None:
    wanted = pd.Series(dict(zip(VALUES_KEY, (indicator.code, zone, period, *cell), strict=True)))
    found = frame.loc[(frame[VALUES_KEY] == wanted).all(axis=1)]
    return None if found.empty else found.iloc[0]


def _made(
    found: pd.Series, indicator: Indicator, verdict: str, trend: str, then: Figure | None = None, now: Figure | None = None
) -> EvolutionRow:
    numbers = {name: float(found[name]) for name in ("before", "after", "change", "low", "high")}
    earlier, later = Period.parse(str(found["earlier"])), Period.parse(str(found["period"]))
    told = {"verdict": verdict, "trend": trend, "broken": str(found["broken"]), "provisional": bool(found["provisional"])}
    return EvolutionRow(indicator, earlier, later, **numbers, **told, status=Status(found["status"]), then=then, now=now)  # type: ignore[arg-type]


def gap_change(row: EvolutionRow) -> str:
    """« −8,4 → −6,1 points »: what stands above a panel."""
    if not row.known:
        return "rupture de série" if row.broken else t.absent(row.status)
    return f"{t.signed(row.before, 1)} → {t.points(row.after)}"


def gap_evolution(row: EvolutionRow) -> str:
    """From what to what a gap went, and what is established."""
    if not row.known:
        return _not_computed(row)
    told = f"{_between(row)}, l'écart est {_passed(t.signed(row.before, 1), t.points(row.after), t.points(row.before))}"
    words = {
        Trend.SE_REDUIT: "il se réduit (évolution établie)",
        Trend.SE_CREUSE: "il se creuse (évolution établie)",
        Trend.S_INVERSE: "il change de sens (évolution établie)",
        Trend.NON_ETABLI: "pas d'évolution établie",
    }
    return _ended(f"{told}{NBSP}: {words[Trend(row.trend)]}", row)


def evolution(row: EvolutionRow) -> str:
    """From what to what a figure went: in points for a rate, in per cent for a count, with what is established."""
    if row.broken or row.then is None or row.now is None or not (row.then.known and row.now.known):
        return _not_computed(row)
    if row.indicator.kind in IN_PERCENT:
        return _ended(_counted(row, row.then, row.now), row)
    then, now = short(row.indicator, row.then), short(row.indicator, row.now)
    words = "évolution établie" if row.established else "pas d'évolution établie"
    size = t.signed(row.change, 2) if row.indicator.kind is Kind.PARITY else t.points(row.change)
    head = f"{row.indicator.label}, {t.lower_first(_between(row))}{NBSP}: "
    few = row.indicator.kind is not Kind.PARITY and min(row.then.denominator, row.now.denominator) < t.FEW
    if few:  # one person more would move such a rate by five points
        return _ended(f"{head}{f'de {then} à {now}' if then != now else f'toujours {now}'}, {words}", row)
    return _ended(f"{head}{f'de {then} à {now}' if then != now else f'toujours {now}'}, soit {size}, {words}", row)


def _counted(row: EvolutionRow, then: Figure, now: Figure) -> str:
    """The two figures, and the change in per cent unless the first is 0."""
    told = f"{short(row.indicator, now)} {t.during(row.later)}, contre {short(row.indicator, then)} {_before(row)}"
    return f"{told}{NBSP}: {t.signed(row.change, 1)}{NBSP}%" if row.known else told


def _before(row: EvolutionRow) -> str:
    return "un an plus tôt" if row.earlier == row.later.same_period_last_year() else t.during(row.earlier)


def _between(row: EvolutionRow) -> str:
    return f"Entre {t.period_label(row.earlier)} et {t.period_label(row.later)}"


def _passed(before: str, after: str, same: str) -> str:
    return f"resté à {after}" if same == after else f"passé de {before} à {after}"


def _not_computed(row: EvolutionRow) -> str:
    since = t.period_label(row.earlier)
    if row.broken:
        return f"Évolution depuis {since} non calculée{NBSP}: {t.lower_first(row.broken)}."
    if row.status is Status.NON_APPLICABLE:
        return f"Évolution depuis {since}{NBSP}: sans objet."
    return f"Évolution depuis {since}{NBSP}: chiffre {t.absent(row.status)} à l'une des deux dates."


def _ended(text: str, row: EvolutionRow) -> str:
    return f"{text}. {PROVISIONAL}" if row.provisional else f"{text}."
