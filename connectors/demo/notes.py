"""What the coordination notes beside the steps of the follow-up: who the persons are, what followed an orientation or an exit."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pandas as pd

from connectors.demo import volumes
from connectors.demo.followup import HALF_YEAR
from connectors.demo.residents import Generator
from connectors.demo.volumes import apportion
from indicators.codes import exits

_SITUATION = {
    "rsa": (("O", "N", None), (45, 52, 3)),
    "rqth": (("O", "N", None), (9, 86, 5)),
    "recherche": (("<12", "12-23", ">=24", None), (42, 24, 31, 3)),
}
"""Column -> its codes (None: not told) and the share of each, in %."""
DYNAMIC = exits("durable", "transition", "positive")
UNFINISHED = ("abandon", "neutre")
_LONGEST_WAIT = 80
_LIKELIER = 3.0
"""How much likelier someone who left for work or training is to be in activity six months later."""


def situation(persons: pd.DataFrame, parcours: pd.DataFrame, rng: Generator) -> pd.DataFrame:
    """id, rsa, rqth, recherche (months of search, by class).

    The shares are exact among those whose parcours is under way on the last day, among those who left one, and among the others.
    """
    left = parcours["sorti_le"].notna()
    under_way, gone = (persons["id"].isin(parcours.loc[side, "id"]).to_numpy() for side in (~left, left))
    columns: dict[str, np.ndarray] = {}
    for name, (codes, shares) in _SITUATION.items():
        drawn = np.empty(len(persons), dtype=object)
        for group in (under_way, gone, ~(under_way | gone)):
            drawn[group] = rng.permutation(np.repeat(np.array(codes, dtype=object), apportion(int(group.sum()), shares)))
        columns[name] = drawn
    return persons[["id"]].assign(**columns)


def entries(orientations: pd.DataFrame, rng: Generator) -> pd.DataFrame:
    """The orientations with ``entree_le``, the day of the entry that followed, or None. ``orientations``: orientee_le."""
    entered = pd.Series(None, index=orientations.index, dtype=object)
    for quarter, share in zip(volumes.QUARTERS, volumes.FOLLOWED, strict=True):
        here = orientations.index[orientations["orientee_le"].between(quarter.first_day, quarter.last_day)].to_numpy()
        chosen = rng.choice(here, round(share * len(here)), replace=False)
        waits = rng.integers(3, _LONGEST_WAIT + 1, len(chosen))
        entered[chosen] = [
            day + timedelta(days=int(wait)) for day, wait in zip(orientations.loc[chosen, "orientee_le"], waits, strict=True)
        ]
    return orientations.assign(entree_le=entered)


def ends(parcours: pd.DataFrame, rng: Generator) -> pd.DataFrame:
    """The parcours with mene_a_terme and en_activite (both None while under way). ``parcours``: code_sortie."""
    left = parcours["code_sortie"]
    working = set(rng.choice(parcours.index[left.isin(DYNAMIC)].to_numpy(), volumes.IN_ACTIVITY, replace=False).tolist())
    finished = [None if code is None else code not in UNFINISHED for code in left]
    active = [None if code is None else place in working for place, code in left.items()]
    told = {"mene_a_terme": finished, "en_activite": active}
    return parcours.assign(**{name: pd.Series(values, index=parcours.index, dtype=object) for name, values in told.items()})


def six_months_later(parcours: pd.DataFrame, rng: Generator) -> pd.DataFrame:
    """The survey: parcours_id, echeance_le (six months after the exit), joint, en_activite (None without an answer)."""
    gone = parcours[parcours["sorti_le"].notna()].reset_index(drop=True)
    due = gone.assign(echeance_le=[day + HALF_YEAR for day in gone["sorti_le"]])
    due = due[due["echeance_le"] <= volumes.QUARTERS[-1].last_day].reset_index(drop=True)
    answering, working = volumes.SIX_MONTHS
    reached = rng.choice(len(due), round(answering * len(due)), replace=False)
    likely = np.where(due.loc[reached, "code_sortie"].isin(DYNAMIC), _LIKELIER, 1.0)
    active = set(rng.choice(reached, round(working * len(reached)), replace=False, p=likely / likely.sum()).tolist())
    told = [place in active if place in set(reached.tolist()) else None for place in due.index]
    return pd.DataFrame(
        {
            "parcours_id": due["numero"],
            "echeance_le": due["echeance_le"],
            "joint": due.index.isin(reached),
            "en_activite": pd.Series(told, index=due.index, dtype=object),
        }
    )
