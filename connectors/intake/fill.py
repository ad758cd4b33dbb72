"""Cells that a delivery implies without writing them: the zeros of a GROUP BY, « non localisé » = 0 where everyone is placed, the total of
a breakdown, and the one category that the others leave to it.
"""

from __future__ import annotations

from itertools import product

import numpy as np
import pandas as pd

from connectors.intake.raw import Raw
from connectors.source import Source
from indicators.codes import DIMENSIONS, ENSEMBLE
from indicators.coherence import by_zoning
from indicators.frames import COUNTS_COLUMNS, COUNTS_KEY
from indicators.period import Period
from indicators.registry import measures
from indicators.status import Status
from indicators.territory import HORS_QPV, NON_LOCALISE, QPV, VILLE, Territory


def fill_zeros(counts: pd.DataFrame, source: Source, territory: Territory, raw: Raw) -> pd.DataFrame:
    """Add a 0 for each cell of the grid that an exhaustive query covers and did not return.

    The grid: every period covered x every zone the source distinguishes x every category of each breakdown it was asked for.
    """
    covered = raw.periods or tuple(sorted(counts["period"].unique()))
    keys: list[tuple[str, ...]] = []
    for measure, rows in counts.groupby("measure"):
        keys += _grid(str(measure), rows, covered, source, territory, raw)
    for measure in set(raw.exhaustive) - set(counts["measure"].unique()):
        keys += _grid(measure, counts.iloc[:0], covered, source, territory, raw)
    grid = pd.DataFrame(keys, columns=COUNTS_KEY).drop_duplicates()
    absent = grid.merge(counts[COUNTS_KEY], on=COUNTS_KEY, how="left", indicator=True)
    absent = absent[absent["_merge"] == "left_only"].drop(columns="_merge")
    zeros = absent.assign(value=pd.array([0] * len(absent), dtype="Int64"), status=str(Status.OK))
    return pd.concat([counts, zeros[COUNTS_COLUMNS]], ignore_index=True)


def _grid(
    measure: str, rows: pd.DataFrame, covered: tuple[str, ...], source: Source, territory: Territory, raw: Raw
) -> list[tuple[str, ...]]:
    dimensions = set(raw.exhaustive.get(measure, ())) | set(rows["dimension"].unique())
    cells = [(name, category) for name in sorted(dimensions) for category in DIMENSIONS[name].codes]
    seen = set(rows["territory"].unique())
    found: list[tuple[str, ...]] = []
    for period in covered:
        zones = _zones(measure, seen, Period.parse(period), source, territory)
        found += [(source.id, measure, zone, period, *cell) for zone, cell in product(zones, cells)]
    return found


def _zones(measure: str, seen: set[str], period: Period, source: Source, territory: Territory) -> list[str]:
    """The disjoint zones a source counts in: a measure without an address, or one counted for the city alone, has only the city."""
    if not measures()[measure].territorial or seen == {VILLE}:
        return [VILLE]
    places = territory.qpv_codes(period) if source.each_qpv else [QPV]
    return [*places, HORS_QPV, *([NON_LOCALISE] if source.non_localise else [])]


def place_everyone(counts: pd.DataFrame, source: Source) -> pd.DataFrame:
    """Add « non localisé » = 0 to each cell that names zones, when the source says that it places everyone.

    A cell where the city and the rest of the city are both written is left alone: what they leave is the non localisé, by the identity.
    """
    if source.non_localise:
        return counts
    territorial = {code for code, measure in measures().items() if measure.territorial}
    cell = [name for name in COUNTS_KEY if name != "territory"]
    rows = counts[counts["measure"].isin(territorial)]
    zones = rows.groupby(cell, observed=True)["territory"].agg(frozenset)
    implied = zones.map(lambda seen: NON_LOCALISE not in seen and seen != {VILLE} and not seen.issuperset({VILLE, HORS_QPV}))
    cells = zones.index[implied.astype(bool)].to_frame(index=False)
    zeros = cells.assign(territory=NON_LOCALISE, value=pd.array([0] * len(cells), dtype="Int64"), status=str(Status.OK))
    return pd.concat([counts, zeros[COUNTS_COLUMNS]], ignore_index=True)


_PLACE = ["source", "measure", "territory", "period"]


