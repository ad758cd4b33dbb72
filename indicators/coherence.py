"""What counts of one delivery must agree on: zones, breakdowns, parts, stocks. Pure checks, each fault a French sentence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from indicators.codes import DIMENSIONS, ENSEMBLE
from indicators.measures import Measure, Nature
from indicators.period import Period
from indicators.territory import HORS_QPV, NON_LOCALISE, QPV, VILLE, Territory

CELL = ["measure", "period", "dimension", "category"]


def faults(counts: pd.DataFrame, territory: Territory, measures: Mapping[str, Measure], rounding: int = 1) -> list[str]:
    """Every contradiction of a Counts frame of one source, as French sentences; an empty list when it holds together.

    ``rounding``: the multiple that the source rounds to; sums are compared within what it explains.
    """
    known = counts[counts["status"] == "ok"].astype({"value": float})
    slack = 0 if rounding == 1 else rounding / 2
    return [
        *_zones(known, territory, slack),
        *_breakdowns(known, slack),
        *_parts(known, measures, slack),
        *_stocks(known, territory, measures, slack),
        *_lengths(known, measures, slack),
    ]


def _name(measure: str, period: str, dimension: str = ENSEMBLE, category: str = ENSEMBLE) -> str:
    detail = "" if dimension == ENSEMBLE else f", {dimension} « {category} »"
    return f"{measure}, {period}{detail}"


def _zones(known: pd.DataFrame, territory: Territory, slack: float) -> list[str]:
    """The identities ville = QPV + hors QPV + non localisé, and QPV = sum of the QPVs."""
    table = known.pivot_table(index=CELL, columns="territory", values="value", aggfunc="sum", observed=True)
    found: list[tuple[int, str]] = []
    for places, rows in by_zoning(table.index.get_level_values("period"), territory):
        for whole, parts in ((QPV, places), (VILLE, [QPV, HORS_QPV, NON_LOCALISE])):
            zones = table[rows].reindex(columns=[*parts, whole]).to_numpy()
            given, stated = zones[:, :-1], zones[:, -1]
            present, total = (~np.isnan(given)).sum(axis=1), np.nansum(given, axis=1)
            allowed = slack * (present + 1)
            above = total - stated > allowed
            wrong = (present > 0) & (above | ((present == len(parts)) & (np.abs(total - stated) > allowed)))
            label = territory.label(whole).lower() if whole == VILLE else territory.label(whole)
            for rank, number in zip(np.flatnonzero(wrong), np.flatnonzero(rows)[wrong], strict=True):
                sense = "supérieure à" if above[rank] else "différente de"
                told = f"somme des zones ({total[rank]:.0f}) {sense} « {label} » ({stated[rank]:.0f})."
                found.append((number, f"{_name(*table.index[number])} : {told}"))
    return [sentence for _, sentence in sorted(found, key=lambda item: item[0])]


def by_zoning(periods: pd.Index, territory: Territory) -> Iterator[tuple[list[str], NDArray[np.bool_]]]:
    """The QPVs of each zoning that rows fall in, with the mask of these rows; ``periods`` is the period of each row."""
    places = {code: tuple(territory.qpv_codes(Period.parse(code))) for code in periods.unique().tolist()}
    for qpvs in dict.fromkeys(places.values()):
        yield list(qpvs), periods.isin([code for code, found in places.items() if found == qpvs])


def _breakdowns(known: pd.DataFrame, slack: float) -> list[str]:
    """The categories of an exclusive dimension add up to the total where all are there, and never exceed it."""
    place = ["measure", "period", "territory"]
    totals = known.loc[known["dimension"] == ENSEMBLE, [*place, "value"]].rename(columns={"value": "total"})
    exclusive = {code: len(dimension.codes) for code, dimension in DIMENSIONS.items() if dimension.exclusive and code != ENSEMBLE}
    rows = known[known["dimension"].isin(list(exclusive))]
    parts = rows.groupby([*place, "dimension"], as_index=False).agg(sum=("value", "sum"), size=("value", "size")).merge(totals, on=place)
    over, allowed = parts["sum"] - parts["total"], slack * (parts["size"] + 1)
    complete = parts["size"] == parts["dimension"].map(exclusive)
    wrong = parts[(over > allowed) | (complete & (over.abs() > allowed))]
    return [
        f"{row.measure}, {row.period}, {row.territory} : les modalités de « {row.dimension} » totalisent {row.added:.0f} et l'ensemble "
        f"{row.total:.0f}."
        for row in wrong.rename(columns={"sum": "added"}).itertuples()
    ]


def _parts(known: pd.DataFrame, measures: Mapping[str, Measure], slack: float) -> list[str]:
    key = ["territory", "period", "dimension", "category"]
    told = set(known["measure"].unique())
    found = []
    for measure in measures.values():
        if measure.part_of is None or not {measure.code, measure.part_of} <= told:
            continue
        part = known[known["measure"] == measure.code].set_index(key)["value"]
        whole = known[known["measure"] == measure.part_of].set_index(key)["value"]
        both = pd.concat({"part": part, "whole": whole}, axis=1).dropna()
        over = both[both["part"] - both["whole"] > 2 * slack]
        for (zone, period, dimension, category), part, total in zip(over.index, over["part"], over["whole"], strict=True):
            where = _name(measure.code, period, dimension, category)
            found.append(f"{where}, {zone} : {measure.label} ({part:.0f}) > {measures[measure.part_of].label} ({total:.0f}).")
    return found


def _stocks(known: pd.DataFrame, territory: Territory, measures: Mapping[str, Measure], slack: float) -> list[str]:
    """Stock = previous stock + entries - exits, for each zone and pair of successive periods.

    When the zoning changes between them, residents change zone without entering or leaving: only the city is checked.
    """
    totals = known[known["dimension"] == ENSEMBLE].set_index(["measure", "territory", "period"])["value"]
    found = []
    for measure in measures.values():
        if measure.flows is None or measure.code not in totals.index.get_level_values(0):
            continue
        for (zone, period), stock in totals[measure.code].items():
            before = Period.parse(period).shift(-1)
            if zone != VILLE and territory.qpv_codes(before) != territory.qpv_codes(Period.parse(period)):
                continue
            previous = totals.get((measure.code, zone, before.code))
            entries, exits = (totals.get((flow, zone, period)) for flow in measure.flows)
            if previous is None or entries is None or exits is None:
                continue
            expected = previous + entries - exits
            if abs(expected - stock) > 4 * slack:
                found.append(
                    f"{_name(measure.code, period)}, {zone} : {stock:.0f} déclarés ; {previous:.0f} avant, plus {entries:.0f} entrées, "
                    f"moins {exits:.0f} sorties, donnent {expected:.0f}."
                )
    return found


def _lengths(known: pd.DataFrame, measures: Mapping[str, Measure], slack: float) -> list[str]:
    """Events of a period are those of its parts, where both are there: 3 months and their quarter, 4 quarters and their year."""
    flows = known[known["measure"].isin([code for code, measure in measures.items() if measure.nature is Nature.FLOW])]
    key = ["measure", "territory", "dimension", "category"]
    cells = flows.pivot_table(index=key, columns="period", values="value", aggfunc="sum", observed=True)
    found = []
    for code in known["period"].unique():
        parts = [part.code for part in Period.parse(code).parts()]
        if not parts or not set(parts) <= set(known["period"]):
            continue
        table = cells.reindex(columns=[*parts, code]).dropna()
        for cell, total, stated in zip(table.index, table[parts].sum(axis=1), table[code], strict=True):
            if abs(total - stated) > slack * (len(parts) + 1):
                measure, zone, dimension, category = cell
                where = _name(measure, code, dimension, category)
                found.append(f"{where}, {zone} : {stated:.0f} déclarés, et ses parties ({', '.join(parts)}) totalisent {total:.0f}.")
    return found
