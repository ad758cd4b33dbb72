"""Partners one by one: the same every time, counts only, no person's row leaving their base, a ledger that balances."""

from __future__ import annotations

import csv
import sqlite3
from collections import defaultdict
from datetime import UTC, date, datetime
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pandas as pd
import pytest
from sqlalchemy import create_engine, make_url, text
from sqlalchemy.exc import ProgrammingError

from connectors import sql
from connectors.collect import context_of
from connectors.demo import (
    caf,
    cap_emploi,
    ccas,
    centre_social,
    comptabilite,
    coordination,
    france_travail,
    les_emplois,
    mission_locale,
    plie,
)
from connectors.demo.residents import population
from connectors.demo.volumes import QUARTERS
from connectors.layout import Window
from connectors.runs import runs
from connectors.source import query_text

ON = datetime(2024, 1, 15, 12, tzinfo=UTC)
DATABASES = [mission_locale, les_emplois, ccas, coordination]
LAST = QUARTERS[-1]


@pytest.mark.parametrize("partner", DATABASES, ids=lambda partner: partner.__name__.rpartition(".")[2])
def test_a_database_holds_the_same_rows_every_time(partner):
    for (table, first), (_, second) in zip(partner.rows(), partner.rows(), strict=True):
        pd.testing.assert_frame_equal(first, second, obj=table.name)


@pytest.mark.parametrize(
    "content", [france_travail.extract, plie.workbook, plie.workbook_with_names, cap_emploi.extract, caf.workbook, centre_social.workbook]
)
def test_a_file_holds_the_same_bytes_every_time(content):
    assert content(LAST) == content(LAST) != content(QUARTERS[0])


@pytest.mark.parametrize("source", ["mission_locale", "les_emplois", "ccas", "coordination"])
def test_queries_return_zones_categories_and_counts_only(replay, source):
    declared = replay.sources[source]
    address = make_url(replay.world.environment[declared.url_env]).database
    private = set(population()[["nom", "courriel", "telephone"]].to_numpy().ravel())
    private |= {day.isoformat() for day in population()["naissance"]}
    with sqlite3.connect(f"file:{address}?mode=ro", uri=True) as connection:
        for query in declared.query:
            run = runs(query, list(QUARTERS[:-1]))[-1]
            days = {"debut": run.first.isoformat(), "fin": run.end.isoformat(), "cloture": run.closed.isoformat()}
            cursor = connection.execute(query_text(declared, query), {**days, "commune": "62193"})
            names = [column[0] for column in cursor.description]
            rows = cursor.fetchall()
            period = ["periode"] if query.window is Window.ALL else []
            assert names == [*period, "territoire", *(["modalite"] if query.dimension else []), "effectif"]
            assert rows, query.file
            assert not private & {str(cell) for row in rows for cell in row}
            assert all(isinstance(row[-1], int) for row in rows)
    connection.close()


def test_stored_counts_name_nobody(replay):
    words = set(replay.counts.astype("str").to_numpy().ravel())
    assert not words & set(population()[["prenom", "nom", "courriel", "telephone"]].to_numpy().ravel())
    assert not words & {day.isoformat() for day in population()["naissance"]}


def test_residents_are_obviously_fictitious():
    people = population()
    assert people["nom"].str.fullmatch(r"Fictif-\d{4}").all()
    assert people["courriel"].str.endswith(".invalid").all()
    assert people["telephone"].str.startswith("06 39 98 ").all()
    assert people["id"].is_unique
    assert len(people) == 6000


def test_cap_emploi_hides_what_is_small_and_what_would_give_it_away():
    text_of = cap_emploi.extract(LAST).decode("cp1252")
    rows = list(csv.DictReader(StringIO(text_of), delimiter=";"))
    quarter = [row for row in rows if row["Période"] == "2023-T4" and row["Territoire"].startswith("QP")]
    year = [row for row in rows if row["Période"] == "2023" and row["Dimension"] == "ensemble"]
    assert {row["Effectif"] for row in quarter} == {"s"}
    assert all(int(row["Effectif"]) >= 5 for row in year)
    shown = [int(row["Effectif"]) for row in rows if row["Effectif"] != "s"]
    assert all(count == 0 or count >= 5 for count in shown)


