"""The figures of many cities at once: each QPV of a country beside its city and the rest of its city, for a view over all the Cités.

The meaning is that of ``compute`` and ``gaps`` for a share of the residents, city by city: one breakdown is summed up (``grid``), periods
are taken as delivered, every address is located. Indicators, and what completes zones and periods, are elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from indicators import intervals
from indicators.codes import DIMENSIONS, ENSEMBLE, Dimension
from indicators.grid import Cells, Grid, States, lay_out
from indicators.intervals import Array
from indicators.period import Frequency, Period
from indicators.states import STATES
from indicators.status import NON_APPLICABLE, NON_TRANSMIS, OK, SECRET

PANEL_KEY = ["qpv", "city", "measure", "period"]
PANEL_NUMBERS = ["value", "rate", "city_rate", "rest_rate", "points", "ratio", "evolution", "low", "high"]
PANEL_STATES = ["status", "gap_status", "evolution_status"]
PANEL_COLUMNS = [*PANEL_KEY, *PANEL_NUMBERS, *PANEL_STATES]
CITIES_AT_ONCE = 16
"""Few enough for their arrays to stay in the processor's cache, whatever the size of the country."""
UNSOLVED = np.array([OK, SECRET, NON_APPLICABLE, NON_TRANSMIS], dtype=np.int8)
"""Rank of each state for an identity, and back: what is not transmitted comes last, since it leaves the identity unsolved."""


@dataclass(frozen=True)
class Rate:
    """Percent, NaN unless its state is OK; both are [territory, measure, period]."""

    value: Array
    state: States


@dataclass(frozen=True)
class Country:
    """QPVs sorted by city, the city of each (a position), and the first QPV of each city."""

    qpvs: pd.Index
    cities: pd.Index
    city_of: NDArray[np.intp]
    first: NDArray[np.intp]

    def blocks(self) -> Iterator[tuple[slice, slice]]:
        """A few cities at a time: the slice of them, and that of their QPVs."""
        ends = np.append(self.first, len(self.qpvs))
        for start in range(0, len(self.cities), CITIES_AT_ONCE):
            stop = min(start + CITIES_AT_ONCE, len(self.cities))
            yield slice(start, stop), slice(int(ends[start]), int(ends[stop]))


def panel(counts: pd.DataFrame, population: pd.DataFrame, parents: pd.DataFrame, dimension: Dimension) -> pd.DataFrame:
    """The Panel frame (``PANEL_COLUMNS``): one row per QPV, measure and period, sorted by city, QPV, measure and period.

    ``value`` is a count; ``rate`` (limits of Wilson: ``low``, ``high``), ``city_rate`` and ``rest_rate`` are in percent; ``points`` is the
    QPV minus the rest of its city, ``ratio`` the one over the other; ``evolution`` is in points over the same period of the year before.
    ``value``, ``rate`` and the limits follow ``status``, ``points`` and ``ratio`` follow ``gap_status``, as in Values and Gaps. Texts are
    categorical, with the categories of ``counts``: a measure or a period that no row has is not transmitted.

    Args:
        counts: a valid Counts frame whose texts may be categorical. A territory is a QPV or a commune; a measure comes from one source.
        population: the same, for one yearly stock: a period is divided by the stock of its year.
        parents: ``qpv`` and ``city``, one row per QPV.
        dimension: the breakdown summed up into ``value``: all of its categories. Rows of another are left out.

    Raises:
        ValueError: a measure has several sources, ``population`` several measures, or a QPV several cities.
    """
    counted, residents = lay_out(counts, dimension), lay_out(population, DIMENSIONS[ENSEMBLE])
    if len(residents.measures) != 1:
        raise ValueError(f"La population tient en une mesure, et non {len(residents.measures)}.")
    country = _country(parents)
    shape = (len(country.qpvs), len(counted.measures), len(counted.periods))
    numbers = {name: np.empty(shape) for name in PANEL_NUMBERS}
    states = {name: np.empty(shape, dtype=np.int8) for name in PANEL_STATES}
    for qpvs, figures in _figures(counted, residents, country):
        for name, figure in figures.items():
            (numbers if name in numbers else states)[name][qpvs] = figure[..., :-1]
    return _frame(counted, country, numbers, states)


def _country(parents: pd.DataFrame) -> Country:
    twice = parents["qpv"][parents["qpv"].duplicated()]
    if len(twice):
        raise ValueError(f"Un QPV a une seule ville, dite une seule fois : {', '.join(twice.unique())}.")
    city_of, cities = pd.factorize(parents["city"], sort=True)
    order = np.lexsort((pd.factorize(parents["qpv"], sort=True)[0], city_of))
    city_of = city_of[order]
    return Country(pd.Index(parents["qpv"])[order], pd.Index(cities), city_of, np.flatnonzero(np.diff(city_of, prepend=-1)))


