"""Atoms that no figure tells apart, as one: which they are, and what a table of atoms comes to."""

from __future__ import annotations

import numpy as np
from scipy.sparse import csr_array  # type: ignore[import-untyped]

from indicators.disclosure.system import Whole


def merged(matrix: csr_array) -> tuple[csr_array, Whole]:
    """The matrix with one column for each different one, and the group of each atom."""
    columns = matrix.tocsc()
    columns.sort_indices()
    keys = [
        (columns.indices[start:end].tobytes(), columns.data[start:end].tobytes())
        for start, end in zip(columns.indptr[:-1], columns.indptr[1:], strict=True)
    ]
    number: dict[tuple[bytes, bytes], int] = {}
    group = np.array([number.setdefault(key, len(number)) for key in keys], dtype=np.int64)
    first = np.unique(group, return_index=True)[1]
    return columns[:, first], group


def sums(table: Whole, group: Whole, size: int) -> Whole:
    """The sum of the atoms of each merged group."""
    found = np.zeros(size, dtype=np.int64)
    np.add.at(found, group, table)
    return found
