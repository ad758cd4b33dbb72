"""Who did what is written with what was done, and no entry can be changed, removed or moved without being seen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError

from connectors import acting
from connectors.errors import StoreError
from connectors.store import Event, GridChoice, Outcome, Store, open_store
from connectors.store.journal import LABELS
from indicators.meeting import Audience
from tests.connectors.language import english, loose
from tests.connectors.store.archives import BY, frozen_one
from tests.connectors.store.samples import counts, day, delivery, lift_guards

ENTRIES = 8


@pytest.fixture
def told(store: Store, monkeypatch: pytest.MonkeyPatch) -> Store:
    """A store in which two accounts did one thing of each kind."""
    monkeypatch.setattr(acting, "_ASKED", [lambda: "coordination@exemple.fr"])
    store.record(delivery(), counts=counts(("a", "2022-T3", "x", 10)))
    frozen_one(store.archive)
    store.archive.keep_document("S1-copil-1", "note.pdf", b"PDF", day(4))
    monkeypatch.setattr(acting, "_ASKED", [lambda: "autre@exemple.fr"])
    store.archive.save_grid(GridChoice(Audience.COPIL, 2023, day(4), BY, "{}"))
    store.note(Event.HANDED_OUT, "S1-copil-1")
    assert store.journal_faults() == store.check() == []
    return store


def edited(url: str, *statements: str, table: str = "journal") -> None:
    """Run statements behind the store's back, the table's guards lifted."""
    lift_guards(url, table)
    engine = create_engine(url)
    with engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()


def test_each_action_is_noted_with_its_account(told: Store):
    found = [(entry.position, entry.account, entry.event, entry.subject.split(" ")[0]) for entry in told.journal()]
    first, second = "coordination@exemple.fr", "autre@exemple.fr"
    assert found == [
        (1, "", Event.OPENED, ""),
        (2, first, Event.ACCEPTED, "mission_locale"),
        (3, first, Event.MEETING, "1"),
        (4, first, Event.EDITION, "S1-copil-1"),
        (5, first, Event.MEETING, "1"),
        (6, first, Event.DOCUMENT, "S1-copil-1"),
        (7, second, Event.GRID, "copil"),
        (8, second, Event.HANDED_OUT, "S1-copil-1"),
    ]
    assert [entry.position for entry in told.journal(last=2)] == [7, 8]
    assert all(entry.at.tzinfo is not None for entry in told.journal())


def test_what_failed_leaves_no_entry(told: Store):
    with pytest.raises(StoreError, match="version"):
        told.archive.save_meeting(told.archive.meeting(1).meeting, day(9), BY, expected_version=7)
    assert len(told.journal()) == ENTRIES
    assert told.journal_faults() == []


@pytest.mark.parametrize("outcome", [item for item in Outcome if item not in {Outcome.ACCEPTED, Outcome.HELD}])
def test_a_delivery_without_rows_is_noted_too(store: Store, outcome: Outcome):
    store.record(replace(delivery(), outcome=outcome, rows=0))
    assert store.journal()[-1].event == f"delivery.{outcome.value}"


@pytest.mark.parametrize("column", ["account = 'x'", "event = 'grid.chosen'", "object = 'x'", "at = '2020-01-01 00:00:00'"])
@pytest.mark.parametrize("position", [1, 4, ENTRIES])
def test_an_edited_entry_is_named(told: Store, url: str, column: str, position: int):
    edited(url, f"UPDATE journal SET {column} WHERE position = {position}")
    assert told.journal_faults() == [
        f"L'entrée n°\u00a0{position} du journal a été modifiée, déplacée ou abîmée. Restaurez la dernière sauvegarde."
    ]
    assert told.check() == told.journal_faults()


@pytest.mark.parametrize("position", range(1, ENTRIES + 1))
def test_a_removed_entry_is_named(told: Store, url: str, position: int):
    edited(url, f"DELETE FROM journal WHERE position = {position}")
    assert f"L'entrée n°\u00a0{position} du journal a été effacée." in " ".join(told.journal_faults())


def test_a_removed_end_or_a_whole_journal_removed_is_named(told: Store, url: str):
    edited(url, "DELETE FROM journal WHERE position > 5")
    assert "Les entrées n°\u00a06 à 8 du journal ont été effacées." in told.journal_faults()[0]
    edited(url, "DELETE FROM journal")
    assert "Les entrées n°\u00a01 à 8 du journal ont été effacées." in told.journal_faults()[0]


def test_entries_moved_are_named(told: Store, url: str):
    edited(
        url,
        "UPDATE journal SET position = 100 WHERE position = 3",
        "UPDATE journal SET position = 3 WHERE position = 4",
        "UPDATE journal SET position = 4 WHERE position = 100",
    )
    assert any("L'entrée n°\u00a03" in fault for fault in told.journal_faults())


@pytest.mark.parametrize(
    "statement",
    ["DELETE FROM journal_head", "UPDATE journal_head SET digest = 'x'", "UPDATE journal_head SET position = 7"],
)
def test_an_altered_head_is_named(told: Store, url: str, statement: str):
    edited(url, statement, table="journal_head")
    faults = told.journal_faults()
    assert len(faults) == 1
    assert "tête" in faults[0]
    assert (english(faults[0]), loose(faults[0])) == ([], [])


def test_a_journal_written_again_from_the_start_is_known_by_a_head_noted_outside(told: Store, new_url: Callable[[], str]):
    """Someone who writes every digest again leaves a journal that agrees with itself, but not with what was noted elsewhere."""
    position, noted = told.journal()[-2].position, told.journal()[-2].digest[:12]
    assert told.journal_faults((position, noted)) == []
    again = open_store(new_url())
    for entry in told.journal()[1:]:
        again.note(entry.event, entry.subject)
    assert again.journal_faults() == []
    assert "le journal a été réécrit" in again.journal_faults((position, noted))[0]
    again.close()


def test_the_database_itself_refuses_to_change_or_remove(told: Store, url: str):
    engine = create_engine(url)
    changes = ("UPDATE journal SET account = 'x'", "UPDATE journal_head SET position = 1")
    for statement in (*changes, "DELETE FROM journal", "DELETE FROM journal_head"):
        with pytest.raises(DBAPIError, match="append only"), engine.begin() as connection:
            connection.execute(text(statement))
    engine.dispose()
    assert told.check() == []


def test_every_event_has_its_french_words():
    assert set(LABELS) == set(Event)
    assert all((english(text), loose(text)) == ([], []) for text in LABELS.values())
