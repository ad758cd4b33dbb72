"""The grant against time: what is paid since the start of the exercise, then each line against its own amount.

The ``meta`` of a trace says what it draws: a document drawn from the chart looks for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

import plotly.graph_objects as go

from dashboard import theme
from dashboard.charts.budget_lines import BARS, draw_lines, widest
from dashboard.charts.drawing import NOTE, Drawing, Ink, across, blank, head, write
from indicators import typography as t
from indicators.grant import PlanStep
from indicators.period import Frequency, Period
from indicators.sentences_budget import ON_PACE
from indicators.sentences_rows import BudgetRow

CUMUL = (52, 640)
HEIGHT = 440
BLUE = Ink(14, theme.QPV)
READ = {"size": 12, "opacity": 1, "color": theme.QPV, "line": {"width": 2, "color": theme.WHITE}}
PLAN_KEY = "◇ plan de dépense"
WORDS_DAYS = 140
"""Days of the axis that the words on the day read take: their left end must stay clear of the line."""


@dataclass(frozen=True)
class Exercise:
    """What the drawing needs of an exercise: its year, its limits, the day it is read, and its spending plan if there is one."""

    year: int
    first_day: date
    last_day: date
    on: date
    funder: str = "État"
    plan: tuple[PlanStep, ...] = ()

    def day(self, day: date) -> int:
        """Days over at the end of ``day`` since the exercise started: the horizontal axis."""
        return (day - self.first_day).days + 1

    @property
    def days(self) -> int:
        """Length of the exercise."""
        return self.day(self.last_day)

    @property
    def read_at(self) -> int:
        """The day it is read, no later than its end."""
        return min(self.day(self.on), self.days)

    @property
    def over(self) -> bool:
        """Whether nothing is left to spend."""
        return self.on >= self.last_day


def budget_chart(exercise: Exercise, paid: Sequence[tuple[date, Decimal]], total: BudgetRow, lines: Sequence[BudgetRow]) -> go.Figure:
    """The cumulated payments (a point a month end, then the day read) and the lines of the grant, both in their order."""
    drawing = blank(HEIGHT, top=52, bottom=30)
    _axes(drawing, exercise, total, lines)
    _pace(drawing, exercise, total)
    if exercise.plan:
        _plan(drawing, exercise)
    _spent(drawing, exercise, paid, total)
    if not exercise.over:
        _year_end(drawing, exercise, total)
    draw_lines(drawing, lines, over=exercise.over, judged=total.planned is None)
    return drawing.figure()


def _thousands(amount: Decimal) -> float:
    return float(amount) / 1000


def _top(total: BudgetRow) -> float:
    """Thousands of euros at the top of the axis: the whole range, unless it would flatten the rest."""
    grant = _thousands(total.granted)
    return max(grant, _thousands(total.paid), min(_thousands(total.projected_high or Decimal(0)), 1.4 * grant))


def _axes(drawing: Drawing, exercise: Exercise, total: BudgetRow, lines: Sequence[BudgetRow]) -> None:
    months, month = [], Period.of(exercise.first_day, Frequency.MONTH)
    while month.first_day <= exercise.last_day:
        months.append(month)
        month = month.shift(1)
    grant = _thousands(total.granted)
    top = _top(total)
    quarters = [grant * share / 4 for share in range(5)]
    axis = {key: value for key, value in theme.template().layout.xaxis.to_plotly_json().items() if key != "showline"}
    drawing.layout.update(
        barmode="overlay",
        xaxis={
            "domain": [across(x) for x in CUMUL],
            "range": [0, exercise.days],
            "tickvals": [exercise.day(item.first_day) + 14 for item in months],
            "ticktext": [t.month_short(item.number) for item in months],
            "showgrid": False,
            "showline": True,
            "linecolor": theme.INK_2,
        },
        yaxis={
            "range": [0, 1.1 * top],
            "tickvals": quarters,
            "ticktext": [t.number(value) if value < grant else f"{t.number(value)}{t.NBSP}k€" for value in quarters],
            "showgrid": True,
            "anchor": "x",
        },
        xaxis2={
            **axis,
            "domain": [across(x) for x in BARS],
            "range": [0, widest(lines)],
            "showgrid": False,
            "anchor": "y2",
            "tickvals": [0, 100],
            "ticktext": ["0", f"100{t.NBSP}%"],
        },
        yaxis2={"range": [-0.5, len(lines) - 0.5], "showticklabels": False, "anchor": "x2", "fixedrange": True, "zeroline": False},
    )
    head(drawing, "Dépense cumulée, en k€", 0, line=2)
    head(drawing, "■ dépensé", 0, Ink(14, theme.QPV, 600))
    level = 1 + 15 / (HEIGHT - 82)
    dotted = {"color": theme.REST, "width": 2.5, "dash": "dot"}
    drawing.shape(type="line", xref="paper", yref="paper", x0=across(96), x1=across(122), y0=level, y1=level, line=dotted)
    head(drawing, "rythme linéaire", 130, Ink(14, theme.INK_2))


def _pace(drawing: Drawing, exercise: Exercise, total: BudgetRow) -> None:
    grant = _thousands(total.granted)
    drawing.shape(type="line", x0=0, x1=exercise.days, y0=grant, y1=grant, line={"color": theme.INK, "width": 2})
    text = f"Subvention {exercise.funder} {exercise.year}{t.NBSP}: {t.euros(total.granted)}"
    if total.carried_over:
        text += f", plus {t.euros(total.carried_over)} reportés"
    write(drawing, text, 0, grant, Ink(14, theme.INK, 600), xref="x", yanchor="bottom", xshift=4, yshift=2)
    drawing.trace(
        go.Scatter(
            x=[0, exercise.days],
            y=[0, grant],
            mode="lines",
            line={"color": theme.REST, "width": 2.5, "dash": "dot"},
            hoverinfo="skip",
            meta="pace",
        )
    )


def _plan(drawing: Drawing, exercise: Exercise) -> None:
    """The plan as a second line: thin, its steps marked, so that it is never taken for the linear pace nor for a prolongation."""
    head(drawing, PLAN_KEY, 262, Ink(14, theme.INK_2))
    drawing.trace(
        go.Scatter(
            x=[0, *(exercise.day(step.day) for step in exercise.plan)],
            y=[0, *(_thousands(step.amount) for step in exercise.plan)],
            mode="lines+markers",
            cliponaxis=False,
            line={"color": theme.INK_2, "width": 1.5},
            marker={"symbol": "diamond-open", "size": [0, *[9] * len(exercise.plan)], "color": theme.INK_2, "line": {"width": 1.5}},
            customdata=[
                "Début de l'exercice",
                *(f"Plan au {t.date_short(step.day)}{t.NBSP}: {t.kilo_euros(step.amount)}" for step in exercise.plan),
            ],
            hovertemplate="%{customdata}<extra></extra>",
            meta="plan",
        )
    )


def _spent(drawing: Drawing, exercise: Exercise, paid: Sequence[tuple[date, Decimal]], total: BudgetRow) -> None:
    start = (exercise.first_day - timedelta(days=1), Decimal(0))
    points = [start, *paid]
    drawing.trace(
        go.Scatter(
            x=[exercise.day(day) for day, _ in points],
            y=[_thousands(amount) for _, amount in points],
            mode="lines",
            line={"color": theme.QPV, "width": 4},
            customdata=[f"{t.date_short(day)}{t.NBSP}: {t.kilo_euros(amount)} dépensés" for day, amount in points],
            hovertemplate="%{customdata}<extra></extra>",
            meta="paid",
        )
    )
    x, y = exercise.read_at, _thousands(total.paid)
    colour = theme.INK_2 if abs(total.judged_points) <= ON_PACE else theme.UNFAVOURABLE
    drawing.shape(type="line", x0=x, x1=x, y0=y, y1=_thousands(total.expected), line={"color": colour, "width": 2})
    drawing.trace(go.Scatter(x=[x], y=[y], mode="markers", cliponaxis=False, hoverinfo="skip", marker=READ))
    _read(drawing, exercise, paid, total)


def _read(drawing: Drawing, exercise: Exercise, paid: Sequence[tuple[date, Decimal]], total: BudgetRow) -> None:
    """What is paid on the day read, in words: below the line where it leaves room, else in the empty corner above the pace."""
    on = min(exercise.on, exercise.last_day)
    top = _top(total)
    left_end = exercise.days - WORDS_DAYS
    before = [_thousands(amount) for day, amount in paid if exercise.day(day) <= left_end]
    slowest = _thousands(total.projected_low) if total.projected_low is not None else _thousands(total.paid)
    room_below = exercise.read_at > 0.5 * exercise.days and min([*before[-1:], slowest]) > 0.3 * top
    place = {"xref": "x", "yref": "y"}
    x, y = 0.0, _thousands(total.granted)
    lines = (-26, -46)
    if room_below:
        x, y, lines = float(exercise.days), 0.0, (42, 20)
        place |= {"xanchor": "right", "align": "right"}
    shift = -8 if room_below else 8
    text = f"Au {t.day_and_month(on)}{t.NBSP}: {t.kilo_euros(total.paid)} dépensés"
    write(drawing, text, x, y, Ink(14, theme.QPV, 700), xshift=shift, yshift=lines[0], **place)
    write(drawing, _beside(exercise, total), x, y, BLUE, xshift=shift, yshift=lines[1], **place)


def _beside(exercise: Exercise, total: BudgetRow) -> str:
    """What is left once the exercise is over; before, the distance to the plan, or to the linear pace without a plan."""
    if exercise.over:
        left = total.usable - total.paid
        return f"{t.kilo_euros(abs(left))} {'non dépensés' if left >= 0 else 'de plus que disponible'}"
    ahead = total.paid - total.expected
    measure = "rythme linéaire" if total.planned is None else "plan"
    return f"{t.kilo_euros(abs(ahead))} {'au-dessus du' if ahead > 0 else 'sous le'} {measure}"


def _year_end(drawing: Drawing, exercise: Exercise, total: BudgetRow) -> None:
    if total.projected_low is None or total.projected_high is None:
        return
    now, paid = exercise.read_at, _thousands(total.paid)
    low, high = _thousands(total.projected_low), _thousands(total.projected_high)
    drawing.trace(
        go.Scatter(
            x=[now, exercise.days, exercise.days, now],
            y=[paid, high, low, paid],
            fill="toself",
            fillcolor=theme.RANGE,
            mode="lines",
            line={"width": 0, "color": theme.QPV},
            hoverinfo="skip",
            meta="range",
        )
    )
    middle = (low + high) / 2
    drawing.trace(
        go.Scatter(
            x=[now, exercise.days],
            y=[paid, middle],
            mode="lines",
            line={"color": theme.QPV, "width": 2.5, "dash": "dash"},
            hoverinfo="skip",
            meta="projected",
        )
    )
    place = {"xref": "x", "yref": "y", "xshift": 8}
    middle = min(middle, _top(total))
    write(drawing, "Fin d'année", exercise.days, middle, Ink(14, theme.QPV, 700), yshift=18, **place)
    write(drawing, f"{t.number(low)} à {t.number(high)}{t.NBSP}k€", exercise.days, middle, BLUE, **place)
    write(drawing, "prolongement", exercise.days, middle, NOTE, yshift=-17, **place)
