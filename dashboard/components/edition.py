"""Reading an edition, or the live state: the switch « Voir comme », the bar of an edition, its pages drawn as frozen."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

import streamlit as st

from connectors.errors import CiteError, ConfigurationError
from dashboard import data
from dashboard.choices import code_choice
from dashboard.components import html
from dashboard.components.address import write_address
from dashboard.components.links import SHEETS
from dashboard.content.blocks import Missing, Note, Title
from dashboard.content.choice import LETTERS, Choice
from dashboard.content.draw import draw
from dashboard.content.offers import ALL, Offer
from dashboard.editions.reading import ORDER, EditionRead, listed, open_edition
from indicators import typography as t

PARAMETER = "edition"
WRITTEN = "_edition_url"
LIVE = "direct"
WIDTH = 260
"""Pixels of the switch: « Préfecture, séance 2 (T3 2023) » fits."""
NAMES = {
    "indicator": "Indicateur",
    "level": "Niveau",
    "exercise": "Exercice",
    "closing": "Arrêté",
    "period": "Trimestre",
    "zone": "Territoire",
    "view": "Vue",
}
NOT_HELD_TITLE = "Cette page n'est pas dans l'édition"
NOT_HELD = "Cette page montre l'état des livraisons en direct\u00a0: aucune édition ne la contient."
NOT_READ_TITLE = "Les réglages de la Cité ne se lisent pas"
NOT_READ = "Corrigez ce qui est dit ci-dessus, puis rechargez cette page\u00a0: rien de ce qui a été reçu ou écrit n'est perdu."
NOT_SHOWN_TITLE = "Cette page ne peut pas être montrée"
BACK = "Choisissez «\u00a0Coordination, en direct\u00a0» dans «\u00a0Voir comme\u00a0» pour y revenir."


def chosen_edition() -> EditionRead | None:
    """The edition that the visitor reads, None for the live state; nothing is asked while there is no edition."""
    desk = data.current_desk()
    editions = listed(desk)
    if not editions:
        return None
    options = {LIVE: "Coordination, en direct"} | editions
    code = _asked(options)
    return None if code == LIVE else open_edition(desk, code)


def _asked(options: Mapping[str, str]) -> str:
    """The edition of the address or of the session; the live state leaves nothing in the address."""
    asked, written = st.query_params.get(PARAMETER), st.session_state.get(WRITTEN)
    if asked in options and asked != written:
        st.session_state[PARAMETER] = asked
    elif st.session_state.get(PARAMETER) not in options:
        st.session_state[PARAMETER] = LIVE
    code = st.selectbox(
        "Voir comme",
        list(options),
        format_func=lambda name: options.get(name, name),
        key=PARAMETER,
        persist_state="session",
        label_visibility="collapsed",
        width=WIDTH,
    )
    if asked is not None and asked not in options:
        st.warning(f"L'édition «{t.NBSP}{asked}{t.NBSP}» n'existe pas{t.NBSP}: {options[code]} est affiché.")
    if code == LIVE and asked is not None:
        del st.query_params[PARAMETER]
    elif code not in {LIVE, asked}:
        st.query_params[PARAMETER] = code
    st.session_state[WRITTEN] = None if code == LIVE else code
    return str(code)


def edition_bar(edition: EditionRead) -> None:
    """The line common to the pages of an edition: whose it is, what identifies it, what « s » means."""
    cite = edition.content["cite"]["city"]
    pills = [html.pill("Données fictives", "defavorable")] if cite.get("fictitious") else []
    st.html(
        f'<div class="bandeau"><strong>{escape(cite["name"])}</strong>{"".join(pills)}'
        f'<span class="audience">{escape(edition.stamp)}</span>'
        f'<a class="projeter" href="/seance?edition={escape(edition.id)}" target="_self">'
        'Projeter<span class="hors-ecran"> la séance</span></a></div>'
    )


def draw_edition(edition: EditionRead, page: str) -> None:
    """Draw a page of an edition: what may be chosen on it, then its blocks as they were frozen."""
    chosen: dict[str, str] = {}
    with st.container(horizontal=True):
        for name in ORDER:
            options = edition.options(page, chosen, name)
            if len(options) > 1:
                chosen[name] = code_choice(NAMES[name], Offer(options, next(iter(options))), LETTERS[name])
            elif options:
                chosen[name] = next(iter(options))
    if page == SHEETS and chosen.get("indicator", ALL) != ALL:
        write_address(page, Choice(indicator=chosen["indicator"], period=chosen.get("period", "")), edition.id)
    blocks = edition.blocks(page, chosen)
    draw(blocks if blocks is not None else [Title(NOT_HELD_TITLE), Missing(NOT_HELD, BACK)])


def refused(error: CiteError) -> None:
    """Say why nothing can be shown, an edition or the declarations themselves, and what to do."""
    declared = isinstance(error, ConfigurationError)
    with st.container():
        draw([Title(NOT_READ_TITLE if declared else NOT_SHOWN_TITLE)])
        st.error(t.french(str(error)))
        draw([Note(NOT_READ)] if declared else [])
    st.stop()
