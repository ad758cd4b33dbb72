"""Who writes, when, and in which visit: what the forms of a séance share. Their fields are in ``entries``."""

from __future__ import annotations

from datetime import date
from secrets import token_hex

import streamlit as st

from connectors.calendar import PARIS
from dashboard.data import Desk
from dashboard.reunions import drafts
from dashboard.reunions.drafts import Draft

SIGNATURE = "signature"
NO_MEETING = 0
"""Where drafts that belong to no séance are kept."""


def today(desk: Desk) -> date:
    """The day it is, in Paris."""
    return desk.now().astimezone(PARIS).date()


def writer() -> str:
    """What tells this visit from another; a page loaded again is another visit."""
    return str(st.session_state.setdefault("_visite", token_hex(8)))


def signature() -> str:
    """The name under which this visit writes, empty until one is given."""
    return str(st.session_state.get(SIGNATURE, "")).strip()


def ask_signature(desk: Desk, proposed: str) -> None:
    """Ask for the name to sign with: the one last typed in a visit, else the one ``proposed``."""
    if SIGNATURE not in st.session_state:
        typed = [draft for draft in drafts.every(drafts.folder_of(desk.settings), NO_MEETING) if draft.form == SIGNATURE]
        st.session_state[SIGNATURE] = typed[0].content if typed else proposed
    st.text_input(
        "Vous signez",
        key=SIGNATURE,
        persist_state="session",
        on_change=_keep_signature,
        args=(desk,),
        live=True,
        width=320,
        placeholder="Prénom, nom, fonction",
    )


def _keep_signature(desk: Desk) -> None:
    drafts.keep(Draft(drafts.folder_of(desk.settings), NO_MEETING, SIGNATURE, writer(), 0, desk.now(), signature()))
