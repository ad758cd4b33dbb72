"""Open files of published figures: kept as they are, their dirt said; the real file where it is beside the checkout."""

from __future__ import annotations

from pathlib import Path

import pytest

from connectors.dropped import extract_file
from connectors.errors import DeliveryRefusedError
from indicators.schemas import PUBLISHED
from indicators.typography import french
from tests.connectors.cities import CITE, City
from tests.connectors.language import english, loose

REAL = Path(__file__).parents[2].parent / "shared" / "data" / "qpv_2024_fiches.csv"
HEADER = (
    "COG,codeQPV,popMuniQPV,nombre_menages,personnes_couvertes_CAF,allocataires_CAF,RSA_socle,taux_d_emploi,taux_pauvrete_60%,partMen1p"
)
CALAIS = '{code = "QN06253M", label = "Fort Nieulay"}, {code = "QN06254M", label = "Beau Marais"}'
ROWS = [
    "1053,QN00101M,6399,3004.0,4863.0,2076.0,411.0,48.8,46.0,46.5",
    "59999,QN05999N,2500,1100,1200,500,,101.5,,40",
    "59998,QN05999N,2500,1100,1200,500,,101.5,,40",
    "62193,QN06254M,7579,3200,5100,2300,700,38.1,44.0,41.2",
]


def read(city: City, content: bytes, declaration: str = 'preset = "fiches_qpv"\n'):
    return extract_file(content, "fiches.csv", city.source("fiches", declaration), city.context, ())


def csv(rows: list[str] = ROWS, header: str = HEADER) -> bytes:
    return "\n".join([header, *rows, ""]).encode()


def faults(city: City, content: bytes) -> list[str]:
    with pytest.raises(DeliveryRefusedError) as caught:
        read(city, content)
    for fault in caught.value.faults:
        assert english(fault) == []
        assert loose(fault) == []
    return caught.value.faults


def test_only_the_qpvs_of_the_city_are_kept_and_the_dirt_is_said(city):
    extract = read(city, csv())
    PUBLISHED.validate(extract.published)
    found = extract.published.set_index("measure")
    assert set(found["territory"]) == {"QN05999N"}
    assert found.loc["population", "value"] == 2500
    assert found.loc["taux_emploi", "value"] == 101.5
    assert found.loc["rsa_socle", "status"] == "secret"
    assert set(found["vintage"]) == {"non précisé"}
    told = "\n".join(extract.warnings)
    assert "1 code de commune sans le zéro initial" in told
    assert "« taux_d_emploi » : 2 valeurs au-dessus de 100 %" in told
    assert "8 valeurs répétées (QPV sur plusieurs communes) : chacune compte une fois." in told


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("QN05999N,2500", "QN5999,2500", "Ligne 3 : code de QPV illisible « QN5999 »"),
        ("59999,QN05999N,2500,1100", '59999,QN05999N,2500,"1100,5"', "Ligne 3 : « 1100,5 » : séparateur décimal « . » attendu"),
        (
            "59999,QN05999N,2500,1100",
            "59999,QN05999N,2500,beaucoup",
            "Ligne 3 : « beaucoup » n'est pas un nombre",
        ),
        ("59998,QN05999N,2500", "59998,QN05999N,2600", "QN05999N : deux valeurs différentes de « population »"),
        ("popMuniQPV", "population", "Colonne obligatoire absente : « popMuniQPV »"),
        ("codeQPV", "code", "Colonne obligatoire absente : « territoire »"),
    ],
)
def test_each_defect_is_told(city, before, after, told):
    content = csv()
    assert before.encode() in content
    assert any(french(told) in fault for fault in faults(city, content.replace(before.encode(), after.encode())))


def test_a_file_of_other_cities_is_refused(city):
    assert "Est-ce le bon zonage" in faults(city, csv([ROWS[0], ROWS[3]]))[0]


def test_the_real_file_as_it_is(city):
    if not REAL.is_file():
        pytest.skip("the open file of the QPVs is not beside this checkout: it is other people's data, not committed")
    city.write(CITE.replace('{code = "QN05999N", label = "Les Tilleuls"}', CALAIS))
    extract = read(city, REAL.read_bytes())
    PUBLISHED.validate(extract.published)
    found = extract.published.set_index(["measure", "territory"])["value"]
    assert found["population", "QN06253M"] == 7835
    assert found["population", "QN06254M"] == 7579
    assert extract.rows == 16
    told = "\n".join(extract.warnings)
    assert "72 codes de commune sans le zéro initial" in told
    assert "valeurs répétées (QPV sur plusieurs communes) : chacune compte une fois." in told
    # a line added at the end is the 1 714th row, under the header: the 1 713 others were read
    assert faults(city, REAL.read_bytes().rstrip() + b"\n" + b"x" + b"," * 28) == [french("Ligne 1715 : code de QPV illisible «  ».")]
