"""History altered or damaged outside the program is seen, and the delivery named."""

from __future__ import annotations

from pathlib import Path

import pytest

from connectors.errors import StoreError
from connectors.store import Outcome, Store, open_store
from tests.connectors.store.samples import counts, delivery, execute, lift_guards


@pytest.mark.parametrize(
    ("table", "statement"),
    [
        ("count_row", "UPDATE count_row SET value = 7 WHERE category = 'x' AND delivery_id = 2"),
        ("count_row", "DELETE FROM count_row WHERE category = 'x' AND delivery_id = 2"),
        ("delivery", "UPDATE delivery SET report = '[]' WHERE id = 2"),
        ("delivery", "UPDATE delivery SET received_at = extracted_at WHERE id = 2"),
    ],
)
def test_a_delivery_altered_behind_our_back_is_named(store: Store, url: str, table: str, statement: str) -> None:
    for number in range(3):
        store.record(delivery(number), counts=counts(("a", "2022-T3", "x", number), ("a", "2022-T3", "y", 1)))
    assert store.check() == []
    lift_guards(url, table)
    execute(url, statement)
    assert len(store.check()) == 1
    assert "la livraison n°\u00a02 n'est plus telle qu'enregistrée" in store.check()[0]


def test_a_delivery_removed_behind_our_back_is_seen_in_the_next(store: Store, url: str) -> None:
    for number in range(3):
        store.record(delivery(number, outcome=Outcome.REFUSED))
    for table, key in (("seal", "delivery_id"), ("delivery", "id")):
        lift_guards(url, table)
        execute(url, f"DELETE FROM {table} WHERE {key} = 2")
    assert "la livraison n°\u00a03" in store.check()[0]


def test_a_damaged_file_is_seen(tmp_path: Path) -> None:
    path = tmp_path / "cite.sqlite"
    store = open_store(f"sqlite:///{path}")
    store.record(delivery(), counts=counts(*(("a", "2022-T3", f"c{row}", row) for row in range(5_000))))
    store.close()
    content = bytearray(path.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 8_192] = b"\xff" * 8_192
    path.write_bytes(content)

    damaged = open_store(f"sqlite:///{path}")
    assert "endommagée" in damaged.check()[0]
    damaged.close()
    path.write_bytes(b"Ceci n'est pas une base. " * 100)
    with pytest.raises(StoreError, match="endommagée"):
        open_store(f"sqlite:///{path}")
