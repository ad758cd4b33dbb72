"""Pôle emploi, then France Travail: an extract already counted, one CSV a quarter, which crosses several descriptions of job seekers.

It says whether an address is in a QPV, not in which; columns are those of the ``data_diag_ft`` extract.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from connectors.demo import volumes
from connectors.demo.drop import csv_bytes
from connectors.demo.residents import Generator, generator
from connectors.demo.volumes import apportion
from indicators.period import Period

CONSTRAINTS = {
    "numerique": (0.15, 0.11),
    "mobilite": (0.37, 0.28),
    "familiale": (0.23, 0.17),
    "sante": (0.11, 0.11),
    "savoir": (0.19, 0.12),
    "logement": (0.08, 0.08),
    "financiere": (0.13, 0.09),
    "admin_jurid": (0.11, 0.08),
}
"""Contrainte -> share of the diagnosed who have it, in the QPVs and elsewhere."""
HEADER = [
    *("mois_statistique", "c_territoire_id", "top_qpv", "sexe", "tranche_age", "niveau_de_formation", "tranche_anciennete"),
    *("categorie_statistique", "top_rsa", "top_boe", "defm", "diag"),
    *(f"contrainte_{name}" for name in CONSTRAINTS),
]
_AREA = "CLPE62004"
_FLAGS = ("oui", "oui", "non", "nl")
_OUTSIDE_ABC = 0.12
"""Registered in categories D and E, beside those of A, B and C: present in the extract, not to be counted."""
_LONG_TERM = {"oui": (0.47, 0.20, 0.33), "non": (0.55, 0.20, 0.25), "nl": (0.58, 0.20, 0.22)}
_RSA = {"oui": 0.42, "non": 0.24, "nl": 0.30}


def extract(quarter: Period) -> bytes:
    """The CSV of a quarter, dated by its last month."""
    rng = generator(100 + volumes.QUARTERS.index(quarter))
    seekers = volumes.job_seekers()[quarter.code]
    young = volumes.young_job_seekers()[quarter.code]
    people = pd.concat([_zone(flag, seekers[zone], young[zone], rng) for zone, flag in zip(volumes.ZONES, _FLAGS, strict=True)])
    key = HEADER[2:10]
    table = people.groupby(key, as_index=False).agg(defm=("defm", "sum"), diag=("diag", "sum"))
    for name, (inside, outside) in CONSTRAINTS.items():
        table[f"contrainte_{name}"] = rng.binomial(table["diag"], np.where(table["top_qpv"] == "oui", inside, outside))
    month = f"{quarter.last_day:%Y%m}"
    rows = [(month, _AREA, *row) for row in table[HEADER[2:]].itertuples(index=False)]
    return csv_bytes(HEADER, rows)


def _zone(flag: str, count: int, young: int, rng: Generator) -> pd.DataFrame:
    """Job seekers of one zone, one row each: the number and those under 26 are exact, the rest is drawn."""
    long_term = np.array(_LONG_TERM[flag]) + rng.normal(0, 0.006, 3)
    rsa = _RSA[flag] + rng.normal(0, 0.006)
    ages = ("<26", "26-49", "50+")
    middle, old = apportion(count - young, (0.63, 0.37))
    people = pd.DataFrame(
        {
            "sexe": _spread(("F", "M"), apportion(count, (share := 0.49 + rng.normal(0, 0.004), 1 - share)), rng),
            "tranche_age": np.repeat(ages, (young, middle, old)),
            "niveau_de_formation": _spread(("sans", "CAP-BEP", "bac", "bac+"), apportion(count, (0.24, 0.38, 0.22, 0.16)), rng),
            "tranche_anciennete": _spread(("<12", "12-23", ">=24"), apportion(count, long_term.tolist()), rng),
            "categorie_statistique": _spread(("A", "B", "C"), apportion(count, (0.63, 0.15, 0.22)), rng),
            "top_rsa": _spread(("oui", "non"), apportion(count, (rsa, 1 - rsa)), rng),
            "top_boe": _spread(("oui", "non"), apportion(count, (0.11, 0.89)), rng),
        }
    )
    others = people.sample(round(count * _OUTSIDE_ABC), random_state=rng)
    others = others.assign(categorie_statistique=rng.choice(["D", "E"], len(others)))
    everyone = pd.concat([people, others])
    return everyone.assign(top_qpv=flag, defm=1, diag=rng.binomial(1, 0.8, len(everyone)))


def _spread(codes: tuple[str, ...], counts: list[int], rng: Generator) -> np.ndarray:
    return rng.permutation(np.repeat(codes, counts))
