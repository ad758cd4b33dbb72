"""Our own store: every delivery received, and the figures as known today or at any past instant. Reading partners lives elsewhere.

Append only: a revision is one more delivery, so nothing shown to a committee is ever lost.
"""

from connectors.store.delivery import Delivery, Outcome
from connectors.store.store import Store, open_store

__all__ = ["Delivery", "Outcome", "Store", "open_store"]
