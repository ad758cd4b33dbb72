"""The extract of France Travail: its real columns, other territories beside ours, a flag for the QPV, one month closing each quarter."""

from __future__ import annotations

import pytest

from connectors.dropped import extract_file
from connectors.errors import DeliveryRefusedError
from indicators.typography import french
from tests.connectors.cities import City
from tests.connectors.language import english, loose

CONSTRAINTS = ("numerique", "mobilite", "familiale", "sante", "savoir", "logement", "financiere", "admin_jurid")
HEADER = ";".join(
    (
        *("mois_statistique", "c_territoire_id", "c_lblterritoire", "dptres", "categorie_statistique", "tranche_anciennete", "top_qpv"),
        *("top_zrr", "top_boe", "top_rsa", "tranche_age", "niveau_de_formation", "sexe", "situation_de_famille", "defm"),
        *(f"contrainte_{name}" for name in CONSTRAINTS),
        *("c_impactcontrainte_mobilite_id", "n_nbcontraintesactives", "diag"),
    )
)
OURS = "CLPE62004"


def row(month="202303", zone="yes", sex="F", age="<26", since="<12", kind="A", defm="10", diag="8", freins="1", rsa="no", area=OURS):
    text = (month, area, "CALAIS", "62", kind, since, zone, "no", "no", rsa, age, "NV4", sex, "C", defm)
    return ";".join((*text, *(freins for _ in CONSTRAINTS), "2", "1.5", diag))


ROWS = (
    row(),
    row(sex="M", age="26-49", since="12-23", defm="20", diag="15", freins="4"),
    row(sex="YYYY", age="50+", since=">=24", defm="5", diag="2", freins="0", rsa="yes"),
    row(zone="no", defm="100", diag="60", freins="9"),
    row(zone="no", sex="M", age="50+", since=">=24", defm="40", diag="30", freins="s"),
    row(kind="D", defm="7000"),
    row(area="CLPE62001", defm="3000"),
)


def read(city: City, *rows: str, header: str = HEADER, declaration: str = 'preset = "france_travail_extrait"\n'):
    content = "\n".join((header, *rows)).encode()
    return extract_file(content, "extrait.csv", city.source("france_travail", declaration), city.context, ())


def figures(extract, measure: str) -> dict[tuple[str, str], object]:
    counts = extract.counts[extract.counts["measure"] == measure]
    values = counts["value"].astype(object).where(counts["status"] == "ok", counts["status"])
    return dict(zip(zip(counts["territory"], counts["category"], strict=True), values, strict=True))


def refused(city: City, *rows: str, **given: str) -> list[str]:
    with pytest.raises(DeliveryRefusedError) as refusal:
        read(city, *rows, **given)
    for fault in refusal.value.faults:
        assert english(fault) == []
        assert loose(fault) == []
    return refusal.value.faults


def test_job_seekers_of_our_territory_are_counted_by_the_flag(city):
    extract = read(city, *ROWS)
    found = figures(extract, "demandeurs_emploi_abc")
    assert (found["QPV", "ensemble"], found["HORS_QPV", "ensemble"]) == (35, 140)  # D and the other territory are not there
    assert (found["QPV", "femme"], found["QPV", "homme"], found["QPV", "non_renseigne"]) == (10, 20, 5)
    assert (found["QPV", "moins_26"], found["QPV", "12_23"], found["QPV", "oui"]) == (10, 20, 5)
    assert figures(extract, "demandeurs_emploi_deld")["QPV", "ensemble"] == 25
    assert set(extract.counts["period"]) == {"2023-T1"}
    assert "« c_territoire_id » : lignes d'un autre territoire, laissées de côté : 1." in extract.warnings


def test_constraints_have_no_total_and_a_hidden_one_stays_hidden(city):
    found = figures(read(city, *ROWS), "demandeurs_avec_contrainte")
    assert (found["QPV", "mobilite"], found["QPV", "admin_droits"], found["HORS_QPV", "sante"]) == (5, 5, "secret")
    assert ("QPV", "ensemble") not in found
    assert figures(read(city, *ROWS), "demandeurs_diagnostiques")["QPV", "ensemble"] == 25


def test_a_stock_of_three_months_is_that_of_the_last(city):
    extract = read(city, *(row(month=month, defm=count) for month, count in (("202301", "11"), ("202302", "12"), ("202303", "13"))))
    assert figures(extract, "demandeurs_emploi_abc")["QPV", "ensemble"] == 13
    assert "Un stock est celui du dernier mois de sa période : mois laissés de côté (202301, 202302)." in extract.warnings


def test_another_territory_is_declared_beside_the_preset(city):
    declaration = 'preset = "france_travail_extrait"\n[cube.where]\nc_territoire_id = ["CLPE62001"]\n'
    assert figures(read(city, *ROWS, declaration=declaration), "demandeurs_emploi_abc")["QPV", "ensemble"] == 3000


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ((row(area="CLPE62001"),), "Aucune ligne où « c_territoire_id » vaut « CLPE62004 » (lu : CLPE62001). Est-ce le bon territoire ?"),
        ((row(sex="X"),), "code « X » inconnu pour « sexe »"),
        ((row(age="Moins de 25 ans"),), "code « Moins de 25 ans » inconnu pour « age »"),
        ((row(zone="peut-être"),), "QPV « peut-être » inconnu"),
        ((row(month="202309"),), "la période 2023-T3 n'est pas terminée"),
        ((row(defm="-3"),), "effectif négatif (-3)"),
        ((row(month="202302"),), "Aucun mois du fichier ne termine une période (lu : 202302). Ajoutez le dernier mois de la période."),
    ],
)
def test_what_is_wrong_is_told(city, rows, told):
    assert any(french(told) in fault for fault in refused(city, *rows))


def test_a_column_of_the_person_is_refused(city):
    faults = refused(city, *(f"{line};x" for line in ROWS), header=f"{HEADER};identifiant")
    assert any("caractère personnel" in fault for fault in faults)
    faults = refused(city, *ROWS, header=HEADER.replace("top_zrr", "quartier_fin"))
    assert any(french("Colonne inconnue « quartier_fin »") in fault for fault in faults)
