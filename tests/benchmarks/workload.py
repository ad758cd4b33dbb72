"""A seeded Counts frame of the size of Calais: every measure of the catalogue in all its breakdowns, ten sources, eight quarters."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from indicators.codes import DIMENSIONS, ENSEMBLE
from indicators.frames import COUNTS_COLUMNS
from indicators.period import Frequency, between
from indicators.registry import indicators, measures
from indicators.territory import HORS_QPV, NON_LOCALISE, VILLE, Neighbourhood, Territory, Zoning

QPVS = ("QP062901", "QP062902")
QUARTERS = between(date(2022, 1, 1), date(2023, 12, 31), Frequency.QUARTER)
CALAIS = Territory(
    "62193", "Calais", 73_000, (Zoning("2015", "", date(2015, 1, 1), None, tuple(Neighbourhood(code, code, code) for code in QPVS)),)
)
SOURCES = 10
SIZES = {QPVS[0]: 40, QPVS[1]: 35, HORS_QPV: 150, NON_LOCALISE: 8}


def breakdowns() -> dict[str, list[str]]:
    """The dimensions that some indicator reads of each measure, the total first."""
    found = {code: {ENSEMBLE: None} for code in measures()}
    for indicator in indicators().values():
        for term in (*indicator.numerator_terms, *indicator.denominator_terms):
            found[term.measure] |= dict.fromkeys((term.dimension, *indicator.breakdowns))
    return {code: [dimension for dimension in dimensions if DIMENSIONS[dimension].in_cube] for code, dimensions in found.items()}


def counts() -> pd.DataFrame:
    """About 15 000 rows; the parts of a measure come to at most its whole, since parts are drawn smaller."""
    random = np.random.default_rng(62193)
    rows = [
        (f"banc-{rank % SOURCES}", code, zone, quarter.code, dimension, category, size, "ok")
        for rank, (code, dimensions) in enumerate(breakdowns().items())
        for zone, size in (SIZES if measures()[code].territorial else {VILLE: 230}).items()
        for quarter in QUARTERS
        for dimension in dimensions
        for category in DIMENSIONS[dimension].codes
    ]
    frame = pd.DataFrame(rows, columns=COUNTS_COLUMNS)
    share = np.array([0.3 if measure.part_of else 1.0 for measure in measures().values()])
    of_whole = dict(zip(measures(), share, strict=True))
    categories = {code: len(dimension.codes) for code, dimension in DIMENSIONS.items()}
    mean = frame["value"] * frame["measure"].map(of_whole) / frame["dimension"].map(categories)
    return frame.assign(value=random.poisson(mean.to_numpy(float))).astype({"value": "Int64"})
