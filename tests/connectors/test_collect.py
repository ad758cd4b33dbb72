"""Collecting every source: what fails stops nothing else, the last good figures stay, and nothing kept tells a secret."""

from __future__ import annotations

import logging
from hashlib import sha256
from pathlib import Path

import pytest

from connectors.collect import collect
from connectors.receive import Report
from connectors.store import Outcome
from indicators.typography import french
from tests.connectors import deliveries, ledgers, partner
from tests.connectors.cities import City, at
from tests.connectors.deliveries import ROWS, SOURCE, having
from tests.connectors.language import english, loose

LEDGER = '\nid = "compta"\nlabel = "Comptabilité"\nkind = "fec"\n'


@pytest.fixture
def store(city: City):
    city.source("plie", SOURCE)
    opened = city.store()
    yield opened
    opened.close()


def run(city: City, store, day: int = 1) -> list[Report]:
    reports = collect(city.settings, city.sources(), store, at(day), city.environment)
    for report in reports:
        for sentence in report.sentences:
            assert english(sentence.replace(str(city.folder), "")) == []
            assert loose(sentence.replace(str(city.folder), "")) == []
    return reports


def kept(city: City, folder: str) -> list[Path]:
    root = city.settings.data_dir / folder
    return sorted(path for path in root.rglob("*") if path.is_file()) if root.is_dir() else []


def values(store, **at_) -> dict[tuple[str, str], int]:
    counts = store.counts(**at_)
    whole = counts[(counts["dimension"] == "ensemble") & (counts["territory"] != "NON_LOCALISE")]
    return {(row.territory, row.period): row.value for row in whole.itertuples()}


def test_an_empty_drop_folder_is_no_fault(city, store):
    (report,) = run(city, store)
    assert report.outcome is None
    assert not report.failed
    assert (city.settings.data_dir / "depot" / "plie").is_dir()
    assert len(store.deliveries()) == 0


def test_a_good_file_is_stored_and_put_away_under_its_digest(city, store):
    content = deliveries.csv()
    dropped = city.drop("plie", "Suivi Mme Dupont.csv", content)
    (report,) = run(city, store)
    assert report.outcome is Outcome.ACCEPTED
    assert values(store)["HORS_QPV", "2023-T2"] == 141
    assert not dropped.exists()
    (path,) = kept(city, "recus")
    assert path.name == f"{sha256(content).hexdigest()[:16]}.csv"
    assert path.read_bytes() == content


def test_a_refused_file_changes_nothing_and_lies_beside_its_report(city, store):
    city.drop("plie", "a.csv", deliveries.csv())
    run(city, store)
    before = values(store)
    bad = deliveries.csv(having(5, "effectif", -4, having(7, "territoire", "62100")))
    city.drop("plie", "b.csv", bad)
    (report,) = run(city, store, 2)
    assert report.outcome is Outcome.REFUSED
    assert values(store) == before
    file, told = kept(city, "refuses")
    assert file.read_bytes() == bad
    assert told.read_text("utf-8").splitlines() == list(report.sentences)
    assert [sentence[:7] for sentence in report.sentences] == ["Ligne 7", "Ligne 9"]
    assert store.last("plie").report == tuple(sentence.replace("-4", "…").replace("62100", "…") for sentence in report.sentences)


def test_a_file_that_may_describe_persons_is_erased(city, store):
    header = (*deliveries.HEADER, "Nom de famille")
    city.drop("plie", "a.csv", deliveries.csv([(*row, "Duvivier") for row in ROWS], header))
    city.drop("plie", "b.csv", deliveries.csv([(*row, "2 69 05 49 588 157 80") for row in ROWS], (*deliveries.HEADER, "commentaire")))
    city.drop("plie", "c.csv", deliveries.csv([(*row, "Duvivier") for row in ROWS], (*deliveries.HEADER, "surnom")))
    reports = run(city, store)
    assert [report.outcome for report in reports] == [Outcome.REFUSED] * 3
    everything = b"".join(path.read_bytes() for path in city.settings.data_dir.rglob("*") if path.is_file())
    for secret in (b"Duvivier", b"588 157", b"269054958815780"):
        assert secret not in everything
    assert [path.suffix for path in kept(city, "refuses")] == [".txt"] * 3


def test_the_same_file_again_changes_nothing_and_says_when_it_came(city, store):
    for day in (1, 3):
        city.drop("plie", f"{day}.csv", deliveries.csv())
        (report,) = run(city, store, day)
    assert report.outcome is Outcome.UNCHANGED
    assert "du 01/07/2023). Rien n'a changé." in report.sentences[0]
    assert len(store.counts()) == len(deliveries.ROWS) + 6
    assert len(kept(city, "recus")) == 1


