"""Confidence limits written a second time, one figure after another, in 50-digit decimals: nothing is shared with the project.

Wilson as the roots of its quadratic, MOVER for a ratio as its authors print it: other forms than those the project computes.
"""

from __future__ import annotations

from decimal import Decimal, getcontext
from fractions import Fraction

getcontext().prec = 50
Z = Decimal("1.959963984540054")
Pair = tuple[Decimal, Decimal] | None


def exact(number: Fraction | int) -> Decimal:
    fraction = Fraction(number)
    return Decimal(fraction.numerator) / Decimal(fraction.denominator)


def root(number: Decimal) -> Decimal:
    return max(number, Decimal(0)).sqrt()


def wilson(k: Fraction, n: Fraction) -> Pair:
    """The proportions p at which |k/n - p| is Z standard errors: (1 + Z²/n) p² - (2 k/n + Z²/n) p + (k/n)² = 0."""
    if n == 0:
        return None
    share, weight = exact(k / n), Z * Z / exact(n)
    a, b, c = 1 + weight, -(2 * share + weight), share * share
    spread = root(b * b - 4 * a * c)
    return (-b - spread) / (2 * a), (-b + spread) / (2 * a)


def byar(k: Fraction, n: Fraction) -> Pair:
    if n == 0:
        return None
    d = exact(k)
    low = Decimal(0) if k == 0 else d * (1 - 1 / (9 * d) - Z / (3 * d.sqrt())) ** 3
    high = (d + 1) * (1 - 1 / (9 * (d + 1)) + Z / (3 * (d + 1).sqrt())) ** 3
    return max(low, Decimal(0)) / exact(n), high / exact(n)


def difference(a: Decimal, of_a: Pair, b: Decimal, of_b: Pair) -> Pair:
    if of_a is None or of_b is None:
        return None
    below = ((a - of_a[0]) ** 2 + (of_b[1] - b) ** 2).sqrt()
    above = ((of_a[1] - a) ** 2 + (b - of_b[0]) ** 2).sqrt()
    return a - b - below, a - b + above


def ratio_mover(a: Decimal, of_a: Pair, b: Decimal, of_b: Pair) -> Pair:
    if of_a is None or of_b is None or b == 0 or of_b[0] <= 0:
        return None
    (l1, u1), (l2, u2) = of_a, of_b
    left, right = u2 * (2 * b - u2), l2 * (2 * b - l2)
    below, above = l1 * (2 * a - l1), u1 * (2 * a - u1)
    high = (a * b + root((a * b) ** 2 - above * right)) / right
    if left == 0:  # the limit of the general form, which becomes 0 / 0
        return below / (2 * a * b), high
    return (a * b - root((a * b) ** 2 - below * left)) / left, high


def ratio_log(k1: Fraction, n1: Fraction, k2: Fraction, n2: Fraction) -> Pair:
    if k1 == 0 or k2 == 0:
        return None
    spread = (Z * exact(1 / k1 - 1 / n1 + 1 / k2 - 1 / n2).sqrt()).exp()
    ratio = exact((k1 / n1) / (k2 / n2))
    return ratio / spread, ratio * spread
