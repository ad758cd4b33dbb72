"""`auditer` and `masquer` as a person and a program meet them: answers, exit codes, faults in French, and that each answers the other."""

from __future__ import annotations

import csv
import io
import json

import pytest

from tests.connectors.language import english, loose

LEAK = "row,col,value,hidden\n21-30,n,,1\n31-40,n,10,0\n41-50,n,15,0\n51+,n,25,0\ntotal,n,51,0\n"
KNOWN = LEAK.replace(",,1", ",1,1")
CROSSED = """row,col,value,hidden
a,x,3,0
a,y,10,0
b,x,15,0
b,y,1250,0
a,total,13,0
b,total,1265,0
total,x,18,0
total,y,1260,0
total,total,1278,0
"""


@pytest.fixture
def told(city, command):
    """``told("masquer", CROSSED, "--seuil", "4")``: the answer about a file that holds that text."""

    def run(name: str, text: str, *words: str):
        (city.folder / "tableau.csv").write_text(text, encoding="utf-8")
        return command(name, "--tableau", "tableau.csv", *words)

    return run


@pytest.mark.parametrize("name", ["auditer", "masquer"])
def test_help_is_in_french(command, name):
    answer = command(name, "--help")
    assert answer.code == 0
    assert english(answer.out) == []
    assert loose(answer.out) == []


def test_a_cell_given_away_is_told_to_programs_and_gives_1(told):
    answer = told("auditer", LEAK, "--format", "json")
    assert answer.code == 1
    found = json.loads(answer.out)
    assert (found["seuil"], found["exposees"], len(found["cellules"])) == (5, 1, 5)
    assert found["cellules"][0] == {"row": "21-30", "col": "n", "hidden": True, "low": 1, "high": 1, "exposee": True}
    assert found["cellules"][4] == {"row": "total", "col": "n", "hidden": False, "low": 51, "high": 51, "exposee": False}


def test_the_same_in_csv_and_in_words(told):
    assert told("auditer", LEAK, "--format", "csv").out.splitlines()[:2] == ["row,col,hidden,low,high,exposee", "21-30,n,1,1,1,1"]
    answer = told("auditer", LEAK)
    assert answer.code == 1
    assert "1 exactement" in answer.out
    assert "EXPOSÉ" in answer.out
    assert "1 case masquée\u00a0: 1 case expose un petit effectif (seuil 5)." in answer.out
    assert loose(answer.out) == []
    assert english(answer.out) == []


def test_an_interval_is_said_in_words_and_0_says_that_all_is_safe(told):
    answer = told("auditer", "row,col,value,hidden\na,n,,1\nb,n,,1\nc,n,9,0\ntotal,n,1021,0\nd,m,,1\na,m,,1\nb,m,,1\nc,m,,1\nd,n,0,0\n")
    assert answer.code == 0
    assert "de 0 à 1\u202f012" in answer.out
    assert "0 ou plus" in answer.out
    assert "6 cases masquées\u00a0: aucun petit effectif (de 1 à 4) ne se déduit de ce tableau." in answer.out


def test_nothing_bounds_a_cell_is_null_for_programs(told):
    answer = told("auditer", "row,col,value,hidden\na,n,,1\nb,n,9,0\n", "--format", "json")
    assert json.loads(answer.out)["cellules"][0]["high"] is None
    assert told("auditer", "row,col,value,hidden\na,n,,1\nb,n,9,0\n", "--format", "csv").out.splitlines()[1] == "a,n,1,0,,0"


def test_a_small_count_that_is_shown_is_exposed(told):
    answer = told("auditer", CROSSED)
    assert answer.code == 1
    assert "montrée" in answer.out
    assert told("auditer", CROSSED, "--seuil", "3").code == 0


def test_a_mask_is_told_to_programs(told):
    answer = told("masquer", CROSSED, "--format", "json")
    assert answer.code == 0
    found = json.loads(answer.out)
    assert [found[name] for name in ("seuil", "masquees", "primaires", "secondaires")] == [5, 4, 1, 3]
    assert found["cellules"][0] == {"row": "a", "col": "x", "value": None, "hidden": 1, "raison": "petit effectif"}
    assert found["cellules"][1] == {"row": "a", "col": "y", "value": None, "hidden": 1, "raison": "secret secondaire"}
    assert found["cellules"][8] == {"row": "total", "col": "total", "value": 1278, "hidden": 0, "raison": ""}


