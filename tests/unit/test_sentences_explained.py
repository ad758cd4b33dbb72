"""The sentences of what a gap is made of and of bounds. ¤ stands for U+00A0 and _ for U+202F."""

from __future__ import annotations

from math import nan

import pandas as pd
import pytest

from indicators import sentences_explained as s
from indicators.codes import DIMENSIONS
from indicators.compute import frame_of_rows
from indicators.decomposition import contributions, decompose
from indicators.distinct import Bound
from indicators.frames import VALUES_COLUMNS
from indicators.registry import indicators, measures
from indicators.sentences_explained import DecompositionRow, Part
from indicators.sentences_rows import Figure
from indicators.status import Status
from tests.unit.test_territory import CITY

ABSENT = [
    (Status.SECRET, "non publié (secret statistique)"),
    (Status.NON_TRANSMIS, "non transmis"),
    (Status.NON_APPLICABLE, "sans objet"),
]


def visible(text: str) -> str:
    return text.replace("\u00a0", "¤").replace("\u202f", "_")


def told(composition: float, rates: float, code: str = "N2.8", dimension: str = "age") -> str:
    row = DecompositionRow(indicators()[code], dimension, composition + rates, composition, rates, Status.OK)
    return visible(s.decomposition(row))


@pytest.mark.parametrize("sign", [1, -1])
def test_two_parts_of_the_same_side_whatever_the_side(sign):
    assert told(0.8 * sign, 4.2 * sign) == (
        "Sur les 5,0¤points d'écart, 0,8¤point correspond à la répartition par âge des demandeurs d'emploi, "
        "4,2¤points à des taux différents à âge égal."
    )
    assert told(2.7 * sign, 2.3 * sign, dimension="sexe").startswith(
        "Sur les 5,0¤points d'écart, 2,7¤points correspondent à la répartition par sexe"
    )


@pytest.mark.parametrize("sign", [1, -1])
def test_parts_of_opposite_sides(sign):
    assert told(-0.3 * sign, 5.3 * sign) == (
        "À âge égal, l'écart serait de 5,3¤points au lieu de 5,0_; la répartition par âge compte pour 0,3¤point dans l'autre sens."
    )
    assert told(5.3 * sign, -0.3 * sign) == "À âge égal, l'écart de 5,0¤points serait de 0,3¤point dans l'autre sens."


def test_a_gap_below_two_points_is_singular():
    assert told(0.5, 1.0).startswith("Sur 1,5¤point d'écart, 0,5¤point correspond à")


def test_where_make_up_changes_nothing():
    assert told(0.02, 5.0) == "À âge égal, l'écart de 5,0¤points serait le même."
    assert told(0, 0) == "L'écart est de 0,0¤point_; à âge égal, il serait de 0,0¤point."
    # 0,94 is written 0,9 and 0,98 is written 1,0: nothing rounded to say
    assert told(-0.04, 0.98) == "À âge égal, l'écart serait de 1,0¤point au lieu de 0,9."


def test_no_gap_made_of_two_parts():
    assert told(-2.1, 2.1) == "L'écart est de 0,0¤point_; à âge égal, il serait de +2,1¤points."
    assert told(2.1, -2.14) == "L'écart est de 0,0¤point_; à âge égal, il serait de −2,1¤points."


def test_rounded_figures_that_do_not_add_up_say_so():
    assert told(0.84, 4.24).endswith("0,8¤point correspond à la répartition par âge des demandeurs d'emploi, "
                                     "4,2¤points à des taux différents à âge égal (chiffres arrondis).")  # fmt: skip
    assert told(-0.34, 5.36).endswith("compte pour 0,3¤point dans l'autre sens (chiffres arrondis).")


@pytest.mark.parametrize("composition", [-0.3, 0.0, 0.02, 0.8, 5.3])
@pytest.mark.parametrize("dimension", ["age", "sexe"])
def test_no_part_is_said_to_act_on_a_gap(composition: float, dimension: str):
    """An accounting: make-up reduces nothing, widens nothing, explains nothing; and one colon at most."""
    said = told(composition, 5.0 - composition, dimension=dimension)
    assert not any(word in said for word in ("rédui", "creus", "expliqu", "augment", "effet"))
    assert said.count("¤:") <= 1


