"""Reaching a partner's base: the least right is enough, and a base out of reach is told in French, without its address."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import make_url

from connectors import sql
from connectors.errors import ConfigurationError, SourceUnavailableError
from indicators.typography import french
from tests.connectors import partner
from tests.connectors.cities import City
from tests.connectors.language import english
from tests.connectors.partner import refused, run


@pytest.fixture
def reader(postgres_url: Callable[[str], str], city: City) -> Iterator[tuple[str, list[partner.Entry]]]:
    """A base whose reader may read one view of counts, and nothing else; the administrator's address and the entries."""
    url = postgres_url("vue")
    entries = partner.make(url)
    run(
        url,
        "CREATE SCHEMA cite",
        "CREATE VIEW cite.comptages AS SELECT p.quartier, p.commune, e.jour, count(*) AS n FROM entrees e "
        "JOIN personnes p ON p.id = e.personne GROUP BY 1, 2, 3",
        "DROP ROLE IF EXISTS lecteur",
        "CREATE ROLE lecteur LOGIN PASSWORD 'tr0p-secret'",
        "GRANT USAGE ON SCHEMA cite TO lecteur",
        "GRANT SELECT ON cite.comptages TO lecteur",
    )
    city.environment["CITE_BASE_URL"] = make_url(url).set(username="lecteur", password="tr0p-secret").render_as_string(hide_password=False)
    yield url, entries
    run(url, "DROP OWNED BY lecteur", "DROP ROLE lecteur")


VIEW = """
SELECT COALESCE(quartier, 'NON_LOCALISE') AS territoire, sum(n) AS effectif FROM cite.comptages
WHERE jour >= :debut AND jour < :fin AND commune = :commune GROUP BY quartier
"""
ONE_QUERY = partner.DECLARATION.partition("[[query]]")[0] + '[[query]]\nmeasure = "entrees_plie"\nfile = "vue.sql"\n'


@pytest.mark.postgresql
def test_the_right_to_read_one_view_of_counts_is_enough(city, reader):
    source = city.source("base", ONE_QUERY, vue=VIEW)
    counts = sql.extract(source, city.context, city.environment).counts
    expected = {key[1:3]: n for key, n in partner.reference(reader[1]).items() if key[0] == "entrees_plie" and key[3] == "ensemble"}
    assert {(row.territory, row.period): row.value for row in counts.itertuples()} == expected


@pytest.mark.postgresql
@pytest.mark.usefixtures("reader")
def test_the_persons_behind_the_view_are_out_of_reach(city):
    source = city.source("base", ONE_QUERY, vue="SELECT 'VILLE' AS territoire, count(*) AS effectif FROM personnes")
    with pytest.raises(SourceUnavailableError) as caught:
        sql.extract(source, city.context, city.environment)
    assert "refuse l'accès à une table ou une vue" in str(caught.value)
    assert "la responsable du système d'information" in str(caught.value)
    assert english(str(caught.value)) == []


@pytest.mark.postgresql
@pytest.mark.usefixtures("reader")
@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"password": "mauvais-mot"}, "refuse la connexion"),
        ({"username": "inconnu"}, "refuse la connexion"),
        ({"database": "absente"}, "la base n'existe pas à cette adresse"),
        ({"port": 1}, "ne répond pas"),
        ({"host": "serveur.invalid"}, "ne répond pas"),
    ],
)
def test_a_server_out_of_reach_is_told_without_its_address(city, change, told):
    url = make_url(city.environment["CITE_BASE_URL"]).set(**change)
    city.environment["CITE_BASE_URL"] = url.render_as_string(hide_password=False)
    message = refused(SourceUnavailableError, city)
    assert told in message
    for word in ("127.0.0.1", "tr0p-secret", "mauvais-mot", "lecteur", "inconnu", "serveur.invalid"):
        assert word not in message


@pytest.mark.parametrize(
    ("url", "kind", "told"),
    [
        (None, SourceUnavailableError, "la variable CITE_BASE_URL n'est pas définie"),
        ("", SourceUnavailableError, "la variable CITE_BASE_URL n'est pas définie"),
        ("motdepasse", ConfigurationError, "La variable CITE_BASE_URL n'est pas une adresse de base de données"),
        ("oracle://u:motdepasse@h/b", ConfigurationError, "désigne une base « oracle »"),
        ("sqlite:////nulle/part.sqlite", SourceUnavailableError, "ne répond pas"),
    ],
)
def test_an_address_that_is_missing_or_of_another_kind_is_told_without_its_password(city, url, kind, told):
    if url is not None:
        city.environment["CITE_BASE_URL"] = url
    message = refused(kind, city)
    assert french(told) in message
    assert "motdepasse" not in message


def test_a_file_that_is_no_database_is_told(city):
    (city.folder / "fausse.sqlite").write_text("ceci n'est pas une base" * 100)
    city.environment["CITE_BASE_URL"] = f"sqlite:///{city.folder / 'fausse.sqlite'}"
    assert "la base n'existe pas à cette adresse" in refused(SourceUnavailableError, city)