def test_a_revision_replaces_and_the_past_is_still_read(city, store):
    city.drop("plie", "a.csv", deliveries.csv())
    run(city, store, 1)
    city.drop("plie", "b.csv", deliveries.csv(having(7, "effectif", 150)))
    (report,) = run(city, store, 4)
    assert report.outcome is Outcome.ACCEPTED
    assert values(store)["HORS_QPV", "2023-T2"] == 150
    assert values(store, at=at(3))["HORS_QPV", "2023-T2"] == 141


def test_hidden_files_of_the_system_are_not_deliveries(city, store):
    for name in (".DS_Store", "~$livraison.xlsx", ".~lock.a.csv#"):
        city.drop("plie", name, b"x")
    assert [report.outcome for report in run(city, store)] == [None]


def test_one_failing_source_stops_no_other_and_says_which_figures_stay(city, store):
    base = city.folder / "base.sqlite"
    city.environment["CITE_BASE_URL"] = f"sqlite:///{base}"
    partner.make(f"sqlite:///{base}")
    partner.declare(city)
    city.source("compta", LEDGER)
    city.drop("plie", "a.csv", deliveries.csv())
    city.drop("compta", "FEC.txt", ledgers.fec(ledgers.cash("1", "20230110", "606300", 12345)))
    assert [report.outcome for report in run(city, store)] == [Outcome.ACCEPTED] * 3
    before = store.counts()
    base.rename(city.folder / "ailleurs.sqlite")
    city.drop("compta", "FEC.txt", b"abime")
    city.drop("plie", "b.csv", deliveries.csv(having(7, "effectif", 150)))
    outcomes = {report.source.id: report for report in run(city, store, 2)}
    assert {name: report.outcome for name, report in outcomes.items()} == {
        "base": Outcome.FAILED,
        "compta": Outcome.REFUSED,
        "plie": Outcome.ACCEPTED,
    }
    assert outcomes["base"].sentences[0].endswith(french("Chiffres affichés : livraison du 01/07/2023."))
    after = store.counts()
    assert after[after["source"] == "base"].equals(before[before["source"] == "base"])
    assert store.expenses()["committed"].tolist() == [12345]


def test_an_unchanged_base_is_known_by_its_rows(city, store):
    city.environment["CITE_BASE_URL"] = f"sqlite:///{city.folder / 'base.sqlite'}"
    partner.make(city.environment["CITE_BASE_URL"])
    partner.declare(city)
    outcomes = [next(report for report in run(city, store, day) if report.source.id == "base").outcome for day in (1, 2)]
    assert outcomes == [Outcome.ACCEPTED, Outcome.UNCHANGED]


@pytest.mark.postgresql
def test_neither_the_log_nor_the_store_holds_a_password(city, store, postgres_url, caplog):
    caplog.set_level(logging.DEBUG)
    url = postgres_url("secret")
    city.environment["CITE_BASE_URL"] = url
    partner.make(url)
    partner.declare(city)
    assert run(city, store)[0].outcome is Outcome.ACCEPTED
    city.environment["CITE_BASE_URL"] = url.replace("postgres:", "postgres:Faux-", 1)
    assert run(city, store, 2)[0].outcome is Outcome.FAILED
    password = url.split(":")[2].split("@")[0]
    told = caplog.text + store.deliveries().to_csv() + "".join(path.read_text("latin-1") for path in city.settings.data_dir.rglob("*.*"))
    for secret in (password, "Faux-", "Nom1", "@exemple.fr"):
        assert secret not in told


def test_a_fault_nobody_foresaw_stops_only_its_own_source(city, store, monkeypatch, caplog):
    """The reader itself breaks: the other source is still loaded, and the log says where to look."""
    city.source("compta", LEDGER)
    city.drop("compta", "FEC.txt", ledgers.fec(ledgers.cash("1", "20230110", "606300", 100)))
    city.drop("plie", "a.csv", deliveries.csv())

    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("connectors.dropped.read_ledger", broken)
    outcomes = {report.source.id: report.outcome for report in run(city, store)}
    assert outcomes == {"compta": Outcome.FAILED, "plie": Outcome.ACCEPTED}
    assert "ZeroDivisionError" in caplog.text


def test_the_same_file_read_under_another_declaration_is_another_delivery(city, store):
    """Once the source no longer says that it places everyone, dropping the file again must change the figures."""
    city.drop("plie", "a.csv", deliveries.csv())
    run(city, store)
    city.drop("plie", "a.csv", deliveries.csv())
    assert [report.outcome for report in run(city, store, 2)] == [Outcome.UNCHANGED]
    city.source("plie", "\nnon_localise = true" + SOURCE)
    city.drop("plie", "a.csv", deliveries.csv())
    (report,) = run(city, store, 3)
    assert report.outcome is Outcome.ACCEPTED, report.sentences
