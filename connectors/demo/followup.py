"""The coordination's follow-up of residents, drawn step by step: identified, received, diagnosed, engaged, freins, exits.

Each step is a part of the one before. What the tables look like is ``coordination``'s business.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pandas as pd

from connectors.demo import volumes
from connectors.demo.residents import Generator, days_of, events

HALF_YEAR = timedelta(days=183)
_THEMES = {
    "mobilite": (0.25, 0.43),
    "famille": (0.19, 0.36),
    "numerique": (0.11, 0.65),
    "langue_savoirs_base": (0.09, 0.47),
    "finances": (0.07, 0.55),
    "logement": (0.07, 0.44),
    "admin_droits": (0.06, 0.74),
    "sante": (0.06, 0.50),
    "projet_formation": (0.05, 0.66),
    "remobilisation": (0.04, 0.64),
    "justice": (0.01, 0.50),
}
"""Frein -> share among those identified, and share closed by the time the parcours is reviewed. Driving licence (mobilite) and
evening childcare (famille), most frequent and least closed, are the story's two uncovered needs."""


@dataclass(frozen=True)
class FollowUp:
    """The frames of the follow-up, one row per person or event; days are ``date``.

    Attributes:
        persons: id, zone, sexe, age (at first contact), inscrit_ft, vu_le.
        received: id, recu_le.
        diagnoses: id, pose_le.
        parcours: numero, id, engage_le, sorti_le (or None), code_sortie (or None), bilan_le (or None).
        freins: numero, theme, identifie_le, clos_le (or None).
    """

    persons: pd.DataFrame
    received: pd.DataFrame
    diagnoses: pd.DataFrame
    parcours: pd.DataFrame
    freins: pd.DataFrame


def follow(rng: Generator) -> FollowUp:
    """Draw the two years."""
    persons = events(volumes.shared(volumes.IDENTIFIED, volumes.COHORT), rng, once=True)
    persons = persons.rename(columns={"jour": "vu_le"}).assign(inscrit_ft=rng.random(len(persons)) > 0.19)
    received = _part(persons, "vu_le", volumes.RECEIVED, "recu_le", 18, rng)
    diagnoses = _part(received, "recu_le", volumes.DIAGNOSED, "pose_le", 14, rng)
    engaged = _part(diagnoses, "pose_le", volumes.ENGAGED, "engage_le", 10, rng).reset_index(drop=True)
    parcours = _leave(engaged.assign(numero=range(1, len(engaged) + 1)), rng)
    return FollowUp(persons, received, diagnoses, parcours, _freins(parcours, rng))


def _part(rows: pd.DataFrame, since: str, counts: tuple[int, ...], name: str, days: int, rng: Generator) -> pd.DataFrame:
    """As many of ``rows`` each quarter as told, with the day of their next step, a few days later and in the same quarter."""
    found = []
    for quarter, count in zip(volumes.QUARTERS, counts, strict=True):
        here = rows[rows[since].between(quarter.first_day, quarter.last_day)]
        chosen = here.loc[np.sort(rng.choice(here.index, count, replace=False))]
        later = [
            min(quarter.last_day, day + timedelta(days=int(wait)))
            for day, wait in zip(chosen[since], rng.integers(1, days, count), strict=True)
        ]
        found.append(chosen.assign(**{name: later}))
    return pd.concat(found, ignore_index=True)


def _leave(parcours: pd.DataFrame, rng: Generator) -> pd.DataFrame:
    """Exits, among those under way when the quarter begins, and the day each parcours is reviewed: its exit, or its six months."""
    codes = iter(rng.permutation(np.repeat(list(volumes.EXITS), list(volumes.EXITS.values()))))
    left: dict[int, tuple[date, str]] = {}
    for quarter, count in zip(volumes.QUARTERS, volumes.LEFT, strict=True):
        open_now = [place for place, day in enumerate(parcours["engage_le"]) if day < quarter.first_day and place not in left]
        # the oldest are likelier to leave
        weights = np.linspace(2, 1, len(open_now)) if open_now else np.array([])
        chosen = list(rng.choice(open_now, count, replace=False, p=weights / weights.sum())) if count else []
        for place, day in zip(chosen, days_of(quarter, count, rng), strict=True):
            left[int(place)] = (day, str(next(codes)))
    exits = [left.get(place, (None, None)) for place in range(len(parcours))]
    reviews = [_review(day, out) for day, (out, _) in zip(parcours["engage_le"], exits, strict=True)]
    columns = {"sorti_le": [day for day, _ in exits], "code_sortie": [code for _, code in exits], "bilan_le": reviews}
    return parcours.assign(**{name: pd.Series(values, index=parcours.index, dtype=object) for name, values in columns.items()})


def _review(engaged: date, left: date | None) -> date | None:
    review = min(left or date.max, engaged + HALF_YEAR)
    return review if review <= volumes.QUARTERS[-1].last_day else None


def _freins(parcours: pd.DataFrame, rng: Generator) -> pd.DataFrame:
    """One to four freins a parcours, identified by its diagnosis, closed before its review or not."""
    themes, shares, closed = list(_THEMES), [share for share, _ in _THEMES.values()], {name: rate for name, (_, rate) in _THEMES.items()}
    last_day = volumes.QUARTERS[-1].last_day
    rows: list[tuple[int, str, date, date | None]] = []
    columns = (list(parcours[name]) for name in ("numero", "pose_le", "engage_le", "bilan_le"))
    for place, found_on, engaged, reviewed in zip(*columns, strict=True):
        number = 1 + int(rng.binomial(3, 0.47))
        for theme in rng.choice(themes, number, replace=False, p=shares):
            wait = timedelta(days=int(rng.integers(0, ((reviewed or last_day) - engaged).days + 1)))
            done = reviewed is not None and rng.random() < closed[str(theme)]
            rows.append((place, str(theme), found_on, engaged + wait if done else None))
    return pd.DataFrame(rows, columns=["numero", "theme", "identifie_le", "clos_le"]).astype({"clos_le": object})


def orientations(persons: pd.DataFrame, rng: Generator) -> pd.DataFrame:
    """Orientations to ordinary-law schemes: id of the person, orientee_le, dispositif."""
    schemes = ("formation_region", "cej", "iae", "plie", "ccas", "pmsmp", "cap_emploi", "france_travail_accompagnement")
    found = []
    for quarter, count in zip(volumes.QUARTERS, volumes.ORIENTATIONS, strict=True):
        known = persons.loc[persons["vu_le"] <= quarter.last_day, "id"]
        found.append(pd.DataFrame({"id": rng.choice(known, count), "orientee_le": days_of(quarter, count, rng)}))
    rows = pd.concat(found, ignore_index=True)
    return rows.assign(dispositif=rng.choice(schemes, len(rows)))


def actions(rng: Generator) -> pd.DataFrame:
    """Coordination and outreach actions: type_action, tenue_le, zone (None for those of the whole city)."""
    found: list[tuple[str, date, str | None]] = []
    for quarter, shared, outreach in zip(volumes.QUARTERS, volumes.COORDINATION_ACTIONS, volumes.OUTREACH_ACTIONS, strict=True):
        found += [("coordination", day, None) for day in days_of(quarter, shared, rng)]
        places = rng.permutation(np.repeat(volumes.ZONES[:3], volumes.apportion(outreach, (5, 4, 1))))
        found += [("aller_vers", day, str(place)) for day, place in zip(days_of(quarter, outreach, rng), places, strict=True)]
    return pd.DataFrame(found, columns=["type_action", "tenue_le", "zone"])
