"""Small counts in a table of one's own: what a reader works out of it, and a mask that is safe. Nothing is stored, no Cité is read."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import click
import pandas as pd

from connectors.errors import CiteError
from connectors.files.delimited import decode, split_lines
from connectors.layout import FileFormat
from dashboard.cli.output import records, show
from indicators.disclosure.rows import BadTableError, table_of
from indicators.disclosure.table import Audited, Masked, Reason, Table, audit_table, mask_table
from indicators.typography import count, french, number, percent

UNTOLD = "s"
"""Written in place of every hidden count."""
MOST_FAULTS = 20
LARGE_SHARE = 0.10
"""Of cells hidden: above, a coarser table says more."""


class TableRefusedError(CiteError):
    """The file is not a table that can be judged."""


def audit_file(path: Path, k: int, written: str) -> int:
    """Print what can be worked out of each cell of a file; 1 when a small count is exposed, else 0."""
    found = audit_table(_read(path, masking=False), k)
    frame = pd.DataFrame(
        [(item.cell.row, item.cell.col, item.cell.hidden, item.low, item.high, item.exposed) for item in found],
        columns=["row", "col", "hidden", "low", "high", "exposee"],
    ).astype({"high": "Int64"})
    exposed = int(frame["exposee"].sum())
    if written == "json":
        _print_json({"seuil": k, "exposees": exposed, "cellules": records(frame)})
    elif written == "csv":
        show(frame.astype({"hidden": int, "exposee": int}), written, pd.DataFrame)
    else:
        _tell_audit(found, k, exposed)
    return 1 if exposed else 0


def _tell_audit(found: Sequence[Audited], k: int, exposed: int) -> None:
    told = [item for item in found if item.cell.hidden or item.exposed]
    if told:
        texts = pd.DataFrame(
            {
                "Ligne": [item.cell.row for item in told],
                "Colonne": [item.cell.col for item in told],
                "Case": ["masquée" if item.cell.hidden else "montrée" for item in told],
                "Un lecteur en déduit": [interval(item.low, item.high) for item in told],
                "Petit effectif": ["EXPOSÉ" if item.exposed else "protégé" for item in told],
            }
        )
        show(texts, "table", lambda frame: frame)
    hidden = count(sum(item.cell.hidden for item in found), "case masquée", "cases masquées")
    if not exposed:
        click.echo(french(f"{hidden} : aucun petit effectif (de 1 à {k - 1}) ne se déduit de ce tableau."))
        return
    told_of = "1 case expose" if exposed == 1 else f"{number(exposed)} cases exposent"
    click.echo(french(f"{hidden} : {told_of} un petit effectif (seuil {k}). « cite-emploi masquer » propose un masque sûr."))


def interval(low: int, high: int | None) -> str:
    """What is known of a count, in words: « de 0 à 12 », « 3 exactement », « 2 ou plus »."""
    if high is None:
        return f"{number(low)} ou plus"
    return f"{number(low)} exactement" if low == high else f"de {number(low)} à {number(high)}"


def mask_file(path: Path, k: int, written: str) -> int:
    """Print a safe mask of a file; 1 when it would leave nothing but zeros to show, else 0."""
    found = mask_table(_read(path, masking=True), k)
    hidden = sum(item.reason is not Reason.SHOWN for item in found)
    small = sum(item.reason is Reason.SMALL for item in found)
    frame = pd.DataFrame(
        [
            (
                item.cell.row,
                item.cell.col,
                None if item.reason else item.cell.known,
                int(item.reason is not Reason.SHOWN),
                item.reason.value,
            )
            for item in found
        ],
        columns=["row", "col", "value", "hidden", "raison"],
    ).astype({"value": "Int64"})
    if written == "json":
        counts = {"seuil": k, "masquees": hidden, "primaires": small, "secondaires": hidden - small}
        _print_json({**counts, "cellules": records(frame)})
    else:
        show(frame, written, _mask_table)
    if written == "table":
        _tell_mask(hidden, small, len(found))
    return _tell_whether_useful(found, hidden)


def _mask_table(frame: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Ligne": frame["row"],
            "Colonne": frame["col"],
            "Effectif": frame["value"].map(lambda value: UNTOLD if pd.isna(value) else number(value)),
            "Raison": frame["raison"],
        }
    )


def _tell_mask(hidden: int, small: int, cells: int) -> None:
    kinds = f"{count(small, 'petit effectif', 'petits effectifs')} et {count(hidden - small, 'secret secondaire', 'secrets secondaires')}"
    share = hidden / cells
    click.echo(french(f"{count(hidden, 'case masquée', 'cases masquées')} sur {number(cells)} ({percent(100 * share)}) : {kinds}."))
    if share > LARGE_SHARE:
        click.echo(french(f"Plus de {percent(100 * LARGE_SHARE)} des cases sont masquées : regroupez des lignes ou des colonnes."))


def _tell_whether_useful(found: Sequence[Masked], hidden: int) -> int:
    """1, with what to do, when the mask leaves nothing but zeros."""
    if not hidden or any(item.cell.known for item in found if item.reason is Reason.SHOWN):
        return 0
    click.echo(
        french(
            "Ce tableau ne peut pas être rendu sûr : le masque n'y laisse aucun effectif. Ne le montrez pas. Regroupez des lignes ou des "
            "colonnes, prenez une période plus longue, ou reportez-le."
        ),
        err=True,
    )
    return 1


def _read(path: Path, *, masking: bool) -> Table:
    text, notes = decode(path.read_bytes())
    rows, _ = split_lines(text, FileFormat(), set())
    for note in notes:
        click.echo(french(note), err=True)
    try:
        return table_of(rows, masking=masking)
    except BadTableError as error:
        faults = error.faults[:MOST_FAULTS]
        if len(error.faults) > MOST_FAULTS:
            faults.append(f"… et {count(len(error.faults) - MOST_FAULTS, 'autre anomalie', 'autres anomalies')}.")
        title = f"Le fichier « {path.name} » ne peut pas être jugé, {count(len(error.faults), 'anomalie')} :"
        raise TableRefusedError("\n".join([title, *faults, "Le fichier n'a pas été modifié."])) from None


def _print_json(answer: dict[str, object]) -> None:
    click.echo(json.dumps(answer, ensure_ascii=False, indent=1))
