"""Crossed extracts (one row per sex x age x ...): summed over every other column, so that one dimension at a time comes in."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import pandas as pd

from connectors.errors import NOTHING_KEPT, DeliveryRefusedError, quote
from connectors.intake.cells import read_counts
from connectors.intake.columns import header_faults, simplify
from connectors.intake.raw import CATEGORY, COUNT, DIMENSION, MEASURE, PERIOD, ZONE
from connectors.layout import Cube
from connectors.source import Source
from indicators.codes import ENSEMBLE
from indicators.measures import AT_THE_END
from indicators.period import Frequency, Period
from indicators.registry import measures
from indicators.status import Status


def one_dimension_at_a_time(cells: pd.DataFrame, source: Source, cube: Cube, population: int) -> tuple[pd.DataFrame, list[str]]:
    """Text cells in our long layout: a total and each declared dimension, for each measure; a column of one category, that category alone.
    Then what was left out.

    A sum that holds a hidden cell is hidden. The columns of ``cube.over`` are summed over.
    Raises ``DeliveryRefusedError`` for a missing, unknown or personal column, for cells that are not counts, and when nothing is ours.
    """
    plain = cells.rename(columns={header: simplify(str(header)) for header in cells.columns})
    wanted = _wanted(plain, source, cube)
    faults = _column_faults([str(header) for header in cells.columns], wanted, cube)
    if faults:
        raise DeliveryRefusedError(faults)
    plain, notes = _ours(plain, cube)
    found: list[pd.DataFrame] = []
    place = pd.DataFrame({PERIOD: _periods(plain[wanted[PERIOD]], source), ZONE: plain[wanted[ZONE]].str.strip()})
    crossed = {name: plain[wanted[name]].str.strip() for name in cube.dimensions}
    between = _between(plain[wanted[PERIOD]], source)
    if between.any():
        months = ", ".join(sorted(set(plain.loc[between, wanted[PERIOD]].str.strip())))
        if between.all():
            raise DeliveryRefusedError(
                [f"Aucun mois du fichier ne termine une période (lu : {months}). Ajoutez le dernier mois de la période."]
            )
        notes.append(f"Un stock est celui du dernier mois de sa période : mois laissés de côté ({months}).")
    vocabulary = measures()
    for item in cube.measure:
        at_the_end = item.measure in vocabulary and vocabulary[item.measure].nature in AT_THE_END
        kept = ~between if at_the_end else pd.Series(data=True, index=plain.index)
        for column, allowed in item.where.items():
            kept &= plain[simplify(column)].str.strip().isin(list(allowed))
        counts = read_counts(plain.loc[kept, simplify(item.column)], source, population)
        faults += [f"Ligne {label} : {sentence}" for label, sentence in counts.faults.items()]
        base = place[kept].assign(value=counts.value.fillna(0), hidden=counts.status != Status.OK)
        categories: Mapping[str, str | pd.Series] = item.category or {ENSEMBLE: ENSEMBLE, **crossed}
        found += [_sum(base.assign(**{CATEGORY: category}), item.measure, name) for name, category in categories.items()]
    if faults:
        raise DeliveryRefusedError(faults[:50])
    return pd.concat(found, ignore_index=True), notes


def _ours(plain: pd.DataFrame, cube: Cube) -> tuple[pd.DataFrame, list[str]]:
    """The rows of our territory, each once: those of an extract are all different, one found twice was pasted twice."""
    notes: list[str] = []
    for column, allowed in cube.where.items():
        text = plain[simplify(column)].str.strip()
        ours = text.isin(list(allowed))
        if not ours.any():
            seen = ", ".join(quote(code) for code in sorted(set(text))[:5])
            expected = " ou ".join(f"« {code} »" for code in allowed)
            raise DeliveryRefusedError([f"Aucune ligne où « {column} » vaut {expected} (lu : {seen}). Est-ce le bon territoire ?"])
        if not ours.all():
            notes.append(f"« {column} » : lignes d'un autre territoire, laissées de côté : {int((~ours).sum())}.")
        plain = plain[ours]
    repeated = plain.duplicated()
    if repeated.any():
        notes.append(f"Lignes répétées à l'identique, comptées une fois : {int(repeated.sum())}.")
    return plain[~repeated], notes


def _between(column: pd.Series, source: Source) -> pd.Series:
    """The rows of a month (YYYYMM) that does not end a period of the source: added up, three stocks would make one three times too big."""

    def between(text: str) -> bool:
        month = _month(text)
        return month is not None and month.last_day != Period.of(month.first_day, source.periodicity).last_day

    return column.map({text: between(text) for text in column.unique()}).astype(bool)


def _month(text: str) -> Period | None:
    """A month written YYYYMM, if it is one."""
    found = re.fullmatch(r"(\d{4})(0[1-9]|1[0-2])", text.strip())
    return Period.parse(f"{found[1]}-{found[2]}") if found else None


def _wanted(plain: pd.DataFrame, source: Source, cube: Cube) -> Mapping[str, str]:
    """Our column or dimension -> the simplified header that holds it (our own name where none does)."""
    names = {
        ours: next((simplify(alias) for alias in source.columns.get(ours, (ours,)) if simplify(alias) in plain), ours)
        for ours in (PERIOD, ZONE)
    }
    return {**names, **{name: simplify(column) for name, column in cube.dimensions.items()}}


def _column_faults(headers: Sequence[str], wanted: Mapping[str, str], cube: Cube) -> list[str]:
    plain = {simplify(header) for header in headers}
    columns = {
        *wanted.values(),
        *(simplify(item.column) for item in cube.measure),
        *(simplify(column) for item in cube.measure for column in item.where),
        *(simplify(column) for column in cube.where),
    }
    stray = plain - columns - {simplify(name) for name in cube.over}
    return [
        *header_faults(headers),
        *(f"Colonne obligatoire absente : « {name} ». Colonnes lues : {', '.join(headers)}." for name in sorted(columns - plain)),
        *(
            f"Colonne inconnue « {name} » : elle peut décrire une personne. Retirez-la, ou déclarez-la dans « over » de la section [cube]. "
            f"{NOTHING_KEPT}"
            for name in sorted(stray)
        ),
    ]


def _sum(rows: pd.DataFrame, measure: str, dimension: str) -> pd.DataFrame:
    summed = rows.groupby([PERIOD, ZONE, CATEGORY], as_index=False).agg(value=("value", "sum"), hidden=("hidden", "any"))
    summed[COUNT] = summed["value"].astype("str").where(~summed["hidden"], "s")
    summed[MEASURE], summed[DIMENSION] = measure, dimension
    return summed[[PERIOD, ZONE, MEASURE, DIMENSION, CATEGORY, COUNT]].astype("str")


def _periods(column: pd.Series, source: Source) -> pd.Series:
    """The extract's months (YYYYMM) or our codes, as periods of the source: a quarterly extract is dated by its last month."""

    def code(text: str) -> str:
        month = _month(text)
        if month is None:
            return text.strip()
        return month.code if source.periodicity is Frequency.MONTH else Period.of(month.first_day, source.periodicity).code

    return column.map({text: code(text) for text in column.unique()})
