"""Open files of the QPVs (ANCT, Insee, Dares): the same column under four names, titles above, withheld values, notes below."""

from __future__ import annotations

import pytest

from indicators.schemas import PUBLISHED
from indicators.typography import french
from tests.connectors.presets.looks import lines, read, refused, workbook

TITLES = [("Revenus et pauvreté en 2021",), ("Quartiers prioritaires",), ("Source : Insee, FiLoSoFi",), ("Mise en ligne le 12/02/2025",)]
LABELS = ("Code du quartier", "Libellé", "Médiane", "Taux de pauvreté")
CODES = ("CODGEO", "LIBGEO", "DISP_MED_A21", "DISP_TP60_A21")
INCOME = [
    *TITLES,
    LABELS,
    CODES,
    ("QP059901", "Les Tilleuls", 12340, 45.5),
    ("QP059902", "Le Port", "nd", "ns"),
    ("QN05999N", "Les Tilleuls", 13010, 41),
    ("QP02A001", "Ailleurs", "s", "c"),
]


def figures(extract) -> dict[tuple[str, str], object]:
    PUBLISHED.validate(extract.published)
    frame = extract.published
    values = frame["value"].astype(object).where(frame["status"] == "ok", frame["status"])
    return dict(zip(zip(frame["measure"], frame["territory"], strict=True), values, strict=True))


@pytest.mark.parametrize("name", ["revenus.xlsx", "revenus.csv"])
def test_insee_titles_are_passed_over_and_withheld_values_are_said(city, name):
    table = [(*row, *[""] * (4 - len(row))) for row in INCOME]
    content = workbook("QP", INCOME, COM=INCOME) if name.endswith("xlsx") else lines(table).replace(b"45.5", b"45,5")
    extract = read(city, "insee_qpv", content, name)
    found = figures(extract)
    assert (found["taux_pauvrete", "QP059901"], found["niveau_de_vie_median", "QP059901"]) == (45.5, 12340)
    assert (found["taux_pauvrete", "QP059902"], found["niveau_de_vie_median", "QP059902"]) == ("secret", "secret")
    assert ("taux_pauvrete", "QP02A001") not in found
    assert set(extract.published["vintage"]) == {"2021"}


def test_insee_another_year_is_refused_until_it_is_declared(city):
    rows = [*INCOME[:5], tuple(text.replace("A21", "A22") for text in CODES), *INCOME[6:]]
    content = workbook("QP", rows)
    assert french("Colonne obligatoire absente : « taux_pauvrete ».") in refused(city, "insee_qpv", content, "a.xlsx")
    beside = '[columns]\ntaux_pauvrete = ["DISP_TP60_A22"]\nniveau_de_vie_median = ["DISP_MED_A22"]\n[constants]\nmillesime = "2022"\n'
    assert set(read(city, "insee_qpv", content, "a.xlsx", beside).published["vintage"]) == {"2022"}


def test_insee_the_file_of_communes_or_a_decimal_point_is_refused(city):
    communes = [*INCOME[:6], ("59999", "Villetest", 20000, 20)]
    assert french("Ligne 7 : code de QPV illisible « 59999 ».") in refused(city, "insee_qpv", workbook("QP", communes), "a.xlsx")
    point = lines([CODES, ("QP059901", "Les Tilleuls", 12340, "45.5")])
    assert french("séparateur décimal « , » attendu (colonne « taux_pauvrete »)") in refused(city, "insee_qpv", point)
    assert read(city, "insee_qpv", point, beside='[file]\ndecimal = "."\n').published["value"].tolist() == [45.5, 12340]


ANCT = ("lib_qp", "insee_reg", "insee_com", "lib_com")


@pytest.mark.parametrize("column", ["code_qp", "CODE_QP", "codeQPV", "CODGEO"])
def test_anct_knows_the_column_under_its_four_names(city, column):
    rows = [
        (column, *ANCT, "pop_mun"),
        ("QP059901", "Les Tilleuls", 32, '"=""59999"""', "Villetest", "2 500"),
        ("QP059902", "Le Port", 32, '"=""59999;59998"""', '"Villetest; Autre"', "1\u202f100"),
        ("QN01341I", "Ailleurs", 93, '"=""13055"""', "Autre", ""),
    ]
    found = figures(read(city, "anct_qpv", lines(rows)))
    assert found == {("population", "QP059901"): 2500, ("population", "QP059902"): 1100}


def test_anct_a_quarter_over_two_communes_counts_once_and_two_code_columns_are_refused(city):
    rows = [("code_qp", "insee_com", "population"), ("QP059901", "59999", 2500), ("QP059901", "59998", 2500)]
    extract = read(city, "anct_qpv", lines(rows))
    assert figures(extract) == {("population", "QP059901"): 2500}
    both = [("CODGEO", "code_qp", "population"), ("59999", "QP059901", 2500)]
    told = refused(city, "anct_qpv", lines(both))
    assert (
        french(
            "Les colonnes « CODGEO » et « code_qp » désignent toutes « territoire ». Gardez-en une, ou déclarez la bonne dans [columns]."
        )
        in told
    )
    found = figures(read(city, "anct_qpv", lines(both), beside='[columns]\nterritoire = ["code_qp"]\n'))
    assert found == {("population", "QP059901"): 2500}


def test_dares_rounded_counts_with_notes_below_and_a_year_in_a_column(city):
    rows = [
        ("Demandeurs d'emploi inscrits, au 31 décembre",),
        (),
        ("CODGEO", "LIBGEO", "annee", "DEFM_ABC", "DEFM_A"),
        ("QP059901", "Les Tilleuls", 2022, 700, 400),
        ("QP059901", "Les Tilleuls", 2023, 600, "NS"),
        ("Source : France Travail-Dares, STMT ; données arrondies à la centaine.",),
        ("Champ : France métropolitaine.",),
    ]
    extract = read(city, "dares_qpv", workbook("QP", rows), "dares.xlsx")
    frame = extract.published.set_index(["measure", "vintage"])
    assert frame.loc[("defm_abc_publies", "2022"), "value"] == 700
    assert frame.loc[("defm_abc_publies", "2023"), "value"] == 600
    assert frame.loc[("defm_a_publies", "2023"), "status"] == "secret"
    assert "Notes sous le tableau, laissées de côté : 2 lignes." in extract.warnings


def test_the_wrong_zoning_is_told(city):
    rows = [("code_qp", "population"), ("QN01341I", 900)]
    assert french("ne contient aucun QPV de Villetest") in refused(city, "anct_qpv", lines(rows))
