"""What the counts of one delivery must agree on: each sentence, and the tolerance that a rounding source is given."""

from __future__ import annotations

import pandas as pd
import pytest

from indicators.coherence import faults
from indicators.frames import COUNTS_COLUMNS
from indicators.measures import Measure, Nature
from tests.unit.test_territory import CITY

MEASURES = {
    measure.code: measure
    for measure in (
        Measure("entrees", "entrées", Nature.FLOW, "entrées"),
        Measure("sorties", "sorties", Nature.FLOW, "sorties"),
        Measure("presents", "présents", Nature.STOCK, "personnes", flows=("entrees", "sorties")),
        Measure("longue_duree", "présents depuis un an", Nature.STOCK, "personnes", part_of="presents"),
    )
}


def counts(*rows: str) -> pd.DataFrame:
    """Rows written « measure zone period value », or « measure zone period dimension category value »; s for a hidden value."""
    table = []
    for row in rows:
        measure, zone, period, *cell, value = row.split()
        hidden = value == "s"
        table.append(
            [
                "source",
                measure,
                zone,
                period,
                *(cell or ["ensemble", "ensemble"]),
                None if hidden else int(value),
                "secret" if hidden else "ok",
            ]
        )
    return pd.DataFrame(table, columns=COUNTS_COLUMNS).astype({"value": "Int64"})


def told(*rows: str, rounding: int = 1) -> list[str]:
    return faults(counts(*rows), CITY, MEASURES, rounding)


def test_a_delivery_that_holds_together_has_no_fault() -> None:
    assert told() == []
    assert (
        told(
            "entrees QP062901 2022-T1 30",
            "entrees QP062902 2022-T1 20",
            "entrees QPV 2022-T1 50",
            "entrees HORS_QPV 2022-T1 180",
            "entrees NON_LOCALISE 2022-T1 5",
            "entrees VILLE 2022-T1 235",
            "entrees QPV 2022-T1 sexe femme 26",
            "entrees QPV 2022-T1 sexe homme 23",
            "entrees QPV 2022-T1 sexe non_renseigne 1",
        )
        == []
    )


def test_zones_that_do_not_add_up_are_told() -> None:
    whole = ("entrees QPV 2022-T1 50", "entrees HORS_QPV 2022-T1 180", "entrees NON_LOCALISE 2022-T1 5")
    assert told(*whole, "entrees VILLE 2022-T1 236") == ["entrees, 2022-T1 : somme des zones (235) différente de « ville entière » (236)."]
    assert told(*whole, "entrees VILLE 2022-T1 230") == ["entrees, 2022-T1 : somme des zones (235) supérieure à « ville entière » (230)."]


def test_a_part_above_its_whole_is_told_even_if_others_are_missing() -> None:
    assert told("entrees QPV 2022-T1 240", "entrees VILLE 2022-T1 235") == [
        "entrees, 2022-T1 : somme des zones (240) supérieure à « ville entière » (235)."
    ]
    assert told("entrees QPV 2022-T1 200", "entrees VILLE 2022-T1 235") == []


def test_the_qpvs_are_those_in_force_in_the_period() -> None:
    assert told("entrees QP062901 2022 30", "entrees QP062902 2022 25", "entrees QPV 2022 50") == [
        "entrees, 2022 : somme des zones (55) supérieure à « Ensemble des QPV » (50)."
    ]
    assert told("entrees QN06201N 2024 49", "entrees QPV 2024 50") == [
        "entrees, 2024 : somme des zones (49) différente de « Ensemble des QPV » (50)."
    ]
    assert told("entrees QP062901 2024 60", "entrees QPV 2024 50") == []  # that code no longer is one of the QPVs


def test_zones_are_compared_in_each_cell_of_a_breakdown() -> None:
    assert told("entrees QPV 2022-T1 sexe femme 9", "entrees VILLE 2022-T1 sexe femme 8", "entrees VILLE 2022-T1 sexe homme 20") == [
        "entrees, 2022-T1, sexe « femme » : somme des zones (9) supérieure à « ville entière » (8)."
    ]


def test_what_is_hidden_is_not_compared() -> None:
    assert (
        told("entrees QPV 2022-T1 s", "entrees HORS_QPV 2022-T1 180", "entrees NON_LOCALISE 2022-T1 5", "entrees VILLE 2022-T1 190") == []
    )


def test_categories_that_do_not_add_up_are_told() -> None:
    total = "entrees VILLE 2022-T1 50"
    assert told(
        total, *(f"entrees VILLE 2022-T1 sexe {code} {value}" for code, value in (("femme", 26), ("homme", 23), ("non_renseigne", 0)))
    ) == ["entrees, 2022-T1, VILLE : les modalités de « sexe » totalisent 49 et l'ensemble 50."]
    assert told(total, "entrees VILLE 2022-T1 sexe femme 51") == [
        "entrees, 2022-T1, VILLE : les modalités de « sexe » totalisent 51 et l'ensemble 50."
    ]
    assert told(total, "entrees VILLE 2022-T1 sexe femme 26", "entrees VILLE 2022-T1 sexe homme 23") == []  # one is missing


