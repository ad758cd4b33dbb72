"""The partners around the Cité: who is invited and who comes, and the orientations between them. Every structure is fictitious."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pandas as pd

from connectors.demo import volumes
from connectors.demo.residents import Generator, days_of
from indicators.period import Frequency, Period

STRUCTURES = (
    ("france-travail", "emploi"),
    ("mission-locale", "emploi"),
    ("plie", "emploi"),
    ("ccas-cias", "action sociale"),
    ("siae", "emploi"),
    ("centre-social", "famille"),
    ("cap-emploi", "emploi"),
    ("organisme-formation", "emploi"),
    ("sante", "santé"),
    ("siae", "emploi"),
    ("logement", "logement"),
    ("france-travail", "emploi"),
    ("organisme-formation", "emploi"),
    ("departement", "action sociale"),
    ("caf", "action sociale"),
    ("centre-social", "famille"),
    ("cite", "emploi"),
)
"""Network and field, in the order in which they come to the table. The CAF and the second centre social are invited and never come; the
Cité itself is the host."""
WAITING = 2
"""Those invited before they come: the next ones of the list."""
_ACROSS = (
    *(("cite", "france-travail", 4), ("cite", "mission-locale", 4), ("cite", "plie", 4), ("cite", "siae", 4), ("cite", "ccas-cias", 3)),
    *(("cite", "organisme-formation", 4), ("cite", "sante", 3), ("cite", "logement", 2), ("cite", "cap-emploi", 1)),
    *(("france-travail", "mission-locale", 4), ("france-travail", "plie", 4), ("france-travail", "cite", 5), ("france-travail", "siae", 5)),
    *(("mission-locale", "organisme-formation", 5), ("mission-locale", "cite", 3), ("mission-locale", "sante", 2)),
    *(("mission-locale", "siae", 2), ("plie", "siae", 5), ("plie", "organisme-formation", 3), ("plie", "ccas-cias", 1)),
    *(("ccas-cias", "cite", 3), ("ccas-cias", "plie", 2), ("ccas-cias", "logement", 2), ("ccas-cias", "caf", 2)),
    *(("centre-social", "cite", 5), ("centre-social", "mission-locale", 2), ("centre-social", "caf", 1), ("siae", "france-travail", 2)),
    *(("siae", "organisme-formation", 3), ("siae", "sante", 1), ("cap-emploi", "siae", 1), ("departement", "plie", 2)),
    *(("departement", "cite", 2), ("sante", "cap-emploi", 1), ("logement", "ccas-cias", 1)),
)
_WITHIN = (("france-travail", "france-travail", 5), ("siae", "siae", 4), ("organisme-formation", "organisme-formation", 3))
"""From network to network, and how often: orientations that cross a network, and those that stay in one."""
_FOR_PARCOURS = 0.8
"""Orientations a quarter for each parcours under way."""


def structures() -> pd.DataFrame:
    """Every structure: id, nom, reseau, champ."""
    rows = [(number, f"Structure fictive {number}", *kind) for number, kind in enumerate(STRUCTURES, 1)]
    return pd.DataFrame(rows, columns=["id", "nom", "reseau", "champ"])


def attendance(held: pd.DataFrame, rng: Generator) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Who was invited to each coordination action, and who came: action_id, structure_id. Those of a quarter come at least once in it.

    ``held``: the actions, whose ids are their places from 1.
    """
    invited: list[tuple[int, int]] = []
    present: set[tuple[int, int]] = set()
    meetings = held[held["type_action"] == "coordination"]
    quarters = meetings["tenue_le"].map(lambda day: Period.of(day, Frequency.QUARTER))
    for quarter, come, often in zip(volumes.QUARTERS, volumes.PARTNERS_PRESENT, volumes.PRESENCE, strict=True):
        actions = [int(place) + 1 for place in meetings.index[quarters == quarter]]
        invited += [(action, number) for action in actions for number in range(1, come + WAITING + 1)]
        seats = len(actions) * come
        drawn = (rng.permutation(seats) < round(often * seats)).reshape(len(actions), come)
        present |= {(actions[row], int(number) + 1) for row, number in zip(*np.nonzero(drawn), strict=True)}
        present |= {(actions[number % len(actions)], number + 1) for number in np.flatnonzero(~drawn.any(axis=0)).tolist()}
    columns = ["action_id", "structure_id"]
    return pd.DataFrame(invited, columns=columns), pd.DataFrame(sorted(present), columns=columns)


def orientations(parcours: pd.DataFrame, rng: Generator) -> pd.DataFrame:
    """Orientations between partners: origine_id, destination_id, faite_le, parcours_id (None when not for a parcours under way).

    ``parcours``: numero, engage_le, sorti_le.
    """
    found: list[tuple[int, int, date, int | None]] = []
    for quarter, count, share in zip(volumes.QUARTERS, volumes.BETWEEN_PARTNERS, volumes.ACROSS_NETWORKS, strict=True):
        links = [*_links(_ACROSS, round(count * share), rng), *_links(_WITHIN, count - round(count * share), rng)]
        known = _under_way(parcours, quarter)
        followed = [known[int(place)] for place in rng.integers(0, len(known), round(_FOR_PARCOURS * len(known)))]
        told: list[tuple[date, int | None]] = [(_day(first, last, rng), number) for number, first, last in followed]
        told += [(day, None) for day in days_of(quarter, count - len(told), rng)]
        order = rng.permutation(count)
        found += [(*links[int(place)], *what) for place, what in zip(order, told, strict=True)]
    return pd.DataFrame(found, columns=["origine_id", "destination_id", "faite_le", "parcours_id"]).astype({"parcours_id": object})


def _links(kinds: tuple[tuple[str, str, int], ...], count: int, rng: Generator) -> list[tuple[int, int]]:
    """``count`` pairs of two different structures, of the networks told."""
    weights = np.array([often for _, _, often in kinds], dtype=float)
    of = {name: [number for number, (network, _) in enumerate(STRUCTURES, 1) if network == name] for name, _ in STRUCTURES}
    pairs = []
    for place in rng.choice(len(kinds), count, p=weights / weights.sum()):
        origin = int(rng.choice(of[kinds[int(place)][0]]))
        others = [number for number in of[kinds[int(place)][1]] if number != origin]
        pairs.append((origin, int(rng.choice(others))))
    return pairs


def _under_way(parcours: pd.DataFrame, quarter: Period) -> list[tuple[int, date, date]]:
    """Parcours open in a quarter, with the first and the last day they are open in it."""
    rows = zip(parcours["numero"], parcours["engage_le"], parcours["sorti_le"], strict=True)
    spans = [(int(number), max(first, quarter.first_day), min(left or date.max, quarter.last_day)) for number, first, left in rows]
    return [(number, first, last) for number, first, last in spans if first <= last]


def _day(first: date, last: date, rng: Generator) -> date:
    return first + timedelta(days=int(rng.integers(0, (last - first).days + 1)))
