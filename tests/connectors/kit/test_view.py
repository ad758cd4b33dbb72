"""The view of counts and its role, run on real servers: the same counts as the queries themselves, and nothing else to read."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import psycopg
import pytest
from sqlalchemy import create_engine, make_url, text

from connectors.kit.view import PASSWORD, ROLE, SCHEMA, Engine, view_sql
from tests.connectors.cities import City
from tests.connectors.presets import bases
from tests.mariadb import mariadb_server

__all__ = ["mariadb_server"]

SOURCE = """
id = "social"
label = "Logiciel social"
kind = "sql"
url_env = "CITE_SOCIAL_URL"
periodicity = "quarter"
non_localise = true
query = [
  { measure = "entrees_plie", file = "entrees.sql" },
  { measure = "entrees_plie", dimension = "sexe", file = "entrees.sql" },
  { measure = "entrees_formation", dimension = "age", file = "toutes.sql", window = "all" },
  { measure = "habitants_reperes", dimension = "sexe", file = "reperes.sql", window = "year_to_date" },
  { measure = "orientations_echues", file = "echues.sql", window = "previous" },
  { measure = "structures_mobilisees", file = "structures.sql", window = "rolling_year" },
]
[codes.sexe]
F = "femme"
M = "homme"
"""
QUERIES = {
    "entrees": """
-- ':debut' reste un texte
SELECT zone AS territoire, CASE WHEN :dimension = 'sexe' THEN sexe ELSE 'ensemble' END AS modalite, COUNT(*) AS effectif
FROM personne WHERE jour >= :debut AND jour < :fin AND commune = :commune AND note <> 'à :fin 100 %'
GROUP BY zone, CASE WHEN :dimension = 'sexe' THEN sexe ELSE 'ensemble' END""",
    "toutes": """
SELECT CONCAT(EXTRACT(YEAR FROM jour), '-T', EXTRACT(QUARTER FROM jour)) AS periode, zone AS territoire, '26_49' AS modalite,
  COUNT(*) AS effectif
FROM personne WHERE jour >= :debut AND jour < :fin AND jour < :cloture
GROUP BY CONCAT(EXTRACT(YEAR FROM jour), '-T', EXTRACT(QUARTER FROM jour)), zone""",
    "reperes": """
SELECT zone AS territoire, sexe AS modalite, COUNT(DISTINCT id) AS effectif FROM personne
WHERE jour >= :debut AND jour < :fin GROUP BY zone, sexe""",
    "echues": """
