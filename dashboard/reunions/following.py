"""« Suites des décisions »: those of the séances before, where each stands today, and how to move one on or carry it over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import streamlit as st

from connectors.store import Saved
from dashboard.components import html
from dashboard.components.meeting_cards import card_title, decisions_table
from dashboard.data import Desk
from dashboard.reunions import drafts as kept_drafts
from dashboard.reunions import fields
from dashboard.reunions.deciding import STATES, USUAL
from dashboard.reunions.entries import DONE, Typed, fill, form_of
from dashboard.reunions.saving import attempt
from dashboard.reunions.visit import today
from indicators import typography as t
from indicators.meeting import SETTLED, Decision, Meeting, Progress, State
from indicators.meeting_steps import next_decision, with_decision, with_progress

NONE_YET = "Aucune séance antérieure n'a pris de décision."
HINT = "Noter où en est une décision, ou la reporter : elle est alors reprise, avec son texte, dans cette séance."
CARRIED = "_reporter"


def before(meetings: Sequence[Saved], current: Meeting) -> list[Saved]:
    """The séances held before one, the latest first."""
    earlier = [item for item in meetings if (item.meeting.on, item.meeting.number) < (current.on, current.number)]
    return sorted(earlier, key=lambda item: (item.meeting.on, item.meeting.number), reverse=True)


def is_past(meetings: Sequence[Saved], meeting: Meeting) -> bool:
    """Whether a séance was held and another comes after it: it is read, it changes no more."""
    latest = all((item.meeting.on, item.meeting.number) <= (meeting.on, meeting.number) for item in meetings)
    return meeting.state is State.TENUE and not latest


def follow(desk: Desk, current: Saved, earlier: Sequence[Saved], *, may_write: bool) -> None:
    """Draw the decisions of the séances before, and the form that moves one on."""
    taken = [(item.meeting.number, decision) for item in earlier for decision in item.meeting.decisions]
    if not taken:
        st.html(html.paragraph(NONE_YET, "phrase"))
        return
    on = today(desk)
    late = sum(decision.late(on) for _, decision in taken)
    told = f"{t.count(len(taken), 'décision')} des séances précédentes, {t.number(late)} en retard au {t.date_short(on)}."
    st.html(html.paragraph(told, "phrase"))
    st.html(decisions_table(taken, on, "Décisions des séances précédentes"))
    if may_write:
        with st.container(border=True, key="carte-suite"):
            st.html(card_title("Mettre à jour une décision", HINT))
            _move_on(desk, current, earlier)


def _move_on(desk: Desk, current: Saved, earlier: Sequence[Saved]) -> None:
    labels = {
        f"{item.meeting.number}.{decision.number}": f"{item.meeting.number}.{decision.number} {decision.text}"
        for item in earlier
        for decision in sorted(item.meeting.decisions, key=lambda one: one.progress in SETTLED)
    }
    code = fields.which("Décision à suivre", labels, f"suite-{current.meeting.number}", next(iter(labels)))
    place, number = (int(part) for part in code.split("."))
    origin = next(item for item in earlier if item.meeting.number == place)
    form = form_of(origin, f"suite-{number}", lambda meeting: _progress_of(meeting, number))
    drafts = kept_drafts.every(kept_drafts.folder_of(desk.settings), place)
    fill(form, drafts)
    state, note = st.columns([1, 3])
    with state:
        fields.code(desk, form, "progress", "État", STATES)
    with note:
        fields.line(desk, form, "note", "Note, facultative")
    fields.foot(desk, form, drafts, lambda meeting, _on: with_progress(meeting, number, Progress(form.text("progress")), form.text("note")))
    decision = origin.meeting.decision(number)
    if decision is not None and (decision.progress not in SETTLED or _is_carried(current.meeting, origin.meeting, decision)):
        _carry_button(desk, current, origin.meeting, decision)


def _carry_button(desk: Desk, current: Saved, origin: Meeting, decision: Decision) -> None:
    number, told = current.meeting.number, st.session_state.pop(CARRIED, None)
    if told is not None:
        (st.success if told[0] == DONE else st.error)(told[1])
    if _is_carried(current.meeting, origin, decision):
        st.html(html.paragraph(f"Déjà reportée à la séance n°{t.NBSP}{number}.", "note"))
        return
    label = f"Reporter à la séance n°{t.NBSP}{number}"
    st.button(label, key=f"reporter-{origin.number}-{decision.number}", on_click=_carry, args=(desk, number, origin, decision))


def _carry(desk: Desk, number: int, origin: Meeting, decision: Decision) -> None:
    """Take a decision up again in a séance; that of its own séance says where it went."""

    def step(meeting: Meeting, _on: date) -> Meeting:
        due = max(decision.due, meeting.on + USUAL)
        return with_decision(meeting, replace(decision, number=next_decision(meeting), due=due, note=_origin(origin, decision)))

    def noted(meeting: Meeting, _on: date) -> Meeting:
        return with_progress(meeting, decision.number, Progress.REPORTEE, f"Reportée à la séance n°{t.NBSP}{number}")

    said = attempt(desk, number, step)
    st.session_state[CARRIED] = attempt(desk, origin.number, noted) if said[0] == DONE else said


def _is_carried(meeting: Meeting, origin: Meeting, decision: Decision) -> bool:
    return any(item.note.startswith(_origin(origin, decision)) for item in meeting.decisions)


def _origin(origin: Meeting, decision: Decision) -> str:
    return f"Reportée de la décision {origin.number}.{decision.number}"


def _progress_of(meeting: Meeting, number: int) -> Typed:
    found = meeting.decision(number)
    return {"progress": found.progress.value if found else None, "note": found.note if found else ""}
