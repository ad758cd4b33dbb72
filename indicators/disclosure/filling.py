"""Which columns of some figures can hold anything at all: the others are 0 in every table. Merging and bounds are elsewhere."""

from __future__ import annotations

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp  # type: ignore[import-untyped]
from scipy.sparse import csr_array, eye_array, hstack, vstack  # type: ignore[import-untyped]

from indicators.disclosure.system import ContradictionError, Floats, Mask

_NOTHING = 1e-4


def filled_most(matrix: csr_array, low: Floats, high: Floats, asked: Mask) -> tuple[Floats, Mask]:
    """A table, maybe not whole, where whatever is asked for and can hold anything does; and what can hold nothing.

    Raises:
        ContradictionError: no table agrees with the figures.
    """
    size, more = len(asked), int(asked.sum())
    # a multiple of a table, as large as it takes for one unit in each: a table itself may have too little to share
    eye, none = eye_array(size).tocsr()[np.flatnonzero(asked)], csr_array((more, 1))
    least, most = np.isfinite(low), np.isfinite(high)
    above = hstack([matrix[least], csr_array((int(least.sum()), more)), -csr_array(low[least][:, np.newaxis])])
    below = hstack([-matrix[most], csr_array((int(most.sum()), more)), csr_array(high[most][:, np.newaxis])])
    rows = vstack([above, below, hstack([eye, -eye_array(more), none])]).tocsr()
    answer = milp(
        np.concatenate([np.zeros(size), -np.ones(more), [0.0]]),
        constraints=LinearConstraint(rows, np.zeros(rows.shape[0]), np.full(rows.shape[0], np.inf)),
        bounds=Bounds(np.append(np.zeros(size + more), 1.0), np.concatenate([np.full(size, np.inf), np.ones(more), [np.inf]])),
    )
    if answer.x is None:
        raise ContradictionError("No non-negative counts agree with these figures.")
    empty = np.zeros(size, dtype=bool)
    empty[asked] = answer.x[size:-1] <= _NOTHING
    return np.where(empty, 0.0, answer.x[:size] / answer.x[-1]), empty
