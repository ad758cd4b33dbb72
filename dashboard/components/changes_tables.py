"""« Depuis le dernier copil » as tables: each figure then and now with what the difference is made of, and each decision. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from dashboard.components.html import Cell, Table
from indicators import typography as t
from indicators.changes_rows import ChangeRow
from indicators.meeting import Decision
from indicators.sentences_changes import CAUSES, amount, subject
from indicators.sentences_decisions import state
from indicators.sentences_rows import Figure
from indicators.sentences_values import short
from indicators.status import Status
from indicators.territory import Territory

NOTHING = "–"


def changes_table(rows: Sequence[ChangeRow], previous: date, territory: Territory) -> Table:
    """One row a figure: as the previous séance read it, the same as it is known now, the new one, correction, evolution, what to know."""
    return Table(
        f"Chiffres depuis la séance du {t.date_short(previous)}",
        ("Chiffre", "Lu à la séance précédente", "Le même à présent", "Nouveau chiffre", "Révision", "Évolution", "À savoir"),
        tuple(_row(row, territory) for row in rows),
    )


def _row(row: ChangeRow, territory: Territory) -> tuple[str | Cell, ...]:
    then, now = t.period_label(row.earlier), t.period_label(row.later)
    return (
        subject(row, territory),
        _figure(row, row.old, then),
        _figure(row, row.restated, then),
        _figure(row, row.new, now),
        _part(row, row.revision_status, row.restated, row.old, changed=row.revised),
        _part(row, row.status, row.new, row.restated, changed=row.moved),
        _notes(row),
    )


def _figure(row: ChangeRow, figure: Figure, period: str) -> Cell:
    return Cell(f"{short(row.indicator, figure)} ({period})", figure.status, numeric=True)


def _part(row: ChangeRow, status: Status, later: Figure, earlier: Figure, *, changed: bool) -> Cell:
    if status is not Status.OK:
        return Cell(t.absent(status), status, numeric=True)
    if row.few:
        return Cell("effectifs trop faibles" if changed else "0", numeric=True)
    return Cell(amount(row, later, earlier) if changed else "0", numeric=True)


def _notes(row: ChangeRow) -> str:
    notes = []
    if row.broken and row.broken_on:
        notes.append(f"rupture de série le {t.date_short(row.broken_on)} ({t.lower_first(row.broken)})")
    if row.redefined:
        notes.append(f"définition précisée le {t.date_short(row.defined_on)}" if row.defined_on else "définition changée")
    if row.causes:
        apart = "" if len(row.causes) == 1 else " (ne se distinguent pas)"
        notes.append(f"révision{t.NBSP}: {t.joined([CAUSES[cause] for cause in row.causes])}{apart}")
    return f"{t.NNBSP}; ".join(notes) or NOTHING


def decisions_table(decisions: Sequence[Decision], on: date) -> Table:
    """The decisions of the previous séance and where each stands on a day."""
    return Table(
        f"Décisions de la séance précédente, au {t.date_short(on)}",
        ("Décision", "Texte", "Responsable", "Échéance", "État"),
        tuple(
            (f"Décision {item.number}", t.french(item.text), t.french(item.owner), t.date_short(item.due), state(item, on))
            for item in decisions
        ),
    )
