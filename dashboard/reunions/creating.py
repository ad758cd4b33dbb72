"""« Nouvelle séance »: its number, day, quarter, title and place; everything else is written afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import streamlit as st

from connectors.errors import CiteError
from connectors.store import Saved
from dashboard.components.meeting_cards import card_title
from dashboard.data import Desk
from dashboard.reunions import drafts, fields
from dashboard.reunions.entries import FAULT, Form, Typed, fill, forget
from dashboard.reunions.saving import UNSIGNED
from dashboard.reunions.visit import NO_MEETING, signature, today
from indicators import typography as t
from indicators.meeting import Audience, Meeting, MeetingError
from indicators.meeting_steps import BY_DEFAULT, prepared
from indicators.meeting_text import AUDIENCES
from indicators.period import Frequency, Period, between

HINT = "Elle lit un trimestre terminé. Les commentaires, les points et les décisions s'écrivent ensuite."
TITLE_HINT = "Comité de pilotage du … par défaut"
NO_QUARTER = "Aucun trimestre n'est terminé à cette date, ou aucun zonage n'est déclaré pour lui. Choisissez une autre date."
NO_NUMBER = "Le numéro de la séance est un nombre entier. Corrigez-le."
SOON = timedelta(days=14)
READERS = "creation-publics"
PARAMETER = "s"
"""The parameter of the address that carries the number of the séance shown."""


def create(desk: Desk, meetings: Sequence[Saved]) -> None:
    """Draw the form of a new séance."""
    form = _form(desk, meetings)
    fill(form, drafts.every(drafts.folder_of(desk.settings), NO_MEETING))
    with st.container(border=True, key="carte-creation"):
        st.html(card_title("Nouvelle séance", HINT))
        first, second, third, fourth = st.columns([1, 2, 2, 4])
        with first:
            fields.line(desk, form, "number", "Numéro")
        with second:
            fields.day(desk, form, "on", "Date")
        with third:
            _quarter(desk, form)
        with fourth:
            fields.line(desk, form, "place", "Lieu")
        fields.line(desk, form, "title", "Titre", TITLE_HINT)
        names = {item.value: AUDIENCES[item] for item in Audience}
        st.session_state.setdefault(READERS, [item.value for item in BY_DEFAULT])
        st.multiselect("Lue par", list(names), format_func=lambda code: names[code], key=READERS, persist_state="session")
        st.button("Créer la séance", type="primary", key="creation-creer", on_click=_create, args=(desk, form))
        told = form.memory.get("told")
        if isinstance(told, tuple):
            st.error(told[1])


def _form(desk: Desk, meetings: Sequence[Saved]) -> Form:
    on = today(desk) + SOON
    number = max((item.meeting.number for item in meetings), default=0) + 1
    start: Typed = {"number": str(number), "on": on, "period": next(iter(_quarters(desk, on)), None), "place": "", "title": ""}
    return Form(NO_MEETING, "creation", lambda _: start, 0, start)


def _quarter(desk: Desk, form: Form) -> None:
    offered = _quarters(desk, form.day("on"))
    if st.session_state[form.key("period")] not in offered:
        st.session_state[form.key("period")] = next(iter(offered), None)
    fields.code(desk, form, "period", "Trimestre lu", offered)


def _quarters(desk: Desk, on: date) -> dict[str, str]:
    """The quarters over on a day, the latest first: code to label."""
    over = between(desk.settings.city.started_on, on - timedelta(days=1), Frequency.QUARTER)
    return {period.code: t.period_label(period) for period in reversed(over)}


def _create(desk: Desk, form: Form) -> None:
    """Create the séance and have the page show it; say why not otherwise, everything typed being kept."""
    if not signature():
        form.memory["told"] = FAULT, t.french(UNSIGNED)
        return
    try:
        meeting = _typed(desk, form)
        desk.store.archive.save_meeting(meeting, desk.now(), signature(), expected_version=0)
    except (MeetingError, CiteError) as error:
        form.memory["told"] = FAULT, str(error)
        return
    forget(desk, form)
    form.memory["told"] = None
    st.session_state[PARAMETER] = str(meeting.number)


def _typed(desk: Desk, form: Form) -> Meeting:
    """The séance that the form describes."""
    code, number = form.text("period"), form.text("number")
    zoning = desk.settings.territory.zoning_of(Period.parse(code)) if code else None
    if zoning is None:
        raise MeetingError(NO_QUARTER)
    if not number.isdecimal():
        raise MeetingError(NO_NUMBER)
    return prepared(
        int(number),
        form.day("on"),
        code,
        zoning=zoning.code,
        perimeter=f"{desk.settings.city.commune_name}, {t.lower_first(zoning.label)}",
        title=form.text("title"),
        audience=tuple(Audience(reader) for reader in st.session_state[READERS]),
        place=form.text("place"),
    )
