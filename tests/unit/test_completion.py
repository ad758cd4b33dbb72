"""Longer periods: nothing is added up across a break or a change of zoning; partners that start or leave inside a year."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from indicators import cube
from indicators.cube import Provider
from indicators.frames import COUNTS_COLUMNS
from indicators.measures import Measure, Nature
from indicators.period import Period, SeriesBreak
from indicators.status import ORDER
from indicators.territory import Neighbourhood, Territory, Zoning

MEASURES = {nature.value: Measure(nature.value, nature.value, nature, "personnes") for nature in (Nature.FLOW, Nature.STOCK)}
OLD = Zoning("1", "1", date(2015, 1, 1), date(2023, 6, 30), (Neighbourhood("QP062901", "A", "A"),))
NEW = Zoning("2", "2", date(2023, 7, 1), None, (Neighbourhood("QN06201N", "C", "C"),))
MOVED = Territory("62193", "Calais", 73_000, (OLD, NEW))
STEADY = Territory("62193", "Calais", 73_000, (Zoning("1", "1", date(2015, 1, 1), None, OLD.neighbourhoods),))
QUARTERS = [f"2023-T{n}" for n in (1, 2, 3, 4)]


def read(
    told: dict[tuple[str, str], int], territory: Territory, zone: str, period: str, *, measure: str = "flow", providers=None, breaks=()
) -> object:
    """One figure, or why there is none; ``told`` gives a count by source and period for each zone alike."""
    zones = ("QPV", "HORS_QPV", "NON_LOCALISE")
    rows = [
        (source, measure, place, code, "ensemble", "ensemble", count, "ok") for (source, code), count in told.items() for place in zones
    ]
    counts = pd.DataFrame(rows, columns=COUNTS_COLUMNS).astype({"value": "Int64"})
    box = cube.build(counts, MEASURES, territory, [Period.parse(code) for code in ("2023", *QUARTERS)], providers, breaks)
    place = box.measures.get_loc(measure), box.zones.get_loc(zone), box.periods.get_loc(period), 0
    return box.value[place] if box.status[place] == 0 else str(ORDER[box.status[place]])


ONE = {("a", code): 10 for code in QUARTERS}


@pytest.mark.parametrize(("zone", "year"), [("QPV", "non_applicable"), ("HORS_QPV", "non_applicable"), ("VILLE", 120.0)])
def test_a_year_is_not_added_up_across_a_change_of_zoning_but_for_the_city(zone: str, year: object) -> None:
    assert read(ONE, MOVED, zone, "2023") == year
    assert read(ONE, STEADY, zone, "2023") == (120.0 if zone == "VILLE" else 40.0)


def test_a_year_that_the_partner_counted_itself_is_its_own() -> None:
    assert read({("a", "2023"): 37}, MOVED, "QPV", "2023") == 37


def test_a_stock_is_that_of_the_last_day_whatever_changed_before() -> None:
    assert read(ONE, MOVED, "QPV", "2023", measure="stock") == 10


def test_a_year_is_not_added_up_across_a_break_of_its_measure() -> None:
    item = SeriesBreak(date(2023, 7, 1), "Nouveau logiciel", frozenset({"flow"}))
    assert read(ONE, STEADY, "VILLE", "2023", breaks=(item,)) == "non_applicable"
    assert read(ONE, STEADY, "VILLE", "2023", breaks=(SeriesBreak(date(2023, 7, 1), "Autre", frozenset({"stock"})),)) == 120
    assert read(ONE, STEADY, "VILLE", "2023", breaks=(SeriesBreak(date(2023, 1, 1), "Au premier jour"),)) == 120
    perimeter = SeriesBreak(date(2023, 7, 1), "Périmètres", perimeter=True)
    assert read(ONE, STEADY, "VILLE", "2023", breaks=(perimeter,)) == 120
    assert read(ONE, STEADY, "QPV", "2023", breaks=(perimeter,)) == "non_applicable"


def test_a_year_nobody_told_is_not_transmitted_even_across_a_break() -> None:
    assert read({}, MOVED, "QPV", "2023", providers=[Provider("a", "flow")]) == "non_transmis"


def test_a_partner_that_starts_in_april_counts_from_then_and_the_year_is_the_sum_of_its_quarters() -> None:
    told = ONE | {("b", code): 5 for code in QUARTERS[1:]}
    providers = [Provider("a", "flow"), Provider("b", "flow", since=date(2023, 4, 1))]
    assert [read(told, STEADY, "QPV", code, providers=providers) for code in QUARTERS] == [10, 15, 15, 15]
    assert read(told, STEADY, "QPV", "2023", providers=providers) == 55


def test_a_partner_that_left_is_no_longer_awaited() -> None:
    told = {("a", code): 10 for code in QUARTERS[:2]} | {("b", code): 7 for code in QUARTERS[2:]}
    providers = [Provider("a", "flow", until=date(2023, 6, 30)), Provider("b", "flow", since=date(2023, 7, 1))]
    assert [read(told, STEADY, "QPV", code, providers=providers) for code in QUARTERS] == [10, 10, 7, 7]
    assert read(told, STEADY, "QPV", "2023", providers=providers) == 34


def test_a_quarter_that_one_of_them_did_not_send_leaves_the_year_untold() -> None:
    told = {("a", code): 10 for code in QUARTERS} | {("b", code): 7 for code in QUARTERS[2:]}
    providers = [Provider("a", "flow"), Provider("b", "flow")]
    assert read(told, STEADY, "QPV", "2023", providers=providers) == "non_transmis"
