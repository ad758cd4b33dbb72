"""The fictitious residents that partners follow, drawn from one seed. Their rows stay inside the fictitious partners' databases.

Names end in a number, addresses in « .invalid » and telephones in a range kept for fiction: nobody can be mistaken for them.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache

import numpy as np
import pandas as pd

from connectors.demo.volumes import SEED, ZONES, Volumes, apportion
from indicators.period import Period

SIZE = 6000
_FIRST_NAMES = ("Alix", "Camille", "Charlie", "Claude", "Dominique", "Eden", "Lou", "Maxime", "Noa", "Sacha", "Sam", "Yaël")
_AGES = ((16, 25, 0.28), (26, 49, 0.48), (50, 62, 0.24))
_BORN_FOR = date(2022, 7, 1)
_BOXES = {
    ZONES[0]: (50.9550, 50.9650, 1.8850, 1.9050),
    ZONES[1]: (50.9450, 50.9545, 1.8250, 1.8420),
    ZONES[2]: (50.9300, 50.9440, 1.8300, 1.9000),
    ZONES[3]: (50.9300, 50.9440, 1.8300, 1.9000),
}
"""South, north, west and east of each zone, drawn for the demonstration: not the real limits."""

Generator = np.random.Generator


def generator(stream: int) -> Generator:
    """Chance for one partner: streams do not depend on one another, so that changing a partner moves no other."""
    return np.random.default_rng([SEED, stream])


def box(zone: str) -> tuple[float, float, float, float]:
    """South, north, west and east of a zone."""
    return _BOXES[zone]


@cache
def population() -> pd.DataFrame:
    """Every resident: id, sexe (F, M), prenom, nom, naissance (date), courriel, telephone, zone, latitude, longitude, score."""
    rng = generator(0)
    zone = rng.permutation(np.repeat(ZONES, apportion(SIZE, (24, 22, 47, 7))))
    group = rng.choice(len(_AGES), SIZE, p=[share for _, _, share in _AGES])
    lowest, highest = (np.array([ages[side] for ages in _AGES])[group] for side in (0, 1))
    days = (rng.uniform(lowest, highest + 1, SIZE) * 365.25).astype(int)
    edges = np.array([_BOXES[place] for place in zone])
    place = rng.uniform(0.02, 0.98, (SIZE, 2))
    number = np.arange(1, SIZE + 1)
    return pd.DataFrame(
        {
            "id": number,
            "sexe": rng.choice(["F", "M"], SIZE, p=[0.51, 0.49]),
            "prenom": rng.choice(_FIRST_NAMES, SIZE),
            "nom": [f"Fictif-{i:04d}" for i in number],
            "naissance": [_BORN_FOR - timedelta(days=int(age)) for age in days],
            "courriel": [f"resident-{i:04d}@exemple.invalid" for i in number],
            "telephone": [f"06 39 98 {i // 100:02d} {i % 100:02d}" for i in number],
            "zone": zone,
            "latitude": (edges[:, 0] + place[:, 0] * (edges[:, 1] - edges[:, 0])).round(6),
            "longitude": (edges[:, 2] + place[:, 1] * (edges[:, 3] - edges[:, 2])).round(6),
            "score": np.where(zone == ZONES[3], rng.uniform(0.3, 0.8, SIZE), rng.uniform(0.81, 0.99, SIZE)).round(2),
        }
    )


def ages_on(births: pd.Series, days: Sequence[date]) -> list[int]:
    """Full years on each day."""
    return [day.year - born.year - ((day.month, day.day) < (born.month, born.day)) for born, day in zip(births, days, strict=True)]


def events(volumes: Volumes, rng: Generator, *, under_26: bool = False, once: bool = False, not_before: date = date.min) -> pd.DataFrame:
    """One row per event, by day: id, sexe, zone of the person, jour (date), age on that day.

    Args:
        volumes: how many. A person has at most one event of the kind in a quarter.
        under_26: only persons who are under 26 throughout the quarter.
        once: a person has at most one event in all.
        not_before: events of a quarter that begins earlier fall from this day on.
    """
    people = population()
    found: list[pd.DataFrame] = []
    for code, counts in volumes.items():
        quarter = Period.parse(code)
        known = people[_of_age(people["naissance"], quarter, under_26)]
        for zone, count in counts.items():
            taken = [row for group in found for row in group.index] if once else []
            candidates = np.setdiff1d(known.index[known["zone"] == zone].to_numpy(), np.array(taken, dtype=int))
            chosen = people.loc[rng.choice(candidates, count, replace=False), ["id", "sexe", "zone", "naissance"]]
            found.append(chosen.assign(jour=days_of(quarter, count, rng, not_before)))
    rows = pd.concat(found, ignore_index=True).sort_values(["jour", "id"], ignore_index=True)
    return rows.assign(age=ages_on(rows["naissance"], list(rows["jour"])))[["id", "sexe", "zone", "jour", "age"]]


def _of_age(births: pd.Series, quarter: Period, under_26: bool) -> pd.Series:
    last, first = quarter.last_day, quarter.first_day
    adult = births <= first.replace(year=first.year - 16)
    if not under_26:
        return adult
    limit = date(last.year - 26, last.month, last.day)
    return adult & (births > limit)


def days_of(quarter: Period, count: int, rng: Generator, not_before: date = date.min) -> list[date]:
    """``count`` days of a quarter, in order."""
    first = max(quarter.first_day, not_before)
    span = (quarter.last_day - first).days + 1
    return [first + timedelta(days=int(day)) for day in np.sort(rng.integers(0, span, count))]


def age_group(age: int) -> str:
    """The age category of the figures."""
    return "moins_26" if age < 26 else "26_49" if age < 50 else "50_plus"
