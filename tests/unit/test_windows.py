"""Since 1 January and over twelve months: events add up, stocks do not, distinct persons cannot; nothing crosses a change of zoning."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from indicators import cube
from indicators.frames import COUNTS_COLUMNS
from indicators.measures import Measure, Nature
from indicators.period import Period, SeriesBreak
from indicators.status import ORDER
from indicators.windows import Window, covered, windowed
from tests.unit.test_territory import CITY

MEASURES = {nature.value: Measure(nature.value, nature.value, nature, "personnes") for nature in Nature}
QUARTERS = ["2022-T3", "2022-T4", "2023-T1", "2023-T2", "2023-T3", "2023-T4", "2024-T1"]
Read = dict[str, object]


def read(
    window: Window,
    nature: Nature,
    zone: str = "VILLE",
    told: dict[str, int | None] | None = None,
    breaks: tuple[SeriesBreak, ...] = (),
) -> Read:
    """By period: the figure under a window, or why there is none; each quarter counts 1, 2, 4, 8... so that any sum tells its parts."""
    told = told if told is not None else {code: 2**place for place, code in enumerate(QUARTERS)}
    rows = [
        ("source", nature.value, place, code, "ensemble", "ensemble", count, "ok" if count is not None else "secret")
        for code, count in told.items()
        for place in ("QPV", "HORS_QPV", "NON_LOCALISE", "VILLE")
    ]
    counts = pd.DataFrame(rows, columns=COUNTS_COLUMNS).astype({"value": "Int64"})
    box = windowed(cube.build(counts, MEASURES, CITY, [Period.parse(code) for code in QUARTERS]), MEASURES, CITY, window, breaks)
    measure, place, cell = (
        box.measures.get_loc(nature.value),
        box.zones.get_loc(zone),
        box.cells.get_loc(("ensemble", "ensemble")),
    )
    return {
        code: box.value[measure, place, here, cell]
        if box.status[measure, place, here, cell] == 0
        else str(ORDER[box.status[measure, place, here, cell]])
        for here, code in enumerate(box.periods)
        if code in QUARTERS
    }


def test_what_a_window_covers() -> None:
    period = Period.parse("2023-T3")
    assert [part.code for part in covered(period, Window.PERIOD)] == ["2023-T3"]
    assert [part.code for part in covered(period, Window.YEAR_TO_DATE)] == ["2023-T1", "2023-T2", "2023-T3"]
    assert [part.code for part in covered(period, Window.ROLLING_YEAR)] == ["2022-T4", "2023-T1", "2023-T2", "2023-T3"]
    assert [part.code for part in covered(Period.parse("2023"), Window.ROLLING_YEAR)] == ["2023"]
    assert len(covered(Period.parse("2023-02"), Window.ROLLING_YEAR)) == 12


def test_events_add_up_since_january() -> None:
    assert read(Window.YEAR_TO_DATE, Nature.FLOW) == {
        "2022-T3": "non_transmis",
        "2022-T4": "non_transmis",  # the first two quarters of 2022 lie outside
        "2023-T1": 4,
        "2023-T2": 12,
        "2023-T3": 28,
        "2023-T4": 60,
        "2024-T1": 64,
    }


def test_events_add_up_over_twelve_months() -> None:
    found = read(Window.ROLLING_YEAR, Nature.FLOW)
    assert [found[code] for code in QUARTERS] == [*["non_transmis"] * 3, 15, 30, 60, 120]


def test_one_quarter_hidden_hides_the_sums_that_hold_it() -> None:
    told = {code: None if code == "2023-T2" else 1 for code in QUARTERS}
    found = read(Window.YEAR_TO_DATE, Nature.FLOW, told=told)
    assert [found[code] for code in QUARTERS[2:]] == [1, "secret", "secret", "secret", 1]


def test_one_quarter_missing_leaves_the_sums_untold() -> None:
    told = {code: 1 for code in QUARTERS if code != "2023-T2"}
    found = read(Window.YEAR_TO_DATE, Nature.FLOW, told=told)
    assert [found[code] for code in QUARTERS[2:]] == [1, "non_transmis", "non_transmis", "non_transmis", 1]


@pytest.mark.parametrize("window", list(Window))
def test_a_stock_is_that_of_the_last_day(window: Window) -> None:
    assert list(read(window, Nature.STOCK).values()) == [2**place for place in range(len(QUARTERS))]


@pytest.mark.parametrize("nature", [Nature.DISTINCT_TO_DATE, Nature.DISTINCT_ROLLING])
def test_persons_already_counted_since_january_or_over_twelve_months_keep_their_figure(nature: Nature) -> None:
    assert list(read(Window.YEAR_TO_DATE, nature).values()) == [2**place for place in range(len(QUARTERS))]


def test_persons_since_january_cover_twelve_months_in_december_only() -> None:
    found = read(Window.ROLLING_YEAR, Nature.DISTINCT_TO_DATE)
    assert {code for code, figure in found.items() if figure != "non_applicable"} == {"2022-T4", "2023-T4"}
    assert found["2023-T4"] == 32


def test_distinct_persons_of_several_periods_cannot_be_added() -> None:
    assert set(read(Window.ROLLING_YEAR, Nature.DISTINCT).values()) == {"non_applicable"}
    to_date = read(Window.YEAR_TO_DATE, Nature.DISTINCT)
    assert [code for code, figure in to_date.items() if figure != "non_applicable"] == ["2023-T1", "2024-T1"]


def test_a_sum_never_crosses_a_change_of_zoning_but_for_the_whole_city() -> None:
    """The city of the tests changes its QPVs on 1 January 2024."""
    assert read(Window.ROLLING_YEAR, Nature.FLOW, "HORS_QPV")["2024-T1"] == "non_applicable"
    assert read(Window.ROLLING_YEAR, Nature.FLOW, "HORS_QPV")["2023-T4"] == 60
    assert read(Window.YEAR_TO_DATE, Nature.FLOW, "HORS_QPV")["2024-T1"] == 64
    assert read(Window.ROLLING_YEAR, Nature.FLOW, "VILLE")["2024-T1"] == 120
    assert read(Window.ROLLING_YEAR, Nature.STOCK, "HORS_QPV")["2024-T1"] == 64


@pytest.mark.parametrize(
    ("day", "untold"),
    [
        (date(2023, 2, 1), ["2023-T1", "2023-T2", "2023-T3", "2023-T4"]),  # in the middle of a quarter: no sum holds it whole
        (date(2023, 4, 1), ["2023-T2", "2023-T3", "2023-T4"]),  # 2024-T1 adds up from the first day of the new definition
        (date(2024, 4, 1), []),
    ],
)
def test_a_sum_never_crosses_a_declared_break(day: date, untold: list[str]) -> None:
    found = read(Window.ROLLING_YEAR, Nature.FLOW, breaks=(SeriesBreak(day, "Définition", frozenset({"flow"})),))
    assert [code for code, figure in found.items() if figure == "non_applicable"] == untold


def test_what_a_break_does_not_concern_is_added_up() -> None:
    """Another measure, what is not added up, and the whole city where only the zones change."""
    day = date(2023, 4, 1)
    other, perimeter = SeriesBreak(day, "Autre", frozenset({"stock"})), SeriesBreak(day, "Périmètres", perimeter=True)
    assert read(Window.YEAR_TO_DATE, Nature.FLOW, breaks=(other,))["2023-T4"] == 60
    assert read(Window.YEAR_TO_DATE, Nature.STOCK, breaks=(other,))["2023-T4"] == 32
    assert read(Window.YEAR_TO_DATE, Nature.FLOW, breaks=(perimeter,))["2023-T4"] == 60
    assert read(Window.YEAR_TO_DATE, Nature.FLOW, "HORS_QPV", breaks=(perimeter,))["2023-T4"] == "non_applicable"


def test_a_cube_read_by_window_leaves_the_first_alone() -> None:
    counts = pd.DataFrame([("s", "flow", "VILLE", "2023-T1", "ensemble", "ensemble", 3, "ok")], columns=COUNTS_COLUMNS)
    box = cube.build(counts.astype({"value": "Int64"}), MEASURES, CITY, [Period.parse("2023-T1")])
    before = box.value.copy()
    windowed(box, MEASURES, CITY, Window.ROLLING_YEAR)
    assert (box.value == before).all()
    assert windowed(box, MEASURES, CITY, Window.PERIOD) is box
