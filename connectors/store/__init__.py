"""Our own store: every delivery received, the figures as known today or at any past instant, what was frozen for the committees.

Append only: a revision is one more delivery, a correction one more edition, so nothing shown to a committee is ever lost. Reading partners
lives elsewhere.
"""

from connectors.store.archive import Archive
from connectors.store.delivery import Delivery, Outcome
from connectors.store.editions import Document, Edition, edition_id
from connectors.store.grids import GridChoice
from connectors.store.journal import Entry, Event
from connectors.store.meetings import Saved
from connectors.store.store import Store, open_store

__all__ = [
    "Archive",
    "Delivery",
    "Document",
    "Edition",
    "Entry",
    "Event",
    "GridChoice",
    "Outcome",
    "Saved",
    "Store",
    "edition_id",
    "open_store",
]
