"""« Nouvelle séance »: its number, day, quarter, title and place; everything else is written afterwards."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta

import streamlit as st

from connectors.errors import CiteError
from connectors.store import Saved
from dashboard.components.meeting_cards import card_title
from dashboard.data import Desk
from dashboard.reunions.saving import UNSIGNED
from dashboard.reunions.visit import now, signature, today
from indicators import typography as t
from indicators.meeting import LONGEST_NAME, Audience, MeetingError
from indicators.meeting_steps import BY_DEFAULT, prepared
from indicators.meeting_text import AUDIENCES
from indicators.period import Frequency, Period, between

HINT = "Elle lit un trimestre terminé. Les commentaires, les points et les décisions s'écrivent ensuite."
TITLE_HINT = "Comité de pilotage du … par défaut"
SOON = timedelta(days=14)
TOLD = "_creation"


def create(desk: Desk, meetings: Sequence[Saved], quarters: Sequence[str], then: Callable[[int], None]) -> None:
    """Draw the form; ``then`` is called with the number of the séance created."""
    with st.container(border=True, key="carte-creation"):
        st.html(card_title("Nouvelle séance", HINT))
        first, second, third, fourth = st.columns([1, 2, 2, 4])
        number = first.number_input("Numéro", min_value=1, value=_next(meetings), step=1, key="creation-numero", persist_state="session")
        on = second.date_input("Date", today(desk) + SOON, format="DD/MM/YYYY", key="creation-date", persist_state="session")
        period = third.selectbox(
            "Trimestre lu", _quarters(desk, on, quarters), format_func=_label, key="creation-trimestre", persist_state="session"
        )
        place = fourth.text_input("Lieu", max_chars=LONGEST_NAME, key="creation-lieu", persist_state="session")
        title = st.text_input("Titre", placeholder=TITLE_HINT, max_chars=LONGEST_NAME, key="creation-titre", persist_state="session")
        readers = st.multiselect(
            "Lue par",
            list(Audience),
            list(BY_DEFAULT),
            format_func=lambda audience: AUDIENCES[audience],
            key="creation-publics",
            persist_state="session",
            placeholder="Choisir",
        )
        if st.button("Créer la séance", type="primary", key="creation-creer"):
            _create(desk, int(number), on, period, title, place, tuple(readers), then)


def _next(meetings: Sequence[Saved]) -> int:
    return max((item.meeting.number for item in meetings), default=0) + 1


def _label(code: str) -> str:
    return t.period_label(Period.parse(code))


def _quarters(desk: Desk, on: date, known: Sequence[str]) -> list[str]:
    """The quarters over on a day, the latest first."""
    over = [item.code for item in between(desk.settings.city.started_on, on - timedelta(days=1), Frequency.QUARTER)]
    return list(reversed(over or list(known)))


def _create(
    desk: Desk,
    number: int,
    on: date,
    period: str | None,
    title: str,
    place: str,
    readers: tuple[Audience, ...],
    then: Callable[[int], None],
) -> None:
    zoning = desk.settings.territory.zoning_of(Period.parse(period)) if period else None
    if not signature():
        st.error(t.french(UNSIGNED))
    elif period is None or zoning is None:
        st.error(t.french("Aucun trimestre terminé à cette date, ou aucun zonage déclaré pour lui. Choisissez une autre date."))
    else:
        perimeter = f"{desk.settings.city.commune_name}, {t.lower_first(zoning.label)}"
        try:
            meeting = prepared(number, on, period, zoning=zoning.code, perimeter=perimeter, title=title, audience=readers, place=place)
            desk.store.archive.save_meeting(meeting, now(desk), signature(), expected_version=0)
        except (MeetingError, CiteError) as error:
            st.error(str(error))
            return
        then(number)
        st.rerun()
