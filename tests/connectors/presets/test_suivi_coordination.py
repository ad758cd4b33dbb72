"""The follow-up workbook: it counts itself, only its counts are read, and it is kept nowhere, accepted or refused."""

from __future__ import annotations

from datetime import date as day
from io import BytesIO

import pytest
import xlsxwriter

from connectors.collect import Place, collect, context_of, receive_file
from connectors.counts_only import STAYS
from connectors.dropped import extract_file
from connectors.errors import ConfigurationError
from connectors.source import PRESETS, load_source
from connectors.store import Outcome
from connectors.suivi import workbook
from connectors.suivi.counted import COUNTED, cells
from connectors.suivi.pages import PAGES
from indicators.codes import DIMENSIONS
from indicators.period import Period
from indicators.registry import measures
from indicators.typography import french
from tests.connectors.cities import at
from tests.connectors.language import english, loose
from tests.connectors.presets.followed import EXPECTED, LINES, calculated, saved_by_a_spreadsheet
from tests.connectors.presets.looks import read, refused
from tests.office import soffice

__all__ = ["soffice"]

QUARTER = Period.parse("2023-T2")
UNKNOWN = "Des formules du classeur n'ont pas été calculées : leurs effectifs sont inconnus, pas nuls."


def filled(city, values=calculated, lines=None):
    return workbook(city.settings.territory, QUARTER, LINES if lines is None else lines, values)


def figures(counts) -> dict[tuple[str, ...], int]:
    key = zip(counts["measure"], counts["territory"], counts["dimension"], counts["category"], strict=True)
    return {place: int(value) for place, value in zip(key, counts["value"], strict=True) if value}


def wanted() -> dict[tuple[str, ...], int]:
    return dict(EXPECTED)


@pytest.mark.office
def test_a_spreadsheet_program_counts_what_we_count_by_hand(city, tmp_path, soffice):
    content = saved_by_a_spreadsheet(soffice, filled(city, lambda _: ""), tmp_path)
    extract = read(city, "suivi_coordination", content, "suivi.xlsx")
    assert figures(extract.counts) == wanted()
    assert set(extract.counts["period"]) == {"2023-T2"}


@pytest.mark.office
@pytest.mark.parametrize(
    ("page", "line"),
    [
        ("parcours", (7, "Les Tilleuls", "Femme", "", "", "", "", "", "14/05/2023")),
        ("parcours", ("Duvivier Jeanne", "Les Tilleuls", "Femme")),
        ("freins", (5, 1, "Les Tilleuls", "Voiture en panne", day(2023, 5, 5))),
        ("reunions", (5, day(2023, 5, 5), "Une structure hors liste", "Oui")),
    ],
)
def test_what_no_formula_would_count_is_refused_and_said(city, tmp_path, soffice, page, line):
    lines = {**LINES, page: [*LINES[page], line]}
    content = saved_by_a_spreadsheet(soffice, filled(city, lambda _: "", lines), tmp_path)
    told = refused(city, "suivi_coordination", content, "suivi.xlsx")
    assert french("Le classeur contient des jours écrits en texte ou des mots hors des listes, que rien ne compte") in told
    assert "Duvivier" not in told


def test_the_counts_written_beside_the_formulas_are_read(city):
    extract = read(city, "suivi_coordination", filled(city), "suivi.xlsx")
    assert figures(extract.counts) == wanted()
    assert extract.counts["status"].eq("ok").all()


def test_a_workbook_never_calculated_is_refused_and_not_read_as_zeros(city):
    told = refused(city, "suivi_coordination", filled(city, lambda _: ""), "suivi.xlsx")
    assert french(UNKNOWN) in told
    assert "Ouvrez-le dans Excel ou LibreOffice, enregistrez-le" in told
    some = filled(city, lambda cell: "" if cell.measure == "freins_leves" else calculated(cell))
    assert french(UNKNOWN) in refused(city, "suivi_coordination", some, "suivi.xlsx")


def test_every_measure_declared_is_counted_once_in_each_cell(city):
    declared = load_source(PRESETS / "suivi_coordination")
    assert set(declared.measures) == {item.measure for item in COUNTED} <= set(measures())
    rows = list(cells(city.settings.territory, QUARTER))
    keys = [(row.territory, row.measure, row.dimension, row.category) for row in rows]
    assert len(set(keys)) == len(keys)
    assert all(row.category in DIMENSIONS[row.dimension].codes for row in rows)
    assert max(len(row.formula) for row in rows) < 8192


def test_no_column_is_made_for_a_name():
    for page in PAGES:
        for column in page.columns:
            assert not {"nom", "prénom", "naissance", "téléphone", "adresse"} & set(column.title.lower().split())


