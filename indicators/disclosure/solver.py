"""One set of figures, many questions: the linear programme stays loaded, and each question starts from the answer to the one before.

Fractions only. Whole numbers, and what an answer means, are in ``programme``.
"""

from __future__ import annotations

from dataclasses import dataclass

import highspy
import numpy as np
from scipy.sparse import csr_array  # type: ignore[import-untyped]

from indicators.disclosure.system import ContradictionError, Floats, Whole

_PRIMAL = 4
"""The simplex that keeps a feasible table when the question changes."""


@dataclass(frozen=True)
class Answer:
    """The largest value of a weighing and a table that reaches it; None where nothing bounds it."""

    value: float
    table: Floats | None


class Solver:
    """The tables, 0 or more everywhere, whose figures lie between ``low`` and ``high``."""

    def __init__(self, matrix: csr_array, low: Floats, high: Floats, ceiling: Floats | None = None) -> None:
        self._size = matrix.shape[1]
        self._places = np.arange(self._size, dtype=np.int32)
        self._highs = highspy.Highs()  # type: ignore[no-untyped-call]
        self._highs.silent()
        for option, value in (("threads", 1), ("simplex_strategy", _PRIMAL)):
            self._highs.setOptionValue(option, value)
        self._highs.passModel(_model(matrix, low, high, ceiling))

    def largest(self, weight: Floats | Whole) -> Answer:
        """The largest value of a weighing of the columns.

        Raises:
            ContradictionError: no table agrees with the figures.
            ArithmeticError: the solver does not find out.
        """
        self._highs.changeColsCost(self._size, self._places, -weight.astype(np.float64))
        self._highs.run()
        status = self._highs.getModelStatus()
        if status in (highspy.HighsModelStatus.kUnboundedOrInfeasible, highspy.HighsModelStatus.kUnknown):
            self._highs.clearSolver()
            self._highs.setOptionValue("presolve", "off")
            self._highs.run()
            status = self._highs.getModelStatus()
        # from the second question on, the last answer is nearer than what simplifying the figures again would find
        self._highs.setOptionValue("presolve", "off")
        if status == highspy.HighsModelStatus.kInfeasible:
            raise ContradictionError("No non-negative counts agree with these figures.")
        if status == highspy.HighsModelStatus.kUnbounded:
            return Answer(np.inf, None)
        if status != highspy.HighsModelStatus.kOptimal:
            raise ArithmeticError(f"The solver stopped: {self._highs.modelStatusToString(status)}")
        table = np.maximum(np.asarray(self._highs.getSolution().col_value, dtype=np.float64), 0.0)
        return Answer(-float(self._highs.getInfo().objective_function_value), table)


def _model(matrix: csr_array, low: Floats, high: Floats, ceiling: Floats | None) -> highspy.HighsLp:
    model = highspy.HighsLp()
    model.num_row_, model.num_col_ = matrix.shape
    model.col_cost_ = model.col_lower_ = np.zeros(matrix.shape[1])
    model.col_upper_ = np.full(matrix.shape[1], highspy.kHighsInf) if ceiling is None else ceiling
    model.row_lower_, model.row_upper_ = low, high
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_, model.a_matrix_.index_ = matrix.indptr, matrix.indices
    model.a_matrix_.value_ = matrix.data.astype(np.float64)
    return model
