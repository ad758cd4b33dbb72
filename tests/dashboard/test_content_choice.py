"""The key of a choice: the address of the page, the same for ever, and read back."""

from __future__ import annotations

from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.content.choice import LETTERS, Choice, key, parsed
from dashboard.navigation import PAGES


@pytest.mark.parametrize(
    ("page", "choice", "written"),
    [
        ("/", Choice(), "/"),
        ("/", Choice(period="2022-T3"), "/?t=2022-T3"),
        ("/droit-commun", Choice(period="2022-T3", zone="QPV", view="evolution"), "/droit-commun?t=2022-T3&v=evolution&z=QPV"),
        ("/budget", Choice(exercise="2022", closing="2022-T3"), "/budget?a=2022-T3&e=2022"),
        ("/indicateurs", Choice(indicator="N2.8-cej", period="2022-T3"), "/indicateurs?i=N2.8-cej&t=2022-T3"),
        ("/indicateurs", Choice(level="tous"), "/indicateurs?n=tous"),
    ],
)
def test_a_key_is_the_address_of_the_page(page, choice, written):
    assert key(page, choice) == written  # fixed for ever: kept editions are read by it
    assert parsed(written) == (page, choice)


@given(st.sampled_from([page.path for page in PAGES]), st.builds(Choice, **{name: st.text(max_size=8) for name in LETTERS}))
def test_a_choice_is_read_back_whatever_its_codes(page, choice):
    assert parsed(key(page, choice)) == (page, choice)


def test_two_choices_never_share_a_key():
    assert key("/", Choice(period="a", zone="b")) != key("/", Choice(period="a&z=b"))


def test_each_choice_has_its_own_letter_and_other_parameters_are_nothing():
    assert set(LETTERS) == {item.name for item in fields(Choice)}
    assert len(set(LETTERS.values())) == len(LETTERS)
    assert parsed("/parcours?t=2022-T3&embed=true") == ("/parcours", Choice(period="2022-T3"))