SELECT zone AS territoire, COUNT(*) AS effectif FROM personne
WHERE jour >= :debut AND jour < :fin AND jour < :cloture GROUP BY zone""",
    "structures": "SELECT 'VILLE' AS territoire, COUNT(*) AS effectif FROM personne WHERE jour >= :debut AND jour < :fin",
}
TABLE = "CREATE TABLE personne (id INT, nom VARCHAR(40), jour DATE, zone VARCHAR(20), sexe CHAR(1), commune CHAR(5), note VARCHAR(20))"
ROWS = [
    (1, "2022-11-02", "QP059901", "F"),
    (2, "2023-01-01", "QP059901", "F"),
    (3, "2023-03-31", "QP059902", "F"),
    (4, "2023-04-01", "HORS_QPV", "M"),
    (4, "2023-06-30", "HORS_QPV", "M"),
    (5, "2023-06-30", "NON_LOCALISE", "M"),
    (6, "2023-07-01", "QP059901", "F"),
]
FILL = "INSERT INTO personne VALUES " + ", ".join(
    f"({number}, 'Dupont', '{day}', '{zone}', '{sex}', '59999', 'vu')" for number, day, zone, sex in ROWS
)
READS = SOURCE.replace('kind = "sql"', 'kind = "sql"\nview = "cite_emploi.comptes"')
FORBIDDEN = (
    "SELECT nom FROM personne",
    "SELECT code FROM cite_emploi.periode",
    "DELETE FROM personne",
    "CREATE VIEW cite_emploi.autre AS SELECT 1",
    "DROP VIEW cite_emploi.comptes",
)


def counted(city: City, address: str, text: str) -> dict[bases.Cell, int]:
    city.environment["CITE_SOCIAL_URL"] = address
    return bases.counts(city, city.source("social", text, **QUERIES))


@pytest.mark.postgresql
def test_on_postgresql_the_view_counts_as_the_queries_do_and_its_role_reads_nothing_else(city, postgres_url):
    url = postgres_url("social")
    bases.run(url, TABLE, FILL)
    by_query = counted(city, url, SOURCE)
    assert len({key[0] for key in by_query}) == 5
    bases.run(url, view_sql(city.source("social", SOURCE), city.context, Engine.POSTGRESQL))
    reader = make_url(url).set(username=ROLE, password=PASSWORD).render_as_string(hide_password=False)
    try:
        assert counted(city, reader, READS) == by_query
        bases.assert_refused(reader, "SELECT nom FROM personne", "SELECT code FROM cite_emploi.periode")
        with psycopg.connect(reader.replace("+psycopg", ""), autocommit=True) as connection:
            for statement in FORBIDDEN[2:]:
                with pytest.raises((psycopg.errors.InsufficientPrivilege, psycopg.errors.ReadOnlySqlTransaction)):
                    connection.execute(statement.encode())
        bases.assert_only_counts(reader, city.source("social", READS))
    finally:
        bases.run(url, f"DROP OWNED BY {ROLE}", f"DROP ROLE {ROLE}")


def test_on_mariadb_the_view_counts_as_the_queries_do_and_its_role_reads_nothing_else(city, mariadb_server):
    own = make_url(mariadb_server).set(database="social").render_as_string(hide_password=False)
    administrator, engine = create_engine(mariadb_server), create_engine(own)
    with administrator.begin() as connection:
        connection.execute(text("CREATE DATABASE social"))
    with engine.begin() as connection:
        for statement in (TABLE, FILL):
            connection.execute(text(statement))
    by_query = counted(city, own, SOURCE)
    written = view_sql(city.source("social", SOURCE), city.context, Engine.MARIADB)
    with engine.begin() as connection:
        for statement in "\n".join(line for line in written.splitlines() if not line.startswith("--")).split(";\n"):
            if statement.strip():
                connection.exec_driver_sql(statement.replace("%", "%%"))
    reader = make_url(own).set(username=ROLE, password=PASSWORD, database=SCHEMA).render_as_string(hide_password=False)
    assert counted(city, reader, READS) == by_query
    limited = create_engine(reader)
    with limited.connect() as connection:
        for statement in ("SELECT nom FROM social.personne", *FORBIDDEN):
            with pytest.raises(Exception, match="denied"):
                connection.execute(text(statement))
    with administrator.begin() as connection:
        for statement in ("DROP DATABASE cite_emploi", "DROP DATABASE social", f"DROP USER '{ROLE}'@'%'"):
            connection.exec_driver_sql(statement.replace("%", "%%"))
    for opened in (limited, engine, administrator):
        opened.dispose()


@pytest.mark.postgresql
def test_a_partner_without_queries_is_given_a_view_to_complete(city, postgres_url):
    url = postgres_url("social")
    declared = 'id = "social"\nlabel = "L\'éditeur"\nkind = "sql"\nurl_env = "CITE_SOCIAL_URL"\nview = "cite_emploi.comptes"\n'
    source = city.source("social", declared + 'expected_measures = ["entrees_plie"]')
    columns = ("sexe", "age", "anciennete", "rsa", "rqth", "diplome")
    cells = ", ".join(f"'non_renseigne' AS {name}" for name in columns)
    bases.run(url, TABLE, FILL, f"CREATE VIEW votre_table AS SELECT jour, zone, {cells} FROM personne WHERE zone <> 'NON_LOCALISE'")
    bases.run(url, view_sql(source, city.context, Engine.POSTGRESQL))
    city.environment["CITE_SOCIAL_URL"] = url
    found = bases.counts(city, source)
    bases.run(url, f"DROP OWNED BY {ROLE}", f"DROP ROLE {ROLE}")
    assert bases.table(found, "entrees_plie") == bases.rows("2023-T1 QP059901 1, 2023-T1 QP059902 1, 2023-T2 HORS_QPV 2")


def test_a_period_not_over_is_never_counted_and_the_last_told_is_two_years_ahead(city):
    source = city.source("social", SOURCE, **QUERIES)
    written = view_sql(source, replace(city.context, today=date(2023, 7, 10)), Engine.SQLSERVER)
    assert written.count("CROSS APPLY") == 5
    assert "cite_periode.fin <= CAST(GETDATE() AS date)" in written
    assert "('2025-T4', '2025-10-01', '2026-01-01', '2025-01-01', '2025-01-01', '2025-07-01')" in written
    assert "2026-T1" not in written
    assert "'à :fin 100 %'" in written