def test_a_mask_in_csv_passes_the_audit_and_holds_no_hidden_count(told):
    written = told("masquer", CROSSED, "--format", "csv").out
    rows = list(csv.DictReader(io.StringIO(written)))
    assert [row["value"] for row in rows if row["hidden"] == "1"] == [""] * 4
    assert told("auditer", written).code == 0


def test_a_mask_in_words(told):
    answer = told("masquer", CROSSED)
    assert "4 cases masquées sur 9 (44\u00a0%)\u00a0: 1 petit effectif et 3 secrets secondaires." in answer.out
    assert "Plus de 10\u00a0% des cases sont masquées" in answer.out
    assert "1\u202f278" in answer.out
    assert "1\u202f250" not in answer.out
    assert english(answer.out) == []
    assert loose(answer.out) == []


@pytest.mark.parametrize("written", ["table", "csv", "json"])
def test_a_table_that_no_mask_can_save_gives_1_and_what_to_do(told, written):
    answer = told("masquer", "row,col,value,hidden\na,n,3,0\nb,n,0,0\ntotal,n,3,0\n", "--format", written)
    assert answer.code == 1
    assert "ne peut pas être rendu sûr" in answer.err
    assert "Regroupez des lignes ou des colonnes" in answer.err


def test_a_table_of_zeros_needs_no_mask(told):
    assert told("masquer", "row,col,value\na,n,0\nb,n,0\n").code == 0


@pytest.mark.parametrize("name", ["auditer", "masquer"])
@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("10", "dix"), "Ligne 3, colonne «\u00a0value\u00a0»\u00a0: «\u00a0dix\u00a0» n'est pas un nombre entier"),
        (("row,", "zone,"), "Il manque en première ligne\u00a0: «\u00a0row\u00a0»."),
        (("51,0", "49,0"), "Ligne 6\u00a0: (total, n) vaut 49"),
        ((KNOWN, ""), "Il manque en première ligne"),
        (("31-40,", '"31-40,'), "Guillemets mal fermés"),
    ],
)
def test_a_bad_file_gives_2_and_says_everything(told, name, change, said):
    answer = told(name, KNOWN.replace(*change))
    assert answer.code == 2
    assert answer.out == ""
    assert said in answer.err
    assert loose(answer.err) == []
    assert "Traceback" not in answer.err


def test_a_file_that_contradicts_itself_gives_2(told):
    answer = told("auditer", "row,col,value,hidden\na,x,,1\na,y,,1\nb,x,,1\nb,y,,1\na,total,5,0\nb,total,5,0\ntotal,x,4,0\ntotal,y,7,0\n")
    assert answer.code == 2
    assert "Ces totaux ne peuvent pas être vrais ensemble" in answer.err
    assert "Le fichier n'a pas été modifié." in answer.err


def test_a_hundred_faults_are_counted_and_twenty_said(told):
    answer = told("auditer", "row,col,value,hidden\n" + "".join(f"r{n},n,x,0\n" for n in range(100)))
    assert "ne peut pas être jugé, 100 anomalies\u00a0:" in answer.err
    assert len(answer.err.splitlines()) == 23
    assert "… et 80 autres anomalies." in answer.err


def test_other_separators_and_encodings_are_read(city, command):
    path = city.folder / "excel.csv"
    path.write_bytes(LEAK.replace(",", ";").replace("21-30", "Échappées").encode("cp1252"))
    answer = command("auditer", "--tableau", "excel.csv", "--format", "json")
    assert json.loads(answer.out)["cellules"][0]["row"] == "Échappées"
    assert "Windows-1252" in answer.err


@pytest.mark.parametrize("words", [["--seuil", "0"], ["--seuil", "cinq"], ["--format", "xml"], []])
def test_a_wrong_use_gives_2(command, words):
    answer = command("auditer", "--tableau", "absent.csv", *words)
    assert answer.code == 2
    assert "Traceback" not in answer.err
