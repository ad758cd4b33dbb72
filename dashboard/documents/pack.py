"""The documents of an edition, made once and handed out again as issued ever after."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

from connectors.store import Archive
from dashboard.documents.annex import annex
from dashboard.documents.minutes import minutes
from dashboard.documents.note import note
from dashboard.documents.open_data import open_data
from dashboard.documents.photograph import Photograph
from dashboard.editions.reading import EditionRead
from indicators.meeting import Meeting, State


def issue(archive: Archive, edition: EditionRead, at: datetime) -> Iterator[tuple[str, bytes]]:
    """Each document of an edition: its name and its bytes, those first issued where it was issued before.

    The relevé follows the séance, whose decisions come after the edition: each version of the séance has its own. The note is PROJET until
    the séance is held.
    """
    photograph = Photograph(edition)
    saved = archive.meeting(int(edition.content["seance"]["number"]))
    makers: dict[str, Callable[[], bytes]] = {
        f"annexe-{edition.id}.xlsx": lambda: annex(photograph),
        f"donnees-{edition.id}.zip": lambda: open_data(photograph),
        f"note-{edition.id}{'' if saved.meeting.state is State.TENUE else '-projet'}.pdf": lambda: note(photograph, saved.meeting),
        f"releve-{edition.id}-v{saved.version}.docx": lambda: minutes(saved.meeting, before(archive, saved.meeting), photograph),
    }
    for name, make in makers.items():
        kept = archive.document(edition.id, name)
        yield name, kept if kept is not None else archive.keep_document(edition.id, name, make(), at)


def before(archive: Archive, meeting: Meeting) -> Meeting | None:
    """The séance before this one, as it stands."""
    earlier = [item.meeting for item in archive.meetings() if item.meeting.number < meeting.number]
    return max(earlier, key=lambda item: item.number, default=None)
