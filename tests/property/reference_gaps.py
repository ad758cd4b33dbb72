"""The gap between two zones a second time, from the reference's own values."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from indicators.indicator import Direction, Indicator, Kind
from tests.property import limits
from tests.property.limits import Pair, exact
from tests.property.reference import Value, worst

Gap = dict[str, Decimal | None]
NUMBERS = (
    *("qpv", "rest_of_city", "points", "low", "high", "ratio", "ratio_low", "ratio_high", "parity"),
    *("residents_to_parity", "residents_low", "residents_high"),
)


def gap(indicator: Indicator, own: Value, rest: Value) -> tuple[str, str | None, Gap]:
    """Status, verdict and numbers of one gap."""
    status = worst([own.status, rest.status])
    if status != "ok":
        return status, None, dict.fromkeys(NUMBERS)
    k1, n1, k2, n2 = (number for side in (own, rest) for number in (side.numerator, side.denominator))
    assert k1 is not None and n1 is not None and k2 is not None and n2 is not None  # noqa: PT018 - both are there when the state is ok
    method = limits.wilson if indicator.kind is Kind.PROPORTION else limits.byar
    a, b, of_a, of_b = exact(k1 / n1), exact(k2 / n2), method(k1, n1), method(k2, n2)
    points = limits.difference(a, of_a, b, of_b)
    assert points is not None
    ratio = limits.ratio_log(k1, n1, k2, n2) if indicator.kind is Kind.PROPORTION else limits.ratio_mover(a, of_a, b, of_b)
    low, high = points
    numbers: Gap = {
        "qpv": 100 * a,
        "rest_of_city": 100 * b,
        "points": 100 * (a - b),
        "low": 100 * low,
        "high": 100 * high,
        "ratio": exact(k1 / n1 / (k2 / n2)) if k2 else None,
        "ratio_low": side(ratio, 0),
        "ratio_high": side(ratio, 1),
        "parity": parity(k1, n1, k2, n2),
        "residents_to_parity": exact(k2 / n2 * n1 - k1),
        "residents_low": max(-high * exact(n1), -exact(k1)),
        "residents_high": -low * exact(n1) if indicator.kind is Kind.RATE else min(-low * exact(n1), exact(n1 - k1)),
    }
    return status, verdict(indicator.better, low, high), numbers


def side(pair: Pair, which: int) -> Decimal | None:
    return None if pair is None else pair[which]


def parity(k1: Fraction, n1: Fraction, k2: Fraction, n2: Fraction) -> Decimal | None:
    return exact(k1 / (k1 + k2) / (n1 / (n1 + n2))) if k1 + k2 else None


def verdict(better: Direction, low: Decimal, high: Decimal) -> str:
    if better is Direction.NEUTRAL:
        return "sans_jugement"
    if low <= 0 <= high:
        return "non_etabli"
    return "favorable" if (low > 0) == (better is Direction.HIGHER) else "defavorable"
