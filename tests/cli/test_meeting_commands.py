"""Séances and editions from the command line: prepared, commented, decided, listed, read back byte for byte; in French throughout."""

from __future__ import annotations

import json
from hashlib import sha256

import pytest
from sqlalchemy import create_engine, text

from connectors.store import Edition, Store
from connectors.store.columns import EDITIONS
from indicators.canonical import canonical, digest
from indicators.meeting import Audience
from tests.connectors.cities import at
from tests.connectors.language import english, loose

NEW = ["seance", "creer", "--numero", "1", "--date", "06/07/2023", "--periode", "2023-T2"]
DECIDED = ["--texte", "Ouvrir une permanence.", "--responsable", "Mission locale", "--echeance", "30/06/2024"]
PAGES = {"/synthese?t=2023-T2": [{"title": "Synthèse"}], "/droit-commun?t=2023-T2&z=QPV": [{"value": 0.1}]}


@pytest.fixture
def edition(city, command):
    """A séance created, and its first edition frozen."""
    assert command(*NEW).code == 0
    content = canonical({"id": "S1-copil-1", "pages": PAGES})
    with_store(city, lambda store: freeze(store, content))
    return content


def with_store(city, do):
    store = city.store()
    try:
        return do(store)
    finally:
        store.close()


def freeze(store: Store, content: bytes) -> None:
    saved = store.archive.meeting(1)
    header = Edition(1, Audience.COPIL, "2023-T2", 1, at(7), "Mme Dupré", digest(content), None, "cite-emploi 0.1.0")
    store.archive.freeze(header, content, saved.meeting, expected_version=saved.version)


def shown(command, number=1):
    return json.loads(command("seance", "montrer", str(number), "--format", "json").out)


@pytest.mark.parametrize(
    "name",
    ["seance", "editions", "edition", *(f"seance {sub}" for sub in ("creer", "modifier", "montrer", "liste", "commenter"))]
    + [f"seance {sub}" for sub in ("meteo", "decision", "point", "tenue")],
)
def test_help_is_in_french(command, name):
    answer = command(*name.split(), "--help")
    assert answer.code == 0
    assert english(answer.out) == []
    assert loose(answer.out) == []


def test_a_seance_is_created_and_shown(command):
    answer = command(*NEW, "--lieu", "Mairie", "--par", "Mme Dupré")
    assert (answer.code, answer.err) == (0, "")
    assert answer.out == "Séance n°\u00a01 du 06/07/2023\u00a0: préparée, version 1.\n"
    found = shown(command)
    assert found["title"] == "Comité de pilotage du 6 juillet 2023"
    assert (found["zoning"], found["perimeter"], found["place"]) == ("2015", "Villetest, zonage 2015", "Mairie")
    assert (found["audience"], found["state"], found["editions"]) == (["copil", "prefecture"], "preparee", [])
    assert (found["version"], found["saved_by"], found["saved_at"][:10]) == (1, "Mme Dupré", "2023-07-10")
    sheet = command("seance", "montrer", "1").out
    assert "Trimestre\u00a0: T2 2023" in sheet
    assert "Risques et freins à lever\u00a0: à écrire. Ce qui peut empêcher" in sheet
    assert "Météo\u00a0: non renseignée" in sheet
    assert (english(sheet), loose(sheet)) == ([], [])


