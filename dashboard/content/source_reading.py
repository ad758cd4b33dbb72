"""How each source counted what an indicator needs, as it declares it: its method, its query or its columns, the checks that were passed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from connectors.errors import ConfigurationError
from connectors.layout import CubeMeasure, Query, Window
from connectors.source import Kind, Source, query_text
from dashboard.components.provenance_tables import measure_label
from dashboard.dues import METHODS
from indicators import typography as t
from indicators.codes import DIMENSIONS

if TYPE_CHECKING:
    from dashboard.board import Board
    from dashboard.sheet_reading import Reading
    from dashboard.sheets import Sheet as IndicatorSheet

KINDS = {
    Kind.SQL: "Base du partenaire, qui compte elle-même : aucune ligne sur une personne n'en sort",
    Kind.FILE: "Fichier d'effectifs déposé (CSV ou XLSX)",
    Kind.FEC: "Fichier des écritures comptables",
    Kind.PUBLISHED: "Fichier publié par un tiers",
}
WINDOWS = {
    Window.ALL: "toutes les périodes en une fois",
    Window.PERIOD: "la période",
    Window.YEAR_TO_DATE: "du 1er janvier à la fin de la période",
    Window.ROLLING_YEAR: "les douze mois qui finissent avec la période",
    Window.PREVIOUS: "la période précédente",
}
CHECKS = {
    True: (
        "colonnes, codes et mesures connus ; périodes closes ; zones en vigueur à la période ; effectifs entiers, jamais négatifs ; "
        "ville = QPV + hors QPV + non localisé ; modalités d'accord avec l'ensemble ; contenu sans aucune faute, sinon refusé en entier"
    ),
    False: "colonnes et codes connus ; nombres et dates lisibles ; contenu sans aucune faute, sinon refusé en entier",
}
"""What every delivery that was accepted passed: of counts, and of anything else."""
NO_TEXT = "Le texte de la requête n'est pas dans le dossier de la source."

Row = tuple[str, str]
Text = tuple[str, str]


def sources_read(board: Board, told: IndicatorSheet, reading: Reading | None) -> Iterator[tuple[str, list[Row], list[Text]]]:
    """Of each source of an indicator: a heading, rows (heading, French text), and its queries (heading, SQL)."""
    dimensions = {None, *(term.dimension for term in (*told.indicator.numerator_terms, *told.indicator.denominator_terms))}
    declared = {source.id: source for source in board.declared}
    for origin in told.origins:
        source = declared[origin.id]
        codes = [code for code in origin.measures if code in source.measures]
        rows = [
            ("Compte", t.joined([measure_label(code) for code in codes]) or told.indicator.numerator_text),
            ("Nature", KINDS[source.kind]),
            *([("Appartenance au QPV", _method(source))] if source.qpv_method else []),
            *_layout(source, codes, told.indicator.published),
            *_remarks(board, source, reading),
            ("Contrôles passés", CHECKS[source.kind in {Kind.SQL, Kind.FILE}]),
        ]
        queries = [one for one in source.reads if one.measure in codes and (source.view or one.dimension in dimensions)]
        heading = f"Comment «{t.NBSP}{source.label}{t.NBSP}» a compté"
        yield heading, [(name, t.french(text)) for name, text in rows], [(_named(one), _text(source, one)) for one in queries]


def _method(source: Source) -> str:
    """How it knows that someone lives in a QPV, whether it tells each of them, and whether it counts apart those it cannot place."""
    each = "chaque QPV est compté à part" if source.each_qpv else "les QPV sont comptés ensemble"
    apart = "les adresses qu'elle ne sait pas placer sont comptées à part" if source.non_localise else "tout le monde est placé"
    return f"{METHODS[source.qpv_method or '']} ; {each} ; {apart}"


def _layout(source: Source, codes: Sequence[str], published: str) -> Iterator[Row]:
    """The files and the columns, as declared."""
    if source.kind is not Kind.SQL:
        yield "Fichiers lus", f"« {source.file.pattern} » du dépôt de la source"
    if source.cube:
        yield "Colonnes", " ; ".join(_column(one) for one in source.cube.measure if one.measure in codes)
    if source.columns:
        yield "Colonnes renommées", " ; ".join(f"{ours} = {' ou '.join(theirs)}" for ours, theirs in source.columns.items())
    for one in source.published:
        if one.measure == published:
            yield "Colonne", f"{one.column} ({one.label}, {one.unit}){f' : {one.note}' if one.note else ''}"
    if source.analytic_column:
        scope = f" ({t.joined(list(source.analytic_scope))})" if source.analytic_scope else ""
        yield "Colonne analytique", f"{source.analytic_column}{scope}"


def _column(one: CubeMeasure) -> str:
    kept = ", ".join(f"{column} = {' ou '.join(values)}" for column, values in one.where.items())
    return f"{measure_label(one.measure)} : colonne {one.column}{f' où {kept}' if kept else ''}"


def _remarks(board: Board, source: Source, reading: Reading | None) -> Iterator[Row]:
    """The files of the deliveries behind the period and, for the coordination, what their checks remarked."""
    if reading is None or not reading.item.measures:
        return
    behind = board.provenance(reading.item.measures, reading.period.code)
    numbers = set(behind.loc[behind["source"] == source.id, "delivery_id"])
    if not numbers or "id" not in board.deliveries:
        return
    rows = board.deliveries[board.deliveries["id"].isin(numbers)]
    origins = [str(name) for name in dict.fromkeys(rows["origin"]) if name]
    if origins:
        yield "Reçu de", ", ".join(origins)
    said = [str(text) for report in rows["report"] for text in report] if reading.live else []
    if said:
        yield "Remarques à la réception", " ".join(dict.fromkeys(said))


def _named(one: Query) -> str:
    """« Requête entrees_cej.sql, entrées en CEJ, ensemble, sur la période »."""
    by = f"par {t.lower_first(DIMENSIONS[one.dimension].label)}" if one.dimension else "ensemble"
    return f"Requête {one.file}{t.NBSP}: {measure_label(one.measure)}, {by}, sur {WINDOWS[one.window]}"


def _text(source: Source, one: Query) -> str:
    try:
        return query_text(source, one).strip()
    except ConfigurationError:
        return NO_TEXT
