"""Indicateurs: the list of all, then the sheet of one (``?i=N2.8-cej``): its figures, its definition, the deliveries it comes from."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard import choices, data
from dashboard.components import html as fragments
from dashboard.components import missing, note, section, show, sources_of, title
from dashboard.components.explained import COMPARED, details
from dashboard.components.readings import has_figures
from dashboard.components.sheet_tables import (
    breakdown_table,
    catalogue,
    definition_table,
    figures_table,
    files_table,
    history_table,
    provenance_table,
    untold,
)
from dashboard.data import Board
from dashboard.definitions import LEVELS
from dashboard.sheets import Line, Sheet, main_zone, overview, sheet
from indicators import sentences, sentences_targets, sentences_values, targets
from indicators import typography as t
from indicators.indicator import Level
from indicators.period import Frequency, Period
from indicators.registry import indicators
from indicators.sentences_rows import figure, gap_rows
from indicators.status import Status
from indicators.territory import QPV

ALL = "tous"
HOW_TO_READ = (
    "Chaque nom mène à la fiche de l'indicateur : ses chiffres par zone, sa définition, ses limites, et les livraisons dont il vient. "
    "L'adresse de la fiche peut être copiée et transmise."
)
FINGERPRINT = (
    "Chaque livraison est gardée telle qu'elle a été reçue. L'empreinte (début du SHA-256 de son contenu) dit si deux fichiers sont "
    "identiques ; le numéro est celui de la livraison dans le journal."
)


def page() -> None:
    """Draw the page."""
    board = data.board()
    with st.container(horizontal=True, vertical_alignment="center"):
        chosen = indicators().get(_indicator())
        level = _level() if chosen is None else ALL
        content = sheet(board, chosen) if chosen else None
        period = _period(board, content) if content and content.periods else None
    if content is None:
        _list(board, level)
    else:
        _sheet(board, content, period)


def _indicator() -> str:
    """The code of the sheet asked for by the address; without one (the navigation's link), the list of all."""
    if "i" not in st.query_params:
        st.session_state["i"] = ALL
    options = {ALL: "Tous les indicateurs"} | {code: f"{code} · {item.short}" for code, item in indicators().items()}
    return choices.code_choice("Indicateur", options, "i", ALL)


def _level() -> str:
    options = {ALL: "Tous les niveaux"} | {str(level): t.french(label) for level, label in LEVELS.items()}
    return choices.code_choice("Niveau", options, "n", ALL)


def _period(board: Board, content: Sheet) -> Period:
    """The period to read, the latest one with a figure unless told."""
    rows = board.values[(board.values["indicator"] == content.indicator.code) & (board.values["status"] == Status.OK)]
    known, told = set(rows["period"]), [period.code for period in reversed(content.periods)]
    default = next((code for code in told if code in known), told[0])
    return Period.parse(choices.code_choice("Période", {code: t.period_label(Period.parse(code)) for code in told}, "t", default))


def _list(board: Board, level: str) -> None:
    wanted = [item for item in Level if level in {ALL, str(item)}]
    lines = overview(board, [item for item in indicators().values() if item.level in wanted])
    title(_finding(lines))
    if not has_figures(board):
        missing("Aucun chiffre n'a encore été reçu : les fiches disent ce qui est attendu, et de qui.".replace(" :", f"{t.NBSP}:"))
    show(fragments.paragraph(t.french(HOW_TO_READ)))
    for item in wanted:
        name = t.french(LEVELS[item])
        section(name)
        show(catalogue([line for line in lines if line.indicator.level is item], name, board.settings.territory))


def _finding(lines: list[Line]) -> str:
    known = sum(line.figure.known for line in lines)
    return f"{t.count(len(lines), 'indicateur')}, dont {t.number(known)} avec un chiffre"


def _sheet(board: Board, content: Sheet, period: Period | None) -> None:
    item = content.indicator
    title(f"{item.code}{t.NBSP}· {item.label}")
    rows = board.values[board.values["indicator"] == item.code]
    if period is None:
        missing(f"Aucun chiffre pour «{t.NBSP}{item.label}{t.NBSP}».", "La fiche ci-dessous dit ce qui est attendu, et de qui.")
    else:
        _figures(board, content, rows, period)
        said = details(board, item, period, main_zone(content.zones), by_zone=QPV in content.zones)
        if said:
            section("Dans le temps et dans le détail")
            show(fragments.bullets(said))
        section("Historique")
        show(fragments.table(history_table(rows, content, board.settings.territory), show_caption=False))
        left_out = untold(rows, content, board.settings.territory)
        if left_out:
            note(left_out)
    section("Fiche")
    show(fragments.table(definition_table(content, board.settings.territory), show_caption=False))
    section("Provenance")
    _provenance(board, content, period)


def _figures(board: Board, content: Sheet, rows: pd.DataFrame, period: Period) -> None:
    """The sentences, then the figure of each zone and those of each breakdown."""
    for text in (_finding_of(board, content, rows, period), *_targets(board, content, period)):
        show(fragments.paragraph(text, "phrase"))
    if content.indicator.total:
        show(fragments.table(figures_table(rows, content, period, board.settings.territory)))
    used = content.indicator.measures
    said = sources_of(board, used, period.code) if used else f"Source{t.NBSP}: {content.indicator.source}."
    show(fragments.paragraph(said, "source"))
    for dimension in content.indicator.breakdowns:
        found = breakdown_table(rows, content.indicator, dimension, period)
        if found:
            with st.expander(found.caption, expanded=not content.indicator.total):
                show(fragments.table(found, show_caption=False))


def _finding_of(board: Board, content: Sheet, rows: pd.DataFrame, period: Period) -> str:
    """The gap of the QPVs where there is one, else the figure of the zone that speaks for the indicator."""
    item = content.indicator
    if not item.total:
        return f"{item.label}{t.NBSP}: se lit par {t.joined([t.lower_first(code) for code in item.breakdowns])}, sans ensemble."
    if QPV in content.zones and item.kind in COMPARED:
        return sentences.gap(gap_rows(board.gaps, board.values, [item], period.code, QPV)[0], period)
    zone = main_zone(content.zones)
    return sentences_values.value(item, figure(rows, item.code, period.code, zone), period, board.settings.territory.label(zone))


def _targets(board: Board, content: Sheet, period: Period) -> list[str]:
    # a dated target is read since 1 January, as on the first page
    known = board.to_date if period.frequency is Frequency.QUARTER else board.values
    frame = targets.progress(known, content.targets, indicators(), period, board.settings.breaks, board.settings.territory)
    found = sentences_targets.target_rows(frame, known, indicators())
    said = [sentences_targets.target(row, board.settings.territory) for row in found]
    return [f"Depuis le 1er janvier, {t.lower_first(text)}" if known is board.to_date else text for text in said]


def _provenance(board: Board, content: Sheet, period: Period | None) -> None:
    labels = {source.id: source.label for source in board.sources}
    ids = [origin.id for origin in content.origins]
    if content.indicator.measures and period is not None:
        found = board.provenance(content.indicator.measures, period.code)
        table = provenance_table(found, labels, period)
    else:
        accepted = board.deliveries[(board.deliveries["outcome"] == "accepted") & board.deliveries["source"].isin(ids)]
        table = files_table(accepted, labels)
    if not table.rows:
        note("Aucune livraison ne porte ces chiffres pour la période choisie.")
        return
    show(fragments.table(table, show_caption=False))
    note(t.french(FINGERPRINT))


page()