def test_everything_prepared_and_decided_is_kept(command):
    command(*NEW)
    steps = [
        ["commenter", "1", "--rubrique", "risques", "--texte", " Le port est loin. ", "--par", "Mme Dupré"],
        ["commenter", "1", "--rubrique", "donnees", "--texte", "Provisoire.", "--par", "Mme Dupré"],
        ["commenter", "1", "--rubrique", "donnees", "--texte", "", "--par", "Mme Dupré"],
        ["meteo", "1", "--valeur", "nuage", "--texte", "Un poste à pourvoir.", "--par", "Mme Dupré"],
        ["decision", "1", *DECIDED, "--indicateur", "N2.8-cej"],
        ["decision", "1", "--texte", "Écrire à la CAF.", "--responsable", "La Ville", "--echeance", "2023-07-01"],
        ["decision", "1", "--numero", "1", "--etat", "en_cours", "--note", "Local trouvé.", "--indicateur", ""],
        ["point", "1", "--titre", "Garde du soir", "--option", "Dix places", "--option", "Attendre", "--cout", "8 000 €"],
        ["point", "1", "--titre", "À retirer"],
        ["point", "1", "--titre", "À retirer", "--retirer"],
        ["modifier", "1", "--titre", "Copil d'été", "--date", "07/07/2023", "--audience", "copil"],
    ]
    for step in steps:
        assert command("seance", *step).code == 0, step
    found = shown(command)
    assert found["version"] == len(steps) + 1
    assert found["comments"] == [{"heading": "risques", "text": "Le port est loin.", "by": "Mme Dupré", "on": "2023-07-10"}]
    assert found["forecast"]["weather"] == "nuage"
    first, second = found["decisions"]
    assert (first["progress"], first["note"], first["due"], first["indicator"]) == ("en_cours", "Local trouvé.", "2024-06-30", "")
    assert (second["number"], second["due"]) == (2, "2023-07-01")
    assert [point["options"] for point in found["points"]] == [["Dix places", "Attendre"]]
    assert (found["title"], found["on"], found["audience"]) == ("Copil d'été", "2023-07-07", ["copil"])
    sheet = command("seance", "montrer", "1").out
    assert "1. Ouvrir une permanence. Mission locale, pour le 30/06/2024\u00a0: en cours." in sheet
    assert "2. Écrire à la CAF. La Ville, pour le 01/07/2023\u00a0: à faire, en retard." in sheet
    assert "Météo\u00a0: Nuage (Appuis nécessaires), Mme Dupré, 10/07/2023" in sheet
    (row,) = json.loads(command("seance", "liste", "--format", "json").out)
    assert (row["number"], row["decisions"], row["late"], row["state"]) == (1, 2, 1, "preparee")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ([*NEW[:-1], "2023-T3"], "n'est pas un trimestre de la Cité terminé avant le 06/07/2023. Les plus proches\u00a0: 2023-T"),
        ([*NEW[:-1], "2023T2"], "Les plus proches\u00a0: 2023-T2, 2023-T1."),
        ([*NEW[:5], "2023-13-01", *NEW[6:]], "n'est pas une date\u202f; écrivez-la JJ/MM/AAAA"),
        (["seance", "creer", "--numero", "1", "--date", "06/07/2023", "--periode", "2023-T2"], "La séance n°\u00a01 existe déjà"),
        (["seance", "decision", "1", *DECIDED, "--indicateur", "N2.8-cje"], "inconnu. Les plus proches\u00a0: N2.8-cej"),
        (["seance", "decision", "1", "--etat", "faite"], "La décision 1 est nouvelle\u00a0: donnez --texte, --responsable et --echeance."),
        (["seance", "decision", "1", *DECIDED, "--etat", "tard"], "n'est pas parmi"),
        (["seance", "montrer", "7"], "La séance n°\u00a07 n'existe pas. Séances connues\u00a0: 1."),
        (["seance", "tenue", "1"], "Figez-la d'abord\u00a0: cite-emploi figer --seance 1"),
        (["seance", "commenter", "1", "--rubrique", "risques", "--texte", "x" * 1001, "--par", "A"], "1\u202f001 caractères"),
        (["seance", "commenter", "1", "--rubrique", "autre", "--texte", "x", "--par", "A"], "n'est pas parmi"),
        (["seance", "meteo", "1", "--valeur", "nuage", "--texte", " ", "--par", "A"], "Il manque le texte de la météo"),
        (["seance", "point", "1", "--titre", "Rien", "--retirer"], "n'a pas de point «\u00a0Rien\u00a0»"),
        (["edition", "S1-copil-1"], "Éditions figées\u00a0: aucune."),
    ],
)
def test_a_wrong_use_gives_2_says_how_to_mend_it_and_loses_nothing(command, words, told):
    command(*NEW)
    before = shown(command)
    answer = command(*words)
    assert (answer.code, answer.out) == (2, "")
    assert told in answer.err
    assert "Traceback" not in answer.err
    assert english(answer.err) == []
    assert loose(answer.err) == []
    assert shown(command) == before


