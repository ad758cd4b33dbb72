"""Freins from found to lifted, who answers, which needs have no offer: computed from counts, so that a hidden count stays hidden."""

from __future__ import annotations

from math import isnan

import pandas as pd
import pytest

from indicators import compute, cube
from indicators.frames import COUNTS_COLUMNS
from indicators.needs import FreinRow, answers, freins_table, freins_total, others, uncovered
from indicators.period import Period
from indicators.registry import indicators, measures
from indicators.status import Status
from tests.unit.test_territory import CITY

T3 = "2022-T3"
CODES = ("N3.3", "N3.3-repondus", "N3.3-leves", "N3.3-ouverts", "N3.3-non_abordes", "N3.3-droit_commun", "N3.5")
FREINS = {  # identified, answered, lifted, open, without an offer; None is hidden
    "mobilite": (20, 12, 9, 15, 7),
    "famille": (31, 20, 11, 18, 9),
    "sante": (None, None, None, None, None),
    "justice": (None, None, None, None, None),
    "numerique": (5, 5, 5, 0, 0),
    "logement": (3, 1, 0, 4, 0),
    "non_renseigne": (40, 2, 1, 6, 2),
}
NAMES = ("freins_identifies", "freins_repondus", "freins_leves", "freins_ouverts", "freins_sans_offre")


def row(measure: str, cell: tuple[str, str], value: int | None, period: str = T3) -> list[object]:
    return ["suivi", measure, "VILLE", period, *cell, value, "ok" if value is not None else "secret"]


def frame(rows: list[list[object]], *periods: str) -> pd.DataFrame:
    counts = pd.DataFrame(rows, columns=COUNTS_COLUMNS).astype({"value": "Int64"})
    wanted = [Period.parse(code) for code in periods or (T3,)]
    box = cube.build(counts, measures(), CITY, wanted)
    return compute.values(box, [indicators()[code] for code in CODES], measures(), CITY, wanted)


@pytest.fixture(scope="module")
def values() -> pd.DataFrame:
    rows = [row(name, ("frein", code), n) for code, found in FREINS.items() for name, n in zip(NAMES, found, strict=True)]
    rows += [row(name, ("ensemble", "ensemble"), n) for name, n in zip(NAMES, (110, 48, 30, 52, 21), strict=True)]
    rows += [row("freins_non_abordes", ("frein", "sante"), 14), row("freins_non_abordes", ("ensemble", "ensemble"), 60)]
    return frame(rows)


def by_code(values: pd.DataFrame) -> dict[str, FreinRow]:
    return {found.code: found for found in freins_table(values, T3)}


def test_the_most_identified_first_then_the_hidden_then_the_missing_and_not_stated_last(values):
    assert [found.code for found in freins_table(values, T3)][:6] == ["famille", "mobilite", "numerique", "logement", "sante", "justice"]
    assert freins_table(values, T3)[-1].code == "non_renseigne"
    assert [found.code for found in freins_table(values, T3) if found.apart] == ["non_renseigne"]


def test_each_row_says_what_became_of_its_frein(values):
    famille = by_code(values)["famille"]
    assert [item.value for item in (famille.identified, famille.answered, famille.lifted, famille.open_now)] == [31, 20, 11, 18]
    assert famille.without_offer.value == 9
    assert famille.not_discussed.status is Status.NON_TRANSMIS
    assert by_code(values)["sante"].not_discussed.value == 14


def test_health_and_justice_are_flagged_and_what_is_hidden_has_no_number(values):
    rows = by_code(values)
    assert {code for code, found in rows.items() if found.sensitive} == {"sante", "justice"}
    hidden = rows["sante"]
    for found in (hidden.identified, hidden.answered, hidden.lifted, hidden.open_now, hidden.without_offer):
        assert found.status is Status.SECRET
        assert isnan(found.value)
        assert isnan(found.numerator)


