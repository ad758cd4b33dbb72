"""Finds every measure and indicator of the catalogue, whatever file declares them, and refuses what does not hold together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib import import_module
from pkgutil import iter_modules
from types import MappingProxyType, ModuleType
from typing import TypeVar

from indicators import catalogue
from indicators.indicator import Indicator, Kind, Level
from indicators.measures import Measure, Nature

Declared = TypeVar("Declared", Indicator, Measure)
READING_ORDER = ("mobilisation", "ordinary_law", "access", "uncovered_needs", "parcours", "outcomes", "context", "budget")


@lru_cache(maxsize=1)
def measures() -> Mapping[str, Measure]:
    """Every measure by its code. Raises ``ValueError``, in French, when a code is declared twice."""
    return _collect(Measure, _modules())


@lru_cache(maxsize=1)
def indicators() -> Mapping[str, Indicator]:
    """Every indicator by its code, in reading order. Raises ``ValueError`` for a repeated code or an unknown measure."""
    found = _collect(Indicator, _modules())
    check_measures(found.values(), measures())
    order = list(Level)
    ranked = sorted(found.values(), key=lambda item: (order.index(item.level), item.code.partition("-")[0]))
    return MappingProxyType({item.code: item for item in ranked})


def additivity(indicator: Indicator) -> str:
    """What may be added up of an indicator, in French, from the natures of what it counts."""
    if indicator.kind is Kind.PUBLISHED:
        return "Ne s'additionne pas : valeur publiée par un tiers."
    if indicator.kind is Kind.MONEY:
        return "Les euros s'additionnent ; les parts et les coûts se recalculent à partir des sommes."
    if indicator.denominator_terms:
        return "Ne s'additionne ni ne se moyenne : le numérateur et le dénominateur s'additionnent, puis se divisent."
    natures = {measures()[code].nature for code in indicator.measures}
    return ADDITIVITY[next(nature for nature in ADDITIVITY if nature in natures)]


ADDITIVITY: Mapping[Nature, str] = {
    Nature.DISTINCT: "Personnes distinctes : ne s'additionnent ni dans le temps ni entre partenaires ; des bornes seulement.",
    Nature.DISTINCT_TO_DATE: "Personnes distinctes depuis le 1er janvier : le chiffre de l'année est celui du dernier trimestre.",
    Nature.DISTINCT_ROLLING: "Compté sur douze mois glissants : les périodes se recouvrent et ne s'additionnent pas.",
    Nature.STOCK: "Stock en fin de période : ne s'additionne pas dans le temps, mais entre zones.",
    Nature.FLOW: "Événements : s'additionnent dans le temps et entre zones.",
}
"""From the least to the most additive: an indicator made of several measures is as additive as the least of them."""


def check_measures(declared: Iterable[Indicator], known: Mapping[str, Measure]) -> None:
    """Raise ``ValueError`` naming the indicator and the measures it uses that nobody declares."""
    for indicator in declared:
        unknown = [code for code in indicator.measures if code not in known]
        if unknown:
            raise ValueError(
                f"Indicateur {indicator.code} : mesure inconnue « {', '.join(unknown)} ». Déclarez-la (Measure) dans indicators/catalogue/."
            )


def _modules() -> list[ModuleType]:
    names = [info.name for info in iter_modules(catalogue.__path__)]
    order = {name: position for position, name in enumerate(READING_ORDER)}
    names.sort(key=lambda name: (order.get(name, len(order)), name))
    return [import_module(f"{catalogue.__name__}.{name}") for name in names]


def _collect(kind: type[Declared], modules: list[ModuleType]) -> Mapping[str, Declared]:
    found: dict[str, Declared] = {}
    for module in modules:
        for item in vars(module).values():
            if not isinstance(item, kind):
                continue
            if item.code in found and found[item.code] is not item:
                raise ValueError(f"Le code « {item.code} » est déclaré deux fois (une fois dans {module.__name__}).")
            found[item.code] = item
    return MappingProxyType(found)
