"""A backup holds the whole store of one instant, is refused when a byte of it is wrong, and gives back the same editions on any engine."""

from __future__ import annotations

import random
import stat
import threading
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from pandas.testing import assert_frame_equal

from connectors import backup
from connectors.errors import CiteError, StoreError
from connectors.settings import Settings, load_settings
from connectors.store import Event, GridChoice, Store, open_store
from indicators.meeting import Audience
from tests.connectors.language import english, loose
from tests.connectors.store.archives import BY, content, edition, frozen_one
from tests.connectors.store.samples import counts, day, delivery, execute, expenses, lift_guards, published

ROOT = Path(__file__).parents[3]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    folder = tmp_path / "cite"
    read = load_settings({"CITE_CONFIG": str(ROOT / "cite.toml"), "CITE_DATA_DIR": str(folder)}, tmp_path)
    received = folder / "recus" / "caf" / "0a.csv"
    received.parent.mkdir(parents=True)
    received.write_text("période;total\n2023-T1;12\n", "utf-8")
    (folder / "contours.json").write_text("{}", "utf-8")
    return read


@pytest.fixture
def full(store: Store) -> Store:
    """Deliveries of every frame, two editions of which one replaces the other, a document, a grid."""
    store.record(delivery(), counts=counts(("a", "2022-T3", "x", 10), ("a", "2022-T3", "y", None)))
    store.record(replace(delivery(1), source="comptabilite"), expenses=expenses((2022, "F1", 12_345), (2022, "F2", -3)))
    store.record(replace(delivery(2), source="insee"), published=published(("taux", 0.1 + 0.2), ("indice", None)))
    frozen_one(store.archive)
    again = content(edition=2, text="corrigé")
    store.archive.freeze(edition(again, edition=2, replaces="S1-copil-1"), again, store.archive.meeting(1).meeting, expected_version=2)
    store.archive.keep_document("S1-copil-1", "note.pdf", bytes(range(256)), day(4))
    store.archive.save_grid(GridChoice(Audience.COPIL, 2023, day(4), BY, "{}"))
    assert store.check() == []
    return store


def same(one: Store, other: Store) -> None:
    """Whether two stores answer alike, to the last byte and the last entry of the journal (a restoration apart)."""
    for read in (Store.counts, Store.expenses, Store.published, Store.deliveries, Store.provenance):
        assert_frame_equal(read(one), read(other))
    assert backup.editions_of(one) == backup.editions_of(other)
    for name in backup.editions_of(one):
        assert one.archive.edition(name) == other.archive.edition(name)
        assert one.archive.documents(name) == other.archive.documents(name)
    assert one.archive.document("S1-copil-1", "note.pdf") == other.archive.document("S1-copil-1", "note.pdf")
    assert one.archive.history(1) == other.archive.history(1)
    written = [entry for entry in other.journal() if entry.event is not Event.RESTORED]
    assert [entry for entry in one.journal() if entry.event is not Event.RESTORED] == written


