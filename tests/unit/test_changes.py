"""What became of a figure between two editions: movement, revision, redefinition, breaks, and what cannot be told."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest

from indicators.changes import changes, shown_period
from indicators.changes_between import EditionFigures
from indicators.frames import VALUES_COLUMNS
from indicators.period import Period, SeriesBreak
from indicators.registry import indicators, measures
from indicators.schemas import VALUES
from indicators.schemas_changes import CHANGES
from indicators.wording import Precision
from tests.unit.test_territory import CITY

T3, NEXT_T3 = Period.parse("2022-T3"), Period.parse("2023-T3")
FIRST, SECOND = date(2022, 10, 20), date(2023, 10, 12)
CEJ, RECEIVED, JOBSEEKERS = "N2.6-cej", "N2.2", "C1"
SAME = dict.fromkeys(indicators(), "abc")
Row = tuple[str, str, str, float | str]


def values(*rows: Row, denominator: float = 200.0) -> pd.DataFrame:
    """Rows (indicator, zone, period, value or status); the numerator follows from the value in per cent."""
    full = []
    for code, zone, period, told in rows:
        value, status = (np.nan, told) if isinstance(told, str) else (float(told), "ok")
        below = denominator if status == "ok" else np.nan
        full.append((code, zone, period, "ensemble", "ensemble", value * below / 100, below, value, np.nan, np.nan, status))
    numbers = dict.fromkeys(VALUES_COLUMNS[5:10], float)
    frame = pd.DataFrame(full, columns=VALUES_COLUMNS).astype(dict.fromkeys((*VALUES_COLUMNS[:5], "status"), "str") | numbers)
    return VALUES.validate(frame, lazy=True)


NONE = values()


def edition(period: Period, day: date, shown: pd.DataFrame = NONE, rolling: pd.DataFrame = NONE, **more: object) -> EditionFigures:
    return EditionFigures(period, day, shown, rolling, **{"digests": SAME, **more})  # type: ignore[arg-type]


def between(old: EditionFigures, new: EditionFigures, **more: object) -> pd.DataFrame:
    return CHANGES.validate(changes(old, new, indicators(), measures(), CITY, **more), lazy=True)  # type: ignore[arg-type]


def cej(
    first: float | str, restated: float | str, later: float | str, *, then: object = None, now: object = None, **more: object
) -> pd.Series:
    """The only row of two editions that hold the CEJ entries of all the QPVs."""
    old = edition(T3, FIRST, values((CEJ, "QPV", "2022-T3", first)), **(then or {}))  # type: ignore[arg-type]
    shown = values((CEJ, "QPV", "2022-T3", restated), (CEJ, "QPV", "2023-T3", later))
    [(_, row)] = between(old, edition(NEXT_T3, SECOND, shown, **(now or {})), **more).iterrows()  # type: ignore[arg-type]
    return row


def test_a_movement_and_a_revision_add_up() -> None:
    row = cej(41, 40, 44)
    assert (row["old_period"], row["new_period"]) == ("2022-T3", "2023-T3")
    assert tuple(row[["old_value", "restated_value", "new_value", "movement", "revision"]]) == (41, 40, 44, 4, -1)
    assert (row["cause"], row["redefined"], row["status"], row["revision_status"]) == ("revision", False, "ok", "ok")


def test_nothing_changed_has_no_cause() -> None:
    row = cej(41, 41, 41)
    assert (row["movement"], row["revision"], row["cause"]) == (0, 0, "")


def test_another_way_to_compute_the_same_number_is_no_change() -> None:
    row = cej(0.3, 0.1 + 0.2, 0.3)
    assert (row["movement"], row["revision"], row["cause"]) == (0, 0, "")


REDEFINED = {"now": {"digests": {**SAME, CEJ: "def"}}}
BREAK = SeriesBreak(date(2022, 9, 1), "Nouvelle convention", frozenset({"entrees_cej"}))


@pytest.mark.parametrize(
    ("more", "cause"),
    [
        ({}, "revision"),
        ({"unrevised": {CEJ}}, "revision"),
        (REDEFINED, "definition et revision"),
        ({**REDEFINED, "unrevised": {CEJ}}, "definition"),
        ({"now": {"breaks": (BREAK,)}}, "perimetre et revision"),
        ({"now": {"breaks": (BREAK,)}, "unrevised": {CEJ}}, "perimetre"),
        ({"now": {"digests": {**SAME, CEJ: "def"}, "breaks": (BREAK,)}}, "definition et perimetre et revision"),
        ({"now": {"breaks": (SeriesBreak(date(2022, 9, 1), "Autre", frozenset({"entrees_plie"})),)}}, "revision"),
        ({"now": {"breaks": (SeriesBreak(date(2025, 1, 1), "Plus tard"),)}}, "revision"),
        ({"then": {"breaks": (old := SeriesBreak(date(2022, 3, 1), "Ancien"),)}, "now": {"breaks": (old,)}}, "revision"),
        ({"now": {"breaks": (SeriesBreak(date(2022, 3, 1), "Déclarée depuis"),)}}, "perimetre et revision"),
        ({"then": {"digests": {}}}, "revision"),
    ],
)
def test_what_may_have_changed_the_past(more: dict[str, object], cause: str) -> None:
    assert cej(41, 40, 44, **more)["cause"] == cause
    assert cej(41, 41, 44, **more)["cause"] == ""


def test_nothing_moves_across_a_break_and_its_day_is_told() -> None:
    row = cej(41, 40, 44, now={"breaks": (SeriesBreak(date(2023, 2, 1), "Nouveau logiciel"),)})
    assert (row["status"], row["broken"], row["broken_on"]) == ("non_applicable", "Nouveau logiciel", "2023-02-01")
    assert np.isnan(row["movement"])
    assert (row["revision"], row["new_value"]) == (-1, 44)


def test_a_change_of_zoning_breaks_the_zones_and_not_the_city() -> None:
    last, first = Period.parse("2023-T4"), Period.parse("2024-T1")
    rows = [(CEJ, zone, period, 10.0) for zone in ("QPV", "VILLE") for period in ("2023-T4", "2024-T1")]
    found = between(edition(last, date(2024, 1, 20), values(*rows)), edition(first, date(2024, 4, 20), values(*rows))).set_index("zone")
    assert tuple(found.loc["QPV", ["status", "broken", "broken_on"]]) == ("non_applicable", "Changement de zonage des QPV", "2024-01-01")
    assert tuple(found.loc["VILLE", ["status", "broken", "movement"]]) == ("ok", "", 0)


@pytest.mark.parametrize(
    ("figures", "states"),
    [
        (("secret", 40, 44), ("secret", "ok")),
        ((41, "secret", 44), ("secret", "secret")),
        ((41, 40, "secret"), ("ok", "secret")),
        (("non_transmis", "secret", 44), ("non_transmis", "secret")),
        ((41, "non_applicable", "secret"), ("non_applicable", "non_applicable")),
    ],
)
def test_what_is_hidden_or_absent_makes_its_parts_so(figures: tuple[float | str, ...], states: tuple[str, str]) -> None:
    row = cej(*figures)  # type: ignore[arg-type]
    assert (row["revision_status"], row["status"]) == states
    assert np.isnan(row["revision"]) == (states[0] != "ok")
    assert np.isnan(row["movement"]) == (states[1] != "ok")


def test_a_figure_that_one_edition_does_not_hold_is_not_transmitted() -> None:
    old = edition(T3, FIRST, values((CEJ, "QPV", "2022-T3", 41)))
    new = edition(NEXT_T3, SECOND, values((RECEIVED, "QPV", "2023-T3", 71.0)))
    gone, appeared = (row for _, row in between(old, new).sort_values("indicator", ascending=False).iterrows())
    assert tuple(gone[["old_status", "restated_status", "new_status"]]) == ("ok", "non_transmis", "non_transmis")
    assert tuple(appeared[["old_status", "restated_status", "new_status"]]) == ("non_transmis", "non_transmis", "ok")


@pytest.mark.parametrize(("quarter", "status", "movement"), [("2023-T3", "ok", 10), ("2023-T1", "non_applicable", np.nan)])
def test_persons_since_january_are_read_at_the_same_quarter(quarter: str, status: str, movement: float) -> None:
    old = edition(T3, FIRST, values((RECEIVED, "QPV", "2022-T3", 60)))
    new = edition(Period.parse(quarter), SECOND, values((RECEIVED, "QPV", "2022-T3", 59), (RECEIVED, "QPV", quarter, 69)))
    [(_, row)] = between(old, new).iterrows()
    assert (row["status"], row["broken"], row["revision"]) == (status, "", -1)
    assert row["movement"] == pytest.approx(movement, nan_ok=True)


def test_a_definition_told_with_its_day_even_when_the_figure_did_not_move() -> None:
    told = [Precision(CEJ, day, f"Précision du {day}.", "Copil") for day in (FIRST, date(2023, 1, 15), date(2023, 3, 1), date(2023, 12, 1))]
    row = cej(41, 41, 41, now={"digests": {**SAME, CEJ: "def"}}, precisions=told)
    assert (row["redefined"], row["defined_on"], row["cause"]) == (True, "2023-03-01", "")
    assert cej(41, 41, 41, precisions=told)["defined_on"] == ""


def test_two_editions_of_the_same_quarter_differ_by_their_revision() -> None:
    shown = edition(T3, FIRST, values((CEJ, "QPV", "2022-T3", 41))), edition(T3, SECOND, values((CEJ, "QPV", "2022-T3", 40)))
    [(_, row)] = between(*shown).iterrows()
    assert (row["movement"], row["revision"], row["status"]) == (0, -1, "ok")


def test_an_edition_is_not_compared_with_a_later_one() -> None:
    with pytest.raises(ValueError, match=r"couvre 2022-T3, avant l'édition précédente \(2023-T3\)"):
        between(edition(NEXT_T3, SECOND), edition(T3, FIRST))


def test_twelve_months_are_compared_where_something_is_added_up() -> None:
    rows = [(code, "QPV", period, 50.0) for code in (CEJ, JOBSEEKERS) for period in ("2022-T3", "2023-T3")]
    shown = values(*rows)
    found = between(edition(T3, FIRST, shown, shown), edition(NEXT_T3, SECOND, shown, shown))
    assert set(found[["indicator", "window"]].itertuples(index=False, name=None)) == {
        (CEJ, "period"),
        (CEJ, "rolling_year"),
        (JOBSEEKERS, "period"),
    }


@pytest.mark.parametrize(
    ("quarter", "half", "year"), [("2022-T3", "2022-S1", "2021"), ("2022-T4", "2022-S2", "2022"), ("2023-T2", "2023-S1", "2022")]
)
def test_an_indicator_by_half_year_or_year_shows_the_last_one_over(quarter: str, half: str, year: str) -> None:
    catalogue, read = indicators(), Period.parse(quarter)
    assert shown_period(catalogue["R6"], read).code == half
    assert shown_period(catalogue["C2"], read).code == year
    assert shown_period(catalogue[CEJ], read).code == quarter


def test_no_figure_no_row() -> None:
    assert between(edition(T3, FIRST), edition(NEXT_T3, SECOND)).empty
