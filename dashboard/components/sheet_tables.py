"""The catalogue and an indicator's sheet as tables: figures per zone, history, definition, deliveries. Rows in, tables out.

What a sheet says is decided in ``dashboard.sheets``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from dashboard.components import released
from dashboard.components.html import STATE_CLASS, Cell, Table
from dashboard.content.blocks import Block, Chart, Fold, Html
from dashboard.definitions import declared_rows, unit_of
from dashboard.sheet_figures import Grid, counts_persons
from dashboard.sheets import Line, Sheet, local_rows
from indicators import typography as t
from indicators.codes import DIMENSIONS, ENSEMBLE
from indicators.indicator import Indicator, Kind, Unit
from indicators.period import Period, SeriesBreak
from indicators.sentences import verdict
from indicators.sentences_rows import Figure, GapRow
from indicators.sentences_values import short
from indicators.status import Status
from indicators.territory import QPV, VILLE, Territory
from indicators.windows import Window

SHARES = ("Part des entrées", "Part des demandeurs d'emploi")
"""What a parity index divides: both among the located persons of the zone and of the rest of the city."""
WHOLE = "Ensemble"
OUTSIDE = Cell("–", numeric=True, faint=True)
"""Stands for a figure that the reader's grid does not hold, in a table where it holds others."""
DASH = f"Tiret{t.NBSP}: effectif trop petit pour ce public."
AGAINST = "Écart avec le reste de la ville"
INTERVAL = f"Intervalle à 95{t.NBSP}%"


