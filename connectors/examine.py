"""A file looked at before it is received: everything wrong with it, or what it would bring. Nothing is stored, moved or logged."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from connectors.dropped import extract_file
from connectors.errors import CiteError, DeliveryRefusedError, shown
from connectors.extract import Extract
from connectors.intake import Context
from connectors.receive import compared, in_force, remarks
from connectors.settings import Settings
from connectors.source import Source
from connectors.store import Store


@dataclass(frozen=True)
class Examined:
    """What a file would become: ``faults`` when it would be refused; else its extract, why it would be put on hold, and remarks."""

    faults: tuple[str, ...] = ()
    extract: Extract | None = None
    doubts: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    known: bool = False
    """Its content is already in force."""
    changes: pd.DataFrame | None = None
    """Of counts, by measure and period: rows delivered, those that are new, those that change."""


def examine(settings: Settings, source: Source, store: Store, context: Context, content: bytes, name: str) -> Examined:
    """Look at a file as its source declares it; ``StoreError`` when our own store does not answer."""
    try:
        extract = extract_file(content, name, source, context, settings.exercises)
    except DeliveryRefusedError as error:
        return Examined(tuple(error.logged if error.personal else error.faults))
    except CiteError as error:
        return Examined((str(error),))
    known = store.known_digest(source.id, extract.sha256) is not None
    own = in_force(store, source)
    why, revised = ([], []) if known else remarks(source, store, settings.territory, own, extract)
    notes = tuple(map(shown, (*extract.warnings, *revised)))
    return Examined((), extract, tuple(map(shown, why)), notes, known, _changes(own, extract))


def _changes(own: pd.DataFrame, extract: Extract) -> pd.DataFrame | None:
    if extract.counts is None:
        return None
    delivered = compared(own, extract.counts).assign(rows=1)
    summed = delivered.groupby(["measure", "period"], as_index=False)[["rows", "new", "changed"]].sum()
    return summed.astype({"new": "int64", "changed": "int64"})
