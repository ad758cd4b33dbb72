"""Which rows the grids of an audience offer, window by window, and what each of them tells."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import pytest

from indicators import compute
from indicators.codes import ENSEMBLE
from indicators.indicator import Kind, Secrecy
from indicators.release.boxes import RESTE, Box
from indicators.release.grid import Choice, Depth, Grid, Span, Subject
from indicators.release.offer import Offer, Row
from indicators.release.release import merged
from indicators.territory import HORS_QPV, NON_LOCALISE, QPV, VILLE
from indicators.windows import Window, windowed
from tests.unit.release.city import INDICATORS, MEASURES, NORTH, TERRITORY, City, even, indicator, periods, quarters_from

QUARTERS = quarters_from("2022-T1", 5)
YEARS = (2022, 2023)
EVERY = ("femme", "homme", "non_renseigne")


def choice(depth: Depth, *categories: str, unlocated: bool = False) -> Choice:
    return Choice(depth, categories or (ENSEMBLE,), unlocated, 0, "")


def grid(**by_subject: Choice) -> Grid:
    """Keys are ``indicator__span__dimension``."""
    found = {}
    for key, value in by_subject.items():
        code, span, dimension = key.split("__")
        found[Subject(code, Span(span), dimension)] = value
    return found


def offer(first: Grid, later: Grid | None = None) -> Offer:
    """A grid for every quarter, another for the last one."""
    grids: dict[str, Grid] = dict.fromkeys(QUARTERS, first)
    if later is not None:
        grids[QUARTERS[-1]] = later
    return Offer(grids, INDICATORS, MEASURES, TERRITORY)


@cache
def frames() -> Mapping[Window, object]:
    counts: dict = {}
    for code in ("entrees", "presents", "echues", "reussies", "sorties"):
        counts |= even(QUARTERS, (6, 7, 8, 3) if code != "reussies" else (3, 3, 4, 1), (4, 3, 1), code)
    cube = merged(City(QUARTERS, counts).cube())
    wanted = [item for item in periods(QUARTERS) if item.code != "2023"]
    return {
        window: compute.values(windowed(cube, MEASURES, TERRITORY, window), INDICATORS.values(), MEASURES, TERRITORY, wanted)
        for window in Window
    }


def rows(found: Offer) -> list[Row]:
    return found.rows(frames())[1]  # type: ignore[arg-type]


def of(found: Offer, window: Window, code: str, period: str, dimension: str = ENSEMBLE, category: str = ENSEMBLE) -> set[str]:
    """The zones offered."""
    zones = (*TERRITORY.qpv_codes(), QPV, HORS_QPV, NON_LOCALISE, VILLE)
    return {zone for zone in zones if found.offers(window, code, zone, period, dimension, category)}


@pytest.mark.parametrize(
    ("depth", "unlocated", "expected"),
    [
        (Depth.NOTHING, False, set()),
        (Depth.CITY, False, {VILLE}),
        (Depth.TWO, False, {QPV, HORS_QPV, VILLE}),
        (Depth.TWO, True, {QPV, HORS_QPV, NON_LOCALISE, VILLE}),
        (Depth.EACH, False, {*TERRITORY.qpv_codes(), QPV, HORS_QPV, VILLE}),
    ],
)
def test_the_zones_of_a_quarter(depth: Depth, unlocated: bool, expected: set[str]) -> None:
    found = offer(grid(n_presents__trimestre__ensemble=choice(depth, unlocated=unlocated)))
    assert of(found, Window.PERIOD, "n_presents", "2022-T2") == expected


def test_only_the_categories_of_the_choice_are_offered() -> None:
    found = offer(grid(n_presents__trimestre__sexe=choice(Depth.CITY, "femme", "homme")))
    assert [of(found, Window.PERIOD, "n_presents", "2022-T2", "sexe", category) for category in EVERY] == [{VILLE}, {VILLE}, set()]


def test_a_flow_is_broken_down_over_twelve_months_never_by_quarter() -> None:
    found = offer(grid(n_entrees__douze_mois__sexe=choice(Depth.CITY, *EVERY), n_entrees__trimestre__sexe=choice(Depth.CITY, *EVERY)))
    told = {
        (window, period): bool(of(found, window, "n_entrees", period, "sexe", "femme"))
        for window in Window
        for period in ("2022-T2", "2022-T4", "2022")
    }
    year = {(Window.PERIOD, "2022"), (Window.YEAR_TO_DATE, "2022-T4"), (Window.YEAR_TO_DATE, "2022")}
    rolling = {(Window.ROLLING_YEAR, period) for period in ("2022-T2", "2022-T4", "2022")}
    assert {key for key, offered in told.items() if offered} == year | rolling


def test_a_sum_of_quarters_is_offered_where_each_of_them_is() -> None:
    both = grid(n_entrees__trimestre__ensemble=choice(Depth.TWO))
    less = grid(n_entrees__trimestre__ensemble=choice(Depth.CITY))
    grids = dict.fromkeys(QUARTERS, both) | {"2022-T2": less}
    found = Offer(grids, INDICATORS, MEASURES, TERRITORY)
    to_date = [of(found, Window.YEAR_TO_DATE, "n_entrees", quarter) for quarter in QUARTERS]
    wide = {QPV, HORS_QPV, VILLE}
    assert to_date == [wide, {VILLE}, {VILLE}, {VILLE}, wide]
    assert of(found, Window.PERIOD, "n_entrees", "2022") == {VILLE}
    assert of(found, Window.ROLLING_YEAR, "n_entrees", "2022-T4") == set()


def test_the_year_of_a_flow_is_offered_by_the_twelve_months_as_well() -> None:
    found = offer(grid(n_entrees__douze_mois__ensemble=choice(Depth.EACH)))
    assert of(found, Window.PERIOD, "n_entrees", "2022") == {*TERRITORY.qpv_codes(), QPV, HORS_QPV, VILLE}
    assert of(found, Window.PERIOD, "n_entrees", "2022-T4") == set()


def test_a_stock_at_the_end_of_a_year_follows_its_last_quarter() -> None:
    found = Offer({"2022-T4": grid(n_presents__trimestre__ensemble=choice(Depth.CITY))}, INDICATORS, MEASURES, TERRITORY)
    assert [of(found, Window.PERIOD, "n_presents", period) for period in ("2022", "2022-T4", "2022-T3")] == [{VILLE}, {VILLE}, set()]


def test_each_quarter_keeps_the_grid_it_was_first_shown_by() -> None:
    found = offer(grid(n_presents__trimestre__ensemble=choice(Depth.CITY)), grid(n_presents__trimestre__ensemble=choice(Depth.TWO)))
    assert [len(of(found, Window.PERIOD, "n_presents", quarter)) for quarter in QUARTERS] == [1, 1, 1, 1, 3]


def test_what_counts_nobody_is_offered_whatever_the_grid() -> None:
    kept, _ = offer({}).rows(frames())  # type: ignore[arg-type]
    for window, frame in frames().items():
        offered = set(frame["indicator"][kept[window]])  # type: ignore[index]
        assert offered == {"n_reunions"}


def test_a_row_tells_its_numerator_and_its_denominator() -> None:
    found = rows(offer(grid(acces__trimestre__ensemble=choice(Depth.TWO))))
    row = next(row for row in found if {box.zone for claim in row.claims for box in claim} == {RESTE} and row.window is Window.PERIOD)
    cell = (ENSEMBLE, (ENSEMBLE,), RESTE, ("2022-T1",))
    assert row.claims == ((Box("entrees", *cell),), (Box("presents", *cell),))
    assert row.between is None
    assert row.headline


def test_a_proportion_tells_what_it_leaves() -> None:
    found = rows(offer(grid(part__trimestre__ensemble=choice(Depth.CITY))))
    assert {row.between for row in found} == {row.claims for row in found}


def test_a_parity_index_tells_the_rest_of_the_city_as_well() -> None:
    found = rows(offer(grid(parite__trimestre__ensemble=choice(Depth.EACH))))
    north = next(row for row in found if any(box.zone == NORTH for claim in row.claims for box in claim))
    assert [(claim[0].measure, claim[0].zone) for claim in north.claims] == [
        ("entrees", NORTH),
        ("presents", NORTH),
        ("entrees", RESTE),
        ("presents", RESTE),
    ]


def test_a_category_is_no_headline() -> None:
    found = rows(offer(grid(n_presents__trimestre__sexe=choice(Depth.CITY, *EVERY))))
    assert found
    assert not any(row.headline for row in found)


def test_a_measure_that_an_open_indicator_uses_is_no_secret() -> None:
    """Meetings for each parcours: the meetings are public, the parcours are persons."""
    mean = indicator("moyenne", Kind.MEAN, "reunions", "presents")
    open_one = indicator("n_reunions", Kind.COUNT, "reunions", secrecy=Secrecy.NONE)
    grids = dict.fromkeys(QUARTERS, grid(moyenne__trimestre__ensemble=choice(Depth.CITY)))
    meetings = {("reunions", ENSEMBLE): even(QUARTERS, (1,), (4,), "reunions")["reunions", ENSEMBLE]}
    cube = merged(City(QUARTERS, {**meetings, **even(QUARTERS, (6, 7, 8, 3), (4, 3, 1), "presents")}).cube())
    items = {item.code: item for item in (mean, open_one)}
    frame = compute.values(cube, items.values(), MEASURES, TERRITORY, periods(QUARTERS)[:5])
    _, found = Offer(grids, items, MEASURES, TERRITORY).rows({Window.PERIOD: frame})
    assert found
    assert {box.measure for row in found for claim in row.claims for box in claim} == {"presents"}
