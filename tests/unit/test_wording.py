"""Definitions over time: what is said on a day, every version, and a digest that moves with the meaning only."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.indicator import Direction, Indicator, Term, Unit
from indicators.registry import indicators
from indicators.wording import Precision, definition_on, digest, versions

RATE = indicators()["N2.2"]
DAY = date(2023, 1, 15)
ONCE = Precision("N2.2", DAY, "Une personne reçue deux fois compte une fois.", "Copil du 20/10/2022")
PHONE = Precision("N2.2", date(2023, 6, 1), "Un entretien par téléphone compte : oui.", "Copil du 25/05/2023")
OTHER = Precision("N3.4", DAY, "Autre chose.", "Copil du 20/10/2022")
EVERY = (PHONE, OTHER, ONCE)


def test_a_definition_grows_with_each_precision_in_force() -> None:
    assert definition_on(RATE, EVERY, DAY - timedelta(1)) == RATE.definition
    assert definition_on(RATE, EVERY, DAY) == f"{RATE.definition} {ONCE.text}"
    assert definition_on(RATE, EVERY, date(2024, 1, 1)) == f"{RATE.definition} {ONCE.text} Un entretien par téléphone compte\u00a0: oui."


def test_every_version_with_its_day() -> None:
    first, second, third = versions(RATE, EVERY)
    assert first == (None, RATE.definition)
    assert second == (DAY, definition_on(RATE, EVERY, DAY))
    assert third == (PHONE.since, definition_on(RATE, EVERY, PHONE.since))
    assert versions(indicators()["N1.1"], EVERY) == ((None, indicators()["N1.1"].definition),)


@pytest.mark.parametrize(("text", "decision"), [(" ", "Copil"), ("Un texte.", " ")])
def test_a_precision_says_what_and_who(text: str, decision: str) -> None:
    with pytest.raises(ValueError, match=r"La précision de « N2\.2 »"):
        Precision("N2.2", DAY, text, decision)


def test_the_digest_moves_on_the_day_of_a_precision() -> None:
    before, after = (digest(RATE, EVERY, day) for day in (DAY - timedelta(1), DAY))
    assert len(before) == 64
    assert before != after
    assert before == digest(RATE, (), DAY)
    assert after == digest(RATE, (ONCE,), DAY)


@pytest.mark.parametrize(
    "changed",
    [
        replace(RATE, definition="Autre définition."),
        replace(RATE, numerator_text="Autre numérateur."),
        replace(RATE, denominator_text="Autre dénominateur."),
        replace(RATE, numerator="habitants_reperes"),
        replace(RATE, denominator=Term("habitants_reperes", "sexe", ("femme",))),
        replace(RATE, denominator=Term("habitants_reperes", common=True)),
        replace(RATE, better=Direction.LOWER),
        replace(RATE, unit=Unit.RATIO),
    ],
    ids=lambda item: item.code,
)
def test_the_digest_moves_with_what_is_measured(changed: Indicator) -> None:
    assert digest(changed, (), DAY) != digest(RATE, (), DAY)


def test_the_digest_does_not_move_with_what_is_said_around() -> None:
    around = replace(RATE, label="Accueil", short="Accueil", limits="Autres limites.", owner="Quelqu'un", delay_days=90, breakdowns=())
    assert digest(around, (), DAY) == digest(RATE, (), DAY)
    two = replace(RATE, denominator=("habitants_reperes", "habitants_accueillis"))
    assert digest(replace(two, denominator=tuple(reversed(("habitants_reperes", "habitants_accueillis")))), (), DAY) == digest(two, (), DAY)
    spaced = replace(RATE, definition=RATE.definition.replace(" ", "\u202f"))
    assert digest(spaced, (), DAY) == digest(RATE, (), DAY)


def test_no_two_indicators_of_the_catalogue_mean_the_same() -> None:
    assert len({digest(item, (), DAY) for item in indicators().values()}) == len(indicators())


@given(st.permutations(EVERY))
def test_the_order_of_the_file_changes_nothing(order: list[Precision]) -> None:
    assert digest(RATE, order, PHONE.since) == digest(RATE, EVERY, PHONE.since)
    assert versions(RATE, order) == versions(RATE, EVERY)
