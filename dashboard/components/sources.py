"""The line under a figure: who counted, received when. Rows in, text out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from indicators import typography as t
from indicators.period import Period

if TYPE_CHECKING:
    from dashboard.board import Board

NBSP = t.NBSP


def sources_of(board: Board, measures: Sequence[str], period: str) -> str:
    """The line under a figure: who counted, received when; the names of the sources when nothing came."""
    found = board.provenance(measures, period)
    labels = {source.id: source.label for source in board.sources}
    if found.empty:
        return f"Source{NBSP}: aucune livraison pour {t.period_label(Period.parse(period))}."
    latest = found.groupby("source", sort=False)["received_at"].max()
    said = [f"{labels.get(str(source), str(source))} (reçu le {t.date_short(at.date())})" for source, at in latest.items()]
    fictitious = " Données fictives." if board.settings.city.fictitious else ""
    return f"{'Source' if len(said) == 1 else 'Sources'}{NBSP}: {', '.join(said)}.{fictitious}"
