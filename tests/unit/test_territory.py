"""Zones in force, and what the two identities determine: derived where one member is missing, never from a hidden one."""

from __future__ import annotations

from datetime import date
from itertools import product

import numpy as np
import pytest

from indicators.period import Period
from indicators.status import NON_APPLICABLE, NON_TRANSMIS, OK, SECRET
from indicators.territory import QPV_CODE, Neighbourhood, Territory, Zoning, complete

A, B, QPV, HORS, NON_LOCALISE, VILLE = range(6)
TOTALS = {"QPV": QPV, "HORS_QPV": HORS, "NON_LOCALISE": NON_LOCALISE, "VILLE": VILLE}
WORLD = (30, 20, 50, 180, 5, 235)  # A + B = QPV ; QPV + hors QPV + non localisé = ville
STATES = {"?": NON_TRANSMIS, "s": SECRET, "/": NON_APPLICABLE}

CITY = Territory(
    "62193",
    "Calais",
    73_000,
    (
        Zoning(
            "2015",
            "Zonage 2015",
            date(2015, 1, 1),
            date(2023, 12, 31),
            (Neighbourhood("QP062901", "Un", "Un"), Neighbourhood("QP062902", "Deux", "Deux")),
        ),
        Zoning("2024", "Zonage 2024", date(2024, 1, 1), None, (Neighbourhood("QN06201N", "Trois", "Trois"),)),
    ),
)


def completed(cells: str, qpvs: tuple[int, ...] = (A, B)) -> str:
    """Complete one cell per zone, written « 30 ? 50 180 5 235 » (? not transmitted, s hidden, / not applicable)."""
    given = cells.split()
    value = np.array([[float(cell) if cell not in STATES else 0.0] for cell in given])
    status = np.array([[STATES.get(cell, OK)] for cell in given], dtype=np.int8)
    complete(value, status, list(qpvs), TOTALS)
    signs = {state: sign for sign, state in STATES.items()}
    return " ".join(signs.get(int(state), f"{number:.0f}") for number, state in zip(value[:, 0], status[:, 0], strict=True))


@pytest.mark.parametrize(
    ("given", "found"),
    [
        # A  B  QPV HORS NL VILLE
        ("30 20 ? 180 5 ?", "30 20 50 180 5 235"),
        ("? ? ? 180 5 235", "? ? 50 180 5 235"),
        ("30 ? ? 180 5 235", "30 20 50 180 5 235"),  # the second pass uses what the first derived
        ("30 20 50 ? 5 235", "30 20 50 180 5 235"),
        ("30 20 50 180 ? 235", "30 20 50 180 5 235"),
        ("30 20 50 ? ? 235", "30 20 50 ? ? 235"),  # two unknowns: nothing is guessed
        ("30 ? ? 180 ? 235", "30 ? ? 180 ? 235"),
        ("? ? ? ? ? ?", "? ? ? ? ? ?"),
        ("0 0 ? 0 0 ?", "0 0 0 0 0 0"),  # zero is a value
        ("30 20 ? 180 ? ?", "30 20 50 180 ? ?"),
    ],
)
def test_the_only_missing_member_is_derived(given: str, found: str) -> None:
    assert completed(given) == found


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ("s ? 50 180 5 235", "s s 50 180 5 235"),
        ("30 s ? 180 5 ?", "30 s s 180 5 s"),
        ("s 20 50 180 5 235", "s 20 50 180 5 235"),  # already refused by whoever hid it: left as given
        ("30 20 50 s ? 235", "30 20 50 s s 235"),
        ("30 20 s 180 5 ?", "30 20 s 180 5 s"),
        ("s 20 ? 180 5 235", "s 20 s 180 5 235"),  # the city would give the total of the QPVs, and the total the hidden one
        ("s s ? 180 5 235", "s s s 180 5 235"),
    ],
)
def test_a_hidden_member_is_never_worked_out(given: str, found: str) -> None:
    assert completed(given) == found


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ("30 20 50 ? 5 /", "30 20 50 / 5 /"),  # not 0 - 55
        ("30 20 50 180 / ?", "30 20 50 180 / /"),
        ("30 / ? 180 5 ?", "30 / / 180 5 /"),
        ("/ s ? 180 5 235", "/ s / 180 5 235"),
    ],
)
def test_what_depends_on_a_member_without_object_is_without_object(given: str, found: str) -> None:
    assert completed(given) == found


def test_a_period_without_any_qpv_uses_the_identity_of_the_city_alone() -> None:
    assert completed("? ? ? 180 5 235", qpvs=()) == "? ? 50 180 5 235"
    assert completed("30 20 ? 180 5 ?", qpvs=()) == "30 20 ? 180 5 ?"


def test_any_choice_of_given_members_never_derives_a_false_or_hidden_value() -> None:
    """All 729 ways to give, hide or leave out the six members of one true table."""
    for states in product("v?s", repeat=6):
        given = " ".join(str(number) if state == "v" else state for number, state in zip(WORLD, states, strict=True))
        after = completed(given).split()
        for state, before, cell, truth in zip(states, given.split(), after, WORLD, strict=True):
            assert cell == before if state != "?" else cell in {"?", "s", str(truth)}, (given, after)
        if "s" not in states:
            assert "s" not in after


def test_a_zoning_is_the_one_in_force_on_the_last_day() -> None:
    def zoning(code: str) -> str | None:
        found = CITY.zoning_of(Period.parse(code))
        return found.code if found else None

    assert [zoning(code) for code in ("2014-T4", "2015-01", "2023-12", "2023", "2024-01", "2030")] == [
        None,
        "2015",
        "2015",
        "2015",
        "2024",
        "2024",
    ]
    assert CITY.qpv_codes(Period.parse("2022-T1")) == ["QP062901", "QP062902"]
    assert CITY.qpv_codes(Period.parse("2024-T1")) == ["QN06201N"]
    assert CITY.qpv_codes(Period.parse("2014")) == []


def test_a_zoning_that_starts_inside_a_period_is_used_for_it() -> None:
    zoning = Zoning("2024", "Zonage 2024", date(2024, 2, 10), date(2025, 2, 10), ())
    used = [
        code for code in ("2024-01", "2024-02", "2024-T1", "2024", "2025-01", "2025-02", "2025-T1") if zoning.covers(Period.parse(code))
    ]
    assert used == ["2024-02", "2024-T1", "2024", "2025-01"]


def test_zones_are_every_qpv_then_the_four_totals() -> None:
    assert CITY.zones() == ["QP062901", "QP062902", "QN06201N", "QPV", "HORS_QPV", "NON_LOCALISE", "VILLE"]
    assert [CITY.label(zone) for zone in ("QP062902", "HORS_QPV", "QP999999")] == ["Deux", "Hors QPV", "QP999999"]


@pytest.mark.parametrize("code", ["QP062901", "QN06253M", "QN06201N", "QN06299I", "QP02A001", "QN02B01N"])
def test_official_codes_are_recognised(code: str) -> None:
    assert QPV_CODE.fullmatch(code)


@pytest.mark.parametrize("code", ["QP62901", "QN06253", "QN06253X", "QPV", "qp062901", "QP02C001", "QP062901 "])
def test_other_codes_are_not(code: str) -> None:
    assert not QPV_CODE.fullmatch(code)
