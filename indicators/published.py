"""Figures that someone else published, as Values rows: a poverty rate has no numerator here, no interval, and is never summed."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping

import pandas as pd

from indicators.codes import ENSEMBLE
from indicators.compute import frame_of_rows
from indicators.indicator import Indicator, Kind
from indicators.period import Period


def values(published: pd.DataFrame, indicators: Iterable[Indicator]) -> pd.DataFrame:
    """The Values rows of the indicators that are published values: one for each zone and vintage.

    The period of a figure is its vintage; a figure whose vintage is not a period (« non précisé ») cannot be dated and has no row.
    """
    dated = [vintage for vintage in published["vintage"].unique() if _is_period(vintage)]
    rows: list[dict[str, object]] = []
    for indicator in indicators:
        if indicator.kind is Kind.PUBLISHED:
            told = published[(published["measure"] == indicator.published) & published["vintage"].isin(dated)]
            rows += [_row(indicator, line) for line in told.to_dict("records")]
    return frame_of_rows(rows)


def _row(indicator: Indicator, line: Mapping[Hashable, object]) -> dict[str, object]:
    place = {"indicator": indicator.code, "zone": line["territory"], "period": line["vintage"]}
    return {**place, "dimension": ENSEMBLE, "category": ENSEMBLE, "value": line["value"], "status": line["status"]}


def _is_period(vintage: str) -> bool:
    try:
        Period.parse(vintage)
    except ValueError:
        return False
    return True
