"""The states of figures as positions in arrays, and back: one index for every frame. What each state means is in ``status``."""

from __future__ import annotations

import pandas as pd

from indicators.status import ORDER

STATES: pd.Index[str] = pd.Index([state.value for state in ORDER])
"""Position -> written state, and by ``get_indexer`` written states -> positions (-1 for a row that is not there)."""
