"""A delivery hard to believe waits: no figure changes until the coordinator accepts it, or refuses it, with a reason."""

from __future__ import annotations

import sqlite3
from datetime import date

import pytest

from connectors.collect import collect
from connectors.errors import CiteError
from connectors.plausible import doubts, ledger_doubts
from connectors.receive import decide
from connectors.store import Edition, Outcome
from indicators.canonical import canonical, digest
from indicators.meeting import Audience
from indicators.meeting_steps import prepared
from indicators.typography import french
from tests.connectors import deliveries, ledgers
from tests.connectors.cities import CITE, City, at
from tests.connectors.deliveries import SOURCE
from tests.connectors.language import english, loose

LONG = CITE.replace("started_on = 2023-01-01", "started_on = 2022-01-01").replace("population = 5000", "population = 500000")
QUARTERS = ("2022-T1", "2022-T2", "2022-T3", "2022-T4", "2023-T1")
BASE = """
id = "bureau"
label = "Le Bureau"
kind = "sql"
url_env = "CITE_BUREAU_URL"
each_qpv = false
[[query]]
measure = "entrees_plie"
file = "entrees.sql"
"""
ENTRIES = "SELECT zone AS territoire, count(*) AS effectif FROM entree WHERE jour >= :debut AND jour < :fin GROUP BY zone"


@pytest.fixture
def usual(city: City):
    """A Cité where the PLIE has delivered five quarters of about 130 entries outside the QPVs."""
    city.write(LONG)
    city.source("plie", SOURCE)
    store = city.store()
    city.drop("plie", "usuel.csv", rows({code: 128 + number for number, code in enumerate(QUARTERS)}))
    assert run(city, store, 1).outcome is Outcome.ACCEPTED
    yield city, store
    store.close()


def rows(values: dict[str, object], measure: str = "entrees_plie") -> bytes:
    return deliveries.csv([(code, "HORS_QPV", measure, "ensemble", "ensemble", value) for code, value in values.items()])


def run(city: City, store, day: int, month: int = 7):
    (report,) = collect(city.settings, city.sources(), store, at(day, month), city.environment)
    for sentence in report.sentences:
        assert english(sentence) == loose(sentence) == []
    return report


def figures(store) -> dict[str, int]:
    counts = store.counts()
    return {row.period: row.value for row in counts.itertuples() if row.territory == "HORS_QPV"}


def test_a_count_a_thousand_times_the_usual_waits_and_changes_nothing(usual):
    city, store = usual
    before = figures(store)
    city.drop("plie", "milliers.csv", rows({"2023-T2": 131_000}))
    report = run(city, store, 2)
    assert report.outcome is Outcome.HELD
    assert not report.failed
    assert "131\u202f000 est 1\u202f008 fois la valeur habituelle (130). Une unité de trop\u202f?" in report.sentences[0]
    assert "Hors QPV, T2 2023" in report.sentences[0]
    assert figures(store) == before
    (waiting,) = store.waiting()
    assert (waiting.rows, waiting.outcome) == (report.rows, Outcome.HELD)
    assert store.check() == []


def test_accepted_it_is_shown_with_its_reason_and_never_asked_about_again(usual):
    city, store = usual
    city.drop("plie", "a.csv", rows({"2023-T2": 131_000}))
    run(city, store, 2)
    (waiting,) = store.waiting()
    told = decide(city.sources()[0], store, waiting, at(3), accepted=True, reason="Chiffre vérifié avec le PLIE.", by="la coordination")
    assert told.outcome is Outcome.ACCEPTED
    assert told.sentences[0] == french(
        "Mise en attente le 02/07/2023, acceptée le 03/07/2023 par la coordination : Chiffre vérifié avec le PLIE."
    )
    assert figures(store)["2023-T2"] == 131_000
    assert store.waiting() == []
    assert store.counts(at(2, hour=23)).query("period == '2023-T2'").empty
    city.drop("plie", "encore.csv", rows({"2023-T2": 131_000}))
    assert run(city, store, 4).outcome is Outcome.UNCHANGED
    assert store.check() == []