def total_of_breakdown(counts: pd.DataFrame) -> pd.DataFrame:
    """Add the total of each cell known only by an exclusive breakdown whose every category is there and counted."""
    parts = _breakdowns(counts)
    whole = parts[parts["known"] & (parts["lacking"] == 0)].drop_duplicates(_PLACE)
    told = counts.loc[counts["dimension"] == ENSEMBLE, _PLACE].drop_duplicates()
    added = whole.merge(told, on=_PLACE, how="left", indicator=True)
    added = added[added["_merge"] == "left_only"]
    return _with(counts, added.assign(dimension=ENSEMBLE, category=ENSEMBLE, value=added["sum"]))


def last_of_breakdown(counts: pd.DataFrame, source: Source) -> pd.DataFrame:
    """Add the only category that an exclusive breakdown leaves out, where the total and every other category are counted exactly.

    It is what they leave: nobody most often (« non renseigné » in an extract where everyone has a sex). Two categories left out stay so,
    and so does one beside a hidden category: what is not published must not be worked out.
    """
    if source.rounding != 1:
        return counts
    whole = counts[(counts["dimension"] == ENSEMBLE) & (counts["status"] == Status.OK)]
    parts = _breakdowns(counts)
    parts = parts[parts["known"] & (parts["lacking"] == 1)].merge(whole[[*_PLACE, "value"]], on=_PLACE)
    parts = parts.assign(value=parts["value"] - parts["sum"])
    left = parts[parts["value"] >= 0]
    names = [DIMENSIONS[name].codes[place] for name, place in zip(left["dimension"], left["rank"], strict=True)]
    return _with(counts, left.assign(category=pd.Series(names, index=left.index, dtype="str")))


def _breakdowns(counts: pd.DataFrame) -> pd.DataFrame:
    """Of each place and exclusive dimension: ``known`` (no category is hidden or absent), ``sum``, how many categories are ``lacking``,
    and the ``rank`` of the lacking one when there is one.
    """
    codes = {name: dimension.codes for name, dimension in DIMENSIONS.items() if dimension.exclusive and name != ENSEMBLE}
    rows = counts[counts["dimension"].isin(list(codes))]
    ranks = {(name, category): rank for name, categories in codes.items() for rank, category in enumerate(categories)}
    rank = [ranks[cell] for cell in zip(rows["dimension"].tolist(), rows["category"].tolist(), strict=True)]
    rows = rows.assign(known=rows["status"] == Status.OK, value=rows["value"].fillna(0), rank=rank, size=1)
    how = {"known": ("known", "all"), "sum": ("value", "sum"), "rank": ("rank", "sum"), "size": ("size", "sum")}
    found = rows.groupby([*_PLACE, "dimension"], as_index=False).agg(**how)
    size = found["dimension"].map({name: len(categories) for name, categories in codes.items()}).astype("int64")
    return found.assign(lacking=size - found["size"], rank=size * (size - 1) // 2 - found["rank"])


def _with(counts: pd.DataFrame, added: pd.DataFrame) -> pd.DataFrame:
    if added.empty:
        return counts
    rows = added.assign(status=str(Status.OK))[COUNTS_COLUMNS].astype({"value": "Int64"})
    return pd.concat([counts, rows], ignore_index=True)


def with_sum_of_qpvs(counts: pd.DataFrame, territory: Territory) -> pd.DataFrame:
    """The same counts with « QPV » wherever the QPVs determine it and the partner did not write it: what is checked, not what is kept.

    They do when all of them are counted, or when those counted, with the rest, already exceed the city.
    """
    cell = [name for name in COUNTS_KEY if name != "territory"]
    known = counts[counts["status"] == Status.OK]
    table = known.pivot_table(index=cell, columns="territory", values="value", aggfunc="sum", observed=True).astype(float)
    sums = np.full(len(table), np.nan)
    for places, mask in by_zoning(table.index.get_level_values("period"), territory):
        zones = table[mask].reindex(columns=[*places, HORS_QPV, NON_LOCALISE, VILLE, QPV]).to_numpy()
        parts, (rest, nowhere, city, told) = zones[:, : len(places)], zones[:, len(places) :].T
        total = np.nansum(parts, axis=1)
        whole = bool(places) & ~np.isnan(parts).any(axis=1)
        above = total + np.nan_to_num(rest) + np.nan_to_num(nowhere) > np.where(np.isnan(city), np.inf, city)
        sums[mask] = np.where(np.isnan(told) & (whole | above), total, np.nan)
    found = ~np.isnan(sums)
    if not found.any():
        return counts
    added: pd.DataFrame = table.index[found].to_frame(index=False).assign(territory=QPV, value=sums[found], status=str(Status.OK))
    rows = added[COUNTS_COLUMNS].astype({"value": "Int64"})
    return pd.concat([counts, rows], ignore_index=True)
