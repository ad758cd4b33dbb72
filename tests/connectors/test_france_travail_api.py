"""France Travail's statistics service, asked on a real socket: each way to answer, and not to, told in French; what was known stays."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import pairwise
from urllib.parse import parse_qs

import pandas as pd
import pytest

from connectors.collect import collect
from connectors.store import Outcome
from indicators.schemas import PUBLISHED
from indicators.typography import french
from tests.connectors.cities import City, at
from tests.connectors.language import english, loose
from tests.connectors.market import CASES, GIVEN, GOOD, IDENTIFIER, KNOWN, QUARTER, SECRET, TOKEN, TOKENS, declare, stats, value
from tests.connectors.service import Service, say, serving


@pytest.fixture
def service(monkeypatch) -> Service:
    for name in [name for name in os.environ if name.lower().endswith("_proxy")]:
        monkeypatch.delenv(name)
    with serving() as opened:
        opened.tokens, opened.answers = [GIVEN], [GOOD]
        yield opened


@pytest.fixture
def store(city: City):
    opened = city.store()
    yield opened
    opened.close()


def run(city: City, service: Service, store, caplog, day: int = 1, **changed: object):
    declare(city, service.address, **changed)
    account = {"FRANCE_TRAVAIL_CLIENT_ID": IDENTIFIER, "FRANCE_TRAVAIL_CLIENT_SECRET": f" {SECRET}\n"}
    caplog.set_level(logging.DEBUG)
    (report,) = collect(city.settings, city.sources(), store, at(day), account)
    for sentence in report.sentences:
        assert english(sentence) == []
        assert loose(sentence) == []
    written = "\n".join([*report.sentences, caplog.text, *(" ".join(lines) for lines in store.deliveries()["report"])])
    for hidden in (SECRET, IDENTIFIER, TOKEN):
        assert hidden not in written
    return report


def figures(store) -> dict[tuple[str, str, str], float]:
    return {(row.measure, row.territory, row.vintage): row.value for row in store.published().itertuples()}


def test_figures_are_kept_as_published_for_the_whole_city(city, service, store, caplog):
    report = run(city, service, store, caplog)
    assert report.outcome is Outcome.ACCEPTED
    PUBLISHED.validate(store.published())
    assert figures(store) == KNOWN
    token, asked = service.calls
    assert token.path == "/token?realm=%2Fpartenaire"
    form = parse_qs(token.body.decode())
    assert (form["client_id"], form["client_secret"], form["grant_type"]) == ([IDENTIFIER], [SECRET], ["client_credentials"])
    assert form["scope"] == ["api_stats-offres-demandes-emploiv1 offresetdemandesemploi"]
    assert asked.path == "/v1/indicateur/stat-demandeurs"
    assert asked.headers["Authorization"] == f"Bearer {TOKEN}"
    sent = json.loads(asked.body)
    assert (sent["codeTypeTerritoire"], sent["codeTerritoire"]) == ("COM", "59999")
    assert (sent["codeTypePeriode"], sent["codeTypeNomenclature"], sent["listeCodeNomenclature"]) == (
        "TRIMESTRE",
        "CATCAND",
        ["A", "B", "C"],
    )


def test_the_same_figures_again_change_nothing(city, service, store, caplog):
    run(city, service, store, caplog)
    assert run(city, service, store, caplog, 2).outcome is Outcome.UNCHANGED


def test_it_is_asked_from_a_program_that_runs_a_loop_of_its_own(city, service, store, caplog):
    async def within() -> object:
        return run(city, service, store, caplog).outcome

    with ThreadPoolExecutor(1) as apart:
        assert apart.submit(lambda: asyncio.run(within())).result() is Outcome.ACCEPTED
    assert figures(store) == KNOWN


@pytest.mark.parametrize(
    ("kind", "code", "commune", "asked", "zone"),
    [
        ("DEP", None, "59999", "59", "DEP_59"),
        ("DEP", None, "97411", "974", "DEP_974"),
        ("EPCI", "200090751", "59999", "200090751", "EPCI_200090751"),
        ("COM", "62193", "59999", "62193", "COM_62193"),
    ],
)
def test_another_territory_has_a_code_of_its_own(city, service, store, caplog, kind, code, commune, asked, zone):
    (city.folder / "cite.toml").write_text((city.folder / "cite.toml").read_text("utf-8").replace("59999", commune), "utf-8")
    service.answers = [say(stats(*({**one, "codeTypeTerritoire": kind, "codeTerritoire": asked} for one in QUARTER)))]
    changed = {"territory_type": kind, **({"territory": code} if code else {})}
    assert run(city, service, store, caplog, **changed).outcome is Outcome.ACCEPTED
    assert json.loads(service.calls[-1].body)["codeTerritoire"] == asked
    assert set(store.published()["territory"]) == {zone}


def test_a_hidden_or_missing_part_makes_the_sum_as_absent(city, service, store, caplog):
    earlier = (value("A", 400, "2022T4"), value("B", None, "2022T4"), value("C", 100, "2022T4"))
    hidden = (value("A", 300, "2022T3"), value("B", 0, "2022T3", masque=True), value("C", 90, "2022T3"))
    service.answers = [say(stats(*QUARTER, *earlier, *hidden, value("A", 200, "2022T2"), value("D", 5)))]
    run(city, service, store, caplog)
    states = store.published().set_index(["measure", "vintage"])["status"]
    assert states["demandeurs_emploi_abc"].to_dict() == {
        "2022-T2": "non_transmis",
        "2022-T3": "secret",
        "2022-T4": "non_transmis",
        "2023-T1": "ok",
    }
    assert set(states["demandeurs_emploi_a"]) == {"ok"}


@pytest.mark.parametrize("name", CASES)
def test_what_is_not_a_figure_is_told_and_what_was_known_stays(city, service, store, caplog, name):
    run(city, service, store, caplog)
    before = store.published()
    service.answers, outcome, times, told = CASES[name]
    asked, begun = len(service.asked("/v1")), time.monotonic()
    report = run(city, service, store, caplog, 2)
    assert time.monotonic() - begun < 8
    assert report.outcome is outcome
    for words in told:
        assert french(words) in "\n".join(report.sentences)
    assert len(service.asked("/v1")) - asked == times
    assert service.asked("/ailleurs") == []
    pd.testing.assert_frame_equal(store.published(), before)
    if outcome is Outcome.FAILED:
        assert "Chiffres affichés\u00a0: livraison du 01/07/2023." in report.sentences[-1]


@pytest.mark.parametrize("name", TOKENS)
def test_without_a_token_nothing_is_asked(city, service, store, caplog, name):
    told, times, sentence = TOKENS[name]
    service.tokens = [told]
    report = run(city, service, store, caplog)
    assert report.outcome is Outcome.FAILED
    assert french(sentence) in report.sentences[0]
    assert [call.path.partition("?")[0] for call in service.calls] == ["/token"] * times


def test_a_token_no_longer_known_is_renewed_once(city, service, store, caplog):
    service.tokens = [say({"access_token": "ancien-jeton"}), GIVEN]
    service.answers = [say({}, 401), GOOD]
    assert run(city, service, store, caplog).outcome is Outcome.ACCEPTED
    assert [call.headers["Authorization"] for call in service.asked("/v1")] == ["Bearer ancien-jeton", f"Bearer {TOKEN}"]
    assert figures(store) == KNOWN


@pytest.mark.parametrize("fault", [say({}, 500), say({}, 503), say(GOOD.body[:40], announced=900)], ids=["500", "503", "half"])
def test_what_passes_is_asked_again_a_little_later_each_time(city, service, store, caplog, fault):
    service.answers = [fault, fault, GOOD]
    assert run(city, service, store, caplog, first_wait_seconds=0.3, total_seconds=20).outcome is Outcome.ACCEPTED
    first, second, third = (call.at for call in service.asked("/v1"))
    assert second - first >= 0.3
    assert third - second >= 0.6


def in_two_seconds() -> str:
    return format_datetime(datetime.now(UTC) + timedelta(seconds=2), usegmt=True)


@pytest.mark.parametrize(("after", "least"), [("1", 1.0), (in_two_seconds, 0.7), ("0", 0.1), ("bientôt", 0.1)])
def test_a_service_that_says_how_long_to_wait_is_obeyed(city, service, store, caplog, after, least):
    service.answers = [say({}, 429, headers=(("Retry-After", after),)), GOOD]
    assert run(city, service, store, caplog, total_seconds=10).outcome is Outcome.ACCEPTED
    first, second = (call.at for call in service.asked("/v1"))
    assert second - first >= least


def test_it_is_never_asked_faster_than_declared(city, service, store, caplog):
    service.tokens, service.answers = [say({}, 500), GIVEN], [say({}, 500)] * 5 + [GOOD]
    report = run(city, service, store, caplog, calls_per_second=4, tries=8, first_wait_seconds=0.001, total_seconds=20)
    assert report.outcome is Outcome.ACCEPTED
    times = [call.at for call in service.calls]
    assert len(times) == 8
    assert min(later - earlier for earlier, later in pairwise(times)) >= 0.25


def test_a_service_that_is_not_there(city, service, store, caplog):
    report = run(city, service, store, caplog, base="http://127.0.0.1:9/v1")
    assert report.outcome is Outcome.FAILED
    assert french("ne répond pas. Vérifiez que cette machine a accès à Internet") in report.sentences[0]
    assert french("Aucune livraison valable n'a encore été reçue.") in report.sentences[0]


def test_an_unknown_certificate_is_refused(city, store, caplog, tmp_path):
    import shutil
    import ssl

    openssl = shutil.which("openssl")
    if not openssl:
        pytest.skip("openssl is not here to make a certificate")
    files = [str(tmp_path / "key.pem"), str(tmp_path / "certificate.pem")]
    made = ["-newkey", "rsa:2048", "-nodes", "-keyout", files[0], "-out", files[1], "-days", "2", "-subj", "/CN=127.0.0.1"]
    subprocess.run([openssl, "req", "-x509", *made], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(files[1], files[0])
    with serving(context) as safe:
        report = run(city, safe, store, caplog, token=f"https://127.0.0.1:{safe.port}/token")
        assert safe.calls == []
    assert report.outcome is Outcome.FAILED
    assert french("présente un certificat qui n'est pas reconnu : rien n'est envoyé") in report.sentences[0]
