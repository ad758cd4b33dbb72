"""Deliveries on hold, from the command line: listed, accepted, refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from connectors.calendar import PARIS
from connectors.errors import CiteError
from connectors.receive import COORDINATION, decide
from dashboard.cli.collecting import tell
from dashboard.cli.output import show
from dashboard.data import current_desk
from indicators.typography import date_short, french

if TYPE_CHECKING:
    import pandas as pd

NONE = "Aucune livraison n'attend de décision."


def list_waiting(written: str) -> int:
    """The deliveries on hold, and why; 1 when there is one."""
    import pandas as pd

    desk = current_desk()
    labels = {source.id: source.label for source in desk.sources}
    waiting = desk.store.waiting()
    frame = pd.DataFrame(
        [(item.id, item.source, labels.get(item.source, item.source), item.received_at, item.rows, list(item.report)) for item in waiting],
        columns=["id", "source", "label", "received_at", "rows", "why"],
    )
    if written == "table" and frame.empty:
        click.echo(NONE)
    else:
        show(frame, written, _table)
    return 1 if waiting else 0


def _table(frame: pd.DataFrame) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(
        {
            "N°": frame["id"].astype("str"),
            "Partenaire": frame["label"],
            "Reçue le": [date_short(at.astimezone(PARIS).date()) for at in frame["received_at"]],
            "Lignes": frame["rows"].astype("str"),
            "Pourquoi": [told[0] for told in frame["why"]],
        }
    )


def decide_one(number: int, reason: str, *, accepted: bool) -> int:
    """Accept or refuse a delivery on hold, and say what became of it."""
    desk = current_desk()
    found = next((item for item in desk.store.waiting() if item.id == number), None)
    source = next((item for item in desk.sources if found and item.id == found.source), None)
    if found is None or source is None:
        raise CiteError(f"La livraison n° {number} n'attend pas de décision. « cite-emploi attente » liste celles qui attendent.")
    report = decide(source, desk.store, found, desk.now(), accepted=accepted, reason=reason, by=COORDINATION)
    if accepted:
        return tell([report])
    click.echo(french(f"{source.label} : livraison n° {number} refusée ; les chiffres affichés ne changent pas."))
    return 0
