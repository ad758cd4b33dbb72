"""Which quarters a count adds up, for each nature and window, and what a row tells."""

from __future__ import annotations

import pytest

from indicators.codes import ENSEMBLE
from indicators.indicator import Term
from indicators.measures import Nature
from indicators.period import Period
from indicators.release.boxes import RESTE, Box, from_plain, quarters_of, to_plain, zone_of
from indicators.territory import HORS_QPV, QPV, VILLE
from indicators.windows import Window
from tests.unit.release.city import MEASURES, claim

ROLLING, TO_DATE, PERIOD = Window.ROLLING_YEAR, Window.YEAR_TO_DATE, Window.PERIOD
FIRST_THREE = ("2022-T1", "2022-T2", "2022-T3")
YEAR = (*FIRST_THREE, "2022-T4")
BACK = ("2021-T4", *FIRST_THREE)
CASES = [
    (Nature.FLOW, "2022-T3", PERIOD, ("2022-T3",)),
    (Nature.FLOW, "2022-T3", TO_DATE, FIRST_THREE),
    (Nature.FLOW, "2022-T3", ROLLING, BACK),
    (Nature.FLOW, "2022-T4", ROLLING, YEAR),
    (Nature.FLOW, "2022", PERIOD, YEAR),
    (Nature.FLOW, "2022-S2", PERIOD, ("2022-T3", "2022-T4")),
    (Nature.STOCK, "2022-T3", PERIOD, ("2022-T3",)),
    (Nature.STOCK, "2022-T3", ROLLING, ("2022-T3",)),
    (Nature.STOCK, "2022", PERIOD, ("2022-T4",)),
    (Nature.DISTINCT_ROLLING, "2022-T3", TO_DATE, ("2022-T3",)),
    (Nature.DISTINCT_ROLLING, "2022", PERIOD, ("2022-T4",)),
    (Nature.DISTINCT, "2022-T3", PERIOD, ("2022-T3",)),
    (Nature.DISTINCT, "2022-T3", TO_DATE, None),
    (Nature.DISTINCT, "2022-T4", ROLLING, None),
    (Nature.DISTINCT_TO_DATE, "2022-T3", PERIOD, FIRST_THREE),
    (Nature.DISTINCT_TO_DATE, "2022-T3", TO_DATE, FIRST_THREE),
    (Nature.DISTINCT_TO_DATE, "2022-T3", ROLLING, None),
    (Nature.DISTINCT_TO_DATE, "2022-T4", ROLLING, YEAR),
    (Nature.DISTINCT_TO_DATE, "2022", PERIOD, YEAR),
]


@pytest.mark.parametrize(("nature", "period", "window", "expected"), CASES)
def test_the_quarters_of_a_count(nature: Nature, period: str, window: Window, expected: tuple[str, ...] | None) -> None:
    assert quarters_of(Period.parse(period), window, nature) == expected


def test_a_claim_names_the_terms_in_order_and_the_cell() -> None:
    told = claim([Term("sorties"), Term("entrees")], MEASURES, HORS_QPV, Period.parse("2022-T1"), PERIOD, ("sexe", "femme"))
    assert told == tuple(Box(code, "sexe", ("femme",), RESTE, ("2022-T1",)) for code in ("entrees", "sorties"))


def test_a_term_of_its_own_categories_ignores_the_cell_and_a_common_one_is_whole() -> None:
    terms = [Term("entrees", "sexe", ("homme", "femme")), Term("presents", common=True)]
    told = claim(terms, MEASURES, VILLE, Period.parse("2022-T1"), PERIOD, ("age", "moins_26"))
    assert told is not None
    assert [(box.dimension, box.categories) for box in told] == [("sexe", ("femme", "homme")), (ENSEMBLE, (ENSEMBLE,))]


def test_a_claim_with_a_term_that_has_no_meaning_there_has_none() -> None:
    terms = [Term("entrees"), Term("distincts")]
    assert claim(terms, MEASURES, VILLE, Period.parse("2022-T4"), ROLLING, (ENSEMBLE, ENSEMBLE)) is None


def test_only_the_rest_of_the_city_changes_its_name() -> None:
    assert [zone_of(zone) for zone in (HORS_QPV, QPV, VILLE)] == [RESTE, QPV, VILLE]


def test_a_claim_is_read_back_as_written() -> None:
    told = (
        Box("entrees", "sexe", ("femme", "homme"), RESTE, ("2021-T4~e1", "2022-T1")),
        Box("sorties", ENSEMBLE, (ENSEMBLE,), QPV, ("2022-T1",)),
    )
    assert from_plain(to_plain(told)) == told
