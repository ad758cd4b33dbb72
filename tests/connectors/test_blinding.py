"""Digests given to others than the coordination: the same for the same content, under a key made once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path

from connectors.blinding import KEY_FILE, blinded

PLAIN = sha256(b"entrees_cej;QP1;3").hexdigest()


def test_equal_contents_have_equal_digests_that_are_not_theirs(tmp_path: Path) -> None:
    first, again, other = blinded([PLAIN, PLAIN, sha256(b"4").hexdigest()], tmp_path)
    assert first == again == blinded([PLAIN], tmp_path)[0]
    assert len({first, other, PLAIN}) == 3


def test_another_cite_has_another_key(tmp_path: Path) -> None:
    assert blinded([PLAIN], tmp_path / "a") != blinded([PLAIN], tmp_path / "b")


def test_the_key_is_made_once_even_by_several_at_the_same_time_and_read_by_its_owner_alone(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        found = set(pool.map(lambda _: blinded([PLAIN], tmp_path)[0], range(32)))
    assert len(found) == 1
    assert [path.name for path in tmp_path.iterdir()] == [KEY_FILE]
    assert (tmp_path / KEY_FILE).stat().st_mode & 0o077 == 0
