"""Finds every measure and indicator of the catalogue, whatever file declares them, and refuses what does not hold together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib import import_module
from pkgutil import iter_modules
from types import MappingProxyType, ModuleType
from typing import TypeVar

from indicators import catalogue
from indicators.indicator import Indicator
from indicators.measures import Measure

Declared = TypeVar("Declared", Indicator, Measure)
READING_ORDER = ("mobilisation", "ordinary_law", "uncovered_needs", "outcomes", "context", "budget")


@lru_cache(maxsize=1)
def measures() -> Mapping[str, Measure]:
    """Every measure by its code. Raises ``ValueError``, in French, when a code is declared twice."""
    return _collect(Measure, _modules())


@lru_cache(maxsize=1)
def indicators() -> Mapping[str, Indicator]:
    """Every indicator by its code, in reading order. Raises ``ValueError`` for a repeated code or an unknown measure."""
    found = _collect(Indicator, _modules())
    check_measures(found.values(), measures())
    return found


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
