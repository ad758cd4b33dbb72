"""Coordination (La Fabrique Défi): the follow-up of residents, actions and meetings, in a small database of the association's own."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
from sqlalchemy import Table

from connectors.demo import coordination_tables as tables
from connectors.demo import followup, followup_freins, network, notes
from connectors.demo.bases import fill, persons_rows, sqlite_url
from connectors.demo.residents import generator

Rows = list[tuple[Table, pd.DataFrame]]


def rows() -> Rows:
    """Every table, in the order of its keys."""
    rng = generator(7)
    story = followup.follow(rng)
    oriented, held = followup.orientations(story.persons, rng), followup.actions(rng)
    return [*_persons(story), *_follow_up(story, oriented), *_partners(story, held)]


def _persons(story: followup.FollowUp) -> Rows:
    persons = story.persons.rename(columns={"age": "age_premier_contact"})
    situation = notes.situation(persons, story.parcours, generator(11))
    known = persons_rows(persons["id"]).merge(persons[["id", "age_premier_contact", "inscrit_ft"]], on="id").merge(situation, on="id")
    # a reception is a contact too: who is received in a year was contacted in it
    first = persons[["id", "vu_le"]].rename(columns={"vu_le": "contact_le"})
    again = story.received[["id", "recu_le"]].rename(columns={"recu_le": "contact_le"})
    return [
        (tables.PERSONS, known),
        (tables.CONTACTS, _of_person(pd.concat([first, again], ignore_index=True))),
        (tables.RECEPTIONS, _of_person(story.received)),
    ]


def _follow_up(story: followup.FollowUp, oriented: pd.DataFrame) -> Rows:
    diagnoses = _of_person(story.diagnoses)
    freins = followup_freins.follow(story.freins, story.parcours, generator(12))
    of_persons = story.freins.merge(story.parcours[["numero", "id"]], on="numero").rename(columns={"id": "personne_id"})
    untold = followup_freins.not_discussed(diagnoses, of_persons, generator(13))
    parcours = notes.ends(story.parcours, generator(14))
    workshops = followup_freins.workshops(story.received, generator(15))
    return [
        (tables.DIAGNOSES, diagnoses),
        (tables.NOT_DISCUSSED, _numbered(untold)),
        (tables.PARCOURS, parcours.rename(columns={"id": "personne_id", "numero": "id"})),
        (tables.FREINS, _numbered(freins.rename(columns={"numero": "parcours_id"}))),
        (tables.SIX_MONTHS, _numbered(notes.six_months_later(story.parcours, generator(16)))),
        (tables.ORIENTATIONS, _of_person(notes.entries(oriented, generator(17)))),
        (tables.WORKSHOPS, workshops.held),
        (tables.WORKSHOP_AIMS, _numbered(workshops.aims)),
        (tables.WORKSHOP_PRESENCES, _numbered(workshops.present)),
    ]


def _partners(story: followup.FollowUp, held: pd.DataFrame) -> Rows:
    invited, present = network.attendance(held, generator(18))
    return [
        (tables.STRUCTURES, network.structures()),
        (tables.ACTIONS, _numbered(held)),
        (tables.INVITATIONS, _numbered(invited)),
        (tables.ATTENDANCE, _numbered(present)),
        (tables.BETWEEN_PARTNERS, _numbered(network.orientations(story.parcours, generator(19)))),
    ]


def _of_person(frame: pd.DataFrame) -> pd.DataFrame:
    return _numbered(frame.rename(columns={"id": "personne_id"}))


def _numbered(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.assign(id=range(1, len(frame) + 1))


def create(folder: Path) -> str:
    """Create the database; its address."""
    url = sqlite_url(folder / "coordination.sqlite")
    fill(url, tables.METADATA, rows())
    return url
