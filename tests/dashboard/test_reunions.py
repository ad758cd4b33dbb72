"""The page Réunions on a real store: what is typed, saved, refused, found again, followed, and what two persons do to the same séance."""

from __future__ import annotations

import os
import re
from datetime import date
from html import unescape
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from connectors.store import Edition
from dashboard.navigation import HERE
from dashboard.reunions import drafts
from indicators.canonical import canonical, digest
from indicators.meeting import Audience, Comment, Decision, Forecast, Heading, Meeting, Point, Progress, State, Weather
from indicators.meeting_steps import held, prepared, with_comment, with_decision
from tests.connectors.cities import City, at
from tests.connectors.conftest import city
from tests.connectors.language import loose

__all__ = ["city"]

BY = "Mme Dupré"
RISKS = "seance-2-commentaire-risques"
BROKEN = re.compile(r"\b(nan|None|NaT|Traceback)\b")


@pytest.fixture
def store(city: City, monkeypatch: pytest.MonkeyPatch):
    """The store of an empty Cité, which the page reads."""
    for name in [name for name in os.environ if name.startswith("CITE_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("CITE_STORE_URL", city.settings.store_url)
    monkeypatch.chdir(city.folder)
    opened = city.store()
    yield opened
    opened.close()


def meeting(number: int, on: date) -> Meeting:
    return prepared(number, on, "2023-T1", zoning="2015", perimeter="Villetest", place="Mairie")


@pytest.fixture
def archive(store):
    """A first séance held, with a decision late and another done; a second in preparation."""
    archive = store.archive
    first = with_comment(meeting(1, date(2023, 4, 20)), Comment(Heading.DONNEES, "Tout est transmis.", BY, date(2023, 4, 18)))
    archive.save_meeting(first, at(1), BY, expected_version=0)
    freeze(archive)
    done = held(archive.meeting(1).meeting)
    for decision in (
        Decision(1, "Ouvrir une permanence.", "Mission locale", date(2023, 6, 30)),
        Decision(2, "Recenser les gardes.", "CCAS", date(2023, 5, 31), progress=Progress.FAITE),
    ):
        done = with_decision(done, decision)
    archive.save_meeting(done, at(3), BY, expected_version=2)
    archive.save_meeting(meeting(2, date(2023, 7, 20)), at(4), BY, expected_version=0)
    return archive


def freeze(archive, number: int = 1) -> None:
    content, saved = canonical({"id": f"S{number}-copil-1"}), archive.meeting(number)
    header = Edition(number, Audience.COPIL, "2023-T1", 1, at(2), BY, digest(content), None, "cite-emploi 0.1.0")
    archive.freeze(header, content, saved.meeting, expected_version=saved.version)


def opened(**address: str) -> AppTest:
    test = AppTest.from_file(str(HERE / "views/reunions.py"), default_timeout=60)
    for name, value in address.items():
        test.query_params[name] = value
    test.run()
    assert not test.exception
    return test


def told(test: AppTest) -> list[str]:
    """Everything the page writes, HTML tags removed."""
    return [item.value for item in test.title] + [unescape(re.sub(r"<[^>]+>", " ", item.proto.body)) for item in test.get("html")]


def written(test: AppTest) -> str:
    """The same on one line, every space alike."""
    return " ".join(" ".join(told(test)).split())


def button(test: AppTest, key: str):
    return test.button(key=key)


def save(test: AppTest, form: str) -> AppTest:
    test.button(key=f"{form}-_enregistrer").click().run()
    assert not test.exception
    return test


def test_a_city_without_seance_creates_its_first_and_prepares_it(store):
    test = opened()
    assert "aucune séance" in test.title[0].value
    assert "Remplissez le cadre" in written(test)
    test.button(key="creation-creer").click().run()
    assert "Vous signez" in test.error[0].value
    test.text_input(key="signature").set_value(BY)
    test.text_input(key="seance-0-creation-place").set_value("Mairie")
    test.button(key="creation-creer").click().run()
    assert not test.exception
    [saved] = store.archive.meetings()
    assert (saved.meeting.number, saved.meeting.period, saved.meeting.zoning, saved.meeting.place) == (1, "2023-T2", "2015", "Mairie")
    assert (saved.saved_by, saved.meeting.audience) == (BY, (Audience.COPIL, Audience.PREFECTURE))
    assert "5 rubriques à écrire" in test.title[0].value


def test_a_seance_that_cannot_be_keeps_what_was_typed(archive):
    test = opened(s="nouvelle")
    test.text_input(key="seance-0-creation-number").set_value("2")
    test.text_input(key="seance-0-creation-title").set_value("Copil d'été").run()
    test.button(key="creation-creer").click().run()
    assert "existe déjà, enregistrée par Mme Dupré" in test.error[0].value
    test.text_input(key="seance-0-creation-number").set_value("deux").run()
    test.button(key="creation-creer").click().run()
    assert "un nombre entier" in test.error[0].value
    again = opened(s="nouvelle")
    assert again.text_input(key="seance-0-creation-title").value == "Copil d'été"
    again.text_input(key="seance-0-creation-number").set_value("3").run()
    again.button(key="creation-creer").click().run()
    assert not again.exception
    assert archive.meeting(3).meeting.title == "Copil d'été"
    assert "Copil d'été" in again.title[0].value


@pytest.mark.usefixtures("archive")
def test_the_latest_seance_is_shown_unless_the_address_names_another():
    assert "n° 2" in written(opened())
    past = opened(s="1")
    assert "tenue, 2 décisions" in past.title[0].value
    assert "Cette séance est passée" in written(past)
    assert "Tout est transmis. Signé Mme Dupré, le 18/04/2023" in written(past)
    assert {item.key for item in past.text_area} == set()
    assert [item.key for item in past.button] == ["nouvelle-seance"]
    for test in (opened(), past):
        assert not BROKEN.search(written(test))
        assert [fault for text in told(test) for fault in loose(text)] == []


def test_a_comment_is_saved_signed_and_dated(archive):
    test = opened()
    test.text_area(key=f"{RISKS}-text").set_value("Le poste de coordination n'a pas de suite.").run()
    assert "Brouillon gardé, non enregistré" in written(test)
    assert archive.meeting(2).version == 1
    save(test, RISKS)
    kept = archive.meeting(2)
    assert kept.meeting.comment(Heading.RISQUES) == Comment(
        Heading.RISQUES, "Le poste de coordination n'a pas de suite.", BY, date(2023, 7, 10)
    )
    assert kept.saved_by == BY
    assert "Enregistré par Mme Dupré le 10/07/2023" in test.success[0].value
    assert "Brouillon gardé" not in written(test)
    assert drafts.every(_drafts(), 2) == []


def _drafts() -> Path:
    return Path.cwd() / "data" / drafts.FOLDER


def test_an_emptied_comment_is_taken_away(archive):
    test = opened()
    save(test.text_area(key=f"{RISKS}-text").set_value("Un risque.").run(), RISKS)
    save(test.text_area(key=f"{RISKS}-text").set_value("").run(), RISKS)
    assert archive.meeting(2).meeting.comments == ()


def test_what_is_typed_is_found_by_a_page_loaded_again(archive):
    test = opened()
    test.text_area(key=f"{RISKS}-text").set_value("À moitié écr").run()
    test.text_input(key="signature").set_value("M. Leroy").run()
    test.date_input(key="seance-2-decision-nouvelle-due").set_value(date(2023, 12, 1)).run()
    again = opened()
    assert again.text_area(key=f"{RISKS}-text").value == "À moitié écr"
    assert again.text_input(key="signature").value == "M. Leroy"
    assert again.date_input(key="seance-2-decision-nouvelle-due").value == date(2023, 12, 1)
    assert "Brouillon gardé, non enregistré" in written(again)
    save(again, RISKS)
    assert archive.meeting(2).meeting.comment(Heading.RISQUES).by == "M. Leroy"
    assert opened().text_area(key=f"{RISKS}-text").value == "À moitié écr"
    assert [draft.form for draft in drafts.every(_drafts(), 2)] == ["decision-nouvelle"]


def test_a_draft_that_cannot_be_written_is_said_so(archive):
    _drafts().parent.mkdir(exist_ok=True)
    _drafts().write_text("un fichier à la place du dossier", encoding="utf-8")
    test = opened()
    test.text_area(key=f"{RISKS}-text").set_value("À moitié écr").run()
    assert "Brouillon gardé" not in written(test)
    assert "le dossier des données refuse l'écriture" in written(test)
    save(test, RISKS)
    assert archive.meeting(2).meeting.comment(Heading.RISQUES).text == "À moitié écr"


@pytest.mark.usefixtures("archive")
def test_half_a_draft_left_by_a_power_cut_hinders_nothing():
    _drafts().mkdir(parents=True)
    (_drafts() / "moitié.json").write_text('{"meeting": 2, "form": "comm', encoding="utf-8")
    assert drafts.every(_drafts(), 2) == []
    assert opened().text_area(key=f"{RISKS}-text").value == ""


def test_a_text_that_is_too_long_is_refused_and_kept(archive):
    test, long = opened(), "é" * 1_012
    test.text_area(key=f"{RISKS}-text").set_value(long).run()
    assert "1\u202f012 caractères sur 1\u202f000\u00a0: 12 de trop" in re.sub(
        r"<[^>]+>", "", "".join(i.proto.body for i in test.get("html"))
    )
    save(test, RISKS)
    assert "1\u202f012 caractères, 1\u202f000 au plus" in test.error[0].value
    assert archive.meeting(2).version == 1
    assert test.text_area(key=f"{RISKS}-text").value == long
    assert opened().text_area(key=f"{RISKS}-text").value == long


def test_two_persons_under_the_same_heading(archive):
    """The second to save is told who did before, keeps what was typed, and may save it all the same."""
    mine = opened()
    mine.text_area(key=f"{RISKS}-text").set_value("Mon texte.").run()
    theirs = with_comment(archive.meeting(2).meeting, Comment(Heading.RISQUES, "Leur texte.", "M. Leroy", date(2023, 7, 10)))
    archive.save_meeting(theirs, at(10), "M. Leroy", expected_version=1)
    save(mine, RISKS)
    [error] = mine.error
    assert "a été enregistrée entre-temps par M. Leroy le 10/07/2023" in error.value
    assert "Enregistré à présent\u00a0: Leur texte." in " ".join(unescape(re.sub(r"<[^>]+>", "", i.proto.body)) for i in mine.get("html"))
    assert mine.text_area(key=f"{RISKS}-text").value == "Mon texte."
    assert archive.meeting(2).meeting == theirs
    mine.button(key=f"{RISKS}-_garder").click().run()
    assert mine.text_area(key=f"{RISKS}-text").value == "Mon texte."
    save(mine, RISKS)
    assert archive.meeting(2).meeting.comment(Heading.RISQUES).text == "Mon texte."


def test_the_second_may_also_take_what_the_first_saved(archive):
    mine = opened()
    mine.text_area(key=f"{RISKS}-text").set_value("Mon texte.").run()
    theirs = with_comment(archive.meeting(2).meeting, Comment(Heading.RISQUES, "Leur texte.", "M. Leroy", date(2023, 7, 10)))
    archive.save_meeting(theirs, at(10), "M. Leroy", expected_version=1)
    save(mine, RISKS)
    mine.button(key=f"{RISKS}-_reprendre").click().run()
    assert mine.text_area(key=f"{RISKS}-text").value == "Leur texte."
    assert not mine.error
    assert opened().text_area(key=f"{RISKS}-text").value == "Leur texte."


def test_two_persons_under_different_headings_do_not_hinder_each_other(archive):
    mine = opened()
    mine.text_area(key=f"{RISKS}-text").set_value("Mon texte.").run()
    theirs = with_comment(archive.meeting(2).meeting, Comment(Heading.DONNEES, "Leur texte.", "M. Leroy", date(2023, 7, 10)))
    archive.save_meeting(theirs, at(10), "M. Leroy", expected_version=1)
    save(mine, RISKS)
    assert not mine.error
    assert [item.text for item in archive.meeting(2).meeting.comments] == ["Leur texte.", "Mon texte."]
    assert mine.text_area(key="seance-2-commentaire-donnees-text").value == "Leur texte."


@pytest.mark.usefixtures("archive")
def test_another_visit_that_types_too_is_offered_and_never_overwritten():
    mine, theirs = opened(), opened()
    mine.text_area(key=f"{RISKS}-text").set_value("Mon texte.").run()
    theirs.text_area(key=f"{RISKS}-text").set_value("Leur texte.").run()
    assert sorted(draft.content for draft in drafts.every(_drafts(), 2)) == ['{"text": "Leur texte."}', '{"text": "Mon texte."}']
    mine.run()
    [other] = [item for item in mine.expander if item.label.startswith("Autre brouillon")]
    taken = next(item for item in mine.button if item.label == "Reprendre ce brouillon")
    taken.click().run()
    assert other.label.startswith("Autre brouillon, gardé le 10/07/2023")
    assert mine.text_area(key=f"{RISKS}-text").value == "Leur texte."


def test_the_weather_needs_its_text(archive):
    test = opened()
    test.radio(key="seance-2-meteo-weather").set_value("nuage").run()
    save(test, "seance-2-meteo")
    assert "Il manque le texte de la météo" in test.error[0].value
    save(test.text_area(key="seance-2-meteo-text").set_value("Deux appuis demandés.").run(), "seance-2-meteo")
    expected = Forecast(Weather.NUAGE, "Deux appuis demandés.", BY, date(2023, 7, 10))
    assert archive.meeting(2).meeting.forecast == expected
    assert "Appuis nécessaires" in test.radio(key="seance-2-meteo-weather").proto.captions


def test_a_point_is_written_changed_and_withdrawn(archive):
    test, new = opened(), "seance-2-point-nouveau"
    test.text_input(key=f"{new}-title").set_value("Garde en soirée")
    test.text_area(key=f"{new}-options").set_value("Oui\n\n Non ")
    test.text_area(key=f"{new}-cost").set_value("6 000 €").run()
    save(test, new)
    assert archive.meeting(2).meeting.points == (Point("Garde en soirée", ("Oui", "Non"), cost="6 000 €"),)
    assert test.text_input(key=f"{new}-title").value == ""
    chosen = next(item for item in test.selectbox if item.label == "Point à écrire")
    chosen.select_index(1).run()
    advice = next(item for item in test.text_area if item.label == "Avis de la coordination")
    advice.set_value("Favorable.").run()
    save(test, advice.key.removesuffix("-advice"))
    assert archive.meeting(2).meeting.points[0].advice == "Favorable."
    next(item for item in test.button if item.label == "Retirer ce point").click().run()
    assert archive.meeting(2).meeting.points == ()


def test_a_decision_is_taken_down_then_changed(archive):
    test, new = opened(), "seance-2-decision-nouvelle"
    save(test, new)
    assert "Il manque le texte de la décision 1" in test.error[0].value
    test.text_area(key=f"{new}-text").set_value("Ouvrir une permanence.")
    test.text_input(key=f"{new}-owner").set_value("CCAS")
    test.selectbox(key=f"{new}-indicator").set_value("N1.5")
    test.date_input(key=f"{new}-due").set_value(date(2023, 9, 30)).run()
    save(test, new)
    assert archive.meeting(2).meeting.decisions == (Decision(1, "Ouvrir une permanence.", "CCAS", date(2023, 9, 30), "N1.5"),)


def test_the_decisions_before_are_followed_and_moved_on(archive):
    test = opened()
    assert "2 décisions des séances précédentes, 1 en retard au 10/07/2023." in written(test)
    assert "en retard depuis le 30/06/2023" in written(test)
    form = "seance-1-suite-1"
    test.selectbox(key=f"{form}-progress").set_value("faite")
    test.text_input(key=f"{form}-note").set_value("Depuis le 3 juillet").run()
    save(test, form)
    moved = archive.meeting(1).meeting.decision(1)
    assert (moved.progress, moved.note) == (Progress.FAITE, "Depuis le 3 juillet")
    assert archive.meeting(1).meeting.state is State.TENUE
    assert "0 en retard" in written(test)


def test_a_decision_is_carried_over_once(archive):
    test = opened()
    button(test, "reporter-1-1").click().run()
    assert not test.exception
    [carried] = archive.meeting(2).meeting.decisions
    expected = Decision(1, "Ouvrir une permanence.", "Mission locale", date(2023, 10, 18), note="Reportée de la décision 1.1")
    assert carried == expected
    assert archive.meeting(1).meeting.decision(1).progress == Progress.REPORTEE
    assert archive.meeting(1).meeting.decision(1).note == "Reportée à la séance n°\u00a02"
    assert "Déjà reportée à la séance n° 2" in written(test)
    assert "reporter-1-1" not in {item.key for item in test.button}


@pytest.mark.usefixtures("archive")
def test_freezing_asks_to_be_confirmed_and_warns_of_what_is_not_saved():
    test = opened()
    test.text_area(key=f"{RISKS}-text").set_value("Pas enregistré").run()
    assert "1 saisie n'est pas enregistrée" in test.warning[0].value
    press = next(item for item in test.button if item.label == "Figer pour le copil")
    assert press.disabled
    test.checkbox(key="confirmer-2-copil-0").check().run()
    assert not next(item for item in test.button if item.label == "Figer pour le copil").disabled


def test_once_frozen_only_decisions_are_open_and_what_was_not_saved_is_still_read(archive):
    test = opened()
    test.text_area(key=f"{RISKS}-text").set_value("Trop tard").run()
    freeze(archive, 2)
    test.run()
    assert not test.exception
    assert "Ses chiffres sont figés" in written(test)
    assert "Brouillons non enregistrés\u00a0: 1" in [item.label for item in test.expander]
    assert "Trop tard" in written(test)
    assert f"{RISKS}-text" not in {item.key for item in test.text_area}
    assert "S2-copil-1" in written(test)
    assert 'href="/?edition=S2-copil-1"' in "".join(item.proto.body for item in test.get("html"))
    test.text_area(key="seance-2-tenue-attendees").set_value("PLIE\nCAF").run()
    save(test, "seance-2-tenue")
    kept = archive.meeting(2).meeting
    assert (kept.state, kept.attendees) == (State.TENUE, ("PLIE", "CAF"))
    assert "tenue" in test.title[0].value
