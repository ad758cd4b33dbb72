"""« Préparer »: the météo and the comments of a séance not frozen yet, each in a form of its own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st

from connectors.store import Saved
from dashboard.components import html
from dashboard.components.meeting_cards import card_title, signed
from dashboard.data import Desk
from dashboard.reunions import fields
from dashboard.reunions.drafts import Draft
from dashboard.reunions.entries import Form, Typed, fill, form_of, keep
from dashboard.reunions.visit import signature
from indicators import typography as t
from indicators.meeting import Comment, Forecast, Heading, Meeting, MeetingError, Weather
from indicators.meeting_steps import with_comment, with_forecast, without_comment
from indicators.meeting_text import HEADINGS, WEATHER

KEPT = (
    "Ce que vous tapez est gardé en brouillon au fur et à mesure, et se retrouve même si la page est rechargée ou le serveur arrêté. "
    "Il n'entre dans la séance qu'une fois enregistré."
)
WHAT = "Votre confiance dans l'atteinte des objectifs, et pourquoi. Elle n'est jamais calculée."


def prepare(desk: Desk, saved: Saved, drafts: Sequence[Draft]) -> None:
    """Draw the forms, those of the comments by two."""
    st.html(html.paragraph(t.french(KEPT), "note"))
    _weather(desk, saved, drafts)
    headings = list(Heading)
    for pair in (headings[:2], headings[2:]):
        for place, heading in zip(st.columns(2, gap="medium"), pair, strict=True):
            with place:
                _comment(desk, saved, drafts, heading)


def _weather(desk: Desk, saved: Saved, drafts: Sequence[Draft]) -> None:
    form = form_of(saved, "meteo", _weather_of)
    fill(form, drafts)
    with st.container(border=True, key=f"carte-{form.key('')}"):
        st.html(card_title("Météo", WHAT))
        st.radio(
            "Confiance",
            [code.value for code in Weather],
            format_func=lambda code: WEATHER[Weather(code)].label,
            captions=[WEATHER[code].meaning for code in Weather],
            horizontal=True,
            index=None,
            key=form.key("weather"),
            persist_state="session",
            on_change=keep,
            args=(desk, form),
            label_visibility="collapsed",
        )
        fields.text(desk, form, "text", "Pourquoi cette météo", height=80)
        fields.foot(desk, form, drafts, lambda meeting, on: _with_weather(meeting, form, on), signed=signed(saved.meeting.forecast))


def _weather_of(meeting: Meeting) -> Typed:
    found = meeting.forecast
    return {"weather": found.weather.value if found else None, "text": found.text if found else ""}


def _with_weather(meeting: Meeting, form: Form, on: date) -> Meeting:
    weather, text = form.text("weather"), form.text("text")
    if not weather and not text:
        return with_forecast(meeting, None)
    if not weather:
        raise MeetingError("Il manque la météo. Choisissez soleil, éclaircies, nuage ou orage.")
    return with_forecast(meeting, Forecast(Weather(weather), text, signature(), on))


def _comment(desk: Desk, saved: Saved, drafts: Sequence[Draft], heading: Heading) -> None:
    advice = HEADINGS[heading]
    form = form_of(saved, f"commentaire-{heading}", lambda meeting: _comment_of(meeting, heading))
    fill(form, drafts)
    with st.container(border=True, key=f"carte-{form.key('')}"):
        st.html(card_title(advice.label, advice.hint))
        fields.text(desk, form, "text", advice.label, height=110, collapsed=True)
        fields.foot(desk, form, drafts, lambda meeting, on: _with_comment(meeting, form, heading, on), signed=_by(saved, heading))


def _comment_of(meeting: Meeting, heading: Heading) -> Typed:
    found = meeting.comment(heading)
    return {"text": found.text if found else ""}


def _with_comment(meeting: Meeting, form: Form, heading: Heading, on: date) -> Meeting:
    text = form.text("text")
    if not text:
        return without_comment(meeting, heading)
    return with_comment(meeting, Comment(heading, text, signature(), on))


def _by(saved: Saved, heading: Heading) -> str:
    return t.french(signed(saved.meeting.comment(heading)))
