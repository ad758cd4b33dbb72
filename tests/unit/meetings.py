"""A séance for the tests, and a strategy that draws any."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from indicators.meeting import Audience, Comment, Decision, Forecast, Heading, Meeting, Point, Progress, State, Weather
from indicators.meeting_steps import prepared

COPIL_1 = prepared(1, date(2022, 10, 20), "2022-T3", zoning="2015", perimeter="Villetest, zonage 2015")
TOLD = Comment(Heading.RISQUES, "Le centre social transmet en retard.", "La coordination", date(2022, 10, 18))
CLOUD = Forecast(Weather.NUAGE, "Le recrutement d'un accompagnateur reste à faire.", "La coordination", date(2022, 10, 18))
FIRST = Decision(1, "Ouvrir une permanence au Port.", "Mission locale", date(2022, 12, 31), "N2.8-cej")
GUARD = Point("Garde d'enfants le soir", ("Financer 10 places", "Attendre 2024"), "12 parents", "8 000 €", "Favorable")

_words = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=30).filter(str.strip)
_any_words = _words | st.just("")
_days = st.dates(date(2022, 1, 1), date(2030, 12, 31))
_comments = st.lists(st.builds(Comment, st.sampled_from(Heading), _words, _words, _days), max_size=4, unique_by=lambda item: item.heading)
_decisions = st.lists(
    st.builds(Decision, st.integers(1, 9), _words, _words, _days, _any_words, st.sampled_from(Progress), _any_words),
    max_size=4,
    unique_by=lambda item: item.number,
)
_points = st.lists(
    st.builds(Point, _words, st.lists(_words, max_size=3).map(tuple), _any_words, _any_words, _any_words),
    max_size=3,
    unique_by=lambda item: item.title,
)
_names = st.lists(_words, max_size=3).map(tuple)
MEETINGS = st.builds(
    Meeting,
    number=st.integers(1, 99),
    on=_days,
    period=st.sampled_from(["2020-T1", "2021-T4"]),
    title=_words,
    audience=st.lists(st.sampled_from(Audience), min_size=1, max_size=4, unique=True).map(tuple),
    zoning=_words,
    perimeter=_words,
    state=st.sampled_from(State),
    place=_any_words,
    chairs=_names,
    attendees=_names,
    excused=_names,
    comments=_comments.map(tuple),
    forecast=st.none() | st.builds(Forecast, st.sampled_from(Weather), _words, _words, _days),
    decisions=_decisions.map(tuple),
    points=_points.map(tuple),
)
