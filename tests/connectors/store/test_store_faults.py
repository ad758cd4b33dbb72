"""A crash, a full disk, a second writer, a newer store: nothing partial, and a sentence a person can act on."""

from __future__ import annotations

import multiprocessing
import random
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from multiprocessing.connection import Connection
from pathlib import Path

import pytest
from sqlalchemy import event
from sqlalchemy.exc import IntegrityError

from connectors.errors import StoreError
from connectors.store import Outcome, Store, open_store
from connectors.store.database import PATIENCE_SECONDS, Database
from tests.connectors.store.samples import counts, day, delivery, execute

_processes = multiprocessing.get_context("forkserver")
_processes.set_forkserver_preload(["connectors.store", "pandera.pandas"])
_ROWS = 2_000


def _limited(url: str, pragma: str) -> Store:
    """A store on SQLite whose next connections live under a limit."""
    database = Database(url)
    event.listen(database.engine, "connect", lambda connection, _record: connection.execute(f"PRAGMA {pragma}").close())
    return Store(database)


def _record_for_ever(url: str, first: int, acknowledged: Connection) -> None:
    store = open_store(url)
    for number in range(first, first + 10_000):
        rows = [(f"m{number}", "2022-T3", f"c{row}", row) for row in range(_ROWS)]
        acknowledged.send(store.record(delivery(number), counts=counts(*rows)).id)


def test_a_process_killed_while_it_records_leaves_whole_deliveries_only(tmp_path: Path) -> None:
    url, sure, chance = f"sqlite:///{tmp_path}/cite.sqlite", set(), random.Random(20221001)
    open_store(url).close()
    for attempt in range(6):
        ours, theirs = _processes.Pipe(duplex=False)
        process = _processes.Process(target=_record_for_ever, args=(url, attempt * 10_000, theirs))
        process.start()
        theirs.close()
        sure.add(ours.recv())
        time.sleep(chance.uniform(0, 0.3))
        process.kill()
        process.join()
        while ours.poll():
            try:
                sure.add(ours.recv())
            except EOFError:
                break
        ours.close()
        store = open_store(url)
        kept = store.provenance()
        assert store.check() == []
        assert set(kept["rows"]) == {_ROWS}
        assert sure <= set(kept["delivery_id"])
        assert len(store.counts()) == _ROWS * len(store.deliveries()) == _ROWS * len(kept)
        store.close()