def test_freins_may_exceed_the_number_of_persons() -> None:
    assert told("entrees VILLE 2022-T1 10", "entrees VILLE 2022-T1 frein mobilite 9", "entrees VILLE 2022-T1 frein sante 8") == []


def test_a_part_above_the_measure_it_belongs_to_is_told() -> None:
    assert told("longue_duree QPV 2022-T1 41", "presents QPV 2022-T1 40") == [
        "longue_duree, 2022-T1, QPV : présents depuis un an (41) > présents (40)."
    ]
    assert told("longue_duree QPV 2022-T1 sexe femme 41", "presents QPV 2022-T1 sexe femme 40") == [
        "longue_duree, 2022-T1, sexe « femme », QPV : présents depuis un an (41) > présents (40)."
    ]
    assert told("longue_duree QPV 2022-T1 40", "presents QPV 2022-T1 40", "longue_duree VILLE 2022-T1 99") == []


def test_a_stock_that_its_flows_contradict_is_told() -> None:
    flows = ("presents QPV 2022-T1 40", "entrees QPV 2022-T2 10", "sorties QPV 2022-T2 4")
    assert told(*flows, "presents QPV 2022-T2 47") == [
        "presents, 2022-T2, QPV : 47 déclarés ; 40 avant, plus 10 entrées, moins 4 sorties, donnent 46."
    ]
    assert told(*flows, "presents QPV 2022-T2 46") == []
    assert told(*flows[:2], "presents QPV 2022-T2 47") == []  # the exits are missing: nothing to compare


def test_a_stock_is_followed_across_a_new_year() -> None:
    assert len(told("presents QPV 2022-T4 40", "entrees QPV 2023-T1 10", "sorties QPV 2023-T1 4", "presents QPV 2023-T1 40")) == 1


@pytest.mark.parametrize(("city", "faulty"), [(15, False), (20, False), (30, False), (10, True), (40, True)])
def test_a_rounding_source_is_compared_within_what_rounding_explains(city: int, faulty: bool) -> None:
    """Each of four figures rounded to 5 is off by at most 2.5: the sum may be off by 10."""
    rows = ("entrees QPV 2022-T1 10", "entrees HORS_QPV 2022-T1 10", "entrees NON_LOCALISE 2022-T1 5", f"entrees VILLE 2022-T1 {city}")
    assert bool(told(*rows, rounding=5)) == faulty
    assert bool(told(*rows)) == (city != 25)


def test_a_rounding_source_may_round_a_part_above_its_whole_and_a_stock_off_its_flows() -> None:
    assert told("longue_duree QPV 2022-T1 45", "presents QPV 2022-T1 40", rounding=5) == []
    assert len(told("longue_duree QPV 2022-T1 50", "presents QPV 2022-T1 40", rounding=5)) == 1
    flows = ("presents QPV 2022-T1 40", "entrees QPV 2022-T2 10", "sorties QPV 2022-T2 5")
    assert told(*flows, "presents QPV 2022-T2 55", rounding=5) == []
    assert len(told(*flows, "presents QPV 2022-T2 60", rounding=5)) == 1


def test_every_fault_is_told_at_once() -> None:
    found = told(
        "entrees QPV 2022-T1 240",
        "entrees VILLE 2022-T1 235",
        "longue_duree QPV 2022-T1 41",
        "presents QPV 2022-T1 40",
        "entrees QPV 2022-T1 sexe femme 241",
    )
    assert len(found) == 3


def test_a_new_perimeter_moves_residents_without_entries_or_exits() -> None:
    """On 1 January 2024 the QPVs change: two parcours move into them, and only the city must still add up."""
    moved = ("presents HORS_QPV 2023-T4 90", "presents QPV 2023-T4 10", "presents VILLE 2023-T4 100")
    after = ("presents HORS_QPV 2024-T1 88", "presents QPV 2024-T1 12", "presents VILLE 2024-T1 100")
    still = tuple(f"{flow} {zone} 2024-T1 0" for flow in ("entrees", "sorties") for zone in ("HORS_QPV", "QPV", "VILLE"))
    assert told(*moved, *after, *still) == []
    wrong = ("presents VILLE 2024-T1 103", *after[:2], "presents NON_LOCALISE 2024-T1 3")
    assert any("VILLE" in sentence and "donnent 100" in sentence for sentence in told(*moved, *wrong, *still))


def test_a_quarter_is_the_sum_of_its_months_when_both_are_there() -> None:
    months = tuple(f"entrees QPV 2022-0{month} 10" for month in (1, 2, 3))
    assert told(*months, "entrees QPV 2022-T1 30") == []
    assert told(*months[:2], "entrees QPV 2022-T1 35") == []
    (sentence,) = told(*months, "entrees QPV 2022-T1 35")
    assert "35 déclarés" in sentence
    assert "totalisent 30" in sentence
