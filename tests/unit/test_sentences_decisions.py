"""The state of each decision of the previous séance: done, late, under way, dropped. ¤ stands for U+00A0."""

from __future__ import annotations

from datetime import date

import pytest

from indicators.meeting import Decision, Progress
from indicators.sentences_decisions import overview, state, told

DUE = date(2023, 3, 31)


def given(progress: str, number: int = 2) -> Decision:
    return Decision(number, "Réunir les partenaires : garde d'enfant.", "CCAS", DUE, progress=Progress(progress))


BEFORE, ON, AFTER = date(2023, 3, 1), date(2023, 3, 31), date(2023, 4, 1)


def plain(text: str) -> str:
    return text.replace("\u00a0", "¤")


@pytest.mark.parametrize(
    ("progress", "on", "words"),
    [
        ("faite", AFTER, "faite"),
        ("faite", BEFORE, "faite"),
        ("abandonnee", AFTER, "abandonnée"),
        ("reportee", AFTER, "reportée"),
        ("a_faire", BEFORE, "à faire, échéance le 31/03/2023"),
        ("a_faire", ON, "à faire, échéance le 31/03/2023"),
        ("a_faire", AFTER, "en retard depuis le 31/03/2023"),
        ("en_cours", BEFORE, "en cours, échéance le 31/03/2023"),
        ("en_cours", AFTER, "en retard depuis le 31/03/2023"),
    ],
)
def test_a_state_on_a_day(progress: str, on: date, words: str) -> None:
    assert state(given(progress), on) == words


def test_a_decision_is_told_with_who_answers_for_it_until_it_is_settled() -> None:
    assert plain(told(given("faite"), AFTER)) == "Décision 2 (réunir les partenaires¤: garde d'enfant)¤: faite."
    late = "Décision 2 (réunir les partenaires¤: garde d'enfant)¤: en retard depuis le 31/03/2023 (CCAS)."
    assert plain(told(given("en_cours"), AFTER)) == late


@pytest.mark.parametrize(
    ("taken", "words"),
    [
        (("faite", "faite", "a_faire"), "3 décisions de la séance précédente¤: 2 faites, 1 en retard."),
        (("reportee", "reportee"), "2 décisions de la séance précédente¤: 2 reportées."),
        (("abandonnee",), "1 décision de la séance précédente¤: 1 abandonnée."),
        (("en_cours", "abandonnee", "abandonnee"), "3 décisions de la séance précédente¤: 2 abandonnées, 1 en retard."),
        ((), "La séance précédente n'a pas pris de décision."),
    ],
)
def test_how_many_in_each_state(taken: tuple[str, ...], words: str) -> None:
    assert plain(overview([given(progress) for progress in taken], AFTER)) == words


def test_before_their_day_decisions_are_to_do_or_under_way() -> None:
    mixed = [given("a_faire"), given("en_cours"), given("a_faire")]
    assert plain(overview(mixed, BEFORE)) == "3 décisions de la séance précédente¤: 1 en cours, 2 à faire."
