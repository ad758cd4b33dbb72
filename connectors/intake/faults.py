"""The faults of one delivery, gathered so that the partner reads them all at once. What is a fault is ``build``'s business."""

from __future__ import annotations

from connectors.errors import DeliveryRefusedError
from connectors.intake.raw import Raw

MAX_FAULTS = 50


class Faults:
    """Gathers faults with the place of their row, in the order of the rows."""

    def __init__(self, raw: Raw) -> None:
        self.raw = raw
        self.found: list[tuple[int, str]] = []
        self.order = {label: position for position, label in enumerate(raw.cells.index)}

    def add(self, label: object, sentence: str) -> None:
        """A fault of the row ``label``."""
        self.found.append((self.order[label], f"{self.raw.where.format(line=label)} : {sentence}"))

    def raise_if_any(self, others: list[str] | None = None) -> None:
        """``DeliveryRefusedError`` with ``others``, then what was gathered; at most ``MAX_FAULTS`` sentences and how many are left."""
        sentences = [*(others or []), *(sentence for _, sentence in sorted(self.found, key=lambda item: item[0]))]
        if not sentences:
            return
        if len(sentences) > MAX_FAULTS:
            rest = len(sentences) - MAX_FAULTS
            sentences = [*sentences[:MAX_FAULTS], f"… et {rest} autre{'s' if rest > 1 else ''} anomalie{'s' if rest > 1 else ''}."]
        raise DeliveryRefusedError(sentences)
