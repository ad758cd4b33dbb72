"""`cite-emploi relances`: who owes what since when, and a message that can be sent as it is."""

from __future__ import annotations

import json
from email import message_from_bytes, policy

from tests.connectors.deliveries import SOURCE
from tests.connectors.language import english, loose
from tests.connectors.test_quarantine import LONG, rows

CONTACT = 'contact = "Mme Martin, suivi@plie.example"\n'


def declared(city) -> None:
    city.write(LONG.replace('operator = "L\'Association"', 'operator = "L\'Association"\ncontact = "Paul Lefèvre, cite@asso.example"'))
    city.source("plie", CONTACT + SOURCE)


def test_nobody_is_late_before_the_delay_ends(city, command):
    city.write()
    answer = command("relances")
    assert (answer.code, answer.out) == (0, "Aucun partenaire n'est en retard.\n")


def test_who_is_late_is_listed_with_a_message(city, command):
    declared(city)
    answer = command("relances")
    assert answer.code == 1
    assert english(answer.out) == loose(answer.out) == []
    (found,) = json.loads(command("relances", "--format", "json").out)
    assert found["source"] == "plie"
    assert found["missing"][0] == "2022-T1"
    assert f"il y a {found['days']} jours" in answer.out
    assert "Paul Lefèvre" in answer.out


def test_a_draft_is_written_for_each_with_what_was_refused(city, command):
    declared(city)
    city.drop("plie", "a.csv", rows({"2022-T1": 130}).replace(b"entrees_plie", b"entrees_pile"))
    assert command("collecter").code == 1
    assert command("relances", "--vers", "envois").code == 1
    mail = message_from_bytes((city.folder / "envois" / "relance-plie.eml").read_bytes(), policy=policy.default)
    assert (mail["To"], mail["From"], mail["X-Unsent"]) == ("suivi@plie.example", "cite@asso.example", "1")
    text = mail.get_content()
    assert "effectifs attendus" in mail["Subject"]
    assert "n'a pas pu être pris en compte" in text
    assert "entrees_plie" in text
    assert english(text) == []
