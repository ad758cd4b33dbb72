"""Why a figure is there or not: present, hidden, not transmitted, not applicable are four things, never confused with zero."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class Status(StrEnum):
    """The state of a figure, as written in every frame."""

    OK = "ok"
    SECRET = "secret"  # noqa: S105
    NON_TRANSMIS = "non_transmis"
    NON_APPLICABLE = "non_applicable"


ORDER: Final = (Status.OK, Status.SECRET, Status.NON_TRANSMIS, Status.NON_APPLICABLE)
"""From the least to the most absent: a figure made of several is as absent as its most absent part."""
OK, SECRET, NON_TRANSMIS, NON_APPLICABLE = range(4)
"""The same states as positions in ``ORDER``, for arrays."""

LABELS: Final = {
    Status.OK: "",
    Status.SECRET: "non publié (secret statistique)",
    Status.NON_TRANSMIS: "non transmis",
    Status.NON_APPLICABLE: "sans objet",
}
