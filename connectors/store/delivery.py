"""A delivery: what a partner sent, when, and what became of it. Its rows are in ``tables``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Outcome(StrEnum):
    """What became of a delivery; only an accepted one changes the figures."""

    ACCEPTED = "accepted"
    UNCHANGED = "unchanged"
    """The content already in use was delivered again."""
    REFUSED = "refused"
    """It breaks its contract."""
    FAILED = "failed"
    """The partner did not answer."""
    HELD = "held"
    """It is valid but hard to believe: its rows are kept apart until the coordinator accepts or refuses it."""


def require_aware(moment: datetime) -> None:
    """Refuse an instant without zone, which two machines would read differently."""
    if moment.tzinfo is None:
        raise ValueError(f"l'instant {moment.isoformat()} n'a pas de fuseau horaire")


@dataclass(frozen=True)
class Delivery:
    """One delivery: ``extracted_at`` is when the partner's figures were true, ``received_at`` when they reached us; both with a zone."""

    source: str
    received_at: datetime
    extracted_at: datetime
    sha256: str
    rows: int
    outcome: Outcome
    report: tuple[str, ...]
    """French sentences: what was read, accepted or refused, and why."""
    origin: str = ""
    """Name of the file, or « base »."""
    id: int | None = None
    """Given by the store."""

    def __post_init__(self) -> None:
        require_aware(self.received_at)
        require_aware(self.extracted_at)
