"""What each page says and shows for a choice, written on a sheet. Pure: nothing is asked of the visitor and nothing is drawn here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from dashboard.content.blocks import Block
from dashboard.content.choice import Choice
from dashboard.content.pages import budget, droit_commun, indicateurs, parcours, partenaires, quartiers, synthese
from dashboard.content.sheet import Sheet

if TYPE_CHECKING:
    from dashboard.board import Board

Content = Callable[[Sheet, "Board", Choice], None]

CONTENTS: Mapping[str, Content] = {
    "/": synthese.content,
    "/droit-commun": droit_commun.content,
    "/parcours": parcours.content,
    "/partenaires": partenaires.content,
    "/budget": budget.content,
    "/indicateurs": indicateurs.content,
    "/quartiers": quartiers.content,
}
"""The pages that have a content, by address. Données, the state of the deliveries, is live alone."""


MOST = 300
"""Pages kept for a version of the data: every choice of the demonstration is two thirds of that."""


def blocks_of(page: str, board: Board, choice: Choice) -> tuple[Block, ...]:
    """The blocks of a page for a choice; ``KeyError`` when no page of this address has a content.

    Written once for each version of the data: they are kept with the board, and go with it.
    """
    kept, key = board.written, (page, choice)
    found = kept.get(key)
    if found is None:
        sheet = Sheet()
        CONTENTS[page](sheet, board, choice)
        found = sheet.blocks
        if len(kept) >= MOST:
            kept.clear()
        kept[key] = found
    return found
