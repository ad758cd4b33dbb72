"""What reading a source gives, whatever its kind: frames ready for the store, the digest of what was read, and remarks."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

import pandas as pd


@dataclass(frozen=True)
class Extract:
    """One valid delivery, not yet stored. Exactly one of the three frames is given.

    Attributes:
        sha256: of the figures read, independent of the machine.
        origin: what was read: the name a file is kept under, or « base ».
        warnings: French sentences for the partner.
        empty: the base answered without a row: every count is zero, if it is to be believed.
    """

    sha256: str
    origin: str
    counts: pd.DataFrame | None = None
    expenses: pd.DataFrame | None = None
    published: pd.DataFrame | None = None
    warnings: tuple[str, ...] = ()
    empty: bool = False

    @property
    def rows(self) -> int:
        """Number of rows to store."""
        return next(len(frame) for frame in (self.counts, self.expenses, self.published) if frame is not None)


def digest(frame: pd.DataFrame) -> str:
    """SHA-256 of a frame's content, independent of the machine: its CSV in UTF-8 with line feeds."""
    return sha256(frame.to_csv(index=False, lineterminator="\n").encode()).hexdigest()
