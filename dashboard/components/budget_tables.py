"""The tables of money: lines, levels, co-funding, costs, financial report. Pure: rows in, tables out; amounts are written to the cent."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pandas as pd

from dashboard.components.budget_readings import UnitCost
from dashboard.components.html import Cell, Table
from indicators import sentences_values
from indicators import typography as t
from indicators.cerfa import EXPENSES, VOLUNTARY_EXPENSE, VOLUNTARY_INCOME
from indicators.grant import TOTAL
from indicators.sentences import capital
from indicators.sentences_budget import LEVELS, FundRow, LevelRow, pace, standing
from indicators.sentences_rows import BudgetRow
from indicators.status import Status

CERFA_COLUMNS = ("Compte", "Prévu", "Réalisé", "Écart", f"Réalisé, en{t.NBSP}% du prévu")
UNPLANNED = "non déclaré"
SIDES = {EXPENSES: "Charges", "produits": "Produits"}


def money(amount: Decimal | None, *, sign: bool = False) -> Cell:
    """An amount to the cent, or « non transmis »."""
    if amount is None:
        return Cell(t.absent(Status.NON_TRANSMIS), Status.NON_TRANSMIS, numeric=True)
    return Cell(f"{t.signed(amount, 2)}{t.NBSP}€" if sign else t.euros(amount, 2), numeric=True)


def share(part: float) -> Cell:
    """A part of a whole (0 to 1), or « sans objet » without a whole."""
    if not t.is_known(part):
        return Cell(t.absent(Status.NON_APPLICABLE), Status.NON_APPLICABLE, numeric=True)
    return Cell(t.percent(100 * part, 1), numeric=True)


def budget_table(lines: Sequence[BudgetRow], total: BudgetRow, year: int) -> Table:
    """What the grant became, line by line: granted, committed, paid, left; then with the carry-over, which no line shares."""
    rows = [_use(row, row.label, pace(row)) for row in lines]
    rows.append(_use(total, total.label, standing(total)))
    if total.carried_over:
        usable = total.usable
        whole = replace(total, granted=usable, remaining=usable - total.committed, used_share=float(total.paid / usable))
        rows.append(_use(whole, f"{total.label}, report compris", ""))
    return Table(
        f"Subvention {year}, par ligne", ("Ligne", "Prévu", "Engagé", "Dépensé", "Reste à engager", "Part dépensée", "Rythme"), tuple(rows)
    )


def _use(row: BudgetRow, label: str, beside: str) -> tuple[str | Cell, ...]:
    return (label, *(money(amount) for amount in (row.granted, row.committed, row.paid, row.remaining)), share(row.used_share), beside)


def levels_table(rows: Sequence[LevelRow], year: int) -> Table:
    """What each level was granted and paid, and its share of all that is paid."""
    return Table(
        f"Subvention {year}, par niveau",
        ("Niveau", "Prévu", "Engagé", "Dépensé", "Part du dépensé"),
        tuple(
            (
                f"{row.level}. {capital(LEVELS[row.level])}",
                money(row.granted),
                money(row.committed),
                money(row.paid),
                share(row.share),
            )
            for row in rows
        ),
    )


def funds_table(rows: Sequence[FundRow], year: int) -> Table:
    """What the other funders notified, what came and what it paid."""
    return Table(
        f"Cofinancements {year}",
        ("Financeur", "Notifié", "Reçu", "Dépensé"),
        tuple((row.funder, money(row.notified), money(row.received), money(row.spent)) for row in rows),
    )


def costs_table(costs: Sequence[UnitCost], year: int) -> Table:
    """What the grant paid by person, with the count and its interval."""
    return Table(
        f"Coûts par personne, {year}",
        ("Coût", "Dépensé", "Personnes", "Euros par personne", f"Intervalle à 95{t.NBSP}%"),
        tuple(_cost(cost) for cost in costs),
    )


def _cost(cost: UnitCost) -> tuple[str | Cell, ...]:
    found, label = cost.figure, f"Par {cost.noun}"
    if not found.known:
        return (label, *[Cell(sentences_values.absent(found), found.status, numeric=True)] * 4)
    texts = (
        t.euros(found.numerator),
        t.number(found.denominator),
        t.euros(found.value),
        f"de {t.number(found.low)} à {t.euros(found.high)}",
    )
    return (label, *(Cell(text, numeric=True) for text in texts))


def cerfa_tables(report: pd.DataFrame, year: int) -> dict[str, Table]:
    """The financial report as the form lays it out, by side (« Charges », « Produits »); contributions in kind are under each total."""
    return {
        title: Table(
            f"Compte rendu financier {year}, {title.lower()}",
            CERFA_COLUMNS,
            tuple(_class(row) for row in report[report["side"] == side].to_dict("records")),
        )
        for side, title in SIDES.items()
    }


def _class(row: Mapping[Hashable, Any]) -> tuple[str | Cell, ...]:
    account, label = str(row["account"]), str(row["label"])
    head = label if account == TOTAL else f"{account} {label}"
    outside = " (hors total)" if account in {VOLUNTARY_EXPENSE, VOLUNTARY_INCOME} else ""
    planned, actual, difference = (row[name] for name in ("planned", "actual", "difference"))
    unplanned = Cell(UNPLANNED, Status.NON_TRANSMIS, numeric=True)
    absent = unplanned if planned is None else money(None)
    return (
        head + outside,
        unplanned if planned is None else money(planned),
        money(actual),
        absent if difference is None else money(difference, sign=True),
        absent if difference is None else share(row["share"]),
    )