def _ledger(year: int, on: date) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(comptabilite.export(year, on).decode()), delimiter="|"))


def _euros(written: str) -> Decimal:
    return Decimal(written.replace(",", "."))


@pytest.mark.parametrize("year", [2022, 2023])
def test_a_ledger_has_the_legal_columns_and_balances_entry_by_entry(year):
    rows = _ledger(year, date(year, 12, 31))
    assert len(rows[0]) == 19
    assert list(rows[0])[:3] == ["JournalCode", "JournalLib", "EcritureNum"]
    assert list(rows[0])[-1] == "CodeAnalytique"
    balance: dict[str, Decimal] = defaultdict(Decimal)
    for row in rows:
        balance[row["EcritureNum"]] += _euros(row["Debit"]) - _euros(row["Credit"])
    assert set(balance.values()) == {Decimal(0)}
    assert {row["CodeAnalytique"] for row in rows if row["CompteNum"].startswith("6")} == {
        *("CITE", "CITE-VILLE", "CITE-DEPT", "CLAUSE", "SIEGE")
    }


def test_the_bank_is_never_overdrawn_and_carries_its_balance_over():
    cash = {}
    for year in (2022, 2023):
        running = Decimal(0)
        for row in _ledger(year, date(year, 12, 31)):
            if row["CompteNum"] == "512000":
                running += _euros(row["Debit"]) - _euros(row["Credit"])
                assert running >= 0, row["EcritureDate"]
        cash[year] = running
    opening = next(row for row in _ledger(2023, date(2023, 1, 1)) if row["CompteNum"] == "512000")
    assert _euros(opening["Debit"]) == cash[2022]


def test_an_earlier_export_is_the_beginning_of_a_later_one_with_debts_still_open():
    early, late = _ledger(2022, date(2022, 9, 30)), _ledger(2022, date(2022, 12, 31))
    plain = ["EcritureNum", "EcritureDate", "CompteNum", "Debit", "Credit"]
    assert [[row[name] for name in plain] for row in early] == [[row[name] for name in plain] for row in late[: len(early)]]
    open_invoices = [row for row in early if row["CompteNum"] == "401000" and not row["EcritureLet"]]
    assert sum(_euros(row["Credit"]) for row in open_invoices) == 2250
    assert all(row["DateLet"] <= "20220930" for row in early)


@pytest.mark.postgresql
def test_the_mission_locale_counts_the_same_on_postgresql_through_a_role_that_sees_the_view_only(
    replay, postgres_server: str, tmp_path: Path
):
    declared = replay.sources["mission_locale"]
    context = context_of(replay.settings, ON)
    owner, reader = mission_locale.create(tmp_path, postgres_server)
    before = sql.extract(declared, context, {declared.url_env: reader}).counts
    mission_locale.revise(owner)
    after = sql.extract(declared, context, {declared.url_env: reader}).counts
    elsewhere = sql.extract(declared, context, replay.world.environment).counts
    pd.testing.assert_frame_equal(after, elsewhere)
    whole = after["dimension"] == "ensemble"
    assert (before["value"] - after["value"])[whole].sum() == 6
    engine = create_engine(reader)
    with engine.connect() as connection, pytest.raises(ProgrammingError, match="permission denied"):
        connection.execute(text("SELECT nom FROM jeune"))
    engine.dispose()


def test_each_partner_of_the_demonstration_has_its_network(replay):
    """An office of statistics, an open file and a ledger belong to none."""
    others = {name for name, source in replay.sources.items() if source.network == "autre"}
    assert others == {"insee", "fiches_qpv", "comptabilite"}
    assert {replay.sources[name].network for name in ("coordination", "centre_social")} == {"cite", "centre-social"}