def test_two_writers_take_turns(url: str) -> None:
    stores = [open_store(url), open_store(url)]

    def record(store: Store, source: str) -> None:
        for number in range(5):
            store.record(delivery(number, source), counts=counts(("a", "2022-T3", "x", number), source=source))

    threads = [threading.Thread(target=record, args=(store, f"source_{index}")) for index, store in enumerate(stores)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(stores[0].deliveries()) == 10
    assert stores[0].counts()["value"].tolist() == [4, 4]
    for store in stores:
        store.close()


def test_a_writer_that_waits_too_long_is_told_and_readers_go_on(store: Store, url: str) -> None:
    store.record(delivery(0), counts=counts(("a", "2022-T3", "x", 1)))
    busy = Database(url)
    with busy.writing():
        start = time.monotonic()
        with pytest.raises(StoreError, match=r"occupée.*Rien n'a été chargé\u202f; les chiffres affichés restent ceux du 01/10/2022\."):
            store.record(delivery(1), counts=counts(("a", "2022-T3", "x", 2)))
        assert PATIENCE_SECONDS - 1 < time.monotonic() - start < PATIENCE_SECONDS + 5
        assert store.counts()["value"].tolist() == [1]
    busy.engine.dispose()
    store.record(delivery(1), counts=counts(("a", "2022-T3", "x", 2)))
    assert store.counts()["value"].tolist() == [2]


def test_a_full_disk_loads_nothing_and_says_so(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/cite.sqlite"
    opened = open_store(url)
    opened.record(delivery(0), counts=counts(("a", "2022-T3", "x", 1)))
    small = _limited(url, "max_page_count = 60")
    with pytest.raises(StoreError, match=r"Plus de place.*restent ceux du 01/10/2022"):
        small.record(delivery(1), counts=counts(*(("a", "2022-T3", f"c{row}", row) for row in range(20_000))))
    assert opened.counts()["value"].tolist() == [1]
    assert len(opened.deliveries()) == 1
    small.close()
    opened.close()


def test_a_read_only_store_is_read_and_refuses_to_load(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/cite.sqlite"
    open_store(url).close()
    store = _limited(url, "query_only = ON")
    with pytest.raises(StoreError, match=r"lecture seule.*Rien n'a été chargé\.$"):
        store.record(delivery(outcome=Outcome.FAILED))
    assert store.deliveries().empty
    store.close()


def test_opening_twice_migrates_once_and_keeps_everything(store: Store, url: str) -> None:
    store.record(delivery(), counts=counts(("a", "2022-T3", "x", 1)))
    again = open_store(url)
    assert again.counts()["value"].tolist() == [1]
    assert again.version() == store.version()
    again.close()


def test_several_processes_can_open_a_new_store_at_once(url: str) -> None:
    processes = [_processes.Process(target=open_store, args=(url,)) for _ in range(4)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0] * 4
    store = open_store(url)
    assert store.check() == []
    store.close()


def test_a_relative_address_works_from_any_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    open_store("sqlite:///data/cite.sqlite").close()
    assert (tmp_path / "data" / "cite.sqlite").is_file()


def test_a_store_written_by_a_newer_version_is_refused(store: Store, url: str) -> None:
    execute(url, "UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StoreError, match=r"version plus récente de l'outil \(étape 9999\)"):
        open_store(url)
    assert "plus récente" in store.check()[0]


def test_a_step_that_is_missing_is_reported(store: Store, url: str) -> None:
    execute(url, "DELETE FROM alembic_version")
    assert len(store.check()) == 1
    assert "n'est pas à jour" in store.check()[0]


def test_money_with_fractions_of_a_cent_is_refused_by_the_database_itself(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/cite.sqlite"
    store = open_store(url)
    store.record(replace(delivery(), received_at=day(0)), counts=counts(("a", "2022-T3", "x", 1)))
    values = "1, 2022, 'AC-1', '2022-03-31', NULL, 'poste', '1', '641', {cents}, 0"
    with pytest.raises(IntegrityError, match="committed_cents"):
        execute(url, f"INSERT INTO expense_row VALUES ({values.format(cents=10.5)})")
    execute(url, f"INSERT INTO expense_row VALUES ({values.format(cents=1050)})")
    store.close()


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("postgresql+psycopg://cite:s3cret@127.0.0.1:1/cite?password=s3cret", r"La base cite \(serveur 127.0.0.1\) ne peut être ouverte"),
        ("mysql://cite:s3cret@127.0.0.1/cite", "n'est pas prise en charge"),
        ("s3cret", "n'est pas lisible"),
        ("sqlite:////proc/cite/s.sqlite", "ne peut être ouverte"),
    ],
)
def test_an_address_that_does_not_work_says_so_and_keeps_the_password_secret(url: str, sentence: str) -> None:
    with pytest.raises(StoreError, match=sentence) as raised:
        open_store(url)
    assert "s3cret" not in str(raised.value)
    assert "CITE_STORE_URL" in str(raised.value)


@pytest.mark.postgresql
def test_a_wrong_password_or_database_is_told_apart(postgres_url: Callable[[str], str]) -> None:
    url = postgres_url("store")
    account = url.split("//")[1].split("@")[0]
    with pytest.raises(StoreError, match="refuse la connexion"):
        open_store(url.replace(account, "postgres:s3cret"))
    with pytest.raises(StoreError, match="ne peut être ouverte"):
        open_store(url + "_absent")
