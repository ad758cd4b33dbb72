"""Who acts: the account that the journal names. Who may do what is decided elsewhere.

The dashboard says who the visitor is; a command is run by the account of the machine.
"""

from __future__ import annotations

import getpass
from collections.abc import Callable

_ASKED: list[Callable[[], str | None]] = []
MACHINE = "poste"
"""Before the name of an account of the machine: « poste:dupont »."""


def ask(who: Callable[[], str | None]) -> None:
    """Ask ``who`` first from now on: the account of the visitor, or None where there is no visitor."""
    if who not in _ASKED:
        _ASKED.insert(0, who)


def account() -> str:
    """The account that acts now: the visitor's, else that of the machine; never a name or anything else about a person."""
    for who in _ASKED:
        if found := who():
            return found
    try:
        return f"{MACHINE}:{getpass.getuser()}"
    except (OSError, KeyError):  # a container may run under a number without a name
        return MACHINE
