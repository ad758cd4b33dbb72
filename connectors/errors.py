"""The errors a person can act on, each a French sentence that says what, where, how to mend it, and that nothing was lost."""

from __future__ import annotations

from collections.abc import Sequence

from indicators.typography import french

NOTHING_KEPT = "Rien n'a été conservé."
"""The promise made about a delivery that may describe persons; what makes it is what keeps it."""


class CiteError(Exception):
    """Base of the errors shown as they are, without a traceback."""

    def __init__(self, sentence: str) -> None:
        super().__init__(french(sentence))


class ConfigurationError(CiteError):
    """cite.toml, a source's declaration or the environment is missing or wrong."""


class SourceUnavailableError(CiteError):
    """A partner did not answer, or refused access: the last good figures stay."""


class DeliveryRefusedError(CiteError):
    """A delivery breaks its contract: nothing of it is kept.

    ``faults`` lists everything that is wrong with it. ``personal``: it may describe persons and a sentence promises that nothing of it
    is kept, so that the file itself must not be either.
    """

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = [french(fault) for fault in faults]
        self.personal = any(NOTHING_KEPT in fault for fault in faults)


class StoreError(CiteError):
    """Our own store cannot be opened, read or written."""
