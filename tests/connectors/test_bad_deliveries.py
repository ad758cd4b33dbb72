"""Each defect that partners really send: the decision agreed on, told in French with its line and its remedy."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
import xlsxwriter
from pandas.testing import assert_frame_equal

from connectors.dropped import extract_file
from connectors.errors import DeliveryRefusedError
from indicators.schemas import COUNTS
from indicators.typography import french
from tests.connectors import deliveries
from tests.connectors.cities import City
from tests.connectors.deliveries import CASES, ELSEWHERE, HEADER, ROWS, SOURCE, Case, having
from tests.connectors.language import english, loose

AGREED = Path(__file__).parents[2].parent / "shared" / "reference" / "bad_deliveries.csv"


def read(city: City, content: bytes, name: str = "livraison.csv", declaration: str = SOURCE):
    return extract_file(content, name, city.source("plie", declaration), city.context, ())


def faults(city: City, content: bytes, name: str = "livraison.csv", declaration: str = SOURCE) -> list[str]:
    with pytest.raises(DeliveryRefusedError) as caught:
        read(city, content, name, declaration)
    for fault in caught.value.faults:
        assert english(fault) == []
        assert loose(fault) == []
    return caught.value.faults


def _name(case: Case) -> str:
    number = Counter(earlier.id for earlier in CASES[: CASES.index(case)])[case.id]
    return f"{case.id}-{number + 1}"


@pytest.mark.parametrize("case", CASES, ids=_name)
def test_each_delivery_gets_its_decision_and_its_sentence(city, case):
    if case.decision == "refus":
        assert any(french(case.told) in fault for fault in faults(city, case.content, case.name))
        return
    extract = read(city, case.content, case.name)
    COUNTS.validate(extract.counts)
    assert french(case.told) in french("\n".join(extract.warnings))
    assert bool(extract.warnings) == bool(case.told)
    if case.value is not None:
        row = extract.counts.query("period == '2023-T1' and territory == 'QP059901' and category == 'femme'")
        assert row["value"].tolist() == [case.value]


def test_the_decisions_are_those_agreed_on():
    if not AGREED.is_file():
        pytest.skip("the agreed list of bad deliveries is not beside this checkout; the same deliveries are built in deliveries.py")
    with AGREED.open(encoding="utf-8", newline="") as file:
        agreed = {row["id"]: row["decision"] for row in csv.DictReader(file, delimiter=";")}
    decided = {case.id: case.decision for case in CASES}
    assert decided == {code: agreed[code] for code in decided}
    assert set(agreed) == {*decided, *ELSEWHERE}


def test_what_is_tested_elsewhere_is_counted_once():
    assert not {case.id for case in CASES} & set(ELSEWHERE)
    for place in ELSEWHERE.values():
        assert (Path(__file__).parent / f"{place.rpartition(' ')[2]}.py").is_file()


def test_every_fault_of_a_delivery_is_told_at_once_in_the_order_of_its_lines(city):
    rows = having(0, "effectif", -1, having(2, "modalite", "inconnu", having(4, "territoire", "62100", having(6, "periode", "T2 2023"))))
    told = faults(city, deliveries.csv(rows))
    assert [fault.partition("\u00a0:")[0] for fault in told] == ["Ligne 2", "Ligne 4", "Ligne 6", "Ligne 8"]
    assert "Un code postal ou de commune n'est pas une zone" in told[2]


def test_more_than_fifty_faults_are_cut_and_counted(city):
    rows = [("2023-T1", "HORS_QPV", "entrees_plie", "ensemble", "ensemble", -number) for number in range(1, 81)]
    told = faults(city, deliveries.csv(rows))
    assert len(told) == 51
    assert told[-1] == "… et 30 autres anomalies."


def test_a_workbook_and_a_csv_of_the_same_rows_give_the_same_counts(city):
    assert_frame_equal(read(city, deliveries.csv()).counts, read(city, deliveries.xlsx(), "a.xlsx").counts)


def test_title_rows_above_the_header_are_passed_and_lines_keep_their_numbers(city):
    titled = "Suivi du PLIE;;;;;\nÉdité le 10/07/2023;;;;;\n\n".encode() + deliveries.csv()
    assert len(read(city, titled).counts) == len(read(city, deliveries.csv()).counts)
    wrong = b"Suivi du PLIE;;;;;\n\n" + deliveries.csv(having(0, "effectif", "x"))
    assert faults(city, wrong) == [french("Ligne 4 : « x » n'est pas un effectif.")]


def test_names_that_the_partner_uses_are_translated_and_two_for_one_are_refused(city):
    declaration = SOURCE + '\n[columns]\neffectif = ["Nb pers.", "Total"]\nperiode = ["Trimestre"]\n'
    header = ("Trimestre", *deliveries.HEADER[1:5], "NB PERS")
    assert len(read(city, deliveries.csv(header=header), declaration=declaration).counts)
    twice = deliveries.csv([(*row, 1) for row in ROWS], (*header, "Total"))
    assert faults(city, twice, declaration=declaration) == [
        french("Les colonnes « NB PERS » et « Total » désignent toutes « effectif ». Gardez-en une, ou déclarez la bonne dans [columns].")
    ]


def test_an_empty_cell_is_hidden_only_where_the_source_says_so(city):
    content = deliveries.csv(having(4, "effectif", ""))
    hidden = read(city, content, declaration=SOURCE + '\n[file]\nempty = "secret"\n').counts
    absent = read(city, content, declaration=SOURCE + '\n[file]\nempty = "non_transmis"\n').counts
    cell = "territory == 'HORS_QPV' and period == '2023-T1'"
    assert hidden.query(cell)["status"].tolist() == ["secret"]
    assert absent.query(cell)["status"].tolist() == ["non_transmis"]
    assert hidden.query(cell)["value"].isna().all()


def test_everyone_is_placed_unless_the_source_counts_those_it_cannot_place(city):
    placed = read(city, deliveries.csv()).counts
    assert placed.query("territory == 'NON_LOCALISE'")["value"].tolist() == [0] * 5
    counting = read(city, deliveries.csv(), declaration=SOURCE.replace("kind =", "non_localise = true\nkind =")).counts
    assert "NON_LOCALISE" not in set(counting["territory"])


def test_a_workbook_s_own_dates_stand_for_the_period_that_holds_them(city):
    dated = [(date(2023, 3, 31) if row[0] == "2023-T1" else date(2023, 4, 1), *row[1:]) for row in ROWS]
    extract = read(city, deliveries.xlsx(("donnees", dated)), "a.xlsx")
    assert_frame_equal(extract.counts, read(city, deliveries.csv()).counts)
    assert "Dates lues au format année-mois-jour" in french(extract.warnings[0])


def test_a_file_announced_for_a_quarter_may_tell_earlier_ones_again(city):
    assert len(read(city, deliveries.csv(), "plie 2023-T2.csv").counts)
    assert len(read(city, deliveries.csv(), "export du 2023-03-31.csv").counts)


def test_merged_cells_are_told_by_their_rows_and_a_merged_title_is_not(city):
    def merged(*ranges: str) -> bytes:
        content = BytesIO()
        with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
            page = book.add_worksheet("donnees")
            for number, row in enumerate((HEADER, *ROWS), 2):
                page.write_row(number, 0, row)
            for area in ranges:
                page.merge_range(area, "Suivi du PLIE")
        return content.getvalue()

    assert len(read(city, merged("A1:F1"), "a.xlsx").counts)
    told = faults(city, merged("A1:F1", "A4:A6"), "a.xlsx")
    assert told == [french("Lignes 4 à 6 : cellules fusionnées. Ôtez la fusion et écrivez la valeur dans chaque ligne.")]


def test_what_is_kept_of_a_refusal_quotes_no_cell(city):
    content = deliveries.csv(having(0, "effectif", "Dupont", having(2, "modalite", "Marie", having(3, "territoire", "Rue du Port"))))
    with pytest.raises(DeliveryRefusedError) as caught:
        read(city, content)
    told, kept = "\n".join(caught.value.faults), "\n".join(caught.value.logged)
    assert all(name in told and name not in kept for name in ("Dupont", "Marie", "Rue du Port"))
    assert french("Ligne 2 : « … » n'est pas un effectif.") in kept
