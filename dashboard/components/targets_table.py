"""The copil's targets as a table, after PILOTE's: initial value, current value, target of the date, share of the way done. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from dashboard.components.html import Cell, Table
from dashboard.components.readings import breaks_of
from dashboard.components.released import marked
from indicators import targets
from indicators import typography as t
from indicators.period import Period
from indicators.registry import indicators
from indicators.sentences_targets import TargetRow, advance, in_unit, subject, target_rows
from indicators.sentences_values import short
from indicators.status import Status
from indicators.territory import Territory
from indicators.windows import Window

if TYPE_CHECKING:
    from dashboard.board import Board


FOLLOWED = "suivi par la coordination, effectifs trop petits"


def rows_of(board: Board, period: Period) -> list[TargetRow]:
    """Every declared target at a quarter, in the order of cite.toml: read since 1 January, as a dated target is set, not on one quarter."""
    frame = targets.progress(board.to_date, board.settings.targets, indicators(), period, breaks_of(board), board.settings.territory)
    return [_told(board, row) for row in target_rows(frame, board.to_date, indicators())]


def _told(board: Board, row: TargetRow) -> TargetRow:
    """The row, its figure followed by the coordination where the reader's grid does not show it."""
    key = (row.indicator.code, row.zone, row.period.code, *row.category)
    if row.current.status is not Status.SECRET or board.offers(Window.YEAR_TO_DATE, key):
        return row
    return replace(row, current=replace(row.current, reason=FOLLOWED))


def reached(rows: Sequence[TargetRow]) -> str:
    """How many targets are reached; those that the coordination follows, then those without a figure, apart."""
    known = [row for row in rows if row.current.known]
    followed = sum(row.current.reason == FOLLOWED for row in rows)
    if not known and not followed:
        return (
            f"Aucune des {len(rows)} cibles n'a de chiffre pour ce trimestre."
            if len(rows) > 1
            else "La cible n'a pas de chiffre pour ce trimestre."
        )
    done = sum(row.reached for row in known)
    said = [f"{t.count(done, 'cible atteinte', 'cibles atteintes')} sur {len(known)}"] if known else []
    said += [f"{t.count(followed, 'cible suivie', 'cibles suivies')} par la coordination, effectifs trop petits"] if followed else []
    absent = len(rows) - len(known) - followed
    said += [f"{t.count(absent, 'cible')} sans chiffre ce trimestre"] if absent else []
    return f"{f'{t.NNBSP}; '.join(said)}."


def targets_table(rows: Sequence[TargetRow], period: Period, territory: Territory) -> Table:
    """Where each figure started, is, should be, and the rate of progress to the target in force."""
    return Table(
        f"Cibles du copil, depuis le 1er janvier, {t.period_label(period)}",
        ("Indicateur", "Valeur initiale", "Depuis le 1er janvier", "Cible", "Avancement", "Lecture"),
        tuple(_row(row, territory) for row in rows),
    )


def _row(row: TargetRow, territory: Territory) -> tuple[str | Cell, ...]:
    initial = Cell(f"{in_unit(row.indicator, row.initial)} ({t.date_short(row.initial_day)})", numeric=True)
    wanted = Cell(f"{in_unit(row.indicator, row.target)} ({t.date_short(row.target_day)})", numeric=True)
    current = Cell(short(row.indicator, row.current), row.current.status, numeric=True)
    if not row.current.reason:
        current = marked(current)
    if not row.current.known:
        return (subject(row, territory), initial, current, wanted, Cell("–", numeric=True), "–")
    words = (
        "atteinte"
        if row.reached
        else "non atteinte à l'échéance"
        if row.target_day <= row.period.last_day
        else "s'éloigne"
        if row.progress < 0
        else "en chemin"
    )
    return (subject(row, territory), initial, current, wanted, Cell(advance(row.progress, reached=row.reached), numeric=True), words)
