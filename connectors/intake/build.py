"""The way from raw cells to Counts: each column is read, all faults are gathered, and only a delivery without any is returned."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import pandas as pd

from connectors.errors import NOTHING_KEPT, DeliveryRefusedError, quote
from connectors.intake.cells import NIR_LENGTH, holds_nir, is_formula, read_counts
from connectors.intake.columns import rename
from connectors.intake.faults import Faults
from connectors.intake.fill import fill_zeros, last_of_breakdown, place_everyone, total_of_breakdown, with_sum_of_qpvs
from connectors.intake.periods import read_periods
from connectors.intake.raw import CATEGORY, COUNT, DIMENSION, MEASURE, PERIOD, ZONE, Raw
from connectors.source import Source
from indicators import coherence
from indicators.codes import DIMENSIONS, ENSEMBLE
from indicators.frames import COUNTS_COLUMNS, COUNTS_KEY
from indicators.measures import Measure
from indicators.period import Period
from indicators.registry import measures
from indicators.status import Status
from indicators.territory import Territory


@dataclass(frozen=True)
class Context:
    """What a delivery is checked against: the city, the first day of the Cité, and today."""

    territory: Territory
    started_on: date
    today: date


@dataclass(frozen=True)
class Intake:
    """A valid Counts frame, and what the partner should know about how it was read."""

    counts: pd.DataFrame
    warnings: tuple[str, ...]


def to_counts(raw: Raw, source: Source, context: Context) -> Intake:
    """Validate a delivery and return its Counts.

    Raises:
        DeliveryRefusedError: every fault at once, each with its row and its remedy; nothing of the delivery is kept.
    """
    if raw.cells.empty:
        raise DeliveryRefusedError(["Aucune ligne de données. Si l'effectif est nul, livrez une ligne à 0."])
    cells, column_faults, warnings = rename(raw.cells, source)
    if column_faults:
        raise DeliveryRefusedError(column_faults)
    faults = Faults(raw)
    _refuse_personal_text(raw, faults)
    for name in (DIMENSION, CATEGORY):
        if name not in cells:
            cells[name] = ENSEMBLE
    dated = read_periods(cells[PERIOD], context.started_on, context.today, source.periodicity)
    frame = _translate(cells.assign(**{PERIOD: dated.codes}), source, context, faults)
    _each(cells[PERIOD].str.strip(), dated.faults, faults)
    faults.raise_if_any()
    frame, repeated = _deduplicate(frame, faults)
    faults.raise_if_any()
    counts = frame[COUNTS_COLUMNS].reset_index(drop=True)
    if source.absent_is_zero:
        counts = fill_zeros(counts, source, context.territory, raw)
    counts = last_of_breakdown(place_everyone(total_of_breakdown(counts), source), source)
    faults.raise_if_any(coherence.faults(with_sum_of_qpvs(counts, context.territory), context.territory, measures(), source.rounding))
    notes = [*raw.warnings, *warnings, *dated.notes, *repeated, *_secrets(counts), *_gaps_in_time(counts)]
    return Intake(_typed(counts), tuple(notes))


def all_zeros(raw: Raw, source: Source, context: Context) -> pd.DataFrame:
    """The Counts of a base that answered nothing: a zero in each cell that its queries cover."""
    nothing = pd.DataFrame(columns=COUNTS_COLUMNS).astype({**dict.fromkeys(COUNTS_COLUMNS, "str"), "value": "Int64"})
    filled = fill_zeros(nothing, source, context.territory, raw)
    return _typed(last_of_breakdown(place_everyone(total_of_breakdown(filled), source), source))


def _refuse_personal_text(raw: Raw, faults: Faults) -> None:
    for name in raw.cells.columns:
        text = raw.cells[name]
        suspects = text[(text.str.len() >= NIR_LENGTH) & text.str.contains(r"\d", regex=True)]
        for label, cell in suspects.items():
            if holds_nir(cell):
                faults.add(label, f"une donnée personnelle possible a été vue (numéro de sécurité sociale). {NOTHING_KEPT}")


def _translate(cells: pd.DataFrame, source: Source, context: Context, faults: Faults) -> pd.DataFrame:
    """Our columns from the partner's texts, faults gathered on the way."""
    read = read_counts(cells[COUNT], source, context.territory.population)
    for label, sentence in read.faults.items():
        faults.add(label, sentence)
    known = {code: measure for code, measure in measures().items() if code in source.measures}
    frame = pd.DataFrame(
        {
            "source": source.id,
            "measure": _codes(cells[MEASURE], source.codes.get(MEASURE, {})),
            "territory": _codes(cells[ZONE], source.codes.get(ZONE, {})),
            "period": cells[PERIOD],
            "dimension": _codes(cells[DIMENSION], source.codes.get(DIMENSION, {})),
            "value": read.value,
            "status": read.status,
        },
        index=cells.index,
    )
    frame["dimension"] = frame["dimension"].replace("", ENSEMBLE)
    _check_measures(frame, known, source, faults)
    _check_zones(frame, context.territory, faults)
    frame["category"] = _categories(frame["dimension"], cells[CATEGORY], source, faults)
    return frame


def _codes(column: pd.Series, translation: Mapping[str, str]) -> pd.Series:
    text = column.str.strip()
    return text.map({cell: translation.get(cell, cell) for cell in text.unique().tolist()}).astype("str") if translation else text


def _each(column: pd.Series, sentences: Mapping[str, str], faults: Faults) -> None:
    """One fault per row whose text has a sentence."""
    for label, text in column[column.isin(list(sentences))].items():
        faults.add(label, sentences[text])


