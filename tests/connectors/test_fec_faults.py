"""Ledgers that must be refused: with the line and the remedy, and nothing of them kept."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from connectors.dropped import extract_file
from connectors.errors import DeliveryRefusedError
from indicators.schemas import EXPENSES
from indicators.typography import french
from tests.connectors.language import english, loose
from tests.connectors.ledgers import NAMES, Line, cash, fec, invoice, several
from tests.connectors.test_fec import ANALYTIC, SOURCE

GOOD = fec(cash("1", "20230110", "606300", 123450))


def faults(city, content: bytes, declaration: str = SOURCE) -> list[str]:
    with pytest.raises(DeliveryRefusedError) as caught:
        extract_file(content, "FEC.txt", city.source("compta", declaration), city.context, city.settings.exercises)
    for fault in caught.value.faults:
        assert english(fault) == []
        assert loose(fault) == []
    return caught.value.faults


@pytest.mark.parametrize("name", ["JournalCode", "EcritureNum", "EcritureDate", "CompteNum", "Debit", "Credit", "EcritureLet", "DateLet"])
def test_a_legal_column_that_is_missing_is_named(city, name):
    assert faults(city, GOOD.replace(name.encode(), b"Autre")) == [french(f"Colonne obligatoire du FEC absente : « {name} ».")]


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (b"1234,50", b"100.000,00 \xe2\x82\xac", "Ligne 2 : montant illisible « 100.000,00 € ». Écrivez 100000,00."),
        (b"1234,50", b"1234,567", "Ligne 2 : montant illisible « 1234,567 »"),
        (b"1234,50", b"1" * 30, "Ligne 2 : montant illisible"),
        (b"1234,50", "１２".encode(), "Ligne 2 : montant illisible"),
        (b"\t20230110\t6063", b"\t31/02/2023\t6063", "Ligne 2 : le 31/02/2023 n'est pas une date (EcritureDate, AAAAMMJJ attendu)"),
        (b"\t20230110\t6063", b"\t\t6063", "Ligne 2 : le (vide) n'est pas une date"),
        (b"606300", b"=1+1", "Ligne 2 : une formule n'est pas acceptée"),
        (b"606300", b"achats", "Ligne 2 : numéro de compte illisible « achats »"),
        (b"606300", b"681000", "Ligne 2 : le compte 681000 n'a pas de ligne au budget 2023. Ajoutez-le à « accounts » dans cite.toml."),
        (b"\t0,00\t1234,50", b"\t0,00\t1234,40", "Écriture BQ n° 1 : débit et crédit diffèrent de 0,10 €. Le fichier est-il complet ?"),
        (b"606300", b"740000", "ne contient aucune dépense de la Cité"),
    ],
)
def test_each_defect_is_told_with_its_line(city, before, after, told):
    assert before in GOOD
    assert any(french(told) in fault for fault in faults(city, GOOD.replace(before, after, 1)))


def test_every_fault_is_told_at_once(city):
    content = fec([*cash("1", "20230110", "681000", 100), *cash("2", "20230110", "658000", 100)])
    assert [fault[:7] for fault in faults(city, content)] == ["Ligne 2", "Ligne 4"]


def test_the_analytic_column_announced_must_be_there(city):
    assert faults(city, GOOD, ANALYTIC) == [french("Colonne obligatoire du FEC absente : « CodeAnalytique ».")]
    lines = invoice("1", "20230110", "606300", 100, analytic="AUTRE")
    assert "ne contient aucune dépense de la Cité" in faults(city, fec(lines, analytic=True), ANALYTIC)[0]


def test_an_unknown_side_is_refused(city):
    content = fec([Line("1", "20230110", "606300", 100)], variant="DC").replace(b"\tD\t", b"\tX\t")
    assert faults(city, content) == [french("Ligne 2 : sens « X » inconnu ; D ou C attendu.")]


def test_a_file_that_lost_its_end_is_refused(city):
    lines = [*cash("1", "20230110", "606300", 100), *invoice("2", "20230110", "641100", 200)]
    assert "Le fichier est-il complet" in faults(city, fec(lines[:-1]))[0]


YEAR = fec(several(5)[0])


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True)
@given(position=st.integers(0, len(YEAR) - 1), byte=st.integers(0, 255))
def test_a_damaged_byte_gives_whole_expenses_or_a_refusal_in_french(city, position, byte):
    content = bytearray(YEAR)
    content[position] = byte
    try:
        extract = extract_file(bytes(content), "FEC.txt", city.source("compta", SOURCE), city.context, city.settings.exercises)
    except DeliveryRefusedError as error:
        told = error.faults
    else:
        EXPENSES.validate(extract.expenses)
        told = []
    assert [word for fault in told for word in english(fault)] == []
    assert len(NAMES) == 18
