"""Atoms that no figure tells apart, as one: which they are, and what a table of atoms comes to."""

from __future__ import annotations

import numpy as np
from scipy.sparse import csr_array  # type: ignore[import-untyped]

from indicators.disclosure.system import Floats, Whole


def merged(matrix: csr_array) -> tuple[csr_array, Whole, Whole]:
    """The matrix with one column for each different one, the group of each atom, and the first atom of each group."""
    columns = matrix.tocsc()
    columns.sort_indices()
    keys = [
        (columns.indices[start:end].tobytes(), columns.data[start:end].tobytes())
        for start, end in zip(columns.indptr[:-1], columns.indptr[1:], strict=True)
    ]
    number: dict[tuple[bytes, bytes], int] = {}
    group = np.array([number.setdefault(key, len(number)) for key in keys], dtype=np.int64)
    first = np.unique(group, return_index=True)[1]
    return columns[:, first], group, first


def sums(table: Floats, group: Whole, size: int) -> Floats:
    """The sum of the atoms of each merged group."""
    return np.bincount(group, weights=table, minlength=size).astype(np.float64)
