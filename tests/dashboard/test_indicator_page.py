"""What the page of an indicator adds to its sheet: the formula with its numbers, the history as drawn, the versions of a definition."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from dashboard.charts.history import History, Line, history_chart
from dashboard.components.provenance_tables import provenance_table, versions_table
from dashboard.content.indicator_why import formula
from dashboard.sheet_reading import Reading
from dashboard.sheets import sheet
from indicators import sentences_values
from indicators.period import Frequency, Period, between
from indicators.registry import indicators
from indicators.sentences_rows import NOT_TRANSMITTED, Figure
from indicators.status import Status
from indicators.wording import Precision
from tests.dashboard.boards import QUARTER, board
from tests.dashboard.boxes import outside, overlaps

FULL, PERIOD = board(), Period.parse(QUARTER)
QUARTERS = between(date(2022, 1, 1), date(2023, 12, 31), Frequency.QUARTER)


def plain(texts: list[str]) -> str:
    return " ".join(texts).replace("\u00a0", " ").replace("\u202f", " ")


def told(code: str) -> str:
    item = indicators()[code]
    return plain(formula(Reading(FULL, sheet(FULL, item), PERIOD)))


def test_a_rate_shows_its_two_counts_and_the_division():
    said = told("N2.8-formation")
    assert "118 =" in said
    assert "2 460" in said
    assert "100 × 118 / 2 460 = 4,8 pour 100" in said


def test_several_counts_add_up_before_they_are_divided():
    said = told("N2.8")
    assert said.count(" + ") >= 4
    assert "Calcul :" in said


def test_what_is_hidden_or_absent_has_no_number_in_its_formula():
    for code in ("N2.8-garde", "N2.8-cap_emploi"):
        if code in indicators():
            assert told(code).startswith("Aucun chiffre connu")


def level(value: float, low: float = float("nan"), high: float = float("nan")) -> Figure:
    return Figure(value, Status.OK, low=low, high=high)


def drawn(levels: list[Figure], **more: object) -> History:
    item = indicators()["N2.8-cej"]
    lines = [Line("Ensemble des QPV", levels, revised=frozenset({1})), Line("Hors QPV", [level(17.0)] * len(levels), ours=False)]
    return History(QUARTERS[: len(levels)], lines, lambda found: sentences_values.short(item, found), **more)  # type: ignore[arg-type]


def test_a_line_stops_where_nothing_is_known_and_at_a_break():
    levels = [level(9.0), level(10.0), NOT_TRANSMITTED, level(11.0), level(12.0), level(13.0)]
    figure = history_chart(drawn(levels, breaks={5: "nouveaux périmètres"}))
    ours = [list(trace.x) for trace in figure.data if trace.mode == "lines+markers" and trace.line.width == 3]
    assert ours == [[0, 1], [3, 4], [5]]
    assert any("nouveaux périmètres" in note.text for note in figure.layout.annotations)


def test_a_revised_point_is_hollow_and_a_provisional_one_in_a_band():
    figure = history_chart(drawn([level(9.0), level(10.0), level(11.0)], provisional=frozenset({2})))
    [ours] = [trace for trace in figure.data if trace.mode == "lines+markers" and trace.line.width == 3]
    assert ours.marker.color[1] != ours.marker.color[0]
    assert ours.marker.size[1] > ours.marker.size[0]
    [band] = [shape for shape in figure.layout.shapes if shape.type == "rect"]
    assert (band.x0, band.x1) == (1.5, 2.5)
    assert any(note.text == "provisoire" for note in figure.layout.annotations)


def test_an_interval_is_a_band_around_its_line():
    figure = history_chart(drawn([level(9.0, 7.0, 11.0), level(10.0, 8.0, 12.0)]))
    [band] = [trace for trace in figure.data if trace.fill == "toself"]
    assert {7.0, 8.0, 11.0, 12.0} <= set(band.y)


@pytest.mark.parametrize("apart", [0.0, 0.2, 5.0])
def test_the_names_of_two_lines_never_cover_each_other(apart):
    figure = history_chart(drawn([level(17.0 + apart)] * 8))
    assert overlaps(figure) == []
    assert outside(figure) == []


def test_each_version_of_a_definition_has_its_day_its_decision_and_another_digest():
    item = indicators()["R2"]
    precisions = (
        Precision("R2", date(2023, 7, 1), "Les alternances comptent.", "Copil du 12/07/2023"),
        Precision("R2", date(2031, 1, 1), "À venir.", "Copil à venir"),
    )
    table = versions_table(item, precisions, date(2023, 12, 31))
    assert [row[0] for row in table.rows] == ["01/07/2023", "l'origine"]
    assert table.rows[0][2] == "Copil du 12/07/2023"
    assert str(table.rows[0][1]).endswith("Les alternances comptent.")
    assert table.rows[0][3] != table.rows[1][3]


def test_a_delivery_says_what_it_replaced_and_only_among_the_same_measures():
    measures = indicators()["N2.8-cej"].measures
    found = FULL.provenance(measures, QUARTER)
    earlier = found.assign(delivery_id=found["delivery_id"] + 900)
    other = earlier.assign(measure="entrees_plie", delivery_id=1)
    rows = provenance_table(found, {}, PERIOD, pd.concat([earlier, other])).rows
    assert rows
    assert all(str(row[-1]).startswith("n°\u00a0") for row in rows)
    assert not any("autre avant" in str(row[-1]) for row in rows)
