"""The last slide: what the committee is asked to decide."""

from __future__ import annotations

from dashboard.documents.deck import canvas
from dashboard.documents.deck.canvas import LEFT, RIGHT, Box, Hand
from dashboard.documents.deck.page import FOOT, Deck, nothing, page
from dashboard.documents.deck.table import Cell, Column, table
from dashboard.theme import INK_2
from indicators import typography as t
from indicators.meeting import Heading, Point
from indicators.meeting_text import HEADINGS
from indicators.sentences import capital, in_words

AT_MOST = 4
ASKED = "Pour chaque point : les options, l'effet attendu, le coût, et l'avis de la coordination."
REPLY = "Les décisions prises sont notées en séance : elles figurent au relevé, et leurs suites en diapositive 2 de la prochaine."
COLUMNS = (
    Column("N°", 52, bold=True),
    Column("Point soumis à décision", 290, human=True, bold=True),
    Column("Options", 260, human=True),
    Column("Effet attendu", 212, human=True),
    Column("Coût", 150, human=True),
    Column("Avis de la coordination", 220, human=True),
)
NOTED = (Column("Décision du comité", 704), Column("Responsable", 300), Column("Échéance", 180))


def decisions(deck: Deck) -> None:
    """Each point: its options, effect, cost, and the coordination's advice; four a slide."""
    points = deck.meeting.points
    comment = deck.meeting.comment(Heading.SOLUTIONS)
    told = t.french(f"{HEADINGS[Heading.SOLUTIONS].label} ({comment.by}, {t.date_short(comment.on)}) : {comment.text}") if comment else ""
    reply = t.french(REPLY)
    if not points:
        made = page(deck, "Décisions du comité", "Aucun point n'est soumis à décision par la coordination.")
        nothing(made, "Les décisions que le comité prendrait en séance seront notées au relevé.")
        made.note(told, reply)
        made.close()
        return
    parts = [points[start : start + AT_MOST] for start in range(0, len(points), AT_MOST)]
    for number, part in enumerate(parts):
        which = f" ({number + 1} sur {len(parts)})" if len(parts) > 1 else ""
        counted = capital(in_words(len(points)))
        title = f"{counted} {'points soumis' if len(points) > 1 else 'point soumis'} à la décision du comité{which}"
        made = page(deck, title, t.french(ASKED))
        rows = [_row(number * AT_MOST + place, point) for place, point in enumerate(part, 1)]
        noted = min(len(part), 3) * 44 + 90
        end = table(made, Box(LEFT, made.top, RIGHT - LEFT, FOOT - made.top - noted), COLUMNS, rows, f"points soumis à décision{which}")
        canvas.text(made.shapes, Box(LEFT, end + 22, 700, 20), "À noter en séance", Hand(13, INK_2, bold=True), "En-tête")
        blank = [tuple(Cell("") for _ in NOTED)] * min(len(part), 3)
        table(made, Box(LEFT, end + 46, RIGHT - LEFT, FOOT - end - 50), NOTED, blank, f"décisions à noter en séance{which}")
        made.note(told, reply)
        made.close()


def _row(number: int, point: Point) -> tuple[Cell, ...]:
    options = "\n".join(f"{chr(96 + place)}) {option}" for place, option in enumerate(point.options, 1))
    texts = (point.title, options, point.effect, point.cost, point.advice)
    return (Cell(str(number)), *(Cell(t.french(text) or "–") for text in texts))
