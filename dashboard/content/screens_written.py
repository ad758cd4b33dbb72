"""The screens of what the coordination wrote for a séance: météo, comments, points submitted to decision, as its edition holds them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from html import escape
from typing import Any

from dashboard.components import html
from dashboard.content.blocks import Html
from dashboard.content.projected import ROOM, SEANCE, TITLE, Pages, Screen, Type, following, paged, rows
from indicators import typography as t
from indicators.meeting import Heading, Weather
from indicators.meeting_text import HEADINGS, NO_WEATHER, WEATHER

TEXTS = (("Effet attendu", "effect"), ("Coût", "cost"), ("Avis de la coordination", "advice"))
"""What is written of a point submitted to decision, after its options."""
GROUPED = 400
"""Characters of all the options of a point up to which they are one list."""
WHOLE, HALF = Type(28, 118, 72), Type(28, 55, 72)
"""A card as wide as the screen, one of two on a line; the signature counts in what is around its text."""
BRIEF = 300
"""Characters of a météo that stands under the essential; a longer one has its screen."""
MOST_PARAGRAPHS = 6
WEATHER_TITLE = "Météo de la coordination"


def weather_card(edition: Pages) -> str:
    """The météo under the essential, signed and dated; empty where it has a screen of its own."""
    told = edition.content["seance"].get("forecast")
    if told is None:
        return _weather(f'<p class="phrase">{escape(NO_WEATHER)}</p>')
    if len(told["text"]) > BRIEF:
        return ""
    return _weather(f'<p class="phrase">{escape(_label(told))}. {escape(t.french(told["text"]))}</p>{_signed(told)}')


def _weather(body: str) -> str:
    return f'<div class="meteo"><strong>{WEATHER_TITLE}</strong>{body}</div>'


def weather(edition: Pages) -> Iterator[Screen]:
    """The screen of a long météo."""
    told = edition.content["seance"].get("forecast")
    if told is not None and len(told["text"]) > BRIEF:
        card = f'<div class="cartes seule"><section class="carte">{_paragraphs(told["text"])}{_signed(told)}</section></div>'
        yield Screen("meteo", "Météo", f"Météo{t.NBSP}: {t.lower_first(_label(told))}", (Html(card),), SEANCE)


def _label(told: Mapping[str, Any]) -> str:
    words = WEATHER[Weather(told["weather"])]
    return f"{words.label}, {t.lower_first(words.meaning)}"


def _signed(told: Mapping[str, Any]) -> str:
    return html.paragraph(f"{t.french(told['by'])}, {t.date_long(date.fromisoformat(told['on']))}", "note")


def comments(edition: Pages) -> Iterator[Screen]:
    """The comments: two on a line where all of them hold so, else one under the other."""
    said = {item["heading"]: item for item in edition.content["seance"]["comments"]}
    written = [(HEADINGS[heading].label, said[heading.value]) for heading in Heading if heading.value in said]
    if not written:
        return
    title = "Ce que dit la coordination"
    room = ROOM - TITLE.height(title)
    pairs = [written[first : first + 2] for first in range(0, len(written), 2)]
    if sum(max(HALF.height(item["text"]) for _, item in pair) for pair in pairs) <= room:
        shown, classes = [written], "cartes deux"
    else:
        shown, classes = paged(written, lambda row: WHOLE.height(_flowing(row[1]["text"])), room), "cartes seule"
    yield from following("coordination", "Coordination", title, [[_cards(part, classes)] for part in shown], SEANCE)


def _cards(written: Sequence[tuple[str, Mapping[str, Any]]], classes: str) -> Html:
    cards = "".join(html.card(label, _paragraphs(item["text"]) + _signed(item)) for label, item in written)
    return Html(f'<div class="{classes}">{cards}</div>')


def _flowing(text: str) -> str:
    """A text of many short lines runs on: each of them would take a line of the screen."""
    parts = [part.strip() for part in text.splitlines() if part.strip()]
    return ("\n" if len(parts) <= MOST_PARAGRAPHS else " ").join(parts)


def _paragraphs(text: str) -> str:
    return "".join(html.paragraph(t.french(part)) for part in _flowing(text).splitlines())


def points(edition: Pages) -> Iterator[Screen]:
    """A screen for each point submitted to decision."""
    submitted = edition.content["seance"]["points"]
    for number, point in enumerate(submitted, 1):
        told = [*_options(point["options"]), *((label, html.paragraph(t.french(point[name]))) for label, name in TEXTS if point[name])]
        name = "Point à décider" if len(submitted) == 1 else f"Point à décider {number}"
        title = t.french(f"À décider : {t.lower_first(point['title'])}")
        yield from rows(f"point-{number}", name, title, told, SEANCE)


def _options(options: Sequence[str]) -> Iterator[tuple[str, str]]:
    written = [t.french(option) for option in options]
    if written and sum(map(len, written)) <= GROUPED:
        yield "Options", html.bullets(written)
    else:
        yield from ((f"Option {number}", html.paragraph(option)) for number, option in enumerate(written, 1))
