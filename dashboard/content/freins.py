"""The part of the page of parcours about freins: totals by quarter, detail by kind over twelve months, answers, needs without an offer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dashboard.components import html, links, released
from dashboard.components.needs_tables import columns_of, freins_flow_table, needs_table, review_table
from dashboard.components.readings import measures_of
from dashboard.components.sources import sources_of
from dashboard.content.sheet import Sheet
from indicators import needs, sentences_needs, sentences_results
from indicators import typography as t
from indicators.codes import DIMENSIONS
from indicators.needs import ANSWER, FLOWS, FREIN, STATES, FreinRow
from indicators.period import Period
from indicators.registry import indicators
from indicators.status import Status
from indicators.territory import VILLE
from indicators.windows import Window

if TYPE_CHECKING:
    from dashboard.board import Board

ORDINARY, ANSWERED, REVIEWED, WITHOUT_OFFER = "N3.3-droit_commun", "N3.3-repondus", "N3.4", "N3.5"
NAMES = {"identified": "freins identifiés", "answered": "réponses aux freins", "lifted": "freins levés"}
ASK_COORDINATION = "La coordination les transmet avec le suivi des parcours. La page Données dit ce qui est attendu."
KINDS = DIMENSIONS[FREIN].categories
ORIGINS = FLOWS | STATES
"""The indicator that each column of the freins comes from."""
SENSITIVE = (
    f"Données sensibles, jamais croisées avec le sexe ou l'âge{t.NBSP}: "
    f"{t.joined([t.lower_first(item.label) for item in KINDS if item.sensitive])}."
)


def content(sheet: Sheet, board: Board, period: Period) -> list[str]:
    """Write about freins; what was left out because it is too small for the reader."""
    total, rows = needs.freins_total(board.values, period.code), needs.freins_table(board.values, period.code)
    if any(row.transmitted for row in (*rows, total)):
        small = [*_totals(sheet, board, period), *_by_kind(sheet, board, period), *_answers(sheet, board, period)]
        small += _uncovered(sheet, board, period)
    else:
        sheet.section("Freins")
        sheet.missing(f"Freins identifiés, répondus et levés{t.NBSP}: non transmis pour {t.period_label(period)}.", ASK_COORDINATION)
        small = []
    return small + _review(sheet, board, period)


def _totals(sheet: Sheet, board: Board, period: Period) -> list[str]:
    """The totals of the quarter, and how the open freins follow from those before."""
    sheet.section(f"Freins du {t.period_label(period)}")
    total, before = needs.freins_total(board.values, period.code), needs.freins_total(board.values, period.shift(-1).code)
    told = [name for name, code in FLOWS.items() if released.told(board, Window.PERIOD, code, period)]
    if told:
        sheet.show(html.paragraph(sentences_needs.freins(total, period, told), "phrase"))
    still = released.told(board, Window.PERIOD, STATES["open_now"], period)
    stock = sentences_needs.stock(before, total, period)
    if stock:
        sheet.show(html.paragraph(stock))
    elif still:
        sheet.show(html.paragraph(sentences_needs.listed(f"Freins ouverts au {t.date_short(period.last_day)}", still, [])))
    return [NAMES[name] for name in FLOWS if name not in told]


def _offered(board: Board, row: FreinRow, code: str, period: Period) -> bool:
    return board.offers(Window.ROLLING_YEAR, (code, VILLE, period.code, FREIN, row.code))


def _by_kind(sheet: Sheet, board: Board, period: Period) -> list[str]:
    """The freins by kind over twelve months: those shown from found to lifted, then the others together."""
    if released.too_early(board, period):
        return []
    everything = [row for row in needs.freins_table(board.rolling, period.code) if row.transmitted]
    rows = [row for row in everything if all(_offered(board, row, code, period) for code in FLOWS.values())]
    shown = [row for row in rows if any(_counts(row, name) for name in FLOWS)]
    if not shown:
        return ["freins par nature"] if everything else []
    total = needs.freins_total(board.rolling, period.code)
    columns = [*FLOWS, *(name for name, code in STATES.items() if all(_offered(board, row, code, period) for row in shown))]
    lines = [*(row for row in shown if not row.apart), *(row for row in shown if row.apart), total]
    others = len(rows) < len(everything)
    if others:
        lines.insert(-1, needs.others(total, rows))
    span = released.twelve_months(period)
    sheet.section("Freins par nature")
    table = freins_flow_table(lines, columns, span, period)
    sheet.show(html.table(links.by_column(table, [ORIGINS[name] for name in columns_of(columns)], period)))
    used = measures_of([indicators()[code] for code in (*FLOWS.values(), *STATES.values())])
    sheet.show(html.paragraph(sources_of(board, used, period.code), "source"))
    if others:
        _beside(sheet, board, [row for row in everything if row not in rows], everything, period)
    _remarks(sheet, board, total, [row for row in rows if row not in shown], period)
    return []


def _counts(row: FreinRow, name: str) -> bool:
    """Whether a figure is anything but a known zero."""
    found = getattr(row, name)
    return not (found.known and found.value == 0)


def _beside(sheet: Sheet, board: Board, others: Sequence[FreinRow], everything: Sequence[FreinRow], period: Period) -> None:
    """What is shown of the freins that the table does not list, and of the freins still open by kind."""
    found = [(row.label, row.identified) for row in others if _offered(board, row, FLOWS["identified"], period)]
    still = [(row.label, row.open_now) for row in everything if _offered(board, row, STATES["open_now"], period)]
    said = [
        sentences_needs.listed("Identifiés parmi les autres freins", None, found),
        sentences_needs.listed(f"Encore ouverts au {t.date_short(period.last_day)}", None, still),
    ]
    text = " ".join(sentence for sentence in said if sentence)
    if text:
        sheet.show(html.paragraph(text))


def _remarks(sheet: Sheet, board: Board, total: FreinRow, none: Sequence[FreinRow], period: Period) -> None:
    said = [sentences_needs.NOT_ONE_COHORT]
    if released.told(board, Window.ROLLING_YEAR, STATES["not_discussed"], period):
        said.append(sentences_needs.not_discussed(total))
    sheet.note(" ".join(said))
    silent = sentences_needs.silent(needs.freins_table(board.rolling, period.code))
    zeros = f"Zéro frein sur ces douze mois{t.NBSP}: {t.joined([t.lower_first(row.label) for row in none])}." if none else ""
    sheet.note(" ".join(text for text in (SENSITIVE, zeros, silent) if text))


def _answers(sheet: Sheet, board: Board, period: Period) -> list[str]:
    if released.too_early(board, period):
        return []
    if released.told(board, Window.ROLLING_YEAR, ORDINARY, period) is None:
        return ["origine des réponses aux freins"]
    parts = [released.told(board, Window.ROLLING_YEAR, ANSWERED, period, (ANSWER, code)) for code in DIMENSIONS[ANSWER].codes]
    sheet.section("Qui répond aux freins")
    found = needs.answers(board.rolling, period.code)
    text = sentences_needs.answers(found, released.twelve_months(period), detailed=all(parts))
    sheet.show(html.paragraph(text, "phrase"))
    return []


def _uncovered(sheet: Sheet, board: Board, period: Period) -> list[str]:
    """The needs without an offer at the end of the quarter."""
    found = needs.uncovered(board.values, period.code)
    listed = [need for need in found if released.told(board, Window.PERIOD, WITHOUT_OFFER, period, (FREIN, need.code))]
    outside = len(listed) < len(found)
    if outside and all(need.residents.status is Status.NON_TRANSMIS for need in listed):
        return ["besoins sans offre locale"]
    sheet.section("Besoins non couverts")
    sheet.show(html.paragraph(sentences_needs.uncovered(listed, period.last_day), "phrase"))
    table = needs_table(listed, period)
    if table.rows:
        sheet.show(html.table(links.by_column(table, [WITHOUT_OFFER, STATES["open_now"], WITHOUT_OFFER], period)))
        sheet.note(indicators()[WITHOUT_OFFER].limits)
    return ["autres besoins sans offre locale"] if outside else []


def _review(sheet: Sheet, board: Board, period: Period) -> list[str]:
    """Freins at the reviews: those of the quarter, then by kind over twelve months."""
    quarter = released.told(board, Window.PERIOD, REVIEWED, period)
    year = None if released.too_early(board, period) else released.told(board, Window.ROLLING_YEAR, REVIEWED, period)
    if quarter is None and year is None:
        return ["freins au bilan"]
    sheet.section("Freins au bilan")
    said = [(t.during(period), quarter), (released.twelve_months(period), year)]
    text = " ".join(sentences_results.freins(found, when) for when, found in said if found)
    sheet.show(html.paragraph(text, "phrase"))
    if year is None:
        return []
    told = [(item.label, released.told(board, Window.ROLLING_YEAR, REVIEWED, period, (FREIN, item.code))) for item in KINDS]
    rows = [(label, found) for label, found in told if found and found.status in {Status.OK, Status.SECRET}]
    # most frequent first; those without a figure keep the order of the code list, after
    rows.sort(key=lambda row: -row[1].denominator if row[1].known else 1)
    span = released.twelve_months(period)
    if rows:
        table = review_table([*rows, ("Ensemble", year)], span)
        sheet.show(html.table(links.by_column(table, [REVIEWED] * 3, period)))
    if any(found is None for _, found in told):
        return ["autres freins au bilan" if rows else "freins au bilan par nature"]
    if not rows:
        sheet.note(f"Freins au bilan par nature, {span}{t.NBSP}: {t.absent(Status.NON_TRANSMIS)}.")
    return []
