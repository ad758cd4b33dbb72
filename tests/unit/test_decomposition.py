"""What a gap is made of: by hand, against a published example, and as absent as what it is made of."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from indicators import compute
from indicators.cube import build
from indicators.decomposition import category_effects, contributions, decompose
from indicators.frames import COUNTS_COLUMNS
from indicators.gaps import gaps
from indicators.indicator import Indicator, Kind, Term
from indicators.measures import Measure, Nature
from indicators.period import Period
from indicators.schemas_explained import CATEGORY_EFFECTS, CONTRIBUTIONS, DECOMPOSITION
from indicators.status import Status
from tests.unit.test_declarations import RATE
from tests.unit.test_territory import CITY

ACCESS = replace(RATE, breakdowns=("sexe", "age"))
MEASURES = {
    "entrees": Measure("entrees", "entrées", Nature.FLOW, "entrées"),
    "demandeurs": Measure("demandeurs", "demandeurs", Nature.STOCK, "personnes"),
}
T1 = "2022-T1"
Pair = tuple[object, object]
"""Entries and job seekers of one cell: whole numbers, or the status of one that is not there."""


def cells(zone: str, dimension: str = "ensemble", **pairs: Pair) -> list[list[object]]:
    """The Counts rows of one zone and dimension."""
    return [
        ["a", measure, zone, T1, dimension, category, None if isinstance(value, str) else value, value if isinstance(value, str) else "ok"]
        for category, pair in pairs.items()
        for measure, value in zip(MEASURES, pair, strict=True)
    ]


def figures(*rows: list[list[object]], indicator: Indicator = ACCESS, city: bool = True) -> pd.DataFrame:
    """Values of the indicator; zones not told are derived from an empty non localisé."""
    given = [row for block in rows for row in block]
    if city:
        given += [
            row for dimension, code in {(row[4], row[5]) for row in given} for row in cells("NON_LOCALISE", dimension, **{code: (0, 0)})
        ]
    counts = pd.DataFrame(given, columns=COUNTS_COLUMNS).astype({"value": "Int64"})
    periods = [Period.parse(T1)]
    return compute.values(build(counts, MEASURES, CITY, periods), [indicator], MEASURES, CITY, periods)


def one_side(zone: str, dimension: str, **pairs: Pair) -> list[list[object]]:
    """A zone whose whole is the sum of its categories, the categories not told being empty."""
    whole = tuple(sum(pair[i] for pair in pairs.values() if not isinstance(pair[i], str)) for i in (0, 1))
    return cells(zone, ensemble=whole) + cells(zone, dimension, **({"non_renseigne": (0, 0)} | pairs))


def decomposed(values: pd.DataFrame, zone: str = "QPV", dimension: str = "sexe") -> pd.Series:
    frame = DECOMPOSITION.validate(decompose(values, {"N9.1": ACCESS}, dimension), lazy=True)
    [row] = frame[frame["zone"] == zone].to_dict("records")
    return pd.Series(row)


HAND = (
    # women: 5 % of 300 against 10 % of 500; men: 20 % of 100 against 30 % of 500
    one_side("QPV", "sexe", femme=(15, 300), homme=(20, 100)),
    one_side("HORS_QPV", "sexe", femme=(50, 500), homme=(150, 500)),
)


def test_by_hand():
    """35 / 400 = 8.75 % against 200 / 1000 = 20 %. Shares of women 0.75 and 0.5, mean rates 7.5 % and 25 %.

    Composition: 0.25 x 7.5 - 0.25 x 25 = -4.375; rates: -5 x 0.625 - 10 x 0.375 = -6.875; sum -11.25.
    """
    row = decomposed(figures(*HAND))
    assert [row["points"], row["composition"], row["rates"]] == pytest.approx([-11.25, -4.375, -6.875])
    assert row["status"] == "ok"


def test_categories_by_hand():
    """Mean of the overall rates 14.375 %. Women: 0.25 x (7.5 - 14.375), men: -0.25 x (25 - 14.375)."""
    frame = CATEGORY_EFFECTS.validate(category_effects(figures(*HAND), {"N9.1": ACCESS}, "sexe"), lazy=True)
    found = frame[frame["zone"] == "QPV"].set_index("category")
    assert found["composition_effect"].to_dict() == pytest.approx({"femme": -1.71875, "homme": -2.65625, "non_renseigne": 0})
    assert found["rate_effect"].to_dict() == pytest.approx({"femme": -3.125, "homme": -3.75, "non_renseigne": 0})


HEADSHIP = {
    "size": (
        (129, 109, 95, 80, 78, 84, 86, 78, 70, 59, 47, 36, 49),
        (101, 112, 116, 109, 94, 77, 63, 60, 63, 59, 51, 40, 55),
    ),
    "rate": (
        (19, 258, 457, 496, 512, 516, 518, 549, 587, 604, 628, 666, 668),
        (22, 243, 458, 525, 561, 556, 560, 574, 572, 612, 639, 686, 722),
    ),
}
"""Household headship by thirteen ages, United States 1970 and 1985: shares and rates in thousandths."""


def test_a_published_example():
    """P. Das Gupta, Standardization and Decomposition of Rates: A User's Manual, US Bureau of the Census P23-186, 1993, example 5.1.

    44.7268 % in 1970, 47.6940 % in 1985: of the 2.9672 points, 1.2269 of ages and 1.7403 of rates. The list of schemes, long enough for
    thirteen categories, stands for the ages.
    """
    ages = ("france_travail_accompagnement", "cej", "pacea", "plie", "iae", "pec", "cie", "emploi_franc", "alternance")
    ages += ("formation_region", "pmsmp", "e2c", "epide")
    zones = []
    for zone, year in (("HORS_QPV", 0), ("QPV", 1)):
        pairs = {age: (n * rate, 1000 * n) for age, n, rate in zip(ages, HEADSHIP["size"][year], HEADSHIP["rate"][year], strict=True)}
        zones.append(one_side(zone, "dispositif", **pairs) + cells(zone, "dispositif", **dict.fromkeys(OTHERS, (0, 0))))
    values = figures(*zones, indicator=replace(ACCESS, breakdowns=("dispositif",)))
    row = decomposed(values, dimension="dispositif")
    assert [round(row[name], 4) for name in ("points", "composition", "rates")] == [2.9672, 1.2269, 1.7403]


OTHERS = ("vae", "creation_activite", "rsa_accompagnement", "cap_emploi", "clause_insertion", "ccas", "autre")


def test_each_qpv_and_all_of_them_are_those_of_the_gaps_frame():
    values = figures(
        one_side("QP062901", "sexe", femme=(7, 131), homme=(11, 97)),
        one_side("QP062902", "sexe", femme=(3, 53), homme=(1, 61)),
        HAND[1],
    )
    found = decompose(values, {"N9.1": ACCESS}, "sexe").set_index("zone")["points"].to_dict()
    all_gaps = gaps(values, {"N9.1": ACCESS})
    wanted = all_gaps[all_gaps["dimension"] == "ensemble"].set_index("zone")["points"].to_dict()
    assert found == wanted
    assert set(found) == {"QP062901", "QP062902", "QPV"}


def test_a_category_empty_on_one_side_is_all_make_up():
    """No man in the QPV: 10 / 100 against 40 / 100, men at 60 %. Women's rates are equal, hence nothing in rates."""
    values = figures(one_side("QPV", "sexe", femme=(10, 100), homme=(0, 0)), one_side("HORS_QPV", "sexe", femme=(4, 40), homme=(36, 60)))
    row = decomposed(values)
    assert [row["points"], row["composition"], row["rates"]] == pytest.approx([-30, -30, 0])
    swapped = figures(one_side("HORS_QPV", "sexe", femme=(10, 100), homme=(0, 0)), one_side("QPV", "sexe", femme=(4, 40), homme=(36, 60)))
    assert [decomposed(swapped)[name] for name in ("points", "composition", "rates")] == pytest.approx([30, 30, 0])


