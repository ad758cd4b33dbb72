"""The deck of an edition: editable, readable without sight, its words held in their boxes, its figures those of the pages."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any

import pypdf
import pytest
from PIL import ImageFont
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE

from dashboard.documents import said
from dashboard.documents.deck import fitting
from dashboard.documents.deck.deck import deck
from dashboard.documents.deck.page import FOOT
from dashboard.documents.faces import inter
from dashboard.documents.photograph import Photograph
from dashboard.editions.reading import EditionRead
from indicators.canonical import digest
from indicators.meeting import Decision, Meeting, Point, Progress, Weather
from indicators.meeting_json import from_plain
from tests.connectors.language import loose
from tests.editions.conftest import Frozen
from tests.office import as_pdf, soffice

__all__ = ["soffice"]

pytestmark = pytest.mark.xdist_group("editions")
PIXEL, POINT = 9525, 12700
RUN = "{http://schemas.openxmlformats.org/drawingml/2006/main}r"
PROPERTIES = "{http://schemas.openxmlformats.org/drawingml/2006/main}rPr"
DECORATIVE = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"
ONE_LINE = 30


def photograph(frozen: Frozen) -> Photograph:
    return Photograph(EditionRead(frozen.id, digest(frozen.written), frozen.content))


def meeting_of(frozen: Frozen) -> Meeting:
    return from_plain(frozen.content["seance"])


def opened(content: bytes) -> Any:
    return Presentation(BytesIO(content))


@pytest.fixture(scope="module")
def slides(demonstration) -> list[Any]:
    before = replace(
        meeting_of(demonstration[0]),
        decisions=(
            Decision(1, "Ouvrir une permanence à Beau-Marais.", "Mission locale", date(2023, 3, 31), progress=Progress.FAITE),
            Decision(2, "Relancer la CAF.", "Coordination", date(2023, 1, 31), indicator="N1.5", progress=Progress.EN_COURS),
        ),
    )
    return list(opened(deck(photograph(demonstration[-1]), meeting_of(demonstration[-1]), before)).slides)


def every(shapes: Any) -> Iterator[Any]:
    for shape in shapes:
        yield shape
        if shape.shape_type == MSO_SHAPE_TYPE.GROUP:
            yield from every(shape.shapes)


def words(slide: Any) -> str:
    texts = [shape.text_frame.text for shape in every(slide.shapes) if shape.has_text_frame]
    cells = [cell.text_frame.text for shape in slide.shapes if shape.has_table for row in shape.table.rows for cell in row.cells]
    return "\n".join([*texts, *cells])


def boxes(slide: Any) -> Iterator[tuple[str, Any, float, float, bool]]:
    """Each frame of text with the pixels it has across and down, and whether it is of a table."""
    for shape in every(slide.shapes):
        if shape.has_text_frame and shape.text_frame.text.strip():
            yield shape.name, shape.text_frame, shape.width / PIXEL, shape.height / PIXEL, False
        if getattr(shape, "has_table", False) and shape.has_table:
            for row in shape.table.rows:
                for column, cell in zip(shape.table.columns, row.cells, strict=True):
                    margins = cell.margin_left + cell.margin_right, cell.margin_top + cell.margin_bottom
                    yield shape.name, cell.text_frame, (column.width - margins[0]) / PIXEL, (row.height - margins[1]) / PIXEL, True


def overflows(slide: Any) -> list[str]:
    """Texts that do not hold in their box, measured with our face."""
    found = []
    for name, frame, across, down, _ in boxes(slide):
        tall = 0.0
        for paragraph in frame.paragraphs:
            if paragraph.runs:
                size = max(run.font.size.pt for run in paragraph.runs)
                bold = any(run.font.bold for run in paragraph.runs)
                tall += fitting.height(paragraph.text.replace("\x0b", "\n"), across + 0.5, size, bold=bold)
        if tall > down + 1.5:
            found.append(f"{name}: {tall:.0f} > {down:.0f} : {frame.text[:60]!r}")
    return found


def faults(slides: list[Any]) -> list[str]:
    """What would stop a person who reads it with a screen reader, or a text that is not said to be French."""
    found = []
    titles = [slide.shapes.title.text_frame.text if slide.shapes.title is not None else "" for slide in slides]
    found += [f"title {title!r}" for title in titles if not title or titles.count(title) > 1]
    for number, slide in enumerate(slides, 1):
        if not slide.notes_slide.notes_text_frame.text.strip():
            found.append(f"{number}: no note")
        for shape in every(slide.shapes):
            told = shape._element.xpath(".//p:cNvPr")[0]
            written = shape.has_text_frame and shape.text_frame.text.strip()
            if not (written or told.get("descr") or any(node.tag == DECORATIVE for node in told.iter())):
                found.append(f"{number}: {shape.name} says nothing")
            if shape.shape_type == MSO_SHAPE_TYPE.PICTURE:
                found.append(f"{number}: {shape.name} is a picture")
        for tree in (slide.shapes._spTree, slide.notes_slide.shapes._spTree):
            found += [
                f"{number}: a text without its language: {''.join(run.itertext())[:20]!r}"
                for run in tree.iter(RUN)
                if run.find(PROPERTIES) is None or run.find(PROPERTIES).get("lang") != "fr-FR"
            ]
        for shape in every(slide.shapes):
            bottom, right = (shape.top + shape.height) / PIXEL, (shape.left + shape.width) / PIXEL
            if bottom > 721 or right > 1281 or shape.top < -1 or shape.left < -1:
                found.append(f"{number}: {shape.name} is out of the slide")
            if getattr(shape, "has_table", False) and shape.has_table and bottom > FOOT + 1:
                found.append(f"{number}: {shape.name} goes over the foot")
    return found


def test_the_slides_come_in_the_order_of_the_charte_and_the_last_asks_for_decisions(slides):
    titles = [slide.shapes.title.text_frame.text for slide in slides]
    assert len(titles) == 9
    assert titles[1].startswith("Suites de la séance du ")
    assert titles[2].startswith("L'essentiel\u00a0: ")
    assert titles[4].startswith("Accès au droit commun")
    assert titles[7].startswith("Budget 2023\u00a0: ")
    assert "décision" in titles[-1].lower()
    assert "en retard" in words(slides[1])
    assert "1 faite, 1 en retard" in words(slides[1])


def test_every_slide_is_read_without_sight_and_said_to_be_french(slides):
    assert faults(slides) == []


def test_every_text_holds_in_its_box(slides):
    assert [f"{number}: {fault}" for number, slide in enumerate(slides, 1) for fault in overflows(slide)] == []


def placed(slide: Any) -> list[tuple[str, float, float, float, float]]:
    """What is written on a slide outside its groups, as rectangles: the words alone of a text, the whole of a table."""
    found = []
    for shape in slide.shapes:
        left, top, wide, high = (value / PIXEL for value in (shape.left, shape.top, shape.width, shape.height))
        if getattr(shape, "has_table", False) and shape.has_table:
            found.append((shape.name, left, top, left + wide, top + high))
        if not shape.has_text_frame or not shape.text_frame.text.strip() or shape.shape_type == MSO_SHAPE_TYPE.PLACEHOLDER:
            continue
        tall = across = 0.0
        for paragraph in shape.text_frame.paragraphs:
            size = max((run.font.size.pt for run in paragraph.runs), default=0)
            bold = any(run.font.bold for run in paragraph.runs)
            tall += fitting.height(paragraph.text.replace("\x0b", "\n"), wide + 0.5, size, bold=bold) if size else 0
            across = max(across, min(wide, fitting.width(paragraph.text, size, bold=bold)) if size else 0)
        anchor = str(shape.text_frame.vertical_anchor)
        down = top + (high - tall if "BOTTOM" in anchor else (high - tall) / 2 if "MIDDLE" in anchor else 0)
        side = str(shape.text_frame.paragraphs[0].alignment)
        start = left + (wide - across if "RIGHT" in side else (wide - across) / 2 if "CENTER" in side else 0)
        found.append((f"{shape.name} {shape.text_frame.text[:30]!r}", start, down, start + across, down + tall))
    return found


def test_no_text_is_written_over_another(demonstration):
    for frozen in demonstration:
        for number, slide in enumerate(opened(deck(photograph(frozen), meeting_of(frozen), None)).slides, 1):
            boxes_ = placed(slide)
            for place, (name, left, top, right, bottom) in enumerate(boxes_):
                for other, left_2, top_2, right_2, bottom_2 in boxes_[place + 1 :]:
                    over = min(right, right_2) - max(left, left_2), min(bottom, bottom_2) - max(top, top_2)
                    assert min(over) < 3, f"{frozen.id}, slide {number}: {name} and {other}"


def test_the_measure_is_that_of_the_face():
    """A text of a known width, so that the measure of the other tests is one."""
    face = ImageFont.truetype(inter() / "Inter-Regular.ttf", 1000)
    said_ = "Contrat d'engagement jeune"
    assert fitting.width(said_, 12) == pytest.approx(face.getlength(said_) / 1000 * 16, rel=0.01)
    assert fitting.lines("un deux trois", fitting.width("un deux", 12) + 1, 12) == 2
    assert fitting.lines("a" * 100, fitting.width("a" * 10, 12) + 1, 12) == 10


def test_each_slide_says_what_it_is_and_that_its_data_are_fictitious(slides, demonstration):
    frozen = demonstration[-1]
    for slide in slides:
        assert "Données fictives" in words(slide)
        assert f"Édition {frozen.id}" in words(slide)
        assert digest(frozen.written)[:12] in words(slide)


def test_the_gaps_are_grouped_shapes_with_the_figures_of_the_page(slides, demonstration):
    one = photograph(demonstration[-1])
    table = said.chart(one, "/droit-commun").table
    groups = {shape.name: shape for shape in slides[4].shapes if shape.shape_type == MSO_SHAPE_TYPE.GROUP}
    assert set(groups) == {row[0] for row in table.rows}
    for row in table.rows:
        texts = [shape.text_frame.text for shape in groups[row[0]].shapes if shape.has_text_frame and shape.text_frame.text]
        assert row[1].split(" ")[0] in texts
        assert row[2].split(" ")[0] in texts
        assert any(row[3] in text and row[-1] in text for text in texts)
        told = groups[row[0]]._element.xpath("./p:nvGrpSpPr/p:cNvPr")[0].get("descr")
        assert all(cell in told for cell in row)


def test_the_charts_are_native_and_hold_the_figures_of_the_pages(slides, demonstration):
    one = photograph(demonstration[-1])
    grant = [shape.chart for shape in slides[7].shapes if shape.has_chart]
    paid = next(item for item in grant[0].plots[0].series if item.name == "Dépensé")
    drawn = said.chart(one, "/budget").drawn("paid")
    assert [value for value in paid.values if value is not None] == pytest.approx(drawn["y"])
    steps = next(shape.chart for shape in slides[6].shapes if shape.has_chart)
    page = {row[1]: row[2] for row in said.chart(one, "/parcours").table.rows if row[0] == "Étape"}
    told = dict(zip(steps.plots[0].categories, steps.plots[0].series[0].values, strict=True))
    assert {name: f"{value:.0f}" for name, value in told.items()} == page
    panels = [shape.chart for shape in slides[5].shapes if shape.has_chart]
    assert len(panels) == len(said.chart(one, "/droit-commun", "evolution").table.rows)


def test_the_words_of_the_slides_are_well_set(slides):
    for slide in slides:
        for line in words(slide).split("\n"):
            assert loose(line) == [], line


def test_each_generated_sentence_is_whole_on_its_slide(slides, demonstration):
    one = photograph(demonstration[-1])
    for place, page in ((2, "/"), (4, "/droit-commun"), (6, "/parcours"), (7, "/budget")):
        assert one.sentence(page) in words(slides[place])
        assert "[…]" not in words(slides[place])


LONG = "Une phrase assez longue, écrite par une personne qui avait beaucoup à dire sur ce sujet. "
TEXTS = ["مرحبا بكم في الاجتماع", "🚲 Vélo 👩‍👩‍👧 pour tous", "=cmd|' /C calc'!A0", "a" * 900, (LONG * 12)[:1000].strip(), "x\ny\n" * 100]


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("weather", [Weather.SOLEIL, Weather.ORAGE])
def test_whatever_a_person_wrote_holds_and_the_whole_is_in_the_notes(demonstration, text, weather):
    meeting = meeting_of(demonstration[-1])
    name = text[:200].replace("\n", " ").strip()
    written = replace(
        meeting,
        title=name,
        place=name,
        chairs=(name, name),
        forecast=replace(meeting.forecast, text=text, by=name, weather=weather) if meeting.forecast else None,
        points=tuple(Point(f"{number} {name}"[:200], (text, text), text, text, text) for number in range(6)),
        comments=tuple(replace(item, text=text) for item in meeting.comments),
    )
    before = replace(
        meeting_of(demonstration[0]),
        decisions=tuple(Decision(number, text, name, date(2023, 1, 31), note=text) for number in range(1, 10)),
    )
    slides = list(opened(deck(photograph(demonstration[-1]), written, before)).slides)
    assert faults(slides) == []
    assert "\n".join(fault for slide in slides for fault in overflows(slide)) == ""
    notes = "\n".join(slide.notes_slide.notes_text_frame.text for slide in slides).replace("\x0b", "\n")
    if any("[…]" in words(slide) for slide in slides):
        assert "texte entier" in notes
        assert text.split("\n", maxsplit=1)[0][:80].replace(" :", "\u00a0:") in notes


def test_an_edition_with_nothing_to_show_still_has_its_nine_slides(demonstration):
    content = json.loads(demonstration[-1].written)
    for part in content["figures"].values():
        place = part["columns"].index("status")
        part["data"][place] = {"texts": ["secret"], "places": [0] * part["rows"]}
    content["pages"] = {}
    empty = Photograph(EditionRead(demonstration[-1].id, "0" * 64, content))
    bare = replace(meeting_of(demonstration[-1]), points=(), comments=(), forecast=None, chairs=())
    slides = list(opened(deck(empty, bare, None)).slides)
    assert len(slides) == 9
    assert faults(slides) == []
    assert [fault for slide in slides for fault in overflows(slide)] == []
    assert not any(shape.has_chart for slide in slides for shape in slide.shapes)


def test_a_partner_and_an_indicator_with_the_longest_names_hold(demonstration):
    written = demonstration[-1].written.decode()
    for name, longest in (("Contrat d'engagement jeune", "Contrats d'engagement réciproq"[:28]), ("CAF du Pas-de-Calais", "W" * 28)):
        written = written.replace(name, longest)
    content = json.loads(written)
    slides = list(opened(deck(Photograph(EditionRead("S3-copil-1", "0" * 64, content)), meeting_of(demonstration[-1]), None)).slides)
    assert [fault for slide in slides for fault in overflows(slide)] == []


@pytest.mark.office
def test_an_office_program_shows_each_slide_with_our_face_and_its_lines_as_measured(demonstration, soffice, tmp_path):
    path = tmp_path / "presentation.pptx"
    path.write_bytes(deck(photograph(demonstration[-1]), meeting_of(demonstration[-1]), None))
    slides = list(opened(path.read_bytes()).slides)
    pdf = pypdf.PdfReader(as_pdf(soffice, path))
    assert len(pdf.pages) == len(slides)
    fonts = {str(font.get_object()["/BaseFont"]) for page in pdf.pages for font in page["/Resources"]["/Font"].values()}
    assert any("Inter" in name for name in fonts)
    for slide, page in zip(slides, pdf.pages, strict=True):
        told = page.extract_text()
        shown = "".join(told.split())
        title = slide.shapes.title
        assert "".join(title.text_frame.text.split()) in shown
        for name, frame, across, _, table in boxes(slide):
            runs = [run for paragraph in frame.paragraphs for run in paragraph.runs]
            if table or len(runs) != 1 or not runs[0].text.strip():
                continue
            size, bold = runs[0].font.size.pt, bool(runs[0].font.bold)
            if fitting.lines(runs[0].text, across, size, bold=bold) == 1 and len(runs[0].text) > ONE_LINE:
                assert any("".join(runs[0].text.split()) in "".join(line.split()) for line in told.split("\n")), name
