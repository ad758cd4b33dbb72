"""Données: what each partner delivered, what is missing, when the next delivery is due, and what to do about a refused one."""

from __future__ import annotations

import streamlit as st

from dashboard import data
from dashboard.board import Board
from dashboard.components import html, summary
from dashboard.components.html import Cell, Table
from dashboard.content.blocks import Html, Missing, Note, Section, Title
from dashboard.content.draw import draw
from dashboard.deliveries.deposit import deposit
from dashboard.deliveries.holding import holding
from dashboard.dues import METHODS
from dashboard.source_state import SourceState
from indicators import sentences_results
from indicators import typography as t
from indicators.status import Status

OUTCOMES = {
    "accepted": "Acceptée",
    "unchanged": "Inchangée",
    "refused": "Refusée",
    "failed": "Lecture en échec",
    "held": "En attente",
    "": "Jamais reçue",
}
FAULTY = ("refused", "failed")
DELIVER = "Ajoutez un dossier par partenaire, avec son source.toml, dans le dossier des sources que nomme cite.toml."
KEPT = f"La dernière livraison acceptée reste affichée. Ce qui est à corriger{t.NBSP}:"


def page() -> None:
    """Draw the page."""
    board = data.board()
    late = [state for state in board.sources if state.missing]
    title = Title(sentences_results.data_title(len(late), len(board.sources)))
    if not board.sources:
        draw([title, Missing("Aucun partenaire n'est déclaré.", DELIVER)])
        return
    desk = data.current_desk()
    draw([title, Html(html.paragraph(_sentence(board), "phrase"))])
    holding(desk)
    draw([Html(html.table(_states(board.sources)))])
    _faults(board)
    deposit(desk)
    _legend()


def _sentence(board: Board) -> str:
    late = [state for state in board.sources if state.late_since]
    if not late:
        return f"Au {t.date_short(board.today)}, aucune livraison n'est en retard."
    oldest = min(state.late_since for state in late if state.late_since)
    names = t.joined([state.label for state in late])
    head = f"Au {t.date_short(board.today)}, des données manquent{t.NBSP}: {names}."
    return f"{head} La plus ancienne est attendue depuis le {t.date_short(oldest)}."


def _states(states: tuple[SourceState, ...]) -> Table:
    return Table(
        "État des livraisons, par source",
        (
            "Source",
            "Dernière livraison acceptée",
            "Dernier essai",
            "Périodes manquantes",
            "Prochaine échéance",
            "Appartenance au QPV",
            "Contact",
        ),
        tuple(_state(state) for state in states),
    )


def _state(state: SourceState) -> tuple[str | Cell, ...]:
    tone = Status.NON_TRANSMIS if state.missing else Status.OK
    since = f", depuis le {t.date_short(state.late_since)}" if state.late_since else ""
    tried = f" le {t.date_short(state.last_attempt.date())}" if state.last_attempt and state.last_outcome in FAULTY else ""
    return (
        state.label,
        t.date_short(state.last_accepted.date()) if state.last_accepted else Cell("aucune", Status.NON_TRANSMIS),
        OUTCOMES.get(state.last_outcome, state.last_outcome) + tried,
        Cell(summary.periods(state.missing) + since if state.missing else "aucune", tone),
        t.date_short(state.next_due) if state.next_due else "non fixée",
        METHODS.get(state.qpv_method, state.qpv_method) or t.absent(Status.NON_APPLICABLE),
        state.contact or "non renseigné",
    )


def _faults(board: Board) -> None:
    faulty = [state for state in board.sources if state.last_outcome in FAULTY]
    if faulty:
        draw([Section("À corriger")])
    for state in faulty:
        with st.expander(f"{state.label}{t.NBSP}: {OUTCOMES[state.last_outcome].lower()}", expanded=True):
            draw([Html(html.paragraph(KEPT)), Html(html.bullets(state.last_report or ("Le compte rendu est vide.",)))])


def _legend() -> None:
    states = Table(
        "Ce que veut dire chaque écriture",
        ("Écriture", "Exemple", "Ce que cela veut dire"),
        (
            ("Un chiffre", Cell("0"), "Compté, y compris quand le compte est zéro."),
            ("Secret", Cell(t.absent("secret"), Status.SECRET), "Compté, mais trop peu de personnes pour être publié."),
            ("Non transmis", Cell(t.absent("non_transmis"), Status.NON_TRANSMIS), "Le partenaire n'a rien envoyé pour cette période."),
            ("Sans objet", Cell(t.absent("non_applicable"), Status.NON_APPLICABLE), "Le chiffre n'a pas de sens ici."),
        ),
    )
    dated = "Un chiffre ancien garde sa valeur et sa date, avec la date depuis laquelle le suivant est attendu."
    draw([Section("Les quatre états d'un chiffre"), Html(html.table(states)), Note(dated)])


page()
