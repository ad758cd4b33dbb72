"""Confidence limits, vectorised. Which one an indicator gets is its kind's business (``compute``).

Sources: Wilson 1927; Newcombe 1998 (method 10); Byar's approximation of the Poisson limits (Breslow and Day 1987); MOVER for
differences and ratios (Donner and Zou 2012); log method for the ratio of proportions (Katz 1978). All at 95 % unless told.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Z95 = 1.959963984540054
"""97.5 % point of the standard normal law."""


class Limits(NamedTuple):
    """Lower and upper limits, of the shape of what they surround; NaN where undefined."""

    low: Array
    high: Array


def wilson(k: Array, n: Array, z: float = Z95) -> Limits:
    """Score limits of the proportion k / n (between 0 and 1); NaN where n is 0."""
    with np.errstate(divide="ignore", invalid="ignore"):
        p = k / n
        spread = z * np.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
        centre, scale = p + z * z / (2 * n), 1 + z * z / n
        low, high = (centre - spread) / scale, (centre + spread) / scale
    # exact at the ends, where rounding could step over p itself
    return Limits(np.where(k == 0, 0.0 * p, low), np.where(k == n, 1.0 + 0.0 * p, high))


def byar(k: Array, n: Array, z: float = Z95) -> Limits:
    """Limits of the rate k / n where k is a Poisson count and n is taken as known; NaN where n is 0."""
    with np.errstate(divide="ignore", invalid="ignore"):
        below = k * (1 - 1 / (9 * k) - z / (3 * np.sqrt(k))) ** 3
        above = (k + 1) * (1 - 1 / (9 * (k + 1)) + z / (3 * np.sqrt(k + 1))) ** 3
        return Limits(np.where(k == 0, 0.0, np.maximum(below, 0.0)) / n, above / n)


def difference(a: Array, a_limits: Limits, b: Array, b_limits: Limits) -> Limits:
    """MOVER limits of a - b from the limits of each; with Wilson's limits this is Newcombe's hybrid score."""
    below = np.hypot(a - a_limits.low, b_limits.high - b)
    above = np.hypot(a_limits.high - a, b - b_limits.low)
    return Limits(a - b - below, a - b + above)


def ratio_log(k1: Array, n1: Array, k2: Array, n2: Array, z: float = Z95) -> Limits:
    """Log-method limits of (k1 / n1) / (k2 / n2); NaN where a count is 0, since the logarithm has no value there."""
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = (k1 / n1) / (k2 / n2)
        spread = np.exp(z * np.sqrt(1 / k1 - 1 / n1 + 1 / k2 - 1 / n2))
        defined = (k1 > 0) & (k2 > 0)
        return Limits(np.where(defined, ratio / spread, np.nan), np.where(defined, ratio * spread, np.nan))


def ratio_mover(a: Array, a_limits: Limits, b: Array, b_limits: Limits) -> Limits:
    """MOVER limits of a / b from the limits of each (Donner and Zou 2012); NaN where b or its lower limit is 0.

    The lower limit is written in its rationalised form, which stays finite when the upper limit of b reaches 2 b.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        product = a * b
        low_a = a_limits.low * (2 * a - a_limits.low)
        high_a = a_limits.high * (2 * a - a_limits.high)
        high_b = b_limits.high * (2 * b - b_limits.high)
        low_b = b_limits.low * (2 * b - b_limits.low)
        low = np.where(low_a == 0, 0.0, low_a / (product + np.sqrt(product**2 - low_a * high_b)))
        high = (product + np.sqrt(product**2 - high_a * low_b)) / low_b
        defined = (b > 0) & (b_limits.low > 0)
        return Limits(np.where(defined, low, np.nan), np.where(defined, high, np.nan))
