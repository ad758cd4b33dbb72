"""The documents of an edition: its figures and no other, the same bytes anywhere, handed out again as issued; nothing hidden is written."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO, StringIO
from zipfile import ZipFile

import docx
import pypdf
import pytest
import python_calamine

from dashboard.documents.annex import MARKS, annex, native
from dashboard.documents.minutes import minutes, minutes_pdf
from dashboard.documents.note import content, cut, note
from dashboard.documents.open_data import open_data
from dashboard.documents.pack import issue
from dashboard.documents.photograph import WINDOWS, Photograph
from dashboard.editions import frames
from dashboard.editions.reading import EditionRead, open_edition
from indicators.canonical import digest
from indicators.meeting import Decision, Progress, State
from indicators.meeting_json import from_plain
from indicators.status import Status
from tests.connectors.language import loose
from tests.editions.conftest import EDITION, Frozen, Small
from tests.office import as_pdf, soffice

__all__ = ["soffice"]

pytestmark = pytest.mark.xdist_group("editions")
MAKE = """
import json, sys
from dashboard.documents.annex import annex
from dashboard.documents.deck.deck import deck
from dashboard.documents.minutes import minutes, minutes_pdf
from dashboard.documents.note import note
from dashboard.documents.open_data import open_data
from dashboard.documents.photograph import Photograph
from dashboard.editions.reading import EditionRead
from indicators.canonical import digest
from indicators.meeting_json import from_plain
written = sys.stdin.buffer.read()
content = json.loads(written)
one = Photograph(EditionRead(content["edition"]["id"], digest(written), content))
meeting = from_plain(content["seance"])
said = (minutes(meeting, None, one), minutes_pdf(meeting, None, one), note(one, meeting), deck(one, meeting, None))
made = (annex(one), open_data(one), *said)
print(" ".join(digest(item) for item in made))
"""


def photograph(frozen: Frozen) -> Photograph:
    return Photograph(EditionRead(frozen.id, digest(frozen.written), frozen.content))


def sheets(content: bytes) -> dict[str, list[list[object]]]:
    book = python_calamine.CalamineWorkbook.from_filelike(BytesIO(content))
    return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}


def test_the_annex_holds_every_figure_shown_and_a_mark_for_what_is_hidden(demonstration):
    for frozen in demonstration:
        told = sheets(annex(photograph(frozen)))
        head, *rows = told["Indicateurs"]
        place = {name: head.index(name) for name in ("Valeur", "Numérateur", "Dénominateur", "IC 95 % bas", "IC 95 % haut", "État")}
        shown = [frames.from_plain(frozen.content["figures"][name]) for name in WINDOWS]
        assert sum(row[place["État"]] == "publié" for row in rows) == sum(int((frame["status"] == Status.OK).sum()) for frame in shown)
        hidden = [row for row in rows if row[place["État"]] == "secret"]
        assert hidden
        for row in hidden:
            assert row[place["Valeur"]] == MARKS[Status.SECRET]
            assert [row[place[name]] for name in place if name not in {"Valeur", "État"}] == [""] * 4
        assert {"Lisez-moi", "Écarts", "Dictionnaire", "Livraisons", "Parcours 1", "Budget 1", "Cerfa charges", "Cerfa produits"} <= set(
            told
        )


def test_each_number_of_the_annex_and_of_the_tables_is_one_of_the_edition(demonstration):
    """Nothing is added to what the edition tells, which is audited as a whole."""
    frozen = demonstration[-1]
    known = {
        round(float(value), 9)
        for part in (*WINDOWS, "gaps")
        for frame in [frames.from_plain(frozen.content["figures"][part])]
        for name in frame.select_dtypes("number")
        for value in frame.loc[frame["status"] == Status.OK, name].dropna()
    }
    one = photograph(frozen)
    told = sheets(annex(one))
    for name in ("Indicateurs", "Écarts"):
        numbers = {round(float(cell), 9) for row in told[name][1:] for cell in row if isinstance(cell, int | float)}
        assert numbers <= known
    with ZipFile(BytesIO(open_data(one))) as archive:
        for name in ("indicateurs.csv", "ecarts.csv"):
            for row in csv.DictReader(StringIO(archive.read(name).decode())):
                if row["status"] != "ok":
                    assert not any(row[column] for column in ("value", "low", "high", "numerator", "points", "qpv") if column in row)


def test_the_budget_of_the_annex_is_to_the_cent_and_native(demonstration):
    told = sheets(annex(photograph(demonstration[-1])))
    charges = told["Cerfa charges"]
    assert charges[0][0].startswith("Compte rendu financier 2023")
    amounts = [row[1] for row in charges[2:]]
    assert all(isinstance(amount, int | float) for amount in amounts)
    assert any(row[2] for row in charges[2:])


def test_the_annex_tells_each_delivery_refused_and_nothing_of_what_it_held(demonstration):
    frozen = demonstration[-1]
    refused = [one for one in frozen.content["journal"] if one["outcome"] == "refused"]
    assert refused
    assert all(set(one) == {"id", "source", "received_at", "outcome"} for one in frozen.content["journal"])
    head, *rows = sheets(annex(photograph(frozen)))["Livraisons"]
    told = {int(row[0]): row for row in rows}
    for one in refused:
        assert told[one["id"]][head.index("Suite")] == "refusée\u00a0: aucune donnée prise"
        assert told[one["id"]][head.index("Empreinte SHA-256")] == ""
    assert sum(row[head.index("Suite")] == "acceptée" for row in rows) == len(frozen.content["sources"])


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("−1\u202f900,00\u00a0€", -1900.0),
        ("68,3\u00a0%", 68.3),
        ("16,6\u00a0k€", 16600.0),
        ("12", 12),
        ("sans objet", "sans objet"),
        ("T3 2023", "T3 2023"),
    ],
)
def test_a_figure_written_in_french_becomes_a_number(text, number):
    assert native(text)[0] == pytest.approx(number)


def test_no_cell_of_the_annex_is_a_formula_whatever_the_data_hold(demonstration):
    frozen = demonstration[-1]
    content = json.loads(frozen.written)
    content["definitions"]["N2.2"]["label"] = '=cmd|" /C calc"!A0'
    content["seance"]["perimeter"] = "@SUM(A1)"
    with ZipFile(BytesIO(annex(Photograph(EditionRead(frozen.id, "0" * 64, content))))) as book:
        assert not any(b"<f>" in book.read(name) for name in book.namelist() if name.startswith("xl/worksheets/"))


def test_the_same_edition_gives_the_same_bytes_in_another_zone_and_another_year(demonstration):
    frozen = demonstration[-1]
    answers = {
        subprocess.run(
            [sys.executable, "-c", MAKE],
            input=frozen.written,
            env={**os.environ, "TZ": zone, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)},
            capture_output=True,
            check=True,
        ).stdout
        for zone, seed in (("Pacific/Auckland", "1"), ("America/Los_Angeles", "2"))
    }
    assert len(answers) == 1
    assert len(answers.pop().split()) == 6


def test_documents_are_handed_out_again_as_issued_and_the_releve_follows_the_seance(copied: Callable[[], Small], monkeypatch):
    desk = copied().desk
    archive, edition = desk.store.archive, open_edition(desk, EDITION)
    first = dict(issue(archive, edition, datetime(2023, 7, 12, tzinfo=UTC)))
    monkeypatch.setattr("dashboard.documents.pack.annex", lambda _: b"une autre version du programme")
    saved = archive.meeting(1)
    decided = replace(saved.meeting, decisions=(Decision(1, "Ouvrir une permanence.", "Mission locale", date(2023, 9, 30)),))
    archive.save_meeting(decided, datetime(2023, 7, 13, tzinfo=UTC), "Coordinatrice", expected_version=saved.version)
    again = dict(issue(archive, edition, datetime(2024, 1, 1, tzinfo=UTC)))
    assert [first[name] for name in first if name in again] == [again[name] for name in first if name in again]
    stem = f"{EDITION}-v{saved.version + 1}"
    new = f"releve-{stem}-projet.docx"
    expected = {new, f"releve-{stem}-projet.pdf", f"note-{stem}-projet.pdf", f"presentation-{stem}.pptx"}
    assert set(again) - set(first) == expected
    assert "Ouvrir une permanence." in "".join(cell.text for table in docx.Document(BytesIO(again[new])).tables for cell in table._cells)
    desk.store.close()


def test_the_releve_says_who_what_when_and_what_became_of_the_previous_decisions(demonstration):
    frozen = demonstration[-1]
    meeting = replace(from_plain(frozen.content["seance"]), state=State.TENUE, attendees=("PLIE", "=cmd", "شريك 🚲"), place="Mairie")
    before = replace(meeting, decisions=(Decision(1, "Relancer la CAF.", "Coordination", date(2023, 1, 31), progress=Progress.EN_COURS),))
    document = docx.Document(BytesIO(minutes(meeting, before, photograph(frozen))))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "PROJET" not in text
    assert "PLIE, =cmd et شريك 🚲" in text
    assert "Aucune décision n'a été prise." in text
    assert [cell.text for cell in document.tables[-1].rows[1].cells][1:] == [
        "Relancer la CAF.",
        "Coordination",
        "31/01/2023",
        "–",
        "en retard",
    ]
    assert loose(text) == []
    draft = minutes(replace(meeting, state=State.FIGEE), None, photograph(frozen))
    assert "PROJET" in "\n".join(paragraph.text for paragraph in docx.Document(BytesIO(draft)).paragraphs)


def test_the_releve_in_pdf_says_what_the_one_in_word_says(demonstration):
    one, meeting = photograph(demonstration[-1]), from_plain(demonstration[-1].content["seance"])
    decided = replace(meeting, state=State.TENUE, decisions=(Decision(1, "Ouvrir une garde le soir.", "CAF", date(2024, 3, 31)),))
    written = docx.Document(BytesIO(minutes(decided, meeting, one)))
    pdf = pypdf.PdfReader(BytesIO(minutes_pdf(decided, meeting, one)))
    shown = "".join("".join(page.extract_text().replace("-\n", "") for page in pdf.pages).split())
    for text in [paragraph.text for paragraph in written.paragraphs] + [cell.text for table in written.tables for cell in table._cells]:
        assert "".join(text.split()) in shown, text
    assert pdf.trailer["/Root"]["/Lang"] == "fr-FR"
    assert "PROJET" not in shown
    assert "PROJET" in pypdf.PdfReader(BytesIO(minutes_pdf(meeting, None, one))).pages[0].extract_text()


def test_the_note_follows_the_previous_decisions_where_there_is_room(demonstration):
    one, meeting = photograph(demonstration[-1]), from_plain(demonstration[-1].content["seance"])
    before = replace(meeting, decisions=(Decision(1, "Relancer la caisse.", "Coordination", date(2023, 1, 31)),))
    pages = pypdf.PdfReader(BytesIO(note(one, meeting, before))).pages
    assert len(pages) == 2
    assert "Relancer la caisse." in pages[1].extract_text()
    many = replace(
        meeting, decisions=tuple(Decision(n, "Relancer la caisse. " * 9, "Coordination", date(2023, 1, 31)) for n in range(1, 30))
    )
    assert len(pypdf.PdfReader(BytesIO(note(one, meeting, many))).pages) == 2


def test_the_data_package_describes_its_files(demonstration):
    with ZipFile(BytesIO(open_data(photograph(demonstration[-1])))) as archive:
        described = json.loads(archive.read("datapackage.json"))
        assert "À ne pas diffuser" in described["description"]
        for one in described["resources"]:
            content = archive.read(one["path"])
            assert (one["bytes"], one["hash"]) == (len(content), f"sha256:{digest(content)}")
            rows = list(csv.DictReader(StringIO(content.decode())))
            assert list(rows[0]) == [field["name"] for field in one["schema"]["fields"]]
            keys = [tuple(row[name] for name in one["schema"]["primaryKey"]) for row in rows]
            assert len(set(keys)) == len(keys)


def test_the_note_holds_on_two_pages_with_its_own_fonts_and_says_what_the_pages_say(demonstration):
    for frozen in demonstration:
        meeting = from_plain(frozen.content["seance"])
        long = tuple(
            replace(
                comment, text=" ".join(["Phrase de cent caractères environ, écrite pour remplir ce que le formulaire permet."] * 12)[:1000]
            )
            for comment in meeting.comments
        )
        pdf = pypdf.PdfReader(BytesIO(note(photograph(frozen), replace(meeting, comments=long))))
        assert len(pdf.pages) == 2
        assert "PROJET" in pdf.pages[0].extract_text()
        fonts = {str(font.get_object()["/BaseFont"]) for page in pdf.pages for font in page["/Resources"]["/Font"].values()}
        assert all("Inter" in name for name in fonts)
        assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]
        assert pdf.trailer["/Root"]["/Lang"] == "fr-FR"
        held = pypdf.PdfReader(BytesIO(note(photograph(frozen), replace(meeting, state=State.TENUE))))
        assert "PROJET" not in held.pages[0].extract_text()
        written = "".join(page.extract_text() for page in held.pages).replace("\n", " ").replace("\xad", "-")
        assert frozen.content["edition"]["id"] in written


def test_the_gaps_of_the_note_are_those_of_the_page(demonstration):
    frozen = demonstration[-1]
    one = photograph(frozen)
    told = content(one, from_plain(frozen.content["seance"]))
    (table,) = [table for table in one.tables("/droit-commun") if table.caption.startswith("Accès au droit commun")]
    page = {row[0]: row for row in table.rows if "sur" in row[1]}
    assert {line["nom"] for line in told["ecarts"]["lignes"]} == set(page)
    for line in told["ecarts"]["lignes"]:
        assert page[line["nom"]][1].startswith(line["t1"])
        assert page[line["nom"]][3].startswith(line["ecart"])
        assert told["ecarts"]["bas"] <= line["bas"] <= line["haut"] <= told["ecarts"]["haut"]
    assert told["retenir"][0] == one.sentence("/droit-commun")


@pytest.mark.parametrize(
    "text", ["مرحبا", "🚲 Vélo", "#let x = 1", "$x$ *gras* _ital_ <label> @ref", "=cmd", "a" * 300, "Une phrase. " * 5000]
)
def test_whatever_a_person_wrote_the_documents_come_out(demonstration, text):
    frozen = demonstration[0]
    meeting = from_plain(frozen.content["seance"])
    comments = tuple(replace(comment, text=text[:1000]) for comment in meeting.comments)
    written = replace(meeting, comments=comments, place=text[:100].strip() or "Mairie")
    assert len(pypdf.PdfReader(BytesIO(note(photograph(frozen), written))).pages) <= 3
    assert docx.Document(BytesIO(minutes(written, None, photograph(frozen)))).paragraphs


def test_an_edition_with_everything_hidden_still_has_its_documents(demonstration):
    frozen = demonstration[-1]
    content_ = json.loads(frozen.written)
    for part in content_["figures"].values():
        place = part["columns"].index("status")
        part["data"][place] = {"texts": ["secret"], "places": [0] * part["rows"]}
    content_["pages"] = {}
    empty = Photograph(EditionRead(frozen.id, "0" * 64, content_))
    meeting = from_plain(content_["seance"])
    assert len(sheets(annex(empty))["Indicateurs"]) == 1
    assert pypdf.PdfReader(BytesIO(note(empty, meeting))).pages
    assert open_data(empty)


def test_a_human_text_is_cut_at_the_end_of_a_sentence():
    assert cut("Une phrase. Une autre.", 100) == "Une phrase. Une autre."
    assert cut("Une phrase. " * 200, 50) == "Une phrase. Une phrase. Une phrase. Une phrase. […]"
    assert len(cut("x" * 5000)) <= 1000 + 3


@pytest.mark.office
def test_an_office_program_opens_the_annex_and_the_releve(demonstration, soffice, tmp_path):
    frozen = demonstration[-1]
    one, meeting = photograph(frozen), from_plain(frozen.content["seance"])
    path = tmp_path / "releve.docx"
    path.write_bytes(minutes(meeting, None, one))
    assert len(pypdf.PdfReader(as_pdf(soffice, path)).pages) <= 2
    path = tmp_path / "annexe.xlsx"
    path.write_bytes(annex(one))
    first = pypdf.PdfReader(as_pdf(soffice, path)).pages[0].extract_text()
    assert frozen.id in first
