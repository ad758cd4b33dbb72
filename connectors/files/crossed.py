"""Crossed extracts (one row per sex x age x ...): summed over every other column, so that one dimension at a time comes in."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from connectors.errors import NOTHING_KEPT, DeliveryRefusedError
from connectors.intake.cells import read_counts
from connectors.intake.columns import header_faults, simplify
from connectors.intake.raw import CATEGORY, COUNT, DIMENSION, MEASURE, PERIOD, ZONE
from connectors.layout import Cube
from connectors.source import Source
from indicators.codes import ENSEMBLE
from indicators.period import Frequency, Period
from indicators.status import Status


def one_dimension_at_a_time(cells: pd.DataFrame, source: Source, cube: Cube, population: int) -> pd.DataFrame:
    """Text cells in our long layout: a total and each declared dimension, for each measure; a column of one category, that category alone.

    A sum that holds a hidden cell is hidden. The columns of ``cube.over`` are summed over.
    Raises ``DeliveryRefusedError`` for a missing, unknown or personal column, and for cells that are not counts.
    """
    headers = [str(header) for header in cells.columns]
    faults = header_faults(headers)
    plain = cells.rename(columns={header: simplify(header) for header in headers})
    names = {
        ours: next((simplify(alias) for alias in source.columns.get(ours, (ours,)) if simplify(alias) in plain), "")
        for ours in (PERIOD, ZONE)
    }
    wanted = {
        **{ours: name or ours for ours, name in names.items()},
        **{name: simplify(column) for name, column in cube.dimensions.items()},
    }
    columns = {
        *wanted.values(),
        *(simplify(item.column) for item in cube.measure),
        *(simplify(c) for item in cube.measure for c in item.where),
    }
    faults += [
        f"Colonne obligatoire absente : « {name} ». Colonnes lues : {', '.join(headers)}." for name in sorted(columns - set(plain.columns))
    ]
    stray = set(plain.columns) - columns - {simplify(name) for name in cube.over}
    faults += [
        f"Colonne inconnue « {name} » : elle peut décrire une personne. Retirez-la, ou déclarez-la dans « over » de la section [cube]. "
        f"{NOTHING_KEPT}"
        for name in sorted(stray)
    ]
    if faults:
        raise DeliveryRefusedError(faults)
    found: list[pd.DataFrame] = []
    for item in cube.measure:
        rows = plain
        for column, allowed in item.where.items():
            rows = rows[rows[simplify(column)].str.strip().isin(list(allowed))]
        counts = read_counts(rows[simplify(item.column)], source, population)
        faults += [f"Ligne {label} : {sentence}" for label, sentence in counts.faults.items()]
        base = pd.DataFrame({PERIOD: _periods(rows[wanted[PERIOD]], source), ZONE: rows[wanted[ZONE]].str.strip()})
        base = base.assign(value=counts.value.fillna(0), hidden=counts.status != Status.OK)
        crossed = {name: rows[wanted[name]].str.strip() for name in cube.dimensions}
        categories: Mapping[str, str | pd.Series] = item.category or {ENSEMBLE: ENSEMBLE, **crossed}
        for dimension, category in categories.items():
            found.append(_sum(base.assign(**{MEASURE: item.measure, DIMENSION: dimension, CATEGORY: category})))
    if faults:
        raise DeliveryRefusedError(faults[:50])
    return pd.concat(found, ignore_index=True)


def _sum(rows: pd.DataFrame) -> pd.DataFrame:
    key = [PERIOD, ZONE, MEASURE, DIMENSION, CATEGORY]
    summed = rows.groupby(key, as_index=False).agg(value=("value", "sum"), hidden=("hidden", "any"))
    summed[COUNT] = summed["value"].astype("str").where(~summed["hidden"], "s")
    return summed[[*key, COUNT]].astype("str")


def _periods(column: pd.Series, source: Source) -> pd.Series:
    """The extract's months (YYYYMM) or our codes, as periods of the source: a quarterly extract is dated by its last month."""

    def read(text: str) -> str:
        if len(text) == 6 and text.isdigit():
            month = Period.parse(f"{text[:4]}-{text[4:]}")
            return month.code if source.periodicity is Frequency.MONTH else Period.of(month.first_day, source.periodicity).code
        return text

    def safe(text: str) -> str:
        try:
            return read(text)
        except ValueError:
            return text

    codes = {text: safe(text.strip()) for text in column.unique()}
    return column.map(codes)
