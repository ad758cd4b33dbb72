"""A partner on MariaDB: counted by a reader that can do nothing else, within its time, with French words when it fails."""

from __future__ import annotations

import time

import pytest
from sqlalchemy import create_engine, make_url, text

from connectors import sql
from connectors.errors import ConfigurationError, SourceUnavailableError
from indicators.typography import french
from tests.connectors.cities import City
from tests.connectors.language import english, loose
from tests.mariadb import mariadb_server

__all__ = ["mariadb_server"]

SOURCE = """
id = "social"
label = "Logiciel social"
kind = "sql"
url_env = "CITE_SOCIAL_URL"
contact = "l'éditeur"
each_qpv = false
statement_timeout_seconds = 2
[[query]]
measure = "entrees_plie"
dimension = "sexe"
file = "entrees.sql"
[codes.sexe]
F = "femme"
M = "homme"
"""
ENTRIES = """
SELECT zone AS territoire, sexe AS modalite, COUNT(*) AS effectif
FROM entree WHERE jour >= :debut AND jour < :fin AND note <> 'à :ignorer 100 %' GROUP BY zone, sexe
"""
ROWS = [
    ("2023-01-01", "QPV", "F"),
    ("2023-03-31", "QPV", "F"),
    ("2023-04-01", "QPV", "M"),
    ("2023-06-30", "HORS_QPV", "M"),
    ("2023-07-01", "QPV", "F"),
]


@pytest.fixture(scope="module")
def reader(mariadb_server: str) -> str:
    """The address of an account that may only read one view."""
    engine = create_engine(mariadb_server)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE personne (id INT, nom VARCHAR(40), jour DATE, zone VARCHAR(20), sexe CHAR(1))"))
        for number, (day, zone, sex) in enumerate(ROWS):
            values = {"id": number, "day": day, "zone": zone, "sex": sex}
            connection.execute(text("INSERT INTO personne VALUES (:id, 'Dupont', :day, :zone, :sex)"), values)
        connection.execute(text("CREATE VIEW entree AS SELECT jour, zone, sexe, 'vu' AS note FROM personne"))
        connection.execute(text("CREATE USER lecteur@localhost IDENTIFIED BY 'essai'"))
        connection.execute(text("GRANT SELECT ON partenaire.entree TO lecteur@localhost"))
    engine.dispose()
    return make_url(mariadb_server).set(username="lecteur", password="essai").render_as_string(hide_password=False)


def told(city: City, query: str, address: str) -> str:
    city.environment["CITE_SOCIAL_URL"] = address
    source = city.source("social", SOURCE, entrees=query)
    with pytest.raises((SourceUnavailableError, ConfigurationError)) as caught:
        sql.extract(source, city.context, city.environment)
    sentence = french(str(caught.value))
    assert english(sentence) == loose(sentence) == []
    assert "essai" not in sentence
    assert "127.0.0.1" not in sentence
    return sentence


def test_counts_come_back_and_no_row(city, reader):
    city.environment["CITE_SOCIAL_URL"] = reader
    source = city.source("social", SOURCE, entrees=ENTRIES)
    counts = sql.extract(source, city.context, city.environment).counts
    found = {(row.period, row.territory, row.category): row.value for row in counts.itertuples() if row.value and row.dimension == "sexe"}
    assert found == {("2023-T1", "QPV", "femme"): 2, ("2023-T2", "QPV", "homme"): 1, ("2023-T2", "HORS_QPV", "homme"): 1}


def test_another_table_is_refused(city, reader):
    assert "refuse l'accès à une table ou une vue. Prévenez l'éditeur." in told(city, ENTRIES.replace("entree", "personne"), reader)


@pytest.mark.usefixtures("reader")
def test_writing_is_impossible_whatever_the_rights(city, mariadb_server):
    query = "SELECT zone AS territoire, sexe AS modalite, ecrit() AS effectif FROM entree WHERE jour >= :debut GROUP BY zone, sexe"
    engine = create_engine(mariadb_server)
    with engine.begin() as connection:
        connection.execute(text("CREATE FUNCTION ecrit() RETURNS INT BEGIN INSERT INTO personne (id) VALUES (99); RETURN 1; END"))
    assert "tente d'écrire" in told(city, query, mariadb_server)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT COUNT(*) FROM personne")).scalar_one() == len(ROWS)
    engine.dispose()


def test_a_slow_query_is_stopped(city, reader):
    started = time.monotonic()
    slow = ENTRIES.replace("WHERE", "WHERE SLEEP(5) = 0 AND")
    assert "requête interrompue après 2 s" in told(city, slow, reader)
    assert time.monotonic() - started < 10


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"password": "autre"}, "identifiant ou mot de passe"),
        ({"port": 1}, "ne répond pas"),
        ({"database": "absente"}, "refuse la connexion"),
    ],
)
def test_what_prevents_the_connection_is_told(city, reader, change, sentence):
    assert sentence in told(city, ENTRIES, make_url(reader).set(**change).render_as_string(hide_password=False))


def test_an_unknown_column_and_a_wrong_query_are_told(city, reader):
    assert "une table ou une colonne n'existe pas" in told(city, ENTRIES.replace("zone,", "quartier,"), reader)
    assert "n'est pas comprise" in told(city, ENTRIES.replace("GROUP BY zone", "GROUP zone"), reader)


def test_a_driver_that_is_not_installed_is_named(city):
    sentence = told(city, ENTRIES, "mssql+pymssql://lecteur:essai@127.0.0.1/base")
    assert 'pip install "cite-emploi[sqlserver]"' in sentence
