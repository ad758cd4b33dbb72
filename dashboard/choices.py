"""What the visitor chooses, kept in the address by a stable code. What there is to choose from is in ``content.offers``."""

from __future__ import annotations

from collections.abc import Container, Mapping
from typing import TYPE_CHECKING

import streamlit as st

from dashboard.content import offers
from dashboard.content.choice import LETTERS
from dashboard.content.offers import ALL, Offer
from indicators import typography as t
from indicators.indicator import Indicator
from indicators.period import Period

if TYPE_CHECKING:
    from dashboard.board import Board

NOTHING_MORE: Mapping[str, str] = {}
WIDTH = 220
"""Pixels of a choice: « Ensemble des QPV » and a QPV's short name fit."""


def code_choice(label: str, offer: Offer, key: str, why: Mapping[str, str] = NOTHING_MORE) -> str:
    """A list whose address carries the chosen code (?t=2022-T3), never its label.

    The session keeps the choice from page to page; an address that names another code wins (link, Back button); an unknown code says so,
    and one of ``why`` says why it is not offered.
    """
    options = offer.options
    asked, written = settle(options, offer.default, key)
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
        said = why.get(asked, f"{label} «{t.NBSP}{asked}{t.NBSP}» inconnu de cette page")
        st.warning(f"{said}{t.NBSP}: {options[value]} est affiché.")
    write_back(key, value)
    return value


def settle(codes: Container[str], default: str, key: str) -> tuple[str | None, str | None]:
    """Set the state of a choice before it is drawn: the code that the address newly asks for, else the one it had, else the default.

    Returns the code of the address, and the one that this visit wrote there last.
    """
    asked, written = st.query_params.get(key), st.session_state.get(f"_{key}_url")
    if asked in codes and asked != written:
        st.session_state[key] = asked
    elif st.session_state.get(key) not in codes:
        st.session_state[key] = default
    elif asked is None:
        # the list of another page starts at its first code unless its state is set again
        st.session_state[key] = st.session_state[key]
    return asked, written


def write_back(key: str, code: str) -> None:
    """Have the address carry what is chosen."""
    if st.query_params.get(key) != code:
        st.query_params[key] = code
    st.session_state[f"_{key}_url"] = code


def quarter(board: Board) -> str:
    """The quarter to read. The board must have quarters."""
    return code_choice("Trimestre", offers.quarters(board), LETTERS["period"])


def zone(board: Board, quarter: str) -> str:
    """All the QPVs, or one of those that the quarter can show."""
    period = Period.parse(quarter)
    return code_choice("Territoire", offers.zones(board, period), LETTERS["zone"], offers.zones_left_out(board, period))


def access_view() -> str:
    """The view of the access gaps."""
    return code_choice("Vue", offers.access_views(), LETTERS["view"])


def exercise(board: Board) -> str:
    """The exercise of the grant, as its year. The settings must declare at least one."""
    return code_choice("Exercice", offers.exercises(board), LETTERS["exercise"])


def closing(board: Board, year: str) -> str:
    """The quarter at whose end the exercise is read."""
    return code_choice("Arrêté", offers.closings(board, int(year)), LETTERS["closing"])


def indicator() -> str:
    """The code of the sheet asked for by the address; without one (the navigation's link), ``ALL`` for the list."""
    letter = LETTERS["indicator"]
    if letter not in st.query_params:
        st.session_state[letter] = ALL
    return code_choice("Indicateur", offers.sheets(), letter)


def mapped_quarter(board: Board) -> str:
    """The quarter of the figures on the map; empty where none can be drawn."""
    offer = offers.mapped_quarters(board)
    return code_choice("Trimestre", offer, LETTERS["period"]) if offer else ""


def mapped(board: Board, quarter: str) -> str:
    """What the map of the QPVs shows; empty where there is nothing to show."""
    period = Period.parse(quarter) if quarter else None
    offer = offers.mapped(board, period)
    if offer is None:
        return ""
    letter = LETTERS["indicator"]
    why = NOTHING_MORE if st.query_params.get(letter, offer.default) in offer.options else offers.mapped_left_out(board, period)
    return code_choice("Sur la carte", offer, letter, why)


def level() -> str:
    """The level that the list of indicators is held to."""
    return code_choice("Niveau", offers.levels(), LETTERS["level"])


def sheet_period(board: Board, indicator: Indicator) -> str:
    """The period to read an indicator at; empty where it has none."""
    offer = offers.sheet_periods(board, indicator)
    return code_choice("Période", offer, LETTERS["period"]) if offer else ""
