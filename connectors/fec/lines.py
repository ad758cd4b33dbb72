"""Which line an entry of the ledger belongs to: one of the grant, a co-funding, or a line kept apart (``indicators.grant``)."""

from __future__ import annotations

import pandas as pd

from connectors.errors import DeliveryRefusedError
from connectors.exercise import CofundingDeclared, ExerciseDeclared, LineDeclared
from indicators.cerfa import VOLUNTARY_EXPENSE, VOLUNTARY_INCOME
from indicators.grant import COFUNDED, FUNDS, INCOME, VOLUNTARY

EXPENSE_CLASS, INCOME_CLASS = "6", "7"
KEPT = (EXPENSE_CLASS, INCOME_CLASS, VOLUNTARY_EXPENSE, VOLUNTARY_INCOME)
"""Beginnings of the accounts that a budget reads; balance sheet accounts only say when things are settled."""
SET_ASIDE = ("689", "789")
CREDITED = (INCOME_CLASS, VOLUNTARY_INCOME)
"""Accounts whose natural side is the credit: their amounts are written positive there."""


def with_lines(entries: pd.DataFrame, exercises: tuple[ExerciseDeclared, ...]) -> pd.DataFrame:
    """Entries with their line and level (empty for a line kept apart).

    Raises:
        DeliveryRefusedError: an expense that neither the grant nor a co-funding pays, never dropped.
    """
    declared = {item.year: item for item in exercises}
    found: list[tuple[str, str]] = []
    faults: dict[str, str] = {}
    for label, year, account, analytic in entries[["exercise", "account", "analytic"]].itertuples():
        place = _apart(declared[year], account, analytic) or _of_grant(declared[year].line, account, analytic)
        found.append(place or ("", ""))
        if place is None:
            code = f" (analytique « {analytic} »)" if analytic else ""
            faults.setdefault(
                f"{year} {account} {analytic}",
                f"Ligne {label} : le compte {account}{code} n'a pas de ligne au budget {year}. Ajoutez-le à « accounts » dans cite.toml.",
            )
    if faults:
        raise DeliveryRefusedError(list(faults.values())[:50])
    lines, levels = ([place[side] for place in found] for side in (0, 1))
    return entries.assign(line=lines, level=levels).astype({"line": "str", "level": "str"})


def _apart(exercise: ExerciseDeclared, account: str, analytic: str) -> tuple[str, str] | None:
    if account.startswith(SET_ASIDE):
        return FUNDS, ""
    if account.startswith((VOLUNTARY_EXPENSE, VOLUNTARY_INCOME)):
        return VOLUNTARY, ""
    if account.startswith(INCOME_CLASS):
        funder = _funder(exercise.cofunding, account, analytic)
        return (f"{COFUNDED}{funder.code}" if funder else INCOME), ""
    payer = next((item for item in exercise.cofunding if analytic in item.analytic), None)
    return (f"{COFUNDED}{payer.code}", "") if payer else None


def _funder(cofunding: tuple[CofundingDeclared, ...], account: str, analytic: str) -> CofundingDeclared | None:
    """Who an income comes from: its analytic code, else the longest beginning of its account."""
    named = next((item for item in cofunding if analytic in item.analytic), None)
    fits = [(len(prefix), place) for place, item in enumerate(cofunding) for prefix in item.accounts if account.startswith(prefix)]
    return named or (cofunding[max(fits)[1]] if fits else None)


def _of_grant(lines: tuple[LineDeclared, ...], account: str, analytic: str) -> tuple[str, str] | None:
    """The line whose declared prefix of the account is the longest; an analytic code, where a line gives some, must also match."""
    best: tuple[int, LineDeclared] | None = None
    for line in lines:
        if line.analytic and analytic not in line.analytic:
            continue
        fits = [len(prefix) for prefix in line.accounts if account.startswith(prefix)] or (
            [0] if line.analytic and not line.accounts else []
        )
        if fits and (best is None or max(fits) > best[0]):
            best = (max(fits), line)
    return (best[1].code, best[1].level) if best else None
