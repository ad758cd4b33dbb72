"""The catalogue as a whole: found in reading order, refused when it does not hold together."""

from __future__ import annotations

from types import ModuleType

import pytest

from indicators import registry
from indicators.indicator import Kind, Level, Secrecy
from indicators.measures import Measure, Nature
from tests.unit.test_declarations import RATE, replace_declared


def module(name: str, **declared: object) -> ModuleType:
    made = ModuleType(name)
    vars(made).update(declared)
    return made


def test_a_code_declared_twice_is_refused_with_its_second_place() -> None:
    first = Measure("entrees", "entrées", Nature.FLOW, "entrées")
    second = Measure("entrees", "entrées", Nature.STOCK, "entrées")
    with pytest.raises(ValueError, match=r"^Le code « entrees » est déclaré deux fois \(une fois dans catalogue\.b\)\.$"):
        registry._collect(Measure, [module("catalogue.a", ONE=first), module("catalogue.b", TWO=second)])


def test_one_declaration_under_two_names_or_imported_elsewhere_is_declared_once() -> None:
    one = Measure("entrees", "entrées", Nature.FLOW, "entrées")
    found = registry._collect(Measure, [module("a", ONE=one, SAME=one), module("b", IMPORTED=one)])
    assert dict(found) == {"entrees": one}


def test_an_unknown_measure_is_named_with_its_indicator_and_the_remedy() -> None:
    known = {"entrees": Measure("entrees", "entrées", Nature.FLOW, "entrées")}
    with pytest.raises(
        ValueError, match=r"^Indicateur N9.1 : mesure inconnue « demandeurs »\. Déclarez-la \(Measure\) dans indicators/catalogue/\.$"
    ):
        registry.check_measures([RATE], known)
    registry.check_measures([replace_declared(kind=Kind.COUNT, denominator=None)], known)


def test_the_catalogue_is_read_level_by_level_and_cannot_be_changed() -> None:
    order = [Level.MOBILISATION, Level.ORDINARY_LAW, Level.UNCOVERED_NEEDS, Level.OUTCOMES, Level.CONTEXT, Level.BUDGET]
    levels = [indicator.level for indicator in registry.indicators().values()]
    assert levels == sorted(levels, key=order.index)
    assert set(levels) == set(order)
    with pytest.raises(TypeError):
        registry.indicators()["X"] = RATE  # type: ignore[index]


def test_every_measure_named_by_another_is_declared() -> None:
    measures = registry.measures()
    named = [name for measure in measures.values() for name in (measure.part_of, *(measure.flows or ())) if name]
    assert set(named) <= set(measures)
    assert named  # there are some, so the line above can fail


def test_what_a_stock_is_made_of_flows() -> None:
    measures = registry.measures()
    for measure in measures.values():
        if measure.flows:
            assert measure.nature is Nature.STOCK
            assert {measures[flow].nature for flow in measure.flows} == {Nature.FLOW}


def test_the_catalogue_holds_the_thirty_four_indicators_of_the_cite() -> None:
    codes = [*(f"N1.{n}" for n in range(1, 6)), *(f"N2.{n}" for n in range(1, 10)), *(f"N3.{n}" for n in range(1, 9))]
    codes += [*(f"R{n}" for n in range(1, 7)), *(f"C{n}" for n in range(1, 5)), "B1", "B2"]
    assert len(codes) == 34
    declared = {code.partition("-")[0] for code in registry.indicators()}
    assert set(codes) <= declared
    assert declared - set(codes) == {"B3"}  # what the budget adds: leverage and unit costs


def test_what_may_be_added_up_follows_what_is_counted() -> None:
    said = {code: registry.additivity(registry.indicators()[code]) for code in ("N1.1", "N2.1", "N2.6", "N2.8", "N3.2", "C1", "C4", "B1")}
    assert said["N2.6"] == "Événements : s'additionnent dans le temps et entre zones."
    assert said["C1"] == "Stock en fin de période : ne s'additionne pas dans le temps, mais entre zones."
    assert said["N2.8"].startswith("Ne s'additionne ni ne se moyenne")
    assert [said[code].split(" ")[0] for code in ("N1.1", "N2.1", "N3.2", "C4", "B1")] == ["Compté", "Personnes", "Personnes", "Ne", "Les"]


def test_health_and_justice_raise_the_secrecy_of_what_is_told_by_frein() -> None:
    for indicator in registry.indicators().values():
        if "frein" in indicator.breakdowns and indicator.kind is not Kind.MONEY:
            assert indicator.secrecy is Secrecy.SENSITIVE, indicator.code


def test_a_parity_index_and_its_access_rate_count_the_same_things() -> None:
    indicators = registry.indicators()
    pairs = [(code, code.replace("N2.9", "N2.8")) for code, indicator in indicators.items() if indicator.kind is Kind.PARITY]
    assert len(pairs) == 11
    for parity, rate in pairs:
        one, other = indicators[parity], indicators[rate]
        assert (one.numerator_terms, one.denominator_terms) == (other.numerator_terms, other.denominator_terms)
        assert one.target == 1


def test_a_proportion_s_numerator_is_inside_its_denominator() -> None:
    """By the same measure in both, or by a measure declared as part of the other; a rate makes no such promise."""
    measures = registry.measures()
    for indicator in registry.indicators().values():
        if indicator.kind is not Kind.PROPORTION:
            continue
        wholes = {term.measure for term in indicator.denominator_terms}
        for term in indicator.numerator_terms:
            assert term.measure in wholes or measures[term.measure].part_of in wholes, indicator.code
