"""Séances and grids are kept version by version; two people who write at once are told, and nobody loses anything."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings

from connectors.errors import StoreError
from connectors.store import GridChoice, Saved, Store, open_store
from connectors.store.database import Database
from indicators.meeting import Audience, Decision, Progress, State
from indicators.meeting_steps import frozen, held, with_decision, with_progress
from tests.connectors.language import english, loose
from tests.connectors.store.archives import BY, commented, frozen_one, meeting, saved
from tests.connectors.store.samples import counts, day, delivery
from tests.unit.meetings import FIRST, MEETINGS


def test_a_seance_comes_back_as_saved_and_every_version_stays(store: Store):
    archive = store.archive
    assert archive.meetings() == []
    first = saved(archive)
    assert first == Saved(meeting(), 1, day(0), BY)
    second = archive.save_meeting(commented(meeting()), day(1), "M. Petit", expected_version=1)
    assert archive.meeting(1) == second == Saved(commented(meeting()), 2, day(1), "M. Petit")
    other = saved(archive, 2)
    assert archive.meetings() == [second, other]
    assert archive.history(1) == [first, second]
    assert archive.history(9) == []
    with pytest.raises(StoreError, match=r"La séance n°\u00a09 n'existe pas. Séances connues\u00a0: 1, 2\."):
        archive.meeting(9)
    assert store.check() == []


def test_saving_the_same_again_writes_nothing(store: Store):
    first = saved(store.archive)
    before = store.version()
    assert store.archive.save_meeting(meeting(), day(5), "Une autre", expected_version=1) == first
    assert store.version() == before


def test_a_stale_save_is_refused_and_says_who_saved_and_when(store: Store):
    archive = store.archive
    saved(archive)
    at = datetime(2022, 10, 12, 9, 5, tzinfo=ZoneInfo("Europe/Paris"))
    archive.save_meeting(commented(meeting(), "Un"), at, "M. Petit", expected_version=1)
    with pytest.raises(
        StoreError, match=r"entre-temps par M. Petit le 12/10/2022 à 09\u00a0h\u00a005 .version 2, vous partiez de la"
    ) as raised:
        archive.save_meeting(commented(meeting(), "Deux"), day(2), BY, expected_version=1)
    assert "rien n'est perdu" in str(raised.value)
    assert (english(str(raised.value)), loose(str(raised.value))) == ([], [])
    with pytest.raises(StoreError, match=r"La séance n°\u00a01 existe déjà, enregistrée par M. Petit"):
        archive.save_meeting(meeting(), day(2), BY, expected_version=0)
    with pytest.raises(StoreError, match=r"La séance n°\u00a02 n'existe pas"):
        archive.save_meeting(meeting(2), day(2), BY, expected_version=1)
    assert archive.meeting(1).meeting == commented(meeting(), "Un")
    assert archive.meeting(1).saved_at == at.astimezone(UTC)


def test_of_two_people_who_save_at_once_one_is_told(store: Store, url: str):
    saved(store.archive)
    stores, told, ready = [open_store(url) for _ in range(4)], [], threading.Barrier(4)

    def write(opened: Store, text: str) -> None:
        ready.wait()
        try:
            opened.archive.save_meeting(commented(meeting(), text), day(1), text, expected_version=1)
        except StoreError as error:
            told.append(str(error))

    threads = [threading.Thread(target=write, args=(opened, f"Personne {n}")) for n, opened in enumerate(stores)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for opened in stores:
        opened.close()
    winner = store.archive.meeting(1)
    assert winner.version == 2
    assert len(told) == 3
    assert all(winner.saved_by in sentence for sentence in told)


def test_what_a_seance_may_become_is_checked_by_the_store_too(store: Store):
    archive = store.archive
    with pytest.raises(StoreError, match=r"elle s'enregistre d'abord préparée"):
        archive.save_meeting(frozen(meeting()), day(0), BY, expected_version=0)
    saved(archive)
    with pytest.raises(StoreError, match=r"pas encore figée"):
        archive.save_meeting(frozen(meeting()), day(0), BY, expected_version=1)
    with pytest.raises(StoreError, match=r"Il manque le nom de la personne"):
        archive.save_meeting(commented(meeting()), day(0), " ", expected_version=1)
    with pytest.raises(ValueError, match=r"fuseau"):
        archive.save_meeting(commented(meeting()), datetime(2022, 1, 1), BY, expected_version=1)  # noqa: DTZ001
    frozen_one(archive)
    now = archive.meeting(1)
    assert (now.version, now.meeting) == (2, frozen(meeting()))
    with pytest.raises(StoreError, match=r"on n'y change plus les commentaires"):
        archive.save_meeting(replace(now.meeting, comments=commented(meeting()).comments), day(4), BY, expected_version=2)
    decided = archive.save_meeting(with_decision(now.meeting, FIRST), day(4), BY, expected_version=2)
    over = archive.save_meeting(held(decided.meeting), day(5), BY, expected_version=3)
    moved = archive.save_meeting(with_progress(over.meeting, 1, Progress.FAITE), day(90), BY, expected_version=4)
    assert (moved.meeting.state, moved.meeting.decision(1)) == (State.TENUE, replace(FIRST, progress=Progress.FAITE))
    assert isinstance(moved.meeting.decisions[0], Decision)
    assert store.check() == []


def test_the_latest_choice_of_a_grid_is_in_force(store: Store):
    archive = store.archive
    assert archive.grid(Audience.COPIL, 2023) is None
    first = GridChoice(Audience.COPIL, 2023, day(0), BY, '{"N2.2":"ville"}')
    assert archive.save_grid(first) == archive.grid(Audience.COPIL, 2023) == first
    before = store.version()
    assert archive.save_grid(replace(first, chosen_at=day(1))) == first
    assert store.version() == before
    finer = replace(first, content='{"N2.2":"chaque_qpv"}', chosen_at=day(1))
    archive.save_grid(finer)
    assert archive.grid(Audience.COPIL, 2023) == finer
    assert archive.save_grid(first) == archive.grid(Audience.COPIL, 2023) == first
    assert archive.grid(Audience.COPIL, 2022) is archive.grid(Audience.PUBLIC, 2023) is None


def test_the_version_of_the_store_changes_with_all_that_is_kept_and_the_figures_with_deliveries_alone(store: Store, new_url):
    seen, figures = [store.version()], store.figures_version()
    steps: list[Callable[[], object]] = [
        lambda: saved(store.archive),
        lambda: store.archive.save_meeting(commented(meeting()), day(1), BY, expected_version=1),
        lambda: frozen_one(store.archive),
        lambda: frozen_one(store.archive, audience=Audience.PREFECTURE),
        lambda: store.archive.keep_document("S1-copil-1", "note.pdf", b"PDF", day(4)),
        lambda: store.archive.save_grid(GridChoice(Audience.COPIL, 2023, day(4), BY, "{}")),
    ]
    for step in steps:
        step()
        seen.append(store.version())
    assert len(set(seen)) == len(seen)
    assert store.figures_version() == figures
    store.record(delivery(0), counts=counts(("a", "2022-T3", "x", 1)))
    assert store.version() not in seen
    assert store.figures_version() != figures
    other = open_store(new_url())
    other.archive.save_meeting(meeting(), day(8), BY, expected_version=0)
    assert other.version() not in seen
    other.close()


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(wanted=MEETINGS)
def test_any_seance_is_kept_letter_by_letter(store: Store, wanted):
    number = len(store.archive.meetings()) + 1
    new = replace(wanted, number=number, state=State.PREPAREE)
    store.archive.save_meeting(new, day(0), BY, expected_version=0)
    assert store.archive.meeting(number).meeting == new


def test_a_busy_store_is_told_and_nothing_is_saved(store: Store, url: str):
    busy = Database(url)
    with busy.writing(), pytest.raises(StoreError, match=r"occupée.*Rien n'a été enregistré\u202f; ce qui l'était déjà est intact\.$"):
        saved(store.archive)
    busy.engine.dispose()
    assert store.archive.meetings() == []