def catalogue(lines: Sequence[Line], title: str, names: Mapping[str, str], *, mark: bool = False) -> str:
    """The indicators of one level with their last figure and the day the next one is due, each name a link to its sheet, as HTML.

    ``mark``: write the mark in place of the words for what is hidden.
    """
    heads = ("Indicateur", "Code", "Dernière valeur", "Période", "Unité", "Prochaine donnée")
    head = "".join(f'<th scope="col"{_numeric(i == 2)}>{escape(text)}</th>' for i, text in enumerate(heads))
    rows = "".join(_line(line, names, mark=mark) for line in lines)
    # links look here as they do in the lists of alerts
    return (
        f'<div class="tableau alertes"><table><caption class="hors-ecran">{escape(title)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _line(line: Line, names: Mapping[str, str], *, mark: bool) -> str:
    place = names[line.zone]
    place = "" if line.zone == VILLE else f" ({t.lower_first(place) if line.zone == QPV else place})"
    hidden = mark and counts_persons(line.indicator) and line.figure.status is Status.SECRET
    told = released.MARK if hidden else last_value(line)
    value = f'<td class="{STATE_CLASS[Status.OK if line.figure.bounded else line.figure.status]} nombre">{escape(told)}</td>'
    after = (_when(line), unit_of(line.indicator), line.due)
    cells = f"<td>{escape(line.indicator.code)}</td>{value}" + "".join(f"<td>{escape(text)}</td>" for text in after)
    return f'<tr><th scope="row">{_link(line.indicator)}{escape(place)}</th>{cells}</tr>'


def _when(line: Line) -> str:
    if line.period is None:
        return "aucune"
    return f"12 mois au {t.date_short(line.period.last_day)}" if line.window is Window.ROLLING_YEAR else t.period_label(line.period)


def _link(item: Indicator) -> str:
    return f'<a href="/indicateurs?i={escape(item.code)}" target="_self">{escape(item.label)}</a>'


def followed_elsewhere(items: Sequence[Indicator]) -> str:
    """The indicators of a level that the reader's grid does not hold, each a link to its sheet, as HTML; nothing without any."""
    told = released.too_small([]).removesuffix(".")
    return f'<p class="note">{escape(told)}{", ".join(_link(item) for item in items)}.</p>' if items else ""


def _numeric(yes: bool) -> str:
    return ' class="nombre"' if yes else ""


def last_value(line: Line) -> str:
    """The last figure; for an indicator that exists by category only, by which."""
    if not line.indicator.total and line.figure.known:
        return f"par {t.lower_first(DIMENSIONS[line.indicator.breakdowns[0]].label)}"
    return bare(line.indicator, line.figure)


def figures_table(item: Indicator, found: Grid, caption: str, names: Mapping[str, str], gaps: Mapping[str, GapRow] | None = None) -> Table:
    """The figure of each zone with its two counts and its interval. ``names``: the French name of each zone.

    ``gaps``: what each zone that is compared with the rest of the city says; a last column when there are any.
    """
    parts = SHARES if item.kind is Kind.PARITY else ("Numérateur", "Dénominateur")
    rows: list[tuple[str | Cell, ...]] = []
    for zone, (shown,) in found.lines:
        if shown:
            rows.append((names[zone], *_cells(item, shown), *([_verdict(gaps.get(zone))] if gaps else [])))
    return Table(caption, ("Zone", "Valeur", *parts, INTERVAL, *([AGAINST] if gaps else [])), tuple(rows))


def _verdict(gap: GapRow | None) -> Cell:
    """« −6,6 points (de −10,5 à −2,6), écart défavorable »; a dash for a zone that is not compared."""
    if gap is None or not gap.known:
        return Cell("–")
    return Cell(f"{t.points(gap.points)} (de {t.signed(gap.low, 1)} à {t.signed(gap.high, 1)}), {t.lower_first(verdict(gap))}")


def counts_table(item: Indicator, found: Grid, caption: str, spans: Mapping[str, str], names: Mapping[str, str]) -> Table:
    """The count of each zone over each span, by the French names of both."""
    return _table(item, found, caption, "Zone", names, spans)


def _cells(item: Indicator, shown: Figure) -> tuple[Cell, ...]:
    if not shown.known:
        return (value_cell(item, shown), *[_none()] * 3)
    known = t.is_known(shown.low) and t.is_known(shown.high)
    interval = f"de {_limit(item, shown.low)} à {_limit(item, shown.high)}" if known else ""
    return (
        Cell(bare(item, shown), numeric=True),
        _part(item, shown.numerator),
        _part(item, shown.denominator, below=True),
        Cell(interval, numeric=True) if known else _none(),
    )


def _limit(item: Indicator, value: float) -> str:
    """A limit of an interval, with the decimals of its unit."""
    return t.euros(value) if item.unit is Unit.EUROS else t.number(value, 2 if item.unit is Unit.RATIO else 1)


def bare(item: Indicator, shown: Figure) -> str:
    """A figure where a heading already says its unit in words, or why it is not there."""
    text = t.number(shown.value) if shown.known and item.unit is Unit.PERSONS else short(item, shown)
    return text.removesuffix(" personnes") if shown.bounded else text


def _none() -> Cell:
    return Cell("–", numeric=True)


def _part(item: Indicator, value: float, *, below: bool = False) -> Cell:
    """A numerator, or what is below it: counts, shares of a parity index in percent, euros of the budget (over counts for a unit cost)."""
    if not t.is_known(value):
        return _none()
    if item.kind is Kind.PARITY:
        return Cell(t.percent(100 * value, 1), numeric=True)
    if item.kind is Kind.MONEY and not (below and item.unit is Unit.EUROS):
        return Cell(t.euros(value), numeric=True)
    return Cell(t.number(value), numeric=True)


def breakdown_table(item: Indicator, dimension: str, found: Grid, caption: str, names: Mapping[str, str]) -> Table:
    """The figures of one breakdown, one column for each zone, the whole last."""
    labels = {category.code: category.label for category in DIMENSIONS[dimension].categories} | {ENSEMBLE: WHOLE}
    return _table(item, found, caption, DIMENSIONS[dimension].label, labels, names)


def value_cell(item: Indicator, shown: Figure | None, *, alone: bool = False) -> Cell:
    """A figure in its unit, its bounds or its state; a dash for one that the reader's grid does not hold.

    ``alone``: in its column, which leaves room for the unit of bounds.
    """
    if shown is None:
        return OUTSIDE
    if shown.bounded:
        return Cell(short(item, shown) if alone else bare(item, shown), numeric=True)
    return Cell(bare(item, shown), shown.status, numeric=True)


def history_table(content: Sheet, found: Grid, caption: str, names: Mapping[str, str]) -> Table:
    """The figure of each zone (or category), period by period, the newest first; a break is written where it falls."""
    labels = {code: _period(content, Period.parse(code)) for code, _ in found.lines}
    return _table(content.indicator, found, caption, "Période", labels, names)


def _table(item: Indicator, found: Grid, caption: str, head: str, lines: Mapping[str, str], columns: Mapping[str, str]) -> Table:
    """Figures in lines and columns, with the French name of each."""
    alone = len(found.columns) == 1
    rows: list[tuple[str | Cell, ...]] = [
        (lines[code], *(value_cell(item, figure, alone=alone) for figure in line)) for code, line in found.lines
    ]
    return Table(caption, (head, *(columns[code] for code in found.columns)), tuple(rows))


def _period(content: Sheet, period: Period) -> str:
    """A period, and the breaks that part it from the one before."""
    position = content.periods.index(period)
    crossed: list[SeriesBreak] = []
    if position:
        before = content.periods[position - 1]
        crossed = [item for item in content.breaks if item.separates(before, period)]
    return t.period_label(period) + "".join(f", rupture{t.NBSP}: {t.lower_first(item.label)}" for item in crossed)


def marked(table: Table) -> Table:
    """The table with the mark in place of the words for what is hidden."""
    rows = tuple(tuple(released.marked(cell) if isinstance(cell, Cell) else cell for cell in row) for row in table.rows)
    return Table(table.caption, table.columns, rows)


def legend(blocks: Sequence[Block]) -> str:
    """What the mark and the dash mean, if some table of the page bears them."""
    written = [block.table if isinstance(block, Chart) else block.markup for block in blocks if isinstance(block, Html | Fold | Chart)]
    dash = f'nul">{OUTSIDE.text}</td>'
    said = [released.legend(blocks), DASH if any(dash in text for text in written) else ""]
    return " ".join(text for text in said if text)


def definition_table(content: Sheet, territory: Territory, definition: str) -> Table:
    """The full sheet: what the indicator declares, then what this Cité adds; the delays agreed here stand for the declared one.

    ``definition``: as it holds on the day of reading, precisions included.
    """
    local = local_rows(content, territory)
    headings = {heading for heading, _ in local}
    told = dict(declared_rows(content.indicator)) | {"Définition": definition}
    rows = [("Code", content.indicator.code), *((heading, text) for heading, text in told.items() if heading not in headings), *local]
    return Table(f"Fiche complète de l'indicateur {content.indicator.code}", ("Rubrique", "Contenu"), tuple(rows))
