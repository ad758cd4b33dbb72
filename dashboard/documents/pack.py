"""The documents of an edition, made once and handed out again as issued ever after."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

from connectors.store import Archive, Saved
from dashboard.documents.annex import annex
from dashboard.documents.deck.deck import deck
from dashboard.documents.minutes import minutes, minutes_pdf
from dashboard.documents.note import note
from dashboard.documents.open_data import open_data
from dashboard.documents.photograph import Photograph
from dashboard.editions.reading import EditionRead
from indicators.meeting import Meeting, State


def issue(archive: Archive, edition: EditionRead, at: datetime) -> Iterator[tuple[str, bytes]]:
    """Each document of an edition: its name and its bytes, those first issued where it was issued before.

    The deck, the note and the relevé follow the séances, whose comments and decisions come after the edition: each version of the séance,
    and of the one before, has its own. The note and the relevé are PROJET until the séance is held.
    """
    photograph = Photograph(edition)
    saved = archive.meeting(int(edition.content["seance"]["number"]))
    previous = before(archive, saved.meeting)
    earlier = previous.meeting if previous else None
    version = f"v{saved.version}" + (f"-suites-v{previous.version}" if previous else "")
    held = "" if saved.meeting.state is State.TENUE else "-projet"
    makers: dict[str, Callable[[], bytes]] = {
        f"annexe-{edition.id}.xlsx": lambda: annex(photograph),
        f"donnees-{edition.id}.zip": lambda: open_data(photograph),
        f"note-{edition.id}-{version}{held}.pdf": lambda: note(photograph, saved.meeting, earlier),
        f"presentation-{edition.id}-{version}.pptx": lambda: deck(photograph, saved.meeting, earlier),
        f"releve-{edition.id}-{version}{held}.docx": lambda: minutes(saved.meeting, earlier, photograph),
        f"releve-{edition.id}-{version}{held}.pdf": lambda: minutes_pdf(saved.meeting, earlier, photograph),
    }
    for name, make in makers.items():
        kept = archive.document(edition.id, name)
        yield name, kept if kept is not None else archive.keep_document(edition.id, name, make(), at)


def before(archive: Archive, meeting: Meeting) -> Saved | None:
    """The séance before this one, as it stands."""
    earlier = [item for item in archive.meetings() if item.meeting.number < meeting.number]
    return max(earlier, key=lambda item: item.meeting.number, default=None)
