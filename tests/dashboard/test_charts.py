"""The charts as pure functions: what is written, in which order, nothing covered, nothing hidden shown."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import plotly.graph_objects as go
import pytest

from dashboard import theme
from dashboard.charts import budget_chart, gaps_chart, parcours_chart
from dashboard.charts.budget import Exercise
from dashboard.charts.drawing import LABEL, blank, steps, tick_text, write
from dashboard.charts.parcours import ExitBar, Step
from dashboard.components.readings import access_gaps
from dashboard.components.released import MARK
from dashboard.shell.assets import FOLDER
from indicators.sentences_rows import NOT_TRANSMITTED, BudgetRow, Figure, GapRow
from indicators.status import Status
from tests.dashboard.boards import board, period
from tests.dashboard.boxes import boxes, outside, overlaps


@pytest.fixture(scope="module")
def rows() -> list[GapRow]:
    return access_gaps(board(), period())


def texts(figure) -> list[str]:
    return [note.text for note in figure.layout.annotations]


def on_row(figure, label: str) -> list[str]:
    """The texts of the row that carries a label."""
    note = next(item for item in figure.layout.annotations if item.text == label)
    return [item.text for item in figure.layout.annotations if item.y == note.y and item.yref != "paper" and item.text != label]


def test_the_most_unfavourable_gap_is_on_top_and_what_is_not_there_below(rows):
    figure = gaps_chart(rows)
    at = {note.text: note.y for note in figure.layout.annotations if note.yref == "y"}
    labels = sorted((row.indicator.short for row in rows), key=lambda text: -at[text])
    assert labels[0] == "Formation"
    assert labels[-3:] == ["Aide à la garde d'enfant", "Cap emploi", "Création d'activité"]
    known = [row.points for row in rows if row.known]
    assert known == sorted(known)


def test_each_gap_says_both_levels_its_size_and_a_verdict_in_words(rows):
    assert on_row(gaps_chart(rows), "Formation") == ["4,8", "8,5", "−3,7\u00a0points", "▼ Écart défavorable"]


@pytest.mark.parametrize(("label", "words"), [("Aide à la garde d'enfant", MARK), ("Cap emploi", "Non transmis")])
def test_a_row_without_figures_shows_its_reason_no_digit_and_no_mark(rows, label, words):
    figure = gaps_chart(rows)
    assert on_row(figure, label) == [words]
    y = next(item.y for item in figure.layout.annotations if item.text == label)
    assert not [trace for trace in figure.data if y in trace.y]
    assert not any(re.search(r"moins de \d", text) and "ans" not in text for text in texts(figure))


def test_zero_is_a_figure(rows):
    assert "0,0" in on_row(gaps_chart(rows), "Aide à la mobilité")


def test_a_gap_with_many_unlocated_entries_is_marked_fragile(rows):
    assert [row.indicator.short for row in rows if row.fragile] == ["Insertion par l'activité"]
    assert "▲ Écart favorable, fragile" in on_row(gaps_chart(rows), "Insertion par l'activité")


def test_a_verdict_is_told_by_its_mark_as_well_as_by_its_colour(rows):
    figure = gaps_chart(rows)
    marks = [(trace.marker.symbol, trace.marker.color) for trace in figure.data if trace.xaxis == "x2" and trace.mode == "markers"]
    assert ("triangle-down", theme.UNFAVOURABLE) in marks
    assert ("triangle-up", theme.FAVOURABLE) in marks
    assert ("circle", theme.WHITE) in marks


def stretched(rows: list[GapRow], factor: float) -> list[GapRow]:
    def larger(item: Figure) -> Figure:
        return replace(item, value=item.value * factor) if item.known else item

    return [
        replace(
            row, qpv=larger(row.qpv), rest=larger(row.rest), points=row.points * factor, low=row.low * factor, high=row.high * factor,
            unlocated=0.2, verdict="non_etabli" if row.known else "",
        )
        for row in rows
    ]  # fmt: skip


@pytest.mark.parametrize("count", [1, 3, 10])
@pytest.mark.parametrize("factor", [0.01, 1.0, 4.0])
def test_no_text_of_the_gaps_covers_another_nor_is_cut(rows, factor, count):
    figure = gaps_chart(stretched(rows, factor)[:count], "habitants de Fort Nieulay")
    assert overlaps(figure) == []
    assert outside(figure) == []
    assert figure.layout.height <= theme.MAX_HEIGHT


def test_eleven_rows_still_fit_and_no_row_at_all_is_drawn(rows):
    assert gaps_chart([*rows, rows[0]]).layout.height <= theme.MAX_HEIGHT
    assert gaps_chart([]).layout.height > 0


def line(label: str, granted: int, committed: float, paid: float, elapsed: float) -> BudgetRow:
    money = [Decimal(str(x)) for x in (granted, committed, paid, granted - committed)]
    used = paid / granted
    return BudgetRow(label, *money, used, elapsed, 100 * (used - elapsed), Decimal(str(paid * 1.1)), Decimal(str(paid * 1.6 + 2000)))


def budget(on: date, spent: float) -> tuple[Exercise, list[tuple[date, Decimal]], BudgetRow, list[BudgetRow]]:
    exercise = Exercise(2022, date(2022, 1, 1), date(2022, 12, 31), on)
    elapsed = exercise.read_at / exercise.days
    ends = [date(2022, month + 1, 1) - timedelta(days=1) for month in range(1, 12) if date(2022, month + 1, 1) <= on]
    days = [*ends, min(on, date(2022, 12, 31))]
    paid = [(day, Decimal(round(spent * exercise.day(day) / exercise.read_at))) for day in days]
    shares = (
        ("Poste de coordination", 45000, 0.5),
        ("Actions d'accompagnement", 35000, 0.3),
        ("Levée des freins", 15000, 0.1),
        ("Communication", 5000, 0.1),
    )
    lines = [line(label, granted, spent * share * 1.2, spent * share, elapsed) for label, granted, share in shares]
    return exercise, paid, line("Ensemble", 100_000, spent * 1.2, spent, elapsed), lines


@pytest.mark.parametrize(
    "day", [date(2022, 1, 31), date(2022, 3, 31), date(2022, 6, 30), date(2022, 9, 30), date(2022, 10, 20), date(2022, 12, 31)]
)
@pytest.mark.parametrize("spent", [2000.0, 30000.0, 51780.0, 98000.0])
def test_no_text_of_the_budget_covers_another_nor_is_cut(day, spent):
    figure = budget_chart(*budget(day, spent))
    assert overlaps(figure) == []
    assert outside(figure) == []
    assert figure.layout.height <= theme.MAX_HEIGHT


def test_the_budget_says_what_is_paid_its_distance_and_the_range():
    said = texts(budget_chart(*budget(date(2022, 9, 30), 51780.0)))
    assert "Au 30 sept.\u00a0: 51,8\u00a0k€ dépensés" in said
    assert "23,0\u00a0k€ sous le rythme linéaire" in said
    assert "57 à 85\u00a0k€" in said
    assert "▼ 58\u00a0points sous le rythme linéaire" not in said
    assert any(text.startswith("▼") and text.endswith("sous le rythme linéaire") for text in said)


def test_a_closed_exercise_has_no_year_end_range():
    assert "Fin d'année" not in texts(budget_chart(*budget(date(2022, 12, 31), 83000.0)))


def known(n: float) -> Figure:
    return Figure(n, Status.OK)


STEPS = [
    Step("Habitants repérés", known(214)),
    Step("Habitants accueillis", known(214), "100,0\u00a0% des repérés"),
    Step("Entrées en parcours", Figure(float("nan"), Status.SECRET)),
    Step("Sorties de parcours", NOT_TRANSMITTED),
    Step("Encore en parcours", known(200), "issue pas connue", apart=True),
]
EXITS = [
    ExitBar("Durable", "Emploi durable", known(14), dynamic=True),
    ExitBar("Transition", "Emploi de transition", Figure(float("nan"), Status.SECRET), dynamic=True),
    ExitBar("Positive", "Formation qualifiante", known(11), dynamic=True),
    ExitBar("Positive", "Embauche dans une autre structure d'insertion", known(0), dynamic=True),
    ExitBar("Positive", "Contrat en alternance", known(3), dynamic=True),
    ExitBar("Autre", "Recherche d'emploi à l'issue", known(8), dynamic=False),
    ExitBar("Autre", "Rupture ou perte de contact", NOT_TRANSMITTED, dynamic=False),
    ExitBar("Hors du taux", "Sortie neutralisée", known(1), dynamic=False),
]


def test_no_text_of_the_parcours_covers_another_nor_is_cut():
    figure = parcours_chart(STEPS, EXITS, "du 1er janvier au 30 septembre 2022")
    assert overlaps(figure) == []
    assert outside(figure) == []
    assert figure.layout.height <= theme.MAX_HEIGHT


def test_dynamic_exits_are_apart_from_the_others_and_those_under_way_are_hatched():
    figure = parcours_chart(STEPS, EXITS, "depuis janvier")
    colours = {trace.marker.color for trace in figure.data if trace.xaxis == "x2"}
    assert colours == {theme.QPV, theme.REST}
    assert [trace.x[0] for trace in figure.data if trace.marker.pattern.shape == "/"] == [200]


def test_absent_steps_have_words_and_no_bar():
    figure = parcours_chart(STEPS, EXITS, "depuis janvier")
    assert texts(figure).count("s") == 2
    assert texts(figure).count("Non transmis") == 2
    assert [trace.x[0] for trace in figure.data if trace.xaxis != "x2"] == [214, 214, 200]


def test_few_exits_stay_at_the_top_with_their_note_and_the_remark_under_them():
    exits = [
        ExitBar("", "Sorties connues, hors neutralisées", known(75), dynamic=False),
        ExitBar("", "dont sorties dynamiques", known(44), dynamic=True, note="13 sur 17"),
    ]
    figure = parcours_chart(STEPS[:2], exits, "depuis janvier", "de janvier à décembre 2023", ["Par type de sortie : trop petit."])
    assert overlaps(figure) == []
    assert outside(figure) == []
    assert [trace.y[0] for trace in figure.data if trace.xaxis == "x2"] == [3, 2]
    assert {"13 sur 17", "Par type de sortie : trop petit.", "Situation à la sortie, de janvier à décembre 2023"} <= set(texts(figure))


def test_no_exit_at_all_leaves_the_remark_and_no_key():
    figure = parcours_chart(STEPS, [], "depuis janvier", remarks=["Détail à partir du T4 2022 : il faut douze mois."])
    assert overlaps(figure) == []
    assert outside(figure) == []
    assert "■ sortie dynamique" not in texts(figure)


def test_the_check_for_covered_texts_can_fail():
    figure = blank(200).figure()
    figure.update_layout(xaxis={"range": [0, 1]}, yaxis={"range": [0, 1]})
    figure.add_annotation(text="deux mots", x=0.5, y=0.5, xanchor="left", yanchor="middle", font={"size": 15, "weight": 400})
    figure.add_annotation(text="et deux autres", x=0.52, y=0.5, xanchor="left", yanchor="middle", font={"size": 15, "weight": 400})
    assert len(boxes(figure)) == 2
    assert overlaps(figure) == [("deux mots", "et deux autres")]


def test_a_drawing_hands_over_all_it_was_given_in_order():
    drawing = blank(200, top=60)
    drawing.layout.update(xaxis={"range": [0, 1]})
    for text in ("un", "deux"):
        write(drawing, text, 0, 0, LABEL, yshift=3)
    drawing.shape(type="line", x0=0, x1=1, y0=0, y1=0)
    drawing.trace(go.Scatter(x=[1], y=[2]))
    figure = drawing.figure()
    assert texts(figure) == ["un", "deux"]
    assert figure.layout.annotations[0].font.size == LABEL.size
    assert (figure.layout.height, figure.layout.margin.t, figure.layout.xaxis.range) == (200, 60, (0, 1))
    assert [shape.type for shape in figure.layout.shapes] == ["line"]
    assert [(trace.x, trace.y) for trace in figure.data] == [((1,), (2,))]


def test_a_drawing_with_a_part_that_plotly_does_not_know_is_refused():
    drawing = blank(200)
    write(drawing, "un", 0, 0, LABEL, nowhere=3)
    with pytest.raises(ValueError, match="nowhere"):
        drawing.figure()


def test_a_chart_higher_than_a_screen_is_refused():
    with pytest.raises(ValueError, match="does not fit"):
        blank(theme.MAX_HEIGHT + 1)


def test_charts_hold_no_rich_text_that_the_content_policy_would_refuse(rows):
    figures = [gaps_chart(rows), budget_chart(*budget(date(2022, 9, 30), 51780.0)), parcours_chart(STEPS, EXITS, "depuis janvier")]
    assert not [text for figure in figures for text in texts(figure) if "<" in text]


@pytest.mark.parametrize("colour", [theme.INK, theme.INK_2, theme.NEUTRAL, theme.QPV, theme.UNFAVOURABLE, theme.FAVOURABLE])
@pytest.mark.parametrize("background", [theme.WHITE, theme.BAND])
def test_every_colour_of_text_is_readable_on_white_and_on_a_band(colour, background):
    assert theme.contrast(colour, background) >= 4.5


def test_marks_that_inform_reach_three_to_one():
    assert theme.contrast(theme.REST) >= 3
    assert theme.contrast(theme.REST, theme.BAND) >= 3
    assert theme.contrast("#000000") == pytest.approx(21)


def test_charts_and_style_sheet_share_their_colours():
    css = (FOLDER / "cite.css").read_text("utf-8")
    tokens = dict(re.findall(r"--([a-z0-9-]+): (#[0-9A-Fa-f]{6});", css))
    names = ("encre", "encre-2", "neutre", "qpv", "hors", "defav", "favor", "trait", "fond-2")
    ours = (theme.INK, theme.INK_2, theme.NEUTRAL, theme.QPV, theme.REST, theme.UNFAVOURABLE, theme.FAVOURABLE, theme.RULE, theme.BAND)
    assert {name: tokens[name] for name in names} == dict(zip(names, ours, strict=True))


@pytest.mark.parametrize(
    ("limits", "ticks"), [((0, 34), ["0", "10", "20", "30"]), ((-11, 4), ["−10", "−5", "0"]), ((0, 1), ["0,0", "0,5", "1,0"])]
)
def test_ticks_are_round_figures(limits, ticks):
    assert tick_text(steps(*limits)) == ticks
