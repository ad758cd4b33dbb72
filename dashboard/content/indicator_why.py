"""« Pourquoi ce chiffre ? »: the formula with the numbers of the period put in, then each delivery, query and check behind them.

An edition tells the same from what it shows: numerators and denominators that were released, never the counts of their terms.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from dashboard import declared_terms
from dashboard.components import html
from dashboard.components.explained import COMPARED
from dashboard.components.provenance_tables import files_table, provenance_table, versions_table
from dashboard.content.sheet import Sheet
from dashboard.content.source_reading import sources_read
from dashboard.sheet_reading import Reading
from dashboard.sheets import main_zone
from indicators import sentences_values
from indicators import typography as t
from indicators.indicator import Indicator, Kind, Term, Unit
from indicators.meeting import Audience
from indicators.sentences_rows import Figure
from indicators.territory import QPV
from indicators.windows import Window

if TYPE_CHECKING:
    from dashboard.board import Board
    from dashboard.sheets import Sheet as IndicatorSheet

FINGERPRINT = (
    "Chaque livraison est gardée telle qu'elle a été reçue. L'empreinte (début du SHA-256 de son contenu) dit si deux fichiers sont "
    "identiques ; le numéro est celui de la livraison dans le journal. Une livraison en remplace une autre pour les mêmes périodes : "
    "l'ancienne reste gardée."
)
BLINDED = (
    "Chaque livraison est gardée telle qu'elle a été reçue, sous son numéro au journal, par la coordination. L'empreinte de son contenu "
    "est donnée ici sous une clé que la coordination garde, sans le nombre de lignes : rien ne doit aider à retrouver un petit effectif. "
    "Une livraison en remplace une autre pour les mêmes périodes : l'ancienne reste gardée."
)
AS_PUBLISHED = "Valeur reprise telle que publiée : ni calculée, ni arrondie, ni additionnée ici."
BOUNDS = (
    "Chaque partenaire compte les personnes qu'il connaît, et une personne peut être connue de plusieurs : il y en a au moins autant que "
    "chez celui qui en compte le plus, au plus la somme de tous."
)
CLOSED = f"Aucun chiffre connu pour cette zone à cette période{t.NBSP}: rien n'est calculé."


def why(sheet: Sheet, board: Board, told: IndicatorSheet, reading: Reading | None) -> None:
    """Write the section; without a period there is no number to put in the formula, and the deliveries are told all the same."""
    sheet.section(html.WHY)
    if reading is not None:
        for text in formula(reading):
            sheet.show(html.paragraph(text))
    _deliveries(sheet, board, told, reading)
    for label, rows, query in sources_read(board, told, reading):
        table = html.table(html.Table(label, ("Rubrique", "Contenu"), tuple(rows)), show_caption=False)
        sheet.fold(label, table + "".join(html.code(title, text) for title, text in query))


def definitions(sheet: Sheet, board: Board, item: Indicator) -> None:
    """Write the versions of the definition, each with the digest that tells a redefinition."""
    sheet.section("Versions de la définition")
    sheet.show(html.table(versions_table(item, board.settings.precisions, board.today), show_caption=False))


def _deliveries(sheet: Sheet, board: Board, told: IndicatorSheet, reading: Reading | None) -> None:
    labels, exact = {source.id: source.label for source in board.sources}, board.audience is Audience.COORDINATION
    if told.indicator.measures and reading is not None:
        found = board.provenance(told.indicator.measures, reading.period.code)
        table = provenance_table(found, labels, reading.period, board.superseded, sizes=exact)
    else:
        ids = [origin.id for origin in told.origins]
        accepted = board.deliveries[(board.deliveries["outcome"] == "accepted") & board.deliveries["source"].isin(ids)]
        table = files_table(accepted, labels, sizes=exact)
    if not table.rows:
        sheet.note("Aucune livraison ne porte ces chiffres pour la période choisie.")
        return
    sheet.show(html.table(table, show_caption=False))
    sheet.note(t.french(FINGERPRINT if exact else BLINDED))


def formula(reading: Reading) -> list[str]:
    """The numerator, the denominator and the division with the numbers of the period, for the zone that speaks for the indicator."""
    item = reading.item
    if item.kind is Kind.PUBLISHED:
        return [t.french(AS_PUBLISHED)]
    if not item.total:
        return [f"Numérateur{t.NBSP}: {item.numerator_text}. Dénominateur{t.NBSP}: {item.denominator_text}."]
    zone = _zone(reading)
    found = reading.told(Window.PERIOD, zone) if zone else None
    if found is not None and found.bounded:
        return [t.french(BOUNDS)]
    if found is None or not found.known:
        return [CLOSED]
    place = "" if item.kind is Kind.MONEY else f", {t.lower_first(reading.names[zone])}"
    head = f"{t.period_label(reading.period)}{place}"
    counted = declared_terms.numbers(reading.board, item, reading.period, zone) if reading.live and item.measures else {}
    if item.kind is Kind.COUNT:
        return [f"{head}{t.NBSP}: {_sum(found.value, item.numerator_terms, counted)}."]
    parts = [
        (f"Numérateur ({head})", found.numerator, item.numerator_terms, item.numerator_text, False),
        ("Dénominateur", found.denominator, item.denominator_terms, item.denominator_text, True),
    ]
    said = [f"{name}{t.NBSP}: {_part(item, value, terms, text, counted, below=below)}." for name, value, terms, text, below in parts]
    return [*said, f"Calcul{t.NBSP}: {_division(item, found)}."]


def _zone(reading: Reading) -> str:
    """All the QPVs where they are compared with the rest of the city, else the zone that speaks for the indicator."""
    zones = reading.sheet.zones
    qpv = reading.told(Window.PERIOD, QPV) if reading.item.kind in COMPARED and QPV in zones else None
    return QPV if qpv and qpv.known else main_zone(zones) if zones else ""


def _part(item: Indicator, value: float, terms: Sequence[Term], text: str, counted: Mapping[Term, int], *, below: bool) -> str:
    """« 118 = entrées en formation »; shares for a parity index, euros for money."""
    if not t.is_known(value):
        return t.lower_first(text) or "aucun"
    if item.kind is Kind.PARITY:
        return f"{t.percent(100 * value, 1)}, {t.lower_first(text)}"
    if item.kind is Kind.MONEY:
        amount = t.number(value) if below and item.unit is Unit.EUROS else t.euros(value, 2)
        return f"{amount}, {t.lower_first(text)}" if text else amount
    return _sum(value, terms, counted)


def _sum(value: float, terms: Sequence[Term], counted: Mapping[Term, int]) -> str:
    """A number and what it is made of: « 118 = 44 (entrées en CEJ) + 74 (entrées en formation) » where each term is known."""
    names = [declared_terms.in_words(term) for term in terms]
    if len(terms) == 1:
        return f"{t.number(value)} = {names[0]}"
    if all(term in counted for term in terms) and sum(counted[term] for term in terms) == round(value):
        return f"{t.number(value)} = " + " + ".join(f"{t.number(counted[term])} ({name})" for term, name in zip(terms, names, strict=True))
    return f"{t.number(value)} = {' + '.join(names)}"


def _division(item: Indicator, found: Figure) -> str:
    """« 100 × 44 / 434 = 10,1 pour 100 »."""
    result = sentences_values.written(item, found)
    if not (t.is_known(found.numerator) and t.is_known(found.denominator)):
        return result
    if item.kind is Kind.PARITY:
        return f"{t.percent(100 * found.numerator, 1)} / {t.percent(100 * found.denominator, 1)} = {result}"
    times = "100 × " if item.unit in {Unit.PERCENT, Unit.POINTS} else ""
    if item.unit is Unit.POINTS:
        return result
    return f"{times}{t.number(found.numerator)} / {t.number(found.denominator)} = {result}"