@pytest.mark.parametrize(
    ("women", "status"),
    [
        (("secret", 300), "secret"),
        ((15, "secret"), "secret"),
        ((15, "non_transmis"), "non_transmis"),
        (("secret", "non_transmis"), "non_transmis"),
        (("non_applicable", 300), "non_applicable"),  # those 300 are in the whole: someone is left out
    ],
)
def test_one_absent_category_on_either_side_takes_all_away(women, status):
    for zone, other in (("QPV", "HORS_QPV"), ("HORS_QPV", "QPV")):
        whole = cells(zone, ensemble=(35, 400)) + cells(zone, "sexe", femme=women, homme=(20, 100), non_renseigne=(0, 0))
        values = figures(whole, one_side(other, "sexe", femme=(50, 500), homme=(150, 500)))
        assert decomposed(values)["status"] == status
        effects = CATEGORY_EFFECTS.validate(category_effects(values, {"N9.1": ACCESS}, "sexe"))
        assert set(effects.loc[effects["zone"] == "QPV", "status"]) == {status}


def test_a_hidden_whole_hides_its_decomposition():
    hidden = cells("QPV", ensemble=("secret", 400)) + HAND[0][2:]
    assert decomposed(figures(hidden, HAND[1]))["status"] == "secret"


@pytest.mark.parametrize("whole", [(36, 400), (35, 401)])
def test_a_margin_that_leaves_one_person_out_decomposes_nothing(whole):
    short = cells("QPV", ensemble=whole) + HAND[0][2:]
    row = decomposed(figures(short, HAND[1]))
    assert (row["status"], pd.isna(row["points"])) == ("non_applicable", True)


