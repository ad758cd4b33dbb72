"""Data sets that Hypothesis makes: one true city per data set, of which sources deliver some zones, periods and cells, and hide others.

Zones of one table never contradict each other, as at the door of the project; everything else is free.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from zlib import crc32

import pandas as pd
from hypothesis import strategies as st

from indicators import compute, gaps
from indicators.codes import DIMENSIONS
from indicators.cube import Provider, build
from indicators.frames import COUNTS_COLUMNS
from indicators.indicator import Direction, Indicator, Kind, Term, Unit
from indicators.measures import Measure, Nature
from indicators.period import Frequency, Period
from indicators.territory import Neighbourhood, Territory, Zoning
from tests.property.reference import City, Row
from tests.unit.test_declarations import RATE

CITY = City(((date(2015, 1, 1), date(2023, 12, 31), ("QP062901", "QP062902")), (date(2024, 1, 1), date(9999, 1, 1), ("QN06201N",))))
TERRITORY = Territory(
    "62193",
    "Calais",
    73_000,
    tuple(
        Zoning(codes[0], codes[0], first, last, tuple(Neighbourhood(code, code, code) for code in codes))
        for first, last, codes in CITY.zonings
    ),
)
MEASURES = {
    measure.code: measure
    for measure in (
        Measure("entrees", "entrées", Nature.FLOW, "entrées"),
        Measure("autres", "autres", Nature.FLOW, "entrées"),
        Measure("sorties", "sorties", Nature.FLOW, "sorties"),
        Measure("presents", "présents", Nature.STOCK, "personnes"),
        Measure("distincts", "distincts", Nature.DISTINCT, "personnes"),
        Measure("cumules", "cumulés", Nature.DISTINCT_TO_DATE, "personnes"),
        Measure("glissants", "glissants", Nature.DISTINCT_ROLLING, "structures"),
        Measure("reunions", "réunions", Nature.FLOW, "réunions", territorial=False),
    )
}
YOUNG = Term("presents", "age", ("moins_26",))
GOOD_EXITS = Term("sorties", "sortie", ("emploi_durable", "alternance"))
ALL_EXITS = Term("sorties", "sortie", ("emploi_durable", "alternance", "chomage"))


def _indicator(
    code: str, kind: Kind, numerator: object, denominator: object, better: Direction, *breakdowns: str, month: bool = False
) -> Indicator:
    frequency = Frequency.MONTH if month else Frequency.QUARTER
    pieces = {"code": code, "kind": kind, "numerator": numerator, "denominator": denominator, "better": better, "unit": Unit.PERCENT}
    return replace(RATE, **pieces, breakdowns=breakdowns, frequency=frequency)  # type: ignore[arg-type]


INDICATORS = {
    indicator.code: indicator
    for indicator in (
        _indicator("part", Kind.PROPORTION, "entrees", ("entrees", "autres"), Direction.HIGHER, "sexe"),
        _indicator("part_sorties", Kind.PROPORTION, GOOD_EXITS, ALL_EXITS, Direction.NEUTRAL, "sortie"),
        _indicator("acces", Kind.RATE, ("entrees", "autres"), "presents", Direction.LOWER, "sexe"),
        _indicator("acces_jeunes", Kind.RATE, "entrees", YOUNG, Direction.HIGHER, "age", month=True),
        _indicator("parite", Kind.PARITY, "entrees", "presents", Direction.HIGHER, "sexe"),
        _indicator("personnes", Kind.COUNT, "distincts", None, Direction.HIGHER, "age"),
        _indicator("depuis_janvier", Kind.COUNT, "cumules", None, Direction.HIGHER, "sexe"),
        _indicator("douze_mois", Kind.COUNT, "glissants", None, Direction.HIGHER),
        _indicator("moyenne", Kind.MEAN, "entrees", "presents", Direction.HIGHER, "sexe"),
        _indicator("moyenne_ville", Kind.MEAN, "reunions", "presents", Direction.HIGHER),
        replace(_indicator("prevalence", Kind.RATE, "entrees", Term("presents", common=True), Direction.LOWER, "sexe"), total=False),
        _indicator("reunions", Kind.COUNT, "reunions", None, Direction.HIGHER),
    )
}
PERIODS = ("2023-10", "2024-02", "2023-T3", "2023-T4", "2024-T1", "2024-T2", "2023-S2", "2024-S1", "2023", "2024")
DELIVERED = {
    Frequency.MONTH: ("2023-10", "2023-11", "2023-12", "2024-01", "2024-02", "2024-03"),
    Frequency.QUARTER: ("2023-T1", "2023-T2", "2023-T3", "2023-T4", "2024-T1", "2024-T2", "2024-T3", "2024-T4"),
    Frequency.YEAR: ("2023", "2024"),
}
USUAL_ZONES = (
    ("QP062901", "QP062902", "QN06201N", "HORS_QPV", "NON_LOCALISE"),
    ("QP062901", "QN06201N", "HORS_QPV", "NON_LOCALISE", "VILLE"),
    ("QPV", "HORS_QPV", "NON_LOCALISE"),
    ("QPV", "HORS_QPV", "VILLE"),
    ("VILLE",),
    tuple(CITY.zones()),
)


@dataclass(frozen=True)
class DataSet:
    """Delivered rows, who was expected, and the periods asked for."""

    rows: tuple[Row, ...]
    providers: tuple[tuple[str, str, date | None], ...]
    periods: tuple[str, ...]


def frame(rows: tuple[Row, ...]) -> pd.DataFrame:
    table = [
        [row.source, row.measure, row.zone, row.period, *row.cell, row.value if row.status == "ok" else None, row.status] for row in rows
    ]
    return pd.DataFrame(table, columns=COUNTS_COLUMNS).astype(
        {"value": "Int64", **dict.fromkeys(COUNTS_COLUMNS[:6], "str"), "status": "str"}
    )


def figures(given: DataSet, territory: Territory = TERRITORY) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The project's Values and Gaps."""
    periods = [Period.parse(code) for code in given.periods]
    providers = [Provider(*provider) for provider in given.providers]
    cube = build(frame(given.rows), MEASURES, territory, periods, providers)
    values = compute.values(cube, INDICATORS.values(), MEASURES, territory, periods)
    return values, gaps.gaps(values, INDICATORS)


