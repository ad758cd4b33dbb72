"""Writing the documents of an edition in a folder. What they hold is ``dashboard.documents``' business."""

from __future__ import annotations

from pathlib import Path

import click

from connectors.errors import CiteError
from connectors.whole_file import write_whole
from dashboard.data import current_desk
from dashboard.documents.pack import hand_out
from dashboard.editions.reading import open_edition
from indicators.canonical import digest
from indicators.typography import french, number


def export(wanted: str, folder: Path) -> int:
    """Write each document of an edition; those already issued come out again as they were."""
    desk = current_desk()
    edition = open_edition(desk, wanted)
    for name, content in hand_out(desk.store, edition, desk.now()):
        try:
            write_whole(folder / name, content)
        except OSError:
            raise CiteError(f"Le dossier {folder} refuse l'écriture : vérifiez ses droits ou donnez-en un autre.") from None
        click.echo(french(f"{folder / name} : {number(len(content))} octets, empreinte SHA-256 {digest(content)[:12]}…"))
    click.echo(french(f"{edition.stamp}."))
    return 0
