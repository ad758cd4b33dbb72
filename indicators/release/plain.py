"""What an audience was told and the grids it was shown by, as plain lists for an edition, and read back. No figure is computed here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from indicators.release.boxes import from_plain, to_plain
from indicators.release.gate import Told
from indicators.release.grid import Choice, Depth, Grid, Span, Subject
from indicators.release.release import Memory


def grid_to_plain(grid: Grid) -> list[list[Any]]:
    """One list for each subject, in order: indicator, span, dimension, depth, categories, unlocated, smallest, reason.

    For the coordination: the smallest count and the reason tell small counts.
    """
    return [
        [
            subject.indicator,
            subject.span.value,
            subject.dimension,
            choice.depth.value,
            list(choice.categories),
            choice.unlocated,
            choice.smallest,
            choice.reason,
        ]
        for subject, choice in sorted(grid.items())
    ]


def grid_from_plain(rows: Sequence[Sequence[Any]]) -> dict[Subject, Choice]:
    """A grid as written by ``grid_to_plain``."""
    return {
        Subject(str(code), Span(span), str(dimension)): Choice(Depth(depth), tuple(map(str, kept)), bool(apart), int(smallest), str(reason))
        for code, span, dimension, depth, kept, apart, smallest, reason in rows
    }


def memory_to_plain(memory: Memory) -> dict[str, Any]:
    """A memory; each different grid is written once, without what it was made from."""
    grids: list[Grid] = []
    used: dict[str, int] = {}
    for quarter, grid in memory.grids.items():
        known = next((place for place, other in enumerate(grids) if other == grid), None)
        used[quarter] = len(grids) if known is None else known
        if known is None:
            grids.append(grid)
    return {
        "told": [[to_plain(item.claim), item.value] for item in memory.told],
        "hidden": [to_plain(claim) for claim in sorted(memory.hidden)],
        "grids": [[[*row[:6], -1, ""] for row in grid_to_plain(grid)] for grid in grids],
        "grid_of": used,
        "last": memory.last,
        "waited": [sorted(map(list, pairs)) for pairs in memory.waited],
    }


def memory_from_plain(plain: Mapping[str, Any]) -> Memory:
    """A memory as written by ``memory_to_plain``."""
    grids = [grid_from_plain(rows) for rows in plain["grids"]]
    return Memory(
        told=tuple(Told(from_plain(claim), int(value)) for claim, value in plain["told"]),
        hidden=frozenset(from_plain(claim) for claim in plain["hidden"]),
        grids={str(quarter): grids[place] for quarter, place in plain["grid_of"].items()},
        last=str(plain["last"]),
        waited=tuple(frozenset((str(measure), str(quarter)) for measure, quarter in pairs) for pairs in plain["waited"]),
    )
