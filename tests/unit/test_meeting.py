"""What a séance is, and what may be done to it when: every refusal is a French sentence, and loses nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.meeting import LONGEST, Audience, Comment, Decision, Heading, MeetingError, Point, Progress, State, Weather
from indicators.meeting_steps import (
    LOCKED,
    checked,
    frozen,
    held,
    next_decision,
    prepared,
    with_comment,
    with_decision,
    with_forecast,
    with_point,
    with_progress,
    without_comment,
    without_point,
)
from indicators.meeting_text import AUDIENCES, HEADINGS, PROGRESS, STATES, WEATHER
from tests.connectors.language import english, loose
from tests.unit.meetings import CLOUD, COPIL_1, FIRST, GUARD, MEETINGS, TOLD


def test_a_prepared_seance_has_a_title_and_nothing_written():
    assert COPIL_1.title == "Comité de pilotage du 20 octobre 2022"
    assert COPIL_1.audience == (Audience.COPIL, Audience.PREFECTURE)
    assert (COPIL_1.state, COPIL_1.comments, COPIL_1.forecast, COPIL_1.decisions) == (State.PREPAREE, (), None, ())
    assert prepared(2, date(2023, 3, 1), "2022-T4", zoning="2015", perimeter="Calais", title=" Copil de mars ").title == "Copil de mars"


def test_every_code_has_its_words():
    for words, codes in ((STATES, State), (AUDIENCES, Audience), (PROGRESS, Progress), (WEATHER, Weather), (HEADINGS, Heading)):
        assert list(words) == list(codes)
    assert [sky.meaning for sky in WEATHER.values()] == [
        "Objectifs sécurisés",
        "Objectifs atteignables",
        "Appuis nécessaires",
        "Objectifs compromis",
    ]
    assert loose("\n".join(advice.hint for advice in HEADINGS.values())) == []


def test_a_comment_replaces_the_one_of_its_heading_in_reading_order():
    data = Comment(Heading.DONNEES, "Trois partenaires sur quatre ont transmis.", "La coordination", date(2022, 10, 18))
    written = with_comment(with_comment(COPIL_1, TOLD), data)
    assert written.comments == (data, TOLD)
    shorter = replace(TOLD, text="Rien à signaler.")
    assert with_comment(written, shorter).comments == (data, shorter)
    assert with_comment(written, shorter).comment(Heading.RISQUES) == shorter
    assert without_comment(written, Heading.DONNEES).comments == (TOLD,)
    assert written.comment(Heading.REUSSITES) is None


def test_decisions_are_numbered_replaced_and_moved_on():
    second = Decision(2, "Écrire aux partenaires.", "La Ville", date(2022, 11, 30))
    written = with_decision(with_decision(COPIL_1, second), FIRST)
    assert [item.number for item in written.decisions] == [1, 2]
    assert next_decision(written) == 3
    moved = with_progress(with_progress(written, 2, Progress.EN_COURS, "Courrier prêt."), 2, Progress.FAITE)
    assert moved.decision(2) == replace(second, progress=Progress.FAITE, note="Courrier prêt.")
    assert with_progress(moved, 2, Progress.FAITE, "").decision(2).note == ""
    with pytest.raises(MeetingError, match=r"pas de décision 7 \(relevées\u00a0: 1, 2\)"):
        with_progress(written, 7, Progress.FAITE)
    with pytest.raises(MeetingError, match="La décision 1 ne peut pas être retirée"):
        checked(written, replace(written, decisions=(second,)))


@pytest.mark.parametrize(
    ("day", "progress", "late"),
    [
        (date(2022, 12, 31), Progress.A_FAIRE, False),
        (date(2023, 1, 1), Progress.A_FAIRE, True),
        (date(2023, 1, 1), Progress.EN_COURS, True),
        (date(2023, 1, 1), Progress.FAITE, False),
        (date(2023, 1, 1), Progress.ABANDONNEE, False),
        (date(2023, 1, 1), Progress.REPORTEE, False),
    ],
)
def test_late_is_worked_out_on_a_day(day, progress, late):
    assert replace(FIRST, progress=progress).late(day) is late


def test_points_keep_their_place():
    other = Point("Permis de conduire")
    written = with_point(with_point(COPIL_1, GUARD), other)
    dearer = replace(GUARD, cost="9 000 €")
    assert with_point(written, dearer).points == (dearer, other)
    assert without_point(written, GUARD.title).points == (other,)
    with pytest.raises(MeetingError, match="pas de point"):
        without_point(written, "Autre")


def test_a_seance_is_frozen_then_held_and_never_goes_back():
    with pytest.raises(MeetingError, match="Figez-la d'abord"):
        held(COPIL_1)
    with pytest.raises(MeetingError, match="pas encore figée"):
        checked(COPIL_1, frozen(COPIL_1))
    done = held(frozen(COPIL_1))
    assert done.state is State.TENUE
    assert frozen(done) == held(done) == done
    for state in (State.PREPAREE, State.FIGEE):
        with pytest.raises(MeetingError, match=f"est tenue\u00a0: elle ne redevient pas {STATES[state]}"):
            checked(done, replace(done, state=state))
    with pytest.raises(MeetingError, match=r"ne peut pas devenir la n°\u00a02"):
        checked(COPIL_1, replace(COPIL_1, number=2))


@pytest.mark.parametrize("past", [frozen, lambda meeting: held(frozen(meeting))])
def test_what_an_edition_shows_of_its_seance_no_longer_changes(past):
    meeting = past(with_comment(with_forecast(with_point(COPIL_1, GUARD), CLOUD), TOLD))
    changes = {
        "period": "2022-T2",
        "zoning": "2024",
        "perimeter": "Ailleurs",
        "comments": (),
        "forecast": None,
        "points": (),
    }
    assert set(changes) == set(LOCKED)
    for field, value in changes.items():
        with pytest.raises(MeetingError, match=f"on n'y change plus {LOCKED[field]}. Une correction"):
            checked(meeting, replace(meeting, **{field: value}))
    for refused in (lambda: with_comment(meeting, replace(TOLD, text="Autre")), lambda: with_forecast(meeting, None)):
        with pytest.raises(MeetingError, match="n'est pas modifiée\u00a0: rien n'est perdu"):
            refused()
    lived = with_progress(with_decision(meeting, FIRST), 1, Progress.FAITE)
    assert lived.decision(1).progress is Progress.FAITE
    assert checked(meeting, replace(meeting, attendees=("Mme A",), place="Hôtel de ville")).attendees == ("Mme A",)


@pytest.mark.parametrize(
    ("build", "told"),
    [
        (lambda: replace(TOLD, text="x" * (LONGEST + 1)), "le commentaire compte 1\u202f001 caractères, 1\u202f000 au plus"),
        (lambda: replace(TOLD, text=" \n"), "Il manque le commentaire"),
        (lambda: replace(TOLD, by=""), "Il manque la signature"),
        (lambda: replace(TOLD, text="a\x00b"), "caractère invisible"),
        (lambda: replace(CLOUD, text="\udc80"), "caractère invisible"),
        (lambda: replace(CLOUD, text=""), "Il manque le texte de la météo"),
        (lambda: replace(FIRST, number=0), "Le numéro de la décision est 0"),
        (lambda: replace(FIRST, owner=""), "Il manque le responsable de la décision 1"),
        (lambda: replace(GUARD, options=("",)), "Il manque une option du point «\u00a0Garde d'enfants le soir\u00a0»"),
        (lambda: replace(COPIL_1, number=-1), "numéro de la séance est \u22121"),
        (lambda: replace(COPIL_1, title=""), "Il manque le titre de la séance"),
        (lambda: replace(COPIL_1, period="2022-T5"), "n'est pas une période"),
        (lambda: replace(COPIL_1, period="2021"), "n'est pas un trimestre"),
        (lambda: replace(COPIL_1, period="2022-T4"), "Le T4 2022 finit le 31/12/2022"),
        (lambda: replace(COPIL_1, on=date(2022, 9, 30)), "il n'est pas terminé"),
        (lambda: replace(COPIL_1, audience=()), "n'a pas de public"),
        (lambda: replace(COPIL_1, audience=(Audience.COPIL, Audience.COPIL)), "Écrit deux fois\u00a0: le public «\u00a0copil\u00a0»"),
        (lambda: replace(COPIL_1, comments=(TOLD, TOLD)), "la rubrique «\u00a0risques\u00a0»"),
        (lambda: replace(COPIL_1, decisions=(FIRST, FIRST)), "la décision «\u00a01\u00a0»"),
        (lambda: replace(COPIL_1, points=(GUARD, GUARD)), "le point «"),
    ],
)
def test_what_cannot_be_is_refused_in_french(build, told):
    with pytest.raises(MeetingError, match=told) as raised:
        build()
    assert english(str(raised.value)) == []
    assert loose(str(raised.value)) == []


def test_a_thousand_characters_are_kept_whatever_they_are():
    assert len(replace(TOLD, text="é’\u202f😀\n" * 200).text) == LONGEST


@given(meeting=MEETINGS, decision=st.integers(1, 9), progress=st.sampled_from(Progress))
def test_a_step_changes_what_it_says_and_nothing_else(meeting, decision, progress):
    after = with_decision(meeting, replace(FIRST, number=decision, progress=progress))
    assert replace(after, decisions=meeting.decisions) == meeting
    assert {item.number for item in after.decisions} == {item.number for item in meeting.decisions} | {decision}
    assert checked(meeting, meeting) == meeting
