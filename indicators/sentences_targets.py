"""The French sentence of a target: where the figure is, what is to be reached and when, how much of the way is done.

The rate of progress is measured by ``targets``; here it is only put in words, and never rounded up to a target that is not reached.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

import pandas as pd

from indicators import typography as t
from indicators.codes import ENSEMBLE, category_label
from indicators.indicator import Indicator, Kind, Unit
from indicators.period import Period
from indicators.sentences_rows import Figure, figure
from indicators.sentences_values import PER_HUNDRED, short
from indicators.status import Status
from indicators.territory import VILLE, Territory

COLON = f"{t.NBSP}:"


@dataclass(frozen=True)
class TargetRow:
    """One row of a Targets frame and the figure it speaks of; without a figure, both rates are NaN and ``reached`` is False."""

    indicator: Indicator
    period: Period
    zone: str
    category: tuple[str, str]
    current: Figure
    initial: float
    initial_day: date
    target: float
    target_day: date
    progress: float
    reached: bool
    final_target: float
    final_day: date
    final_progress: float


def target_rows(frame: pd.DataFrame, values: pd.DataFrame, indicators: Mapping[str, Indicator]) -> list[TargetRow]:
    """The rows of a Targets frame, in its order; ``values`` gives the counts behind each current value."""
    return [
        TargetRow(
            indicator=indicators[str(row["indicator"])],
            period=Period.parse(str(row["period"])),
            zone=str(row["zone"]),
            category=(str(row["dimension"]), str(row["category"])),
            current=_current(row, values),
            reached=row["status"] == "ok" and bool(row["reached"]),
            **{name: float(row[name]) for name in ("initial", "target", "progress", "final_target", "final_progress")},
            initial_day=row["initial_day"].date(),
            target_day=row["target_day"].date(),
            final_day=row["final_day"].date(),
        )
        for _, row in frame.iterrows()
    ]


def _current(row: pd.Series, values: pd.DataFrame) -> Figure:
    found = figure(values, *(str(row[name]) for name in ("indicator", "period", "zone", "dimension", "category")))
    return found if found.status == row["status"] else Figure(float("nan"), Status(row["status"]))


def in_unit(indicator: Indicator, value: float) -> str:
    """A value that somebody set, in the indicator's unit: a round one without a decimal, « 60 % », « 62,5 % », « 5 pour 100 », « 14 »."""
    decimals = 0 if value == round(value) else 1
    if indicator.kind is Kind.RATE:
        return f"{t.number(value, decimals)} {PER_HUNDRED}"
    if indicator.unit is Unit.PERCENT:
        return t.percent(value, decimals)
    if indicator.unit is Unit.POINTS:
        return t.points(value)
    if indicator.unit is Unit.RATIO:
        return t.ratio(value)
    return t.euros(value) if indicator.unit is Unit.EUROS else t.number(value, decimals)


def target(row: TargetRow, territory: Territory) -> str:
    """Where the figure is, the target in force, the share of the way done since the start; then the last target, if it is another."""
    name = subject(row, territory)
    wanted = f"cible {in_unit(row.indicator, row.target)} au {t.date_short(row.target_day)}"
    if not row.current.known:
        return f"{name}, {t.period_label(row.period)}{COLON} {t.absent(row.current.status)}{t.NNBSP}; {wanted}."
    now = f"{short(row.indicator, row.current)} {t.during(row.period)}"
    late = ", échéance passée" if not row.reached and row.target_day < row.period.last_day else ""
    return f"{name}{COLON} {now}, {wanted}{COLON} {_way(row)}{late}.{_final(row)}"


def subject(row: TargetRow, territory: Territory) -> str:
    """The indicator's name, its category when it is not the whole, and its place unless it is the whole city."""
    dimension, category = row.category
    name, _, scheme = row.indicator.label.partition(f"{COLON} ")
    parts = [name, *([t.lower_first(scheme)] if scheme else [])]
    if dimension != ENSEMBLE:
        parts.append(t.lower_first(category_label(dimension, category)))
    if row.zone != VILLE:
        label = territory.label(row.zone)
        parts.append(label if row.zone in territory.qpv_codes() else t.lower_first(label))
    return ", ".join(parts)


def advance(progress: float, *, reached: bool) -> str:
    """A rate of progress, rounded without ever saying more than is done: « plus de 99 % » short of the target, « moins de 1 % » above 0."""
    if not reached and t.rounded(progress) >= 100:
        return f"plus de {t.percent(99)}"
    if progress > 0 and t.rounded(progress) == 0:
        return f"moins de {t.percent(1)}"
    return t.percent(progress)


def _way(row: TargetRow) -> str:
    start = f"{in_unit(row.indicator, row.initial)} au {t.date_short(row.initial_day)}"
    if row.reached:
        return "cible atteinte"
    if row.progress < 0:
        return f"le chiffre s'éloigne de la cible ({start})"
    if row.progress == 0 and row.current.value != row.initial:
        return f"la cible, tenue au départ ({start}), ne l'est plus"
    done = f"{advance(row.progress, reached=False)} du chemin parcouru depuis {in_unit(row.indicator, row.initial)}"
    return f"{done} ({t.date_short(row.initial_day)}){_rounding(row)}"


def _rounding(row: TargetRow) -> str:
    """Where both are written alike, the reason why the target is not said to be reached."""
    shown, wanted = row.current, replace(row.current, value=row.target)
    alike = not shown.denominator < t.FEW and short(row.indicator, shown) == short(row.indicator, wanted)
    return ", les deux étant comparés avant arrondi" if alike else ""


def _final(row: TargetRow) -> str:
    if row.final_day == row.target_day:
        return ""
    head = f" Cible finale{COLON} {in_unit(row.indicator, row.final_target)} au {t.date_short(row.final_day)}"
    if t.rounded(row.final_progress, 6) >= 100:
        return f"{head}, atteinte."
    if row.final_progress < 0:
        return f"{head}, dont le chiffre s'éloigne."
    return f"{head}, {advance(row.final_progress, reached=False)} du chemin."
