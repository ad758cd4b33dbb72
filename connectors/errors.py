"""The errors a person can act on, each a French sentence that says what, where, how to mend it, and that nothing was lost."""

from __future__ import annotations

import re
from collections.abc import Sequence

from indicators.typography import french

NOTHING_KEPT = "Rien n'a été conservé."
"""The promise made about a delivery that may describe persons; what makes it is what keeps it."""


_OPEN, _CLOSE = "\ue000", "\ue001"
_QUOTED = re.compile(f"{_OPEN}[^{_CLOSE}]*{_CLOSE}")


def quote(cell: object) -> str:
    """A cell as a sentence quotes it: 20 characters at most, marked so that ``logged`` can leave it out."""
    text = str(cell).replace(_OPEN, "").replace(_CLOSE, "")
    return f"{_OPEN}{text if len(text) <= 20 else f'{text[:20]}…'}{_CLOSE}"


def shown(sentence: str) -> str:
    """A sentence as whoever delivered reads it: with the cells it quotes."""
    return french(sentence.replace(_OPEN, "").replace(_CLOSE, ""))


def logged(sentence: str) -> str:
    """A sentence as it is kept: a cell may hold anything, a name included, hence none is logged."""
    return french(_QUOTED.sub("…", sentence))


class CiteError(Exception):
    """Base of the errors shown as they are, without a traceback."""

    def __init__(self, sentence: str) -> None:
        super().__init__(shown(sentence))


class ConfigurationError(CiteError):
    """cite.toml, a source's declaration or the environment is missing or wrong."""


class SourceUnavailableError(CiteError):
    """A partner did not answer, or refused access: the last good figures stay."""


class DeliveryRefusedError(CiteError):
    """A delivery breaks its contract: nothing of it is kept.

    ``faults`` lists everything that is wrong with it, ``logged`` the same without the cells it quotes. ``personal``: it may describe
    persons and a sentence promises that nothing of it is kept, so that the file itself must not be either.
    """

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = [shown(fault) for fault in faults]
        self.logged = [logged(fault) for fault in faults]
        self.personal = any(NOTHING_KEPT in fault for fault in faults)


class StoreError(CiteError):
    """Our own store cannot be opened, read or written."""
