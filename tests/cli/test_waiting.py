"""Deliveries on hold and collections at the same time, from the command line."""

from __future__ import annotations

import json

import pytest

from connectors.errors import CiteError
from connectors.one_at_a_time import NAME, alone
from tests.connectors.deliveries import SOURCE
from tests.connectors.language import english, loose
from tests.connectors.test_quarantine import LONG, QUARTERS, rows


@pytest.fixture
def waiting(city, command):
    """A Cité with five usual quarters, and a sixth a thousand times above, on hold."""
    city.write(LONG)
    city.source("plie", SOURCE)
    city.drop("plie", "a.csv", rows(dict.fromkeys(QUARTERS, 130)))
    assert command("collecter").code == 0
    city.drop("plie", "b.csv", rows({"2023-T2": 130_000}))
    answer = command("collecter")
    assert answer.code == 1
    assert "EN ATTENTE" in answer.out
    assert answer.out.splitlines()[-1] == "0 livraison valable, 1 en attente, 0 en échec."
    return city


@pytest.mark.usefixtures("waiting")
def test_it_is_listed_with_its_reason_then_accepted_with_one(command):
    listed = command("attente")
    assert listed.code == 1
    assert "est 1\u202f000 fois la valeur habituelle" in listed.out
    (found,) = json.loads(command("attente", "--format", "json").out)
    assert (found["source"], found["rows"]) == ("plie", 2)
    assert command("attente", "--accepter", str(found["id"])).code == 2
    told = command("attente", "--accepter", str(found["id"]), "--motif", "Vérifié.")
    assert (told.code, told.err) == (0, "")
    assert "par la coordination\u00a0: Vérifié." in told.out
    ended = command("attente")
    assert (ended.code, ended.out) == (0, "Aucune livraison n'attend de décision.\n")
    for answer in (listed, told):
        assert english(answer.out) == loose(answer.out) == []


@pytest.mark.usefixtures("waiting")
def test_refused_it_leaves_the_figures_and_an_unknown_number_is_told(command):
    (found,) = json.loads(command("attente", "--format", "json").out)
    assert "n'attend pas de décision" in command("attente", "--refuser", "99", "--motif", "Non.").err
    assert "pas les deux" in command("attente", "--refuser", "1", "--accepter", "1").err
    told = command("attente", "--refuser", str(found["id"]), "--motif", "En milliers.")
    assert told.code == 0
    assert "les chiffres affichés ne changent pas" in told.out


@pytest.mark.usefixtures("waiting")
def test_a_dry_run_says_that_a_file_would_wait(city, command):
    path = city.folder / "c.csv"
    path.write_bytes(rows({"2023-T2": 140_000}))
    answer = command("verifier", str(path), "--source", "plie")
    assert answer.code == 0
    assert "fois la valeur habituelle" in answer.out
    assert "Mise en attente" in answer.out


def test_two_collections_do_not_read_the_same_files(city, command):
    city.source("plie", SOURCE)
    with alone(city.settings.data_dir):
        answer = command("collecter")
        with pytest.raises(CiteError, match="Une autre collecte est en cours"), alone(city.settings.data_dir):
            pass
    assert answer.code == 2
    assert "Une autre collecte est en cours" in answer.err
    assert english(answer.err.replace(str(city.folder), "")) == []
    assert command("collecter").code == 0
    assert (city.settings.data_dir / NAME).exists()
