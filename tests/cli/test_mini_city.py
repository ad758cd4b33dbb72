"""From the partners' own bases and files to the figures of the command line: equal to an independent computation."""

from __future__ import annotations

import json
from dataclasses import asdict

import pytest

from connectors.collect import collect
from indicators.frames import BUDGET_COLUMNS, GAPS_COLUMNS, VALUES_COLUMNS
from tests.cli import mini_city
from tests.cli.conftest import Command
from tests.cli.mini_city import PERIOD
from tests.connectors import partner
from tests.connectors.cities import City, at
from tests.connectors.language import english

NEAR = {"rel": 1e-9, "abs": 1e-9}


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def entries(request: pytest.FixtureRequest, city: City) -> list[partner.Entry]:
    """The mini-Cité, its partner on each engine."""
    url = f"sqlite:///{city.folder / 'base.sqlite'}"
    return mini_city.build(city, url if request.param == "sqlite" else request.getfixturevalue("postgres_url")("mini"))


def rows(command: Command, *words: str) -> list[dict]:
    answer = command(*words, "--format", "json")
    assert answer.code == 0, answer.err
    return json.loads(answer.out)


def whole(found: list[dict], indicator: str) -> dict[str, dict]:
    return {row["zone"]: row for row in found if row["indicator"] == indicator and row["dimension"] == "ensemble"}


def test_gaps_values_and_budget_equal_an_independent_reference(command, entries):
    collected = command("collecter")
    assert collected.code == 0
    assert "4 livraisons valables, 0 en échec." in collected.out
    gaps = rows(command, "ecarts", "--periode", PERIOD)
    assert all(list(row) == GAPS_COLUMNS for row in gaps)
    for indicator, expected in (("N2.8-plie", mini_city.access(entries)), ("R2", mini_city.dynamic_exits())):
        found = whole(gaps, indicator)
        assert set(found) == set(expected)
        for zone, gap in expected.items():
            assert {name: found[zone][name] for name in asdict(gap)} == pytest.approx(asdict(gap), **NEAR)
            established = gap.low > 0 or gap.high < 0
            assert (found[zone]["verdict"] == "non_etabli") != established
    values = rows(command, "indicateurs", "--periode", PERIOD)
    assert all(list(row) == VALUES_COLUMNS for row in values)
    for zone, row in whole(values, "R2").items():
        if zone in {**mini_city.ZONES, "HORS_QPV": ()}:
            k, n = mini_city.exits(*mini_city.ZONES.get(zone, ("HORS_QPV",)))
            assert (row["numerator"], row["denominator"]) == (k, n)
            assert (row["low"], row["high"]) == pytest.approx(mini_city.wilson(k, n), **NEAR)
    budget = rows(command, "budget")
    assert [row["line"] for row in budget] == list(mini_city.BUDGET)
    for row in budget:
        granted, committed, paid = mini_city.BUDGET[row["line"]]
        assert list(row) == BUDGET_COLUMNS
        assert (row["granted"], row["committed"], row["paid"]) == (granted, committed, paid)
        assert row["remaining"] == pytest.approx(granted - committed, **NEAR)
        assert row["used_share"] == pytest.approx(paid / granted, **NEAR)
        assert row["elapsed_share"] == pytest.approx(mini_city.ELAPSED, **NEAR)
        assert row["advance_points"] == pytest.approx(100 * (paid / granted - mini_city.ELAPSED), **NEAR)


def test_a_figure_that_is_not_there_is_null_and_says_why(command, entries):
    assert entries
    command("collecter")
    for name in ("indicateurs", "ecarts"):
        found = rows(command, name, "--periode", PERIOD)
        number = "value" if name == "indicateurs" else "points"
        assert {row["status"] for row in found} >= {"ok", "non_transmis"}
        for row in found:
            assert (row[number] is None) == (row["status"] != "ok")


def test_the_past_is_read_as_it_was_known(city, command, entries):
    assert entries
    store = city.store()
    collect(city.settings, city.sources(), store, at(3), city.environment)
    city.drop("france_travail", "t2 corrige.csv", mini_city.seekers({"QP059901": 500}))
    store.close()
    assert command("collecter", "--source", "france_travail").code == 0

    def seekers(*words: str) -> float | None:
        found = whole(rows(command, "indicateurs", "--periode", PERIOD, *words), "N2.8-plie")
        return found["QP059901"]["denominator"]

    assert seekers() == 500
    assert seekers("--au", "2023-07-05") == 400
    assert seekers("--au", "2023-07-02") is None


def test_a_failing_partner_gives_1_and_leaves_the_figures(city, command, entries):
    assert entries
    assert command("collecter").code == 0
    before = command("ecarts", "--format", "csv").out
    city.environment["CITE_BASE_URL"] = f"sqlite:///{city.folder / 'absente.sqlite'}"
    city.drop("compta", "FEC.txt", b"abime")
    answer = command("collecter")
    assert answer.code == 1
    assert "Base du partenaire\u00a0: EN PANNE" in answer.out
    assert "Comptabilité (FEC.txt)\u00a0: REFUSÉE" in answer.out
    assert "1 livraison valable, 2 en échec." in answer.out
    assert english(answer.out) == []
    assert command("ecarts", "--format", "csv").out == before
