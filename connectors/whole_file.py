"""Writing a small file whole or not at all: who reads meanwhile sees the old one or the new one."""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import mkstemp


def write_whole(path: Path, content: bytes) -> None:
    """Write ``content`` in place of what the file held; its folder is made where it is missing.

    Raises:
        OSError: the folder cannot be written; the file is as it was.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, made = mkstemp(dir=path.parent)
    with os.fdopen(handle, "wb") as written:
        written.write(content)
    Path(made).replace(path)
