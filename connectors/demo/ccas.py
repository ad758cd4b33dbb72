"""CCAS: social support, mobility and childcare aid, help to start a business, in one database of its own."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
from sqlalchemy import Column as SqlColumn
from sqlalchemy import Date, ForeignKey, Integer, MetaData, String, Table

from connectors.demo import volumes
from connectors.demo.bases import fill, persons_rows, persons_table, sqlite_url
from connectors.demo.residents import events, generator

METADATA = MetaData()
PERSONS = persons_table(METADATA, "usager")
AIDS = Table(
    "aide_accordee",
    METADATA,
    SqlColumn("id", Integer, primary_key=True),
    SqlColumn("usager_id", Integer, ForeignKey("usager.id"), nullable=False),
    SqlColumn("type_aide", String, nullable=False),
    SqlColumn("accordee_le", Date, nullable=False),
)
KINDS = (
    ("ACCOMPAGNEMENT", volumes.SOCIAL),
    ("MOBILITE", volumes.MOBILITY),
    ("GARDE_ENFANT", volumes.CHILDCARE),
    ("CREATION_ACTIVITE", volumes.BUSINESS),
)


def rows() -> list[tuple[Table, pd.DataFrame]]:
    """Persons, and the aid each received."""
    rng = generator(4)
    aids = pd.concat([events(volumes.entries(scheme), rng).assign(type_aide=kind) for kind, scheme in KINDS], ignore_index=True)
    aids = aids.rename(columns={"id": "usager_id", "jour": "accordee_le"})
    return [(PERSONS, persons_rows(aids["usager_id"])), (AIDS, aids.assign(id=range(1, len(aids) + 1)))]


def create(folder: Path) -> str:
    """Create the database; its address."""
    url = sqlite_url(folder / "ccas.sqlite")
    fill(url, METADATA, rows())
    return url
