"""When the entries of a ledger are settled: by cash, or by the lettering of what they owe. Which ones matter is told elsewhere."""

from __future__ import annotations

import pandas as pd

THIRD_PARTY_CLASS, CASH_CLASS = "4", "5"
TAX = "445"
ENTRY = ["year", "journal", "number"]
"""What names one entry of a ledger."""


def settled_on(entries: pd.DataFrame, of: str) -> pd.Series:
    """By entry: the day its accounts of class ``of`` are settled, NaT while what they owe, or what is owed for them, is not lettered.

    Value-added tax is settled apart, and never says whether an invoice is paid.
    """
    kind = entries["account"].str[0]
    own = entries["cents"].where(kind == of, 0).groupby([entries[name] for name in ENTRY]).transform("sum")
    third_party = (kind == THIRD_PARTY_CLASS) & ~entries["account"].str.startswith(TAX)
    owed = entries[third_party & (entries["cents"] * own < 0)]
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
