"""`cite-emploi contrat`: what a partner receives can be filled, opened, and comes back valid."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

import docx
import pypdf
import pytest
import python_calamine

from connectors.dropped import extract_file
from connectors.kit.cells import example
from connectors.kit.note import sections
from connectors.kit.workbook import workbook
from dashboard.documents.letter import Letter, Part, letter_docx
from indicators.period import Period
from indicators.territory import HORS_QPV
from tests.connectors.deliveries import SOURCE as FILE
from tests.connectors.kit.test_view import QUERIES
from tests.connectors.kit.test_view import SOURCE as BASE
from tests.connectors.language import english, loose
from tests.office import as_pdf, soffice

__all__ = ["soffice"]

PRESETS = ("imilo", "viesion", "caf", "cap_emploi")


def words(content: bytes) -> str:
    return "\n".join(paragraph.text for paragraph in docx.Document(BytesIO(content)).paragraphs)


def test_a_partner_with_files_receives_a_workbook_an_example_that_passes_and_a_page(command, city):
    city.write()
    city.source("plie", FILE)
    answer = command("contrat", "plie", "--vers", "envoi")
    assert (answer.code, answer.err) == (0, "")
    assert english(answer.out) == loose(answer.out) == []
    names = {path.name for path in (city.folder / "envoi").iterdir()}
    assert names == {"note-plie.docx", "modele-plie-2023-T2.xlsx", "exemple-plie-2023-T2.xlsx"}
    checked = command("verifier", "envoi/exemple-plie-2023-T2.xlsx", "--source", "plie")
    assert checked.code == 0, checked.out
    empty = command("verifier", "envoi/modele-plie-2023-T2.xlsx", "--source", "plie")
    assert empty.code == 1
    assert "effectif vide" in empty.out
    told = words((city.folder / "envoi" / "note-plie.docx").read_bytes())
    assert "aucun effectif de 1 à 4" in told
    assert "T2 2023\u00a0: le" in told
    assert english(told) == loose(told) == []


def test_a_partner_with_a_base_receives_its_view_and_nothing_is_written_over(command, city):
    city.write()
    city.source("social", BASE, **QUERIES)
    assert command("contrat", "social", "--vers", "envoi", "--moteur", "mariadb").code == 0
    path = city.folder / "envoi" / "vue-social-mariadb.sql"
    assert "CREATE VIEW cite_emploi.comptes" in path.read_text("utf-8")
    path.write_text("-- changé par l'administrateur", "utf-8")
    again = command("contrat", "social", "--vers", "envoi", "--moteur", "mariadb")
    assert again.code == 2
    assert "contient déjà" in again.err
    assert path.read_text("utf-8") == "-- changé par l'administrateur"


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (("inconnu",), "Sources déclarées\u00a0: plie. Déclarez-la d'abord"),
        (("plie", "--periode", "2023"), "n'est pas une période de «\u00a0"),
        (("plie", "--periode", "hier"), "Écrivez par exemple 2023-T3."),
    ],
)
def test_what_cannot_be_written_is_told(command, city, asked, told):
    city.write()
    city.source("plie", FILE)
    answer = command("contrat", *asked, "--vers", "envoi")
    assert answer.code == 2
    assert told in answer.err
    assert not (city.folder / "envoi").exists()


@pytest.mark.parametrize("name", PRESETS)
def test_the_example_of_every_preset_of_files_is_valid(city, name):
    source = city.source(name, f'preset = "{name}"')
    period = Period.parse("2023-T1")
    content = workbook(source, city.settings.territory, period, example)
    extract = extract_file(content, "exemple.xlsx", source, city.context, ())
    counts = extract.counts
    whole = counts[(counts["territory"] == HORS_QPV) & (counts["dimension"] == "ensemble")].set_index("measure")["value"]
    assert set(whole.index) == set(source.measures)
    assert (whole > 0).all()


def test_lists_hold_the_codes_and_the_same_template_has_the_same_bytes(city):
    source = city.source("plie", FILE)
    content = workbook(source, city.settings.territory, Period.parse("2023-T2"))
    assert content == workbook(source, city.settings.territory, Period.parse("2023-T2"))
    with ZipFile(BytesIO(content)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        assert all(f"liste_{name}" in sheet for name in ("periode", "territoire", "mesure", "dimension", "modalite"))
        assert "vbaProject" not in "".join(book.namelist())
    lists = python_calamine.CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_name("Listes").to_python()
    assert {row[1] for row in lists} >= {"QP059901", "QP059902", "HORS_QPV"}


@pytest.mark.office
@pytest.mark.parametrize(("name", "text"), [("plie", FILE), ("social", BASE), *((name, f'preset = "{name}"') for name in PRESETS)])
def test_the_note_to_a_partner_holds_on_one_page(city, soffice, tmp_path, name, text):
    source = city.source(name, text, **QUERIES)
    told = [Part(*section) for section in sections(source, city.settings, city.context.today)]
    path = tmp_path / "note.docx"
    path.write_bytes(letter_docx(Letter("Partager des effectifs", source.label, tuple(told), "Note du jour.")))
    assert len(pypdf.PdfReader(as_pdf(soffice, path)).pages) == 1
