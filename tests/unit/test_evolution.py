"""Figures and gaps between two dates: worked by hand, every state, and never across a break."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from indicators import breaks as days
from indicators import compute, cube
from indicators.evolution import Against, evolutions, gap_evolutions
from indicators.frames import COUNTS_COLUMNS
from indicators.gaps import gaps
from indicators.indicator import Direction, Indicator, Kind
from indicators.measures import Measure, Nature
from indicators.period import Period, SeriesBreak
from indicators.schemas_evolution import EVOLUTIONS, GAP_EVOLUTIONS
from tests.unit.test_declarations import RATE
from tests.unit.test_territory import CITY

MEASURES = {
    code: Measure(code, code, Nature.STOCK if code == "demandeurs" else Nature.FLOW, "personnes") for code in ("entrees", "demandeurs")
}
SHARE = replace(RATE, code="part", kind=Kind.PROPORTION)
COUNT = replace(RATE, code="nombre", kind=Kind.COUNT, denominator=None)
INDICATORS: dict[str, Indicator] = {item.code: item for item in (SHARE, RATE, COUNT)}
T4, BEFORE = "2023-T4", "2022-T4"
Cells = dict[str, tuple[int | None, int | None]]


def figures(told: dict[str, Cells]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Values and Gaps of periods told as zone -> (entries, job seekers); None is a hidden count."""
    rows = [
        ("source", measure, zone, period, "ensemble", "ensemble", count, "ok" if count is not None else "secret")
        for period, cells in told.items()
        for zone, pair in cells.items()
        for measure, count in zip(("entrees", "demandeurs"), pair, strict=True)
    ]
    counts = pd.DataFrame(rows, columns=COUNTS_COLUMNS).astype({"value": "Int64"})
    periods = [Period.parse(code) for code in told]
    values = compute.values(cube.build(counts, MEASURES, CITY, periods), INDICATORS.values(), MEASURES, CITY, periods)
    return values, gaps(values, INDICATORS)


def changed(told: dict[str, Cells], code: str, zone: str = "QPV", period: str = T4, **more: object) -> pd.Series:
    frame = evolutions(figures(told)[0], INDICATORS, more.pop("breaks", ()), CITY, Against.YEAR_AGO, **more)  # type: ignore[arg-type]
    EVOLUTIONS.validate(frame, lazy=True)
    return frame.set_index(["indicator", "zone", "period", "dimension"]).loc[(code, zone, period, "ensemble")]


def gap_changed(told: dict[str, Cells], code: str = "part", zone: str = "QPV", **more: object) -> pd.Series:
    frame = gap_evolutions(figures(told)[1], INDICATORS, more.pop("breaks", ()), CITY, Against.YEAR_AGO, **more)  # type: ignore[arg-type]
    GAP_EVOLUTIONS.validate(frame, lazy=True)
    return frame.set_index(["indicator", "zone", "period", "dimension"]).loc[(code, zone, T4, "ensemble")]


def city(qpv: tuple[int | None, int | None], rest: tuple[int | None, int | None]) -> Cells:
    return {"QPV": qpv, "HORS_QPV": rest, "NON_LOCALISE": (0, 0)}


STEADY = city((60, 200), (400, 1000))


def test_a_share_that_rises_is_told_in_points_with_newcombe_s_limits() -> None:
    """48 of 80, then 56 of 70: +20.0 points; Newcombe 1998, method 10, gives [5.24; 33.39] for 56/70 - 48/80."""
    row = changed({BEFORE: city((48, 80), (1, 2)), T4: city((56, 70), (1, 2))}, "part")
    assert (row["earlier"], row["before"], row["after"]) == (BEFORE, pytest.approx(60.0), pytest.approx(80.0))
    assert row["change"] == pytest.approx(20.0)
    assert (row["low"], row["high"]) == pytest.approx((5.24, 33.39), abs=0.005)
    assert row["verdict"] == "favorable"


@pytest.mark.parametrize(
    ("better", "verdict"), [(Direction.HIGHER, "favorable"), (Direction.LOWER, "defavorable"), (Direction.NEUTRAL, "sans_jugement")]
)
def test_the_direction_decides_what_a_rise_is_worth(monkeypatch: pytest.MonkeyPatch, better: Direction, verdict: str) -> None:
    monkeypatch.setitem(INDICATORS, "part", replace(SHARE, better=better))
    assert changed({BEFORE: city((48, 80), (1, 2)), T4: city((56, 70), (1, 2))}, "part")["verdict"] == verdict


def test_a_count_changes_in_per_cent_without_limits_nor_judgement() -> None:
    row = changed({BEFORE: city((80, 100), (1, 2)), T4: city((60, 100), (1, 2))}, "nombre")
    assert row["change"] == pytest.approx(-25.0)
    assert math.isnan(row["low"])
    assert row["verdict"] == "sans_jugement"


