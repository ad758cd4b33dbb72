"""The yearly choice: how finely each figure is shown to an audience. How it is made is in ``choosing``; whether it is safe, in ``gate``.

The choice is made once a year from the last four quarters and kept while nothing falls below the threshold: a grid that flickered from one
séance to the next could not be read.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from indicators.territory import HORS_QPV, QPV, VILLE


class Span(StrEnum):
    """What the figures of a grid cover."""

    QUARTER = "trimestre"
    """The quarter, or a stock at its end."""
    YEAR = "douze_mois"
    """The twelve months that end with a quarter."""


class Depth(StrEnum):
    """Which zones are shown, from the finest."""

    EACH = "chaque_qpv"
    TWO = "qpv_et_reste"
    CITY = "ville"
    NOTHING = "rien"


DEPTHS = tuple(Depth)
ZONES = {Depth.TWO: (QPV, HORS_QPV, VILLE), Depth.CITY: (VILLE,), Depth.NOTHING: ()}
"""The zones of each depth; the finest adds each QPV in force."""


@dataclass(frozen=True, order=True)
class Subject:
    """What a choice is about: an indicator, over a span, whole or by a dimension."""

    indicator: str
    span: Span
    dimension: str


@dataclass(frozen=True)
class Choice:
    """How finely a subject is shown, and why not finer.

    Attributes:
        depth: which zones.
        categories: those shown of its dimension; what is left of the whole stays together.
        unlocated: whether persons not located are told apart.
        smallest: the smallest count other than a constant zero that it would have shown over the quarters it was made from; -1: none.
        reason: in French, for the coordination.
    """

    depth: Depth
    categories: tuple[str, ...]
    unlocated: bool
    smallest: int
    reason: str


Grid = Mapping[Subject, Choice]


def zones_of(depth: Depth, qpvs: Iterable[str]) -> tuple[str, ...]:
    """The zones that a depth shows, given the QPVs in force."""
    return (*qpvs, *ZONES[Depth.TWO]) if depth is Depth.EACH else ZONES[depth]
