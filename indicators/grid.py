"""Counts of a whole country as one array, one dimension summed up: territories x measures x periods, made for millions of rows.

``cube`` lays out one city with all its dimensions, and completes zones and periods; nothing is completed here. What is absent stays absent.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from indicators.codes import Dimension
from indicators.frames import COUNTS_COLUMNS
from indicators.intervals import Array
from indicators.period import Period
from indicators.states import STATES
from indicators.status import NON_TRANSMIS, OK, Status

TEXTS = [column for column in COUNTS_COLUMNS if column != "value"]
PLACE = ["territory", "measure", "period"]
ROWS_AT_ONCE = 1 << 16
"""Enough for the cost of a call to vanish, few enough for a step's arrays to stay in the processor's cache."""

States = NDArray[np.int8]
Shape = tuple[int, int, int]


@dataclass(frozen=True)
class Cells:
    """Sums [territory, measure, period], and the states of what they are made of [category, territory, measure, period]."""

    value: Array
    state: States


@dataclass(frozen=True)
class Grid:
    """Counts laid out. The last territory and the last period are no one's: nothing is transmitted there, and position -1 leads to it."""

    territories: pd.Index
    measures: pd.Index
    periods: list[Period]
    value: NDArray[np.int64]
    state: States

    def at(self, territories: NDArray[np.intp], periods: NDArray[np.intp] | slice) -> Cells:
        """The cells of some territories and periods, told by position."""
        return Cells(self.value[territories][:, :, periods].astype(float), self.state[:, territories][..., periods])


def lay_out(counts: pd.DataFrame, dimension: Dimension) -> Grid:
    """Sum the categories of one dimension up, and keep the state of each.

    The axes are the categories of the columns (the codes found, for plain texts), periods in order of time.
    Raises ``ValueError`` where several sources count a measure: whether they count the same persons is not said here.
    """
    rows = _rows_of(counts, dimension)
    texts = {column: pd.Categorical(rows[column]) for column in TEXTS}
    _refuse_several_sources(texts)
    territories, measures, codes = (texts[column].categories for column in PLACE)
    shape = (len(territories) + 1, len(measures), len(codes) + 1)
    value, state = _sums(texts, rows["value"], shape), _states(texts, dimension, shape)
    periods = [Period.parse(code) for code in codes]
    order = sorted(range(len(periods)), key=lambda position: periods[position])
    if order != list(range(len(periods))):
        value, state = value[..., [*order, -1]], state[..., [*order, -1]]
    return Grid(territories, measures, [periods[position] for position in order], value, state)


def _rows_of(counts: pd.DataFrame, dimension: Dimension) -> pd.DataFrame:
    """The rows of one dimension. Nothing is looked for, or copied, where the categories of the columns hold nothing else."""
    wanted = {"dimension": [dimension.code], "category": list(dimension.codes)}
    categorical = all(isinstance(counts[column].dtype, pd.CategoricalDtype) for column in wanted)
    if categorical and all(counts[column].cat.categories.isin(codes).all() for column, codes in wanted.items()):
        return counts
    return counts[counts["dimension"].isin(wanted["dimension"]) & counts["category"].isin(wanted["category"])]


def _parts(rows: int) -> Iterator[slice]:
    return (slice(start, start + ROWS_AT_ONCE) for start in range(0, rows, ROWS_AT_ONCE))


def _refuse_several_sources(texts: Mapping[str, pd.Categorical]) -> None:
    sources, measures = texts["source"], texts["measure"]
    found = np.zeros((len(sources.categories), len(measures.categories)), dtype=np.int64)
    for part in _parts(len(sources)):
        pair = sources.codes[part] * np.int64(len(measures.categories)) + measures.codes[part]
        found += np.bincount(pair, minlength=found.size).reshape(found.shape)
    several = (found > 0).sum(axis=0) > 1
    if several.any():
        raise ValueError(f"Une mesure vient d'une seule source ; plusieurs comptent : {', '.join(measures.categories[several])}.")


def _keys(texts: Mapping[str, pd.Categorical], shape: Shape) -> Iterator[tuple[slice, NDArray[np.int64]]]:
    """The place of each row in an array of that shape laid flat, some rows at a time."""
    territory, measure, period = (texts[column].codes for column in PLACE)
    for part in _parts(len(territory)):
        key = territory[part] * np.int64(shape[1] * shape[2])
        key += measure[part] * np.int64(shape[2])
        key += period[part]
        yield part, key


def _sums(texts: Mapping[str, pd.Categorical], values: pd.Series, shape: Shape) -> NDArray[np.int64]:
    total = np.zeros(math.prod(shape), dtype=np.int64)
    for part, key in _keys(texts, shape):
        np.add.at(total, key, values.array[part].to_numpy(dtype=np.int64, na_value=0))
    return total.reshape(shape)


def _states(texts: Mapping[str, pd.Categorical], dimension: Dimension, shape: Shape) -> States:
    """[category, *shape]. No cell is told twice: the number of rows shows whether all are. Where all are known, one stands for all."""
    statuses, category = texts["status"], texts["category"]
    complete = len(statuses) == len(dimension.codes) * math.prod(len(texts[column].categories) for column in PLACE)
    known = complete and bool((statuses == Status.OK).all())
    state = np.full((1 if known else len(dimension.codes), *shape), OK if complete else NON_TRANSMIS, dtype=np.int8)
    state[:, -1] = state[..., -1] = NON_TRANSMIS
    if known:
        return state
    flat, code = state.reshape(-1), STATES.get_indexer(statuses.categories).astype(np.int8)
    first = pd.Index(dimension.codes).get_indexer(category.categories) * math.prod(shape)
    for part, key in _keys(texts, shape):
        told = code[statuses.codes[part]]
        rows = np.flatnonzero(told != OK) if complete else slice(None)
        flat[first[category.codes[part][rows]] + key[rows]] = told[rows]
    return state
