"""The journal and backups, from the command line."""

from __future__ import annotations

import json

import pytest

from tests.connectors.deliveries import SOURCE
from tests.connectors.language import english, loose
from tests.connectors.store.samples import execute, lift_guards
from tests.connectors.test_quarantine import LONG, QUARTERS, rows


@pytest.fixture
def collected(city, command):
    """A Cité with one delivery."""
    city.write(LONG)
    city.source("plie", SOURCE)
    city.drop("plie", "a.csv", rows(dict.fromkeys(QUARTERS, 130)))
    assert command("collecter").code == 0
    return city


@pytest.mark.usefixtures("collected")
def test_the_journal_is_listed_then_verified(command):
    listed = command("journal")
    assert (listed.code, listed.err) == (0, "")
    assert "livraison chargée" in listed.out
    assert "plie n°\u00a01" in listed.out
    noted = listed.out.split("Tête du journal\u00a0: ")[1].split(" ")[0]
    assert noted.startswith("2:")
    checked = command("journal", "--verifier", "--tete", noted)
    assert (checked.code, checked.out.split(".")[0]) == (0, "Journal intact\u00a0: 2 entrées")
    rewritten = command("journal", "--verifier", "--tete", "2:0000000000000000")
    assert rewritten.code == 1
    assert "le journal a été réécrit" in rewritten.err
    assert "deux-points" in command("journal", "--verifier", "--tete", "hier").err
    assert command("journal", "--tete", noted).code == 2
    found = json.loads(command("journal", "--dernieres", "1", "--format", "json").out)
    assert [(entry["position"], entry["event"]) for entry in found] == [(2, "delivery.accepted")]
    for answer in (listed, checked, rewritten):
        assert english(answer.out) == loose(answer.out) == english(answer.err) == []


def test_an_entry_removed_behind_its_back_is_told(collected, command):
    url = collected.settings.store_url
    lift_guards(url, "journal")
    execute(url, "DELETE FROM journal WHERE position = 2")
    answer = command("journal", "--verifier")
    assert answer.code == 1
    assert answer.err == "L'entrée n°\u00a02 du journal a été effacée. Restaurez la dernière sauvegarde.\n"


def test_a_backup_is_made_verified_and_restored(collected, command):
    path = collected.folder / "sauvegardes" / "cite.zip"
    made = command("sauvegarder", str(path))
    assert (made.code, made.err) == (0, "")
    assert "faite et relue" in made.out
    assert "aucune édition" in made.out
    told = command("restaurer", str(path), "--verifier")
    assert told.code == 0
    assert "entière, du" in told.out
    collected.drop("plie", "b.csv", rows(dict.fromkeys(QUARTERS, 140)))
    assert command("collecter").code == 0
    refused = command("restaurer", str(path))
    assert refused.code == 2
    assert "--remplacer" in refused.err
    done = command("restaurer", str(path), "--remplacer")
    assert (done.code, done.err) == (0, "")
    assert "Ce que la base contenait est gardé dans" in done.out
    (kept,) = collected.settings.data_dir.glob("avant-restauration-*.zip")
    assert command("restaurer", str(kept), "--verifier").code == 0
    listed = json.loads(command("journal", "--format", "json").out)
    assert [entry["event"] for entry in listed] == ["journal.opened", "delivery.accepted", "store.restored"]
    for answer in (made, told, refused, done):
        text = (answer.out + answer.err).replace(str(collected.folder), "")
        assert english(text) == loose(text) == []


def test_a_file_that_is_no_backup_is_refused_before_anything_is_set_aside(collected, command):
    path = collected.folder / "autre.zip"
    path.write_bytes(b"PK\x03\x04 autre chose")
    answer = command("restaurer", str(path), "--remplacer")
    assert answer.code == 2
    assert "n'est pas une sauvegarde entière" in answer.err
    assert list(collected.settings.data_dir.glob("avant-restauration-*")) == []
