"""What becomes of the freins: answered, closed, open with no offer in the city; those not discussed; the workshops that lift them.

The freins themselves, and what the reviews find of them, are drawn by ``followup``: nothing here changes a review.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pandas as pd

from connectors.demo import volumes
from connectors.demo.residents import Generator, days_of

NEEDS = {"famille": "Garde d'enfant le soir", "mobilite": "Permis de conduire"}
"""The story's two uncovered needs."""
_LEFT_WITHOUT = 0.35
"""Among those who left with such a frein, those whose need had no offer."""
_CLOSED_LATER = 0.62
_WITHIN_DAYS = 200
"""Share closed within so many days of the review, or of the start when the review is to come, among the freins that have an offer."""
_ANSWERED = 0.6
"""Share answered of those not closed."""
_ANSWERS = {"droit_commun": 75, "financement_cite": 15, "autre": 7, None: 3}
"""Who answers (None: not told), in %."""
_UNTOLD = {
    "justice": 0.42,
    "sante": 0.21,
    "finances": 0.12,
    "remobilisation": 0.09,
    "logement": 0.06,
    "numerique": 0.05,
    "famille": 0.04,
    "langue_savoirs_base": 0.04,
}
"""Frein -> share of the diagnoses that did not bring it up."""
_WORKSHOPS = (
    *(("mobilite",), ("famille",), ("numerique",), ("mobilite",), ("admin_droits", "finances")),
    *(("langue_savoirs_base",), ("mobilite", "famille"), ("sante", "remobilisation")),
)
"""What the workshops are about, one after the other; some about two freins."""
_LAST_DAY = volumes.QUARTERS[-1].last_day


@dataclass(frozen=True)
class Workshops:
    """Workshops on freins: held (id, tenue_le, zone), aims (action_id, theme), present (action_id, personne_id)."""

    held: pd.DataFrame
    aims: pd.DataFrame
    present: pd.DataFrame


def follow(freins: pd.DataFrame, parcours: pd.DataFrame, rng: Generator) -> pd.DataFrame:
    """The freins with what became of them: clos_le completed, besoin, sans_offre, repondu_le, reponse.

    Args:
        freins: numero (of the parcours), theme, identifie_le, clos_le; in the same order on return.
        parcours: numero, engage_le, sorti_le, bilan_le.
    """
    rows = freins.merge(parcours[["numero", "engage_le", "sorti_le", "bilan_le"]], on="numero", how="left", validate="many_to_one")
    lacking = _without_offer(rows, rng)
    later = [done or _later(row, rng) for done, row in zip(rows["clos_le"], rows.itertuples(index=False), strict=True)]
    closed = [done if not none else None for done, none in zip(later, lacking, strict=True)]
    last = [min(left or _LAST_DAY, _LAST_DAY) for left in rows["sorti_le"]]
    spans = zip(rows["identifie_le"], closed, last, lacking, strict=True)
    answered = [None if none else _answer(found, done, end, rng) for found, done, end, none in spans]
    count = sum(day is not None for day in answered)
    kinds = iter(rng.permutation(np.repeat(np.array(list(_ANSWERS), dtype=object), volumes.apportion(count, list(_ANSWERS.values())))))
    columns = {
        "clos_le": closed,
        "besoin": [NEEDS[theme] if none else None for theme, none in zip(rows["theme"], lacking, strict=True)],
        "repondu_le": answered,
        "reponse": [next(kinds) if day else None for day in answered],
    }
    told = {name: pd.Series(values, index=freins.index, dtype=object) for name, values in columns.items()}
    return freins.assign(**told, sans_offre=lacking)


def _without_offer(rows: pd.DataFrame, rng: Generator) -> list[bool]:
    """Which open freins have no offer: as many as told among the parcours under way, and a share of those already left."""
    still_open, under_way = rows["clos_le"].isna(), rows["sorti_le"].isna()
    chosen: set[int] = set()
    for theme, count in volumes.NO_OFFER.items():
        here, gone = (rows.index[still_open & (rows["theme"] == theme) & side].to_numpy() for side in (under_way, ~under_way))
        chosen |= set(rng.choice(here, count, replace=False).tolist())
        chosen |= set(rng.choice(gone, round(_LEFT_WITHOUT * len(gone)), replace=False).tolist())
    return [place in chosen for place in rows.index]


def _later(row: object, rng: Generator) -> date | None:
    """When a frein found open at its review is closed after it; or closed before a review still to come."""
    engaged, left, reviewed = (getattr(row, name) for name in ("engage_le", "sorti_le", "bilan_le"))
    first = reviewed + timedelta(days=1) if reviewed else engaged
    wait, drawn = rng.random(), rng.random()
    day = first + timedelta(days=int(_WITHIN_DAYS * wait))
    return day if day <= min(left or _LAST_DAY, _LAST_DAY) and drawn < _CLOSED_LATER else None


def _answer(found: date, closed: date | None, last: date, rng: Generator) -> date | None:
    """When a frein is answered: before it is closed; for one that stays open, within ten weeks, or never."""
    wait, drawn = rng.random(), rng.random()
    if closed is not None:
        return found + timedelta(days=int(wait * ((closed - found).days + 1)))
    day = found + timedelta(days=10 + int(60 * wait))
    return day if day <= last and drawn < _ANSWERED else None


def not_discussed(diagnoses: pd.DataFrame, freins: pd.DataFrame, rng: Generator) -> pd.DataFrame:
    """The freins that a diagnosis did not bring up: diagnostic_id, theme. One that was found was brought up.

    Args:
        diagnoses: id, personne_id. freins: personne_id, theme.
    """
    found = set(freins[["personne_id", "theme"]].itertuples(index=False, name=None))
    drawn = rng.random((len(diagnoses), len(_UNTOLD)))
    rows = [
        (number, theme)
        for (number, person), chances in zip(diagnoses[["id", "personne_id"]].itertuples(index=False, name=None), drawn, strict=True)
        for (theme, share), chance in zip(_UNTOLD.items(), chances, strict=True)
        if chance < share and (person, theme) not in found
    ]
    return pd.DataFrame(rows, columns=["diagnostic_id", "theme"])


def workshops(received: pd.DataFrame, rng: Generator) -> Workshops:
    """Six to eleven residents a workshop, among those received by then. ``received``: id, recu_le."""
    held: list[tuple[int, date, str]] = []
    aims: list[tuple[int, str]] = []
    present: list[tuple[int, int]] = []
    for quarter, count in zip(volumes.QUARTERS, volumes.FREIN_ACTIONS, strict=True):
        places = rng.permutation(np.repeat(volumes.ZONES[:3], volumes.apportion(count, (5, 4, 1))))
        for day, place in zip(days_of(quarter, count, rng), places, strict=True):
            number = len(held) + 1
            held.append((number, day, str(place)))
            aims += [(number, theme) for theme in _WORKSHOPS[number % len(_WORKSHOPS)]]
            known = received.loc[received["recu_le"] <= day, "id"].to_numpy()
            present += [(number, int(person)) for person in rng.choice(known, min(len(known), int(rng.integers(6, 12))), replace=False)]
    return Workshops(
        pd.DataFrame(held, columns=["id", "tenue_le", "zone"]),
        pd.DataFrame(aims, columns=["action_id", "theme"]),
        pd.DataFrame(present, columns=["action_id", "personne_id"]),
    )
