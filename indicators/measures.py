"""The vocabulary of what partners count: a measure's code, French label, unit and nature. Figures made from them live in the catalogue."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Nature(StrEnum):
    """What may be added up."""

    FLOW = "flow"
    """Events of a period (entries, exits, meetings): add up over periods, zones and sources."""
    STOCK = "stock"
    """Persons or things present on the last day of a period: never summed over time."""
    DISTINCT = "distinct"
    """Distinct persons of a period: never summed over periods or sources."""
    DISTINCT_TO_DATE = "distinct_to_date"
    """Distinct persons since 1 January: the figure of a year is that of its last period."""
    DISTINCT_ROLLING = "distinct_rolling"
    """Distinct persons or structures over the twelve months that end with the period: a longer period has the figure of its last part."""


DISTINCT = frozenset({Nature.DISTINCT, Nature.DISTINCT_TO_DATE, Nature.DISTINCT_ROLLING})
"""The natures that no two sources can be added up in: someone may be known to both."""
AT_THE_END = frozenset({Nature.STOCK, Nature.DISTINCT_TO_DATE, Nature.DISTINCT_ROLLING})
"""The natures whose figure for a long period is that of its last part."""


@dataclass(frozen=True)
class Measure:
    """Something a partner's database can count.

    Attributes:
        code: what deliveries call it (French, lower case, underscores).
        label: French label, plural, as the subject of a sentence.
        nature: what may be added up.
        unit: French plural noun of one unit (« personnes », « entrées »).
        territorial: False for what has no address (deliveries): it is counted for the city alone.
        part_of: the measure it is a part of, hence never above.
        flows: for a stock, the entries and the exits it is made of: stock = previous stock + entries - exits.
    """

    code: str
    label: str
    nature: Nature
    unit: str
    territorial: bool = True
    part_of: str | None = None
    flows: tuple[str, str] | None = None

    def __post_init__(self) -> None:
        if not self.code.replace("_", "").isalnum() or self.code != self.code.lower():
            raise ValueError(f"Mesure « {self.code} » : le code s'écrit en minuscules, chiffres et soulignés.")
        if not self.label or not self.unit:
            raise ValueError(f"Mesure « {self.code} » : le libellé et l'unité sont obligatoires.")
