"""The catalogue as a whole: found in reading order, refused when it does not hold together."""

from __future__ import annotations

from types import ModuleType

import pytest

from indicators import registry
from indicators.indicator import Kind, Level
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
