"""How a measure is taken and written: the same for all."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

REPEATS = 7


def median_seconds(call: Callable[[], object], repeats: int = REPEATS) -> float:
    """Median wall time of a call after a warm-up."""
    call()
    return statistics.median(seconds(call) for _ in range(repeats))


def seconds(call: Callable[[], object]) -> float:
    """Wall time of one call."""
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def line(name: str, ours: float, floor_name: str, floor: float) -> None:
    """One result: ours, its floor, and their ratio."""
    print(f"{name:44s} {ours * 1e3:9.1f} ms   {floor_name:38s} {floor * 1e3:9.1f} ms   ratio {ours / floor:6.2f}")
