"""The command line as a person meets it: in French, exit codes 0, 1 and 2, nothing stored by a dry run."""

from __future__ import annotations

import json

import pytest

from indicators.frames import BUDGET_COLUMNS, GAPS_COLUMNS, VALUES_COLUMNS
from tests.connectors import deliveries, partner
from tests.connectors.deliveries import SOURCE, having
from tests.connectors.language import english, loose

COMMANDS = ["", "attente", "collecter", "sources", "verifier", "indicateurs", "ecarts", "budget", "cerfa", "lancer", "demo"]


@pytest.mark.parametrize("name", COMMANDS)
def test_help_is_in_french(command, name):
    answer = command(*name.split(), "--help")
    assert answer.code == 0
    assert english(answer.out) == []
    assert loose(answer.out) == []
    assert "Options\u00a0:" in answer.out


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["collecté"], "n'existe pas"),
        (["collecter", "--source"], "attend une valeur"),
        (["collecter", "--source", "absente"], "Source inconnue «\u00a0absente\u00a0». Sources déclarées\u00a0: plie."),
        (["ecarts", "--periode", "2023-T7"], "«\u00a02023-T7\u00a0» n'est pas une période"),
        (["ecarts", "--au", "hier"], "n'est pas une date"),
        (["ecarts", "--format", "xml"], "n'est pas parmi"),
        (["verifier", "absent.csv", "--source", "plie"], "introuvable"),
        (["verifier", "cite.toml"], "Il manque l'option"),
        (["lancer", "--port", "99999"], "hors des limites"),
    ],
)
def test_a_wrong_use_gives_2_and_says_how_to_mend_it(city, command, words, told):
    city.source("plie", SOURCE)
    answer = command(*words)
    assert answer.code == 2
    assert told in answer.err
    assert english(answer.err.replace("xml", "").replace("'table'", "")) == []
    assert "Traceback" not in answer.err


@pytest.mark.parametrize("name", ["collecter", "sources", "indicateurs", "ecarts", "budget", "lancer"])
def test_a_wrong_configuration_gives_2_in_every_command(city, command, name):
    (city.folder / "cite.toml").write_text("[city]\nname = 3\n", encoding="utf-8")
    answer = command(name)
    assert answer.code == 2
    assert answer.out == ""
    assert len(answer.err.splitlines()) > 2
    assert english(answer.err.replace(str(city.folder), "")) == []
    assert loose(answer.err) == []


def test_a_city_without_sources_says_what_to_add(command):
    answer = command("collecter")
    assert answer.code == 2
    assert "Ajoutez-y un dossier par partenaire" in answer.err


def test_a_dry_run_tells_everything_and_stores_nothing(city, command):
    city.source("plie", SOURCE)
    good, bad = city.folder / "bon.csv", city.folder / "mauvais.csv"
    good.write_bytes(deliveries.csv())
    bad.write_bytes(deliveries.csv(having(0, "effectif", -3, having(3, "territoire", "Calais"))))
    answer = command("verifier", str(good), "--source", "plie")
    assert (answer.code, answer.err) == (0, "")
    assert answer.out == "Partenaire plie\u00a0: valable, 14 lignes. Rien n'a été enregistré.\n"
    answer = command("verifier", str(bad), "--source", "plie")
    assert answer.code == 1
    assert "REFUSÉE, 2 anomalies" in answer.out
    assert "Ligne 2\u00a0: effectif négatif (-3)." in answer.out
    assert "Ligne 5\u00a0: QPV «\u00a0Calais\u00a0» inconnu" in answer.out
    assert loose(answer.out) == []
    assert good.is_file()
    assert len(city.store().deliveries()) == 0


def test_trying_the_sources_stores_nothing(city, command):
    city.source("plie", SOURCE)
    city.environment["CITE_BASE_URL"] = f"sqlite:///{city.folder / 'base.sqlite'}"
    partner.make(city.environment["CITE_BASE_URL"])
    partner.declare(city)
    answer = command("sources", "--verifier")
    assert answer.code == 0
    assert "Base du partenaire\u00a0: valable, 48 lignes. Rien n'a été enregistré." in answer.out
    assert "Partenaire plie\u00a0: déclaration valable" in answer.out
    (city.folder / "base.sqlite").unlink()
    assert command("sources", "--verifier").code == 1
    assert len(city.store().deliveries()) == 0


def test_the_sources_and_their_state(city, command):
    city.source("plie", SOURCE)
    (before,) = json.loads(command("sources", "--format", "json").out)
    assert (before["last_accepted"], before["missing"], before["next_due"]) == (None, ["2023-T1"], "2023-07-30")
    city.drop("plie", "a.csv", deliveries.csv())
    assert command("collecter").code == 0
    (after,) = json.loads(command("sources", "--format", "json").out)
    assert (after["last_outcome"], after["missing"], after["next_due"]) == ("accepted", [], "2023-10-30")
    assert after["last_accepted"].startswith("2023-07-10T")
    table = command("sources").out
    assert "acceptée" in table
    assert "10/07/2023" in table
    assert english(table) == []
    assert loose(table) == []


@pytest.mark.parametrize(("name", "columns"), [("indicateurs", VALUES_COLUMNS), ("ecarts", GAPS_COLUMNS), ("budget", BUDGET_COLUMNS)])
def test_before_any_delivery_every_row_is_there_without_a_figure(city, command, name, columns):
    city.source("plie", SOURCE)
    answer = command(name, "--periode", "2023-T1", "--format", "json")
    assert answer.code == 0
    found = json.loads(answer.out)
    assert found
    assert all(list(row) == columns for row in found)
    if name == "budget":
        assert {row["paid"] for row in found} == {None}
    else:
        assert {row["status"] for row in found if not row["indicator"].startswith("N1.5")} == {"non_transmis"}
    assert command(name, "--format", "csv").out.splitlines()[0] == ",".join(columns)
    table = command(name).out
    assert english(table) == []
    assert loose(table) == []


def test_exit_codes_as_a_scheduler_sees_them(city, process):
    city.source("plie", SOURCE)
    city.drop("plie", "a.csv", deliveries.csv())
    done = process("collecter")
    assert (done.code, done.out) == (0, "Partenaire plie (a.csv)\u00a0: acceptée, 14 lignes\n1 livraison valable, 0 en échec.\n")
    city.drop("plie", "b.csv", b"rien")
    done = process("collecter")
    assert done.code == 1
    assert "Traceback" not in done.out + done.err
    (city.folder / "cite.toml").unlink()
    done = process("collecter")
    assert done.code == 2
    assert "cite.toml est introuvable" in done.err
    assert done.out == ""


def test_a_source_never_tried_stands_beside_one_that_delivered(city, command):
    """The first days of a Cité: one partner has delivered, the other not yet."""
    city.source("plie", SOURCE)
    city.source("autre", SOURCE.replace('id = "plie"', 'id = "autre"').replace("entrees_plie", "entrees_cej"))
    city.drop("plie", "a.csv", deliveries.csv())
    assert command("collecter", "--source", "plie").code == 0
    answer = command("sources")
    assert answer.code == 0
    assert "aucune" in answer.out
    assert "acceptée" in answer.out