def test_refused_it_is_said_again_each_time_the_same_content_comes(usual):
    city, store = usual
    city.drop("plie", "a.csv", rows({"2023-T2": 131_000}))
    run(city, store, 2)
    (waiting,) = store.waiting()
    decide(city.sources()[0], store, waiting, at(3), accepted=False, reason="En milliers.", by="la coordination")
    assert "2023-T2" not in figures(store)
    logged = len(store.deliveries())
    city.drop("plie", "b.csv", rows({"2023-T2": 131_000}))
    again = run(city, store, 4)
    assert again.outcome is Outcome.REFUSED
    assert again.sentences[0].endswith("par la coordination\u00a0: En milliers.")
    assert len(store.deliveries()) == logged
    assert store.waiting() == []


def test_the_same_content_that_waits_is_not_logged_twice(usual):
    city, store = usual
    city.drop("plie", "a.csv", rows({"2023-T2": 131_000}))
    run(city, store, 2)
    logged = len(store.deliveries())
    city.drop("plie", "b.csv", rows({"2023-T2": 131_000}))
    assert run(city, store, 3).sentences[-1] == french("Déjà en attente depuis le 02/07/2023 : acceptez-la ou refusez-la (page Données).")
    assert len(store.deliveries()) == logged


def test_a_corrected_file_takes_the_place_of_the_one_that_waits(usual):
    city, store = usual
    city.drop("plie", "a.csv", rows({"2023-T2": 131_000}))
    run(city, store, 2)
    (waiting,) = store.waiting()
    city.drop("plie", "b.csv", rows({"2023-T2": 131}))
    assert run(city, store, 3).outcome is Outcome.ACCEPTED
    assert store.waiting() == []
    with pytest.raises(CiteError, match="a déjà été décidée"):
        decide(city.sources()[0], store, waiting, at(4), accepted=True, reason="Trop tard.", by="la coordination")
    assert figures(store)["2023-T2"] == 131


def test_another_period_leaves_the_one_that_waits(usual):
    city, store = usual
    city.drop("plie", "a.csv", rows({"2023-T2": 131_000}))
    run(city, store, 2)
    city.drop("plie", "b.csv", rows({"2023-T1": 133}))
    assert run(city, store, 3).outcome is Outcome.ACCEPTED
    assert len(store.waiting()) == 1


def test_a_decision_has_a_reason(usual):
    city, store = usual
    city.drop("plie", "a.csv", rows({"2023-T2": 131_000}))
    run(city, store, 2)
    (waiting,) = store.waiting()
    with pytest.raises(CiteError, match="Écrivez le motif"):
        decide(city.sources()[0], store, waiting, at(3), accepted=True, reason="  ", by="la coordination")
    assert len(store.waiting()) == 1


def test_a_count_since_january_that_falls_waits(city):
    city.write(LONG)
    city.source("plie", SOURCE)
    store = city.store()
    city.drop("plie", "a.csv", rows({"2022-T3": 210, "2022-T4": 260, "2023-T1": 60}, "habitants_reperes"))
    assert run(city, store, 1).outcome is Outcome.ACCEPTED
    city.drop("plie", "b.csv", rows({"2023-T2": 55}, "habitants_reperes"))
    report = run(city, store, 2)
    assert report.outcome is Outcome.HELD
    assert "55 au T2 2023 après 60 au T1 2023. Un cumul depuis le 1er janvier ne baisse pas." in report.sentences[0]
    store.close()


