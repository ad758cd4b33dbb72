"""The delivery as it was read: text cells under the partner's own headers, and where each row stood."""

from __future__ import annotations

from dataclasses import dataclass, field

import pandas as pd

PERIOD, ZONE, MEASURE, DIMENSION, CATEGORY, COUNT = "periode", "territoire", "mesure", "dimension", "modalite", "effectif"
"""Our names for the columns of a delivery, in the partner's language."""
OURS = (PERIOD, ZONE, MEASURE, DIMENSION, CATEGORY, COUNT)


@dataclass(frozen=True)
class Raw:
    """Text cells of one delivery.

    Attributes:
        cells: one column per header, every cell a ``str`` (empty when there was nothing); the index numbers the rows as the partner sees
            them.
        where: how a row is named in a message, with ``{line}`` (« Ligne {line} »).
        exhaustive_dimensions: for a database, the breakdowns asked for each measure: an absent cell of these then counts zero.
    """

    cells: pd.DataFrame
    where: str = "Ligne {line}"
    exhaustive: dict[str, tuple[str, ...]] = field(default_factory=dict)
    periods: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
