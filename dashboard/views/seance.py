"""Séance: an edition before the committee, one finding a screen (``?edition=S2-copil-1&p=3``); decisions are taken down on the last one.

Everything shown is read in the edition; decisions alone are written, in the séance, never in the edition.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from html import escape

import streamlit as st

from connectors.errors import CiteError
from dashboard import data
from dashboard.choices import settle, write_back
from dashboard.components import html
from dashboard.components.edition import PARAMETER as EDITION
from dashboard.components.edition import refused
from dashboard.content.blocks import Chart
from dashboard.content.draw import DATA, draw_projected
from dashboard.content.projected import Screen
from dashboard.content.screens import DECISIONS, screens
from dashboard.data import Desk
from dashboard.editions.reading import EditionRead, listed, open_edition
from dashboard.reunions import drafts as kept_drafts
from dashboard.reunions.deciding import take_down
from dashboard.reunions.following import is_past
from dashboard.reunions.visit import ask_signature, today
from indicators import sentences_decisions
from indicators import typography as t
from indicators.meeting import Decision, Meeting, State
from indicators.period import Period

PLACE = "p"
"""The parameter of the address that carries the number of the screen."""
NO_EDITION = "Aucune édition n'est figée\u00a0: il n'y a rien à projeter."
FREEZE = "Une séance se projette une fois figée, pour que ses chiffres restent ceux que le comité a vus. Figez-la sur la page Réunions."
NONE_YET = "Aucune décision n'est relevée"
FIRST = "Chaque décision enregistrée s'inscrit ici, et sera suivie aux séances suivantes."
OVER = "Cette séance est passée\u00a0: ses décisions se lisent, elles ne se relèvent plus ici."


def page() -> None:
    """Draw the screen asked for."""
    try:
        desk = data.current_desk()
        editions = listed(desk)
        code = st.query_params.get(EDITION)
        edition = open_edition(desk, code if code in editions else next(iter(editions))) if editions else None
    except CiteError as error:
        refused(error)
    if edition is None:
        st.title("Séance", anchor=False)
        st.html(f'<div class="vide">{html.paragraph(NO_EDITION, "vide-titre")}{html.paragraph(FREEZE)}</div>')
        return
    if code != edition.id:
        st.query_params[EDITION] = edition.id
    if code is not None and code != edition.id:
        st.warning(f"L'édition «{t.NBSP}{code}{t.NBSP}» n'existe pas{t.NBSP}: {editions[edition.id]} est projetée.")
    found = screens(edition)
    place = _place(len(found))
    screen = found[place - 1]
    _top(edition, screen)
    with st.container(key="ecran"):
        _draw(desk, edition, screen)
    _foot(edition, found, place)


def _place(count: int) -> int:
    """The number of the screen: of the address, unless this visit chose since."""
    numbers = [str(number) for number in range(1, count + 1)]
    settle(numbers, numbers[0], PLACE)
    value = str(st.session_state[PLACE])
    write_back(PLACE, value)
    return int(value)


def _top(edition: EditionRead, screen: Screen) -> None:
    cite, told = edition.content["cite"]["city"], edition.content["seance"]
    pills = [html.pill("Données fictives", "defavorable")] if cite.get("fictitious") else []
    held, until = date.fromisoformat(told["on"]), Period.parse(edition.content["edition"]["period"]).last_day
    title = t.french(told["title"])
    named = title if t.date_long(held) in title else f"{title}, {t.date_long(held)}"
    frozen = f"Données arrêtées au {t.date_short(until)}, édition {edition.id}, empreinte {edition.sha256[:12]}"
    st.html(
        f'<div class="bandeau mode-seance"><strong>{escape(cite["name"])}</strong><span class="nom">{escape(named)}</span>'
        f'{"".join(pills)}<span class="audience">{escape(frozen)}</span>'
        f'<a class="quitter" href="{_within(edition, screen)}" target="_self">Quitter<span class="hors-ecran"> la séance</span></a></div>'
    )


def _within(edition: EditionRead, screen: Screen) -> str:
    """The address of the page of the edition that a screen comes from."""
    return escape(f"{screen.address}{'&' if '?' in screen.address else '?'}{EDITION}={edition.id}")


def _draw(desk: Desk, edition: EditionRead, screen: Screen) -> None:
    if screen.code == DECISIONS:
        _decisions(desk, int(edition.content["seance"]["number"]))
        return
    st.title(screen.title, anchor=False)
    draw_projected(screen.blocks)


def _decisions(desk: Desk, number: int) -> None:
    """The decisions taken down so far, and the form that takes one down while the séance is the present one."""
    meetings = desk.store.archive.meetings()
    saved = next(item for item in meetings if item.meeting.number == number)
    meeting = saved.meeting
    st.title(
        f"{t.count(len(meeting.decisions), 'décision relevée', 'décisions relevées')}" if meeting.decisions else NONE_YET, anchor=False
    )
    if meeting.state is State.PREPAREE or is_past(meetings, meeting):
        st.html(html.paragraph(OVER, "note") + _taken(desk, meeting))
        return
    left, right = st.columns([5, 6], gap="medium")
    with left:
        ask_signature(desk, saved.saved_by)
        st.html(_taken(desk, meeting))
    with right:
        take_down(desk, saved, kept_drafts.every(kept_drafts.folder_of(desk.settings), number), narrow=True)


def _taken(desk: Desk, meeting: Meeting) -> str:
    """The decisions, the last one first: it is the one being spoken of."""
    if not meeting.decisions:
        return html.paragraph(FIRST)
    on = today(desk)
    items = "".join(
        f"<li><strong>{meeting.number}.{item.number} {escape(t.french(item.text))}</strong>"
        f"<span>{escape(_followed_by(item, on))}</span></li>"
        for item in reversed(meeting.decisions)
    )
    return f'<ol class="relevees" tabindex="0" aria-label="Décisions relevées">{items}</ol>'


def _followed_by(item: Decision, on: date) -> str:
    """Who answers for a decision, where it stands, which indicator it aims at."""
    parts = [t.french(item.owner), sentences_decisions.state(item, on)]
    return ", ".join(parts + ([f"indicateur {item.indicator}"] if item.indicator else []))


def _foot(edition: EditionRead, found: Sequence[Screen], place: int) -> None:
    numbers, screen = [str(number) for number in range(1, len(found) + 1)], found[place - 1]
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="right", key="pied-seance"):
        st.html(f'<p class="note">Écran {place} sur {len(found)}{t.NBSP}: {escape(screen.name)}{_data(edition, screen)}</p>')
        st.button("Précédent", key="ecran-precedent", on_click=_go, args=(place - 1,), disabled=place == 1)
        st.segmented_control(
            "Écran",
            numbers,
            key=PLACE,
            format_func=lambda number: number,
            label_visibility="collapsed",
            required=True,
            persist_state="session",
        )
        st.button("Suivant", key="ecran-suivant", type="primary", on_click=_go, args=(place + 1,), disabled=place == len(found))


def _data(edition: EditionRead, screen: Screen) -> str:
    """The way to the figures of a chart, on its page."""
    charted = any(isinstance(block, Chart) for block in screen.blocks)
    return f' · <a href="{_within(edition, screen)}" target="_self">{DATA}</a>' if charted else ""


def _go(place: int) -> None:
    st.session_state[PLACE] = str(place)


page()
