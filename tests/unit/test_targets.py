"""Targets: the « taux d'avancement » of PILOTE, both directions, equality, states, and the milestone in force."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from indicators.frames import VALUES_COLUMNS
from indicators.period import Period, SeriesBreak
from indicators.registry import indicators
from indicators.schemas_targets import TARGETS
from indicators.status import Status
from indicators.targets import Milestone, Target, progress
from tests.unit.test_territory import CITY

START, END = date(2022, 1, 1), date(2023, 12, 31)
T4 = Period.parse("2023-T4")
HIGHER, LOWER, NEUTRAL = "N1.1", "R5", "N2.3"


def values(*rows: tuple[str, float | None, str], zone: str = "VILLE", period: str = "2023-T4") -> pd.DataFrame:
    """Rows (indicator, value, status) of one zone and period."""
    full = [(code, zone, period, "ensemble", "ensemble", np.nan, np.nan, value, np.nan, np.nan, status) for code, value, status in rows]
    numbers = dict.fromkeys(VALUES_COLUMNS[5:10], float)
    return pd.DataFrame(full, columns=VALUES_COLUMNS).astype(dict.fromkeys((*VALUES_COLUMNS[:5], "status"), "str") | numbers)


def target(code: str, initial: float, *steps: tuple[date, float], **more: object) -> Target:
    return Target(code, initial, START, tuple(Milestone(*step) for step in steps), "Copil du 20/10/2022", **more)  # type: ignore[arg-type]


def one(code: str, initial: float, wanted: float, current: float) -> pd.Series:
    frame = progress(values((code, current, "ok")), [target(code, initial, (END, wanted))], indicators(), T4)
    return TARGETS.validate(frame, lazy=True).iloc[0]


@pytest.mark.parametrize(
    ("code", "initial", "wanted", "current", "share", "reached"),
    [
        (HIGHER, 9, 14, 9, 0, False),
        (HIGHER, 9, 14, 12, 60, False),  # 100 x 3 / 5
        (HIGHER, 9, 14, 14, 100, True),  # equality counts
        (HIGHER, 9, 14, 16.5, 150, True),  # not clipped above
        (HIGHER, 9, 14, 8, -20, False),  # nor below
        (HIGHER, 9, 14, 13.999, 99.98, False),  # judged before rounding
        (LOWER, 30, 20, 25, 50, False),
        (LOWER, 30, 20, 20, 100, True),
        (LOWER, 30, 20, 18, 120, True),
        (LOWER, 30, 20, 33, -30, False),
        (NEUTRAL, 30, 20, 20, 100, True),  # the way of the target: down
        (NEUTRAL, 30, 20, 25, 50, False),
        (NEUTRAL, 20, 30, 31, 110, True),  # up
        (HIGHER, 14, 14, 14, 100, True),  # held from the start, and still
        (HIGHER, 14, 14, 13, 0, False),  # held from the start, no longer
        (HIGHER, 16, 14, 15, 100, True),
        (HIGHER, 16, 14, 13, 0, False),
        (LOWER, 15, 20, 21, 0, False),
        (LOWER, 15, 20, 19, 100, True),
        (NEUTRAL, 20, 20, 20, 100, True),
        (NEUTRAL, 20, 20, 21, 0, False),
    ],
)
def test_the_rate_of_progress_follows_the_direction(code, initial, wanted, current, share, reached):
    row = one(code, initial, wanted, current)
    assert row["progress"] == pytest.approx(share)
    assert row["final_progress"] == row["progress"]
    assert row["reached"] == reached
    assert row["current"] == current


def test_equality_survives_the_way_a_rate_was_computed():
    assert 100 * 0.07 != 7  # the same share, by another computation, is one bit away
    assert one(LOWER, 30, 7, 100 * 0.07)["reached"]
    assert not one(LOWER, 30, 7, 7.000001)["reached"]


@pytest.mark.parametrize("status", [Status.SECRET, Status.NON_TRANSMIS, Status.NON_APPLICABLE])
def test_a_value_that_is_not_there_has_no_progress(status):
    frame = progress(values((HIGHER, None, status)), [target(HIGHER, 9, (END, 14))], indicators(), T4)
    row = TARGETS.validate(frame, lazy=True).iloc[0]
    assert row["status"] == status
    assert pd.isna(row["current"])
    assert pd.isna(row["progress"])
    assert pd.isna(row["final_progress"])
    assert pd.isna(row["reached"])
    assert row["target"] == 14


def test_the_milestone_in_force_is_the_first_not_past():
    stepped = target("R2", 50, (date(2022, 12, 31), 55), (END, 60))
    frames = {code: progress(values(("R2", 57, "ok"), period=code), [stepped], indicators(), Period.parse(code)) for code in PERIODS}
    shown = {code: (frame["target"][0], bool(frame["reached"][0]), round(frame["progress"][0])) for code, frame in frames.items()}
    assert shown == {"2022-T3": (55, True, 140), "2022-T4": (55, True, 140), "2023-T1": (60, False, 70), "2024-T1": (60, False, 70)}
    assert {frame["final_progress"][0] for frame in frames.values()} == {70}


PERIODS = ("2022-T3", "2022-T4", "2023-T1", "2024-T1")


def state_of(wanted: Target, known: pd.DataFrame, period: str = "2023-T4") -> str:
    return str(TARGETS.validate(progress(known, [wanted], indicators(), Period.parse(period)), lazy=True)["status"][0])


def test_a_target_without_object_is_told_from_a_figure_that_did_not_come():
    half = target("R6", 50, (END, 55))
    assert state_of(half, values(("R2", 1, "ok"))) == Status.NON_APPLICABLE  # half-yearly, asked for a quarter
    assert state_of(half, values(("R2", 1, "ok"), period="2023-S2"), "2023-S2") == Status.NON_TRANSMIS
    later = Target("R2", 50, END, (Milestone(date(2024, 12, 31), 60),), "Copil")
    assert state_of(later, values(("R2", 55, "ok"), period="2023-T3"), "2023-T3") == Status.NON_APPLICABLE  # before it was set
    quarter = target("R2", 50, (END, 60), zone="QP062901")
    assert state_of(quarter, values(("R2", 55, "ok"))) == Status.NON_APPLICABLE  # computed elsewhere: this QPV is not in force
    assert state_of(quarter, values(("N1.1", 9, "ok"))) == Status.NON_TRANSMIS


def test_a_target_reads_its_own_zone_and_category():
    known = pd.concat([values(("N3.4", 40, "ok")), values(("N3.4", 30, "ok"), zone="QPV")], ignore_index=True)
    known.loc[1, ["dimension", "category"]] = ["frein", "mobilite"]
    wanted = [
        target("N3.4", 20, (END, 60)),
        target("N3.4", 20, (END, 60), zone="QPV", category=("frein", "mobilite")),
        target("N3.4", 20, (END, 60), zone="QPV"),
    ]
    frame = TARGETS.validate(progress(known, wanted, indicators(), T4), lazy=True)
    assert frame["progress"].fillna(-1).tolist() == [50, 25, -1]
    assert frame["status"].tolist() == ["ok", "ok", "non_transmis"]


def test_no_target_gives_no_row():
    frame = progress(values((HIGHER, 9, "ok")), [], indicators(), T4)
    assert TARGETS.validate(frame, lazy=True).empty


def test_an_unknown_indicator_is_an_error():
    with pytest.raises(KeyError, match=r"N9\.9"):
        progress(values((HIGHER, 9, "ok")), [target("N9.9", 1, (END, 2))], indicators(), T4)


@pytest.mark.parametrize(
    ("steps", "category", "told"),
    [
        ((), ("ensemble", "ensemble"), "aucune étape"),
        (((END, 1), (date(2022, 12, 31), 2)), ("ensemble", "ensemble"), "dans l'ordre"),
        (((START, 1),), ("ensemble", "ensemble"), "après celui de la valeur initiale"),
        (((END, 1),), ("frein", "permis"), "modalité inconnue"),
        (((END, 1),), ("quartier", "ensemble"), "modalité inconnue"),
    ],
)
def test_a_target_that_does_not_hold_together_is_refused(steps, category, told):
    with pytest.raises(ValueError, match=told):
        target(HIGHER, 9, *steps, category=category)


numbers = st.integers(-1000, 1000).map(lambda n: n / 8)


@settings(max_examples=30)
@given(numbers, numbers, numbers, st.integers(1, 64).map(lambda n: n / 8), numbers)
def test_progress_does_not_depend_on_the_unit_or_the_origin(initial, wanted, current, scale, shift):
    assume(initial != wanted)
    before = one(HIGHER, initial, wanted, current)
    after = one(HIGHER, scale * initial + shift, scale * wanted + shift, scale * current + shift)
    assert after["progress"] == pytest.approx(before["progress"], rel=1e-6, abs=1e-6)
    assert after["reached"] == before["reached"]


@settings(max_examples=30)
@given(numbers, numbers, numbers)
def test_a_lower_target_is_the_mirror_of_a_higher_one(initial, wanted, current):
    up, down = one(HIGHER, initial, wanted, current), one(LOWER, -initial, -wanted, -current)
    assert up["progress"] == pytest.approx(down["progress"])
    assert up["reached"] == down["reached"]


@settings(max_examples=30)
@given(numbers, numbers, numbers)
def test_reached_is_a_full_way_or_more(initial, wanted, current):
    assert one(HIGHER, initial, wanted, current)["reached"] == (one(HIGHER, initial, wanted, current)["progress"] >= 100)


def test_a_target_has_no_object_across_a_break_but_for_the_whole_city_s_perimeter() -> None:
    """The city of the tests changes its QPVs on 1 January 2024."""
    start, later = Milestone(date(2025, 12, 31), 900.0), Period.parse("2024-T2")
    city = Target("C1", 1200.0, date(2022, 1, 1), (start,), "essai")
    told = pd.concat([values(("C1", 1000.0, "ok"), zone=zone, period="2024-T2") for zone in ("VILLE", "QPV")], ignore_index=True)
    both = [city, replace(city, zone="QPV")]
    assert list(progress(told, both, indicators(), later, (), CITY)["status"]) == ["ok", "non_applicable"]
    item = SeriesBreak(date(2023, 1, 1), "Nouvelles catégories", frozenset({"demandeurs_emploi_abc"}))
    crossed = progress(told, both, indicators(), later, (item,), CITY)
    assert list(crossed["status"]) == ["non_applicable", "non_applicable"]
    assert crossed[["current", "progress"]].isna().all(axis=None)
