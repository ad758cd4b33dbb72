"""The séance as its edition shows it: météo, comments, what changed since the last one, decisions. Rows in, blocks out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from dashboard.components import html, links
from dashboard.components.changes_tables import changes_table, decisions_table
from dashboard.content.sheet import Sheet
from indicators import sentences_changes, sentences_decisions
from indicators import typography as t
from indicators.changes_rows import ChangeRow
from indicators.codes import ENSEMBLE
from indicators.meeting import Heading, Meeting, Point
from indicators.meeting_text import HEADINGS, NO_WEATHER, WEATHER
from indicators.status import Status
from indicators.territory import QPV, VILLE, Territory

HEADLINES = 24
"""Figures told one by one: the others are in the table."""


def content(sheet: Sheet, meeting: Meeting, previous: Meeting | None, rows: Sequence[ChangeRow], territory: Territory, on: date) -> None:
    """Write what a committee reads of its séance.

    Args:
        previous: the séance it read last, None for the first; ``rows`` what changed since.
        on: the day of the edition, which tells whether a decision is late.
    """
    title = meeting.title or f"Copil du {t.date_long(meeting.on)}"
    sheet.title(f"{title}{t.NBSP}: {_finding(meeting, previous, rows)}")
    _weather(sheet, meeting)
    if previous is not None:
        _since(sheet, previous, rows, territory)
        sheet.section("Suites du précédent relevé de décisions")
        sheet.show(html.paragraph(sentences_decisions.overview(previous.decisions, on), "phrase"))
        if previous.decisions:
            sheet.show(html.table(decisions_table(previous.decisions, on)))
    if meeting.points:
        sheet.section("Points soumis à décision")
        sheet.show(html.bullets([_point(item) for item in meeting.points]))
    for heading in Heading:
        said = meeting.comment(heading)
        if said is not None:
            sheet.section(HEADINGS[heading].label)
            sheet.show(html.paragraph(said.text))
            sheet.note(f"{said.by}, {t.date_long(said.on)}")
    if meeting.decisions:
        sheet.section("Décisions")
        sheet.show(html.table(decisions_table(meeting.decisions, on)))


def _finding(meeting: Meeting, previous: Meeting | None, rows: Sequence[ChangeRow]) -> str:
    points = t.count(len(meeting.points), "point à décider", "points à décider")
    if previous is None:
        return points if meeting.points else "première séance"
    return f"{points}, {t.count(sum(row.moved for row in _headlines(rows)), 'chiffre a bougé', 'chiffres ont bougé')}"


def _weather(sheet: Sheet, meeting: Meeting) -> None:
    sheet.section("Météo")
    if meeting.forecast is None:
        sheet.show(html.paragraph(NO_WEATHER, "phrase"))
        return
    told = meeting.forecast
    words = WEATHER[told.weather]
    sheet.show(html.paragraph(f"{words.label}{t.NBSP}: {t.lower_first(words.meaning)}. {told.text}".strip(), "phrase"))
    sheet.note(f"{told.by}, {t.date_long(told.on)}")


def _since(sheet: Sheet, previous: Meeting, rows: Sequence[ChangeRow], territory: Territory) -> None:
    sheet.section(f"Depuis le copil du {t.date_long(previous.on)}")
    main = _headlines(rows)
    sheet.show(html.paragraph(sentences_changes.summary(main, previous.on), "phrase"))
    told = [row for row in main if row.revised or row.redefined] + [row for row in main if row.moved and not (row.revised or row.redefined)]
    if told:
        sheet.show(html.bullets([sentences_changes.change(row, territory) for row in told[:HEADLINES]]))
    if main:
        table = links.by_rows(changes_table(main, previous.on, territory), [(row.indicator.code, row.later) for row in main])
        sheet.fold("Tous les chiffres, avant et maintenant", html.table(table))


def _headlines(rows: Sequence[ChangeRow]) -> list[ChangeRow]:
    """The totals, for the city and its QPVs together, that both editions show."""
    main = [row for row in rows if row.cell == (ENSEMBLE, ENSEMBLE) and row.zone in {QPV, VILLE} and not row.rolling]
    return [row for row in main if all(side.status is not Status.SECRET for side in (row.old, row.restated, row.new))]


def _point(point: Point) -> str:
    parts = [point.title]
    parts += [f"options{t.NBSP}: {'; '.join(point.options)}"] if point.options else []
    parts += [f"{name}{t.NBSP}: {text}" for name, text in (("effet", point.effect), ("coût", point.cost), ("avis", point.advice)) if text]
    return ". ".join(parts)