def test_before_any_seance_the_lists_say_what_to_do(command):
    assert "Lancez «\u00a0cite-emploi seance creer\u00a0»" in command("seance", "liste").out
    assert "Aucune édition n'est figée" in command("editions").out
    assert command("editions", "--format", "json").out == "[]\n"
    assert command("seance", "liste", "--format", "json").out == "[]\n"
    assert command("editions", "--format", "csv").out.startswith("id,seance,audience,period,frozen_at,frozen_by,sha256,replaces,")


@pytest.mark.usefixtures("edition")
def test_a_frozen_seance_takes_decisions_and_is_held_but_is_not_written_again(command):
    for refused in (
        ["commenter", "1", "--rubrique", "risques", "--texte", "Autre", "--par", "A"],
        ["meteo", "1", "--valeur", "soleil", "--texte", "Autre", "--par", "A"],
        ["point", "1", "--titre", "Autre"],
        ["modifier", "1", "--periode", "2023-T1"],
    ):
        answer = command("seance", *refused)
        assert answer.code == 2
        assert "est figée\u00a0: on n'y change plus" in answer.err
    assert command("seance", "decision", "1", *DECIDED).code == 0
    assert command("seance", "tenue", "1", "--presidence", "Mme A", "--present", "M. B", "--present", "Mme C").code == 0
    assert command("seance", "decision", "1", "--numero", "1", "--etat", "faite").code == 0
    found = shown(command)
    assert (found["state"], found["chairs"], found["attendees"]) == ("tenue", ["Mme A"], ["M. B", "Mme C"])
    assert found["decisions"][0]["progress"] == "faite"
    assert found["editions"] == ["S1-copil-1"]
    assert "tenue" in command("seance", "liste").out


def test_editions_are_listed_with_their_digest(edition, command):
    (row,) = json.loads(command("editions", "--format", "json").out)
    assert list(row) == list(EDITIONS)
    assert (row["id"], row["seance"], row["audience"], row["replaces"]) == ("S1-copil-1", 1, "copil", None)
    assert row["sha256"] == sha256(edition).hexdigest()
    table = command("editions").out
    assert "S1-copil-1" in table
    assert row["sha256"][:12] in table
    assert (english(table), loose(table)) == ([], [])


def test_an_edition_is_written_byte_for_byte(edition, command, process, tmp_path):
    assert command("edition", "S1-copil-1").out.encode() == edition
    path = tmp_path / "édition.json"
    answer = command("edition", "S1-copil-1", "--vers", str(path))
    assert path.read_bytes() == edition
    assert sha256(edition).hexdigest() in answer.out
    assert process("edition", "S1-copil-1").out.encode() == edition
    refused = command("edition", "S1-copil-1", "--vers", str(tmp_path / "absent" / "x.json"))
    assert refused.code == 2
    assert "ne peut pas être écrit" in refused.err


@pytest.mark.usefixtures("edition")
def test_a_page_of_an_edition_is_found_however_its_address_was_copied(command):
    wanted = canonical(PAGES["/droit-commun?t=2023-T2&z=QPV"]).decode()
    for address in ("/droit-commun?t=2023-T2&z=QPV", "/droit-commun?z=QPV&t=2023-T2", "http://localhost:8501/droit-commun?z=QPV&t=2023-T2"):
        assert command("edition", "S1-copil-1", "--page", address).out == wanted
    answer = command("edition", "S1-copil-1", "--page", "/droit-commun?t=2023-T9")
    assert answer.code == 2
    assert "Les plus proches\u00a0: /droit-commun?t=2023-T2&z=QPV" in answer.err


@pytest.mark.usefixtures("edition")
def test_a_damaged_edition_is_not_written(command, city):
    engine = create_engine(city.settings.store_url)
    with engine.begin() as connection:
        connection.execute(text("DROP TRIGGER edition_no_update"))
        connection.execute(text("UPDATE edition SET content = x'00'"))
    engine.dispose()
    answer = command("edition", "S1-copil-1")
    assert (answer.code, answer.out) == (2, "")
    assert "est abîmé" in answer.err
