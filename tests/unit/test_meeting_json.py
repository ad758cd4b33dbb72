"""A séance written and read again is the same; anything else is refused by its name."""

from __future__ import annotations

import json

import pytest
from hypothesis import given

from indicators.canonical import canonical
from indicators.meeting import MeetingError
from indicators.meeting_json import from_json, from_plain, to_json, to_plain
from indicators.meeting_steps import with_comment, with_decision, with_forecast, with_point
from tests.unit.meetings import CLOUD, COPIL_1, FIRST, GUARD, MEETINGS, TOLD

FULL = with_point(with_decision(with_forecast(with_comment(COPIL_1, TOLD), CLOUD), FIRST), GUARD)


@given(MEETINGS)
def test_written_and_read_again_it_is_the_same(meeting):
    written = to_json(meeting)
    assert from_json(written) == meeting
    assert from_plain(to_plain(meeting)) == meeting
    assert written == canonical(json.loads(written)).decode("utf-8")


def test_what_is_written_is_fixed():
    assert to_json(COPIL_1) == (
        '{"attendees":[],"audience":["copil","prefecture"],"chairs":[],"comments":[],"decisions":[],"excused":[],"forecast":null,'
        '"number":1,"on":"2022-10-20","perimeter":"Villetest, zonage 2015","period":"2022-T3","place":"","points":[],'
        '"state":"preparee","title":"Comité de pilotage du 20 octobre 2022","zoning":"2015"}'
    )


def test_an_older_writing_without_a_later_key_is_read():
    plain = to_plain(COPIL_1)
    del plain["points"], plain["chairs"]
    assert from_plain(plain) == COPIL_1


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda plain: plain.update(colour="red"), "clé inconnue «\u00a0séance.colour\u00a0»"),
        (lambda plain: plain["decisions"][0].update(late=True), r"clé inconnue «\u00a0séance.decisions\[0\].late\u00a0»"),
        (lambda plain: plain.pop("period"), "il manque «\u00a0séance.period\u00a0»"),
        (lambda plain: plain.update(number="1"), "séance.number\u00a0» n'est pas un nombre entier"),
        (lambda plain: plain.update(number=True), "n'est pas un nombre entier"),
        (lambda plain: plain.update(title=None), "séance.title\u00a0» n'est pas un texte"),
        (lambda plain: plain.update(on="20/10/2022"), "qui n'est pas une date"),
        (lambda plain: plain.update(state="ouverte"), "l'une des valeurs preparee, figee, tenue"),
        (lambda plain: plain.update(comments={}), "n'est pas une liste"),
        (lambda plain: plain.update(forecast="nuage"), "séance.forecast\u00a0» n'est pas un objet"),
        (lambda plain: plain["comments"][0].update(text=""), "Il manque le commentaire"),
    ],
)
def test_what_is_not_a_seance_is_refused_by_its_key(change, told):
    plain = to_plain(FULL)
    change(plain)
    with pytest.raises(MeetingError, match=told):
        from_plain(plain)


@pytest.mark.parametrize("text", ["", "[]", "{", '"séance"', "NaN"])
def test_what_is_not_even_json_is_refused(text):
    with pytest.raises(MeetingError, match="illisible"):
        from_json(text)