def test_nobody_on_one_side_is_without_object():
    values = figures(one_side("QPV", "sexe", femme=(0, 0), homme=(0, 0)), HAND[1])
    assert decomposed(values)["status"] == "non_applicable"


def test_what_has_no_breakdown_has_no_row():
    under_26 = replace(ACCESS, denominator=Term("demandeurs", "age", ("moins_26",)), breakdowns=("age",))
    age = one_side("QPV", "age", moins_26=(5, 50), **{"26_49": (1, 10), "50_plus": (1, 10)})
    values = figures(age, HAND[1], indicator=under_26)
    assert decompose(values, {"N9.1": under_26}, "age").empty
    assert decompose(figures(*HAND), {"N9.1": ACCESS}, "age").empty
    frame = decompose(figures(*HAND), {"N9.1": replace(ACCESS, kind=Kind.COUNT, denominator=None)}, "sexe")
    assert DECOMPOSITION.validate(frame).empty
    by_category_only = replace(ACCESS, total=False)
    assert decompose(figures(*HAND, indicator=by_category_only), {"N9.1": by_category_only}, "sexe").empty


def test_what_is_not_a_breakdown_is_refused():
    for wrong in ("couleur", "ensemble"):
        with pytest.raises(ValueError, match=f"^Ventilation inconnue : « {wrong} ».$"):
            decompose(figures(*HAND), {"N9.1": ACCESS}, wrong)
    with pytest.raises(KeyError):
        decompose(figures(*HAND), {}, "sexe")


def parts(values: pd.DataFrame) -> dict[str, object]:
    frame = CONTRIBUTIONS.validate(contributions(values, {"N9.1": ACCESS}), lazy=True)
    return {
        str(row["zone"]): row["contribution_points"] if row["status"] == "ok" else Status(row["status"]) for row in frame.to_dict("records")
    }


def test_contributions_by_hand():
    """5 % of 300 and 20 % of 100, against 10 %: 0.75 x -5 and 0.25 x 10."""
    values = figures(cells("QP062901", ensemble=(15, 300)), cells("QP062902", ensemble=(20, 100)), cells("HORS_QPV", ensemble=(90, 900)))
    assert parts(values) == pytest.approx({"QP062901": -3.75, "QP062902": 2.5})
    [gap] = gaps(values, {"N9.1": ACCESS}).query("zone == 'QPV'")["points"]
    assert gap == pytest.approx(-1.25)


def test_a_contribution_is_as_absent_as_its_parts():
    one, two, rest = (
        cells("QP062901", ensemble=("secret", 300)),
        cells("QP062902", ensemble=(20, 100)),
        cells("HORS_QPV", ensemble=(90, 900)),
    )
    both = cells("QPV", ensemble=(35, 400))
    assert parts(figures(one, two, both, rest)) == {"QP062901": Status.SECRET, "QP062902": pytest.approx(2.5)}
    assert set(parts(figures(one, two, rest)).values()) == {Status.SECRET}  # their sum is hidden too
    assert set(parts(figures(both, rest)).values()) == {Status.NON_TRANSMIS}
    assert set(parts(figures(two, cells("QP062901", ensemble=(15, 300)), city=False)).values()) == {Status.NON_TRANSMIS}


def test_an_empty_qpv_counts_for_nothing():
    values = figures(cells("QP062901", ensemble=(15, 300)), cells("QP062902", ensemble=(0, 0)), cells("HORS_QPV", ensemble=(90, 900)))
    assert parts(values) == {"QP062901": pytest.approx(-5), "QP062902": Status.NON_APPLICABLE}


def test_qpvs_that_do_not_make_the_whole_have_no_contribution():
    values = figures(cells("QP062901", ensemble=(15, 300)), cells("QP062902", ensemble=(20, 100)), cells("HORS_QPV", ensemble=(90, 900)))
    values.loc[(values["zone"] == "QPV") & (values["category"] == "ensemble"), "denominator"] = 401.0
    assert set(parts(values).values()) == {Status.NON_APPLICABLE}


def test_no_value_no_row():
    nothing = compute.frame_of_rows([])
    for frame, schema in (
        (decompose(nothing, {}, "age"), DECOMPOSITION),
        (category_effects(nothing, {}, "age"), CATEGORY_EFFECTS),
        (contributions(nothing, {}), CONTRIBUTIONS),
    ):
        assert schema.validate(frame).empty
