"""What counts of one delivery must agree on: zones, breakdowns, parts, stocks. Pure checks, each fault a French sentence."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

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
    found = []
    table = known.pivot_table(index=CELL, columns="territory", values="value", aggfunc="sum", observed=True)
    by_period = {code: territory.qpv_codes(Period.parse(code)) for code in known["period"].unique()}
    for key, row in zip(table.index, table.to_dict("records"), strict=True):
        given = {zone: value for zone, value in row.items() if pd.notna(value)}
        for whole, parts in ((QPV, by_period[key[1]]), (VILLE, [QPV, HORS_QPV, NON_LOCALISE])):
            present = [given[part] for part in parts if part in given]
            if whole not in given or not present:
                continue
            allowed = slack * (len(present) + 1)
            above = sum(present) - given[whole] > allowed
            if above or (len(present) == len(parts) and abs(sum(present) - given[whole]) > allowed):
                label = territory.label(whole).lower() if whole == VILLE else territory.label(whole)
                sense = "supérieure à" if above else "différente de"
                found.append(f"{_name(*key)} : somme des zones ({sum(present):.0f}) {sense} « {label} » ({given[whole]:.0f}).")
    return found


def _breakdowns(known: pd.DataFrame, slack: float) -> list[str]:
    """The categories of an exclusive dimension add up to the total where all are there, and never exceed it."""
    totals = known[known["dimension"] == ENSEMBLE].set_index(["measure", "period", "territory"])["value"]
    exclusive = {code for code, dimension in DIMENSIONS.items() if dimension.exclusive and code != ENSEMBLE}
    parts = known[known["dimension"].isin(exclusive)].groupby(["measure", "period", "territory", "dimension"])["value"].agg(["sum", "size"])
    found = []
    for key, row in zip(parts.index, parts.to_dict("records"), strict=True):
        measure, period, zone, dimension = key
        total = totals.get((measure, period, zone))
        if total is None:
            continue
        complete = row["size"] == len(DIMENSIONS[dimension].codes)
        over = row["sum"] - total
        if over > slack * (row["size"] + 1) or (complete and abs(over) > slack * (row["size"] + 1)):
            found.append(
                f"{measure}, {period}, {zone} : les modalités de « {dimension} » totalisent {row['sum']:.0f} et l'ensemble {total:.0f}."
            )
    return found


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
