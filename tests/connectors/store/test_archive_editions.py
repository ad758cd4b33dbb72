"""An edition is kept whole or not at all, comes back byte for byte for ever, and its documents as they were first handed out."""

from __future__ import annotations

import multiprocessing
import random
import time
from dataclasses import replace
from datetime import datetime
from multiprocessing.connection import Connection
from pathlib import Path

import pytest
from sqlalchemy import create_engine, event, text
from sqlalchemy.exc import IntegrityError

from connectors.errors import StoreError
from connectors.store import Edition, Store, edition_id, open_store
from connectors.store.columns import EDITIONS
from connectors.store.database import Database
from indicators.canonical import digest
from indicators.meeting import Audience, State
from indicators.meeting_steps import frozen, held
from tests.connectors.language import english, loose
from tests.connectors.store.archives import BY, commented, content, edition, frozen_one, meeting, saved
from tests.connectors.store.samples import counts, day, delivery

_processes = multiprocessing.get_context("forkserver")
_processes.set_forkserver_preload(["connectors.store", "pandera.pandas"])


def test_an_edition_and_the_state_of_its_seance_are_kept_together(store: Store):
    archive = store.archive
    now, written = saved(archive), content()
    assert archive.next_number(1, Audience.COPIL) == 1
    kept = archive.freeze(edition(written), written, now.meeting, expected_version=1)
    assert (kept.version, kept.meeting, kept.saved_at, kept.saved_by) == (2, frozen(meeting()), day(3), BY)
    assert archive.meeting(1) == kept
    assert archive.edition("S1-copil-1") == written
    assert archive.edition_header("S1-copil-1") == archive.latest_edition(1, Audience.COPIL) == edition(written)
    assert edition(written).id == edition_id(1, Audience.COPIL, 1) == "S1-copil-1"
    assert archive.next_number(1, Audience.COPIL) == 2
    assert archive.next_number(1, Audience.PREFECTURE) == 1
    assert store.check() == []


def test_each_audience_has_its_edition_of_the_same_seance(store: Store):
    frozen_one(store.archive)
    frozen_one(store.archive, audience=Audience.PREFECTURE)
    store.archive.keep_document("S1-copil-1", "note.pdf", b"PDF", day(4))
    listed = store.archive.editions()
    assert list(listed.columns) == list(EDITIONS)
    assert listed["id"].tolist() == ["S1-copil-1", "S1-prefecture-1"]
    assert listed["documents"].tolist() == [1, 0]
    assert listed["replaces"].tolist() == [None, None]
    assert listed.loc[0, "frozen_at"] == day(3)
    assert listed.loc[0, "sha256"] == digest(content())
    assert store.archive.meeting(1).version == 2  # frozen once


def test_no_edition_gives_an_empty_list_of_the_same_shape(store: Store):
    assert list(store.archive.editions().columns) == list(EDITIONS)
    assert store.archive.editions().empty


def test_a_correction_says_what_it_replaces(store: Store):
    archive = store.archive
    first = frozen_one(archive)
    now = archive.meeting(1)
    over = archive.save_meeting(held(now.meeting), day(4), BY, expected_version=2)
    second = content(edition=2, text="corrigé")

    def freeze(header: Edition) -> None:
        archive.freeze(header, second, over.meeting, expected_version=3)

    with pytest.raises(
        StoreError, match=r"a déjà l'édition S1-copil-1 pour ce public, figée le 04/10/2022 à 10\u00a0h\u00a030 par"
    ) as raised:
        freeze(edition(second, edition=2))
    assert "en disant qu'elle remplace S1-copil-1" in str(raised.value)
    assert (english(str(raised.value)), loose(str(raised.value))) == ([], [])
    for header in (edition(second, edition=2, replaces="S1-copil-9"), edition(second, edition=3, replaces="S1-copil-1")):
        with pytest.raises(StoreError, match=r"est S1-copil-1, figée le"):
            freeze(header)
    with pytest.raises(StoreError, match=r"ne remplace rien"):
        freeze(edition(second, audience=Audience.PUBLIC, edition=2, replaces="S1-copil-1"))
    assert archive.editions()["id"].tolist() == ["S1-copil-1"]

    freeze(edition(second, edition=2, replaces="S1-copil-1"))
    assert archive.editions()["replaces"].tolist() == [None, "S1-copil-1"]
    assert (archive.edition("S1-copil-1"), archive.edition("S1-copil-2")) == (first, second)
    assert archive.meeting(1) == over  # a held séance stays held
    assert over.meeting.state is State.TENUE


