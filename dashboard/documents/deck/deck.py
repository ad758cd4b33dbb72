"""The deck of a séance: its slides in the order of the charte, from one frozen edition."""

from __future__ import annotations

from io import BytesIO

from dashboard.documents.deck.access import evolution_slide, gap_slide
from dashboard.documents.deck.blank import blank
from dashboard.documents.deck.closing import decisions
from dashboard.documents.deck.money import budget_slide
from dashboard.documents.deck.opening import cover, essential, follow_up
from dashboard.documents.deck.page import Deck
from dashboard.documents.deck.people import network_slide, path_slide
from dashboard.documents.photograph import Photograph
from dashboard.documents.same_bytes import undated
from indicators.meeting import Meeting
from indicators.typography import french


def deck(photograph: Photograph, meeting: Meeting, before: Meeting | None) -> bytes:
    """The bytes of the presentation; the same for the same edition and séances.

    Args:
        meeting: the séance as it stands, with its météo and the points submitted.
        before: the previous séance, whose decisions are followed; None for the first.
    """
    made = Deck(blank(french(f"Présentation : {meeting.title}"), photograph), photograph, meeting, before)
    for draw in (cover, follow_up, essential, network_slide, gap_slide, evolution_slide, path_slide, budget_slide, decisions):
        draw(made)
    content = BytesIO()
    made.presentation.save(content)
    return undated(content.getvalue())
