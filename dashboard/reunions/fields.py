"""The fields of a form, each kept as a draft when it changes, and what stands under them: the count, the draft, the buttons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from connectors.store.meetings import moment
from dashboard.components import html
from dashboard.components.meeting_cards import count_line, said_line
from dashboard.data import Desk
from dashboard.reunions import drafts as kept_drafts
from dashboard.reunions.drafts import Draft
from dashboard.reunions.entries import Form, adopt, keep, others, read
from dashboard.reunions.saving import Step, save, tell
from indicators import typography as t
from indicators.meeting import LONGEST

SAVE = "Enregistrer"
NOT_KEPT = "Non enregistré, et le brouillon n'a pas pu être gardé : le dossier des données refuse l'écriture. Enregistrez avant de quitter."


def text(
    desk: Desk, form: Form, field: str, label: str, *, height: int = 120, hint: str = "", collapsed: bool = False, counted: bool = True
) -> None:
    """A text of several lines, with its count: nothing prevents a longer one from being typed, saving refuses it."""
    with st.container(key=f"saisie-{form.key(field)}", gap="xxsmall"):
        st.text_area(
            label,
            key=form.key(field),
            height=height,
            persist_state="session",
            on_change=keep,
            args=(desk, form),
            placeholder=hint or None,
            label_visibility="collapsed" if collapsed else "visible",
        )
        if counted:
            st.html(count_line(len(str(st.session_state[form.key(field)] or "")), LONGEST))


def line(desk: Desk, form: Form, field: str, label: str, hint: str = "") -> None:
    """A text of one line."""
    st.text_input(
        label, key=form.key(field), persist_state="session", on_change=keep, args=(desk, form), live=True, placeholder=hint or None
    )


def day(desk: Desk, form: Form, field: str, label: str) -> None:
    """A date."""
    st.date_input(label, key=form.key(field), persist_state="session", on_change=keep, args=(desk, form), format="DD/MM/YYYY")


def code(desk: Desk, form: Form, field: str, label: str, options: Mapping[str, str]) -> None:
    """A choice in a list of codes, shown by their labels."""
    st.selectbox(
        label,
        list(options),
        format_func=lambda wanted: options.get(wanted, wanted),
        key=form.key(field),
        persist_state="session",
        on_change=keep,
        args=(desk, form),
    )


def which(label: str, options: Mapping[str, str], key: str, default: str) -> str:
    """Which of several things to write; ``default`` unless this visit chose."""
    if st.session_state.get(key) not in options:
        st.session_state[key] = default
    return str(st.selectbox(label, list(options), format_func=lambda code: options.get(code, code), key=key, persist_state="session"))


def drafted(drafts: Sequence[Draft], prefix: str, options: Mapping[str, str]) -> str:
    """The option that the latest draft writes, else the first: what was being typed is found again."""
    codes = [draft.form.removeprefix(prefix) for draft in drafts if draft.form.startswith(prefix)]
    return next((code for code in codes if code in options), next(iter(options)))


def foot(desk: Desk, form: Form, drafts: Sequence[Draft], step: Step, *, signed: str = "", label: str = SAVE) -> None:
    """The button of a form, whether what it holds is saved, how the last saving went, and what other visits left in it."""
    with st.container(horizontal=True, vertical_alignment="center", key=f"pied-{form.key('')}"):
        st.button(
            label, key=form.key("_enregistrer"), type="primary" if form.touched else "secondary", on_click=save, args=(desk, form, step)
        )
        st.html(said_line(_state(form, signed), typed=form.touched))
    tell(desk, form)
    for draft in others(form, drafts):
        with st.expander(t.french(f"Autre brouillon, gardé le {moment(draft.kept_at)}")):
            st.html(html.bullets([str(value) for value in read(draft, form).values() if value]))
            with st.container(horizontal=True):
                st.button("Reprendre ce brouillon", key=form.key(f"_adopter-{draft.writer}"), on_click=_take, args=(desk, form, draft))
                st.button("L'effacer", key=form.key(f"_effacer-{draft.writer}"), on_click=_drop, args=(draft,))


def _state(form: Form, signed: str) -> str:
    if not form.touched:
        return signed
    return t.french("Brouillon gardé, non enregistré." if form.memory.get("drafted", True) else NOT_KEPT)


def _take(desk: Desk, form: Form, draft: Draft) -> None:
    adopt(form, draft)
    keep(desk, form)


def _drop(draft: Draft) -> None:
    kept_drafts.forget(draft.folder, draft.meeting, draft.form, [draft.writer])
