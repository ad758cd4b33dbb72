"""From any figure to the sheet of its indicator: the one place where such links are made. How a link is drawn is in ``html``.

A frozen edition rewrites them when it is frozen, so that they stay within it (``editions.content``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dashboard.components.html import Cell, Table
from dashboard.content.choice import Choice, key
from indicators.changes_between import shown_period
from indicators.period import Period
from indicators.registry import indicators
from indicators.territory import QPV

SHEETS = "/indicateurs"
TRANSMITTED = "N1.5"
"""The indicator that deliveries on time make."""


def sheet_link(code: str, period: Period | None = None, zone: str = "") -> str:
    """The address of an indicator's sheet, at the period that it tells where it is not told by quarter; all the QPVs are left unsaid."""
    shown = shown_period(indicators()[code], period).code if period else ""
    return key(SHEETS, Choice(indicator=code, period=shown, zone="" if zone == QPV else zone))


def by_row(table: Table, codes: Sequence[str], period: Period | None, zone: str = "") -> Table:
    """The table, the heading of each row a link to the sheet of the indicator at the same place; none where its code is empty."""
    return by_rows(table, [(code, period) for code in codes], zone)


def by_rows(table: Table, sheets: Sequence[tuple[str, Period | None]], zone: str = "") -> Table:
    """The same where each row has a period of its own."""
    if len(sheets) != len(table.rows):
        raise ValueError(f"Table « {table.caption} »: {len(sheets)} sheets for {len(table.rows)} rows.")
    rows = tuple((_linked(row[0], code, period, zone), *row[1:]) for row, (code, period) in zip(table.rows, sheets, strict=True))
    return replace(table, rows=rows)


def by_column(table: Table, codes: Sequence[str], period: Period | None, zone: str = "") -> Table:
    """The table, the heading of each column after the first a link to the sheet of its indicator; none where its code is empty."""
    first, *others = table.columns
    return replace(table, columns=(first, *(_linked(head, code, period, zone) for head, code in zip(others, codes, strict=True))))


def _linked(cell: str | Cell, code: str, period: Period | None, zone: str) -> str | Cell:
    if not code:
        return cell
    return replace(cell if isinstance(cell, Cell) else Cell(cell), href=sheet_link(code, period, zone))
