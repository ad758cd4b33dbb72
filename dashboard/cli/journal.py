"""The journal, from the command line: who did what, and whether every entry is as it was written."""

from __future__ import annotations

import re

import click
import pandas as pd

from connectors.calendar import PARIS
from connectors.errors import ConfigurationError
from connectors.store.journal import LABELS
from dashboard.cli.output import show
from dashboard.data import current_desk
from indicators.typography import count, french

COLUMNS = ("position", "at", "account", "event", "subject", "digest")


def list_journal(last: int, written: str) -> int:
    """Print the last entries, oldest first."""
    entries = current_desk().store.journal(last)
    show(pd.DataFrame([[getattr(entry, name) for name in COLUMNS] for entry in entries], columns=list(COLUMNS)), written, _table)
    if written == "table":
        click.echo(french(f"Tête du journal : {entries[-1].head}. Notez-la hors de cette machine : --tete la vérifiera."))
    return 0


def verify_journal(noted: str | None) -> int:
    """Say whether every entry is as it was written; 1 when one is not."""
    store = current_desk().store
    faults = store.journal_faults(_known(noted))
    for fault in faults:
        click.echo(french(fault), err=True)
    if faults:
        return 1
    entries = store.journal()
    click.echo(french(f"Journal intact : {count(len(entries), 'entrée')}. Tête : {entries[-1].head}."))
    return 0


def _known(noted: str | None) -> tuple[int, str] | None:
    if noted is None:
        return None
    found = re.fullmatch(r"(\d+):([0-9a-fA-F]{8,64})\.?", noted.strip())
    if found is None:
        raise ConfigurationError(f"« {noted} » n'est pas une tête de journal : écrivez le numéro, deux-points, l'empreinte (214:0f3a9c81).")
    return int(found[1]), found[2]


def _table(frame: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "N°": frame["position"].astype("str"),
            "Le": [f"{at.astimezone(PARIS):%d/%m/%Y %H:%M}" for at in frame["at"]],
            "Compte": frame["account"],
            "Action": [LABELS[event] for event in frame["event"]],
            "Sur": frame["subject"],
        }
    )
