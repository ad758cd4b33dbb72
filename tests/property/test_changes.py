"""Changes between two editions over random cities: the parts add up, order is nothing, what is hidden leaks no number."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indicators.changes import CELL, NUMBER_COLUMNS, changes
from indicators.changes_between import EditionFigures
from indicators.changes_rows import change_rows
from indicators.frames import VALUES_COLUMNS
from indicators.indicator import Kind
from indicators.period import Period
from indicators.schemas_changes import CHANGES
from indicators.sentences_changes import change, summary
from indicators.status import ORDER
from indicators.territory import VILLE
from tests.property.datasets import INDICATORS, MEASURES, TERRITORY, data_sets, figures
from tests.property.test_evolution import BREAKS

EXAMPLES = 500 if os.environ.get("CITE_LONG") == "1" else 25
LOOSE = [HealthCheck.too_slow, HealthCheck.data_too_large]
QUARTERS = ("2023-T3", "2023-T4", "2024-T1", "2024-T2")
PLACES = st.lists(st.integers(0, 10_000), max_size=60)
RANK = {str(state): place for place, state in enumerate(ORDER)}


def hide(frame: pd.DataFrame, places: list[int]) -> pd.DataFrame:
    """The same frame with some figures hidden."""
    masked = frame.copy()
    chosen = [place % len(masked) for place in places] if len(masked) else []
    masked.loc[masked.index[chosen], VALUES_COLUMNS[5:10]] = np.nan
    masked.loc[masked.index[chosen], "status"] = "secret"
    return masked


@st.composite
def pairs(draw: st.DrawFn) -> tuple[EditionFigures, EditionFigures]:
    """Two editions of one city: the second with figures corrected, others hidden, definitions changed, breaks declared."""
    first, last = sorted(draw(st.tuples(*[st.sampled_from(QUARTERS)] * 2)))
    values, _ = figures(replace(draw(data_sets()), periods=(*QUARTERS, "2023", "2024", "2023-S2", "2024-S1")), TERRITORY)
    old = hide(values, draw(PLACES))
    new = hide(corrected(values, draw(st.integers(1, 5)), draw(st.integers(-3, 3))), draw(PLACES))
    redefined = draw(st.frozensets(st.sampled_from(tuple(INDICATORS))))
    digests = {code: "b" if code in redefined else "a" for code in INDICATORS}
    return (
        EditionFigures(Period.parse(first), date(2024, 5, 1), old, old, dict.fromkeys(INDICATORS, "a")),
        EditionFigures(Period.parse(last), date(2024, 9, 1), new, new, digests, draw(BREAKS)),
    )


def corrected(frame: pd.DataFrame, every: int, by: int) -> pd.DataFrame:
    """The same frame with one known figure in so many moved by a whole number."""
    known = frame.index[frame["status"] == "ok"][::every]
    moved = frame.copy()
    moved.loc[known, "value"] += by
    return moved


def between(old: EditionFigures, new: EditionFigures) -> pd.DataFrame:
    return CHANGES.validate(changes(old, new, INDICATORS, MEASURES, TERRITORY), lazy=True)


@settings(max_examples=EXAMPLES, suppress_health_check=LOOSE)
@given(pairs())
def test_the_parts_add_up_and_are_as_absent_as_their_figures(pair: tuple[EditionFigures, EditionFigures]) -> None:
    found = between(*pair)
    old, _, new, movement, revision = (found[name].to_numpy(float) for name in NUMBER_COLUMNS)
    known = (found["status"] == "ok") & (found["revision_status"] == "ok")
    np.testing.assert_allclose((movement + revision)[known], (new - old)[known], atol=3e-9)
    whole = known.to_numpy() & np.array([INDICATORS[code].kind is Kind.COUNT for code in found["indicator"]], dtype=bool)
    assert ((movement + revision)[whole] == (new - old)[whole]).all()
    ranks = {name: found[f"{name}_status"].map(RANK).to_numpy() for name in ("old", "restated", "new", "revision")}
    assert (ranks["revision"] == np.maximum(ranks["old"], ranks["restated"])).all()
    unbroken = (found["status"] != "non_applicable").to_numpy()
    assert (found["status"].map(RANK).to_numpy()[unbroken] == np.maximum(ranks["restated"], ranks["new"])[unbroken]).all()


@settings(max_examples=EXAMPLES, suppress_health_check=LOOSE)
@given(pairs(), st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(pair: tuple[EditionFigures, EditionFigures], random) -> None:
    def shuffled(edition: EditionFigures) -> EditionFigures:
        order = list(range(len(edition.values)))
        random.shuffle(order)
        frame = edition.values.iloc[order].reset_index(drop=True)
        return replace(edition, values=frame, rolling=frame)

    pd.testing.assert_frame_equal(between(*pair), between(*(shuffled(edition) for edition in pair)))


@settings(max_examples=EXAMPLES, suppress_health_check=LOOSE)
@given(pairs())
def test_identical_editions_give_no_change(pair: tuple[EditionFigures, EditionFigures]) -> None:
    found = between(pair[0], replace(pair[0], day=date(2025, 1, 1)))
    assert (found["revision"].dropna() == 0).all()
    assert (found["movement"].dropna() == 0).all()
    assert not found["redefined"].any()
    assert (found["cause"] == "").all()


@settings(max_examples=EXAMPLES, suppress_health_check=LOOSE)
@given(pairs(), st.lists(st.integers(0, 10_000), min_size=1, max_size=200), st.integers(0, 1))
def test_what_is_hidden_leaks_no_number(pair: tuple[EditionFigures, EditionFigures], places: list[int], side: int) -> None:
    """Whatever was behind a hidden figure, the frame, the sentences and the count of changes are the same."""
    masked = list(pair)
    masked[side] = replace(pair[side], values=hide(pair[side].values, places), rolling=hide(pair[side].rolling, places))
    found = between(*masked)
    for name in ("old", "restated", "new"):
        assert found.loc[found[f"{name}_status"] != "ok", f"{name}_value"].isna().all()
    hidden = {
        tuple(row)
        for row in masked[side].values.loc[masked[side].values["status"] == "secret", [*CELL, "period"]].itertuples(index=False, name=None)
    }
    shown = {0: ("old_value", "old_period"), 1: ("new_value", "new_period")}[side]
    for row in found.to_dict("records"):
        if (*(row[name] for name in CELL), row[shown[1]]) in hidden:
            assert np.isnan(row[shown[0]])
            assert np.isnan(row["revision" if side == 0 else "movement"])
    rows = change_rows(found, *masked, INDICATORS)
    for row in rows:
        if row.status == "secret":
            assert "d'évolution" not in change(row, TERRITORY)
        if row.revision_status == "secret":
            assert " de correction" not in change(row, TERRITORY)
            assert row.causes == ()
    assert summary(rows, date(2024, 5, 1))


def test_the_pairs_meet_movements_revisions_causes_and_breaks() -> None:
    """The properties above would prove little if nothing ever changed."""
    met: set[str] = set()

    @settings(max_examples=40, database=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(pairs())
    def look(pair: tuple[EditionFigures, EditionFigures]) -> None:
        found = between(*pair)
        met.update(found["status"], found["window"], *found["cause"].str.split(" et "))
        met.update({"moved"} if (found["movement"].fillna(0) != 0).any() else set())
        met.update({"broken"} if ((found["broken"] != "") & (found["zone"] != VILLE)).any() else set())
        met.update({"since january"} if ((found["status"] == "non_applicable") & (found["broken"] == "")).any() else set())

    look()
    assert met >= {"revision", "definition", "perimetre", "moved", "broken", "since january"}
    assert met >= {"ok", "secret", "non_transmis", "non_applicable", "period", "rolling_year"}