def _figures(counted: Grid, residents: Grid, country: Country) -> Iterator[tuple[slice, dict[str, NDArray]]]:
    """The columns of the panel, [QPV, measure, period], for the QPVs of a few cities at a time."""
    every = slice(None)
    years = _positions(residents.periods, [Period(period.year, Frequency.YEAR) for period in counted.periods])
    before = _positions(counted.periods, [period.same_period_last_year() for period in counted.periods])
    places = [(grid.territories.get_indexer(country.qpvs), grid.territories.get_indexer(country.cities)) for grid in (counted, residents)]
    for cities, qpvs in country.blocks():
        own, city = (counted.at(place[block], every) for place, block in zip(places[0], (qpvs, cities), strict=True))
        own_residents, city_residents = (residents.at(place[block], years) for place, block in zip(places[1], (qpvs, cities), strict=True))
        first = country.first[cities] - qpvs.start
        beside = country.city_of[qpvs] - cities.start
        rate, city_rate = _rate(own, own_residents), _rate(city, city_residents)
        rest_rate = _rate(_rest(own, city, first), _rest(own_residents, city_residents, first))
        yield qpvs, _columns(own, own_residents, rate, _beside(city_rate, beside), _beside(rest_rate, beside), before)


def _positions(periods: list[Period], wanted: list[Period]) -> NDArray[np.intp]:
    """Where each period wanted is, -1 for none; and -1 once more for the last period, which is no one's."""
    place = {period: position for position, period in enumerate(periods)}
    return np.array([*(place.get(period, -1) for period in wanted), -1])


def _rest(own: Cells, city: Cells, first: NDArray[np.intp]) -> Cells:
    """City minus its QPVs. As ``territory.complete`` has it, an identity with a second member missing gives nothing: not transmitted."""
    worst = np.maximum(np.maximum.reduceat(UNSOLVED[own.state], first, axis=1), UNSOLVED[city.state])
    return Cells(city.value - np.add.reduceat(own.value, first, axis=0), UNSOLVED[worst])


def _rate(counted: Cells, residents: Cells) -> Rate:
    state = np.maximum(counted.state.max(axis=0), residents.state.max(axis=0))
    state[(state == OK) & (residents.value == 0)] = NON_APPLICABLE
    with np.errstate(divide="ignore", invalid="ignore"):
        return Rate(_where(state, 100 * counted.value / residents.value), state)


def _beside(rate: Rate, city_of: NDArray[np.intp]) -> Rate:
    """A figure of each city, once for each of its QPVs."""
    return Rate(rate.value[city_of], rate.state[city_of])


def _where(state: States, figure: Array) -> Array:
    figure[state != OK] = np.nan
    return figure


def _columns(own: Cells, residents: Cells, rate: Rate, city: Rate, rest: Rate, before: NDArray[np.intp]) -> dict[str, NDArray]:
    gap = np.maximum(rate.state, rest.state)
    evolution = np.maximum(rate.state, rate.state[..., before])
    value = _where(rate.state, own.value)
    low, high = intervals.wilson(value, residents.value)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = rate.value / rest.value
    ratio[~np.isfinite(ratio)] = np.nan
    return {
        "value": value,
        "rate": rate.value,
        "city_rate": city.value,
        "rest_rate": rest.value,
        "points": rate.value - rest.value,
        "ratio": ratio,
        "evolution": rate.value - rate.value[..., before],
        "low": 100 * low,
        "high": 100 * high,
        "status": rate.state,
        "gap_status": gap,
        "evolution_status": evolution,
    }


def _frame(counted: Grid, country: Country, numbers: dict[str, Array], states: dict[str, States]) -> pd.DataFrame:
    qpvs, measures, periods = numbers["value"].shape
    codes = pd.Index([period.code for period in counted.periods])
    columns: dict[str, object] = {
        "qpv": pd.Categorical.from_codes(np.repeat(np.arange(qpvs), measures * periods), country.qpvs),
        "city": pd.Categorical.from_codes(np.repeat(country.city_of, measures * periods), country.cities),
        "measure": pd.Categorical.from_codes(np.tile(np.repeat(np.arange(measures), periods), qpvs), counted.measures),
        "period": pd.Categorical.from_codes(np.tile(np.arange(periods), qpvs * measures), codes),
    }
    columns |= {name: number.reshape(-1) for name, number in numbers.items()}
    columns |= {name: pd.Categorical.from_codes(state.reshape(-1), STATES) for name, state in states.items()}
    return pd.DataFrame(columns, copy=False)
