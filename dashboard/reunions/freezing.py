"""« Figer et éditions »: the editions of a séance, a button for each audience, and saying that the séance was held."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd
import streamlit as st

from connectors.errors import CiteError
from connectors.store import Saved
from dashboard.components import html
from dashboard.components.meeting_cards import card_title, editions_table
from dashboard.data import Desk
from dashboard.editions.freezing import freeze_for
from dashboard.reunions import fields
from dashboard.reunions.drafts import Draft
from dashboard.reunions.entries import Form, Typed, fill, form_of
from dashboard.reunions.saving import UNSIGNED
from dashboard.reunions.visit import signature
from indicators import typography as t
from indicators.meeting import Audience, Meeting
from indicators.meeting_steps import checked, held
from indicators.meeting_text import AUDIENCES

NONE_YET = "Aucune édition n'est figée pour cette séance."
FINAL = (
    "Figer enregistre tous les chiffres que ce public verra, après contrôle du secret. "
    "Il n'y a pas de retour : une correction est une nouvelle édition."
)
CONFIRM = "J'ai relu la séance : cette édition ne pourra plus être changée."
HELD = "Qui présidait, qui était là : une personne ou un organisme par ligne. La séance devient « tenue » ; ses décisions restent suivies."
PEOPLE = (("chairs", "Présidence"), ("attendees", "Présents"), ("excused", "Excusés"))
REFUSED = "Rien n'a été figé."


def editions(saved: Saved, found: pd.DataFrame) -> None:
    """Write the editions of a séance."""
    mine = found[found["seance"] == saved.meeting.number]
    st.html(html.paragraph(t.french(NONE_YET), "phrase") if mine.empty else editions_table(mine))


def freeze(desk: Desk, saved: Saved, found: pd.DataFrame, drafts: Sequence[Draft]) -> None:
    """Draw what freezes the séance, for each audience that reads it."""
    st.header("Figer", anchor=False)
    st.html(html.paragraph(t.french(FINAL), "note"))
    if drafts:
        unsaved = t.count(len({draft.form for draft in drafts}), "saisie n'est pas enregistrée", "saisies ne sont pas enregistrées")
        st.warning(
            t.french(
                f"{unsaved} : l'édition ne la montrera pas." if unsaved.startswith("1 ") else f"{unsaved} : l'édition ne les montrera pas."
            )
        )
    for place, audience in zip(st.columns(max(2, len(saved.meeting.audience))), saved.meeting.audience, strict=False):
        with place, st.container(border=True, key=f"figer-{audience}"):
            _freeze_one(desk, saved.meeting, found, audience)


def _freeze_one(desk: Desk, meeting: Meeting, found: pd.DataFrame, audience: Audience) -> None:
    mine = found[(found["seance"] == meeting.number) & (found["audience"] == audience)]
    before = str(mine.sort_values("frozen_at")["id"].iloc[-1]) if len(mine) else None
    hint = f"Remplace l'édition {before}, qui reste lisible." if before else "Première édition pour ce public."
    st.html(card_title(f"Pour {_the(audience)}", hint))
    key = f"{meeting.number}-{audience}-{len(mine)}"
    sure = st.checkbox(t.french(CONFIRM), key=f"confirmer-{key}")
    label = f"Corriger l'édition {before}" if before else f"Figer pour {_the(audience)}"
    if st.button(label, key=f"figer-{key}", type="primary", disabled=not sure):
        _run(desk, meeting, audience, before)


def _the(audience: Audience) -> str:
    return {Audience.PREFECTURE: "la Préfecture", Audience.COORDINATION: "la coordination"}.get(audience, f"le {AUDIENCES[audience]}")


def _run(desk: Desk, meeting: Meeting, audience: Audience, before: str | None) -> None:
    """Freeze, telling how far it is; what it found to refuse is listed."""
    if not signature():
        st.error(t.french(UNSIGNED))
        return
    with st.status(t.french(f"Édition pour {_the(audience)} en cours…"), expanded=True) as status:
        bar = st.progress(0.0, "Préparation")

        def progress(said: str, share: float) -> None:
            bar.progress(min(max(share, 0.0), 1.0), t.french(said))

        try:
            kept = freeze_for(desk, meeting.number, audience, by=signature(), replaces=before, progress=progress)
        except CiteError as error:
            status.update(label=REFUSED, state="error")
            _refused(str(error))
            return
    st.session_state[f"_fige-{meeting.number}"] = f"Édition {kept.id} figée, empreinte {kept.sha256[:12]}."
    st.rerun()


def _refused(said: str) -> None:
    """The reason, what is exposed as a list, what to do."""
    first, *others = said.splitlines()
    named = [line.removeprefix("- ") for line in others if line.startswith("- ")]
    st.error(first)
    st.html(html.bullets(named) + "".join(html.paragraph(line) for line in others if not line.startswith("- ")))


def told(number: int) -> None:
    """Say once what was just frozen."""
    sentence = st.session_state.pop(f"_fige-{number}", None)
    if sentence:
        st.success(sentence)


def hold(desk: Desk, saved: Saved, drafts: Sequence[Draft]) -> None:
    """Draw what says that a frozen séance was held, and who was there."""
    st.header("Séance tenue", anchor=False)
    form = form_of(saved, "tenue", _people)
    fill(form, drafts)
    with st.container(border=True, key="carte-tenue"):
        st.html(card_title("Présences", HELD))
        for place, (field, label) in zip(st.columns(3), PEOPLE, strict=True):
            with place:
                fields.text(desk, form, field, label, height=110, counted=False)
        fields.foot(desk, form, drafts, lambda meeting, _on: _held(meeting, form), label="Séance tenue")


def _people(meeting: Meeting) -> Typed:
    return {field: "\n".join(getattr(meeting, field)) for field, _ in PEOPLE}


def _held(meeting: Meeting, form: Form) -> Meeting:
    names = {field: tuple(line.strip() for line in form.text(field).splitlines() if line.strip()) for field, _ in PEOPLE}
    present = replace(meeting, chairs=names["chairs"], attendees=names["attendees"], excused=names["excused"])
    return held(checked(meeting, present))
