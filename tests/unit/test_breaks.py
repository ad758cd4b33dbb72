"""What two dates are not compared across: a count that starts again in January, a break inside a window, a partner that joins or leaves."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from indicators.breaks import coverage_breaks
from indicators.cube import Provider
from indicators.evolution import SINCE_JANUARY, Against, evolutions, gap_evolutions
from indicators.measures import Nature
from indicators.period import SeriesBreak
from indicators.windows import Window
from tests.unit.test_evolution import BEFORE, INDICATORS, MEASURES, STEADY, T4, changed, figures, gap_changed
from tests.unit.test_territory import CITY

TO_DATE = {**MEASURES, "entrees": replace(MEASURES["entrees"], nature=Nature.DISTINCT_TO_DATE)}


def test_counts_since_january_are_not_compared_with_the_quarter_before() -> None:
    """What a person sees of it is a reason, not a figure; a year against the year before is fair."""
    values, gaps = figures({"2023-T3": STEADY, T4: STEADY})
    for frame in (
        evolutions(values, INDICATORS, (), CITY, Against.PREVIOUS, measures=TO_DATE),
        gap_evolutions(gaps, INDICATORS, (), CITY, Against.PREVIOUS, measures=TO_DATE),
        gap_evolutions(gaps, INDICATORS, (), CITY, Against.PREVIOUS, measures=MEASURES, window=Window.YEAR_TO_DATE),
    ):
        rows = frame[frame["period"] == T4]
        assert set(rows["status"]) == {"non_applicable"}
        assert set(rows["broken"]) == {SINCE_JANUARY}
        assert rows["change"].isna().all()
    for told, against in (({BEFORE: STEADY, T4: STEADY}, Against.YEAR_AGO), ({"2022": STEADY, "2023": STEADY}, Against.PREVIOUS)):
        frame = evolutions(figures(told)[0], INDICATORS, (), CITY, against, measures=TO_DATE)
        last = frame[(frame["period"] == max(told)) & (frame["zone"] == "QPV")]
        assert set(last["status"]) == {"ok"}


def test_the_period_before_needs_to_know_what_is_counted() -> None:
    with pytest.raises(KeyError, match="entrees"):
        evolutions(figures({"2023-T3": STEADY, T4: STEADY})[0], INDICATORS, (), CITY, Against.PREVIOUS)


def test_a_window_of_twelve_months_reaches_further_back() -> None:
    """A break in March 2022 is inside the twelve months that end with 2022, not between T4 2022 and T4 2023."""
    brake = SeriesBreak(date(2022, 3, 1), "Nouveau logiciel")
    told = {BEFORE: STEADY, T4: STEADY}
    assert gap_changed(told, breaks=(brake,))["status"] == "ok"
    assert gap_changed(told, breaks=(brake,), window=Window.ROLLING_YEAR)["broken"] == "Nouveau logiciel"


def test_a_partner_that_joins_a_measure_breaks_it_for_everyone() -> None:
    """Alone from 2022, joined in July 2023: what is counted is no longer the same."""
    names = {"ccas": "CCAS de Calais", "plie": "PLIE"}
    found = coverage_breaks([Provider("ccas", "entrees"), Provider("plie", "entrees", date(2023, 7, 1))], names)
    assert found == [SeriesBreak(date(2023, 7, 1), "Périmètre changé, PLIE ajouté", frozenset({"entrees"}))]
    told = {BEFORE: STEADY, T4: STEADY}
    for row in (changed(told, "part", "VILLE", breaks=found), gap_changed(told, breaks=found)):
        assert (row["status"], row["broken"], row["broken_on"]) == ("non_applicable", "Périmètre changé, PLIE ajouté", "2023-07-01")


@pytest.mark.parametrize(
    ("providers", "expected"),
    [
        ([Provider("plie", "entrees", date(2023, 7, 1))], []),  # a series begins
        ([Provider("ccas", "sorties"), Provider("plie", "entrees", date(2023, 7, 1))], []),  # another measure
        ([Provider(name, "entrees", date(2023, 7, 1)) for name in ("ccas", "plie")], []),  # both begin it
        ([Provider("ccas", "entrees"), Provider("plie", "entrees", None, date(2023, 6, 30))], ["Périmètre changé, plie retiré"]),
        ([Provider("plie", "entrees", None, date(2023, 6, 30))], []),  # a series ends
    ],
)
def test_who_is_alone_begins_or_ends_a_series_and_breaks_none(providers: list[Provider], expected: list[str]) -> None:
    found = coverage_breaks(providers, {})
    assert [item.label for item in found] == expected
    assert all(item.day == date(2023, 7, 1) for item in found)
