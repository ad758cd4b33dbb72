"""Crossed extracts: each dimension is summed over the others, a hidden cell hides its sums, and no column comes in unnamed."""

from __future__ import annotations

import pytest

from connectors.dropped import extract_file
from connectors.errors import ConfigurationError, DeliveryRefusedError
from indicators.typography import french
from tests.connectors.cities import City

SOURCE = """
id = "france_travail"
label = "France Travail"
kind = "file"
each_qpv = false
[columns]
periode = ["mois"]
territoire = ["top_qpv"]
[codes.territoire]
oui = "QPV"
non = "HORS_QPV"
[codes.sexe]
F = "femme"
H = "homme"
[codes.anciennete]
"1" = "moins_12"
"2" = "24_plus"
[cube]
dimensions = { sexe = "sexe", anciennete = "tranche" }
over = ["diplome"]
[[cube.measure]]
measure = "demandeurs_emploi_abc"
column = "defm"
where = { categorie = ["A", "B"] }
[[cube.measure]]
measure = "demandeurs_emploi_deld"
column = "defm"
where = { categorie = ["A", "B"], tranche = ["2"] }
"""
HEADER = "mois;top_qpv;sexe;tranche;diplome;categorie;defm"
ROWS = (
    "202303;oui;F;1;bac;A;10",
    "202303;oui;F;2;bac;A;20",
    "202303;oui;H;1;sans;B;30",
    "202303;oui;H;2;sans;D;400",  # category D is not counted
    "202303;non;F;1;bac;A;50",
    "202303;non;H;2;sans;A;60",
)


def read(city: City, *rows: str, header: str = HEADER):
    content = "\n".join((header, *rows)).encode()
    return extract_file(content, "extrait.csv", city.source("france_travail", SOURCE), city.context, city.settings.exercises)


def figures(city: City, *rows: str) -> dict[tuple[str, ...], object]:
    counts = read(city, *rows).counts
    key = zip(counts["measure"].str.removeprefix("demandeurs_emploi_"), counts["territory"], counts["category"], strict=True)
    return dict(zip(key, counts["value"].astype(object).where(counts["status"] == "ok", counts["status"]), strict=True))


def test_one_dimension_at_a_time(city):
    found = figures(city, *ROWS)
    assert found["abc", "QPV", "ensemble"] == 60
    assert (found["abc", "QPV", "femme"], found["abc", "QPV", "homme"]) == (30, 30)
    assert (found["abc", "QPV", "moins_12"], found["abc", "QPV", "24_plus"]) == (40, 20)
    assert (found["deld", "QPV", "ensemble"], found["deld", "HORS_QPV", "ensemble"]) == (20, 60)
    assert set(read(city, *ROWS).counts["period"]) == {"2023-T1"}


def test_a_hidden_cell_hides_each_sum_that_holds_it(city):
    found = figures(city, *ROWS[:2], "202303;oui;H;1;sans;B;s", *ROWS[4:])
    assert (found["abc", "QPV", "ensemble"], found["abc", "QPV", "homme"], found["abc", "QPV", "moins_12"]) == ("secret",) * 3
    assert (found["abc", "QPV", "femme"], found["abc", "QPV", "24_plus"], found["abc", "HORS_QPV", "ensemble"]) == (30, 20, 110)


def test_a_row_pasted_twice_counts_once_and_is_said(city):
    extract = read(city, *ROWS, ROWS[0])
    assert extract.counts["value"].sum() == read(city, *ROWS).counts["value"].sum()
    assert any("comptées une fois" in sentence for sentence in extract.warnings)


@pytest.mark.parametrize(
    ("header", "rows", "told"),
    [
        (HEADER + ";quartier_fin", [f"{row};x" for row in ROWS], "Colonne inconnue"),
        (HEADER + ";nom", [f"{row};x" for row in ROWS], "caractère personnel"),
        (HEADER.replace("defm", "effectifs"), ROWS, "Colonne obligatoire absente"),
        (HEADER, [ROWS[0].replace(";10", ";10,5")], "doit être entier"),
    ],
)
def test_what_the_declaration_does_not_name_is_refused(city, header, rows, told):
    with pytest.raises(DeliveryRefusedError) as refusal:
        read(city, *rows, header=header)
    assert any(told in fault for fault in refusal.value.faults)


FREINS = (
    SOURCE
    + """
[[cube.measure]]
measure = "demandeurs_diagnostiques"
column = "diag"
where = { categorie = ["A", "B"] }
[[cube.measure]]
measure = "demandeurs_avec_contrainte"
category = { frein = "mobilite" }
column = "contrainte_mobilite"
where = { categorie = ["A", "B"] }
[[cube.measure]]
measure = "demandeurs_avec_contrainte"
category = { frein = "famille" }
column = "contrainte_familiale"
where = { categorie = ["A", "B"] }
"""
)
WITH_FREINS = (
    HEADER + ";diag;contrainte_mobilite;contrainte_familiale",
    "202303;oui;F;1;bac;A;10;8;5;4",
    "202303;oui;H;2;sans;B;30;20;11;s",
    "202303;oui;H;2;sans;D;400;300;200;100",
    "202303;non;F;1;bac;A;50;40;0;7",
)


def test_a_column_may_count_one_category_of_a_dimension_that_rows_do_not_cross(city):
    source = city.source("france_travail", FREINS)
    content = "\n".join(WITH_FREINS).encode()
    counts = extract_file(content, "extrait.csv", source, city.context, city.settings.exercises).counts
    found = counts[counts["measure"] == "demandeurs_avec_contrainte"]
    assert set(found["dimension"]) == {"frein"}  # the same person may have both: no total, nothing by sex
    states = {(row.territory, row.category): (row.value, row.status) for row in found.itertuples()}
    assert states["QPV", "mobilite"] == (16, "ok")
    assert states["QPV", "famille"][1] == "secret"
    assert states["HORS_QPV", "mobilite"] == (0, "ok")
    assert states["HORS_QPV", "famille"] == (7, "ok")
    whole = counts[(counts["measure"] == "demandeurs_diagnostiques") & (counts["dimension"] == "ensemble")]
    assert dict(zip(whole["territory"], whole["value"], strict=True)) == {"QPV": 28, "HORS_QPV": 40, "NON_LOCALISE": 0}


@pytest.mark.parametrize(
    ("category", "told"),
    [
        ('{ frein = "voiture" }', "modalité « voiture » inconnue pour « frein » (connues : mobilite, famille"),
        ('{ freins = "mobilite" }', "modalité « mobilite » inconnue pour « freins » (connues : aucune)"),
        ('{ frein = "mobilite", sexe = "femme" }', "« category » nomme une dimension et sa modalité, pas plusieurs (frein, sexe)"),
    ],
)
def test_a_category_outside_the_lists_is_told(city, category, told):
    with pytest.raises(ConfigurationError) as refusal:
        city.source("france_travail", FREINS.replace('{ frein = "famille" }', category))
    assert french(told) in french(str(refusal.value))
