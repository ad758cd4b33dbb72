"""The matrix of orientations between networks and the figures of décloisonnement: totals as absent as their cells, parts added up."""

from __future__ import annotations

from math import isnan

import pandas as pd
import pytest

from indicators import compute, cube
from indicators.codes import DIMENSIONS
from indicators.frames import COUNTS_COLUMNS
from indicators.network import Matrix, added, matrix, mobilised, openness, pair_label
from indicators.period import Period
from indicators.registry import indicators, measures
from indicators.sentences_rows import NOT_TRANSMITTED, Figure
from indicators.status import Status
from indicators.windows import Window
from tests.unit.test_territory import CITY

T4 = "2023-T4"


def link(pair: str, value: int | None, period: str = T4, source: str = "suivi", status: str = "") -> list[object]:
    state = status or ("ok" if value is not None else "secret")
    return [source, "orientations_partenaires", "VILLE", period, "liaison", pair, value, state]


def frame(*rows: list[object]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=COUNTS_COLUMNS).astype({"value": "Int64"})


def totals(figures: tuple[Figure, ...]) -> list[float | Status]:
    return [item.value if item.known else item.status for item in figures]


def codes(found: Matrix) -> tuple[list[str], list[str]]:
    return [item.code for item in found.origins], [item.code for item in found.destinations]


def test_networks_come_in_the_order_of_the_list_and_only_those_that_appear():
    found = matrix(frame(link("plie>siae", 4), link("cite>plie", 3), link("mission-locale>siae", 2), link("caf>cite", 0)), T4)
    assert codes(found) == (["cite", "mission-locale", "plie"], ["plie", "siae"])
    assert [totals(line) for line in found.cells] == [[3, 0], [0, 2], [0, 4]]
    assert (totals(found.sent), totals(found.received), found.total.value) == ([3, 2, 4], [3, 6], 9)


def test_a_hidden_pair_hides_its_line_its_column_and_the_whole():
    found = matrix(frame(link("cite>plie", 3), link("cite>sante", None), link("plie>plie", 5)), T4)
    assert totals(found.sent) == [Status.SECRET, 5]
    assert totals(found.received) == [8, Status.SECRET]
    assert found.total.status is Status.SECRET
    assert isnan(found.total.value)


def test_a_missing_pair_is_more_absent_than_a_hidden_one():
    found = matrix(frame(link("cite>plie", None, status="non_transmis"), link("cite>sante", None)), T4)
    assert totals(found.sent) == [Status.NON_TRANSMIS]


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [link("cite>plie", 3, "2023-T3")],
        [link("cite>plie", None, status="non_transmis")],
        [link("cite>plie", 3), link("cite>plie", 3, "2023-T3", source="autre")],
    ],
)
def test_what_was_not_delivered_is_not_an_empty_matrix(rows):
    assert matrix(frame(*rows), T4) == Matrix((), (), (), (), (), NOT_TRANSMITTED)


def test_a_quarter_without_orientation_is_a_real_zero():
    found = matrix(frame(link("cite>plie", 0)), T4)
    assert (found.origins, found.cells) == ((), ())
    assert found.total.known
    assert found.total.value == 0


def test_a_year_sums_its_quarters_and_a_quarter_its_months():
    quarters = [link("cite>plie", n, f"2023-T{n}") for n in (1, 2, 3)]
    months = [link("cite>plie", 10, f"2023-{n}") for n in (10, 11, 12)]
    found = matrix(frame(*quarters, *months, link("plie>cite", 7, "2023-T2")), "2023")
    assert [totals(line) for line in found.cells] == [[0, 36], [7, 0]]
    assert matrix(frame(*quarters, *months[:2]), "2023").total.status is Status.NON_TRANSMIS


def test_a_year_is_as_absent_as_its_most_absent_quarter():
    quarters = [link("cite>plie", None if n == 2 else n, f"2023-T{n}") for n in (1, 2, 3, 4)]
    assert matrix(frame(*quarters), "2023").total.status is Status.SECRET


def test_twelve_months_add_up_four_quarters_all_delivered():
    rows = [link("cite>plie", n, code) for n, code in enumerate(("2023-T1", "2023-T2", "2023-T3", "2023-T4"), 1)]
    found = matrix(frame(*rows, link("plie>cite", 7, "2022-T4")), T4, Window.ROLLING_YEAR)
    assert (codes(found), found.total.value) == ((["cite"], ["plie"]), 10)
    assert matrix(frame(*rows[1:]), T4, Window.ROLLING_YEAR) == Matrix((), (), (), (), (), NOT_TRANSMITTED)
    hidden = [*rows[:3], link("cite>plie", None)]
    assert matrix(frame(*hidden), T4, Window.ROLLING_YEAR).total.status is Status.SECRET


def test_a_pair_is_named_by_its_networks():
    assert pair_label("cite>plie") == ("Cité de l'emploi", "PLIE")
    assert pair_label("inconnu>plie") == ("inconnu", "PLIE")


def test_sources_add_up():
    found = matrix(frame(link("cite>plie", 3), link("cite>plie", 4, source="autre"), link("cite>caf", 1, source="autre")), T4)
    assert [totals(line) for line in found.cells] == [[7, 1]]


def test_only_orientations_of_the_whole_city_by_pair_are_read():
    other = link("cite>plie", 50)
    other[2] = "QPV"
    whole = link("cite>plie", 50)
    whole[4:6] = ["ensemble", "ensemble"]
    assert matrix(frame(other, whole, link("cite>plie", 3)), T4).total.value == 3


def test_every_pair_of_the_code_list_has_its_place():
    pairs = DIMENSIONS["liaison"].codes
    found = matrix(frame(*(link(pair, 1) for pair in pairs)), T4)
    assert found.total.value == len(pairs) == len(found.origins) * len(found.destinations)


def test_nothing_adds_up_to_zero():
    assert added([]).value == 0
    assert added([Figure(2, Status.OK), Figure(3, Status.OK)]).value == 5


STRUCTURES = ("structures_mobilisees", "structures_hors_emploi", "structures_invitees", "structures_presentes", "actions_coordination")


def values() -> pd.DataFrame:
    figures = dict(zip(STRUCTURES, (11, 4, 48, 34, 6), strict=True))
    figures |= {"orientations_partenaires": 163, "orientations_entre_reseaux": 116, "partenaires_de_parcours": 140, "parcours_en_cours": 61}
    rows = [["suivi", name, "VILLE", T4, "ensemble", "ensemble", n, "ok"] for name, n in figures.items()]
    wanted = [Period.parse(T4)]
    box = cube.build(frame(*rows), measures(), CITY, wanted)
    codes = ("N1.1", "N1.1-par_parcours", "N1.2", "N1.3", "N1.4", "N2.5-croisees")
    return compute.values(box, [indicators()[code] for code in codes], measures(), CITY, wanted)


def test_openness_is_the_share_across_networks_and_the_partners_per_parcours():
    found = openness(values(), T4)
    assert (found.across.numerator, found.across.denominator) == (116, 163)
    assert found.per_parcours.value == pytest.approx(140 / 61)
    assert openness(values(), "2023-T3").across.status is Status.NON_TRANSMIS


def test_the_partners_mobilised():
    year = values().assign(numerator=62.0, value=62.0)
    found = mobilised(values(), T4, year[year["indicator"] == "N1.3"])
    assert (found.structures.value, found.outside.numerator, found.actions.value) == (11, 4, 6)
    assert found.actions_year.value == 62
    assert (found.attendance.numerator, found.attendance.denominator) == (34, 48)
    assert mobilised(values(), "2023-T3", year).structures.status is Status.NON_TRANSMIS
