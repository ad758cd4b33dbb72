"""What later deliveries replaced is still told: which blocks, and what the first delivery of each said."""

from __future__ import annotations

from connectors.store import Store
from indicators.schemas import COUNTS
from tests.connectors.store.samples import counts, day, delivery


def test_nothing_is_replaced_in_a_store_that_received_once(store: Store) -> None:
    store.record(delivery(0), counts=counts(("a", "2022-T3", "x", 1)))
    assert store.superseded().empty
    assert store.first_counts().empty
    COUNTS.validate(store.first_counts())


def test_the_first_word_of_what_was_delivered_again_is_kept_apart(store: Store) -> None:
    store.record(delivery(0), counts=counts(("a", "2022-T3", "x", 1), ("b", "2022-T3", "x", 4)))
    store.record(delivery(1), counts=counts(("a", "2022-T3", "x", 10)))
    store.record(delivery(2), counts=counts(("a", "2022-T3", "x", 11)))

    told = store.superseded()
    assert list(zip(told["measure"], told["period"], told["delivery_id"], strict=True)) == [("a", "2022-T3", 1), ("a", "2022-T3", 2)]
    first = store.first_counts()
    assert list(zip(first["measure"], first["value"], strict=True)) == [("a", 1)]
    assert store.superseded(day(0)).empty
    assert store.superseded(day(1))["delivery_id"].tolist() == [1]
