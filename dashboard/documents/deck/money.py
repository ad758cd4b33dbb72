"""The slide of the grant: what is spent against time, in a native chart of lines; each line of the grant, in native stacked bars."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
from pptx.enum.dml import MSO_LINE

from dashboard.documents import said
from dashboard.documents.deck import canvas
from dashboard.documents.deck.canvas import LEFT, RIGHT, Box, Hand, Paragraph, Run
from dashboard.documents.deck.native import Bars, Line, Scale, bar_chart, line_chart, span
from dashboard.documents.deck.page import FOOT, Deck, Page, nothing, page
from dashboard.documents.note import budget
from dashboard.documents.photograph import Photograph
from dashboard.theme import FAVOURABLE, INK, INK_2, LINK, QPV, REST, TRACK, UNFAVOURABLE
from indicators import typography as t
from indicators.period import Frequency, Period

PAGE = "/budget"
PLOT_WIDTH = 516.0
BARS_AT = 760.0
NOTE = (
    "Fin d'année : prolonge les trois derniers mois ; la fourchette va du mois le plus faible au plus fort. Ce n'est pas une prévision. "
    "« Au rythme » : à 10 points près."
)


def budget_slide(deck: Deck) -> None:
    """Spent since the start against the pace and the plan; then the lines."""
    photograph = deck.photograph
    chart = said.chart(photograph, PAGE)
    sentence = chart.sentence if chart else "Rien n'est publié sur la subvention."
    made = page(deck, photograph.title(PAGE) or "Budget", sentence, chart.source if chart else "")
    exercise = _exercise(photograph)
    if chart is None or exercise is None or chart.drawn("paid") is None:
        nothing(made, "La comptabilité n'a pas été transmise pour cette période.")
        made.close()
        return
    _spent(made, chart, exercise)
    told = budget(photograph)
    if told["lignes"]:
        _lines(made, told)
    canvas.text(made.shapes, Box(LEFT, FOOT - 34, RIGHT - LEFT, 34), t.french(NOTE), Hand(11, INK_2), "Note")
    made.note(*(line for part in said.sections(photograph, PAGE) for line in part.sentences))
    made.note("La sous-consommation est une alerte au même titre que le dépassement.", *said.notes(photograph, PAGE)[:1])
    made.close()


def _exercise(photograph: Photograph) -> tuple[date, date] | None:
    """First and last day of the exercise that the quarter of the edition is in."""
    last = Period.parse(photograph.content["edition"]["period"]).last_day
    for item in photograph.content["cite"]["exercise"]:
        first, end = (date.fromisoformat(item[name]) for name in ("first_day", "last_day"))
        if first <= last <= end:
            return first, end
    return None


def _months(first: date, end: date) -> tuple[list[str], list[int]]:
    """The months of an exercise: how each is written, and the days over at its end."""
    labels, days, month = [""], [0], Period.of(first, Frequency.MONTH)
    while month.first_day <= end:
        labels.append(t.month_short(month.number))
        days.append((min(month.last_day, end) - first).days + 1)
        month = month.shift(1)
    return labels, days


def _values(trace: Mapping[str, Any] | None, days: Sequence[int]) -> list[float | None]:
    """What a line of the chart says at each month's end, between its first and its last point."""
    if trace is None:
        return [None] * len(days)
    found = np.interp(days, trace["x"], trace["y"])
    return [float(value) if trace["x"][0] <= day <= trace["x"][-1] else None for day, value in zip(days, found, strict=True)]


