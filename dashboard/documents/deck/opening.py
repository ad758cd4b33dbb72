"""The first slides: the cover, what became of the previous decisions, the essential with the météo."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dashboard.documents import said
from dashboard.documents.deck import canvas, fitting
from dashboard.documents.deck.canvas import LEFT, RIGHT, Box, Hand, Run
from dashboard.documents.deck.page import FOOT, Deck, add, mention, nothing, page
from dashboard.documents.deck.table import Cell, Column, Row, table
from dashboard.documents.deck.weather import sky
from dashboard.theme import BAND, FAVOURABLE, INK, INK_2, QPV, RULE, UNFAVOURABLE, WHITE
from indicators import typography as t
from indicators.meeting import Decision, Heading, Meeting, Progress
from indicators.meeting_text import HEADINGS, NO_WEATHER, PROGRESS, WEATHER
from indicators.sentences_decisions import overview, state

ORDER = "Ordre des diapositives : suites, essentiel, partenaires, accès, évolution, parcours, budget, décisions."
AT_MOST = 7
"""Decisions on a slide, and alerts: the others go on, or are counted."""
FOLLOWED = (
    Column("N°", 52, bold=True),
    Column("Décision", 486, human=True),
    Column("Responsable", 210, human=True),
    Column("Échéance", 126),
    Column("Indicateur", 120),
    Column("État", 190),
)


def cover(deck: Deck) -> None:
    """The message, not the name of the event, in large; then the committee, who carries the Cité, the edition."""
    made, photograph = add(deck), deck.photograph
    canvas.rectangle(made.shapes, Box(0, 0, 24, 720), QPV)
    message = photograph.title("/") or deck.meeting.title
    size = fitting.largest(message, 1090, 156, (36.0, 32.0, 28.0, 24.0), bold=True) or 20.0
    holder = made.slide.shapes.title
    holder.left, holder.top, holder.width, holder.height = map(canvas.length, (96, 172, 1090, 160))
    canvas.fill_text(holder.text_frame, message, Hand(size, INK, bold=True, down=canvas.BOTTOM))
    city = str(photograph.city["name"])
    canvas.text(made.shapes, Box(96, 110, 1090, 30), city, Hand(18, QPV, bold=True), "Cité")
    period = photograph.period(photograph.content["edition"]["period"])
    made.human(Box(96, 350, 1090, 30), f"{deck.meeting.title} · {period}", (20, 18, 16, 13), Hand(20, INK_2), "Séance")
    canvas.rule(made.shapes, (96, 412), (176, 412), QPV, 3)
    made.human(Box(96, 432, 1090, 88), _who(deck), (16, 14, 12), Hand(16), "Présidence")
    mention(made, deck, 96, 600)
    stamp = photograph.edition.stamp
    size = fitting.largest(stamp, 1090, 18, (11.0, 10.0)) or 9.5
    canvas.text(made.shapes, Box(96, 636, 1090, 18), stamp, Hand(size, INK_2), "Édition")
    made.note(message, photograph.sentence("/"), t.french(ORDER))
    made.close()


def _who(deck: Deck) -> str:
    meeting, place = deck.meeting, deck.meeting.place
    lines = [f"Présidence : {t.joined(list(meeting.chairs))}"] if meeting.chairs else []
    lines += [f"{t.date_long(meeting.on)}{f', {place}' if place else ''}", f"Structure porteuse : {deck.photograph.city['operator']}"]
    return "\n".join(lines)


def follow_up(deck: Deck) -> None:
    """Slide 2: each decision of the previous séance, and how far it is on the day of this one."""
    before = deck.before
    if before is None or not before.decisions:
        said_ = overview((), deck.meeting.on) if before else "C'est la première séance : aucune décision n'est à suivre."
        made = page(deck, "Suites données aux décisions", t.french(said_))
        nothing(made, "Aucune décision à suivre.")
        made.close()
        return
    parts = [before.decisions[start : start + AT_MOST] for start in range(0, len(before.decisions), AT_MOST)]
    for number, part in enumerate(parts, 1):
        which = f" ({number} sur {len(parts)})" if len(parts) > 1 else ""
        title = t.french(f"Suites de la séance du {t.date_long(before.on)}{which}")
        made = page(deck, title, overview(before.decisions, deck.meeting.on), t.french(f"Relevé de décisions : {before.title}."))
        rows = [_followed(item, deck.meeting) for item in part]
        table(made, Box(LEFT, made.top, RIGHT - LEFT, FOOT - made.top - 8), FOLLOWED, rows, f"suites des décisions{which}")
        made.close()


def _followed(decision: Decision, meeting: Meeting) -> Row:
    late = decision.late(meeting.on)
    sign = "▼" if late else {Progress.FAITE: "●"}.get(decision.progress, "○")
    ink = UNFAVOURABLE if late else FAVOURABLE if decision.progress is Progress.FAITE else INK
    words = state(decision, meeting.on).split(", ")[0] if late else PROGRESS[decision.progress]
    note = f" ({decision.note})" if decision.note else ""
    return (
        Cell(str(decision.number)),
        Cell(t.french(f"{decision.text}{note}")),
        Cell(t.french(decision.owner)),
        Cell(t.date_short(decision.due)),
        Cell(decision.indicator or "–"),
        Cell(f"{sign}{t.NBSP}{words}", ink, bold=True),
    )


def essential(deck: Deck) -> None:
    """The five tiles, what to look at, and the météo with its signature."""
    photograph = deck.photograph
    title = photograph.title("/") or "L'essentiel"
    covered = " ".join(said.notes(photograph, "/")[:2])
    made = page(deck, t.french(f"L'essentiel : {title[0].lower()}{title[1:]}"), photograph.sentence("/"), covered)
    _tiles(made.shapes, said.tiles(photograph), made.top)
    top = made.top + 172
    found = said.alerts(photograph)
    _alerts(made, found, top)
    _weather(made, deck, top)
    comment = deck.meeting.comment(Heading.DONNEES)
    if comment:
        made.note(t.french(f"{HEADINGS[Heading.DONNEES].label} ({comment.by}, {t.date_short(comment.on)}) : {comment.text}"))
    made.note(*(f"{item.sign} {item.text}" for item in found[AT_MOST:]))
    made.close()


def _tiles(shapes: Any, found: Sequence[said.Tile], top: float) -> None:
    wide = (RIGHT - LEFT - 21 * (len(found) - 1)) / max(len(found), 1)
    for place, tile in enumerate(found):
        ink = UNFAVOURABLE if tile.unfavourable else QPV
        x, inner = LEFT + place * (wide + 21), wide - 28
        canvas.rectangle(shapes, Box(x, top, wide, 150), BAND)
        canvas.rectangle(shapes, Box(x, top, wide, 4), ink)
        value = fitting.largest(tile.value, inner, 40, (23.0, 20.0, 18.0, 16.0), bold=True) or 14.0
        detail = fitting.largest(tile.detail, inner, 36, (11.5, 11.0, 10.5)) or 10.0
        told = [
            [Run(tile.title, Hand(13, INK_2, bold=True))],
            [Run(tile.value, Hand(value, ink, bold=True))],
            [Run(tile.detail, Hand(detail, INK))],
            [Run(tile.date, Hand(11, INK_2))],
        ]
        canvas.text(shapes, Box(x + 14, top + 14, inner, 132), told, Hand(), f"Tuile {tile.title}")


def _alerts(made: Any, found: Sequence[said.Alert], top: float) -> None:
    wide = 716
    canvas.text(made.shapes, Box(LEFT, top, wide, 22), "À regarder", Hand(14, INK_2, bold=True), "À regarder")
    shown = found[:AT_MOST]
    more = len(found) - len(shown)
    room = FOOT - 12 - (top + 28) - (20 if more else 0)
    pitch = min(52.0, room / max(len(shown), 1))
    size = min([fitting.largest(item.text, wide - 52, pitch - 6, (14.0, 13.0, 12.0, 11.0, 10.0)) or 9.0 for item in shown], default=14.0)
    for place, item in enumerate(shown):
        y, ink = top + 28 + place * pitch, UNFAVOURABLE if item.unfavourable else INK_2
        canvas.rectangle(made.shapes, Box(LEFT, y, wide, pitch - 5), WHITE, RULE)
        canvas.rectangle(made.shapes, Box(LEFT, y, 6, pitch - 5), ink)
        sign = Hand(13, ink, bold=True, across=canvas.CENTRE, down=canvas.MIDDLE)
        canvas.text(made.shapes, Box(LEFT + 12, y, 24, pitch - 5), item.sign, sign, "Signe")
        canvas.text(made.shapes, Box(LEFT + 42, y, wide - 50, pitch - 5), item.text, Hand(size, down=canvas.MIDDLE), f"Alerte {place + 1}")
    if more:
        told = t.french(f"{t.count(more, 'autre point', 'autres points')} : voir les commentaires de la diapositive.")
        canvas.text(made.shapes, Box(LEFT, FOOT - 28, wide, 18), told, Hand(11, INK_2), "Suite")
    if not found:
        canvas.text(made.shapes, Box(LEFT, top + 32, wide, 22), "Rien à signaler.", Hand(13), "Alertes")


def _weather(made: Any, deck: Deck, top: float) -> None:
    x, wide = 790, RIGHT - 790
    forecast = deck.meeting.forecast
    heading = f"Météo, {forecast.by}, {t.date_short(forecast.on)}" if forecast else "Météo"
    made.human(Box(x, top, wide, 22), heading, (14, 12, 11), Hand(14, INK_2, bold=True), "Signature de la météo")
    tall = FOOT - 12 - (top + 28)
    canvas.rectangle(made.shapes, Box(x, top + 28, wide, tall), BAND)
    if forecast is None:
        canvas.text(made.shapes, Box(x + 24, top + 48, wide - 48, 30), NO_WEATHER, Hand(16, INK_2), "Météo")
        return
    known = WEATHER[forecast.weather]
    sky(made.shapes, forecast.weather, x + 24, top + 46)
    told = [[Run(known.meaning, Hand(19, bold=True))], [Run("jugement humain, signé : il n'est pas calculé", Hand(11, INK_2))]]
    canvas.text(made.shapes, Box(x + 120, top + 44, wide - 140, 60), told, Hand(down=canvas.MIDDLE), "Niveau de la météo")
    box = Box(x + 24, top + 122, wide - 48, tall - 108)
    made.human(box, f"« {forecast.text} »", (14, 13, 12), Hand(14), "Texte de la météo")
