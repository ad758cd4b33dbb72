"""« Documents »: the pack of each edition of a séance, made when asked for and kept with it."""

from __future__ import annotations

from functools import partial

import pandas as pd
import streamlit as st

from connectors.store import Saved
from dashboard.components import html
from dashboard.data import Desk
from dashboard.documents.pack import hand_out
from dashboard.documents.same_bytes import packed
from dashboard.editions.reading import open_edition
from indicators import typography as t

WHAT = (
    "Présentation (PowerPoint), note de synthèse (PDF), annexe (Excel), relevé de décisions (Word et PDF), données : tirés de l'édition "
    "figée. Un document déjà remis ressort tel quel ; la présentation et le relevé suivent la séance."
)


def documents(desk: Desk, saved: Saved, found: pd.DataFrame) -> None:
    """Draw a button for each edition of a séance; nothing where there is none."""
    mine = found[found["seance"] == saved.meeting.number]
    if mine.empty:
        return
    st.header("Documents", anchor=False)
    st.html(html.paragraph(t.french(WHAT), "note"))
    with st.container(horizontal=True):
        for name in mine.sort_values("frozen_at")["id"].astype("str"):
            st.download_button(
                f"Documents de l'édition {name}",
                partial(_pack, desk, name),
                f"documents-{name}.zip",
                "application/zip",
                key=f"documents-{name}",
                on_click="ignore",
            )


def _pack(desk: Desk, name: str) -> bytes:
    return packed(dict(hand_out(desk.store, open_edition(desk, name), desk.now())))
