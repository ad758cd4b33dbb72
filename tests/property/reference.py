"""The figures computed a second time, one after the other, from the rows: slow, plain, and sharing nothing with the project's arrays.

Only declarations (measures, indicators, code lists) are read from the project. A count is a state and an exact fraction.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache

from indicators.codes import DIMENSIONS
from indicators.indicator import Indicator, Kind, Term
from indicators.measures import Measure
from tests.property import limits
from tests.property.limits import Pair, exact

ABSENCE = ["ok", "secret", "non_transmis", "non_applicable"]
TOTAL = ("ensemble", "ensemble")
Cell = tuple[str, str]
Count = tuple[str, Fraction]
MISSING: Count = ("non_transmis", Fraction(0))
OUT: Count = ("non_applicable", Fraction(0))


@dataclass(frozen=True)
class Row:
    """One row of a Counts frame."""

    source: str
    measure: str
    zone: str
    period: str
    cell: Cell
    status: str
    value: int


@dataclass(frozen=True)
class Value:
    """One row of a Values frame; what is absent is None."""

    status: str
    numerator: Fraction | None = None
    denominator: Fraction | None = None
    value: Decimal | None = None
    limits: Pair = None


def worst(states: Iterable[str]) -> str:
    return max(states, key=ABSENCE.index, default="ok")


def parts(period: str) -> list[str]:
    year, _, rest = period.partition("-")
    if not rest:
        return [f"{year}-T{n}" for n in (1, 2, 3, 4)]
    number = int(rest[1:])
    if rest[0] == "S":
        return [f"{year}-T{2 * number - 1}", f"{year}-T{2 * number}"]
    return [f"{year}-{month:02d}" for month in range(3 * number - 2, 3 * number + 1)] if rest[0] == "T" else []


def length(period: str) -> int:
    return {4: 12}.get(len(period)) or {"T": 3, "S": 6}.get(period[5], 1)


@cache
def last_day(period: str) -> date:
    if length(period) > 1:
        return last_day(parts(period)[-1])
    year, month = int(period[:4]), int(period[5:])
    return date(year, month, monthrange(year, month)[1])


@dataclass(frozen=True)
class City:
    """Successive zonings: first day, last day, QPV codes."""

    zonings: tuple[tuple[date, date, tuple[str, ...]], ...]

    @cache  # noqa: B019 - one city for the whole run
    def qpvs(self, period: str) -> tuple[str, ...]:
        return next((codes for first, last, codes in self.zonings if first <= last_day(period) <= last), ())

    def zones(self) -> list[str]:
        return [*(code for zoning in self.zonings for code in zoning[2]), "QPV", "HORS_QPV", "NON_LOCALISE", "VILLE"]

    def in_force(self, zone: str, period: str) -> bool:
        return zone in {"QPV", "HORS_QPV", "NON_LOCALISE", "VILLE", *self.qpvs(period)}


class Reference:
    """Counts of one city, then the figures made from them."""

    def __init__(
        self, rows: Iterable[Row], measures: dict[str, Measure], city: City, providers: list[tuple[str, str, date | None]]
    ) -> None:
        self.rows = {(row.source, row.measure, row.zone, row.period, row.cell): (row.status, Fraction(row.value)) for row in rows}
        self.measures, self.city, self.providers = measures, city, providers
        self.known: dict[tuple[str, ...], Count] = {}

    def zone_table(self, source: str, measure: str, period: str, cell: Cell) -> dict[str, Count]:
        """What the source gave for every zone, and what the identities add to it."""
        table = {zone: self.rows.get((source, measure, zone, period, cell), MISSING) for zone in self.city.zones()}
        identities = [("VILLE", ["QPV", "HORS_QPV", "NON_LOCALISE"])]
        if self.city.qpvs(period):
            identities.insert(0, ("QPV", list(self.city.qpvs(period))))
        before = None
        while before != table:
            before = dict(table)
            for whole, members in identities:
                absent = [zone for zone in [whole, *members] if table[zone][0] == "non_transmis"]
                if len(absent) != 1:
                    continue
                state = worst(table[zone][0] for zone in [whole, *members] if zone != absent[0])
                others = sum((table[zone][1] for zone in members if zone != absent[0]), Fraction(0))
                value = others if absent[0] == whole else table[whole][1] - others
                table[absent[0]] = (state, value if state == "ok" else Fraction(0))
        return table

    def of_source(self, source: str, measure: str, zone: str, period: str, cell: Cell) -> Count:
        key = (source, measure, zone, period, *cell)
        if key not in self.known:
            self.known[key] = self._of_source(source, measure, zone, period, cell)
        return self.known[key]

    def _of_source(self, source: str, measure: str, zone: str, period: str, cell: Cell) -> Count:
        given = self.zone_table(source, measure, period, cell)[zone]
        nature = self.measures[measure].nature
        if given[0] != "non_transmis" or not parts(period) or nature == "distinct":
            return given
        shorter = [self.of_source(source, measure, zone, part, cell) for part in parts(period)]
        if nature != "flow":
            return shorter[-1]
        state = worst(found[0] for found in shorter)
        return state, sum((found[1] for found in shorter), Fraction(0)) if state == "ok" else Fraction(0)

    def count(self, measure: str, zone: str, period: str, cell: Cell) -> Count:
        """All the sources together."""
        if not self.city.in_force(zone, period):
            return OUT
        due = {source for source, what, since in self.providers if what == measure and (since is None or since <= last_day(period))}
        if not due:
            return MISSING
        if len(due) > 1 and self.measures[measure].nature.startswith("distinct"):
            return OUT
        found = [self.of_source(source, measure, zone, period, cell) for source in sorted(due)]
        state = worst(count[0] for count in found)
        if state == "non_transmis" and parts(period) and self.measures[measure].nature == "flow":
            # no source tells the whole of it, but their totals of each part may be known
            found = [self.count(measure, zone, part, cell) for part in parts(period)]
            state = worst(count[0] for count in found)
        return state, sum((count[1] for count in found), Fraction(0)) if state == "ok" else Fraction(0)

    def terms(self, terms: tuple[Term, ...], zone: str, period: str, cell: Cell) -> Count:
        found = []
        for term in terms:
            if term.common:
                found.append(self.count(term.measure, zone, period, TOTAL))
            elif term.dimension == "ensemble":
                found.append(self.count(term.measure, zone, period, cell))
            elif cell == TOTAL:
                found += [self.count(term.measure, zone, period, (term.dimension, category)) for category in term.categories]
            else:
                found.append(OUT)
        return worst(count[0] for count in found), sum((count[1] for count in found), Fraction(0))

    def value(self, indicator: Indicator, zone: str, period: str, cell: Cell) -> Value:
        state, k = self.terms(indicator.numerator_terms, zone, period, cell)
        if indicator.kind is Kind.COUNT:
            return Value(state, k, None, exact(k)) if state == "ok" else Value(state)
        other, n = self.terms(indicator.denominator_terms, zone, period, cell)
        state = worst([state, other])
        if indicator.kind is Kind.PARITY:
            return self._parity(indicator, (state, k, n), period, cell)
        if state != "ok" or n == 0:
            return Value(state if state != "ok" else "non_applicable")
        if indicator.kind is Kind.MEAN:
            return Value("ok", k, n, exact(k / n))
        found = limits.wilson(k, n) if indicator.kind is Kind.PROPORTION else limits.byar(k, n)
        assert found is not None
        return Value("ok", k, n, 100 * exact(k / n), (100 * found[0], 100 * found[1]))

    def _parity(self, indicator: Indicator, own: tuple[str, Fraction, Fraction], period: str, cell: Cell) -> Value:
        state, k1, n1 = own
        above, k2 = self.terms(indicator.numerator_terms, "HORS_QPV", period, cell)
        below, n2 = self.terms(indicator.denominator_terms, "HORS_QPV", period, cell)
        state = worst([state, above, below])
        if state != "ok" or n1 == 0 or n2 == 0 or k1 + k2 == 0:
            return Value(state if state != "ok" else "non_applicable")
        entries, seekers = k1 / (k1 + k2), n1 / (n1 + n2)
        ratio = limits.ratio_mover(exact(k1 / n1), limits.byar(k1, n1), exact(k2 / n2), limits.byar(k2, n2))
        share = exact(seekers)
        carried = None if ratio is None else tuple(side / (share * side + 1 - share) for side in ratio)
        return Value("ok", entries, seekers, exact(entries / seekers), carried)  # type: ignore[arg-type]

    def values(self, indicators: Iterable[Indicator], periods: list[str]) -> Iterator[tuple[tuple[str, ...], Value]]:
        """Every row of the Values frame, in order."""
        for indicator in indicators:
            asked = [period for period in periods if length(period) >= indicator.frequency.months]
            cells = [TOTAL] if indicator.total else []
            for dimension in indicator.breakdowns:
                mine = [(dimension, category) for category in DIMENSIONS[dimension].codes]
                states = {
                    self.value(indicator, zone, period, cell).status for zone in self.city.zones() for period in asked for cell in mine
                }
                cells += mine if states & {"ok", "secret"} else []
            for zone in self.city.zones():
                for period in asked:
                    if self.shown(indicator, zone, period):
                        for cell in cells:
                            yield (indicator.code, zone, period, *cell), self.value(indicator, zone, period, cell)

    def shown(self, indicator: Indicator, zone: str, period: str) -> bool:
        if not all(self.measures[code].territorial for code in indicator.measures) and zone != "VILLE":
            return False
        if indicator.kind is Kind.PARITY and zone in {"HORS_QPV", "NON_LOCALISE", "VILLE"}:
            return False
        return self.city.in_force(zone, period)
