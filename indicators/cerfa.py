"""The financial report of a grant (Cerfa 15059*02): planned and actual amounts by class of accounts, exact to the cent, from the ledger.

The form's « charges indirectes », which share out the costs of the whole association by a key of its own, are not in the ledger of the
Cité: they are not covered, nor are the parts that the association writes by hand (rules of allocation, explanation of differences).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

import pandas as pd

from indicators.grant import TOTAL, euros

EXPENSES, INCOME = "charges", "produits"
EXPENSE_CLASSES: Final = ("60", "61", "62", "63", "64", "65", "66", "67", "68")
OTHER_INCOME: Final = ("70", "73", "75", "76", "77", "79")
"""Income classes planned by the association; 74 and 78 follow from the grant, its co-funding and its carry-over."""
INCOME_CLASSES: Final = ("70", "73", "74", "75", "76", "77", "78", "79")
VOLUNTARY_EXPENSE, VOLUNTARY_INCOME = "86", "87"
SET_ASIDE = "689"
LABELS: Final = {
    "60": "Achats",
    "61": "Services extérieurs",
    "62": "Autres services extérieurs",
    "63": "Impôts et taxes",
    "64": "Charges de personnel",
    "65": "Autres charges de gestion courante",
    "66": "Charges financières",
    "67": "Charges exceptionnelles",
    "68": "Dotations aux amortissements, provisions et engagements",
    "70": "Ventes de produits finis, de marchandises, prestations de services",
    "73": "Dotations et produits de tarification",
    "74": "Subventions d'exploitation",
    "75": "Autres produits de gestion courante",
    "76": "Produits financiers",
    "77": "Produits exceptionnels",
    "78": "Reprises sur amortissements, provisions et fonds dédiés",
    "79": "Transferts de charges",
    "86": "Emplois des contributions volontaires en nature",
    "87": "Contributions volontaires en nature",
}
TOTALS: Final = {EXPENSES: "Total des charges", INCOME: "Total des produits"}
ZERO = Decimal("0.00")
COLUMNS = ["side", "account", "label", "planned", "actual", "difference", "share"]
Row = tuple[str, str, str, Decimal | None, Decimal | None, Decimal | None, float]


def cerfa(expenses: pd.DataFrame, planned: Mapping[str, Decimal], exercise: int) -> pd.DataFrame:
    """The form's table: for expenses then income, a row a class, their total, then the contributions in kind, outside the total.

    Args:
        expenses: the ledger entries to report (Expenses frame); what is booked counts, paid or not.
        planned: euros by class of accounts, as the budget of the agreement gives them; empty when there is none.

    Returns:
        Columns side (``charges``, ``produits``), account (two figures, or ``total``), label, planned, actual and difference (actual less
        planned) in ``Decimal`` euros, share (actual / planned). Planned is None without a budget, actual None while no ledger has come.
    """
    entries = expenses[expenses["exercise"] == exercise]
    cents = entries.groupby(entries["account"].str[:2])["committed"].sum()
    found = {str(account): euros(int(amount)) for account, amount in cents.items()} if len(entries) else None
    rows = [
        *_side(EXPENSES, EXPENSE_CLASSES, VOLUNTARY_EXPENSE, planned, found),
        *_side(INCOME, INCOME_CLASSES, VOLUNTARY_INCOME, planned, found),
    ]
    return pd.DataFrame(rows, columns=COLUMNS).astype(dict.fromkeys(("planned", "actual", "difference"), object))


def _side(
    side: str, classes: tuple[str, ...], in_kind: str, planned: Mapping[str, Decimal], found: Mapping[str, Decimal] | None
) -> list[Row]:
    def amounts(accounts: tuple[str, ...]) -> tuple[Decimal | None, Decimal | None]:
        wanted = sum((planned.get(item, ZERO) for item in accounts), ZERO) if planned else None
        actual = None if found is None else sum((found.get(item, ZERO) for item in accounts), ZERO)
        return wanted, actual

    rows = [_row(side, item, LABELS[item], *amounts((item,))) for item in classes]
    rows.append(_row(side, TOTAL, TOTALS[side], *amounts(classes)))
    return [*rows, _row(side, in_kind, LABELS[in_kind], *amounts((in_kind,)))]


def _row(side: str, account: str, label: str, planned: Decimal | None, actual: Decimal | None) -> Row:
    difference = None if planned is None or actual is None else actual - planned
    share = float(actual / planned) if planned and actual is not None else float("nan")
    return side, account, label, planned, actual, difference, share


@dataclass(frozen=True)
class Balance:
    """What must agree in the report, in euros.

    Attributes:
        expenses, income: the totals of the table.
        given, used: contributions in kind, as income (87) and as expense (86).
        set_aside: what is left of grants at the year's end, booked among the expenses (689) though it is not spent.
        differences: by class of two figures, what the ledger holds beyond the row of the table (all of it where there is no such row);
            empty when every class, of expenses, of income and in kind, agrees to the cent.
    """

    expenses: Decimal
    income: Decimal
    given: Decimal
    used: Decimal
    set_aside: Decimal = ZERO
    differences: tuple[tuple[str, Decimal], ...] = ()

    @property
    def result(self) -> Decimal:
        """Income less expenses: what is left, or what is lacking."""
        return self.income - self.expenses


def balance(table: pd.DataFrame, expenses: pd.DataFrame, exercise: int) -> Balance | None:
    """Set a table against the ledger, class by class; None while no ledger of the exercise has come."""
    entries = expenses[expenses["exercise"] == exercise]
    if entries.empty:
        return None
    actual = {(row["side"], row["account"]): row["actual"] for row in table.to_dict("records")}
    return Balance(
        actual[EXPENSES, TOTAL],
        actual[INCOME, TOTAL],
        given=actual[INCOME, VOLUNTARY_INCOME],
        used=actual[EXPENSES, VOLUNTARY_EXPENSE],
        set_aside=_booked(entries, SET_ASIDE),
        differences=_differences(entries, {account: amount for (_, account), amount in actual.items() if account != TOTAL}),
    )


def _booked(entries: pd.DataFrame, head: str) -> Decimal:
    return euros(int(entries.loc[entries["account"].str.startswith(head), "committed"].sum()))


def _differences(entries: pd.DataFrame, told: Mapping[str, Decimal]) -> tuple[tuple[str, Decimal], ...]:
    """Classes of the ledger or of the table that do not hold the same amount."""
    classes = sorted({*told, *(str(account)[:2] for account in entries["account"])})
    beyond = ((head, _booked(entries, head) - told.get(head, ZERO)) for head in classes)
    return tuple((head, amount) for head, amount in beyond if amount)
