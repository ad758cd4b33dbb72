"""The decomposition of a gap against a slow one, by standardisation in fractions, and the changes that must change nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from indicators.compute import frame_of_rows
from indicators.decomposition import category_effects, contributions, decompose
from indicators.frames import VALUES_COLUMNS
from indicators.gaps import gaps
from indicators.schemas_explained import CATEGORY_EFFECTS, CONTRIBUTIONS, DECOMPOSITION
from tests.unit.test_declarations import RATE

CATEGORIES = ("moins_26", "26_49", "50_plus", "non_renseigne")
ACCESS = {"N9.1": replace(RATE, breakdowns=("age",))}
Zone = tuple[tuple[int, int], ...]
"""Entries and job seekers of each category."""
Effects = tuple[Fraction, Fraction, Fraction]


def cell(zone: str, dimension: str, category: str, k: int, n: int) -> dict[str, object]:
    """A row as ``compute`` writes it: over nobody, the figure is without object."""
    known = {"numerator": k, "denominator": n, "value": 100 * k / n, "status": "ok"} if n else {"status": "non_applicable"}
    return {"indicator": "N9.1", "zone": zone, "period": "2022-T1", "dimension": dimension, "category": category} | known


def values(**zones: Zone) -> pd.DataFrame:
    rows = []
    for zone, pairs in zones.items():
        rows.append(cell(zone, "ensemble", "ensemble", sum(k for k, _ in pairs), sum(n for _, n in pairs)))
        rows += [cell(zone, "age", category, *pair) for category, pair in zip(CATEGORIES, pairs, strict=False)]
    return frame_of_rows([{name: row.get(name, np.nan) for name in VALUES_COLUMNS} for row in rows])


def found(own: Zone, rest: Zone) -> list[float]:
    frame = decompose(values(QPV=own, HORS_QPV=rest), ACCESS, "age")
    assert frame["status"].tolist() == ["ok"]
    return [float(frame[name].iloc[0]) for name in ("points", "composition", "rates")]


def slow(own: Zone, rest: Zone) -> Effects:
    """Each part as the mean of two direct standardisations: on the make-up (or rates) of one side, then of the other."""
    size, size_rest = sum(n for _, n in own), sum(n for _, n in rest)
    composition = rates = Fraction(0)
    for (k, n), (k_rest, n_rest) in zip(own, rest, strict=True):
        if not n and not n_rest:
            continue
        rate = Fraction(k, n) if n else Fraction(k_rest, n_rest)
        rate_rest = Fraction(k_rest, n_rest) if n_rest else rate
        share, share_rest = Fraction(n, size), Fraction(n_rest, size_rest)
        for standard in (share, share_rest):
            rates += standard * rate - standard * rate_rest
        for standard in (rate, rate_rest):
            composition += share * standard - share_rest * standard
    gap = Fraction(sum(k for k, _ in own), size) - Fraction(sum(k for k, _ in rest), size_rest)
    return 100 * gap, 50 * composition, 50 * rates


@st.composite
def zones(draw: st.DrawFn) -> Zone:
    """Up to four categories, some of them empty, not all; rates may pass 100 %."""
    sizes = draw(st.lists(st.integers(0, 3) | st.integers(0, 5000), min_size=4, max_size=4).filter(any))
    return tuple((draw(st.integers(0, 2 * n)), n) for n in sizes)


def near(wanted: Iterable[float | Fraction]) -> object:
    """Numbers equal to these but for the rounding of floats."""
    return pytest.approx([float(x) for x in wanted], rel=1e-9, abs=1e-9)


@settings(max_examples=40)
@given(own=zones(), rest=zones())
@example(own=((3, 10), (0, 0), (0, 0), (0, 0)), rest=((0, 0), (7, 9), (0, 0), (0, 0)))
def test_as_the_slow_one(own: Zone, rest: Zone) -> None:
    assert found(own, rest) == near(slow(own, rest))


@settings(max_examples=40)
@given(own=zones(), rest=zones())
def test_the_gap_is_that_of_the_gaps_frame_and_categories_sum_to_both_parts(own: Zone, rest: Zone) -> None:
    given = values(QPV=own, HORS_QPV=rest)
    whole = gaps(given, ACCESS).query("dimension == 'ensemble'")
    [points, composition, rates] = found(own, rest)
    assert points == whole["points"].iloc[0]
    effects = CATEGORY_EFFECTS.validate(category_effects(given, ACCESS, "age"), lazy=True)
    assert [effects["composition_effect"].sum(), effects["rate_effect"].sum()] == near([composition, rates])


@settings(max_examples=40)
@given(own=zones(), rest=zones())
def test_the_other_way_round_flips_every_sign(own: Zone, rest: Zone) -> None:
    assert found(own, rest) == near([-x for x in found(rest, own)])


@settings(max_examples=40)
@given(own=zones(), rest=zones(), times=st.integers(1, 50), times_rest=st.integers(1, 50))
def test_a_zone_as_many_times_larger_changes_nothing(own: Zone, rest: Zone, times: int, times_rest: int) -> None:
    larger = tuple((k * times, n * times) for k, n in own)
    larger_rest = tuple((k * times_rest, n * times_rest) for k, n in rest)
    assert found(larger, larger_rest) == near(found(own, rest))


@settings(max_examples=40)
@given(own=zones(), rest=zones(), parts=st.integers(1, 9))
def test_a_category_cut_in_two_alike_changes_nothing(own: Zone, rest: Zone, parts: int) -> None:
    """The last category gives up, in both zones, the same share of itself at its own rate to a category of its own."""
    whole, whole_rest = (tuple((10 * k, 10 * n) for k, n in side[:3]) for side in (own, rest))
    if not any(n for _, n in whole) or not any(n for _, n in whole_rest):
        return
    cut, cut_rest = ((*side[:2], *_cut(side[2], parts)) for side in (whole, whole_rest))
    assert found(cut, cut_rest) == near(found(whole, whole_rest))


def _cut(pair: tuple[int, int], tenths: int) -> tuple[tuple[int, int], tuple[int, int]]:
    k, n = pair[0] // 10 * tenths, pair[1] // 10 * tenths
    return (k, n), (pair[0] - k, pair[1] - n)


@settings(max_examples=40)
@given(own=zones(), share=st.integers(1, 9))
def test_equal_rates_leave_make_up_alone_and_equal_make_up_leaves_rates_alone(own: Zone, share: int) -> None:
    same_rates = tuple((k * factor, n * factor) for (k, n), factor in zip(own, (share, 1, 2, 3), strict=True))
    assert found(own, same_rates)[2:] == near([0.0])
    same_make_up = tuple((max(n - k, 0), n) for k, n in own)
    assert found(own, same_make_up)[1:2] == near([0.0])


@settings(max_examples=40)
@given(one=zones(), two=zones(), rest=zones())
def test_contributions_sum_to_the_gap_of_all_qpvs(one: Zone, two: Zone, rest: Zone) -> None:
    both = tuple((a + c, b + d) for (a, b), (c, d) in zip(one, two, strict=True))
    given = values(QP062901=one, QP062902=two, QPV=both, HORS_QPV=rest)
    frame = CONTRIBUTIONS.validate(contributions(given, ACCESS), lazy=True)
    gap = gaps(given, ACCESS).query("dimension == 'ensemble' and zone == 'QPV'")["points"]
    assert [frame["contribution_points"].sum()] == near(gap.tolist())


MARKS = st.dictionaries(st.integers(0, 9), st.sampled_from(("secret", "non_transmis")), max_size=2)


@settings(max_examples=40)
@given(own=zones(), rest=zones(), marks=MARKS, missing=st.none() | st.integers(6, 9))
def test_what_is_hidden_or_missing_on_either_side_stays_so(own: Zone, rest: Zone, marks: dict[int, str], missing: int | None) -> None:
    """Ten figures make a decomposition: two wholes and eight categories. ``missing``: a row of hors QPV that the frame does not hold."""
    given = values(QPV=own, HORS_QPV=rest)
    for index, status in marks.items():
        given.loc[index, ["numerator", "denominator", "value"]] = np.nan
        given.loc[index, "status"] = status
    held = given if missing is None else given.drop(index=[missing])
    states = {*marks.values(), *(["non_transmis"] if missing else [])}
    wanted = next((status for status in ("non_transmis", "secret") if status in states), "ok")
    frame = DECOMPOSITION.validate(decompose(held, ACCESS, "age"), lazy=True)
    effects = CATEGORY_EFFECTS.validate(category_effects(held, ACCESS, "age"), lazy=True)
    assert set(frame["status"]) == set(effects["status"]) == {wanted}
