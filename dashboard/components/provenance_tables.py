"""Where the figures of an indicator come from, as tables: deliveries, files, versions of its definition. Rows in, tables out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from dashboard.components.html import Cell, Table
from indicators import typography as t
from indicators.indicator import Indicator
from indicators.period import Period
from indicators.registry import measures
from indicators.wording import Precision, digest, precisions_of, versions

if TYPE_CHECKING:
    from datetime import date

    import pandas as pd

FINGERPRINT = 12
"""Characters of a fingerprint that are shown: enough to tell two files apart."""
NOTHING_BEFORE = "rien"
_BLOCK = ["source", "measure", "period"]


def provenance_table(
    found: pd.DataFrame, labels: Mapping[str, str], period: Period, superseded: pd.DataFrame | None = None, *, sizes: bool = True
) -> Table:
    """The deliveries behind the figures of a period (``Board.provenance``): who, what, when received, which content, what it replaced.

    ``sizes``: whether to say how many rows each brought; a partner lists no zero, hence rows tell which counts are none.
    """
    before = _before(superseded, found)
    return Table(
        f"Livraisons dont viennent les chiffres, {t.period_label(period)}",
        ("Source", "Ce qui est compté", "Période livrée", "Reçu le", "Livraison", *_rows_head(sizes), "Empreinte", "Remplace"),
        tuple(
            (
                labels.get(str(row["source"]), str(row["source"])),
                measure_label(str(row["measure"])),
                t.period_label(Period.parse(str(row["period"]))),
                t.date_short(row["received_at"].date()),
                Cell(f"n°{t.NBSP}{row['delivery_id']}", numeric=True),
                *_rows(row, sizes),
                str(row["sha256"])[:FINGERPRINT],
                before.get(tuple(str(row[name]) for name in _BLOCK), NOTHING_BEFORE),
            )
            for _, row in found.iterrows()
        ),
    )


def _rows_head(sizes: bool) -> tuple[str, ...]:
    return ("Lignes",) if sizes else ()


def _rows(row: pd.Series, sizes: bool) -> tuple[Cell, ...]:
    return (Cell(t.number(int(row["rows"])), numeric=True),) if sizes else ()


def _before(superseded: pd.DataFrame | None, found: pd.DataFrame) -> dict[tuple[str, ...], str]:
    """The delivery that each block found replaced last, and how many there were before it."""
    if superseded is None:
        return {}
    told = {}
    same = superseded["measure"].isin(found["measure"].unique()) & superseded["period"].isin(found["period"].unique())
    for key, rows in superseded[same].groupby(_BLOCK, sort=False):
        last = rows.iloc[-1]
        more = f", et {t.count(len(rows) - 1, 'autre avant', 'autres avant')}" if len(rows) > 1 else ""
        told[tuple(str(part) for part in key)] = f"n°{t.NBSP}{last['delivery_id']} du {t.date_short(last['received_at'].date())}{more}"
    return told


def measure_label(code: str) -> str:
    """What a measure counts, in French; its code once it has left the vocabulary."""
    known = measures().get(code)
    return known.label if known else code


def files_table(deliveries: pd.DataFrame, labels: Mapping[str, str], *, sizes: bool = True) -> Table:
    """The files behind what is not delivered as counts (a ledger, a published value): accepted deliveries, the newest first."""
    return Table(
        "Fichiers dont viennent les chiffres",
        ("Source", "Fichier", "Reçu le", "Livraison", *_rows_head(sizes), "Empreinte"),
        tuple(
            (
                labels.get(str(row["source"]), str(row["source"])),
                str(row["origin"]) or "non nommé",
                t.date_short(row["received_at"].date()),
                Cell(f"n°{t.NBSP}{row['id']}", numeric=True),
                *_rows(row, sizes),
                str(row["sha256"])[:FINGERPRINT],
            )
            for _, row in deliveries.iloc[::-1].iterrows()
        ),
    )


def versions_table(item: Indicator, precisions: Sequence[Precision], today: date) -> Table:
    """Every text that the definition has had, the latest first, with its day, who decided it, and the digest that tells a redefinition."""
    decided = {one.since: one.decision for one in precisions_of(item, precisions)}
    told = [(day, text) for day, text in versions(item, precisions) if day is None or day <= today]
    return Table(
        f"Versions de la définition de {item.code}",
        ("À partir du", "Définition", "Décidée par", "Empreinte"),
        tuple(
            (
                t.date_short(day) if day else "l'origine",
                text,
                decided[day] if day else "Catalogue des indicateurs",
                digest(item, precisions, day)[:FINGERPRINT] if day else digest(item, (), today)[:FINGERPRINT],
            )
            for day, text in reversed(told)
        ),
    )
