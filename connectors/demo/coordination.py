"""Coordination (La Fabrique Défi): the follow-up of residents, actions and meetings, in a small database of the association's own."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
from sqlalchemy import Boolean, Date, ForeignKey, Integer, MetaData, String, Table
from sqlalchemy import Column as SqlColumn

from connectors.demo import followup
from connectors.demo.bases import fill, persons_rows, persons_table, sqlite_url
from connectors.demo.residents import generator
from indicators.period import Frequency, Period

METADATA = MetaData()
PERSONS = persons_table(METADATA, "personne")
PERSONS.append_column(SqlColumn("age_premier_contact", Integer, nullable=False))
PERSONS.append_column(SqlColumn("inscrit_ft", Boolean, nullable=False))


def _of_person(name: str, *columns: SqlColumn) -> Table:
    person = SqlColumn("personne_id", Integer, ForeignKey("personne.id"), nullable=False)
    return Table(name, METADATA, SqlColumn("id", Integer, primary_key=True), person, *columns)


CONTACTS = _of_person("contact", SqlColumn("contact_le", Date, nullable=False))
RECEPTIONS = _of_person("accueil", SqlColumn("recu_le", Date, nullable=False))
DIAGNOSES = _of_person("diagnostic", SqlColumn("pose_le", Date, nullable=False))
PARCOURS = _of_person(
    "parcours",
    SqlColumn("engage_le", Date, nullable=False),
    SqlColumn("sorti_le", Date),
    SqlColumn("code_sortie", String),
    SqlColumn("bilan_le", Date),
)
ORIENTATIONS = _of_person("orientation", SqlColumn("orientee_le", Date, nullable=False), SqlColumn("dispositif", String, nullable=False))
FREINS = Table(
    "frein",
    METADATA,
    SqlColumn("id", Integer, primary_key=True),
    SqlColumn("parcours_id", Integer, ForeignKey("parcours.id"), nullable=False),
    SqlColumn("theme", String, nullable=False),
    SqlColumn("identifie_le", Date, nullable=False),
    SqlColumn("clos_le", Date),
)
ACTIONS = Table(
    "action",
    METADATA,
    SqlColumn("id", Integer, primary_key=True),
    SqlColumn("type_action", String, nullable=False),
    SqlColumn("tenue_le", Date, nullable=False),
    SqlColumn("zone", String),
)
ATTENDANCE = Table(
    "presence",
    METADATA,
    SqlColumn("id", Integer, primary_key=True),
    SqlColumn("action_id", Integer, ForeignKey("action.id"), nullable=False),
    SqlColumn("structure", String, nullable=False),
)


def rows() -> list[tuple[Table, pd.DataFrame]]:
    """Every table, in the order of its keys."""
    rng = generator(7)
    story = followup.follow(rng)
    persons = story.persons.rename(columns={"age": "age_premier_contact"})
    known = persons_rows(persons["id"]).merge(persons[["id", "age_premier_contact", "inscrit_ft"]], on="id")
    # a reception is a contact too: who is received in a year was contacted in it
    first = persons[["id", "vu_le"]].rename(columns={"vu_le": "contact_le"})
    again = story.received[["id", "recu_le"]].rename(columns={"recu_le": "contact_le"})
    held = followup.actions(rng)
    return [
        (PERSONS, known),
        (CONTACTS, _numbered(pd.concat([first, again], ignore_index=True))),
        (RECEPTIONS, _numbered(story.received)),
        (DIAGNOSES, _numbered(story.diagnoses)),
        (PARCOURS, story.parcours.rename(columns={"id": "personne_id", "numero": "id"})),
        (FREINS, story.freins.rename(columns={"numero": "parcours_id"}).assign(id=range(1, len(story.freins) + 1))),
        (ORIENTATIONS, _numbered(followup.orientations(persons, rng))),
        (ACTIONS, held.assign(id=range(1, len(held) + 1))),
        (ATTENDANCE, _attendance(held)),
    ]


def _numbered(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.rename(columns={"id": "personne_id"}).assign(id=range(1, len(frame) + 1))


def _attendance(held: pd.DataFrame) -> pd.DataFrame:
    """Which structures came to each coordination action: every one of the quarter comes to one at least."""
    found = []
    for place, action in held[held["type_action"] == "coordination"].iterrows():
        present = followup.partners_present(Period.of(action["tenue_le"], Frequency.QUARTER))
        found += [(int(str(place)) + 1, f"Structure fictive {number}") for number in range(1, present + 1)]
    table = pd.DataFrame(found, columns=["action_id", "structure"])
    return table.assign(id=range(1, len(table) + 1))


def create(folder: Path) -> str:
    """Create the database; its address."""
    url = sqlite_url(folder / "coordination.sqlite")
    fill(url, METADATA, rows())
    return url
