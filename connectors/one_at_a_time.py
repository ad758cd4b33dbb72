"""One collection at a time over a data folder: two would read the same dropped file. Freed by the system if the program dies."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from connectors.errors import CiteError

NAME = "collecte.lock"


@contextmanager
def alone(data_dir: Path) -> Iterator[None]:
    """Hold the place of the only collection; ``CiteError`` when another one holds it."""
    data_dir.mkdir(parents=True, exist_ok=True)
    lock = FileLock(data_dir / NAME)
    try:
        lock.acquire(blocking=False)
    except Timeout:
        raise CiteError(
            f"Une autre collecte est en cours dans {data_dir}. Attendez qu'elle finisse, puis relancez. Rien n'a été modifié."
        ) from None
    try:
        yield
    finally:
        lock.release()
