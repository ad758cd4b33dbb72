"""Creating the fictitious partners' databases: tables, rows and views, on SQLite or PostgreSQL."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd
from sqlalchemy import Column as SqlColumn
from sqlalchemy import Connection, Date, Engine, Integer, MetaData, String, Table, create_engine, text
from sqlalchemy.pool import NullPool

from connectors.demo.residents import population

Rows = Sequence[tuple[Table, pd.DataFrame]]


def engine_of(url: str) -> Engine:
    """An engine that keeps no connection open."""
    return create_engine(url, poolclass=NullPool)


def sqlite_url(path: Path) -> str:
    """The address of a new SQLite file: what was there before is removed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    return f"sqlite:///{path}"


def persons_table(metadata: MetaData, name: str) -> Table:
    """A nominative table as social software keeps it: who, born when, living where."""
    return Table(
        name,
        metadata,
        SqlColumn("id", Integer, primary_key=True),
        SqlColumn("nom", String, nullable=False),
        SqlColumn("prenom", String, nullable=False),
        SqlColumn("date_naissance", Date, nullable=False),
        SqlColumn("sexe", String, nullable=False),
        SqlColumn("courriel", String, nullable=False),
        SqlColumn("telephone", String, nullable=False),
        SqlColumn("zone_habitation", String, nullable=False),
    )


def persons_rows(ids: pd.Series) -> pd.DataFrame:
    """The rows of ``persons_table`` for the residents named, each once."""
    people = population()
    known = people[people["id"].isin(ids.unique())]
    columns = {"naissance": "date_naissance", "zone": "zone_habitation"}
    return known.drop(columns=["latitude", "longitude", "score"]).rename(columns=columns)


def fill(url: str, metadata: MetaData, rows: Rows, views: Sequence[str] = ()) -> None:
    """Create the tables, insert their rows in order, then create the views (complete statements)."""
    engine = engine_of(url)
    try:
        with engine.begin() as connection:
            metadata.create_all(connection)
            for table, frame in rows:
                _insert(connection, table, frame)
            for view in views:
                connection.execute(text(view))
    finally:
        engine.dispose()


def _insert(connection: Connection, table: Table, frame: pd.DataFrame) -> None:
    names = [column.name for column in table.columns]
    plain = frame[names].astype(object).where(frame[names].notna(), None)
    records = [dict(zip(names, row, strict=True)) for row in plain.itertuples(index=False)]
    if records:
        connection.execute(table.insert(), records)
