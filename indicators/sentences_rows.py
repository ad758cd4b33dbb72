"""Rows of the frames, made into what a sentence, a chart and a table read: the same row serves all three. No text is written here."""

from __future__ import annotations

from dataclasses import dataclass, fields
from decimal import Decimal
from math import isnan

import pandas as pd

from indicators.codes import ENSEMBLE
from indicators.indicator import Indicator
from indicators.lookup import row_of
from indicators.status import ORDER, Status
from indicators.territory import HORS_QPV, NON_LOCALISE, VILLE

FRAGILE_SHARE = 0.05
"""Above this share of entries without a located address, the gap is marked fragile."""


@dataclass(frozen=True)
class Figure:
    """A figure or the reason why it is not there; ``value`` is NaN unless the status is ``ok``.

    Attributes:
        low, high: its limits; without a value, the bounds it lies between.
        reason: in French, why it is not there, where more can be said than its status.
    """

    value: float
    status: Status
    numerator: float = float("nan")
    denominator: float = float("nan")
    low: float = float("nan")
    high: float = float("nan")
    reason: str = ""

    @property
    def known(self) -> bool:
        """Whether there is a figure to write."""
        return self.status is Status.OK

    @property
    def bounded(self) -> bool:
        """Whether there is no figure but bounds to write."""
        return not self.known and not isnan(self.low) and not isnan(self.high)


NOT_TRANSMITTED = Figure(float("nan"), Status.NON_TRANSMIS)


@dataclass(frozen=True)
class GapRow:
    """One comparison: the QPV side, the rest of the city, and what the Gaps frame says of their difference.

    Attributes:
        points, low, high: the difference in percentage points and its 95 % limits; NaN unless the status is ``ok``.
        residents: how many more QPV residents there would be at the rate of the rest of the city; ``residents_low`` and
            ``residents_high`` its range.
        unlocated: share, between 0 and 1, of the numerator's persons who are in neither zone; NaN when unknown.
    """

    indicator: Indicator
    status: Status
    qpv: Figure
    rest: Figure
    points: float
    low: float
    high: float
    verdict: str
    residents: float
    unlocated: float
    residents_low: float = float("nan")
    residents_high: float = float("nan")

    @property
    def known(self) -> bool:
        """Whether there is a gap to write."""
        return self.status is Status.OK

    @property
    def established(self) -> bool:
        """Whether the 95 % interval of the gap excludes 0, whatever its side."""
        return self.known and (self.low > 0 or self.high < 0)

    @property
    def fragile(self) -> bool:
        """Whether too many addresses are not located for the gap to be read without a reservation."""
        return self.known and self.unlocated > FRAGILE_SHARE


@dataclass(frozen=True)
class BudgetRow:
    """One line of the grant, or the whole of it: amounts in euros, shares between 0 and 1; the range is absent before a full month.

    Attributes:
        carried_over, available, planned: told of the whole grant only.
        plan_advance: points of the grant paid beyond the plan; NaN without a plan.
    """

    label: str
    granted: Decimal
    committed: Decimal
    paid: Decimal
    remaining: Decimal
    used_share: float
    elapsed_share: float
    advance_points: float
    projected_low: Decimal | None = None
    projected_high: Decimal | None = None
    carried_over: Decimal | None = None
    available: Decimal | None = None
    planned: Decimal | None = None
    plan_advance: float = float("nan")

    @property
    def ahead(self) -> Decimal:
        """Euros paid above the linear pace (negative: below)."""
        return self.paid - self._linear

    @property
    def expected(self) -> Decimal:
        """Euros that should be paid by then: those of the spending plan, or of the linear pace without a plan."""
        return self._linear if self.planned is None else self.planned

    @property
    def judged_points(self) -> float:
        """Points of the grant paid beyond what was expected: what a title, a tile and an alert judge by."""
        return self.advance_points if self.planned is None else self.plan_advance

    @property
    def usable(self) -> Decimal:
        """Euros that may be spent: the grant, and the carry-over once it is granted."""
        return self.granted if self.available is None else self.available

    @property
    def _linear(self) -> Decimal:
        return self.granted * Decimal(str(self.elapsed_share))


def figure(
    values: pd.DataFrame, indicator: str, period: str, zone: str = VILLE, dimension: str = ENSEMBLE, category: str = ENSEMBLE
) -> Figure:
    """One cell of a Values frame; not transmitted when the frame has no such row."""
    found = row_of(values, indicator, period, zone, dimension, category)
    if found is None:
        return NOT_TRANSMITTED
    return Figure(found.value, Status(found.status), found.numerator, found.denominator, found.low, found.high)


def gap_rows(
    gaps: pd.DataFrame,
    values: pd.DataFrame,
    indicators: list[Indicator],
    period: str,
    zone: str,
    category: tuple[str, str] = (ENSEMBLE, ENSEMBLE),
) -> list[GapRow]:
    """The comparisons of one period and zone, the most unfavourable to the QPV first; then hidden, not transmitted, not applicable."""
    dimension, modality = category
    here = gaps[(gaps["period"] == period) & (gaps["zone"] == zone) & (gaps["dimension"] == dimension) & (gaps["category"] == modality)]
    by_code = {str(row["indicator"]): row for _, row in here.iterrows()}
    rows = [_gap_row(by_code.get(item.code), values, item, period, zone, category) for item in indicators]
    return sorted(rows, key=lambda row: (ORDER.index(row.status), row.points if row.known else 0.0))


def _gap_row(
    found: pd.Series | None, values: pd.DataFrame, indicator: Indicator, period: str, zone: str, category: tuple[str, str]
) -> GapRow:
    sides = {side: figure(values, indicator.code, period, side, *category) for side in (zone, HORS_QPV, NON_LOCALISE, VILLE)}
    numbers = {
        name: float("nan") if found is None else float(found[column])
        for name, column in (
            *((name, name) for name in ("points", "low", "high", "residents_low", "residents_high")),
            ("residents", "residents_to_parity"),
        )
    }
    status = Status.NON_TRANSMIS if found is None else Status(found["status"])
    return GapRow(
        indicator,
        status,
        sides[zone],
        sides[HORS_QPV],
        **numbers,
        verdict="" if found is None or status is not Status.OK else str(found["verdict"]),
        unlocated=_share(sides[NON_LOCALISE].numerator, sides[VILLE].numerator),
    )


def _share(part: float, whole: float) -> float:
    return part / whole if whole > 0 else float("nan")


def budget_rows(use: pd.DataFrame, labels: dict[str, str]) -> list[BudgetRow]:
    """The rows of a BudgetUse frame in its order; ``labels`` gives the French name of each line."""
    names = [field.name for field in fields(BudgetRow) if field.name != "label"]
    told = use.astype(dict.fromkeys(("used_share", "elapsed_share", "advance_points", "plan_advance"), float))
    return [
        BudgetRow(labels.get(str(row["line"]), str(row["line"])), **{name: row[name] for name in names}) for row in told.to_dict("records")
    ]
