"""Les emplois de l'inclusion: hirings by inclusion employers, in tables that look like the platform's; the QPV comes from coordinates.

Every person here is fictitious. Refused applications and eligibility diagnoses are there too, and must not be counted as hirings.
"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pandas as pd
from sqlalchemy import Boolean, Date, Float, ForeignKey, Integer, MetaData, String, Table
from sqlalchemy import Column as SqlColumn

from connectors.demo import volumes
from connectors.demo.bases import fill, sqlite_url
from connectors.demo.residents import box, events, generator, population

METADATA = MetaData()
USERS = Table(
    "users_user",
    METADATA,
    SqlColumn("id", Integer, primary_key=True),
    SqlColumn("title", String, nullable=False),
    SqlColumn("first_name", String, nullable=False),
    SqlColumn("last_name", String, nullable=False),
    SqlColumn("email", String, nullable=False),
    SqlColumn("phone", String, nullable=False),
    SqlColumn("latitude", Float),
    SqlColumn("longitude", Float),
    SqlColumn("geocoding_score", Float),
)
PROFILES = Table(
    "users_jobseekerprofile",
    METADATA,
    SqlColumn("user_id", Integer, ForeignKey("users_user.id"), primary_key=True),
    SqlColumn("birthdate", Date, nullable=False),
    SqlColumn("rqth_employee", Boolean, nullable=False),
    SqlColumn("has_rsa_allocation", String, nullable=False),
)
APPLICATIONS = Table(
    "job_applications_jobapplication",
    METADATA,
    SqlColumn("id", Integer, primary_key=True),
    SqlColumn("job_seeker_id", Integer, ForeignKey("users_user.id"), nullable=False),
    SqlColumn("state", String, nullable=False),
    SqlColumn("created_at", Date, nullable=False),
    SqlColumn("hiring_start_at", Date),
)
DIAGNOSES = Table(
    "eligibility_eligibilitydiagnosis",
    METADATA,
    SqlColumn("id", Integer, primary_key=True),
    SqlColumn("job_seeker_id", Integer, ForeignKey("users_user.id"), nullable=False),
    SqlColumn("created_at", Date, nullable=False),
)
NEIGHBOURHOODS = Table(
    "geo_qpv",
    METADATA,
    SqlColumn("code", String, primary_key=True),
    SqlColumn("south", Float, nullable=False),
    SqlColumn("north", Float, nullable=False),
    SqlColumn("west", Float, nullable=False),
    SqlColumn("east", Float, nullable=False),
    SqlColumn("valid_from", Date, nullable=False),
    SqlColumn("valid_to", Date),
)
_ZONINGS = (
    (date(2015, 1, 1), date(2023, 12, 31), {volumes.BEAU_MARAIS: volumes.BEAU_MARAIS, volumes.FORT_NIEULAY: volumes.FORT_NIEULAY}),
    (date(2024, 1, 1), None, {"QN06254M": volumes.BEAU_MARAIS, "QN06253M": volumes.FORT_NIEULAY}),
)


def rows() -> list[tuple[Table, pd.DataFrame]]:
    """Users, profiles, applications, diagnoses and QPV limits."""
    rng = generator(2)
    hired = events(volumes.entries(volumes.IAE), rng).rename(columns={"id": "job_seeker_id", "jour": "hiring_start_at"})
    hired = hired.assign(state="accepted", created_at=[day - timedelta(days=12) for day in hired["hiring_start_at"]])
    refused = hired.sample(frac=0.4, random_state=generator(3)).assign(state="refused", hiring_start_at=None)
    applications = pd.concat([hired, refused], ignore_index=True)
    people = population()
    people = people[people["id"].isin(applications["job_seeker_id"])].reset_index(drop=True)
    users = people.rename(columns={"prenom": "first_name", "nom": "last_name", "courriel": "email", "telephone": "phone"})
    users = users.assign(title=users["sexe"].map({"F": "MME", "M": "M"}), geocoding_score=users["score"])
    profiles = pd.DataFrame(
        {
            "user_id": people["id"],
            "birthdate": people["naissance"],
            "rqth_employee": rng.random(len(people)) < 0.08,
            "has_rsa_allocation": rng.choice(["NO", "YES-WITHOUT-MARKUP"], len(people), p=[0.6, 0.4]),
        }
    )
    diagnoses = hired[["job_seeker_id", "created_at"]].drop_duplicates("job_seeker_id").reset_index(drop=True)
    return [
        (USERS, users),
        (PROFILES, profiles),
        (APPLICATIONS, applications.assign(id=range(1, len(applications) + 1))),
        (DIAGNOSES, diagnoses.assign(id=range(1, len(diagnoses) + 1))),
        (NEIGHBOURHOODS, _limits()),
    ]


def _limits() -> pd.DataFrame:
    columns = [column.name for column in NEIGHBOURHOODS.columns]
    found = [(code, *box(place), first, last) for first, last, codes in _ZONINGS for code, place in codes.items()]
    return pd.DataFrame(found, columns=columns)


def create(folder: Path) -> str:
    """Create the database; its address."""
    url = sqlite_url(folder / "les_emplois.sqlite")
    fill(url, METADATA, rows())
    return url
