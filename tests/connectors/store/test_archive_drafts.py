"""What is typed and not saved is kept for each visit, and goes when it is saved; figures and séances do not notice."""

from __future__ import annotations

import pytest

from connectors.store import Draft, Store, open_store
from tests.connectors.store.archives import saved
from tests.connectors.store.samples import day


def typed(text: str, writer: str = "a", form: str = "meteo", meeting: int = 1, on: int = 1) -> Draft:
    return Draft(meeting, form, writer, 3, day(on), text)


def test_a_draft_replaces_that_of_the_same_visit_and_form_alone(store: Store, url: str):
    kept = [typed("un"), typed("deux", "b", on=2), typed("trois", form="point", on=3), typed("quatre", meeting=2)]
    for item in kept:
        store.archive.keep_draft(item)
    store.archive.keep_draft(typed("été\nune suite", on=4))
    again = open_store(url)
    assert again.archive.drafts(1) == [typed("été\nune suite", on=4), kept[2], kept[1]]
    assert again.archive.drafts(2) == [kept[3]]
    again.close()


def test_only_the_drafts_named_are_forgotten(store: Store):
    for writer in "abc":
        store.archive.keep_draft(typed(writer, writer))
    store.archive.keep_draft(typed("autre", form="point"))
    store.archive.forget_drafts(1, "meteo", ["a", "c", "jamais vu"])
    assert sorted(item.content for item in store.archive.drafts(1)) == ["autre", "b"]
    assert store.archive.drafts(3) == []


def test_a_draft_changes_neither_the_version_of_what_is_kept_nor_its_seals(store: Store):
    before = saved(store.archive)
    version = store.version()
    store.archive.keep_draft(typed("un"))
    assert (store.version(), store.archive.meeting(1), store.check()) == (version, before, [])


def test_a_draft_without_its_time_zone_is_refused(store: Store):
    with pytest.raises(ValueError, match="fuseau horaire"):
        store.archive.keep_draft(Draft(1, "meteo", "a", 1, day(1).replace(tzinfo=None), "un"))
    assert store.archive.drafts(1) == []
