"""From what a partner delivers to a valid Counts frame: names, codes, numbers, periods, zones; every fault told in French at once.

Reading bytes and databases lives elsewhere (``files``, ``sql``); nothing is written here.
"""

from __future__ import annotations

from connectors.intake.build import Context, Intake, all_zeros, to_counts
from connectors.intake.raw import Raw

__all__ = ["Context", "Intake", "Raw", "all_zeros", "to_counts"]
