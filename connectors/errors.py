"""The errors a person can act on, each a French sentence that says what, where, how to mend it, and that nothing was lost."""

from __future__ import annotations


class CiteError(Exception):
    """Base of the errors shown as they are, without a traceback."""


class ConfigurationError(CiteError):
    """cite.toml, a source's declaration or the environment is missing or wrong."""


class SourceUnavailableError(CiteError):
    """A partner did not answer, or refused access: the last good figures stay."""


class DeliveryRefusedError(CiteError):
    """A delivery breaks its contract: nothing of it is kept. ``faults`` lists everything that is wrong with it."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


class StoreError(CiteError):
    """Our own store cannot be opened, read or written."""