def test_an_edition_that_does_not_exist_names_those_that_do(store: Store):
    with pytest.raises(StoreError, match=r"Éditions figées\u00a0: aucune\."):
        store.archive.edition("S1-copil-1")
    frozen_one(store.archive)
    with pytest.raises(StoreError, match=r"L'édition «\u00a0S9-copil-1\u00a0» n'existe pas. Éditions figées\u00a0: S1-copil-1"):
        store.archive.edition_header("S9-copil-1")


def test_an_edition_of_a_seance_saved_meanwhile_or_never_is_refused_and_leaves_nothing(store: Store):
    archive, written = store.archive, content()
    with pytest.raises(StoreError, match=r"La séance n°\u00a01 n'est pas enregistrée telle quelle"):
        archive.freeze(edition(written), written, meeting(), expected_version=0)
    saved(archive)
    with pytest.raises(StoreError, match=r"enregistrez-la, puis figez-la. Rien n'a été figé"):
        archive.freeze(edition(written), written, commented(meeting()), expected_version=1)
    archive.save_meeting(commented(meeting()), day(1), "M. Petit", expected_version=1)
    with pytest.raises(StoreError, match=r"entre-temps par M. Petit"):
        archive.freeze(edition(written), written, meeting(), expected_version=1)
    wrong = (
        (replace(edition(written), sha256="0" * 64), meeting()),
        (edition(written), meeting(2)),
        (replace(edition(written), period="2022-T2"), meeting()),
    )
    for header, shown in wrong:
        with pytest.raises(ValueError, match=r"l'édition S1-copil-1|l'empreinte de l'édition"):
            archive.freeze(header, written, shown, expected_version=2)
    with pytest.raises(ValueError, match=r"fuseau"):
        replace(edition(written), frozen_at=datetime(2022, 1, 1))  # noqa: DTZ001
    assert archive.editions().empty
    assert archive.meeting(1).meeting.state is State.PREPAREE
    assert store.check() == []