def rows(*compositions: float | None) -> list[DecompositionRow]:
    states = [(nan, Status.NON_TRANSMIS) if x is None else (x, Status.OK) for x in compositions]
    return [
        DecompositionRow(indicators()["N2.8"], dimension, x - 5, x, -5.0, status)
        for (x, status), dimension in zip(states, ("sexe", "age"), strict=True)
    ]


def test_the_title_is_the_finding():
    head = "Ce qui compose les écarts¤: "
    assert visible(s.decompositions_title(rows(0.0, -0.14))) == f"{head}la répartition par sexe ou par âge y compte pour 0,1¤point au plus"
    assert visible(s.decompositions_title(rows(2.3, None))) == f"{head}la répartition par sexe y compte pour 2,3¤points au plus"
    assert visible(s.decompositions_title(rows(0.01, 0.0))) == f"{head}la répartition par sexe ou par âge n'y compte pas"
    assert visible(s.decompositions_title(rows(None, None))) == f"{head}aucun écart établi à décomposer"


def test_a_gap_among_one_category_says_why_it_has_no_parts():
    assert visible(s.not_decomposed(["Contrat d'engagement jeune", "PACEA"], indicators()["N2.8-cej"])) == (
        "Contrat d'engagement jeune et PACEA¤: sans objet, le dénominateur (moins de 26 ans) est déjà une catégorie, "
        "et les sources n'en croisent pas deux."
    )


def test_who_is_spread_is_who_is_in_the_denominator():
    assert "des habitants repérés depuis le 1er janvier, " in told(1, 4, "N2.2")
    assert "la répartition par frein des freins levés" in told(1, 4, "N3.4", "frein")
    assert " et des " in told(1, 4, "N3.4", "frein")


@pytest.mark.parametrize(("status", "said"), ABSENT)
def test_an_absent_decomposition_says_why(status, said):
    row = DecompositionRow(indicators()["N2.8"], "age", nan, nan, nan, status)
    assert visible(s.decomposition(row)) == f"Détail par âge¤: {said}."


def test_every_dimension_of_values_has_its_words():
    for code, dimension in DIMENSIONS.items():
        if code != "ensemble" and dimension.in_cube:
            assert told(1, 4, dimension=code).startswith("Sur les 5,0¤points d'écart")


def line(zone: str, k: int, n: int, category: tuple[str, str] = ("ensemble", "ensemble")) -> dict[str, object]:
    known = {"numerator": k, "denominator": n, "value": 100 * k / n, "low": nan, "high": nan, "status": "ok"}
    return dict(zip(VALUES_COLUMNS[:5], ("N2.8", zone, "2022-T1", *category), strict=True)) | known


def city(one: tuple[int, int], two: tuple[int, int], rest: tuple[int, int]) -> pd.DataFrame:
    both = (one[0] + two[0], one[1] + two[1])
    zones = (("QP062901", one), ("QP062902", two), ("QPV", both), ("HORS_QPV", rest))
    return frame_of_rows([line(zone, *pair) for zone, pair in zones])


def test_from_the_frames_to_the_sentences():
    """Women 10 of 100 and men 10 of 50 in the QPVs, 30 of 100 each elsewhere: -16.67 points."""
    values = pd.concat(
        [
            city((10, 100), (10, 50), (60, 200)),
            frame_of_rows([line(zone, k, n, ("sexe", code)) for zone, code, k, n in SEXES]),
        ],
        ignore_index=True,
    )
    known = {"N2.8": indicators()["N2.8"]}
    row = s.decomposition_row(decompose(values, known, "sexe"), known["N2.8"], "2022-T1", "QPV", "sexe")
    assert row.points == pytest.approx(-50 / 3)
    # women are 2/3 against 1/2, mean rates 20 and 25: -0.83; rates -20 x 0.583 and -10 x 0.417: -15.83
    assert visible(s.decomposition(row)).startswith("Sur les 16,7¤points d'écart, 0,8¤point correspond à")
    parts = s.parts(contributions(values, known), "N2.8", "2022-T1", CITY)
    assert visible(s.contributions(parts)) == "Un compte pour 13,3 des 16,7¤points, Deux pour 3,3 (chiffres arrondis)."
    missing = s.decomposition_row(decompose(values, known, "age"), known["N2.8"], "2022-T1", "QPV", "age")
    assert (missing.status, visible(s.decomposition(missing))) == (Status.NON_TRANSMIS, "Détail par âge¤: non transmis.")


