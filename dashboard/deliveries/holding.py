"""« En attente de votre décision »: the deliveries hard to believe, why, and the two buttons that decide."""

from __future__ import annotations

import streamlit as st

from connectors.calendar import PARIS
from connectors.errors import CiteError
from connectors.receive import COORDINATION, HELD, decide
from connectors.store import Delivery
from dashboard.components import html
from dashboard.content.blocks import Html, Note, Section
from dashboard.content.draw import draw
from dashboard.data import Desk
from dashboard.reunions.visit import signature
from indicators import typography as t

NOTE = "Appelez le partenaire, puis décidez. Le motif reste attaché à la livraison. Un envoi corrigé prend la place de celui qui attend."
TOLD = "attente-dit"


def holding(desk: Desk) -> None:
    """Draw the deliveries on hold; nothing where there is none."""
    told = st.session_state.pop(TOLD, None)
    waiting = desk.store.waiting()
    if waiting:
        draw([Section("En attente de votre décision"), Note(NOTE)])
    if isinstance(told, tuple):
        (st.success if told[0] else st.error)(told[1])
    for item in waiting:
        _one(desk, item)


def _one(desk: Desk, item: Delivery) -> None:
    source = next((known for known in desk.sources if known.id == item.source), None)
    label = source.label if source else item.source
    with st.container(border=True, key=f"carte-attente-{item.id}"):
        day = t.date_short(item.received_at.astimezone(PARIS).date())
        head = f"{label}\u00a0: livraison n°\u00a0{item.id} du {day}, {t.count(item.rows, 'compte')}"
        reasons = [sentence for sentence in item.report if sentence != t.french(HELD)]
        draw([Html(html.paragraph(head, "phrase")), Html(html.bullets(reasons))])
        st.text_input("Motif de la décision", key=f"attente-motif-{item.id}", placeholder="Vérifié par téléphone avec…")
        with st.container(horizontal=True):
            for accepted, name in ((True, "Accepter"), (False, "Refuser")):
                st.button(
                    name,
                    key=f"attente-{name}-{item.id}",
                    type="primary" if accepted else "secondary",
                    on_click=_decide,
                    args=(desk, item, accepted),
                    disabled=source is None,
                )


def _decide(desk: Desk, item: Delivery, accepted: bool) -> None:
    source = next(known for known in desk.sources if known.id == item.source)
    reason = str(st.session_state.get(f"attente-motif-{item.id}", ""))
    try:
        decide(source, desk.store, item, desk.now(), accepted=accepted, reason=reason, by=signature() or COORDINATION)
    except CiteError as error:
        st.session_state[TOLD] = (False, str(error))
        return
    what = "acceptée\u00a0: ses chiffres sont affichés" if accepted else "refusée\u00a0: les chiffres affichés ne changent pas"
    st.session_state[TOLD] = (True, f"{source.label}\u00a0: livraison n°\u00a0{item.id} {what}.")
