"""A PostgreSQL server for the tests that need one: started once a run, on loopback, removed after. No other server is used."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import psycopg
import pytest

from connectors.demo.postgres import temporary_cluster

_numbers = count(1)


def fresh_database(server: str, name: str) -> str:
    """Create an empty database whose name begins with ``name``; its URL."""
    database = f"{name}_{next(_numbers)}"
    with psycopg.connect(server.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute(psycopg.sql.SQL("CREATE DATABASE {}").format(psycopg.sql.Identifier(database)))
    return f"{server.rpartition('/')[0]}/{database}"


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """URL of the administrator; the test is skipped where PostgreSQL's server programs are absent."""
    with temporary_cluster(Path(tempfile.gettempdir())) as server:
        if server is None:
            pytest.skip("PostgreSQL's server programs are not on this machine (Debian: apt install postgresql)")
        yield server


@pytest.fixture
def postgres_url(postgres_server: str) -> Callable[[str], str]:
    """``postgres_url("name")``: the URL of a new empty database."""
    return lambda name: fresh_database(postgres_server, name)
