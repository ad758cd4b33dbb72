"""Réunions: prepare a séance, take its decisions down, follow those before, freeze it. Its editions are written in ``content``."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from connectors.store import Saved
from dashboard import data
from dashboard.choices import code_choice
from dashboard.components import html
from dashboard.components.meeting_cards import card, read_only
from dashboard.content.offers import Offer
from dashboard.data import Desk
from dashboard.reunions import creating, freezing, issuing
from dashboard.reunions import drafts as kept_drafts
from dashboard.reunions.creating import PARAMETER
from dashboard.reunions.deciding import decisions, show_decisions
from dashboard.reunions.drafts import Draft
from dashboard.reunions.following import before, follow, is_past
from dashboard.reunions.leftover import leftover
from dashboard.reunions.points import points, show_points
from dashboard.reunions.preparing import prepare
from dashboard.reunions.visit import ask_signature
from indicators import typography as t
from indicators.meeting import State
from indicators.meeting_text import STATES

NEW = "nouvelle"
NO_SEANCE = "Aucune séance n'est créée."
CREATE = "Remplissez le cadre ci-dessous : son numéro, sa date, le trimestre qu'elle lit. La suite se prépare ici."
PAST = "Cette séance est passée : elle se lit, elle ne change plus. Ses décisions se suivent dans la dernière séance."
FROZEN = "Ses chiffres sont figés : météo, commentaires et points ne changent plus. Les décisions, elles, se relèvent en séance."


def page() -> None:
    """Draw the page."""
    desk = data.current_desk()
    meetings = desk.store.archive.meetings()
    if not meetings:
        st.title(f"Réunions{t.NBSP}: aucune séance", anchor=False)
        st.html(f'<div class="vide">{html.paragraph(NO_SEANCE, "vide-titre")}{html.paragraph(t.french(CREATE))}</div>')
        ask_signature(desk, "")
        creating.create(desk, meetings)
        return
    wanted = _chosen(desk, meetings)
    if wanted == NEW:
        st.title(f"Réunions{t.NBSP}: nouvelle séance", anchor=False)
        creating.create(desk, meetings)
        return
    _meeting(desk, meetings, next(item for item in meetings if str(item.meeting.number) == wanted))


def _chosen(desk: Desk, meetings: Sequence[Saved]) -> str:
    """The number of the séance to show, the latest unless told, or ``NEW``."""
    latest_first = sorted(meetings, key=lambda item: (item.meeting.on, item.meeting.number), reverse=True)
    options = {str(item.meeting.number): _label(item) for item in latest_first} | {NEW: "Nouvelle séance…"}
    with st.container(horizontal=True, vertical_alignment="bottom", key="choix-seance"):
        wanted = code_choice("Séance", Offer(options, next(iter(options))), PARAMETER)
        if wanted != NEW:
            st.button("Nouvelle séance", key="nouvelle-seance", on_click=_open, args=(NEW,))
        ask_signature(desk, latest_first[0].saved_by)
    return wanted


def _label(saved: Saved) -> str:
    meeting = saved.meeting
    return f"Séance {meeting.number}, {t.date_short(meeting.on)}"


def _open(wanted: object) -> None:
    """Have the page show a séance, or the form of a new one."""
    st.session_state[PARAMETER] = str(wanted)


def _meeting(desk: Desk, meetings: Sequence[Saved], saved: Saved) -> None:
    meeting = saved.meeting
    past = is_past(meetings, meeting)
    drafts = kept_drafts.every(kept_drafts.folder_of(desk.settings), meeting.number)
    st.title(f"{t.french(meeting.title)}{t.NBSP}: {_finding(saved)}", anchor=False)
    st.html(card(meeting))
    freezing.told(meeting.number)
    if meeting.state is not State.PREPAREE:
        st.html(html.paragraph(t.french(PAST if past else FROZEN), "note"))
    _tabs(desk, saved, before(meetings, meeting), drafts, past=past)


def _finding(saved: Saved) -> str:
    meeting = saved.meeting
    if meeting.state is State.PREPAREE:
        missing = 4 - len(meeting.comments) + (meeting.forecast is None)
        return "prête à figer" if not missing else f"{t.count(missing, 'rubrique')} à écrire"
    return f"{STATES[meeting.state]}, {t.count(len(meeting.decisions), 'décision')}"


def _tabs(desk: Desk, saved: Saved, earlier: Sequence[Saved], drafts: Sequence[Draft], *, past: bool) -> None:
    prepared = saved.meeting.state is State.PREPAREE
    first, last = (
        ("Préparer" if prepared else "Ce qui est écrit"),
        ("Éditions" if saved.meeting.state is State.TENUE else "Figer et éditions"),
    )
    names = [first, "Points soumis à décision", "Décisions", "Suites des décisions", last]
    written, asked, decided, followed, frozen = st.tabs(names)
    with written:
        if prepared:
            prepare(desk, saved, drafts)
        else:
            st.html(read_only(saved.meeting))
            leftover(drafts)
    with asked:
        points(desk, saved, drafts) if prepared else show_points(saved.meeting)
    with decided:
        show_decisions(desk, saved.meeting) if past else decisions(desk, saved, drafts)
    with followed:
        follow(desk, saved, earlier, may_write=not past)
    with frozen:
        _editions(desk, saved, drafts, past=past)


def _editions(desk: Desk, saved: Saved, drafts: Sequence[Draft], *, past: bool) -> None:
    found = desk.store.archive.editions()
    freezing.editions(saved, found)
    issuing.documents(desk, saved, found)
    if past or saved.meeting.state is State.TENUE:
        return
    freezing.freeze(desk, saved, found, drafts)
    if saved.meeting.state is State.FIGEE:
        freezing.hold(desk, saved, drafts)


page()