def test_from_nothing_there_is_no_percentage() -> None:
    row = changed({BEFORE: city((0, 100), (1, 2)), T4: city((60, 100), (1, 2))}, "nombre")
    assert (row["status"], row["broken"]) == ("non_applicable", "")
    assert changed({BEFORE: city((60, 100), (1, 2)), T4: city((0, 100), (1, 2))}, "nombre")["change"] == -100.0


@pytest.mark.parametrize(
    ("before", "after", "status"),
    [
        ((None, 200), (60, 200), "secret"),
        ((60, 200), (None, 200), "secret"),
        ((0, 0), (60, 200), "non_applicable"),
    ],
)
def test_a_change_is_as_absent_as_the_most_absent_of_its_dates(before: tuple, after: tuple, status: str) -> None:
    told = {BEFORE: city(before, (400, 1000)), T4: city(after, (400, 1000))}
    for row in (changed(told, "part"), gap_changed(told)):
        assert row["status"] == status
        assert row[["before", "after", "change", "low", "high"]].isna().all()


def test_a_date_that_nobody_told_is_not_transmitted() -> None:
    assert changed({T4: STEADY}, "part")["status"] == "non_transmis"
    assert gap_changed({T4: STEADY})["status"] == "non_transmis"


def test_the_first_period_of_a_frame_has_a_row_that_says_so() -> None:
    frame = evolutions(figures({BEFORE: STEADY, T4: STEADY})[0], INDICATORS, (), CITY, Against.YEAR_AGO)
    assert set(frame.loc[(frame["period"] == BEFORE) & (frame["zone"] == "QPV"), "status"]) == {"non_transmis"}


def test_the_period_before_is_another_comparison() -> None:
    frame = evolutions(figures({"2023-T3": STEADY, T4: STEADY})[0], INDICATORS, (), CITY, Against.PREVIOUS, measures=MEASURES)
    assert set(frame.loc[frame["period"] == T4, "earlier"]) == {"2023-T3"}
    assert set(frame.loc[(frame["period"] == T4) & (frame["zone"] == "VILLE"), "status"]) == {"ok"}


# gaps: 30 % of 2 000 against 40 % of 10 000 is -10 points


def wide(qpv: int, rest: int) -> Cells:
    return city((qpv, 2000), (rest, 10_000))


@pytest.mark.parametrize(
    ("before", "after", "change", "trend"),
    [
        (wide(600, 4000), wide(720, 4000), 6.0, "se_reduit"),  # -10 then -4
        (wide(720, 4000), wide(600, 4000), -6.0, "se_creuse"),  # -4 then -10
        (wide(600, 4000), wide(900, 4000), 15.0, "s_inverse"),  # -10 then +5
        (wide(900, 4000), wide(1000, 4000), 5.0, "se_creuse"),  # +5 then +10
        (wide(600, 4000), wide(800, 4000), 10.0, "se_reduit"),  # -10 then none
        (wide(800, 4000), wide(600, 4000), -10.0, "se_creuse"),  # none then -10
        (wide(600, 4000), wide(620, 4000), 1.0, "non_etabli"),
        (wide(790, 4000), wide(810, 4000), 1.0, "non_etabli"),  # -0.5 then +0.5: chance alone
    ],
)
def test_a_gap_narrows_widens_changes_sides_or_nothing_is_established(before: Cells, after: Cells, change: float, trend: str) -> None:
    row = gap_changed({BEFORE: before, T4: after})
    assert row["change"] == pytest.approx(change)
    assert row["low"] < row["change"] < row["high"]
    assert row["trend"] == trend


def test_the_limits_of_a_gap_s_change_are_mover_s_on_the_two_gaps() -> None:
    told = {BEFORE: wide(600, 4000), T4: wide(720, 4000)}
    found = figures(told)[1].set_index(["indicator", "zone", "period"])
    old, new = (found.loc[("part", "QPV", period)] for period in (BEFORE, T4))
    change = new["points"] - old["points"]
    low = change - math.hypot(new["points"] - new["low"], old["high"] - old["points"])
    high = change + math.hypot(new["high"] - new["points"], old["points"] - old["low"])
    row = gap_changed(told)
    assert (row["low"], row["high"]) == pytest.approx((low, high))


def test_the_same_gain_on_both_sides_leaves_the_gap() -> None:
    row = gap_changed({BEFORE: wide(600, 4000), T4: wide(700, 4500)})
    assert row["change"] == pytest.approx(0.0, abs=1e-12)
    assert row["trend"] == "non_etabli"


