"""The numbers of the demonstration's story, in one place: how many job seekers, entries, parcours, each quarter and in each zone.

Who the (fictitious) persons behind them are is ``residents``' business; money is in ``money``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from indicators.period import Frequency, between
from indicators.territory import HORS_QPV, NON_LOCALISE

Volumes = dict[str, dict[str, int]]
"""Counts by quarter code, then by zone."""

SEED = 20211201
"""First day of the label, and the only source of chance here: the same demonstration everywhere, always."""
QUARTERS = tuple(between(date(2022, 1, 1), date(2023, 12, 31), Frequency.QUARTER))
CODES = [quarter.code for quarter in QUARTERS]
BEAU_MARAIS, FORT_NIEULAY = "QP062901", "QP062902"
ZONES = (BEAU_MARAIS, FORT_NIEULAY, HORS_QPV, NON_LOCALISE)
UNEVEN = 0.03
"""Standard deviation of a quarter's entries around its trend, as a share of them; none in the last, whose figures the story quotes."""
SEASON = (1.02, 0.98, 0.95, 1.0)
"""Entries of the first to the fourth quarter of a year, beside an ordinary one; the same everywhere, so that it moves no gap."""


@dataclass(frozen=True)
class Access:
    """Quarterly entries of one scheme.

    Attributes:
        qpv: entries per 100 job seekers of the QPVs, in the first and in the last quarter; in a straight line between.
        rest: the same outside the QPVs.
        under_26: the job seekers are those under 26 only.
        not_located: share of all entries whose address is not located.
    """

    measure: str
    qpv: tuple[float, float]
    rest: tuple[float, float]
    under_26: bool = False
    not_located: float = 0.03


CEJ = Access("entrees_cej", (9.0, 11.0), (18.5, 18.0), under_26=True)
PACEA = Access("entrees_pacea", (10.5, 12.0), (18.0, 18.0), under_26=True)
TRAINING = Access("entrees_formation", (3.0, 3.0), (8.5, 8.0))
IAE = Access("entrees_iae", (4.3, 5.5), (3.0, 3.0), not_located=0.09)
PLIE = Access("entrees_plie", (1.2, 1.3), (2.2, 2.25), not_located=0.0)
SOCIAL = Access("entrees_accompagnement_social", (1.5, 1.5), (1.45, 1.4), not_located=0.04)
MOBILITY = Access("entrees_aide_mobilite", (0.7, 0.75), (1.5, 1.5), not_located=0.04)
CHILDCARE = Access("entrees_garde_enfant", (0.35, 0.4), (0.9, 0.95), not_located=0.04)
BUSINESS = Access("entrees_creation_activite", (0.2, 0.2), (0.25, 0.25), not_located=0.0)
SCHEMES = (CEJ, PACEA, TRAINING, IAE, PLIE, SOCIAL, MOBILITY, CHILDCARE, BUSINESS)
REVISED_CEJ_ENTRIES = 6
"""Entries of the third quarter of 2022 that the mission locale first counted twice, and withdrew in November."""

YOUNG = (0.17, 0.17, 0.15, 0.15)
"""Share of job seekers under 26 in each zone."""


def apportion(total: int, weights: Sequence[float]) -> list[int]:
    """Whole parts of ``total`` in proportion to ``weights``: largest remainders, the first wins a tie."""
    exact = np.asarray(weights, dtype=float) * total / float(np.sum(weights))
    parts = np.floor(exact).astype(int)
    order = np.argsort(-(exact - parts), kind="stable")
    parts[order[: total - int(parts.sum())]] += 1
    return [int(part) for part in parts]


def table(*columns: Sequence[int]) -> Volumes:
    """Volumes from one sequence of eight quarters per zone."""
    return {code: dict(zip(ZONES, counts, strict=True)) for code, counts in zip(CODES, zip(*columns, strict=True), strict=True)}


def shared(totals: Sequence[int], weights: Sequence[float]) -> Volumes:
    """Volumes from quarterly totals and the weight of each zone."""
    return {code: dict(zip(ZONES, apportion(total, weights), strict=True)) for code, total in zip(CODES, totals, strict=True)}


def job_seekers() -> Volumes:
    """Job seekers of categories A, B and C, on the last day: 34 % in the QPVs, slightly falling."""
    return shared((7720, 7610, 7640, 7660, 7600, 7500, 7510, 7480), (18, 16, 62, 4))


def young_job_seekers() -> Volumes:
    """Those under 26, as whole numbers."""
    return {
        code: {zone: round(count * share) for (zone, count), share in zip(zones.items(), YOUNG, strict=True)}
        for code, zones in job_seekers().items()
    }


