"""Zones and their zoning: which QPVs exist when, and the identity ville = QPV + hors QPV + non localisé, completed or refused.

The zone of a frame is a QPV code or one of the four names below. Nothing here reads a map: a partner says in which zone it counts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from indicators.period import Period
from indicators.status import NON_TRANSMIS, OK

QPV = "QPV"
"""All the QPVs of the city together."""
HORS_QPV = "HORS_QPV"
"""The rest of the city: located, and outside every QPV. The comparator of every gap."""
NON_LOCALISE = "NON_LOCALISE"
"""Address not located well enough to choose a side: in neither."""
VILLE = "VILLE"
"""The whole city: context only, never the comparator."""

TOTALS = (QPV, HORS_QPV, NON_LOCALISE, VILLE)
LABELS = {QPV: "Ensemble des QPV", HORS_QPV: "Hors QPV", NON_LOCALISE: "Non localisé", VILLE: "Ville entière"}
QPV_CODE = re.compile(r"QP(?:\d{3}|02[AB])\d{3}|QN(?:\d{3}|02[AB])\d{2}[NMI]")
"""QP + département + number (2015), QN + département + number + N, M or I (2024); the départements of Corsica are 02A and 02B."""


@dataclass(frozen=True)
class Neighbourhood:
    """One QPV: its official code, its name, and a short form (28 characters at most) for narrow places."""

    code: str
    label: str
    short: str


@dataclass(frozen=True)
class Zoning:
    """A generation of QPVs with its validity, both days included (``valid_to`` is None while in force)."""

    code: str
    label: str
    valid_from: date
    valid_to: date | None
    neighbourhoods: tuple[Neighbourhood, ...]

    def covers(self, period: Period) -> bool:
        """Whether the zoning is in force on the last day of a period: counts of that period use its codes."""
        return self.valid_from <= period.last_day and (self.valid_to is None or period.last_day <= self.valid_to)


@dataclass(frozen=True)
class Territory:
    """The city of one Cité: its commune code (Insee), name, inhabitants and successive zonings."""

    commune: str
    name: str
    population: int
    zonings: tuple[Zoning, ...]

    def zoning_of(self, period: Period) -> Zoning | None:
        """The zoning whose codes a period uses, or None when none is declared."""
        return next((zoning for zoning in self.zonings if zoning.covers(period)), None)

    def qpv_codes(self, period: Period | None = None) -> list[str]:
        """QPV codes, of a period's zoning or (without one) of every zoning in order."""
        zonings = [self.zoning_of(period)] if period else list(self.zonings)
        return [place.code for zoning in zonings if zoning for place in zoning.neighbourhoods]

    def zones(self) -> list[str]:
        """Every zone a frame may name: the QPV codes of every zoning, then the four totals."""
        return [*self.qpv_codes(), *TOTALS]

    def label(self, zone: str) -> str:
        """A zone's French name; the code itself when it is unknown."""
        places = {place.code: place.label for zoning in self.zonings for place in zoning.neighbourhoods}
        return places.get(zone) or LABELS.get(zone, zone)


def complete(value: NDArray[np.float64], status: NDArray[np.int8], qpvs: list[int], totals: dict[str, int]) -> None:
    """Fill, in place, each zone that the identity determines. Arrays have zones first; ``qpvs`` and ``totals`` are positions on it.

    Two identities hold: QPV = sum of the QPVs, and ville = QPV + hors QPV + non localisé. Where exactly one member is not transmitted it
    is derived from the others, and is as absent as the most absent of them: a hidden member is never worked out, nothing is guessed.
    """
    city = [totals[QPV], totals[HORS_QPV], totals[NON_LOCALISE]]
    for _ in range(2):  # the second pass uses what the first derived
        if qpvs:
            _solve(value, status, qpvs, totals[QPV])
        _solve(value, status, city, totals[VILLE])


def _solve(value: NDArray[np.float64], status: NDArray[np.int8], parts: list[int], whole: int) -> None:
    """Derive the only member not transmitted of ``whole = sum(parts)``, cell by cell, in place."""
    members = [*parts, whole]
    alone = (status[members] == NON_TRANSMIS).sum(axis=0) == 1
    worst = np.where(status[members] == NON_TRANSMIS, OK, status[members]).max(axis=0)
    known = np.where(status[parts] == OK, value[parts], 0.0).sum(axis=0)
    for member in members:
        target = alone & (status[member] == NON_TRANSMIS)
        found = known if member == whole else value[whole] - known
        value[member][target & (worst == OK)] = found[target & (worst == OK)]
        status[member][target] = worst[target]
