"""cite.toml and the environment: each fault is one French sentence that names the file, the key and the remedy."""

from __future__ import annotations

import os
from datetime import date
from decimal import Decimal

import pytest

from connectors.errors import ConfigurationError
from connectors.settings import load_settings
from indicators.period import Period
from indicators.typography import french
from tests.connectors.cities import CITE, City
from tests.connectors.language import english, loose


def refused(city: City) -> list[str]:
    with pytest.raises(ConfigurationError) as caught:
        assert city.settings
    sentences = str(caught.value).splitlines()
    assert english(str(caught.value)) == []
    assert loose(str(caught.value)) == []
    return sentences


def test_a_good_file_gives_the_city_its_zones_and_its_money(city):
    settings = city.settings
    assert settings.territory.qpv_codes(Period.parse("2023-T2")) == ["QP059901", "QP059902"]
    assert settings.territory.qpv_codes(Period.parse("2024-T1")) == ["QN05999N"]
    assert settings.exercises[0].grant == Decimal("1000.00")
    assert settings.today(date(2030, 1, 1)) == date(2023, 7, 10)
    assert settings.data_dir == city.folder / "data"
    assert settings.store_url == f"sqlite:///{city.folder / 'data' / 'cite.sqlite'}"


@pytest.mark.parametrize(
    ("written", "instead", "told"),
    [
        ('commune_name = "Villetest"', "", "la clé obligatoire « city.commune_name » manque"),
        ("population = 5000", "population = 0", "« city.population » doit être supérieur à 0"),
        ("population = 5000", "population = 12.5", "« city.population » doit être un nombre entier"),
        ("population = 5000", 'population = "beaucoup"', "« city.population » doit être un nombre entier"),
        ("population = 5000", "population = 5000\nhabitants = 5000", "la clé « city.habitants » est inconnue"),
        ('commune = "59999"', 'commune = "5999"', "« city.commune » n'a pas la forme attendue"),
        ('commune = "59999"', "commune = 59999", "« city.commune » doit être un texte entre guillemets"),
        ("started_on = 2023-01-01", 'started_on = "hier"', "« city.started_on » doit être une date AAAA-MM-JJ"),
        ("started_on = 2023-01-01", "started_on = 2023-01-01T08:30:00", "« city.started_on » doit être une date AAAA-MM-JJ, sans heure"),
        ("started_on = 2023-01-01", 'started_on = 2023-01-01\nfictitious = "peut-être"', "« city.fictitious » doit valoir true ou false"),
        ('code = "QN05999N"', 'code = "62100"', "le code « 62100 » n'est pas un code de QPV"),
        ('code = "QN05999N"', 'code = "QP059901"', "QPV déclaré plusieurs fois : QP059901"),
        ("valid_to = 2023-12-31\n", "", "les zonages « 2015 » et « 2024 » se chevauchent"),
        ('grant = "1000.00"', 'grant = "1 000,00"', "« exercise.1.grant » doit être un montant en euros"),
        ('grant = "1000.00"', 'grant = "1000.001"', "« exercise.1.grant » ne peut avoir plus de deux décimales"),
        ('grant = "1000.00"', 'grant = "900.00"', "les lignes de l'exercice 2023 totalisent 1000.00 € et la subvention 900.00 €"),
        ("last_day = 2023-12-31", "last_day = 2022-12-31", "l'exercice 2023 finit avant de commencer"),
        ("valid_to = 2023-12-31\n", "valid_to = 2014-12-31\n", "le zonage « 2015 » finit avant de commencer"),
        ('code = "actions"', 'code = "poste"', "l'exercice 2023 déclare deux lignes de même code"),
        ('accounts = ["64"]', "", "la ligne « poste » n'a ni compte ni code analytique"),
        ('accounts = ["64"]', 'accounts = "64"', "« exercise.1.line.1.accounts » doit être une liste entre crochets"),
        ('label = "Poste"', 'label = "Poste de coordination à temps plein"', "« exercise.1.line.1.label » dépasse 28 caractères"),
        ('qpv = [{code = "QN05999N", label = "Les Tilleuls"}]', "qpv = []", "« zoning.2.qpv » ne peut être vide"),
    ],
)
def test_one_fault_is_one_sentence_with_the_file_and_the_key(city, written, instead, told):
    assert CITE.count(written) == 1
    sentences = refused(city.write(CITE.replace(written, instead)))
    assert len(sentences) == 1
    assert sentences[0].startswith(french(f"{city.folder / 'cite.toml'} : "))
    assert french(told) in sentences[0]


def test_several_faults_are_told_at_once(city):
    text = CITE.replace("population = 5000", "population = -1").replace('operator = "L\'Association"', "").replace('"1000.00"', '"mille"')
    told = refused(city.write(text))
    assert len(told) == 3
    assert [key for key in ("city.operator", "city.population", "exercise.1.grant") if any(key in line for line in told)] == [
        "city.operator",
        "city.population",
        "exercise.1.grant",
    ]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"[city\n", "à la ligne 1"),
        (b"[city]\nname = 'a'\nname = 'b'\n", "écriture TOML incorrecte"),
        (b'[city]\nname = "a', "écriture TOML incorrecte"),
        ("[city]\nname = 'Cité'".encode("latin-1"), "n'est pas en UTF-8"),
        (b"", "la clé obligatoire"),
    ],
)
def test_a_file_that_is_not_toml_says_where(city, content, told):
    (city.folder / "cite.toml").write_bytes(content)
    assert french(told) in refused(city)[0]


def test_a_missing_file_names_the_variable_that_gives_it(city):
    city.environment["CITE_CONFIG"] = str(city.folder / "absent.toml")
    told = refused(city)
    assert "absent.toml" in told[0]
    assert "CITE_CONFIG" in told[0]
    with pytest.raises(ConfigurationError, match=r"cite\.toml est introuvable"):
        load_settings({}, city.folder / "ailleurs")


@pytest.mark.parametrize("url", ["mysql://u:motdepasse@h/b", "postgresql://u:motdepasse@h/b", "cite.sqlite", "sqlite://"])
def test_a_store_address_of_another_kind_is_refused_without_its_password(city, url):
    city.environment["CITE_STORE_URL"] = url
    told = refused(city)
    assert "CITE_STORE_URL" in told[0]
    assert "motdepasse" not in told[0]


def test_a_folder_in_place_of_the_declaration_is_told_in_french(city):
    (city.folder / "sources" / "a" / "source.toml").mkdir(parents=True)
    with pytest.raises(ConfigurationError, match="c'est un dossier") as caught:
        city.sources()
    assert english(str(caught.value)) == []
    assert os.strerror(21) not in str(caught.value)
