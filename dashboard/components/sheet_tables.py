"""The catalogue and an indicator's sheet as tables: figures per zone, history, definition, deliveries. Rows in, tables out.

What a sheet says is decided in ``dashboard.sheets``.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING

from dashboard.components.html import STATE_CLASS, Cell, Table
from dashboard.definitions import declared_rows, unit_of
from dashboard.sheets import Line, Sheet, local_rows
from indicators import typography as t
from indicators.codes import DIMENSIONS, ENSEMBLE
from indicators.indicator import Indicator, Kind, Unit
from indicators.period import Period, SeriesBreak
from indicators.registry import measures
from indicators.sentences_rows import Figure, figure
from indicators.sentences_values import short
from indicators.status import Status
from indicators.territory import HORS_QPV, QPV, VILLE, Territory

if TYPE_CHECKING:
    import pandas as pd

FINGERPRINT = 12
"""Characters of a delivery's fingerprint that are shown: enough to tell two files apart."""
SHARES = ("Part des entrées", "Part des demandeurs d'emploi")
"""What a parity index divides: both among the located persons of the zone and of the rest of the city."""
INTERVAL = f"Intervalle à 95{t.NBSP}%"


def catalogue(lines: Sequence[Line], title: str, territory: Territory) -> str:
    """The indicators of one level with their last figure and the day the next one is due, each name a link to its sheet, as HTML."""
    heads = ("Indicateur", "Code", "Dernière valeur", "Période", "Unité", "Prochaine donnée")
    head = "".join(f'<th scope="col"{_numeric(i == 2)}>{escape(text)}</th>' for i, text in enumerate(heads))
    rows = "".join(_line(line, territory) for line in lines)
    # links look here as they do in the lists of alerts
    return (
        f'<div class="tableau alertes"><table><caption class="hors-ecran">{escape(title)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _line(line: Line, territory: Territory) -> str:
    item, place = line.indicator, territory.label(line.zone)
    place = "" if line.zone == VILLE else f" ({t.lower_first(place) if line.zone == QPV else place})"
    link = f'<a href="/indicateurs?i={escape(item.code)}" target="_self">{escape(item.label)}</a>{escape(place)}'
    value = f'<td class="{STATE_CLASS[line.figure.status]} nombre">{escape(last_value(line))}</td>'
    after = (t.period_label(line.period) if line.period else "aucune", unit_of(item), line.due)
    cells = f"<td>{escape(item.code)}</td>{value}" + "".join(f"<td>{escape(text)}</td>" for text in after)
    return f'<tr><th scope="row">{link}</th>{cells}</tr>'


def _numeric(yes: bool) -> str:
    return ' class="nombre"' if yes else ""


def last_value(line: Line) -> str:
    """The last figure; for an indicator that exists by category only, by which."""
    if not line.indicator.total and line.figure.known:
        return f"par {t.lower_first(DIMENSIONS[line.indicator.breakdowns[0]].label)}"
    return bare(line.indicator, line.figure)


def figures_table(rows: pd.DataFrame, content: Sheet, period: Period, territory: Territory) -> Table:
    """The figure of each zone with its two counts and its interval. ``rows``: the Values rows of the indicator."""
    item = content.indicator
    parts = SHARES if item.kind is Kind.PARITY else ("Numérateur", "Dénominateur")
    lines = [(zone, figure(rows, item.code, period.code, zone)) for zone in content.zones]
    return Table(
        f"{t.period_label(period)}, par zone",
        ("Zone", "Valeur", *parts, INTERVAL),
        tuple((territory.label(zone), *_cells(item, shown)) for zone, shown in lines),
    )


def _cells(item: Indicator, shown: Figure) -> tuple[Cell, ...]:
    if not shown.known:
        return (Cell(t.absent(shown.status), shown.status, numeric=True), *[_none()] * 3)
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
    return t.number(shown.value) if shown.known and item.unit is Unit.PERSONS else short(item, shown)


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


def breakdown_table(rows: pd.DataFrame, item: Indicator, dimension: str, period: Period) -> Table | None:
    """The figures of one breakdown for all the QPVs, the rest of the city and the whole city; None where nobody delivers it."""
    here = rows[(rows["dimension"] == dimension) & (rows["period"] == period.code)]
    zones = {QPV: "Ensemble des QPV", HORS_QPV: "Hors QPV", VILLE: "Ville entière"}
    shown = [zone for zone in zones if zone in set(here["zone"])]
    if not shown:
        return None
    return Table(
        f"Par {t.lower_first(DIMENSIONS[dimension].label)}, {t.period_label(period)}",
        (DIMENSIONS[dimension].label, *(zones[zone] for zone in shown)),
        tuple(
            (category.label, *(value_cell(item, figure(here, item.code, period.code, zone, dimension, category.code)) for zone in shown))
            for category in DIMENSIONS[dimension].categories
        ),
    )


def value_cell(item: Indicator, shown: Figure) -> Cell:
    """A figure in its unit, or its state."""
    return Cell(bare(item, shown), shown.status, numeric=True)


def history_table(rows: pd.DataFrame, content: Sheet, territory: Territory) -> Table:
    """The figure of each zone that ever has one, period by period, the newest first; a break is written where it falls."""
    whole = rows[rows["dimension"] == ENSEMBLE]
    told = set(whole.loc[whole["status"] == Status.OK, "zone"]) or set(content.zones)
    zones = [zone for zone in content.zones if zone in told]
    lines: list[tuple[str | Cell, ...]] = [
        (
            _period(content, position),
            *(value_cell(content.indicator, figure(whole, content.indicator.code, period.code, zone)) for zone in zones),
        )
        for position, period in reversed(list(enumerate(content.periods)))
    ]
    return Table(f"{content.indicator.label}, par période", ("Période", *(territory.label(zone) for zone in zones)), tuple(lines))


def untold(rows: pd.DataFrame, content: Sheet, territory: Territory) -> str:
    """Which zones the history leaves out, having no figure in any period; nothing where it leaves none out."""
    table = history_table(rows, content, territory)
    left_out = [label for zone in content.zones if (label := territory.label(zone)) not in table.columns]
    return f"Sans aucun chiffre, et laissés de côté{t.NBSP}: {t.joined(left_out)}." if left_out else ""


def _period(content: Sheet, position: int) -> str:
    """A period, and the breaks that part it from the one before."""
    period = content.periods[position]
    crossed: list[SeriesBreak] = []
    if position:
        before = content.periods[position - 1]
        crossed = [item for item in content.breaks if item.separates(before, period)]
    return t.period_label(period) + "".join(f", rupture{t.NBSP}: {t.lower_first(item.label)}" for item in crossed)


def definition_table(content: Sheet, territory: Territory) -> Table:
    """The full sheet: what the indicator declares, then what this Cité adds."""
    rows = [("Code", content.indicator.code), *declared_rows(content.indicator), *local_rows(content, territory)]
    return Table(f"Fiche complète de l'indicateur {content.indicator.code}", ("Rubrique", "Contenu"), tuple(rows))


def provenance_table(found: pd.DataFrame, labels: dict[str, str], period: Period) -> Table:
    """The deliveries behind the figures of a period (``Board.provenance``): who, what, when received, which file."""
    return Table(
        f"Livraisons dont viennent les chiffres, {t.period_label(period)}",
        ("Source", "Ce qui est compté", "Période livrée", "Reçu le", "Livraison", "Lignes", "Empreinte"),
        tuple(
            (
                labels.get(str(row["source"]), str(row["source"])),
                _measure(str(row["measure"])),
                t.period_label(Period.parse(str(row["period"]))),
                t.date_short(row["received_at"].date()),
                Cell(f"n°{t.NBSP}{row['delivery_id']}", numeric=True),
                Cell(t.number(int(row["rows"])), numeric=True),
                str(row["sha256"])[:FINGERPRINT],
            )
            for _, row in found.iterrows()
        ),
    )


def _measure(code: str) -> str:
    known = measures().get(code)
    return known.label if known else code


def files_table(deliveries: pd.DataFrame, labels: dict[str, str]) -> Table:
    """The files behind what is not delivered as counts (a ledger, a published value): accepted deliveries, the newest first."""
    return Table(
        "Fichiers dont viennent les chiffres",
        ("Source", "Fichier", "Reçu le", "Livraison", "Lignes", "Empreinte"),
        tuple(
            (
                labels.get(str(row["source"]), str(row["source"])),
                str(row["origin"]) or "non nommé",
                t.date_short(row["received_at"].date()),
                Cell(f"n°{t.NBSP}{row['id']}", numeric=True),
                Cell(t.number(int(row["rows"])), numeric=True),
                str(row["sha256"])[:FINGERPRINT],
            )
            for _, row in deliveries.iloc[::-1].iterrows()
        ),
    )