def test_a_store_comes_back_whole_in_a_new_place(full: Store, settings: Settings, new_url: Callable[[], str], tmp_path: Path):
    path = tmp_path / "ailleurs" / "cite.zip"
    done = backup.back_up(settings, full, path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(path.parent.iterdir()) == [path]
    restored = open_store(new_url())
    elsewhere = settings.model_copy(update={"data_dir": tmp_path / "neuf"})
    assert backup.restore(elsewhere, restored, path, replace=False) == done
    same(full, restored)
    assert restored.check() == []
    assert restored.journal()[-1].event is Event.RESTORED
    assert restored.journal()[-1].subject.startswith("cite.zip ")
    assert (tmp_path / "neuf/recus/caf/0a.csv").read_text("utf-8") == "période;total\n2023-T1;12\n"
    # what is written next gets numbers of its own, and is guarded like the rest
    known = {int(number) for number in restored.deliveries()["id"]}
    assert restored.record(delivery(3), counts=counts(("a", "2022-T4", "x", 4))).id not in known
    restored.archive.save_grid(GridChoice(Audience.COPIL, 2024, day(5), BY, "{}"))
    assert restored.check() == []
    restored.close()


def test_a_backup_of_one_engine_is_restored_on_the_other(full: Store, url: str, settings: Settings, tmp_path: Path):
    """Both ways over the two engines: a laptop's store moves to a server, and back."""
    path = tmp_path / "cite.zip"
    backup.back_up(settings, full, path)
    other = open_store(f"sqlite:///{tmp_path}/autre/cite.sqlite")
    backup.restore(settings, other, path, replace=False)
    back = tmp_path / "retour.zip"
    backup.back_up(settings, other, back)
    full.record(delivery(9), counts=counts(("a", "2022-T3", "x", 99)))
    backup.restore(settings, full, back, replace=True)
    same(other, full)
    for table, column in (("delivery", "source"), ("edition", "software"), ("journal", "account")):
        with pytest.raises(Exception, match="append only"):
            execute(url, f"UPDATE {table} SET {column} = 'x'")
    other.close()


def test_a_store_that_holds_something_is_replaced_only_when_asked(full: Store, settings: Settings, tmp_path: Path):
    path = tmp_path / "cite.zip"
    backup.back_up(settings, full, path)
    later = full.record(delivery(5), counts=counts(("a", "2022-T4", "x", 7)))
    with pytest.raises(CiteError, match="--remplacer") as raised:
        backup.restore(settings, full, path, replace=False)
    assert (english(str(raised.value)), loose(str(raised.value))) == ([], [])
    assert full.last("mission_locale") == later
    with pytest.raises(CiteError, match="existe déjà"):
        backup.back_up(settings, full, path)


@pytest.mark.parametrize("share", [0.01, 0.3, 0.5, 0.7, 0.97])
def test_a_backup_with_a_byte_changed_is_refused_and_changes_nothing(full: Store, settings: Settings, tmp_path: Path, share: float):
    path, chance = tmp_path / "cite.zip", random.Random(round(share * 100))
    backup.back_up(settings, full, path)
    whole = path.read_bytes()
    before = full.version(), full.journal()
    for place in chance.sample(range(int(len(whole) * share)), 8):
        damaged = bytearray(whole)
        damaged[place] ^= 1 << chance.randrange(8)
        path.write_bytes(bytes(damaged))
        refused = ""
        try:
            with backup.opened(path) as (saved, found, _):
                assert found.editions == backup.editions_of(full)  # a byte that says nothing: a date of the archive, a flag
                same(full, saved)
        except CiteError as error:
            refused = str(error)
        assert not refused or "n'a pas changé" in refused
        assert (english(refused), loose(refused)) == ([], [])
    path.write_bytes(whole[: int(len(whole) * share)])
    with pytest.raises(CiteError, match="n'est pas une sauvegarde entière"):
        backup.restore(settings, full, path, replace=True)
    assert (full.version(), full.journal()) == before


def test_a_backup_whose_rows_were_altered_is_refused(full: Store, settings: Settings, tmp_path: Path):
    """Someone who unpacks it, changes a figure and writes the digests of the files again."""
    path, folder = tmp_path / "cite.zip", tmp_path / "ouvert"
    backup.back_up(settings, full, path)
    with zipfile.ZipFile(path) as archive:
        archive.extractall(folder)
    url = f"sqlite:///{folder}/base.sqlite"
    lift_guards(url, "count_row")
    execute(url, "UPDATE count_row SET value = 11 WHERE value = 10")
    told = (folder / backup.MANIFEST).read_text("utf-8")
    with zipfile.ZipFile(path) as archive:
        before = backup._digest(archive.extract("base.sqlite", tmp_path / "avant") and tmp_path / "avant/base.sqlite")
    path.unlink()
    with zipfile.ZipFile(path, "w") as archive:
        for file in folder.rglob("*"):
            name = file.relative_to(folder).as_posix()
            if file.is_file() and name != backup.MANIFEST and not name.endswith(("-wal", "-shm")):
                archive.write(file, name)
        archive.writestr(backup.MANIFEST, told.replace(before, backup._digest(folder / "base.sqlite")))
    with pytest.raises(CiteError, match=r"abîmée, elle n'est pas restaurée.*livraison n°"):
        backup.restore(settings, full, path, replace=True)


def test_copies_taken_during_writes_each_hold_one_whole_state(full: Store, settings: Settings, tmp_path: Path):
    """A writer never stops; each copy passes every check, and its editions are those frozen so far."""
    over, failures = threading.Event(), []

    def write() -> None:
        number = 10
        try:
            while not over.is_set():
                full.record(delivery(number), counts=counts(*(("a", "2022-T3", f"z{i}", number + i) for i in range(20))))
                number += 1
                if number % 5 == 0:
                    full.note(Event.HANDED_OUT, str(number))
        except Exception as error:  # noqa: BLE001 - told by the test, below
            failures.append(error)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(6):
            path = tmp_path / f"{number}.zip"
            backup.back_up(settings, full, path)
            with backup.opened(path) as (saved, found, _):
                assert found.editions == backup.editions_of(full)
                assert saved.check() == []
                figures = saved.counts()
                assert figures["value"].dropna().nunique() <= 20
                assert len(saved.journal()) == len(saved.deliveries()) + sum(
                    not entry.event.startswith("delivery.") for entry in saved.journal()
                )
    finally:
        over.set()
        writer.join()
    assert failures == []


def test_a_full_disk_leaves_nothing_of_the_backup(full: Store, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def full_disk(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(zipfile.ZipFile, "writestr", full_disk)
    path = tmp_path / "plein" / "cite.zip"
    with pytest.raises(CiteError, match="libérez de la place"):
        backup.back_up(settings, full, path)
    assert list(path.parent.iterdir()) == []


def test_a_damaged_sqlite_store_is_set_aside_whole_then_restored(settings: Settings, tmp_path: Path):
    url = f"sqlite:///{tmp_path}/base/cite.sqlite"
    place = settings.model_copy(update={"store_url": url})
    assert backup.make_room(place) is None
    first = open_store(url)
    frozen_one(first.archive)
    path = tmp_path / "cite.zip"
    backup.back_up(place, first, path)
    first.close()
    kept = backup.make_room(place)
    assert kept is not None
    assert kept.suffix == ".zip"
    base = tmp_path / "base" / "cite.sqlite"
    damaged = base.read_bytes()[:2048] + b"\0" * 6000
    base.write_bytes(damaged)
    aside = backup.make_room(place)
    assert aside is not None
    assert aside.read_bytes() == damaged
    again = open_store(url)
    backup.restore(place, again, path, replace=True)
    assert again.archive.edition("S1-copil-1") == content()
    again.close()


@pytest.mark.postgresql
def test_a_damaged_server_is_not_set_aside(settings: Settings):
    nowhere = settings.model_copy(update={"store_url": "postgresql+psycopg://personne@127.0.0.1:9/rien"})
    with pytest.raises(StoreError, match="ne peut être ouverte"):
        backup.make_room(nowhere)
