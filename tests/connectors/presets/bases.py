"""Look-alikes of partners' bases, of our own making: filled, read with the rights a page of docs/presets gives, counted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import create_engine, make_url

from connectors import sql
from connectors.intake.raw import OURS
from connectors.runs import Run
from connectors.source import Source
from tests.connectors.cities import CITE, City

PAGES = Path(__file__).resolve().parents[3] / "docs" / "presets"
LATER = CITE.replace("today = 2023-07-10", "today = 2024-04-10")
"""The Cité of the tests once the zoning of 2024 is in force: five quarters are due."""
READER, PASSWORD = "cite_lecteur", "a-choisir"
Cell = tuple[str, str, str, str, str]


def run(url: str, *statements: str) -> None:
    """Run statements as the administrator; several may be in one text."""
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement.encode())


def with_postgis(url: str) -> str:
    """The same base with PostGIS; the test is skipped where the extension is not installed."""
    try:
        run(url, "CREATE EXTENSION postgis")
    except (psycopg.errors.FeatureNotSupported, psycopg.errors.UndefinedFile):
        pytest.skip("PostGIS is not on this machine (Debian: apt install postgresql-postgis)")
    return url


def blocks(page: str, language: str) -> list[str]:
    """The blocks of code of a page of docs/presets: what a partner or a coordinator copies."""
    return re.findall(rf"```{language}\n(.*?)```", (PAGES / f"{page}.md").read_text("utf-8"), re.DOTALL)


def block(page: str, words: str) -> str:
    """The only block of SQL of a page that holds these words."""
    (found,) = (text for text in blocks(page, "sql") if words in text)
    return found


@contextmanager
def reader(url: str, page: str, *others: str) -> Iterator[str]:
    """The address of the role that the page tells the partner to create, with the rights the page gives and no other.

    ``others``: words of the other blocks of rights that apply.
    """
    run(url, *(block(page, words) for words in ("CREATE ROLE", *others)))
    try:
        yield make_url(url).set(username=READER, password=PASSWORD).render_as_string(hide_password=False)
    finally:
        run(url, f"DROP OWNED BY {READER}", f"DROP ROLE {READER}")


def counts(city: City, source: Source) -> dict[Cell, int]:
    """What the source counts and is not zero: (measure, period, zone, dimension, category) -> count, read by the ordinary connector."""
    frame = sql.extract(source, city.context, city.environment).counts
    frame = frame[frame["value"] > 0]
    columns = [frame[name] for name in ("measure", "period", "territory", "dimension", "category", "value")]
    return {(m, p, t, d, c): int(v) for m, p, t, d, c, v in zip(*columns, strict=True)}


def table(found: dict[Cell, int], measure: str, dimension: str = "ensemble") -> dict[tuple[str, ...], int]:
    """One measure by one dimension: (period, zone, category) -> count; (period, zone) for a total."""
    chosen = {key: value for key, value in found.items() if key[0] == measure and key[3] == dimension}
    return {(key[1:3] if dimension == "ensemble" else (key[1], key[2], key[4])): value for key, value in chosen.items()}


def rows(written: str) -> dict[tuple[str, ...], int]:
    """The same table written by hand, one cell a line or between commas: period, zone, (category,) count."""
    cells = [line.split() for line in re.split(r"[,\n]", written) if line.strip()]
    return {tuple(cell[:-1]): int(cell[-1]) for cell in cells}


def columns_returned(url: str, source: Source) -> set[str]:
    """The columns that the base itself returns for every query of a source: a person is described by none of them."""
    found: set[str] = set()
    run = Run("2023-T1", date(2023, 1, 1), date(2023, 4, 1), date(2023, 4, 1))
    engine = create_engine(url)
    with engine.connect() as connection:
        for query in source.reads:
            result = connection.execute(sql.bound(sql.check_statement(source, query), query, run, "59999"))
            found |= set(result.keys())
    engine.dispose()
    return found


def assert_only_counts(url: str, source: Source) -> None:
    """No query returns a column outside our contract."""
    assert columns_returned(url, source) <= set(OURS)


def assert_refused(url: str, *queries: str) -> None:
    """The role may not read any of these."""
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
        for query in queries:
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(query.encode())
