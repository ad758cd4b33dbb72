"""i-Milo, ABC Viesion, CAF, Cap emploi: our template as their users fill it, with their own words for sex, age and place."""

from __future__ import annotations

import pytest

from indicators.typography import french
from tests.connectors.presets.looks import counts, lines, read, refused, workbook

HEADER = ("Période", "Zone", "Indicateur", "Critère", "Modalité", "Effectifs")
QPV = '[codes.territoire]\n"Les Tilleuls" = "QP059901"\n"Le Port" = "QP059902"\n'
YOUNG = [
    HEADER,
    ("2023-T1", "En QPV", "Entrées en CEJ", "Ensemble", "Ensemble", 21),
    ("2023-T1", "En QPV", "Entrées en CEJ", "Sexe", "H", 12),
    ("2023-T1", "En QPV", "Entrées en CEJ", "Sexe", "F", 9),
    ("2023-T1", "En QPV", "Entrées en CEJ", "Tranche d'âge", "Moins de 26 ans", 21),
    ("2023-T1", "Hors QPV", "Entrées en CEJ", "Total", "Total", 60),
    ("2023-T1", "Non localisé", "Entrées en CEJ", "Total", "", 3),
    ("2023-T1", "En QPV", "PACEA", "", "", "1\u202f204"),
    ("2023-T1", "En QPV", "Jeunes entrés dans un dispositif", "", "", 30),
]


@pytest.mark.parametrize("name", ["imilo.csv", "imilo.xlsx"])
def test_i_milo_in_the_words_of_a_mission_locale(city, name):
    content = lines(YOUNG) if name.endswith("csv") else workbook("donnees", YOUNG)
    found = counts(read(city, "imilo", content, name, "each_qpv = false\n"))
    assert (found["entrees_cej", "QPV", "homme"], found["entrees_cej", "QPV", "femme"]) == (12, 9)
    assert (found["entrees_cej", "QPV", "non_renseigne"], found["entrees_cej", "QPV", "moins_26"]) == (0, 21)
    assert (found["entrees_cej", "HORS_QPV", "ensemble"], found["entrees_cej", "NON_LOCALISE", "ensemble"]) == (60, 3)
    assert (found["entrees_pacea", "QPV", "ensemble"], found["habitants_accompagnes", "QPV", "ensemble"]) == (1204, 30)


@pytest.mark.parametrize(
    ("man", "woman"), [("H", "F"), ("Homme", "Femme"), ("Hommes", "Femmes"), ("1", "2"), ("M.", "Mme"), ("homme", "femme")]
)
@pytest.mark.parametrize("preset", ["imilo", "viesion", "cap_emploi"])
def test_sex_is_read_however_it_is_written(city, preset, man, woman):
    measure = {"imilo": "PACEA", "viesion": "Entrées au PLIE", "cap_emploi": "Entrées à Cap emploi"}[preset]
    rows = [HEADER, *(("2023-T1", "Les Tilleuls", measure, "Genre", text, n) for text, n in ((man, 7), (woman, 4), ("NR", 1)))]
    found = counts(read(city, preset, lines(rows), beside=QPV))
    code = {"imilo": "entrees_pacea", "viesion": "entrees_plie", "cap_emploi": "entrees_cap_emploi"}[preset]
    assert [found[code, "QP059901", category] for category in ("homme", "femme", "non_renseigne", "ensemble")] == [7, 4, 1, 12]


def test_a_plie_workbook_by_neighbourhood(city):
    rows = [
        HEADER,
        *(("2023-T1", place, "Entrées au PLIE", "Ensemble", "Ensemble", n) for place, n in (("Les Tilleuls", 4), ("Le Port", 2))),
        ("2023-T1", "Reste de la commune", "Entrées au PLIE", "Ensemble", "Ensemble", 15),
        ("2023-T1", "Ville entière", "Entrées au PLIE", "Ensemble", "Ensemble", 21),
    ]
    found = counts(read(city, "viesion", workbook("donnees", rows), "plie 2023-T1.xlsx", QPV))
    assert [found["entrees_plie", zone, "ensemble"] for zone in ("QP059901", "QP059902", "HORS_QPV", "VILLE")] == [4, 2, 15, 21]


def test_caf_households_of_one_column_are_rounded_to_five(city):
    rows = [("Trimestre", "Quartier", "Foyers RSA"), ("2023-T1", "QPV", 340), ("2023-T1", "Hors QPV", 1205), ("2023-T1", "Commune", 1550)]
    title = [("Foyers allocataires du RSA au 31/03/2023",), (), *rows]
    found = counts(read(city, "caf", workbook("Feuil1", title), "caf.xlsx", "each_qpv = false\n"))
    # 340 + 1205 is 1545: within the rounding
    assert [found["menages_rsa", zone, "ensemble"] for zone in ("QPV", "HORS_QPV", "VILLE")] == [340, 1205, 1550]


def test_cap_emploi_hides_small_counts_and_writes_in_windows_1252(city):
    rows = [HEADER, ("2023-T1", "Les Tilleuls", "Entrées", "", "", "s"), ("2023-T1", "Hors QPV", "Entrées", "", "", 31)]
    extract = read(city, "cap_emploi", lines(rows, encoding="cp1252"), beside=QPV)
    assert counts(extract)["entrees_cap_emploi", "QP059901", "ensemble"] == "secret"
    assert any("Windows-1252" in sentence for sentence in extract.warnings)


@pytest.mark.parametrize(
    ("preset", "row", "told"),
    [
        ("imilo", ("2023-T1", "En QPV", "CEJ", "Age", "18-21 ans", 3), "code « 18-21 ans » inconnu pour « age »"),
        ("imilo", ("2023-T1", "En QPV", "Emploi", "", "", 3), "mesure « Emploi » inconnue"),
        ("viesion", ("2023-T1", "62100", "Entrées", "", "", 3), "Un code postal ou de commune n'est pas une zone"),
        ("viesion", ("T1 2023", "Oui", "Entrées", "", "", 3), "« T1 2023 » n'est pas une période"),
        ("caf", ("2023-T1", "Oui", "Foyers RSA", "Sexe", "3", 3), "code « 3 » inconnu pour « sexe »"),
        ("cap_emploi", ("2023-T1", "Oui", "Entrées", "", "", "moins de 5"), "n'est pas un effectif"),
    ],
)
def test_what_is_not_in_their_words_is_told(city, preset, row, told):
    assert french(told) in refused(city, preset, lines([HEADER, row]))


@pytest.mark.parametrize("preset", ["imilo", "viesion", "caf", "cap_emploi"])
def test_the_export_of_persons_is_refused_whole(city, preset):
    header = ("Numéro dossier", "Nom", "Prénom", "Date de naissance", "Commune")
    row = ("12", "Fictif", "Fictive", "01/01/2001", "Calais")
    assert "caractère personnel" in refused(city, preset, lines([header, row]))
