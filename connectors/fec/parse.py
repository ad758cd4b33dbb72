"""The 18 legal columns of a FEC, read as typed entries: dates, whole cents, accounts. Which entries matter is ``ledger``'s business."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

import pandas as pd

from connectors.errors import DeliveryRefusedError, quote
from connectors.files import read_table
from connectors.intake.cells import SPACES, is_formula
from connectors.intake.columns import simplify
from connectors.layout import FileFormat
from connectors.source import Source

NAMES = (
    *("JournalCode", "JournalLib", "EcritureNum", "EcritureDate", "CompteNum", "CompteLib", "CompAuxNum", "CompAuxLib", "PieceRef"),
    *("PieceDate", "EcritureLib", "Debit", "Credit", "EcritureLet", "DateLet", "ValidDate", "Montantdevise", "Idevise"),
)
COLUMNS = {simplify(name): name for name in NAMES}
VARIANT = {"montant": "Montant", "sens": "Sens"}
_AMOUNT = re.compile(r"-?[0-9]{1,14}(?:[.,][0-9]{1,2}0*)?")


@dataclass(frozen=True)
class Ledger:
    """One row per line of the file: journal, number, day, account, cents (debit positive), letter, has_letter, lettered (day), analytic."""

    entries: pd.DataFrame
    warnings: tuple[str, ...]


def parse_fec(content: bytes, name: str, source: Source) -> Ledger:
    """Read a FEC, tab- or pipe-separated, with Debit and Credit or the variant Montant and Sens.

    Raises:
        DeliveryRefusedError: missing columns, unreadable dates or amounts, with their lines.
    """
    layout = FileFormat(separator=source.file.separator)
    sheet = read_table(content, name, layout, {*COLUMNS, *VARIANT})
    cells = sheet.cells.rename(columns={header: COLUMNS.get(simplify(header), header) for header in sheet.cells.columns})
    cells = cells.rename(columns={header: VARIANT.get(simplify(header), header) for header in cells.columns})
    variant = "Montant" in cells and "Debit" not in cells
    wanted = [item for item in NAMES[:15] if not (variant and item in {"Debit", "Credit"})] + (["Montant", "Sens"] if variant else [])
    missing = [item for item in wanted if item not in cells]
    if source.analytic_column and source.analytic_column not in cells:
        missing.append(source.analytic_column)
    if missing:
        raise DeliveryRefusedError([f"Colonne obligatoire du FEC absente : « {item} »." for item in missing])
    faults: list[str] = []
    debit, credit = _sides(cells, variant, faults)
    entries = pd.DataFrame(
        {
            "journal": cells["JournalCode"].str.strip(),
            "number": cells["EcritureNum"].str.strip(),
            "day": _days(cells["EcritureDate"], "EcritureDate", source.file.date_format, faults, required=True),
            "account": cells["CompteNum"].str.strip(),
            "cents": debit - credit,
            "letter": cells["EcritureLet"].str.strip(),
            "has_letter": cells["EcritureLet"].str.strip() != "",
            "lettered": _days(cells["DateLet"], "DateLet", source.file.date_format, faults, required=False),
            "analytic": cells[source.analytic_column].str.strip() if source.analytic_column else "",
        },
        index=cells.index,
    )
    for label, account in entries.loc[~entries["account"].str.fullmatch(r"[0-9][0-9A-Za-z]*"), "account"].items():
        kind = "une formule n'est pas acceptée." if is_formula(account) else f"numéro de compte illisible « {quote(account)} »."
        faults.append(f"Ligne {label} : {kind}")
    if faults:
        raise DeliveryRefusedError(faults[:50])
    return Ledger(entries, sheet.warnings)


def _sides(cells: pd.DataFrame, variant: bool, faults: list[str]) -> tuple[pd.Series, pd.Series]:
    if not variant:
        return _cents(cells["Debit"], faults), _cents(cells["Credit"], faults)
    amount, side = _cents(cells["Montant"], faults), cells["Sens"].str.strip().str.upper()
    faults += [
        f"Ligne {label} : sens « {quote(text)} » inconnu ; D ou C attendu."
        for label, text in side[~side.isin(["D", "C", "+1", "-1"])].items()
    ]
    zero = pd.Series(0, index=cells.index)
    return amount.where(side.isin(["D", "+1"]), zero), amount.where(side.isin(["C", "-1"]), zero)


def _cents(column: pd.Series, faults: list[str]) -> pd.Series:
    """Whole cents; an empty cell is zero, as the legal format allows."""
    text = column.str.strip().str.translate(SPACES).replace("", "0")
    good = text.str.fullmatch(_AMOUNT)
    faults += [f"Ligne {label} : montant illisible « {quote(column[label])} ». Écrivez 100000,00." for label in text.index[~good]]
    parts = text.where(good, "0").str.replace(",", ".", regex=False).str.partition(".")
    fraction = parts[2].str[:2].str.ljust(2, "0").astype(int)
    whole = parts[0].str.lstrip("-").astype(int)
    sign = parts[0].str.startswith("-").map({True: -1, False: 1}).astype(int)
    return sign * (whole * 100 + fraction)


def _days(column: pd.Series, name: str, written: str, faults: list[str], *, required: bool) -> pd.Series:
    text = column.str.strip()
    found: dict[str, date | None] = {}
    for value in text.unique():
        found[value] = _day(value, written)
    wrong = text.map(lambda value: found[value] is None and (required or value != ""))
    faults += [
        f"Ligne {label} : le {quote(value) if value else '(vide)'} n'est pas une date ({name}, AAAAMMJJ attendu)."
        for label, value in text[wrong].items()
    ]
    return pd.to_datetime(text.map(found)).astype("datetime64[us]")


def _day(text: str, written: str) -> date | None:
    try:
        return datetime.strptime(text, written).date()  # noqa: DTZ007 - a day without a time
    except ValueError:
        return None