def test_a_base_that_answers_nothing_where_it_answered_rows_waits(city):
    city.write(CITE)
    path = city.folder / "bureau.sqlite"
    with sqlite3.connect(path) as base:
        base.execute("CREATE TABLE entree (jour TEXT, zone TEXT)")
        base.executemany(
            "INSERT INTO entree VALUES (?, ?)", [("2023-02-01", "QPV"), ("2023-05-01", "HORS_QPV"), ("2023-05-02", "HORS_QPV")]
        )
    city.environment["CITE_BUREAU_URL"] = f"sqlite:///{path}"
    city.source("bureau", BASE, entrees=ENTRIES)
    store = city.store()
    assert run(city, store, 1).outcome is Outcome.ACCEPTED
    before = store.counts()
    with sqlite3.connect(path) as base:
        base.execute("DELETE FROM entree")
    report = run(city, store, 2)
    assert report.outcome is Outcome.HELD
    assert report.sentences[0] == french(f"« Le Bureau » renvoie 0 ligne ({len(before)} la fois précédente).")
    assert store.counts().equals(before)
    (waiting,) = store.waiting()
    decide(city.sources()[0], store, waiting, at(3), accepted=True, reason="L'action est close.", by="la coordination")
    assert set(store.counts()["value"]) == {0}
    store.close()


def test_a_base_that_never_answered_a_row_is_refused(city):
    city.write(CITE)
    path = city.folder / "bureau.sqlite"
    with sqlite3.connect(path) as base:
        base.execute("CREATE TABLE entree (jour TEXT, zone TEXT)")
    city.environment["CITE_BUREAU_URL"] = f"sqlite:///{path}"
    city.source("bureau", BASE, entrees=ENTRIES)
    store = city.store()
    report = run(city, store, 1)
    assert report.outcome is Outcome.REFUSED
    assert "ne renvoie aucune ligne" in report.sentences[0]
    assert store.waiting() == []
    store.close()


def test_small_counts_and_short_histories_raise_no_doubt(usual):
    _, store = usual
    counts = store.counts()
    tripled = counts.assign(value=counts["value"].where(counts["period"] != "2023-T1", counts["value"] * 2))
    assert doubts(tripled, counts, str) == []
    few = counts.assign(value=(counts["value"] / 40).round().astype("Int64"))
    twenty = few.assign(value=few["value"].where(few["period"] != "2023-T1", 20))
    assert doubts(twenty, few, str) == []
    assert doubts(counts[counts["period"] > "2022-T3"].assign(value=90_000), counts.iloc[:0], str) == []


def test_a_count_that_falls_to_a_tenth_raises_one(usual):
    _, store = usual
    counts = store.counts()
    fallen = counts.assign(value=counts["value"].where(counts["period"] != "2023-T1", 9))
    assert any("9 au lieu de 130 d'habitude." in sentence for sentence in doubts(fallen, counts, str))


def test_a_ledger_that_lost_more_than_half_of_its_payments_raises_one(city):
    city.write(CITE)
    city.source("compta", '\nid = "compta"\nlabel = "Comptabilité"\nkind = "fec"\n')
    store = city.store()
    city.drop("compta", "fec.txt", ledgers.fec(ledgers.cash("1", "20230210", "622600", 40_000)))
    assert run(city, store, 1).outcome is Outcome.ACCEPTED
    whole = store.expenses()
    assert ledger_doubts(whole, whole) == []
    (sentence,) = ledger_doubts(whole.assign(paid=whole["paid"] // 3), whole)
    assert sentence.startswith("Le grand livre compte ")
    store.close()


def test_a_revision_of_a_frozen_period_is_kept_and_the_edition_named(usual):
    city, store = usual
    meeting = prepared(1, date(2023, 6, 20), "2023-T1", zoning="2015", perimeter="Villetest")
    saved = store.archive.save_meeting(meeting, at(1, hour=10), "Mme Dupré", expected_version=0)
    content = canonical({"figures": []})
    edition = Edition(1, Audience.COPIL, "2023-T1", 1, at(1, hour=11), "Mme Dupré", digest(content), None, "cite-emploi")
    store.archive.freeze(edition, content, saved.meeting, expected_version=saved.version)
    city.drop("plie", "a.csv", rows({"2022-T4": 133, "2023-T2": 135}))
    report = run(city, store, 2)
    assert report.outcome is Outcome.ACCEPTED
    told = french("T4 2022 : période figée dans l'édition S1-copil-1. La révision est gardée ; aucune édition ne change.")
    assert report.sentences[-1] == told
    assert figures(store)["2022-T4"] == 133
    assert store.archive.edition("S1-copil-1") == content
