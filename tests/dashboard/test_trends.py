"""The small multiples: one panel a scheme, holes that say why, no line across a break, no text over another."""

from __future__ import annotations

import math

import pytest

from dashboard import theme
from dashboard.charts.trends import COLUMNS, PANELS, Series, trends_chart
from dashboard.components.released import MARK
from indicators.period import Frequency, Period
from indicators.sentences_rows import Figure
from indicators.status import Status
from tests.dashboard.boxes import outside, overlaps

QUARTERS = [Period(2022 + i // 4, Frequency.QUARTER, i % 4 + 1) for i in range(8)]
HIDDEN, MISSING = (Figure(math.nan, status) for status in (Status.SECRET, Status.NON_TRANSMIS))


def level(value: float, denominator: float = 1000) -> Figure:
    return Figure(value, Status.OK, value * denominator / 100, denominator, value - 1, value + 1)


def series(
    label: str,
    start: float = 9.0,
    *,
    holes: dict[int, Figure] | None = None,
    breaks: tuple[int, ...] = (),
    verdict: str = "l'écart se réduit",
    tone: str = "favorable",
    gap: tuple[str, str] = ("Écart défavorable", "defavorable"),
    change: str = "−9,0 → −7,6\u00a0points",
) -> Series:
    qpv = [level(start + 0.2 * i) for i in range(8)]
    for position, hole in (holes or {}).items():
        qpv[position] = hole
    rest = [level(2 * start)] * 8
    return Series(label, *gap, change, verdict, tone, QUARTERS, qpv, rest, breaks)


def lines(figure, axis: str):
    return [trace for trace in figure.data if trace.xaxis == axis and "lines" in trace.mode]


def test_each_scheme_has_its_panel_its_change_and_its_verdict_in_words():
    figure = trends_chart([series("Formation"), series("PLIE", 1.2)])
    texts = [note.text for note in figure.layout.annotations]
    assert texts.count("▲ l'écart se réduit") == 2
    assert {"Formation", "PLIE", "−9,0 → −7,6\u00a0points", "● habitants des QPV", "◇ reste de la ville"} <= set(texts)
    assert texts[:4] == ["Formation", "▼ Écart défavorable", "−9,0 → −7,6\u00a0points", "▲ l'écart se réduit"]
    assert {"10,4", "18,0", "2,6", "2,4"} <= set(texts)


def test_what_is_not_computed_has_a_sign_of_its_own():
    """« ≈ » is a finding: nothing is established. No change computed is not one."""
    broken = {"change": "rupture au 01/01/2024", "verdict": "non calculée", "tone": ""}
    figure = trends_chart([series(f"D{i}", 9 - i, **broken) for i in range(PANELS)])
    texts = [note.text for note in figure.layout.annotations]
    assert texts.count("— non calculée") == PANELS
    assert not any("≈" in text for text in texts)
    assert overlaps(figure) == []
    assert outside(figure) == []


def test_without_a_change_a_panel_keeps_its_gap_and_no_mark_stands_alone():
    figure = trends_chart([series("Formation", change="", verdict="", tone="")])
    texts = [note.text for note in figure.layout.annotations]
    assert texts[:2] == ["Formation", "▼ Écart défavorable"]
    assert not any(text.startswith("—") for text in texts)


def test_no_more_panels_than_a_screen_holds_and_no_text_over_another():
    longest = {"verdict": "pas d'évolution établie", "tone": "non_etabli", "gap": ("Pas de différence établie, fragile", "non_etabli")}
    figure = trends_chart([series(f"Dispositif d'accès n° {i}", 9 - i, **longest) for i in range(PANELS + 2)])
    assert figure.layout.height <= theme.MAX_HEIGHT
    assert sum(note.text.startswith("Dispositif") for note in figure.layout.annotations) == PANELS
    assert overlaps(figure) == []
    assert outside(figure) == []


def test_a_row_shares_one_scale_that_starts_at_zero():
    figure = trends_chart([series(f"D{i}", 9 - i) for i in range(COLUMNS + 2)])
    ranges = [tuple(figure.layout[f"yaxis{'' if i == 0 else i + 1}"].range) for i in range(COLUMNS + 2)]
    assert len(set(ranges[:COLUMNS])) == 1
    assert len(set(ranges)) == 2
    assert all(low == 0 for low, _ in ranges)


@pytest.mark.parametrize(("hole", "words"), [(HIDDEN, MARK), (MISSING, "non transmis")])
def test_a_quarter_without_a_figure_leaves_a_hole_that_says_why_once(hole: Figure, words: str):
    figure = trends_chart([series("Formation", holes={2: hole, 3: hole})])
    assert [note.text for note in figure.layout.annotations].count(words) == 1
    ours = next(trace for trace in lines(figure, "x") if trace.line.color == theme.QPV)
    assert [position for position, value in enumerate(ours.y) if value is None] == [2, 3]
    assert ours.connectgaps is False
    assert "nan" not in str(figure.to_json())


def test_a_last_quarter_without_a_figure_has_no_mark():
    figure = trends_chart([series("Formation", holes={7: HIDDEN})])
    marks = [trace for trace in figure.data if trace.mode == "markers"]
    assert [trace.marker.symbol for trace in marks] == ["diamond"]


def test_no_line_crosses_a_break():
    figure = trends_chart([series("Formation", breaks=(4,))])
    for trace in lines(figure, "x"):
        assert set(trace.x) in ({0, 1, 2, 3}, {4, 5, 6, 7})
    assert any(shape.type == "line" and shape.x0 == shape.x1 == 3.5 for shape in figure.layout.shapes)