@pytest.fixture
def store(city):
    city.source("coordination", 'preset = "suivi_coordination"\n')
    opened = city.store()
    yield opened
    opened.close()


def run(city, store, day=1):
    (report,) = collect(city.settings, city.sources(), store, at(day), city.environment)
    for sentence in report.sentences:
        assert english(sentence.replace(str(city.folder), "")) == []
        assert loose(sentence.replace(str(city.folder), "")) == []
    return report


def held(city, outside: str = "depot") -> list:
    """Every file of the data folder but those still dropped."""
    root = city.settings.data_dir
    return [path for path in sorted(root.rglob("*")) if path.is_file() and outside not in path.relative_to(root).parts]


def with_a_name(lines):
    return {**lines, "parcours": [("Duvivier Jeanne", *line[1:]) for line in lines["parcours"]]}


def assert_no_workbook_is_kept(city):
    for path in held(city):
        content = path.read_bytes()
        assert not content.startswith(b"PK")
        assert b"Duvivier" not in content
        assert path.suffix != ".xlsx"


def test_of_an_accepted_workbook_only_the_counts_are_kept(city, store):
    dropped = city.drop("coordination", "suivi.xlsx", filled(city, lines=with_a_name(LINES)))
    report = run(city, store)
    assert report.outcome is Outcome.ACCEPTED
    assert not dropped.exists()
    assert_no_workbook_is_kept(city)
    (kept,) = [path for path in held(city) if "recus" in path.parts]
    lines = kept.read_text("utf-8").splitlines()
    assert kept.suffix == ".csv"
    assert lines[0] == "periode;territoire;mesure;dimension;modalite;effectif"
    assert "2023-T2;QP059901;entrees_parcours;sexe;femme;1" in lines
    city.drop("coordination", "suivi.xlsx", filled(city))
    assert run(city, store, 2).outcome is Outcome.UNCHANGED
    # the counts kept are a delivery again
    (source,) = city.sources()
    again = extract_file(kept.read_bytes(), "effectifs.csv", source, city.context, ())
    assert figures(again.counts) == wanted()
    assert list((city.settings.data_dir / "depot" / "coordination").iterdir()) == []


@pytest.mark.parametrize(
    ("values", "told"),
    [
        (lambda _: "", UNKNOWN),
        (lambda cell: calculated(cell) + (cell.territory == "VILLE"), "somme des zones"),
        (lambda cell: 2 if (cell.measure, cell.category) == ("sorties_parcours", "chomage") else calculated(cell), "totalisent"),
    ],
)
def test_a_refused_workbook_stays_where_it_is_and_nothing_of_it_is_kept(city, store, values, told):
    dropped = city.drop("coordination", "suivi.xlsx", filled(city, values, with_a_name(LINES)))
    report = run(city, store)
    assert report.outcome is Outcome.REFUSED
    assert french(told) in "\n".join(report.sentences)
    assert report.sentences[-1] == STAYS
    assert dropped.exists()
    assert_no_workbook_is_kept(city)
    assert [path.suffix for path in held(city) if "refuses" in path.parts] == [".txt"]
    dropped.write_bytes(filled(city))
    assert run(city, store, 2).outcome is Outcome.ACCEPTED
    assert not dropped.exists()


def test_without_its_sheet_of_counts_no_other_sheet_is_read(city, store):
    content = BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        book.add_worksheet("Parcours").write_row(0, 0, ("Duvivier Jeanne", "Les Tilleuls"))
    dropped = city.drop("coordination", "suivi.xlsx", content.getvalue())
    report = run(city, store)
    assert french("La feuille « donnees » manque : c'est la seule qui est lue.") in report.sentences[0]
    assert "Duvivier" not in "\n".join(report.sentences)
    assert dropped.exists()
    assert_no_workbook_is_kept(city)


def test_dropped_in_the_browser_it_is_kept_no_more(city, store):
    settings = city.settings
    (source,) = city.sources()
    place = Place(store, settings.territory, at(1))
    for values in (lambda _: "", calculated):
        content = filled(city, values, with_a_name(LINES))
        receive_file(settings, source, place, context_of(settings, at(1)), content, "suivi.xlsx")
        assert_no_workbook_is_kept(city)


def test_only_counts_of_a_plain_file_may_be_kept(city):
    with pytest.raises(ConfigurationError) as refusal:
        city.source("compta", 'preset = "fec"\n[file]\nkeep = "counts"\n')
    assert "ne vaut que pour une source" in str(refusal.value)
