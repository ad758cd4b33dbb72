"""A seeded Counts frame of the size of Calais: eight measures, two QPVs and the rest, 36 months, the total and two breakdowns."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from indicators.codes import DIMENSIONS, ENSEMBLE
from indicators.frames import COUNTS_COLUMNS
from indicators.period import Frequency, between
from indicators.territory import HORS_QPV, NON_LOCALISE, Neighbourhood, Territory, Zoning

QPVS = ("QP062901", "QP062902")
MEASURES = (
    *("entrees_cej", "entrees_pacea", "entrees_formation", "entrees_iae", "entrees_plie", "entrees_parcours"),
    *("demandeurs_emploi_abc", "demandeurs_emploi_deld"),
)
MONTHS = between(date(2021, 1, 1), date(2023, 12, 31), Frequency.MONTH)
CALAIS = Territory(
    "62193", "Calais", 73_000, (Zoning("2015", "", date(2015, 1, 1), None, tuple(Neighbourhood(code, code, code) for code in QPVS)),)
)


def counts() -> pd.DataFrame:
    """About 15 000 rows; every breakdown adds up to its total."""
    random = np.random.default_rng(62193)
    rows = []
    for measure in MEASURES:
        for month in MONTHS:
            for zone, size in zip((*QPVS, HORS_QPV, NON_LOCALISE), (40, 35, 150, 8), strict=True):
                parts = random.poisson(size, size=3).tolist()
                rows.append(("banc", measure, zone, month.code, ENSEMBLE, ENSEMBLE, sum(parts), "ok"))
                for dimension in ("sexe", "age"):
                    codes = DIMENSIONS[dimension].codes
                    shares = parts if len(codes) == 3 else [*parts, 0]
                    rows += [
                        ("banc", measure, zone, month.code, dimension, code, share, "ok") for code, share in zip(codes, shares, strict=True)
                    ]
    return pd.DataFrame(rows, columns=COUNTS_COLUMNS).astype({"value": "Int64"})