def test_swapping_the_dates_turns_every_change_over() -> None:
    one, other = city((48, 80), (90, 300)), city((56, 70), (60, 310))
    forth, back = ({BEFORE: first, T4: second} for first, second in ((one, other), (other, one)))
    for read in (lambda told: changed(told, "part"), gap_changed):
        assert read(forth)["change"] == pytest.approx(-read(back)["change"])
        assert (read(forth)["low"], read(forth)["high"]) == pytest.approx((-read(back)["high"], -read(back)["low"]))


BREAK = SeriesBreak(date(2023, 7, 1), "Nouvelle définition", frozenset({"entrees"}))


@pytest.mark.parametrize("zone", ["QPV", "VILLE"])
def test_nothing_is_computed_across_a_break_of_a_measure(zone: str) -> None:
    row = changed({BEFORE: STEADY, T4: STEADY}, "part", zone, breaks=(BREAK,))
    assert (row["status"], row["broken"], row["broken_on"]) == ("non_applicable", "Nouvelle définition", "2023-07-01")
    assert gap_changed({BEFORE: STEADY, T4: STEADY}, breaks=(BREAK,))["status"] == "non_applicable"


def test_a_break_of_another_measure_or_outside_the_two_dates_breaks_nothing() -> None:
    for item in (
        replace(BREAK, measures=frozenset({"sorties"})),
        replace(BREAK, day=date(2024, 1, 1)),
        replace(BREAK, day=date(2022, 10, 1)),
    ):
        assert changed({BEFORE: STEADY, T4: STEADY}, "part", breaks=(item,))["status"] == "ok"


def test_the_whole_city_crosses_a_break_of_perimeter_and_the_zones_do_not() -> None:
    item = replace(BREAK, label="Nouveaux périmètres", measures=frozenset(), perimeter=True)
    told = {BEFORE: STEADY, T4: STEADY}
    assert changed(told, "part", "VILLE", breaks=(item,))["status"] == "ok"
    assert changed(told, "part", "HORS_QPV", breaks=(item,))["broken"] == "Nouveaux périmètres"


def test_a_change_of_zoning_is_a_break_that_no_file_needs_to_declare() -> None:
    """The city of the tests changes its QPVs on 1 January 2024."""
    told = {"2023-T1": STEADY, "2024-T1": STEADY}
    assert changed(told, "part", "QPV", "2024-T1")["broken"] == days.ZONING_CHANGES
    assert changed(told, "part", "QPV", "2024-T1")["broken_on"] == "2024-01-01"
    assert changed(told, "part", "VILLE", "2024-T1")["status"] == "ok"
    assert changed(told, "part", "QN06201N", "2024-T1")["broken"] == days.ZONING_CHANGES


def test_a_declared_break_is_named_before_the_change_of_zoning() -> None:
    item = SeriesBreak(date(2024, 1, 1), "Nouveaux périmètres", perimeter=True)
    assert changed({"2023-T1": STEADY, "2024-T1": STEADY}, "part", "QPV", "2024-T1", breaks=(item,))["broken"] == "Nouveaux périmètres"


SOON = date(2024, 2, 29)


@pytest.mark.parametrize(
    ("moving", "expected"),
    [
        ({("entrees", BEFORE): SOON}, "2024-02-29"),
        ({("demandeurs", T4): SOON, ("entrees", T4): date(2024, 1, 31)}, "2024-02-29"),
        ({("entrees", "2023-T3"): SOON}, ""),
        ({("sorties", T4): SOON}, ""),
    ],
)
def test_a_change_is_provisional_until_the_last_day_either_date_may_move(moving: dict, expected: str) -> None:
    told = {BEFORE: STEADY, T4: STEADY}
    assert changed(told, "part", provisional=moving)["provisional"] == expected
    assert gap_changed(told, provisional=moving)["provisional"] == expected


def test_money_and_published_values_have_no_evolution_here() -> None:
    values = figures({BEFORE: STEADY, T4: STEADY})[0]
    others = {**INDICATORS, "part": replace(RATE, code="part", kind=Kind.PUBLISHED, numerator=(), denominator=None, published="taux")}
    assert "part" not in set(evolutions(values, others, (), CITY, Against.YEAR_AGO)["indicator"])


def test_empty_frames_give_empty_frames() -> None:
    values, found = figures({T4: STEADY})
    assert EVOLUTIONS.validate(evolutions(values.iloc[:0], INDICATORS, (), CITY, Against.YEAR_AGO), lazy=True).empty
    assert GAP_EVOLUTIONS.validate(gap_evolutions(found.iloc[:0], INDICATORS, (), CITY, Against.YEAR_AGO), lazy=True).empty