def true_count(numbers: list[int], source: str, measure: str, zone: str, period: str, cell: tuple[str, str]) -> int:
    """The city's own count: totals of zones are sums, the rest comes from the drawn numbers."""
    parts = {"QPV": CITY.qpvs(period), "VILLE": ("QPV", "HORS_QPV", "NON_LOCALISE")}.get(zone)
    if parts is not None:
        return sum(true_count(numbers, source, measure, part, period, cell) for part in parts)
    size = 10 if zone == "HORS_QPV" else 1
    return size * numbers[crc32("|".join((source, measure, zone, period, *cell)).encode()) % len(numbers)]


GROUPS = {
    ("entrees", "autres", "presents"): ("ensemble", "sexe", "age"),
    ("sorties",): ("sortie",),
    ("distincts", "cumules", "glissants"): ("ensemble", "sexe", "age"),
    ("reunions",): ("ensemble",),
}
"""Measures delivered together, and the dimensions they come in."""


SOURCES = st.sampled_from(("a", "a", "b"))
ANY_ZONES = st.lists(st.sampled_from(CITY.zones()), unique=True, min_size=1).map(tuple)
MARKS = st.sampled_from(("left_out", "left_out", "secret", "non_transmis", "non_applicable"))


@st.composite
def blocks(draw: st.DrawFn, numbers: list[int], source: str, measures: tuple[str, ...]) -> list[Row]:
    """What one source says of some measures: zones x periods x cells, a few of them left out or without a value."""
    dimensions = draw(st.sets(st.sampled_from(GROUPS[measures]))) | {GROUPS[measures][0]}
    periods = DELIVERED[draw(st.sampled_from(tuple(DELIVERED)))]
    zones = draw(st.sampled_from(USUAL_ZONES) | ANY_ZONES)
    rows = [
        Row(
            source,
            measure,
            zone,
            period,
            (dimension, category),
            "ok",
            true_count(numbers, source, measure, zone, period, (dimension, category)),
        )
        for measure in measures
        for dimension in sorted(dimensions)
        for zone in zones
        for period in periods
        for category in DIMENSIONS[dimension].codes
    ]
    marks = draw(st.dictionaries(st.integers(0, len(rows) - 1), MARKS, max_size=6))
    hidden = draw(st.sets(st.tuples(st.sampled_from(zones), st.sampled_from(periods)), max_size=2))
    marked = [
        replace(row, status="secret" if (row.zone, row.period) in hidden else marks.get(index, "ok")) for index, row in enumerate(rows)
    ]
    return [row for row in marked if row.status != "left_out"]


@st.composite
def data_sets(draw: st.DrawFn) -> DataSet:
    """Most measures from one source, then other deliveries over them, partners that start late and partners that stay silent."""
    numbers = draw(st.lists(st.integers(0, 12) | st.integers(0, 900), min_size=7, max_size=7))
    groups = [*draw(st.permutations(tuple(GROUPS)))[:3], *draw(st.lists(st.sampled_from(tuple(GROUPS)), max_size=2))]
    drawn = [row for i, group in enumerate(groups) for row in draw(blocks(numbers, draw(SOURCES) if i > 2 else "a", group))]
    rows = tuple({(row.source, row.measure, row.zone, row.period, row.cell): row for row in drawn}.values())
    since = st.sampled_from((None, None, None, date(2023, 7, 1), date(2023, 11, 1), date(2024, 1, 1)))
    silent = draw(st.none() | st.sampled_from(tuple(MEASURES)))
    seen = sorted({(row.source, row.measure) for row in rows} | ({("silencieuse", silent)} if silent else set()))
    providers = tuple((source, measure, draw(since)) for source, measure in seen)
    return DataSet(rows, providers, tuple(draw(st.lists(st.sampled_from(PERIODS), unique=True, min_size=1, max_size=3))))