def _spent(made: Page, chart: said.Chart, exercise: tuple[date, date]) -> None:
    labels, days = _months(*exercise)
    paid, plan = _values(chart.drawn("paid"), days), _values(chart.drawn("plan"), days)
    pace, ahead = _values(chart.drawn("pace"), days), _values(chart.drawn("projected"), days)
    between = chart.drawn("range")
    now = max(place for place, value in enumerate(paid) if value is not None)
    most = max(value for values in (paid, plan, pace, ahead) for value in values if value is not None)
    if between:
        most = max(most, *between["y"])
    step = next(size for size in (5, 10, 25, 50, 100, 250, 1000, 10_000) if most <= 5 * size or size == 10_000)
    top = step * math.ceil(most / step)
    series = [Line("Rythme linéaire", pace, REST, 1.75, MSO_LINE.ROUND_DOT)]
    if chart.drawn("plan"):
        series.append(Line("Plan de dépense", plan, INK_2, 1.5))
    if between:
        series.append(Line("Prolongement", [value if place >= now else None for place, value in enumerate(ahead)], QPV, 2, MSO_LINE.DASH))
        series.append(Line("Fin d'année", [None] * (len(days) - 1) + [ahead[-1]], QPV, 2.25, marked=True))
    series.append(Line("Dépensé", paid, QPV, 3.5))
    plot = Box(LEFT + 40, made.top + 52, PLOT_WIDTH, FOOT - 92 - (made.top + 52))
    drawn = line_chart(made.shapes, plot, labels, series, Scale(top, step, "#,##0"))
    canvas.describe(drawn, t.french(f"Dépense cumulée, en k€. {chart.sentence}"), "Dépense cumulée")
    if between and ahead[-1] is not None:
        low, high = between["y"][2], between["y"][1]
        held = next(item for item in drawn.chart.plots[0].series if item.name == "Fin d'année")
        span(held, len(days) - 1, len(days), ahead[-1] - low, high - ahead[-1], LINK, 6)
        words: list[Paragraph] = [
            [Run("Fin d'année", Hand(12, QPV, bold=True))],
            t.french(f"{t.number(low)} à {t.number(high)} k€"),
            "prolongement",
        ]
        y = plot.y + plot.h * (1 - min(ahead[-1], top) / top)
        canvas.text(made.shapes, Box(plot.x + plot.w + 4, y - 24, 136, 52), words, Hand(12, QPV), "Fin d'année")
    keys = [Run("■ dépensé", Hand(12, QPV, bold=True)), Run(f"{3 * t.NBSP} ···· rythme linéaire", Hand(12, INK_2))]
    if chart.drawn("plan"):
        keys.append(Run(f"{3 * t.NBSP} — plan de dépense", Hand(12, INK_2)))
    head = [[Run("Dépense cumulée", Hand(13, INK_2, bold=True)), Run(t.french(", en k€, fin de mois"), Hand(13, INK_2))], keys]
    canvas.text(made.shapes, Box(LEFT, made.top, 660, 44), head, Hand(13, INK_2), "En-tête")
    _read(made, plot, paid, now, len(days), top)


def _read(made: Page, plot: Box, paid: Sequence[float | None], now: int, points: int, top: float) -> None:
    """What is spent on the day read, beside the end of its line, where nothing else is drawn."""
    spent = paid[now] or 0.0
    x, y = plot.x + plot.w * (now + 0.5) / points, plot.y + plot.h * (1 - spent / top)
    told = t.french(f"{t.kilo_euros(1000 * spent)} dépensés")
    below = y + 34 < plot.y + plot.h
    canvas.text(made.shapes, Box(x + 10, y + 10 if below else y - 30, 150, 20), told, Hand(12, QPV, bold=True), "Dépensé")


def _lines(made: Page, told: Mapping[str, Any]) -> None:
    lines, wide = [line for line in told["lignes"] if not line["nom"].startswith("Ensemble")][:6], RIGHT - BARS_AT
    top = made.top + 64
    pitch = min(88.0, (FOOT - 70 - top) / len(lines))
    widest = max(100.0, *(max(line["part"], line["engage"]) for line in lines))
    plot = Box(BARS_AT, top + 12, wide, pitch * len(lines))
    spent = [line["part"] for line in lines]
    waiting = [max(line["engage"] - line["part"], 0.0) for line in lines]
    left = [max(100 - one - two, 0.0) for one, two in zip(spent, waiting, strict=True)]
    series = [Bars("Dépensé", spent, QPV), Bars("Engagé, non payé", waiting, QPV, hatched=True), Bars("Reste", left, TRACK)]
    drawn = bar_chart(made.shapes, plot, [line["nom"] for line in lines], series, Scale(widest, 25), stacked=True)
    drawn.chart.plots[0].gap_width = 190
    canvas.describe(drawn, told["alt"], "Lignes de la subvention")
    keys = [Run("■ dépensé", Hand(11, QPV, bold=True)), Run(f"{2 * t.NBSP} □ engagé, non payé", Hand(11, QPV))]
    pace = None
    if told["ecoule"] is not None:
        pace = BARS_AT + wide * told["ecoule"] / widest
        keys.append(Run(t.french(f"{2 * t.NBSP} trait : rythme linéaire, {t.percent(told['ecoule'])}"), Hand(11, INK)))
    title = [Run("Par ligne", Hand(13, INK_2, bold=True)), Run(t.french(", en % de son montant"), Hand(13, INK_2))]
    canvas.text(made.shapes, Box(BARS_AT, made.top, wide, 44), [title, keys], Hand(13, INK_2), "En-tête")
    for place, line in enumerate(lines):
        middle = plot.y + (place + 0.5) * pitch
        above = middle - pitch / 5.8
        amounts = line["montants"].replace(" dépensés", "")
        text = [Run(line["nom"], Hand(12, bold=True)), Run(f"   {amounts}", Hand(11, INK_2))]
        canvas.text(made.shapes, Box(BARS_AT, above - 38, wide, 18), [text], Hand(12, down=canvas.MIDDLE), f"Ligne {line['nom']}")
        ink = FAVOURABLE if line["verdict"].startswith("au rythme") else UNFAVOURABLE
        canvas.text(made.shapes, Box(BARS_AT, above - 20, wide, 18), line["verdict"], Hand(11, ink), f"Rythme {line['nom']}")
        if pace is not None:
            canvas.rule(made.shapes, (pace, above - 5), (pace, middle + pitch / 5.8 + 5), INK, 2.25)
