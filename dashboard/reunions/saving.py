"""Saving a form: one step on the séance as it is now, refused when somebody changed the same content meanwhile. Nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import streamlit as st

from connectors.errors import CiteError
from connectors.store import Archive, Saved
from connectors.store.meetings import moment
from dashboard.components import html
from dashboard.data import Desk
from dashboard.reunions.entries import DONE, FAULT, STALE, Form, forget, keep
from dashboard.reunions.visit import signature, today
from indicators import typography as t
from indicators.meeting import Meeting, MeetingError

Step = Callable[[Meeting, date], Meeting]
"""A change to a séance, made on a day."""
UNSIGNED = "Indiquez votre nom sous « Vous signez », en haut de la page : ce qui est enregistré est signé. Rien n'est perdu."


def save(desk: Desk, form: Form, step: Step) -> None:
    """Save a form, signed and dated; what happened is told under it, and a refused one keeps what was typed."""
    said = attempt(desk, form.number, step, lambda archive, saved: _expected(archive, saved, form))
    if said[0] == DONE:
        forget(desk, form)
    form.memory["told"] = said


def attempt(desk: Desk, number: int, step: Step, expected: Callable[[Archive, Saved], int] | None = None) -> tuple[str, str]:
    """Change a séance by a step: how it went, and the French sentence that says so."""
    archive = desk.store.archive
    if not signature():
        return FAULT, t.french(UNSIGNED)
    try:
        saved = archive.meeting(number)
        wanted = expected(archive, saved) if expected else saved.version
        if wanted != saved.version:
            archive.save_meeting(saved.meeting, desk.now(), signature(), expected_version=wanted)  # refused, by the store's own words
        kept = archive.save_meeting(step(saved.meeting, today(desk)), desk.now(), signature(), expected_version=saved.version)
    except MeetingError as error:
        return FAULT, str(error)
    except CiteError as error:
        return STALE, str(error)
    return DONE, t.french(f"Enregistré par {kept.saved_by} le {moment(kept.saved_at)} (version {kept.version}).")


def _expected(archive: Archive, saved: Saved, form: Form) -> int:
    """The version that what is typed may be saved on: that of now, unless the same content changed since it was typed."""
    before = next((item for item in archive.history(form.number) if item.version == form.typed_from), None)
    changed = before is None or form.view(before.meeting) != form.view(saved.meeting)
    return form.typed_from if changed and form.view(saved.meeting) != form.typed else saved.version


def tell(desk: Desk, form: Form) -> None:
    """Say under a form how its last saving went; after a conflict, show what is saved and how to go on."""
    told = form.memory.get("told")
    if not isinstance(told, tuple):
        return
    how, sentence = told
    if how == DONE and not form.touched:
        st.success(sentence)
    elif how == FAULT or (how == STALE and form.touched):
        st.error(sentence)
    if how == STALE and form.touched:
        _settle(desk, form)


def _settle(desk: Desk, form: Form) -> None:
    present = " · ".join(str(value) for value in form.saved.values() if value) or "rien"
    st.html(html.paragraph(t.french(f"Enregistré à présent : {present}"), "note"))
    with st.container(horizontal=True):
        st.button("Garder ma saisie", key=form.key("_garder"), on_click=_rebase, args=(desk, form))
        st.button("Reprendre le texte enregistré", key=form.key("_reprendre"), on_click=_give_up, args=(desk, form))


def _rebase(desk: Desk, form: Form) -> None:
    form.memory.update(version=form.version, base=dict(form.saved), told=None)
    keep(desk, form)


def _give_up(desk: Desk, form: Form) -> None:
    forget(desk, form)
    form.memory["told"] = None
