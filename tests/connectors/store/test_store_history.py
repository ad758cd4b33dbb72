"""Deliveries add up to a history that is never rewritten, and any past instant can be read again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal
from pandera.errors import SchemaErrors
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError

from connectors.store import Outcome, Store, open_store
from indicators.schemas import COUNTS, COUNTS_KEY, EXPENSES, PUBLISHED
from tests.connectors.store.samples import counts, counts_of, day, delivery, expenses, published


def test_an_empty_store_gives_empty_frames_that_respect_their_contracts(store: Store) -> None:
    for frame, contract in ((store.counts(), COUNTS), (store.expenses(), EXPENSES), (store.published(), PUBLISHED)):
        assert frame.empty
        contract.validate(frame)
    assert store.deliveries().empty
    assert store.provenance().empty
    assert store.last("mission_locale") is None
    assert store.check() == []


def test_what_is_recorded_is_read_back_as_it_was(store: Store) -> None:
    frame = counts(("entrees_cej", "2022-T3", "femme", 7), ("entrees_cej", "2022-T3", "homme", None))
    kept = store.record(replace(delivery(), report=("L'été, « 3 % » d'écart à Œuilly.", "Rien d'autre.")), counts=frame)

    assert kept.id is not None
    assert store.last("mission_locale") == kept
    assert_frame_equal(store.counts(), frame)
    COUNTS.validate(store.counts())
    assert store.deliveries().loc[0, "report"] == list(kept.report)
    row = store.provenance().iloc[0]
    assert (row["delivery_id"], row["received_at"], row["rows"], row["sha256"]) == (kept.id, kept.received_at, 2, kept.sha256)


def test_a_delivery_replaces_only_the_measures_and_periods_it_brings(store: Store) -> None:
    store.record(
        delivery(0), counts=counts(("a", "2022-T3", "x", 1), ("a", "2022-T3", "y", 2), ("a", "2022-T4", "x", 3), ("b", "2022-T3", "x", 4))
    )
    store.record(delivery(1), counts=counts(("a", "2022-T3", "x", 10)))
    store.record(delivery(1, "plie"), counts=counts(("a", "2022-T3", "x", 99), source="plie"))

    now = store.counts()
    of_ml = now[now["source"] == "mission_locale"]
    assert list(zip(of_ml["measure"], of_ml["period"], of_ml["value"], strict=True)) == [
        ("a", "2022-T3", 10),  # category y is gone with the older block
        ("a", "2022-T4", 3),
        ("b", "2022-T3", 4),
    ]
    assert store.counts(day(0))["value"].tolist() == [1, 2, 3, 4]
    assert store.counts(day(-1)).empty


def test_a_period_arrives_when_it_is_first_brought_whatever_revises_it_later(store: Store) -> None:
    store.record(delivery(0, outcome=Outcome.REFUSED))
    store.record(delivery(2), counts=counts(("a", "2022-T3", "x", 1)))
    store.record(delivery(4), counts=counts(("a", "2022-T3", "x", 2), ("a", "2022-T4", "x", 3)))
    found = store.arrivals()
    assert list(zip(found["source"], found["period"], found["received_at"], strict=True)) == [
        ("mission_locale", "2022-T3", day(2)),
        ("mission_locale", "2022-T4", day(4)),
    ]
    assert store.arrivals(day(3))["period"].tolist() == ["2022-T3"]


@pytest.mark.parametrize("outcome", [Outcome.REFUSED, Outcome.FAILED, Outcome.UNCHANGED])
def test_only_an_accepted_delivery_brings_rows(store: Store, outcome: Outcome) -> None:
    first = store.record(delivery(0), counts=counts(("a", "2022-T3", "x", 1)))
    later = store.record(delivery(1, outcome=outcome), counts=counts(("a", "2022-T3", "x", 2)))

    assert store.counts()["value"].tolist() == [1]
    assert store.last("mission_locale") == later
    assert store.last("mission_locale", outcome) == later
    assert store.last("mission_locale", Outcome.ACCEPTED) == first
    assert store.last("mission_locale", Outcome.ACCEPTED, outcome) == later
    assert store.deliveries()["outcome"].tolist() == ["accepted", outcome.value]


def test_the_version_changes_with_every_delivery_and_with_the_store(store: Store, new_url: Callable[[], str]) -> None:
    versions = [store.version()]
    for number, outcome in enumerate(Outcome):
        store.record(delivery(number, outcome=outcome), counts=counts(("a", "2022-T3", "x", 1)))
        versions.append(store.version())
    assert len(set(versions)) == len(versions)

    other = open_store(new_url())
    other.record(delivery(50), counts=counts(("a", "2022-T3", "x", 2)))
    assert other.version() not in versions
    other.close()


def test_a_content_is_known_while_it_provides_figures_and_a_return_to_an_older_one_is_a_revision(store: Store) -> None:
    first = store.record(delivery(0, content="A"), counts=counts(("a", "2022-T3", "x", 1)))
    other_file = store.record(delivery(1, content="B"), counts=counts(("a", "2022-T4", "x", 1)))
    assert store.known_digest("mission_locale", "A") == first
    assert store.known_digest("mission_locale", "B") == other_file
    assert store.known_digest("plie", "A") is None

    store.record(delivery(2, content="C"), counts=counts(("a", "2022-T3", "x", 2)))
    store.record(delivery(3, content="R", outcome=Outcome.REFUSED))
    assert store.known_digest("mission_locale", "A") is None
    assert store.known_digest("mission_locale", "R") is None
    again = store.record(delivery(4, content="A"), counts=counts(("a", "2022-T3", "x", 1)))
    assert store.known_digest("mission_locale", "A") == again
    assert store.counts()["value"].tolist() == [1, 1]


def test_the_ledger_of_the_next_accounting_year_keeps_the_months_of_the_former(store: Store) -> None:
    """An exercise from April to March: the ledger of each calendar year brings its own months of it."""
    first = expenses((2023, "AC-1", 900))
    second = first.assign(reference="AC-2", date=pd.Timestamp(2024, 2, 10), committed=300, paid=300).astype({"date": "datetime64[us]"})
    store.record(delivery(0, "comptabilite"), expenses=first)
    store.record(delivery(1, "comptabilite"), expenses=second)
    assert store.expenses()["committed"].tolist() == [900, 300]


def test_a_content_partly_revised_since_is_not_a_repetition(store: Store) -> None:
    """Two quarters, then a wrong revision of one: sending the first file again must restore it."""
    both = counts(("a", "2022-T3", "x", 1), ("a", "2022-T4", "x", 10))
    store.record(delivery(0, content="A"), counts=both)
    store.record(delivery(1, content="B"), counts=counts(("a", "2022-T4", "x", 99)))
    assert store.known_digest("mission_locale", "A") is None
    store.record(delivery(2, content="A"), counts=both)
    assert store.counts()["value"].tolist() == [1, 10]


def test_expenses_are_exact_to_the_cent_and_replaced_by_exercise(store: Store) -> None:
    first = expenses((2022, "AC-1", 10**15), (2022, "AC-2", -1), (2023, "AC-1b", 29))
    store.record(delivery(0, "comptabilite"), expenses=first)
    assert_frame_equal(store.expenses(), first)
    EXPENSES.validate(store.expenses())

    store.record(delivery(1, "comptabilite"), expenses=expenses((2022, "AC-1", 110)))
    assert store.expenses()["committed"].tolist() == [110, 29]
    assert_frame_equal(store.expenses(day(0)), first)


def test_published_figures_are_replaced_whole(store: Store) -> None:
    first = published(("taux_pauvrete", 31.4), ("part_bas_revenus", None))
    store.record(delivery(0, "insee"), published=first)
    assert_frame_equal(store.published(), first.sort_values("measure", ignore_index=True))
    PUBLISHED.validate(store.published())
    store.record(delivery(1, "insee"), published=published(("taux_pauvrete", 30.0)))
    assert store.published()["value"].tolist() == [30.0]


def test_instants_keep_their_meaning_whatever_their_zone(store: Store) -> None:
    paris = datetime(2022, 10, 30, 2, 30, 0, 123456, tzinfo=ZoneInfo("Europe/Paris"), fold=1)
    kept = store.record(replace(delivery(), received_at=paris, extracted_at=paris), counts=counts(("a", "2022-T3", "x", 1)))
    found = store.last("mission_locale")
    assert found is not None
    assert found.received_at.timestamp() == kept.received_at.timestamp()
    assert found.received_at.isoformat() == "2022-10-30T01:30:00.123456+00:00"
    assert store.counts(paris)["value"].tolist() == [1]
    assert str(store.deliveries()["extracted_at"].dt.tz) == "UTC"
    with pytest.raises(ValueError, match="fuseau"):
        replace(kept, received_at=datetime(2022, 10, 1))  # noqa: DTZ001
    with pytest.raises(ValueError, match="fuseau"):
        store.counts(datetime(2022, 10, 1))  # noqa: DTZ001


def test_a_delivery_that_breaks_its_contract_leaves_nothing(store: Store) -> None:
    good = counts(("a", "2022-T3", "x", 1))
    wrong = [
        (good.assign(nom="Durand"), SchemaErrors),
        (good.assign(status="secret"), SchemaErrors),
        (pd.concat([good, good]), SchemaErrors),
        (good.assign(source="plie"), ValueError),
        (good.iloc[:0], ValueError),
        (None, ValueError),
    ]
    for frame, error in wrong:
        with pytest.raises(error):
            store.record(delivery(), counts=frame)
    assert store.deliveries().empty


@pytest.mark.parametrize("table", ["delivery", "block", "count_row", "expense_row", "published_row", "seal"])
def test_the_database_itself_refuses_to_change_or_remove_history(store: Store, url: str, table: str) -> None:
    store.record(
        delivery(0, "insee"),
        counts=counts(("a", "2022-T3", "x", 1), source="insee"),
        expenses=expenses((2022, "A", 1)),
        published=published(("p", 1.0)),
    )
    engine = create_engine(url)
    column = "id" if table == "delivery" else "delivery_id"
    for statement in (f"UPDATE {table} SET {column} = 1", f"DELETE FROM {table}"):
        with pytest.raises(DBAPIError, match="append only"), engine.begin() as connection:
            connection.execute(text(statement))
    engine.dispose()
    assert len(store.counts()) == len(store.expenses()) == len(store.published()) == len(store.deliveries()) == 1


_ROWS = st.dictionaries(
    st.tuples(st.sampled_from("ab"), st.sampled_from(["2022-T3", "2022-T4", "2022"]), st.sampled_from(["femme", "homme", "été"])),
    st.none() | st.integers(0, 2**53),
    min_size=1,
    max_size=6,
)
_HISTORIES = st.lists(
    st.tuples(st.sampled_from(["ml", "plie"]), st.integers(0, 5), st.sampled_from([Outcome.ACCEPTED, Outcome.ACCEPTED, *Outcome]), _ROWS),
    max_size=8,
)
_History = list[tuple[str, int, Outcome, dict[tuple[str, str, str], int | None]]]


def _replayed(history: _History, until: int) -> pd.DataFrame:
    """The slow way: take deliveries one by one, each wiping what it brings again."""
    rows: dict[tuple[str, str, str, str], int | None] = {}
    for source, received, outcome, brought in sorted(history, key=lambda item: item[1]):
        if outcome is not Outcome.ACCEPTED or received > until:
            continue
        blocks = {(source, measure, period) for measure, period, _ in brought}
        rows = {key: value for key, value in rows.items() if key[:3] not in blocks}
        rows |= {(source, *key): value for key, value in brought.items()}
    return counts_of([(*key, value) for key, value in rows.items()]).sort_values(COUNTS_KEY, ignore_index=True)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(history=_HISTORIES)
def test_figures_as_known_on_any_day_equal_a_slow_replay(new_url: Callable[[], str], history: _History) -> None:
    store = open_store(new_url())
    try:
        for number, (source, received, outcome, brought) in enumerate(history):
            frame = counts_of([(source, *key, value) for key, value in brought.items()])
            store.record(replace(delivery(received, source, outcome), sha256=str(number)), counts=frame)
        for until in range(-1, 6):
            known = store.counts(day(until)).sort_values(COUNTS_KEY, ignore_index=True)
            assert_frame_equal(known, _replayed(history, until))
            assert store.provenance(day(until))["rows"].sum() == len(known)
        assert_frame_equal(store.counts(), store.counts(day(5)))
        assert store.check() == []
    finally:
        store.close()
