"""What was typed under a heading and not saved before its séance was frozen: shown, so that nothing typed is lost; no longer savable."""

from __future__ import annotations

import json
from collections.abc import Sequence

import streamlit as st

from connectors.store.meetings import moment
from dashboard.components import html
from dashboard.reunions import drafts as kept_drafts
from dashboard.reunions.drafts import Draft
from indicators import typography as t

LOCKED = ("meteo", "commentaire-", "point-")
WHY = "Ces textes ont été tapés et n'ont pas été enregistrés avant que la séance soit figée : l'édition ne les montre pas."


def leftover(drafts: Sequence[Draft]) -> None:
    """Write the drafts that can no longer be saved, each with what removes it."""
    left = [draft for draft in drafts if draft.form.startswith(LOCKED)]
    if not left:
        return
    with st.expander(f"Brouillons non enregistrés{t.NBSP}: {len(left)}", expanded=True):
        st.html(html.paragraph(t.french(WHY), "note"))
        for draft in left:
            texts = [str(value) for value in json.loads(draft.content).values() if value]
            st.html(html.paragraph(f"Gardé le {moment(draft.kept_at)}", "note") + html.bullets(texts))
            forget = (draft.folder, draft.meeting, draft.form, [draft.writer])
            st.button("Effacer", key=f"oublier-{draft.form}-{draft.writer}", on_click=kept_drafts.forget, args=forget)
