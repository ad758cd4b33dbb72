"""The figures of a chart as a table: the same rows, with their counts, intervals and states. Pure: rows in, tables out."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.components.html import Cell, Table
from dashboard.components.released import marked
from indicators import sentences_values
from indicators import typography as t
from indicators.indicator import Kind
from indicators.sentences import verdict
from indicators.sentences_rows import Figure, GapRow


def counted(figure: Figure) -> Cell:
    """A count, or why there is none."""
    return Cell(t.number(figure.value) if figure.known else sentences_values.absent(figure), figure.status, numeric=True)


def rated(figure: Figure, *, unit: bool = True) -> Cell:
    """A rate with its two counts, or why there is none."""
    if not figure.known:
        return Cell(sentences_values.absent(figure), figure.status, numeric=True)
    text = t.rate(figure.value, figure.numerator, figure.denominator, unit=unit)
    counts = t.out_of(figure.numerator, figure.denominator)
    return Cell(text if text == counts else f"{text} ({counts})", numeric=True)


def gaps_table(rows: Sequence[GapRow], when: str, zone: str) -> Table:
    """The two levels with their counts, the gap and its interval, the verdict; ``when``: « T3 2022 », « de janvier à décembre 2023 »."""
    return Table(
        f"Accès au droit commun, {zone} et reste de la ville, {when}",
        ("Dispositif", zone, "Reste de la ville", "Écart", f"Intervalle à 95{t.NBSP}%", "Lecture"),
        tuple(_gap(row) for row in rows),
    )


def _gap(row: GapRow) -> tuple[str | Cell, ...]:
    unit = row.indicator.kind is not Kind.RATE
    if not row.known:
        absent = marked(Cell(t.absent(row.status), row.status, numeric=True))
        sides = (marked(rated(side, unit=unit)) for side in (row.qpv, row.rest))
        return (row.indicator.short, *sides, absent, absent, marked(Cell(verdict(row), row.status)))
    interval = f"de {t.signed(row.low, 1)} à {t.signed(row.high, 1)}"
    words = verdict(row) + (", localisation fragile" if row.fragile else "")
    return (
        row.indicator.short,
        rated(row.qpv, unit=unit),
        rated(row.rest, unit=unit),
        Cell(t.points(row.points), numeric=True),
        Cell(interval, numeric=True),
        words,
    )


def parity_table(rows: Sequence[tuple[GapRow, Figure]], when: str, *, unlocated: bool = True) -> Table:
    """The parity index of each scheme, the entries missing for an equal access, and (``unlocated``) the share that no address places."""
    heads = (
        "Dispositif",
        "Indice de parité",
        f"Intervalle à 95{t.NBSP}%",
        "Entrées des QPV",
        "Pour un accès égal",
        "Entrées non localisées",
    )
    shown = len(heads) if unlocated else len(heads) - 1
    return Table(f"Parité d'accès et entrées manquantes, {when}", heads[:shown], tuple(_parity(row, index)[:shown] for row, index in rows))


def _parity(row: GapRow, index: Figure) -> tuple[str | Cell, ...]:
    if not (row.known and index.known):
        status = index.status if row.known else row.status
        absent = marked(Cell(t.absent(status), status, numeric=True))
        return (row.indicator.short, *[absent] * 5)
    limits = f"de {t.ratio(index.low)} à {t.ratio(index.high)}" if t.is_known(index.low) and t.is_known(index.high) else "non calculable"
    share = t.percent(100 * row.unlocated) if t.is_known(row.unlocated) else "inconnu"
    return (
        row.indicator.short,
        Cell(t.ratio(index.value), numeric=True),
        Cell(limits, numeric=True),
        Cell(t.number(row.qpv.numerator), numeric=True),
        Cell(missing_entries(row), numeric=True),
        Cell(share + (", fragile" if row.fragile else ""), numeric=True),
    )


def missing_entries(row: GapRow) -> str:
    """« 77 de plus »: entries of QPV residents missing for an equal access, where the gap is established; or that none is missing."""
    if not row.established:
        return "–"
    if row.residents < 0:
        return "accès déjà supérieur"
    n = t.rounded(row.residents)
    return "autant" if n == 0 else f"{t.number(n)} de plus"
