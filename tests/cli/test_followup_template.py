"""`cite-emploi modele-suivi`: the workbook is written once, never over a follow-up."""

from __future__ import annotations

import pytest
import python_calamine

from tests.connectors.language import english, loose


def test_the_template_is_written_for_the_last_quarter_that_is_over(command, city):
    city.write()
    answer = command("modele-suivi", "--vers", "suivi.xlsx")
    assert answer.code == 0
    assert "Il compte le trimestre 2023-T2" in answer.out
    assert loose(answer.out) == []
    assert english(answer.out) == []
    book = python_calamine.CalamineWorkbook.from_path(city.folder / "suivi.xlsx")
    assert book.sheet_names == [
        *("Accueil", "Parcours", "Freins", "Actions", "Orientations", "Partenaires", "Réunions", "donnees", "Listes")
    ]
    zones = {row[1] for row in book.get_sheet_by_name("donnees").to_python(skip_empty_area=False)[1:]}
    assert zones == {"QP059901", "QP059902", "HORS_QPV", "NON_LOCALISE", "VILLE"}


def test_another_zoning_is_that_of_the_quarter_asked_for(command, city):
    city.write()
    assert command("modele-suivi", "--vers", "suivi.xlsx", "--trimestre", "2024-T1").code == 0
    book = python_calamine.CalamineWorkbook.from_path(city.folder / "suivi.xlsx")
    rows = book.get_sheet_by_name("donnees").to_python(skip_empty_area=False)
    assert {row[1] for row in rows[1:]} == {"QN05999N", "HORS_QPV", "NON_LOCALISE", "VILLE"}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("suivi.xls",), "donnez un nom qui finit par .xlsx"),
        (("plein.xlsx",), "existe déjà et contient peut-être votre suivi"),
        (("suivi.xlsx", "--trimestre", "2024"), "n'est pas un trimestre. Écrivez par exemple 2024-T1."),
        (("suivi.xlsx", "--trimestre", "hier"), "n'est pas un trimestre"),
    ],
)
def test_nothing_is_written_over_and_why_is_told(command, city, words, told):
    city.write()
    (city.folder / "plein.xlsx").write_bytes(b"mes lignes")
    answer = command("modele-suivi", "--vers", *words)
    assert answer.code != 0
    assert told in answer.err
    assert (city.folder / "plein.xlsx").read_bytes() == b"mes lignes"
    assert not (city.folder / "suivi.xlsx").exists()
