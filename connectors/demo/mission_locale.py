"""Mission locale: a database of young people and their entries, on PostgreSQL when a server can be started, else SQLite.

It shows what a partner should give: views that count, and on PostgreSQL a role that can read these views and nothing else. In this
story it also keeps the register of the Région's training entries, at every age.
"""

from __future__ import annotations

import secrets
from datetime import date
from pathlib import Path

import pandas as pd
from sqlalchemy import Column as SqlColumn
from sqlalchemy import Date, ForeignKey, Integer, MetaData, String, Table, make_url, text

from connectors.demo import volumes
from connectors.demo.bases import engine_of, fill, persons_rows, persons_table, sqlite_url
from connectors.demo.residents import events, generator
from indicators.territory import HORS_QPV

METADATA = MetaData()
PERSONS = persons_table(METADATA, "jeune")
ENTRIES = Table(
    "entree_dispositif",
    METADATA,
    SqlColumn("id", Integer, primary_key=True),
    SqlColumn("jeune_id", Integer, ForeignKey("jeune.id"), nullable=False),
    SqlColumn("dispositif", String, nullable=False),
    SqlColumn("debut_le", Date, nullable=False),
    SqlColumn("age_debut", Integer, nullable=False),
    SqlColumn("saisie", String, nullable=False),
)
QUARTERS = Table(
    "trimestre",
    METADATA,
    SqlColumn("code", String, primary_key=True),
    SqlColumn("premier_jour", Date, nullable=False),
    SqlColumn("dernier_jour", Date, nullable=False),
)
VIEW = """
CREATE VIEW cite_entrees AS
SELECT e.dispositif, j.zone_habitation AS zone, j.sexe, e.debut_le, COUNT(*) AS nombre,
       CASE WHEN e.age_debut < 26 THEN 'moins_26' WHEN e.age_debut < 50 THEN '26_49' ELSE '50_plus' END AS tranche_age
FROM entree_dispositif e JOIN jeune j ON j.id = e.jeune_id
GROUP BY e.dispositif, j.zone_habitation, j.sexe, e.debut_le,
         CASE WHEN e.age_debut < 26 THEN 'moins_26' WHEN e.age_debut < 50 THEN '26_49' ELSE '50_plus' END
"""
PERSONS_VIEW = """
CREATE VIEW cite_personnes AS
SELECT t.premier_jour, j.zone_habitation AS zone, COUNT(DISTINCT j.id) AS nombre
FROM entree_dispositif e
JOIN jeune j ON j.id = e.jeune_id
JOIN trimestre t ON e.debut_le BETWEEN t.premier_jour AND t.dernier_jour
GROUP BY t.premier_jour, j.zone_habitation
"""
"""Distinct persons, whatever they entered: they do not add up, so that the view counts them quarter by quarter."""
VIEWS = [VIEW, PERSONS_VIEW]
CEJ_OPENS = date(2022, 3, 1)
"""The contrat d'engagement jeune did not exist before."""
_REVISED = "2022-T3"


def rows() -> list[tuple[Table, pd.DataFrame]]:
    """Persons and entries. Some CEJ entries of the third quarter of 2022 are there twice, until ``revise``."""
    rng = generator(1)
    cej = events(volumes.entries(volumes.CEJ), rng, under_26=True, not_before=CEJ_OPENS).assign(dispositif="CEJ")
    pacea = events(volumes.entries(volumes.PACEA), rng, under_26=True).assign(dispositif="PACEA")
    training = events(volumes.entries(volumes.TRAINING), rng).assign(dispositif="FORMATION")
    once = pd.concat([cej, pacea, training], ignore_index=True).assign(saisie="agent")
    quarter = volumes.QUARTERS[volumes.CODES.index(_REVISED)]
    inside = cej[cej["jour"].between(quarter.first_day, quarter.last_day) & (cej["zone"] == HORS_QPV)]
    twice = inside.head(volumes.REVISED_CEJ_ENTRIES).assign(saisie="doublon")
    found = pd.concat([once, twice], ignore_index=True)
    found = found.rename(columns={"id": "jeune_id", "jour": "debut_le", "age": "age_debut"})
    calendar = [(quarter.code, quarter.first_day, quarter.last_day) for quarter in volumes.QUARTERS]
    return [
        (PERSONS, persons_rows(found["jeune_id"])),
        (ENTRIES, found.assign(id=range(1, len(found) + 1))),
        (QUARTERS, pd.DataFrame(calendar, columns=["code", "premier_jour", "dernier_jour"])),
    ]


def create(folder: Path, admin_url: str | None) -> tuple[str, str]:
    """Create the database; its owner's address, and the one given to the Cité."""
    if admin_url is None:
        url = sqlite_url(folder / "mission_locale.sqlite")
        fill(url, METADATA, rows(), VIEWS)
        return url, url
    suffix = secrets.token_hex(4)  # two demonstrations may share a server
    name, role, password = f"mission_locale_{suffix}", f"lecteur_{suffix}", secrets.token_urlsafe(18)
    _administer(admin_url, f"CREATE DATABASE {name}", f"CREATE ROLE {role} LOGIN PASSWORD '{password}'")
    owner = make_url(admin_url).set(database=name)
    owner_url = owner.render_as_string(hide_password=False)
    grants = (
        "REVOKE ALL ON SCHEMA public FROM PUBLIC",
        f"GRANT USAGE ON SCHEMA public TO {role}",
        f"GRANT SELECT ON cite_entrees, cite_personnes TO {role}",
    )
    fill(owner_url, METADATA, rows(), [*VIEWS, *grants])
    return owner_url, owner.set(username=role, password=password).render_as_string(hide_password=False)


def revise(owner_url: str) -> None:
    """Withdraw the entries counted twice."""
    engine = engine_of(owner_url)
    try:
        with engine.begin() as connection:
            connection.execute(ENTRIES.delete().where(ENTRIES.c.saisie == "doublon"))
    finally:
        engine.dispose()


def _administer(admin_url: str, *statements: str) -> None:
    engine = engine_of(admin_url)
    try:
        with engine.connect() as connection:
            free = connection.execution_options(isolation_level="AUTOCOMMIT")
            for statement in statements:
                free.execute(text(statement))
    finally:
        engine.dispose()