def test_a_frein_nobody_told_of_is_not_transmitted_and_not_zero(values):
    rows = by_code(values)
    assert not rows["finances"].transmitted
    assert rows["sante"].transmitted
    assert rows["logement"].lifted.known
    assert rows["logement"].lifted.value == 0


def test_nothing_open_is_nothing_without_an_offer(values):
    assert by_code(values)["numerique"].without_offer.value == 0
    assert by_code(values)["numerique"].without_offer.known


def test_the_whole_is_as_counted_even_when_a_kind_is_hidden(values):
    total = freins_total(values, T3)
    assert [item.value for item in (total.identified, total.answered, total.lifted, total.not_discussed)] == [110, 48, 30, 60]
    assert total.without_offer.value == 21
    assert not total.apart


def test_the_others_are_what_the_whole_holds_beside_some_rows(values):
    rows = by_code(values)
    left = others(freins_total(values, T3), [rows["famille"], rows["mobilite"]])
    assert left.identified.value == 110 - 31 - rows["mobilite"].identified.value
    assert left.not_discussed.status is Status.NON_TRANSMIS
    assert others(freins_total(values, T3), [rows["sante"]]).identified.status is Status.SECRET


def test_needs_are_ranked_by_residents_without_the_zeros(values):
    found = uncovered(values, T3)
    known = [(need.code, need.residents.value) for need in found if need.residents.known]
    assert known == [("famille", 9), ("mobilite", 7), ("non_renseigne", 2)]
    assert found[0].share.value == 50
    assert found[0].open_now.value == 18


def test_hidden_needs_follow_in_the_order_of_the_list_whatever_their_value(values):
    absent = [(need.code, need.residents.status) for need in uncovered(values, T3) if not need.residents.known]
    assert absent[:2] == [("sante", Status.SECRET), ("justice", Status.SECRET)]
    assert {status for _, status in absent[2:]} == {Status.NON_TRANSMIS}


def test_another_zone_has_its_own_figures(values):
    assert {found.identified.status for found in freins_table(values, T3, "QPV")} == {Status.NON_TRANSMIS}


def by_answer(*cells: tuple[str, int | None], total: int | None) -> pd.DataFrame:
    return frame(
        [
            *(row("freins_repondus", ("reponse", code), n) for code, n in cells),
            row("freins_repondus", ("ensemble", "ensemble"), total),
        ]
    )


def test_who_answers():
    found = answers(by_answer(("droit_commun", 39), ("financement_cite", 8), ("autre", 1), ("non_renseigne", 2), total=50), T3)
    assert [item.value for item in (found.total, found.ordinary_law, found.own_money, found.other, found.not_stated)] == [50, 39, 8, 1, 2]
    assert (found.share.value, found.share.numerator, found.share.denominator) == (78, 39, 50)
    assert (found.own_share.value, found.own_share.numerator, found.own_share.denominator) == (16, 8, 50)


@pytest.mark.parametrize(
    ("own", "total", "status"),
    [(None, 50, Status.SECRET), (8, None, Status.SECRET), (0, 0, Status.NON_APPLICABLE)],
)
def test_a_share_is_as_absent_as_its_parts(own, total, status):
    found = answers(by_answer(("droit_commun", 0), ("financement_cite", own), total=total), T3)
    assert found.own_share.status is status
    assert isnan(found.own_share.value)


def test_nobody_said_who_answers():
    found = answers(frame([]), T3)
    assert {found.total.status, found.share.status, found.own_share.status} == {Status.NON_TRANSMIS}


def test_a_year_adds_up_what_happened_and_keeps_the_last_stock():
    quarters = ("2022-T1", "2022-T2", "2022-T3", "2022-T4")
    rows = [row("freins_identifies", ("frein", "mobilite"), 10 + n, code) for n, code in enumerate(quarters)]
    rows += [row("freins_ouverts", ("frein", "mobilite"), 20 - n, code) for n, code in enumerate(quarters)]
    first = freins_table(frame(rows, "2022"), "2022")[0]
    assert (first.code, first.identified.value, first.open_now.value) == ("mobilite", 46, 17)
