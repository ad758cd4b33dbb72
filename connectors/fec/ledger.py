"""From the entries of a ledger to the Expenses frame: what is booked for the Cité, how much is paid or received, and when."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pandas as pd

from connectors.errors import DeliveryRefusedError
from connectors.exercise import ExerciseDeclared
from connectors.fec.lines import CREDITED, EXPENSE_CLASS, INCOME_CLASS, KEPT, with_lines
from connectors.fec.parse import parse_fec
from connectors.fec.payment import CASH_CLASS, ENTRY, THIRD_PARTY_CLASS, settled_on
from connectors.source import Source
from indicators.frames import EXPENSES_COLUMNS
from indicators.grant import is_apart
from indicators.typography import euros


def read_ledger(content: bytes, name: str, source: Source, exercises: tuple[ExerciseDeclared, ...]) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """The Expenses frame of one FEC file, and remarks.

    An expense (class 6) is committed when it is booked. It is paid on the day of its entry if that entry moves cash (class 5); otherwise on
    the day its debts (class 4, credited) are all lettered; until then it is committed and unpaid. An income (class 7) is received by the
    same rule, its claims in the place of debts. Contributions in kind (86 and 87) move no money.

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
    kept = _within(_of_city(entries, source, exercises), exercises, warnings)
    if not kept["account"].str.startswith(EXPENSE_CLASS).any():
        raise DeliveryRefusedError(
            [f"Le fichier « {name} » ne contient aucune dépense de la Cité sur les exercices déclarés dans cite.toml."]
        )
    frame = _typed(with_lines(kept, exercises), entries)
    _warn_over_grant(frame, exercises, warnings)
    return frame, tuple(warnings)


def _refuse_unbalanced(entries: pd.DataFrame) -> None:
    """A legal export balances entry by entry: one that does not has lost lines."""
    totals = entries.groupby(ENTRY)["cents"].sum()
    faults = []
    for year, journal, number in totals.index[totals != 0]:
        cents = f"{abs(int(totals[year, journal, number])) / 100:.2f}".replace(".", ",")
        faults.append(f"Écriture {journal} n° {number} : débit et crédit diffèrent de {cents} €. Le fichier est-il complet ?")
    if faults:
        raise DeliveryRefusedError(faults[:20])


def _of_city(entries: pd.DataFrame, source: Source, exercises: tuple[ExerciseDeclared, ...]) -> pd.DataFrame:
    """Expenses, income and contributions in kind of the Cité: its analytic codes and those of its co-funding, or the whole ledger."""
    kept = entries[entries["account"].str.startswith(KEPT)]
    if not source.analytic_scope:
        return kept
    codes = {*source.analytic_scope, *(code for item in exercises for fund in item.cofunding for code in fund.analytic)}
    return kept[kept["analytic"].isin(codes)]


def _within(kept: pd.DataFrame, exercises: tuple[ExerciseDeclared, ...], warnings: list[str]) -> pd.DataFrame:
    """Entries with their exercise; those outside every declared exercise are left out, and the expenses among them said."""

    def exercise_of(day: date) -> int:
        return next((item.year for item in exercises if item.first_day <= day <= item.last_day), 0)

    years = kept["day"].dt.date.map(exercise_of)
    outside = kept.loc[(years == 0) & kept["account"].str.startswith(EXPENSE_CLASS), "day"]
    if len(outside):
        found = ", ".join(sorted({str(day.year) for day in outside}))
        plural = "s" if len(outside) > 1 else ""
        warnings.append(f"{len(outside)} dépense{plural} de {found} hors de la période financée, laissée{plural} de côté.")
    within: pd.DataFrame = kept.assign(exercise=years).loc[years != 0]
    return within


def _typed(lined: pd.DataFrame, entries: pd.DataFrame) -> pd.DataFrame:
    """The Expenses frame: positive on the natural side of each account, settled by the rule of its class."""
    names = pd.MultiIndex.from_frame(lined[ENTRY])
    spent, received = (settled_on(entries, of).reindex(names).to_numpy() for of in (EXPENSE_CLASS, INCOME_CLASS))
    income = lined["account"].str.startswith(INCOME_CLASS)
    frame = lined.assign(
        paid_on=pd.Series(spent, index=lined.index).where(~income, pd.Series(received, index=lined.index)),
        committed=lined["cents"].where(~lined["account"].str.startswith(CREDITED), -lined["cents"]),
    )
    rank = frame.groupby(ENTRY).cumcount() + 1
    frame = frame.assign(
        reference=frame["exercise"].astype("str") + "-" + frame["journal"] + "-" + frame["number"] + "-" + rank.astype("str"),
        date=frame["day"],
        paid=frame["committed"].where(frame["paid_on"].notna(), 0),
    )
    return frame[EXPENSES_COLUMNS].reset_index(drop=True).astype({"reference": "str", "paid_on": "datetime64[us]"})


def _warn_over_grant(frame: pd.DataFrame, exercises: tuple[ExerciseDeclared, ...], warnings: list[str]) -> None:
    of_grant = frame[~frame["line"].map(is_apart).astype(bool)]
    for item in exercises:
        spent = int(of_grant.loc[of_grant["exercise"] == item.year, "committed"].sum())
        if spent > int((item.grant + item.carried_over) * 100):
            carried = f" et report {euros(item.carried_over)}" if item.carried_over else ""
            warnings.append(f"Dépense cumulée {euros(Decimal(spent).scaleb(-2))} > dotation {euros(item.grant)}{carried} ({item.year}).")
