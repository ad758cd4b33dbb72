"""The documents of an edition, made once and handed out again as issued ever after."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

from connectors.store import Archive, Event, Saved, Store
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
    saved = archive.meeting(int(edition.content["seance"]["number"]))
    for name, make in makers(Photograph(edition), saved, before(archive, saved.meeting)).items():
        kept = archive.document(edition.id, name)
        yield name, kept if kept is not None else archive.keep_document(edition.id, name, make(), at)


def hand_out(store: Store, edition: EditionRead, at: datetime) -> Iterator[tuple[str, bytes]]:
    """The documents of an edition for someone who takes them away; the journal notes it first."""
    store.note(Event.HANDED_OUT, f"{edition.id} {edition.sha256[:12]}")
    yield from issue(store.archive, edition, at)


def makers(photograph: Photograph, saved: Saved, previous: Saved | None) -> dict[str, Callable[[], bytes]]:
    """The name of each document of an edition, and what makes its bytes."""
    name, meeting = photograph.edition.id, saved.meeting
    earlier = previous.meeting if previous else None
    version = f"{name}-v{saved.version}" + (f"-suites-v{previous.version}" if previous else "")
    held = "" if meeting.state is State.TENUE else "-projet"
    return {
        f"presentation-{version}.pptx": lambda: deck(photograph, meeting, earlier),
        f"note-{version}{held}.pdf": lambda: note(photograph, meeting, earlier),
        f"annexe-{name}.xlsx": lambda: annex(photograph),
        f"releve-{version}{held}.docx": lambda: minutes(meeting, earlier, photograph),
        f"releve-{version}{held}.pdf": lambda: minutes_pdf(meeting, earlier, photograph),
        f"donnees-{name}.zip": lambda: open_data(photograph),
    }


def before(archive: Archive, meeting: Meeting) -> Saved | None:
    """The séance before this one, as it stands."""
    earlier = [item for item in archive.meetings() if item.meeting.number < meeting.number]
    return max(earlier, key=lambda item: item.meeting.number, default=None)
