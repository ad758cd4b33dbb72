"""[[target]] of cite.toml: what is declared is what the indicators get, and each fault is one French sentence."""

from __future__ import annotations

from datetime import date

import pytest

from connectors.errors import ConfigurationError
from indicators.targets import Milestone
from indicators.typography import french
from tests.connectors.cities import CITE, City
from tests.connectors.language import english, loose

TARGETS = """
[[target]]
indicator = "N3.4"
initial = 48.5
initial_day = 2022-01-01
source = "Copil du 20/10/2022"
step = [{day = 2022-12-31, value = 54}, {day = 2023-12-31, value = 60}]

[[target]]
indicator = "N2.9"
zone = "QPV"
initial = 0.72
initial_day = 2022-01-01
source = "Convention"
step = [{day = 2023-12-31, value = 1}]

[[target]]
indicator = "N3.4"
zone = "QP059901"
dimension = "frein"
category = "mobilite"
initial = 40
initial_day = 2022-01-01
source = "Copil du 20/10/2022"
step = [{day = 2023-12-31, value = 55}]
"""


def test_what_is_declared_is_what_the_indicators_get(city: City) -> None:
    first, parity, frein = city.write(CITE + TARGETS).settings.targets
    assert (first.indicator, first.zone, first.initial, first.initial_day) == ("N3.4", "VILLE", 48.5, date(2022, 1, 1))
    assert first.milestones == (Milestone(date(2022, 12, 31), 54.0), Milestone(date(2023, 12, 31), 60.0))
    assert first.source == "Copil du 20/10/2022"
    assert first.category == ("ensemble", "ensemble")
    assert (parity.zone, parity.final.value) == ("QPV", 1.0)
    assert (frein.zone, frein.category) == ("QP059901", ("frein", "mobilite"))


def test_a_city_may_have_no_target(city: City) -> None:
    assert city.settings.targets == ()


@pytest.mark.parametrize(
    ("written", "instead", "told"),
    [
        ('indicator = "N3.4"\ninitial = 48.5', 'indicator = "N9.9"\ninitial = 48.5', "l'indicateur « N9.9 » n'existe pas"),
        ('indicator = "N3.4"\ninitial = 48.5', "initial = 48.5", "la clé obligatoire « target.1.indicator » manque"),
        ("initial = 48.5", 'initial = "48,5"', "« target.1.initial » : écrivez un nombre, sans guillemets"),
        ("initial = 48.5", "initial = true", "« target.1.initial » : écrivez un nombre"),
        ("initial = 48.5", "initial = nan", "« target.1.initial » : écrivez un nombre"),
        ("initial = 48.5", "initial = 48.5\nobjectif = 60", "la clé « target.1.objectif » est inconnue"),
        ('source = "Convention"', 'source = ""', "« target.2.source » ne peut être vide"),
        ('source = "Convention"\n', "", "la clé obligatoire « target.2.source » manque"),
        ("step = [{day = 2023-12-31, value = 1}]", "step = []", "« target.2.step » ne peut être vide"),
        ("step = [{day = 2023-12-31, value = 1}]", "", "la clé obligatoire « target.2.step » manque"),
        ("{day = 2022-12-31, value = 54}", "{day = 2024-12-31, value = 54}", "les étapes de « N3.4 » doivent se suivre dans l'ordre"),
        ("{day = 2022-12-31, value = 54}", "{day = 2022-01-01, value = 54}", "après « initial_day »"),
        ("{day = 2022-12-31, value = 54}", '{day = "fin 2022", value = 54}', "« target.1.step.1.day » doit être une date AAAA-MM-JJ"),
        ("{day = 2022-12-31, value = 54}", "{day = 2022-12-31}", "la clé obligatoire « target.1.step.1.value » manque"),
        ('zone = "QP059901"', 'zone = "QP059999"', "la cible de « N3.4 » vise une zone inconnue « QP059999 »"),
        ('zone = "QP059901"', 'zone = "NON_LOCALISE"', "zone inconnue « NON_LOCALISE »"),
        ('zone = "QPV"\n', "", "« N2.9 » compare un quartier au reste de la ville"),
        ('category = "mobilite"', 'category = "permis"', "« N3.4 » ne se lit pas par « frein = permis » ; ventilations : frein"),
        ('dimension = "frein"', 'dimension = "sexe"', "« N3.4 » ne se lit pas par « sexe = mobilite »"),
        (
            'zone = "QP059901"\ndimension = "frein"\ncategory = "mobilite"\n',
            "",
            "la cible de « N3.4 » (VILLE) est déclarée deux fois",
        ),
    ],
)
def test_one_fault_is_one_sentence(city: City, written: str, instead: str, told: str) -> None:
    assert TARGETS.count(written) == 1
    with pytest.raises(ConfigurationError) as caught:
        assert city.write(CITE + TARGETS.replace(written, instead)).settings
    [sentence] = str(caught.value).splitlines()
    assert french(told) in sentence
    assert french(f"{city.folder / 'cite.toml'} : ") in sentence
    assert english(sentence) == []
    assert loose(sentence) == []


@pytest.mark.parametrize(
    ("code", "zone", "told"),
    [
        ("N1.5", "QPV", "« N1.5 » n'est compté que pour la ville entière"),
        ("B1", "QP059901", "« B1 » n'est compté que pour la ville entière"),
        ("C4", "VILLE", "« C4 » n'est publié que par quartier"),
        ("N3.6", "VILLE", "« N3.6 » ne se lit pas par « ensemble = ensemble »"),
    ],
)
def test_a_target_where_there_is_no_figure_is_refused(city: City, code: str, zone: str, told: str) -> None:
    text = TARGETS.replace('"N2.9"', f'"{code}"').replace('zone = "QPV"', f'zone = "{zone}"')
    with pytest.raises(ConfigurationError) as caught:
        assert city.write(CITE + text).settings
    assert french(told) in str(caught.value)
