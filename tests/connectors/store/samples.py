"""Small frames and deliveries for the tests of the store."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import pandas as pd
from sqlalchemy import create_engine, text

from connectors.store import Delivery, Outcome
from indicators.schemas import COUNTS, EXPENSES, PUBLISHED

START = datetime(2022, 10, 1, 8, 30, tzinfo=UTC)


def day(number: int) -> datetime:
    return START + timedelta(days=number)


def delivery(number: int = 0, source: str = "mission_locale", outcome: Outcome = Outcome.ACCEPTED, content: str = "") -> Delivery:
    digest = content or f"contenu {number}"
    return Delivery(source, day(number), day(number) - timedelta(hours=3), digest, 1, outcome, ("Fichier lu.",), "base")


def counts(*rows: tuple[str, str, str, int | None], source: str = "mission_locale") -> pd.DataFrame:
    """COUNTS from (measure, period, category, value): a missing value is a secret one."""
    return counts_of([(source, *row) for row in rows])


def counts_of(rows: Iterable[tuple[str, str, str, str, int | None]]) -> pd.DataFrame:
    """COUNTS from (source, measure, period, category, value)."""
    full = [
        (source, measure, "VILLE", period, "sexe", category, value, "secret" if value is None else "ok")
        for source, measure, period, category, value in rows
    ]
    return typed(full, COUNTS.columns, value="Int64")


def expenses(*rows: tuple[int, str, int]) -> pd.DataFrame:
    """EXPENSES from (exercise, reference, cents); paid when the amount is even."""
    full = [
        (year, ref, pd.Timestamp(year, 3, 31), pd.Timestamp(year, 4, 2) if cents % 2 == 0 else None, "poste", "1", "641100", cents, cents)
        for year, ref, cents in rows
    ]
    dates = {"date": "datetime64[us]", "paid_on": "datetime64[us]"}
    return typed(full, EXPENSES.columns, exercise="int64", committed="int64", paid="int64", **dates)


def published(*rows: tuple[str, float | None], source: str = "insee") -> pd.DataFrame:
    """PUBLISHED from (measure, value): a missing value is a secret one."""
    full = [(source, measure, "VILLE", "2021", value, "secret" if value is None else "ok", "Filosofi, à 60 %") for measure, value in rows]
    return typed(full, PUBLISHED.columns, value="float64")


def typed(rows: list[tuple[object, ...]], columns: Iterable[str], **dtypes: str) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=list(columns))
    return frame.astype({column: dtypes.get(column, "str") for column in frame})


def execute(url: str, statement: str) -> None:
    """Run a statement behind the store's back."""
    engine = create_engine(url)
    try:
        with engine.begin() as connection:
            connection.execute(text(statement))
    finally:
        engine.dispose()


def lift_guards(url: str, table: str) -> None:
    """Let a table of history be changed, as someone with the database's own tools could."""
    if not url.startswith("sqlite"):
        execute(url, f"ALTER TABLE {table} DISABLE TRIGGER USER")
        return
    engine = create_engine(url)
    with engine.begin() as connection:
        named = text("SELECT name FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = :name")
        for trigger in connection.execute(named, {"name": table}).scalars().all():
            connection.execute(text(f"DROP TRIGGER {trigger}"))
    engine.dispose()
