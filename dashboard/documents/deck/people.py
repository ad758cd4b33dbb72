"""The slides of levels 1 and 3: who refers to whom and who transmits; the parcours and the freins."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.documents import said
from dashboard.documents.annex import native
from dashboard.documents.deck import canvas, fitting
from dashboard.documents.deck.canvas import LEFT, RIGHT, Box, Hand, Run
from dashboard.documents.deck.native import Bars, Scale, bar_chart
from dashboard.documents.deck.page import FOOT, Deck, Page, nothing, page
from dashboard.documents.deck.table import Cell, Column, table
from dashboard.documents.photograph import PageTable
from dashboard.theme import INK, INK_2, QPV, UNFAVOURABLE
from indicators import typography as t
from indicators.meeting import Heading
from indicators.meeting_text import HEADINGS

NETWORK = "/partenaires"
PATH = "/parcours"
BESIDE = frozenset({"Décloisonnement", "Partenaires mobilisés"})
"""Sections of the page told under the orientations."""
HALF = 560.0
PAIRS = 8
DELIVERIES = 12
SENTENCE_SIZES = (13.0, 12.5, 12.0, 11.5, 11.0)
SENT = (Column("Partenaire", 300), Column("Reçue le", 136), Column("Trimestre", 150))
ON_TIME = frozenset({"transmis", "rien d'attendu"})


def network_slide(deck: Deck) -> None:
    """Level 1: the orientations between networks, and what each partner transmitted."""
    photograph = deck.photograph
    title = photograph.title(NETWORK) or "Partenaires"
    sentences = [line for part in said.sections(photograph, NETWORK) for line in part.sentences]
    made = page(deck, title, next(iter(sentences), "Rien n'est publié sur les orientations."), said.source(photograph, NETWORK))
    tables = list(photograph.tables(NETWORK))
    pairs = next((item for item in tables if item.columns[:2] == ("Qui oriente", "Qui reçoit")), None)
    sent = next((item for item in tables if item.columns[:1] == ("Partenaire",) and len(item.columns) == 4), None)
    if pairs is not None and pairs.rows:
        below = _pairs(made, pairs)
    else:
        below = nothing(made, "Aucun couple de réseaux ne peut être publié : voir les commentaires.", HALF)
    _told(made, [part for part in said.sections(photograph, NETWORK) if part.heading in BESIDE], Box(LEFT, below + 16, HALF, 0))
    if sent is not None and sent.rows:
        _sent(made, sent)
    made.note(*sentences[1:], *said.notes(photograph, NETWORK))
    made.close()


def _pairs(made: Page, found: PageTable) -> float:
    """Draw the orientations; where the drawing ends."""
    shown = [(row, native(row[2])[0]) for row in found.rows]
    counted = [(f"{row[0]} → {row[1]}", float(value)) for row, value in shown if isinstance(value, int | float)][:PAIRS]
    title = f"Orientations entre partenaires, les {len(counted)} premiers couples" if len(counted) > 1 else "Orientations entre partenaires"
    canvas.text(made.shapes, Box(LEFT, made.top, HALF, 20), title, Hand(13, INK_2, bold=True), "En-tête")
    canvas.text(made.shapes, Box(LEFT, made.top + 20, HALF, 18), found.caption, Hand(11, INK_2), "Champ")
    tall = min(36.0 * len(counted), FOOT - made.top - 62)
    return _bars(made, Box(LEFT, made.top + 46, HALF, tall), counted, "Orientations", found.caption)


def _bars(made: Page, box: Box, counted: Sequence[tuple[str, float]], series: str, caption: str, names: float = 330) -> float:
    """Bars with their names on the left and their numbers at their end; where they end."""
    pitch = box.h / max(len(counted), 1)
    most = max([value for _, value in counted], default=1.0)
    plot = Box(box.x + names, box.y, box.w - names - 50, pitch * len(counted))
    drawn = bar_chart(
        made.shapes, plot, [name for name, _ in counted], [Bars(series, [v for _, v in counted], QPV, labels="#,##0")], Scale(most, most)
    )
    told = " ; ".join(f"{name} : {t.number(value)}" for name, value in counted)
    canvas.describe(drawn, t.french(f"{caption}. {told}."), series)
    sizes = [fitting.largest(name, names - 10, pitch - 2, (13.0, 12.0, 11.0, 10.0)) or 9.0 for name, _ in counted]
    size = min(sizes, default=13.0)
    for place, (name, _) in enumerate(counted):
        hand = Hand(size, INK, down=canvas.MIDDLE, across=canvas.END)
        canvas.text(made.shapes, Box(box.x, box.y + place * pitch, names - 10, pitch), name, hand, "Libellé")
    return box.y + pitch * len(counted)


def _sent(made: Page, found: PageTable) -> None:
    x = RIGHT - sum(column.width for column in SENT)
    canvas.text(made.shapes, Box(x, made.top, RIGHT - x, 20), "Qui transmet ses données", Hand(13, INK_2, bold=True), "En-tête")
    rows = []
    for name, _, received, how in found.rows[:DELIVERIES]:
        late = how not in ON_TIME
        rows.append((Cell(name), Cell(received), Cell(how, UNFAVOURABLE if late else INK, bold=late)))
    columns = (SENT[0], SENT[1], Column(found.columns[3], SENT[2].width))
    table(made, Box(x, made.top + 26, RIGHT - x, FOOT - made.top - 34), columns, rows, found.caption, (12.0, 11.5, 11.0, 10.5))
    if len(found.rows) > DELIVERIES:
        made.note(*(" : ".join((row[0], row[3])) for row in found.rows[DELIVERIES:]))


def path_slide(deck: Deck) -> None:
    """Level 3: the steps of the parcours as bars; the freins in the page's own sentences."""
    photograph = deck.photograph
    chart = said.chart(photograph, PATH)
    made = page(
        deck,
        photograph.title(PATH) or "Parcours et freins",
        chart.sentence if chart else "Rien n'est publié sur les parcours.",
        chart.source if chart else "",
    )
    steps = _steps(chart.table) if chart and chart.table else []
    if steps and chart and chart.table:
        canvas.text(made.shapes, Box(LEFT, made.top, 600, 20), "Personnes à chaque étape", Hand(13, INK_2, bold=True), "En-tête")
        caption = chart.table.caption
        canvas.text(made.shapes, Box(LEFT, made.top + 20, 600, 36), caption, Hand(11, INK_2), "Champ")
        tall = min(70.0 * len(steps), FOOT - made.top - 90)
        _bars(made, Box(LEFT, made.top + 62, 600, tall), steps, "Personnes", caption, names=190)
    else:
        nothing(made, "Les étapes des parcours ne sont pas publiées.", HALF)
    told = [part for part in said.sections(photograph, PATH) if part.heading]
    if told:
        _told(made, told, Box(690, made.top, RIGHT - 690, 0))
    made.note(*said.notes(photograph, PATH))
    for heading in (Heading.RISQUES, Heading.REUSSITES):
        comment = deck.meeting.comment(heading)
        if comment:
            made.note(t.french(f"{HEADINGS[heading].label} ({comment.by}, {t.date_short(comment.on)}) : {comment.text}"))
    made.close()


