"""A published value keeps its zone, its vintage and the reason why it is absent; without a dated vintage it has no row."""

from __future__ import annotations

import math

import pandas as pd

from indicators import published, registry
from indicators.frames import PUBLISHED_COLUMNS, VALUES_KEY
from indicators.schemas import VALUES
from indicators.status import Status

ROWS = [
    ["fiches", "taux_pauvrete", "QN06254M", "2020", 46.5, "ok", ""],
    ["fiches", "taux_pauvrete", "QN06253M", "2020", None, "secret", ""],
    ["fiches", "taux_pauvrete", "QN06254M", "non précisé", 44.0, "ok", ""],
    ["fiches", "population", "QN06254M", "2020", 7579.0, "ok", ""],
]


def test_a_published_value_is_kept_as_it_is() -> None:
    found = published.values(pd.DataFrame(ROWS, columns=PUBLISHED_COLUMNS), registry.indicators().values())
    VALUES.validate(found, lazy=True)
    rows = found.set_index(VALUES_KEY)
    shown = rows.loc[("C4", "QN06254M", "2020", "ensemble", "ensemble")]
    assert shown["value"] == 46.5
    assert all(math.isnan(shown[name]) for name in ("numerator", "denominator", "low", "high"))
    hidden = rows.loc[("C4", "QN06253M", "2020", "ensemble", "ensemble")]
    assert hidden["status"] == Status.SECRET
    assert math.isnan(hidden["value"])
    assert len(found) == 2  # neither the undated value nor the population is one of C4


def test_nothing_published_gives_no_row() -> None:
    found = published.values(pd.DataFrame(columns=PUBLISHED_COLUMNS), registry.indicators().values())
    assert found.empty
    VALUES.validate(found, lazy=True)