def entries(scheme: Access) -> Volumes:
    """Entries of a scheme."""
    stock = young_job_seekers() if scheme.under_26 else job_seekers()
    found: Volumes = {}
    rng = np.random.default_rng([SEED, 1000, *scheme.measure.encode()])
    for rank, quarter in enumerate(QUARTERS):
        along, season = rank / (len(QUARTERS) - 1), SEASON[quarter.number - 1]
        rate_qpv, rate_rest = (first + (last - first) * along for first, last in (scheme.qpv, scheme.rest))
        count = stock[quarter.code]
        chance = 1 + UNEVEN * rng.standard_normal(2) * (quarter != QUARTERS[-1])
        qpv = round(chance[0] * season * rate_qpv / 100 * (count[BEAU_MARAIS] + count[FORT_NIEULAY]))
        rest = round(chance[1] * season * rate_rest / 100 * count[HORS_QPV])
        lost = round((qpv + rest) * scheme.not_located / (1 - scheme.not_located))
        found[quarter.code] = dict(zip(ZONES, (*apportion(qpv, (18, 16)), rest, lost), strict=True))
    return found


def cap_emploi() -> Volumes:
    """Entries at Cap emploi: in each QPV, always fewer than five a quarter."""
    return table((3, 4, 2, 4, 3, 4, 3, 4), (2, 3, 4, 3, 4, 3, 3, 4), (16, 19, 17, 20, 18, 18, 16, 21), (0,) * 8)


def rsa_households() -> Volumes:
    """Households on RSA, on the last day, in multiples of five."""
    beau_marais = (1240, 1235, 1220, 1230, 1225, 1215, 1210, 1205)
    fort_nieulay = (735, 730, 730, 725, 725, 720, 715, 715)
    rest = (2410, 2390, 2380, 2385, 2370, 2350, 2345, 2340)
    return table(beau_marais, fort_nieulay, rest, (0,) * 8)


def sent_to_cite() -> Volumes:
    """Residents that the centre social sends to the Cité."""
    return table((9, 12, 14, 12, 13, 15, 13, 14), (6, 8, 11, 9, 10, 11, 10, 12), (2, 3, 3, 2, 3, 4, 3, 3), (0,) * 8)


COHORT = (42, 38, 15, 5)
"""Zones of the residents that the Cité itself follows, in %."""
IDENTIFIED = (62, 88, 104, 110, 98, 104, 102, 112)
RECEIVED = (41, 60, 73, 79, 70, 75, 74, 83)
DIAGNOSED = (22, 38, 46, 50, 44, 48, 46, 52)
ENGAGED = (12, 22, 26, 28, 25, 27, 26, 30)
"""Each among the one before, in the same quarter."""
LEFT = (0, 4, 10, 14, 16, 20, 22, 26)
"""Exits from a parcours: 112, of which 102 known (not neutral)."""
ORIENTATIONS = (84, 132, 148, 156, 150, 158, 149, 163)
FOLLOWED = (0.38, 0.39, 0.40, 0.40, 0.42, 0.43, 0.45, 0.45)
"""Share of a quarter's orientations that an entry follows within eighty days."""
BETWEEN_PARTNERS = (96, 138, 146, 152, 149, 155, 151, 160)
"""Orientations that partners tell the coordination of."""
ACROSS_NETWORKS = (0.66, 0.67, 0.68, 0.69, 0.70, 0.71, 0.72, 0.73)
"""Share of them that go to another network."""
PARTNERS_PRESENT = (9, 9, 9, 10, 11, 12, 13, 14)
"""Structures that come to the actions of a quarter: nine at first, fourteen (the national mean) at the end."""
PRESENCE = (0.89, 0.90, 0.91, 0.92, 0.93, 0.94, 0.95, 0.96)
"""How often those come."""
COORDINATION_ACTIONS = (9, 13, 14, 17, 15, 16, 13, 18)
OUTREACH_ACTIONS = (4, 7, 8, 7, 8, 9, 7, 8)
FREIN_ACTIONS = (2, 3, 4, 4, 4, 5, 4, 5)
"""Workshops on freins."""
EXITS = {
    "emploi_durable": 24,
    "emploi_transition": 18,
    "formation_qualifiante": 12,
    "autre_siae": 3,
    "alternance": 4,
    "chomage": 25,
    "abandon": 16,
    "neutre": 10,
}
"""Exits over the two years: 61 dynamic of 102 known."""
IN_ACTIVITY = 52
"""Of the 61, those in work or training on the very last day: the others start later. 86 parcours were completed."""
NO_OFFER = {"famille": 15, "mobilite": 12}
"""Residents whose frein has no offer in the city on the last day: childcare in the evening, driving licence."""
SIX_MONTHS = (0.70, 0.55)
"""Six months after an exit: share of answers, and share in activity among those who answer."""


def working_age() -> dict[int, dict[str, int]]:
    """Inhabitants of 15 to 64 years, by year then zone; everyone is placed."""
    return {
        2022: dict(zip(ZONES[:3], (4830, 4470, 35940), strict=True)),
        2023: dict(zip(ZONES[:3], (4810, 4450, 35790), strict=True)),
    }
