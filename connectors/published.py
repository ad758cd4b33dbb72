"""Open files of figures already published (rates, populations by QPV): kept as they are, never summed, never recomputed."""

from __future__ import annotations

import re

import pandas as pd

from connectors.errors import DeliveryRefusedError, quote
from connectors.files import read_table
from connectors.intake.cells import SPACES
from connectors.intake.columns import simplify, two_for_one
from connectors.source import Source
from indicators.frames import PUBLISHED_COLUMNS, PUBLISHED_KEY
from indicators.status import Status
from indicators.territory import QPV_CODE, Territory
from indicators.typography import count

ZONE, COMMUNE, VINTAGE = "territoire", "commune", "millesime"
_WITHHELD = ("s", "ns", "nd", "c")
_NUMBER = re.compile(r"-?\d+(?:[.,]\d+)?")


def read_published(content: bytes, name: str, source: Source, territory: Territory) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """The Published frame of the city's QPVs, from an open file of the whole country, and what its dirt needed.

    The whole file is checked, then only the QPVs of this Cité are kept. A withheld value (empty cell) is ``secret``. A QPV that spans
    several communes repeats its row: identical values count once, others are refused.

    Raises:
        DeliveryRefusedError: missing columns, unknown QPV codes, unreadable values, or no QPV of the city.
    """
    aliases = {simplify(alias): ours for ours, names in source.columns.items() for alias in names}
    sheet = read_table(content, name, source.file, {*aliases, *(simplify(item.column) for item in source.published)})
    ours = {header: aliases.get(simplify(header), header) for header in sheet.cells.columns}
    twice = two_for_one(ours)
    if twice:
        raise DeliveryRefusedError(twice)
    cells = sheet.cells.rename(columns=ours)
    missing = [column for column in (ZONE, *(item.column for item in source.published)) if column not in cells]
    if missing:
        raise DeliveryRefusedError([f"Colonne obligatoire absente : « {column} »." for column in missing])
    warnings = list(sheet.warnings)
    cells = _without_notes(cells, warnings)
    _check_zones(cells)
    _say_communes(cells, warnings)
    faults: list[str] = []
    frames = []
    for item in source.published:
        value, status = _values(cells[item.column], item.column, source, faults)
        if item.unit == "%" and (value > 100).any():
            warnings.append(
                f"« {item.column} » : {count(int((value > 100).sum()), 'valeur')} au-dessus de 100 % dans le fichier, gardées ainsi."
            )
        frames.append(
            pd.DataFrame(
                {
                    "source": source.id,
                    "measure": item.measure,
                    "territory": cells[ZONE].str.strip(),
                    "vintage": cells[VINTAGE].str.strip() if VINTAGE in cells else source.constants.get(VINTAGE, "non précisé"),
                    "value": value,
                    "status": status,
                    "note": item.note,
                }
            )
        )
    if faults:
        raise DeliveryRefusedError(faults[:50])
    return _of_the_city(pd.concat(frames), territory, name, warnings), tuple(warnings)


def _without_notes(cells: pd.DataFrame, warnings: list[str]) -> pd.DataFrame:
    """The table without what is written under it (source, reading notes): rows of one cell, a sentence, after the last QPV."""
    text = cells.apply(lambda column: column.str.strip())
    known = text[ZONE].str.fullmatch(QPV_CODE)
    under = text.iloc[len(text) - int(known[::-1].argmax()) :] if known.any() else text.iloc[:0]
    alone = (under != "").sum(axis=1) == 1
    if under.empty or not (alone & under.agg("".join, axis=1).str.contains(" ")).all():
        return cells
    warnings.append(f"Notes sous le tableau, laissées de côté : {count(len(under), 'ligne')}.")
    table: pd.DataFrame = cells.drop(index=under.index)
    return table


def _check_zones(cells: pd.DataFrame) -> None:
    wrong = cells.loc[~cells[ZONE].str.strip().str.fullmatch(QPV_CODE), ZONE]
    if len(wrong):
        raise DeliveryRefusedError([f"Ligne {label} : code de QPV illisible « {quote(code)} »." for label, code in wrong.items()][:20])


def _say_communes(cells: pd.DataFrame, warnings: list[str]) -> None:
    """Commune codes that a spreadsheet turned into numbers: the lost zero is said; the QPV code, intact, is what identifies the row."""
    if COMMUNE not in cells:
        return
    short = int(cells[COMMUNE].str.strip().str.fullmatch(r"\d{4}").sum())
    if short:
        warnings.append(
            f"{count(short, 'code')} de commune sans le zéro initial (01053 lu 1053) ; chaque ligne est reconnue par son code de QPV."
        )


def _values(column: pd.Series, name: str, source: Source, faults: list[str]) -> tuple[pd.Series, pd.Series]:
    decimal = source.file.decimal
    text = column.str.strip().str.translate(SPACES)
    marks = {"", *_WITHHELD, *source.secret_markers, *source.missing_markers}
    empty = text.str.lower().isin([mark.lower().translate(SPACES) for mark in marks])
    good = text.str.fullmatch(_NUMBER) | empty
    faults += [f"Ligne {label} : « {quote(cell)} » n'est pas un nombre (colonne « {name} »)." for label, cell in text[~good].items()]
    # the file declares its decimal mark: the other one would change the value in silence
    other = "." if decimal == "," else ","
    mixed = good & ~empty & text.str.contains(other, regex=False)
    faults += [
        f"Ligne {label} : « {quote(cell)} » : séparateur décimal « {decimal} » attendu (colonne « {name} »)."
        for label, cell in text[mixed].items()
    ]
    value = pd.to_numeric(text.where(good & ~empty & ~mixed).str.replace(",", ".", regex=False))
    return value.astype(float), pd.Series(str(Status.OK), index=text.index).mask(empty, str(Status.SECRET)).astype("str")


def _of_the_city(frame: pd.DataFrame, territory: Territory, name: str, warnings: list[str]) -> pd.DataFrame:
    repeated = int(frame.duplicated([*PUBLISHED_KEY, "value", "status"]).sum())
    frame = frame.drop_duplicates([*PUBLISHED_KEY, "value", "status"])
    if repeated:
        warnings.append(f"{count(repeated, 'valeur répétée', 'valeurs répétées')} (QPV sur plusieurs communes) : chacune compte une fois.")
    kept = frame[frame["territory"].isin(territory.qpv_codes())]
    if kept.empty:
        raise DeliveryRefusedError(
            [
                f"Le fichier « {name} » ne contient aucun QPV de {territory.name} "
                f"({', '.join(territory.qpv_codes())}). Est-ce le bon zonage ?"
            ]
        )
    twice = kept[kept.duplicated(PUBLISHED_KEY)]
    if len(twice):
        raise DeliveryRefusedError(
            [
                f"{row.territory} : deux valeurs différentes de « {row.measure} » dans le fichier. Gardez la bonne."
                for row in twice.itertuples()
            ]
        )
    return kept[PUBLISHED_COLUMNS].reset_index(drop=True)