@pytest.mark.parametrize("table", ["edition", "meeting_version"])
def test_an_exception_while_freezing_leaves_neither_the_edition_nor_the_state(store: Store, url: str, table: str):
    now, written = saved(store.archive), content()
    broken = Database(url)

    def fail(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.startswith(f"INSERT INTO {table} "):
            raise MemoryError(table)

    event.listen(broken.engine, "after_cursor_execute", fail)
    with pytest.raises(MemoryError, match=table):
        Store(broken).archive.freeze(edition(written), written, now.meeting, expected_version=1)
    broken.engine.dispose()
    assert store.archive.editions().empty
    assert store.archive.meeting(1) == now
    assert store.check() == []
    assert frozen_one(store.archive) == written


def _freeze_for_ever(url: str, first: int, acknowledged: Connection) -> None:
    archive = open_store(url).archive
    for number in range(first, first + 10_000):
        now = archive.save_meeting(replace(meeting(), number=number), day(0), BY, expected_version=0)
        written = content(number, text=random.Random(number).randbytes(400_000).hex())
        archive.freeze(edition(written, number), written, now.meeting, expected_version=1)
        acknowledged.send(number)


def test_a_process_killed_while_it_freezes_leaves_whole_editions_only(tmp_path: Path):
    url, sure, chance = f"sqlite:///{tmp_path}/cite.sqlite", set(), random.Random(20221020)
    open_store(url).close()
    for attempt in range(4):
        ours, theirs = _processes.Pipe(duplex=False)
        process = _processes.Process(target=_freeze_for_ever, args=(url, attempt * 10_000 + 1, theirs))
        process.start()
        theirs.close()
        sure.add(ours.recv())
        time.sleep(chance.uniform(0, 0.3))
        process.kill()
        process.join()
        ours.close()
        store = open_store(url)
        assert store.check() == []
        was_frozen = {item.meeting.number for item in store.archive.meetings() if item.meeting.state is State.FIGEE}
        assert sure <= was_frozen == set(store.archive.editions()["seance"])
        store.close()


def test_an_edition_is_the_same_after_whatever_comes_later(store: Store, url: str):
    written = frozen_one(store.archive)
    store.record(delivery(0), counts=counts(("a", "2022-T3", "x", 1)))
    store.record(delivery(1), counts=counts(("a", "2022-T3", "x", 2)))
    frozen_one(store.archive, 2)
    again = open_store(url)
    assert again.archive.edition("S1-copil-1") == written
    again.close()


def test_a_large_edition_is_kept_in_little_room(tmp_path: Path):
    store = open_store(f"sqlite:///{tmp_path}/cite.sqlite")
    now = saved(store.archive)
    written = content(text="Entrées en CEJ, habitants des QPV ; " * 100_000)
    store.archive.freeze(edition(written), written, now.meeting, expected_version=1)
    assert store.archive.edition("S1-copil-1") == written
    assert (tmp_path / "cite.sqlite").stat().st_size < len(written) / 10
    store.close()


def test_a_document_is_handed_out_again_as_first_issued(store: Store):
    archive = store.archive
    frozen_one(archive)
    assert archive.document("S1-copil-1", "note.pdf") is None
    assert archive.documents("S1-copil-1") == []
    first = b"%PDF \x00\xff"
    assert archive.keep_document("S1-copil-1", "note.pdf", first, day(4)) == first
    assert archive.keep_document("S1-copil-1", "note.pdf", b"autre", day(5)) == first
    assert archive.document("S1-copil-1", "note.pdf") == first
    archive.keep_document("S1-copil-1", "annexe.xlsx", b"PK", day(6))
    found = archive.documents("S1-copil-1")
    assert [(item.name, item.issued_at, item.sha256) for item in found] == [
        ("annexe.xlsx", day(6), digest(b"PK")),
        ("note.pdf", day(4), digest(first)),
    ]
    with pytest.raises(StoreError, match=r"n'existe pas"):
        archive.keep_document("S9-copil-1", "note.pdf", b"", day(4))
    for name in ("", "../note.pdf", "a\nb", "a\\b", "x" * 201):
        with pytest.raises(ValueError, match=r"ne peut être celui d'un fichier"):
            archive.keep_document("S1-copil-1", name, b"", day(4))
    assert len(archive.documents("S1-copil-1")) == 2
    assert store.check() == []


def test_the_database_itself_refuses_an_edition_out_of_order(store: Store, url: str):
    frozen_one(store.archive)
    columns = "id, meeting, audience, period, number, frozen_at, frozen_by, sha256, replaces, software, content"
    values = "'autre', meeting, audience, period, {number}, frozen_at, frozen_by, sha256, {replaces}, software, content"
    engine = create_engine(url)
    for number, replaces in ((1, "CAST(NULL AS TEXT)"), (2, "CAST(NULL AS TEXT)"), (1, "'S1-copil-1'"), (0, "'S1-copil-1'")):
        statement = f"INSERT INTO edition ({columns}) SELECT {values.format(number=number, replaces=replaces)} FROM edition"
        with pytest.raises(IntegrityError), engine.begin() as connection:
            connection.execute(text(statement))
    engine.dispose()
    assert len(store.archive.editions()) == 1
