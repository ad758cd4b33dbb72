"""How a service asked online is declared: its account by the names of variables, safe addresses, each person counted once."""

from __future__ import annotations

import subprocess
import sys

import pytest

from connectors.collect import collect
from connectors.errors import ConfigurationError
from indicators.typography import french
from tests.connectors.cities import City, at
from tests.connectors.language import english, loose
from tests.connectors.market import DECLARATION, declare

ADDRESS = "http://127.0.0.1:9"


@pytest.fixture
def store(city: City):
    opened = city.store()
    yield opened
    opened.close()


@pytest.mark.parametrize("name", ["FRANCE_TRAVAIL_CLIENT_ID", "FRANCE_TRAVAIL_CLIENT_SECRET"])
def test_a_variable_that_is_not_set(city, store, name):
    declare(city, ADDRESS)
    account = {"FRANCE_TRAVAIL_CLIENT_ID": "a", "FRANCE_TRAVAIL_CLIENT_SECRET": "b"} | {name: " "}
    (report,) = collect(city.settings, city.sources(), store, at(1), account)
    assert french(f"la variable {name} n'est pas définie") in report.sentences[0]
    assert english(report.sentences[0]) == []
    assert loose(report.sentences[0]) == []


def test_an_address_may_not_hold_an_account_nor_be_open_to_all(city):
    told = {
        "http://api.francetravail.io/v1": "l'adresse doit commencer par https://",
        "https://moi:secret@api.francetravail.io/v1": "l'adresse ne contient ni identifiant, ni mot de passe",
        "https://api.francetravail.io/v1?cle=secret": "l'adresse ne contient ni identifiant, ni mot de passe",
        "http://127.0.0.1.exemple.fr/": "l'adresse doit commencer par https://",
        "https://[::1": "ce n'est pas une adresse",
        "api": "ce n'est pas une adresse",
    }
    for address, sentence in told.items():
        fault = wrong(city, base=address)
        assert french(sentence) in fault
        assert "secret" not in fault.replace("un secret y est envoyé", "")


def wrong(city: City, **changed: object) -> str:
    with pytest.raises(ConfigurationError) as caught:
        declare(city, ADDRESS, **changed)
    for line in str(caught.value).splitlines():
        sentence = line.replace(str(city.folder), "")
        assert english(sentence) == []
        assert loose(sentence) == []
    return str(caught.value)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"territory_type": "EPCI"}, "un territoire de type « EPCI » demande son code dans « territory »"),
        ({"calls_per_second": 11}, "« api.calls_per_second » n'a pas une valeur acceptée"),
        ({"client_secret_env": "pas un nom"}, "« api.client_secret_env » n'a pas la forme attendue"),
        ({"figure": []}, "« api.figure » ne peut être vide"),
    ],
)
def test_a_wrong_declaration_is_told(city, changed, sentence):
    assert french(sentence) in wrong(city, **changed)


def test_a_category_is_counted_once(city):
    figure = '[[api.figure]]\nmeasure = "m"\ncategories = ["A", "ABC"]\nlabel = "M"\nunit = "demandeurs"\n'
    text = DECLARATION.format(address=ADDRESS)
    with pytest.raises(ConfigurationError, match="compteraient deux fois les mêmes personnes"):
        city.source("marche", text + figure)
    one = figure.replace('"A", "ABC"', '"ABC"')
    with pytest.raises(ConfigurationError, match="est déclarée deux fois"):
        city.source("marche", text + one + one)


def test_only_such_a_source_has_such_a_section(city):
    with pytest.raises(ConfigurationError, match="et elle seule, déclare une section"):
        city.source("marche", 'id = "marche"\nlabel = "M"\nkind = "api"\n')


def test_what_speaks_to_the_network_is_imported_only_to_ask_it():
    code = "import sys, connectors.collect; print('httpx' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "False\n"
