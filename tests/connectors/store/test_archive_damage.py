"""What was frozen and no longer is as it was is refused and named, never shown."""

from __future__ import annotations

import secrets
import zlib
from pathlib import Path

import pytest
from sqlalchemy import create_engine, event, text
from sqlalchemy.exc import DBAPIError

from connectors.errors import StoreError
from connectors.store import GridChoice, Store, open_store
from connectors.store.database import Database
from indicators.canonical import digest
from indicators.meeting import Audience
from tests.connectors.language import english, loose
from tests.connectors.store.archives import BY, commented, content, edition, frozen_one, meeting
from tests.connectors.store.samples import day, lift_guards

TABLES = ("meeting_version", "edition", "edition_document", "grid_choice", "archive_seal")


@pytest.fixture
def full(store: Store) -> Store:
    """Two séances; the first has two editions for the copil, one for the Préfecture, and a document."""
    first = frozen_one(store.archive)
    frozen_one(store.archive, audience=Audience.PREFECTURE)
    again = content(edition=2, text="corrigé")
    correction = edition(again, edition=2, replaces="S1-copil-1")
    store.archive.freeze(correction, again, store.archive.meeting(1).meeting, expected_version=2)
    store.archive.save_meeting(meeting(2), day(0), BY, expected_version=0)
    store.archive.save_meeting(commented(meeting(2)), day(1), BY, expected_version=1)
    store.archive.keep_document("S1-copil-1", "note.pdf", b"PDF", day(4))
    store.archive.save_grid(GridChoice(Audience.COPIL, 2023, day(4), BY, "{}"))
    assert store.archive.edition("S1-copil-1") == first
    assert store.check() == []
    return store


def altered(url: str, table: str, statement: str, **values: object) -> None:
    """Run a statement behind the store's back, the table's guards lifted."""
    lift_guards(url, table)
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text(statement), values)
    engine.dispose()


@pytest.mark.parametrize("table", TABLES)
def test_the_database_itself_refuses_to_change_or_remove(full: Store, url: str, table: str):
    engine = create_engine(url)
    column = {
        "meeting_version": "saved_by",
        "edition": "software",
        "edition_document": "name",
        "grid_choice": "content",
        "archive_seal": "digest",
    }[table]
    for statement in (f"UPDATE {table} SET {column} = 'x'", f"DELETE FROM {table}"):
        with pytest.raises(DBAPIError, match="append only"), engine.begin() as connection:
            connection.execute(text(statement))
    engine.dispose()
    assert full.check() == []


@pytest.mark.parametrize("packed", [zlib.compress(content(text="plus beau")), zlib.compress(content())[:-9], b"", b"rien"])
def test_an_edition_altered_or_damaged_is_not_shown(full: Store, url: str, packed: bytes):
    altered(url, "edition", "UPDATE edition SET content = :packed WHERE id = 'S1-copil-1'", packed=packed)
    with pytest.raises(StoreError, match=r"L'édition S1-copil-1 est abîmé.*Restaurez la dernière sauvegarde") as raised:
        full.archive.edition("S1-copil-1")
    assert (english(str(raised.value)), loose(str(raised.value))) == ([], [])
    assert full.check() == [str(raised.value)]
    assert full.archive.edition("S1-prefecture-1") == content(audience=Audience.PREFECTURE)
    assert len(full.archive.editions()) == 3


def test_a_document_altered_is_not_handed_out(full: Store, url: str):
    altered(url, "edition_document", "UPDATE edition_document SET content = :packed", packed=b"PDF!")
    for read in (
        lambda: full.archive.document("S1-copil-1", "note.pdf"),
        lambda: full.archive.keep_document("S1-copil-1", "note.pdf", b"", day(5)),
    ):
        with pytest.raises(StoreError, match=r"Le document «\u00a0note.pdf\u00a0» de l'édition S1-copil-1 est abîmé"):
            read()
    assert len(full.check()) == 1


@pytest.mark.parametrize(
    ("table", "statement", "told"),
    [
        ("edition", "UPDATE edition SET number = 3 WHERE id = 'S1-copil-2'", "Il manque une édition de la séance n°\u00a01 (copil)"),
        ("edition", "DELETE FROM edition WHERE meeting = 1 AND id <> 'S1-copil-1'", "des lignes d'éditions ont été"),
        ("edition", "UPDATE edition SET frozen_by = 'Autre' WHERE number = 2", "des lignes d'éditions ont été modifiées"),
        ("edition_document", "UPDATE edition_document SET name = 'autre.pdf'", "des lignes de documents"),
        ("edition_document", "DELETE FROM edition_document", "des lignes de documents"),
        ("grid_choice", "UPDATE grid_choice SET year = 2022", "des lignes de grilles annuelles"),
        ("meeting_version", "UPDATE meeting_version SET saved_by = 'Autre' WHERE number = 2", "des lignes de versions de séances"),
        ("archive_seal", "DELETE FROM archive_seal WHERE kind = 'grid_choice'", "des lignes de grilles annuelles"),
        ("meeting_version", "DELETE FROM meeting_version WHERE number = 2 AND version = 1", "Il manque une version de la séance n°\u00a02"),
        (
            "meeting_version",
            "DELETE FROM meeting_version WHERE number = 1 AND version = 2",
            "L'état de la séance n°\u00a01 et ses éditions",
        ),
        ("meeting_version", "DELETE FROM meeting_version WHERE number = 1", "L'état de la séance n°\u00a01 et ses éditions"),
        ("meeting_version", "UPDATE meeting_version SET content = '{}' WHERE number = 2", "La séance n°\u00a02 (version 1) ne se lit pas"),
    ],
)
def test_what_is_gone_or_unreadable_is_named(full: Store, url: str, table: str, statement: str, told: str):
    altered(url, table, statement)
    found = full.check()
    assert len(found) == 1
    assert told in found[0]
    assert (english(found[0]), loose(found[0])) == ([], [])


def test_an_edition_rewritten_with_a_digest_of_its_own_is_seen(full: Store, url: str):
    other = content(text="plus beau")
    values = {"packed": zlib.compress(other), "sha": digest(other)}
    altered(url, "edition", "UPDATE edition SET content = :packed, sha256 = :sha WHERE id = 'S1-copil-1'", **values)
    assert full.archive.edition("S1-copil-1") == other
    assert "des lignes d'éditions ont été modifiées" in full.check()[0]


def test_a_seance_that_cannot_be_read_says_which(full: Store, url: str):
    altered(url, "meeting_version", "UPDATE meeting_version SET content = '[]' WHERE number = 2")
    with pytest.raises(StoreError, match=r"La séance n°\u00a02 \(version 2\) ne se lit pas"):
        full.archive.meeting(2)
    assert full.archive.meeting(1).version == 2


def test_a_full_disk_freezes_nothing(tmp_path: Path):
    url = f"sqlite:///{tmp_path}/cite.sqlite"
    store = open_store(url)
    now = store.archive.save_meeting(meeting(), day(0), BY, expected_version=0)
    small = Database(url)
    event.listen(small.engine, "connect", lambda connection, _record: connection.execute("PRAGMA max_page_count = 80").close())
    written = content(text=secrets.token_hex(500_000))  # which cannot be compressed away
    with pytest.raises(StoreError, match="Plus de place"):
        Store(small).archive.freeze(edition(written), written, now.meeting, expected_version=1)
    small.engine.dispose()
    assert store.archive.editions().empty
    assert store.archive.meeting(1) == now
    assert store.check() == []
    store.close()
