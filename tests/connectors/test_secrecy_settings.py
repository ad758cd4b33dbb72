"""[secret.copil] and [[definition]] of cite.toml: what is declared is what the indicators get, and each fault is one French sentence."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from connectors.errors import ConfigurationError
from connectors.settings import load_settings
from indicators.disclosure.policy import DEFAULTS, Policy
from indicators.registry import indicators
from indicators.typography import french
from indicators.wording import Precision, definition_on
from tests.connectors.cities import CITE, City
from tests.connectors.language import english, loose

DECLARED = """
[secret.copil]
seuil = 3
seuil_sensible = 12
part_masquee_max = 0.05
marge_case = 1
marge_reste = 2
affiner_a = 4
decision = "Copil du 20/10/2022"

[secret.public]
decision = "Arrêté du maire"

[[definition]]
indicator = "N2.2"
since = 2023-01-15
text = "Une personne reçue deux fois compte une fois."
decision = "Copil de janvier"

[[definition]]
indicator = "N2.2"
since = 2023-06-01
text = "Un appel ne compte pas."
decision = "Copil de mai"
"""
DEMO = Path(__file__).resolve().parents[2] / "connectors" / "demo"


def test_what_is_declared_is_what_the_indicators_get(city: City) -> None:
    settings = city.write(CITE + DECLARED).settings
    assert settings.policies == {
        "copil": Policy("copil", 3, 12, 0.05, 1, 2, 4, "Copil du 20/10/2022"),
        "prefecture": Policy("prefecture"),
        "public": Policy("public", 11, decision="Arrêté du maire"),
    }
    first, second = settings.precisions
    assert first == Precision("N2.2", date(2023, 1, 15), "Une personne reçue deux fois compte une fois.", "Copil de janvier")
    assert second.since == date(2023, 6, 1)


def test_a_city_that_declares_nothing_has_the_rules_by_default(city: City) -> None:
    assert tuple(city.settings.policies.values()) == DEFAULTS
    assert city.settings.precisions == ()


def test_the_demonstration_declares_both() -> None:
    settings = load_settings({}, DEMO)
    assert settings.policies["copil"].decision.startswith("Copil du 20/10/2022")
    [item] = settings.precisions
    assert date(2022, 10, 20) < item.since < date(2023, 10, 12)
    assert definition_on(indicators()[item.indicator], settings.precisions, item.since).endswith(item.text)


@pytest.mark.parametrize(
    ("written", "instead", "told"),
    [
        ("seuil = 3", "seuil = 2", "« secret.copil.seuil » doit être au moins 3"),
        ("seuil = 3", "seuil = 4.0", "« secret.copil.seuil » doit être un nombre entier"),
        ("seuil = 3", "seuil = true", "« secret.copil.seuil » doit être un nombre entier"),
        ("seuil = 3", 'seuil = "3"', "« secret.copil.seuil » doit être un nombre entier"),
        ("seuil = 3", "seuil = 20", "le seuil des données sensibles (12) doit être au moins 11, et au moins le seuil ordinaire"),
        ("seuil_sensible = 12", "seuil_sensible = 10", "« secret.copil.seuil_sensible » doit être au moins 11"),
        ("part_masquee_max = 0.05", "part_masquee_max = 10", "« secret.copil.part_masquee_max » : écrivez une part entre 0 et 1"),
        ("part_masquee_max = 0.05", 'part_masquee_max = "5 %"', "écrivez une part entre 0 et 1"),
        ("part_masquee_max = 0.05", "part_masquee_max = nan", "écrivez une part entre 0 et 1"),
        ("part_masquee_max = 0.05", "part_masquee_max = true", "écrivez une part entre 0 et 1"),
        ("marge_case = 1", "marge_case = 0", "« secret.copil.marge_case » doit être au moins 1"),
        ("marge_case = 1", "marge_case = 5", "une grille ne s'affine pas sous la marge"),
        ("marge_case = 1", "marge = 1", "la clé « secret.copil.marge » est inconnue"),
        ('decision = "Copil du 20/10/2022"\n', "", "la clé obligatoire « secret.copil.decision » manque"),
        ('decision = "Copil du 20/10/2022"', 'decision = " "', "« secret.copil.decision » ne peut être vide"),
        ("[secret.public]", "[secret.public]\nseuil = 10", "« secret.public.seuil » doit être au moins 11"),
        ("[secret.public]", "[secret.presse]", "la clé « secret.presse » est inconnue"),
        ('indicator = "N2.2"\nsince = 2023-01-15', 'indicator = "N9.9"\nsince = 2023-01-15', "l'indicateur « N9.9 » n'existe pas"),
        ("since = 2023-01-15", 'since = "janvier"', "« definition.1.since » doit être une date AAAA-MM-JJ"),
        ("since = 2023-01-15\n", "", "la clé obligatoire « definition.1.since » manque"),
        ("since = 2023-06-01", "since = 2023-01-15", "la définition de « N2.2 » est précisée deux fois le 15/01/2023"),
        ('text = "Un appel ne compte pas."', 'text = ""', "« definition.2.text » ne peut être vide"),
        ('decision = "Copil de mai"\n', "", "la clé obligatoire « definition.2.decision » manque"),
    ],
)
def test_one_fault_is_one_sentence(city: City, written: str, instead: str, told: str) -> None:
    assert DECLARED.count(written) == 1
    with pytest.raises(ConfigurationError) as caught:
        assert city.write(CITE + DECLARED.replace(written, instead)).settings
    [sentence] = str(caught.value).splitlines()
    assert french(told) in sentence
    assert french(f"{city.folder / 'cite.toml'} : ") in sentence
    assert english(sentence) == []
    assert loose(sentence) == []
