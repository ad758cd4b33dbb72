"""Tables written as people draw them: one line a row, ``total`` a margin, ``*`` a hidden cell."""

from __future__ import annotations

from indicators.disclosure.rows import table_of
from indicators.disclosure.table import Audited, Table, audit_table

Interval = tuple[int, int | None]


def drawn(text: str) -> Table:
    """``* 10`` hides a cell, ``3*`` hides one whose value is told (for a mask), ``-`` leaves a cell out of the file."""
    head, *lines = [line.split() for line in text.strip().splitlines()]
    rows = [(1, ["row", "col", "value", "hidden"])]
    for row, *marks in lines:
        for col, mark in zip(head, marks, strict=True):
            if mark != "-":
                rows.append((len(rows) + 1, [row, col, mark.strip("*"), str(int("*" in mark))]))
    return table_of(rows)


def intervals(table: Table, k: int = 5) -> dict[str, Interval]:
    """``{"w|b": (47, 47)}``: the hidden cells."""
    return {f"{item.cell.row}|{item.cell.col}": (item.low, item.high) for item in audit_table(table, k) if item.cell.hidden}


def told(found: list[Audited]) -> set[str]:
    """The exposed cells."""
    return {f"{item.cell.row}|{item.cell.col}" for item in found if item.exposed}
