"""From the entries of a ledger to the expenses of the grant: which line of the budget, how much committed, paid and when."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pandas as pd

from connectors.errors import DeliveryRefusedError
from connectors.exercise import ExerciseDeclared, LineDeclared
from connectors.fec.parse import parse_fec
from connectors.source import Source
from indicators.frames import EXPENSES_COLUMNS
from indicators.typography import euros

EXPENSE_CLASS, THIRD_PARTY_CLASS, CASH_CLASS = "6", "4", "5"
TAX = "445"
ENTRY = ["year", "journal", "number"]
"""What names one entry of a ledger."""


def read_ledger(content: bytes, name: str, source: Source, exercises: tuple[ExerciseDeclared, ...]) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """The Expenses frame of one FEC file, and remarks.

    An expense (class 6) is committed when it is booked. It is paid on the day of its entry if that entry moves cash (class 5); otherwise on
    the day its debts (class 4, credited) are all lettered; until then it is committed and unpaid.

    Raises:
        DeliveryRefusedError: unreadable file, entry that does not balance, expense without a budget line, nothing for the grant.
    """
    ledger = parse_fec(content, name, source)
    # entries are numbered within an exercise: a file that holds two must not mix them
    entries = ledger.entries.assign(year=ledger.entries["day"].dt.year)
    warnings = list(ledger.warnings)
    if entries["account"].str[0].isin([THIRD_PARTY_CLASS, CASH_CLASS]).any():
        _refuse_unbalanced(entries)
    else:
        warnings.append("Extrait limité aux comptes de charges : chaque dépense est comptée comme payée à sa date.")
    expenses = entries[entries["account"].str.startswith(EXPENSE_CLASS)]
    if source.analytic_scope:
        expenses = expenses[expenses["analytic"].isin(list(source.analytic_scope))]
    expenses = _within(expenses, exercises, warnings)
    if expenses.empty:
        raise DeliveryRefusedError(
            [f"Le fichier « {name} » ne contient aucune dépense de la Cité sur les exercices déclarés dans cite.toml."]
        )
    lined = _lines(expenses, exercises)
    frame = lined.assign(paid_on=_paid_on(entries).reindex(pd.MultiIndex.from_frame(lined[ENTRY])).to_numpy())
    rank = frame.groupby(ENTRY).cumcount() + 1
    frame = frame.assign(
        reference=frame["exercise"].astype("str") + "-" + frame["journal"] + "-" + frame["number"] + "-" + rank.astype("str"),
        date=frame["day"],
        committed=frame["cents"],
        paid=frame["cents"].where(frame["paid_on"].notna(), 0),
    )
    _warn_over_grant(frame, exercises, warnings)
    return frame[EXPENSES_COLUMNS].reset_index(drop=True).astype({"reference": "str", "paid_on": "datetime64[us]"}), tuple(warnings)


def _refuse_unbalanced(entries: pd.DataFrame) -> None:
    """A legal export balances entry by entry: one that does not has lost lines."""
    totals = entries.groupby(ENTRY)["cents"].sum()
    faults = []
    for year, journal, number in totals.index[totals != 0]:
        cents = f"{abs(int(totals[year, journal, number])) / 100:.2f}".replace(".", ",")
        faults.append(f"Écriture {journal} n° {number} : débit et crédit diffèrent de {cents} €. Le fichier est-il complet ?")
    if faults:
        raise DeliveryRefusedError(faults[:20])


def _within(expenses: pd.DataFrame, exercises: tuple[ExerciseDeclared, ...], warnings: list[str]) -> pd.DataFrame:
    """Expenses with their exercise; those outside every declared exercise are left out and said."""

    def exercise_of(day: date) -> int:
        return next((item.year for item in exercises if item.first_day <= day <= item.last_day), 0)

    years = expenses["day"].dt.date.map(exercise_of)
    outside = int((years == 0).sum())
    if outside:
        found = ", ".join(sorted({str(day.year) for day in expenses.loc[years == 0, "day"]}))
        plural = "s" if outside > 1 else ""
        warnings.append(f"{outside} dépense{plural} de {found} hors de la période financée, laissée{plural} de côté.")
    kept: pd.DataFrame = expenses.assign(exercise=years).loc[years != 0]
    return kept


def _lines(expenses: pd.DataFrame, exercises: tuple[ExerciseDeclared, ...]) -> pd.DataFrame:
    """Expenses with their budget line and level; an expense without one is refused, never dropped."""
    declared = {item.year: item.line for item in exercises}
    found: list[LineDeclared | None] = []
    faults: dict[str, str] = {}
    for label, year, account, analytic in expenses[["exercise", "account", "analytic"]].itertuples():
        line = _line_of(declared[year], account, analytic)
        found.append(line)
        if line is None:
            code = f" (analytique « {analytic} »)" if analytic else ""
            faults.setdefault(
                f"{year} {account} {analytic}",
                f"Ligne {label} : le compte {account}{code} n'a pas de ligne au budget {year}. Ajoutez-le à « accounts » dans cite.toml.",
            )
    if faults:
        raise DeliveryRefusedError(list(faults.values())[:50])
    lines = [line for line in found if line is not None]
    return expenses.assign(line=[line.code for line in lines], level=[line.level for line in lines]).astype({"line": "str", "level": "str"})


def _line_of(lines: tuple[LineDeclared, ...], account: str, analytic: str) -> LineDeclared | None:
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
    return best[1] if best else None


def _paid_on(entries: pd.DataFrame) -> pd.Series:
    """By entry: the day its expenses are paid, NaT while what it owes (or, for a credit note, what it is owed) is not lettered.

    Value-added tax is settled apart, and never says whether an invoice is paid.
    """
    kind = entries["account"].str[0]
    expense = entries["cents"].where(kind == EXPENSE_CLASS, 0).groupby([entries[name] for name in ENTRY]).transform("sum")
    third_party = (kind == THIRD_PARTY_CLASS) & ~entries["account"].str.startswith(TAX)
    owed = entries[third_party & (entries["cents"] * expense < 0)]
    days = owed["lettered"].fillna(_lettering(entries).reindex(owed.index)).fillna(owed["day"])
    settled = owed.assign(open=~owed["has_letter"], on=days).groupby(ENTRY).agg(open=("open", "any"), on=("on", "max"))
    first_day = entries.groupby(ENTRY)["day"].max()
    cash = entries[kind == CASH_CLASS].groupby(ENTRY)["day"].max()
    paid = settled["on"].mask(settled["open"])
    # cash wins; then the lettering; an entry with neither is paid at its date
    return first_day.where(~first_day.index.isin(settled.index), paid.reindex(first_day.index)).where(
        ~first_day.index.isin(cash.index), cash.reindex(first_day.index)
    )


def _lettering(entries: pd.DataFrame) -> pd.Series:
    """By line: the last day among the lines that carry the same letter on the same account, for letterings without a date."""
    lettered = entries[entries["has_letter"]]
    return lettered.groupby(["account", "letter"])["day"].transform("max")


def _warn_over_grant(frame: pd.DataFrame, exercises: tuple[ExerciseDeclared, ...], warnings: list[str]) -> None:
    for item in exercises:
        spent = int(frame.loc[frame["exercise"] == item.year, "committed"].sum())
        if spent > int(item.grant * 100):
            warnings.append(f"Dépense cumulée {euros(Decimal(spent).scaleb(-2))} > dotation {euros(item.grant)} ({item.year}).")