SEXES = (
    *(("QPV", "femme", 10, 100), ("QPV", "homme", 10, 50)),
    *(("HORS_QPV", "femme", 30, 100), ("HORS_QPV", "homme", 30, 100)),
)


def shared(**parts: float | Status) -> str:
    figures = [
        Part(name.replace("_", "-"), Figure(nan, value) if isinstance(value, Status) else Figure(value, Status.OK))
        for name, value in parts.items()
    ]
    return visible(s.contributions(figures))


@pytest.mark.parametrize("sign", [1, -1])
def test_parts_of_each_qpv_the_largest_first(sign):
    said = "Beau-Marais compte pour 2,9 des 5,0¤points, Fort-Nieulay pour 2,1."
    assert shared(Beau_Marais=2.9 * sign, Fort_Nieulay=2.1 * sign) == said
    assert shared(Fort_Nieulay=2.1 * sign, Beau_Marais=2.9 * sign) == said
    assert shared(Beau_Marais=0.9 * sign, Fort_Nieulay=0.6 * sign) == "Beau-Marais compte pour 0,9¤point sur 1,5, Fort-Nieulay pour 0,6."


def test_parts_of_both_signs_are_told_with_them():
    assert shared(Un=1.0, Deux=-6.0) == "Écart de −5,0¤points¤: −6,0¤points pour Deux, +1,0¤point pour Un."
    assert shared(Un=2.0, Deux=-2.0) == "Écart de 0,0¤point¤: +2,0¤points pour Un, −2,0¤points pour Deux."


def test_one_qpv_explains_nothing_and_an_empty_one_is_left_out():
    assert shared(Un=5.0) == ""
    assert shared() == ""
    assert shared(Un=5.0, Deux=Status.NON_APPLICABLE) == "Un compte pour 5,0 des 5,0¤points."
    assert shared(Un=Status.NON_APPLICABLE, Deux=Status.NON_APPLICABLE) == "Détail par quartier¤: sans objet."


def test_one_hidden_part_leaves_the_others_untold():
    """The rest would be the gap less what is told."""
    assert shared(Un=5.0, Deux=Status.SECRET) == "Détail par quartier¤: non publié (secret statistique)."
    assert shared(Un=Status.NON_TRANSMIS, Deux=Status.SECRET) == "Détail par quartier¤: non transmis."


def bound(low: float, high: float, measure: str = "habitants_accompagnes") -> str:
    return visible(s.distinct(Bound(low, high, Status.OK), measures()[measure]))


def test_bounds_and_a_count():
    assert bound(412, 655) == "Entre 412 et 655 personnes (doubles comptes possibles entre partenaires)."
    assert bound(1412, 2655) == "Entre 1_412 et 2_655 personnes (doubles comptes possibles entre partenaires)."
    assert (bound(412, 412), bound(1, 1), bound(0, 0)) == ("412 personnes.", "1 personne.", "0 personne.")
    assert bound(30, 41, "structures_mobilisees").startswith("Entre 30 et 41 structures")
    assert s.distinct(Bound(9, 12, Status.OK), measures()["habitants_accompagnes"], "trimestres").endswith("entre trimestres).")
    assert s.distinct_short(Bound(412, 655, Status.OK)) == "412 à 655"
    assert s.distinct_short(Bound(412, 412, Status.OK)) == "412"


@pytest.mark.parametrize(("status", "said"), ABSENT)
def test_absent_bounds_say_why(status, said):
    absent = Bound(nan, nan, status)
    assert s.distinct(absent, measures()["habitants_accompagnes"]) == f"{said[0].upper()}{said[1:]}."
    assert s.distinct_short(absent) == said
