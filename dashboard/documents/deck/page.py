"""The frame of every slide: band, finding as title, its sentence, source, edition, number; and the notes that the speaker reads."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from pptx.enum.shapes import MSO_SHAPE

from dashboard.documents.deck import canvas, fitting
from dashboard.documents.deck.canvas import LEFT, RIGHT, Box, Hand, Run
from dashboard.documents.photograph import Photograph
from dashboard.theme import BAND, INK, INK_2, RULE, UNFAVOURABLE
from indicators import typography as t
from indicators.meeting import Meeting

FULL = RIGHT - LEFT
FOOT = 652
"""Where the source begins: nothing of the slide goes below."""
TITLE_SIZES = (23.0, 21.0, 19.0)
SMALLEST_TITLE = 17.0
SENTENCE_SIZES = (13.5, 12.5, 12.0)
ABSENCE = 120.0
PALE = "#FBE9DF"
FICTITIOUS = "Données fictives"
SEE_NOTES = "Sources : voir les commentaires de la diapositive."


@dataclass(frozen=True)
class Deck:
    """The presentation being made, and what it is made from."""

    presentation: Any
    photograph: Photograph
    meeting: Meeting
    before: Meeting | None

    @property
    def mention(self) -> str:
        """What must be on each slide by itself, so that a copied slide keeps it."""
        return FICTITIOUS if self.photograph.fictitious else ""


@dataclass
class Page:
    """A slide: ``top``, the pixels from which its content is drawn; its notes, gathered until it is closed."""

    slide: Any
    top: float
    notes: list[str] = field(default_factory=list)

    @property
    def shapes(self) -> Any:
        """What is drawn on it."""
        return self.slide.shapes

    def note(self, *paragraphs: str) -> None:
        """Add to what the speaker reads; an empty text adds nothing."""
        self.notes += [item for item in paragraphs if item]

    def human(self, box: Box, said: str, sizes: tuple[float, ...], hand: Hand, name: str) -> None:
        """Write what a person wrote; where it is cut, the whole is in the notes."""
        fitted = fitting.held(t.french(said), box.w, box.h, sizes, bold=hand.bold)
        canvas.text(self.shapes, box, fitted.text, hand.but(size=fitted.size), name)
        if fitted.cut:
            self.note(t.french(f"{name}, texte entier : {said}"))

    def close(self) -> None:
        """Write the notes."""
        frame = self.slide.notes_slide.notes_text_frame
        for place, said in enumerate(self.notes):
            paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
            for number, line in enumerate(said.split("\n")):
                if number:
                    paragraph.add_line_break()
                run = paragraph.add_run()
                run.text = line
                run._r.get_or_add_rPr().set("lang", "fr-FR")


def add(deck: Deck) -> Page:
    """A slide with its number, and nothing else."""
    slide = deck.presentation.slides.add_slide(deck.presentation.slide_layouts[0])
    for holder in slide.slide_layout.placeholders:
        if "SLIDE_NUMBER" in str(holder.placeholder_format.type):
            number = deepcopy(holder._element)
            slide.shapes._spTree.append(number)
            for run in number.iter("{http://schemas.openxmlformats.org/drawingml/2006/main}rPr"):
                run.set("lang", "fr-FR")
    return Page(slide, 0.0)


def page(deck: Deck, title: str, sentence: str, source: str = "") -> Page:
    """A slide of content. Its title and its sentence are generated: smaller when they must be, never cut."""
    made = add(deck)
    city = str(deck.photograph.city["name"])
    name = fitting.held(t.french(f" · {deck.meeting.title}"), 1000 - fitting.width(city, 11, bold=True), 20, (11.0,))
    told = [Run(city, Hand(11, INK, bold=True)), Run(name.text, Hand(11, INK_2))]
    canvas.text(made.shapes, Box(LEFT, 22, 1020, 20), [told], Hand(11), "Bandeau")
    mention(made, deck, RIGHT - 140, 18)
    canvas.rule(made.shapes, (LEFT, 50), (RIGHT, 50), RULE)
    size = fitting.largest(title, FULL, 44, TITLE_SIZES, bold=True) or SMALLEST_TITLE
    tall = max(44.0, fitting.height(title, FULL, size, bold=True) + 4)
    holder = made.slide.shapes.title
    holder.left, holder.top, holder.width, holder.height = map(canvas.length, (LEFT, 58, FULL, tall))
    canvas.fill_text(holder.text_frame, title, Hand(size, INK, bold=True, down=canvas.BOTTOM))
    below = 58 + tall + 8
    size = fitting.largest(sentence, FULL, 23, SENTENCE_SIZES) or fitting.largest(sentence, FULL, 48, SENTENCE_SIZES) or SENTENCE_SIZES[-1]
    tall = fitting.height(sentence, FULL, size)
    if sentence:
        canvas.text(made.shapes, Box(LEFT, below, FULL, tall + 2), sentence, Hand(size), "Phrase")
    made.top = below + tall + 20
    _foot(made, deck, source)
    made.note(title, sentence)
    return made


def _foot(made: Page, deck: Deck, source: str) -> None:
    if source:
        size = fitting.largest(source, FULL, 33, (10.5, 10.0, 9.5))
        if size is None:
            made.note(source)
        told = source if size else t.french(SEE_NOTES)
        hand = Hand(size or 10.5, INK_2, down=canvas.BOTTOM)
        canvas.text(made.shapes, Box(LEFT, FOOT, FULL, 34), told, hand, "Source")
    stamp = deck.photograph.edition.stamp
    size = fitting.largest(stamp, 1060, 16, (10.0, 9.5, 9.0)) or 9.0
    canvas.text(made.shapes, Box(LEFT, 692, 1060, 16), stamp, Hand(size, INK_2, down=canvas.MIDDLE), "Édition")


def mention(made: Page, deck: Deck, x: float, y: float) -> None:
    """« Données fictives », on the slide itself."""
    if not deck.mention:
        return
    pill = canvas.shape(made.shapes, MSO_SHAPE.ROUNDED_RECTANGLE, Box(x, y, 140, 24), PALE, name="Mention")
    pill.adjustments[0] = 0.2
    canvas.fill_text(pill.text_frame, deck.mention, Hand(11, UNFAVOURABLE, bold=True, across=canvas.CENTRE, down=canvas.MIDDLE))


def nothing(made: Page, said: str, wide: float = FULL) -> float:
    """In place of a chart that has nothing to show: why. Where it ends."""
    canvas.rectangle(made.shapes, Box(LEFT, made.top, wide, ABSENCE), BAND)
    hand = Hand(14, INK_2, across=canvas.CENTRE, down=canvas.MIDDLE)
    canvas.text(made.shapes, Box(LEFT + 24, made.top, wide - 48, ABSENCE), t.french(said), hand, "Absence")
    return made.top + ABSENCE