def _check_measures(frame: pd.DataFrame, known: Mapping[str, Measure], source: Source, faults: Faults) -> None:
    unknown = set(frame["measure"].unique()) - set(known)
    expected = ", ".join(sorted(known)) or "aucune : vérifiez les mesures déclarées par la source"
    declared = set(source.measures)
    _each(
        frame["measure"],
        {
            code: f"mesure « {quote(code)} » inconnue du catalogue ; déclarez-la dans indicators/catalogue/."
            if code in declared
            else f"mesure « {quote(code)} » inconnue. Mesures attendues : {expected}."
            for code in unknown
        },
        faults,
    )


def _check_zones(frame: pd.DataFrame, territory: Territory, faults: Faults) -> None:
    zones, qpvs = set(territory.zones()), set(territory.qpv_codes())
    expected = ", ".join(sorted(qpvs))
    places = zip(frame.index, frame["territory"].tolist(), frame["period"].tolist(), strict=True)
    in_force = {code: _in_force(territory, code) for code in frame["period"].unique().tolist()}
    for label, zone, code in places:
        if zone not in zones:
            hint = ""
            if zone.isdigit() and len(zone) in {4, 5}:
                hint = " Un code postal ou de commune n'est pas une zone."
            faults.add(
                label, f"QPV « {quote(zone)} » inconnu.{hint} Codes attendus pour {territory.name} : {expected}, ou HORS_QPV, VILLE…"
            )
        elif zone in qpvs and (known := in_force[code]) is not None and zone not in known:
            faults.add(label, f"le code {zone} n'appartient pas au zonage en vigueur en {code} ({', '.join(known) or 'aucun déclaré'}).")


def _in_force(territory: Territory, code: str) -> list[str] | None:
    """The QPVs of a period; None for what is not one, which is told elsewhere."""
    try:
        return territory.qpv_codes(Period.parse(code))
    except ValueError:
        return None


def _categories(dimensions: pd.Series, column: pd.Series, source: Source, faults: Faults) -> pd.Series:
    """Category codes, translated by the maps of their own dimension and checked against its list."""
    text = column.str.strip()
    found = pd.Series(ENSEMBLE, index=text.index, dtype="str")
    for code in dimensions.unique():
        rows = dimensions == code
        dimension = DIMENSIONS.get(code)
        if dimension is None:
            for label in text.index[rows]:
                faults.add(label, f"dimension « {quote(code)} » inconnue. Dimensions : {', '.join(DIMENSIONS)}.")
            continue
        translated = _codes(text[rows], source.codes.get(code, {}))
        if code == ENSEMBLE:
            translated = translated.replace("", ENSEMBLE)
        for label, cell in translated[~translated.isin(list(dimension.codes))].items():
            kind = "une formule n'est pas acceptée dans un libellé." if is_formula(cell) else None
            faults.add(label, kind or f"code « {quote(cell)} » inconnu pour « {code} ». Codes attendus : {', '.join(dimension.codes)}.")
        found[rows] = translated
    return found


def _deduplicate(frame: pd.DataFrame, faults: Faults) -> tuple[pd.DataFrame, list[str]]:
    """Rows repeated identically count once and are said; the same key with two values is a fault."""
    same = frame.duplicated(COUNTS_KEY, keep=False)
    identical = frame.duplicated([*COUNTS_KEY, "value", "status"], keep="first")
    first: dict[tuple[str, ...], tuple[object, object]] = {}
    for row in frame[same & ~identical].itertuples():
        key = tuple(str(getattr(row, name)) for name in COUNTS_KEY)
        if key in first:
            label, value = first[key]
            detail = "période, territoire, mesure et modalité"
            faults.add(row.Index, f"deux valeurs ({_text(value)} et {_text(row.value)}) pour les mêmes {detail} (voir aussi {label}).")
        else:
            first[key] = (row.Index, row.value)
    count = int(identical.sum())
    if not count:
        return frame, []
    if faults.raw.exhaustive:  # a GROUP BY never answers twice: counting once would hide that the query lists instead of counting
        faults.add(frame.index[identical][0], f"la requête renvoie {count} lignes en double. Vérifiez le GROUP BY : elle doit compter.")
        return frame, []
    plural = "lignes répétées à l'identique, comptées une fois" if count > 1 else "ligne répétée à l'identique, comptée une fois"
    return frame[~identical], [f"{count} {plural}."]


def _text(value: object) -> str:
    return "valeur absente" if value is pd.NA else quote(value)


def _secrets(counts: pd.DataFrame) -> list[str]:
    count = int((counts["status"] == Status.SECRET).sum())
    if not count:
        return []
    return [f"{count} valeur{'s' if count > 1 else ''} sous secret chez le partenaire : conservées comme « secret », jamais comme 0."]


def _gaps_in_time(counts: pd.DataFrame) -> list[str]:
    """Periods missing inside what one measure covers."""
    found = set()
    for codes in counts.groupby("measure")["period"].unique():
        for earlier, later in pairwise(sorted(Period.parse(code) for code in codes)):
            if earlier.frequency == later.frequency and earlier.shift(1) < later:
                found.add(earlier.shift(1).code)
    return [
        f"La période {code} manque ; si aucune autre livraison ne l'apporte, elle est affichée « non transmis », pas 0."
        for code in sorted(found)
    ]


def _typed(counts: pd.DataFrame) -> pd.DataFrame:
    text = [name for name in COUNTS_COLUMNS if name != "value"]
    return counts[COUNTS_COLUMNS].astype({**dict.fromkeys(text, "str"), "value": "Int64"}).sort_values(COUNTS_KEY, ignore_index=True)
