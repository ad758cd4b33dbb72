"""Small séances and editions for the tests of the archive."""

from __future__ import annotations

from datetime import date

from connectors.store import Archive, Edition, Saved, edition_id
from indicators.canonical import canonical, digest
from indicators.meeting import Audience, Comment, Heading, Meeting
from indicators.meeting_steps import prepared, with_comment
from tests.connectors.store.samples import day

BY = "Mme Dupré"


def meeting(number: int = 1) -> Meeting:
    return prepared(number, date(2022, 10, 19 + number), "2022-T3", zoning="2015", perimeter="Villetest, zonage 2015")


def commented(base: Meeting, text: str = "Tout est transmis.") -> Meeting:
    return with_comment(base, Comment(Heading.DONNEES, text, BY, date(2022, 10, 12)))


def saved(archive: Archive, number: int = 1) -> Saved:
    return archive.save_meeting(meeting(number), day(0), BY, expected_version=0)


def content(number: int = 1, audience: Audience = Audience.COPIL, edition: int = 1, text: str = "") -> bytes:
    return canonical({"id": edition_id(number, audience, edition), "figures": [0.1, None, 41], "été": text})


def edition(
    written: bytes, number: int = 1, audience: Audience = Audience.COPIL, edition: int = 1, replaces: str | None = None, on: int = 3
) -> Edition:
    return Edition(number, audience, "2022-T3", edition, day(on), BY, digest(written), replaces, "cite-emploi 0.1.0")


def frozen_one(archive: Archive, number: int = 1, audience: Audience = Audience.COPIL) -> bytes:
    """Save a séance if need be and freeze its first edition; its bytes."""
    known = {item.meeting.number: item for item in archive.meetings()}
    current = known.get(number) or saved(archive, number)
    written = content(number, audience)
    archive.freeze(edition(written, number, audience), written, current.meeting, expected_version=current.version)
    return written
