"""What an audience may see of small counts: thresholds, margins and the decision behind them. How a mask is made from it is elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite
from typing import Final

COPIL: Final = "copil"
PREFECTURE: Final = "prefecture"
PUBLIC: Final = "public"
AUDIENCES: Final = (COPIL, PREFECTURE, PUBLIC)
"""Those who receive editions. The coordination reads exact counts: nothing is decided for it."""
LEAST: Final = 3
"""The lowest threshold a committee bound by secrecy may decide."""
LEAST_SENSITIVE: Final = 11
"""The lowest threshold where health or justice may be told, and for whoever opens a public page."""


@dataclass(frozen=True)
class Policy:
    """The rules of one audience. Raises ``ValueError``, in French, for a rule that would not protect.

    Attributes:
        audience: one of ``AUDIENCES``.
        threshold: a count from 1 to this, excluded, is small.
        sensitive: the same where the indicator may tell health or justice.
        hidden_max: share, from 0 to 1, of the cells of a table that may be hidden; above it the table is postponed.
        cell_margin: a grid is chosen whose cells hold at least this many thresholds.
        rest_margin: and where what two shown totals leave by subtraction holds at least this many.
        refine_at: a finer grid replaces one in use when its smallest cell holds this many.
        decision: who decided it and when, in French; empty for the rule by default.
    """

    audience: str
    threshold: int = 5
    sensitive: int = LEAST_SENSITIVE
    hidden_max: float = 0.10
    cell_margin: int = 2
    rest_margin: int = 3
    refine_at: int = 3
    decision: str = ""

    def __post_init__(self) -> None:
        for fault in self._faults():
            raise ValueError(f"Secret statistique, public « {self.audience} » : {fault}.")

    def small(self, *, sensitive: bool) -> int:
        """The threshold of a figure: a count from 1 to this, excluded, is not shown."""
        return max(self.threshold, self.sensitive) if sensitive else self.threshold

    def _faults(self) -> list[str]:
        least = LEAST_SENSITIVE if self.audience == PUBLIC else LEAST
        found = []
        if self.audience not in AUDIENCES:
            found.append(f"il n'existe pas ; choix : {', '.join(AUDIENCES)}")
        if self.threshold < least:
            found.append(f"le seuil ({self.threshold}) doit être au moins {least}")
        if self.sensitive < max(LEAST_SENSITIVE, self.threshold):
            found.append(
                f"le seuil des données sensibles ({self.sensitive}) doit être au moins {LEAST_SENSITIVE}, et au moins le seuil ordinaire"
            )
        if not (isfinite(self.hidden_max) and 0 <= self.hidden_max < 1):
            found.append(f"la part masquée au plus ({self.hidden_max}) s'écrit entre 0 et 1 exclu (0.10 pour 10 %)")
        if min(self.cell_margin, self.rest_margin) < 1:
            found.append("les marges d'une case et du reste sont au moins 1 fois le seuil")
        if self.refine_at < self.cell_margin:
            found.append("une grille ne s'affine pas sous la marge qui sert à la choisir")
        return found


DEFAULTS: Final = (Policy(COPIL), Policy(PREFECTURE), Policy(PUBLIC, threshold=LEAST_SENSITIVE))
"""What holds where cite.toml declares nothing: 5 for those who sit at the committee, 11 for everyone else and for sensitive counts."""
