"""Digests of deliveries as a reader other than the coordination is given them: under a key that stays with the Cité's data.

A plain digest lets who knows all the counts of a delivery but one try each value of that one until the digest agrees.
"""

from __future__ import annotations

import hmac
import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from secrets import token_hex
from tempfile import mkstemp

KEY_FILE = "cle-empreintes"


def blinded(digests: Iterable[str], folder: Path) -> list[str]:
    """Each digest under the key of the Cité: equal for equal contents, of no use to find a content.

    The key is made in ``folder``, the Cité's data, at the first need. Without it, what was given stays readable but cannot be checked.
    """
    key = _key(folder)
    return [hmac.new(key, digest.encode(), "sha256").hexdigest() for digest in digests]


def _key(folder: Path) -> bytes:
    path = folder / KEY_FILE
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        handle, made = mkstemp(dir=folder)
        with os.fdopen(handle, "w", encoding="ascii") as written:
            written.write(token_hex(32))
        with suppress(FileExistsError):
            os.link(made, path)  # never over a key that another process made meanwhile
        Path(made).unlink()
    return path.read_bytes()
