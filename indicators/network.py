"""Who orients residents to whom: the matrix of orientations between networks, and the simple measures of décloisonnement.

The matrix is read from Counts, the dimension ``liaison`` being too long for Values; every other figure comes from Values.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pandas as pd

from indicators.codes import LINK, NETWORKS, Category
from indicators.period import Period
from indicators.sentences_rows import NOT_TRANSMITTED, Figure, figure
from indicators.status import ORDER, Status
from indicators.territory import VILLE
from indicators.windows import Window, covered

LINKS = "liaison"
ORIENTATIONS = "orientations_partenaires"
ACROSS = "N2.5-croisees"
PER_PARCOURS = "N1.1-par_parcours"
NONE = Figure(0.0, Status.OK)
"""A real zero: no orientation."""


@dataclass(frozen=True)
class Matrix:
    """Orientations between networks in a period: counts, or why one is not there.

    Attributes:
        origins, destinations: the networks that sent, or received, an orientation (a hidden one included), in the code list's order.
        cells: one line per origin, one figure per destination.
        sent, received: the total of each origin, of each destination; as absent as the most absent of its cells.
        total: all orientations.
    """

    origins: tuple[Category, ...]
    destinations: tuple[Category, ...]
    cells: tuple[tuple[Figure, ...], ...]
    sent: tuple[Figure, ...]
    received: tuple[Figure, ...]
    total: Figure


@dataclass(frozen=True)
class Openness:
    """Décloisonnement: the share (per cent) of orientations that cross a network, and the partners per parcours on average.

    Their limits are in their sheets, under the codes ``ACROSS`` and ``PER_PARCOURS``.
    """

    across: Figure
    per_parcours: Figure


@dataclass(frozen=True)
class Mobilised:
    """Who takes part (level 1): structures over twelve months, the share of other fields, actions held, attendance of the invited.

    ``actions_year``: those held over the twelve months that end with the period, which the national figure is compared with; None before
    there are twelve months.
    """

    structures: Figure
    outside: Figure
    actions: Figure
    attendance: Figure
    actions_year: Figure | None = None


def pair_label(pair: str) -> tuple[str, str]:
    """The French names of the network that sends and of the one that receives: « cite>plie » gives « Cité de l'emploi », « PLIE »."""
    names = {item.code: item.label for item in NETWORKS}
    origin, destination = _ends(pair)
    return names.get(origin, origin), names.get(destination, destination)


def openness(values: pd.DataFrame, period: str) -> Openness:
    """Décloisonnement in a period, over the whole city."""
    return Openness(figure(values, ACROSS, period), figure(values, PER_PARCOURS, period))


def mobilised(values: pd.DataFrame, period: str, rolling: pd.DataFrame | None) -> Mobilised:
    """The partners mobilised in a period; ``rolling`` holds the Values over twelve months, None before there are."""
    structures, outside, actions, attendance = (figure(values, code, period) for code in ("N1.1", "N1.2", "N1.3", "N1.4"))
    return Mobilised(structures, outside, actions, attendance, None if rolling is None else figure(rolling, "N1.3", period))


def matrix(counts: pd.DataFrame, period: str, window: Window = Window.PERIOD) -> Matrix:
    """The orientations of a period, or over the span that ends with it, network by network.

    A period that nobody delivered as such is the sum of its parts, all of them; sources are added up, each having to deliver. In a
    delivered period, a pair that is not listed had no orientation.

    Args:
        counts: a Counts frame, or its rows of the dimension ``liaison``.
        period: a period code.
        window: the span; all the periods it adds up must have been delivered.
    """
    rows = counts[(counts["measure"] == ORIENTATIONS) & (counts["dimension"] == LINKS) & (counts["territory"] == VILLE)]
    by_pair = _added_up(_pairs(rows, each) for each in covered(Period.parse(period), window))
    if by_pair is None:
        return Matrix((), (), (), (), (), NOT_TRANSMITTED)
    seen = [pair for pair, found in by_pair if not (found.known and found.value == 0)]
    origins = tuple(item for item in NETWORKS if any(pair[0] == item.code for pair in seen))
    destinations = tuple(item for item in NETWORKS if any(pair[1] == item.code for pair in seen))
    known = dict(by_pair)
    cells = tuple(tuple(known.get((line.code, column.code), NONE) for column in destinations) for line in origins)
    sent = tuple(added(line) for line in cells)
    received = tuple(added(column) for column in zip(*cells, strict=True))
    return Matrix(origins, destinations, cells, sent, received, added(sent))


def added(figures: Iterable[Figure]) -> Figure:
    """Figures added up, as absent as the most absent of them; nothing adds up to zero."""
    parts = list(figures)
    worst = max((part.status for part in parts), key=ORDER.index, default=Status.OK)
    return Figure(sum(part.value for part in parts), worst) if worst is Status.OK else Figure(float("nan"), worst)


Pairs = Sequence[tuple[tuple[str, str], Figure]]


def _pairs(rows: pd.DataFrame, period: Period) -> Pairs | None:
    """The figure of each pair of networks listed; None when a source, or a part of the period, was not delivered."""
    return _added_up(_delivered(mine, period) for _, mine in rows.groupby("source", sort=True))


def _added_up(layers: Iterable[Pairs | None]) -> Pairs | None:
    """The pairs of some layers added up; None without any, or when one of them was not delivered."""
    known = list(layers)
    return _merged([layer for layer in known if layer is not None]) if known and None not in known else None


def _delivered(rows: pd.DataFrame, period: Period) -> Pairs | None:
    """The pairs of one source: those of the period if it was delivered, else of its parts added up."""
    own = rows[rows["period"] == period.code]
    if (own["status"] != Status.NON_TRANSMIS).any():
        cells = zip(own["category"], own["value"], own["status"], strict=True)
        return [(_ends(str(category)), _cell(value, Status(status))) for category, value, status in cells]
    return _added_up(_delivered(rows, part) for part in period.parts())


def _cell(value: object, status: Status) -> Figure:
    return Figure(float(str(value)) if status is Status.OK else float("nan"), status)


def _merged(layers: Sequence[Pairs]) -> Pairs:
    found: list[tuple[tuple[str, str], Figure]] = [item for layer in layers for item in layer]
    names = list(dict.fromkeys(pair for pair, _ in found))
    return [(name, added(part for pair, part in found if pair == name)) for name in names]


def _ends(category: str) -> tuple[str, str]:
    origin, _, destination = category.partition(LINK)
    return origin, destination
