"""What the visitor chooses, kept in the address by a stable code: the quarter (t), the zone (z), the exercise (e), its closing date (a)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import streamlit as st

from dashboard.components.readings import ACCESS, filled_quarters
from indicators import typography as t
from indicators.period import Frequency, Period
from indicators.status import Status
from indicators.territory import QPV

if TYPE_CHECKING:
    from dashboard.data import Board

WIDTH = 220
"""Pixels of a choice: « Ensemble des QPV » and a QPV's short name fit."""


def code_choice(label: str, options: Mapping[str, str], key: str, default: str) -> str:
    """A list whose address carries the chosen code (?t=2022-T3), never its label.

    The session keeps the choice from page to page; an address that names another code wins (link, Back button); an unknown code says so.
    """
    asked, written = st.query_params.get(key), st.session_state.get(f"_{key}_url")
    if asked in options and asked != written:
        st.session_state[key] = asked
    elif st.session_state.get(key) not in options:
        st.session_state[key] = default
    value = st.selectbox(
        label,
        list(options),
        format_func=lambda code: options.get(code, code),
        key=key,
        persist_state="session",
        label_visibility="collapsed",
        width=WIDTH,
    )
    if asked is not None and asked not in options and asked != written:
        st.warning(f"{label} «{t.NBSP}{asked}{t.NBSP}» inconnu de cette page{t.NBSP}: {options[value]} est affiché.")
    if st.query_params.get(key) != value:
        st.query_params[key] = value
    st.session_state[f"_{key}_url"] = value
    return value


def quarter(board: Board) -> Period:
    """The quarter to read, the latest one with a figure unless told. The board must have quarters."""
    codes = list(reversed(board.quarters))
    default = (filled_quarters(board) or codes[:1])[-1]
    return Period.parse(code_choice("Trimestre", {code: t.period_label(Period.parse(code)) for code in codes}, "t", default))


def zone(board: Board, period: Period) -> str:
    """All the QPVs, or one of those in force for which the period has an access gap to show."""
    shown = board.gaps["indicator"].str.startswith(ACCESS) & (board.gaps["status"] == Status.OK)
    present = set(board.gaps.loc[shown & (board.gaps["period"] == period.code), "zone"])
    options = {QPV: "Ensemble des QPV"}
    zoning = board.settings.territory.zoning_of(period)
    options |= {place.code: place.short for place in (zoning.neighbourhoods if zoning else ()) if place.code in present}
    return code_choice("Territoire", options, "z", QPV)


def exercise(board: Board) -> int:
    """The exercise of the grant, the latest one begun unless told. The settings must declare at least one."""
    years = [item.year for item in reversed(board.settings.exercises)]
    begun = [item.year for item in reversed(board.settings.exercises) if item.first_day <= board.today]
    options = {str(year): f"Exercice {year}" for year in years}
    return int(code_choice("Exercice", options, "e", str((begun or years)[0])))


def closing(board: Board, year: int) -> Period:
    """The end of which quarter the exercise is read at, the latest one unless told; the current quarter is read today."""
    last = max(Period(year, Frequency.QUARTER, 1), min(Period(year, Frequency.QUARTER, 4), Period.of(board.today, Frequency.QUARTER)))
    quarters = [last]
    while quarters[-1].number > 1:
        quarters.append(quarters[-1].shift(-1))
    options = {item.code: f"Arrêté au {t.date_short(min(item.last_day, board.today))}" for item in quarters}
    return Period.parse(code_choice("Arrêté", options, "a", last.code))
