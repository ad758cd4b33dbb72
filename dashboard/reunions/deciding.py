"""« Décisions »: those of the séance, taken down or changed one at a time. Those of the séances before are in ``following``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from connectors.store import Saved
from dashboard.components import html
from dashboard.components.meeting_cards import card_title, decisions_table
from dashboard.data import Desk
from dashboard.reunions import fields
from dashboard.reunions.drafts import Draft
from dashboard.reunions.entries import Form, Typed, fill, form_of
from dashboard.reunions.visit import today
from indicators import typography as t
from indicators.meeting import Decision, Meeting, Progress
from indicators.meeting_steps import next_decision, with_decision
from indicators.meeting_text import PROGRESS
from indicators.registry import indicators

NEW = "nouvelle"
NONE_YET = "Aucune décision n'est relevée pour cette séance."
HINT = "Un verbe d'action, une personne qui en répond, une date. Elle sera suivie aux séances suivantes."
STATES = {code.value: label for code, label in PROGRESS.items()}
USUAL = timedelta(days=90)
"""The time given to a new decision unless told."""


def show_decisions(desk: Desk, meeting: Meeting) -> None:
    """Write the decisions of a séance, with where each stands today."""
    if not meeting.decisions:
        st.html(html.paragraph(NONE_YET, "phrase"))
        return
    rows = [(meeting.number, item) for item in meeting.decisions]
    st.html(decisions_table(rows, today(desk), f"Décisions de la séance n°{t.NBSP}{meeting.number}"))


def decisions(desk: Desk, saved: Saved, drafts: Sequence[Draft]) -> None:
    """Draw the decisions, and the form that takes one down or changes one."""
    show_decisions(desk, saved.meeting)
    take_down(desk, saved, drafts)


def take_down(desk: Desk, saved: Saved, drafts: Sequence[Draft], *, narrow: bool = False) -> None:
    """Draw the form that takes a decision down or changes one; ``narrow``: beside something else."""
    taken = {str(item.number): f"{item.number}. {item.text}" for item in saved.meeting.decisions}
    with st.container(border=True, key="carte-decision"):
        st.html(card_title("Relever une décision", HINT))
        options = {NEW: "Nouvelle décision"} | taken
        default = fields.drafted(drafts, "decision-", options)
        chosen = fields.which("Décision à écrire", options, f"decision-{saved.meeting.number}", default=default)
        _decision(desk, saved, drafts, chosen, narrow=narrow)


def _decision(desk: Desk, saved: Saved, drafts: Sequence[Draft], code: str, *, narrow: bool) -> None:
    form = form_of(saved, f"decision-{code}", lambda meeting: _decision_of(meeting, code))
    fill(form, drafts)
    fields.text(desk, form, "text", "Décision", height=80, hint="Par exemple : ouvrir une permanence de la mission locale à Beau-Marais")
    first, second, third, fourth, last = _places(narrow=narrow)
    with first:
        fields.line(desk, form, "owner", "Responsable")
    with second:
        fields.day(desk, form, "due", "Échéance")
    with third:
        fields.code(desk, form, "indicator", "Indicateur lié", linked())
    with fourth:
        fields.code(desk, form, "progress", "État", STATES)
    with last:
        fields.line(desk, form, "note", "Note, facultative")
    fields.foot(
        desk, form, drafts, lambda meeting, _on: with_decision(meeting, _written(meeting, form, code)), label="Enregistrer la décision"
    )


def _places(*, narrow: bool) -> Sequence[DeltaGenerator]:
    """Where the owner, the due day, the indicator, the state and the note are typed."""
    if not narrow:
        return [*st.columns([3, 2, 4, 2]), st.container()]
    owner, due, progress = st.columns(3)
    indicator, note = st.columns(2)
    return [owner, due, indicator, progress, note]


def linked() -> Mapping[str, str]:
    """The indicators of the catalogue that a decision may aim at, by code; empty for none."""
    return {"": "Aucun"} | {code: f"{code} {item.short}" for code, item in indicators().items()}


def _decision_of(meeting: Meeting, code: str) -> Typed:
    found = meeting.decision(int(code)) if code != NEW else None
    texts = {name: str(getattr(found, name, "")) for name in ("text", "owner", "indicator", "note")}
    due, progress = (found.due, found.progress) if found else (meeting.on + USUAL, Progress.A_FAIRE)
    return texts | {"due": due, "progress": progress.value}


def _written(meeting: Meeting, form: Form, code: str) -> Decision:
    number = next_decision(meeting) if code == NEW else int(code)
    text, owner, indicator, note = (form.text(name) for name in ("text", "owner", "indicator", "note"))
    return Decision(number, text, owner, form.day("due"), indicator, Progress(form.text("progress")), note)