def _steps(found: PageTable) -> list[tuple[str, float]]:
    values = [(row[1], native(row[2])[0]) for row in found.rows if row[0] == "Étape"]
    return [(name, float(value)) for name, value in values if isinstance(value, int | float)]


def _told(made: Page, found: Sequence[said.Section], box: Box) -> None:
    """Sections, whole sentences only: those that do not hold are in the notes."""
    room = FOOT - 12 - box.y
    size = next((size for size in SENTENCE_SIZES if _tall(found, box.w, size) <= room), SENTENCE_SIZES[-1])
    y = box.y
    for part in found:
        canvas.text(made.shapes, Box(box.x, y, box.w, 22), part.heading, Hand(13, INK_2, bold=True), "En-tête")
        y += 24
        for line in part.sentences:
            tall = fitting.height(line, box.w, size)
            if y + tall > FOOT - 12:
                made.note(f"{part.heading}. {line}")
                continue
            canvas.text(made.shapes, Box(box.x, y, box.w, tall + 2), [[Run(line, Hand(size))]], Hand(size), "Phrase")
            y += tall + 8
        y += 10


def _tall(found: Sequence[said.Section], wide: float, size: float) -> float:
    return sum(34 + sum(8 + fitting.height(line, wide, size) for line in part.sentences) for part in found)
