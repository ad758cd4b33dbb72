"""The targets of cite.toml ([[target]]), typed and checked against the catalogue. How progress is measured is in ``indicators.targets``."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from math import isfinite
from typing import Annotated

from pydantic import BeforeValidator, Field, model_validator

from connectors.declaration import Declared
from indicators.codes import DIMENSIONS, ENSEMBLE
from indicators.indicator import Indicator, Kind
from indicators.registry import indicators, measures
from indicators.targets import Milestone, Target
from indicators.territory import NON_LOCALISE, QPV, TOTALS, VILLE


def _number(given: object) -> float:
    if isinstance(given, bool) or not isinstance(given, int | float) or not isfinite(given):
        raise ValueError("écrivez un nombre, sans guillemets et avec un point (0.72), dans l'unité de l'indicateur (60 pour \"60 %\")")
    return float(given)


Number = Annotated[float, BeforeValidator(_number)]


class StepDeclared(Declared):
    """An intermediate target, or the last one."""

    day: date
    """Day by which it is to be reached."""
    value: Number
    """Value to reach, in the unit of the indicator (60 for 60 %)."""


class TargetDeclared(Declared):
    """What the copil decided that an indicator should reach, step by step."""

    indicator: str
    """Code of the indicator."""
    zone: str = VILLE
    """Where: a QPV's code, ``QPV`` (all of them), ``HORS_QPV`` or ``VILLE``."""
    dimension: str = ENSEMBLE
    """The breakdown it is set on, when it is not on the whole."""
    category: str = ENSEMBLE
    """The category of that breakdown."""
    initial: Number
    """Value started from, in the unit of the indicator."""
    initial_day: date
    """Day of that value."""
    source: Annotated[str, Field(min_length=1)]
    """Who decided it and when, in French: shown beside the target."""
    step: Annotated[tuple[StepDeclared, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _on_the_catalogue(self) -> TargetDeclared:
        declared = indicators().get(self.indicator)
        if declared is None:
            raise ValueError(f"l'indicateur « {self.indicator} » n'existe pas ; « cite-emploi indicateurs » donne les codes")
        for fault in (*self._order(), *self._place(declared), *self._breakdown(declared)):
            raise ValueError(fault)
        return self

    def _order(self) -> list[str]:
        days = [self.initial_day, *(step.day for step in self.step)]
        if all(earlier < later for earlier, later in pairwise(days)):
            return []
        return [f"les étapes de « {self.indicator} » doivent se suivre dans l'ordre des jours, après « initial_day »"]

    def _place(self, declared: Indicator) -> list[str]:
        city_only = declared.kind is Kind.MONEY or not all(measures()[code].territorial for code in declared.measures)
        if city_only and self.zone != VILLE:
            return [f"« {self.indicator} » n'est compté que pour la ville entière ; retirez « zone » ou écrivez {VILLE}"]
        if declared.kind is Kind.PARITY and self.zone in {*TOTALS} - {QPV}:
            return [f"« {self.indicator} » compare un quartier au reste de la ville ; « zone » vaut {QPV} ou le code d'un quartier"]
        if declared.kind is Kind.PUBLISHED and self.zone in TOTALS:
            return [f"« {self.indicator} » n'est publié que par quartier ; « zone » est le code d'un quartier"]
        return []

    def _breakdown(self, declared: Indicator) -> list[str]:
        whole = (self.dimension, self.category) == (ENSEMBLE, ENSEMBLE)
        if whole and declared.total:
            return []
        if self.dimension in declared.breakdowns and self.category in DIMENSIONS[self.dimension].codes:
            return []
        offered = ", ".join(declared.breakdowns) or "aucune"
        return [f"« {self.indicator} » ne se lit pas par « {self.dimension} = {self.category} » ; ventilations : {offered}"]

    @property
    def target(self) -> Target:
        """The same, as the indicators know it."""
        steps = tuple(Milestone(step.day, step.value) for step in self.step)
        return Target(self.indicator, self.initial, self.initial_day, steps, self.source, self.zone, (self.dimension, self.category))


def check_targets(declared: Sequence[TargetDeclared], qpv_codes: Sequence[str]) -> None:
    """Raise ``ValueError``, in French, for a target in a zone that the Cité does not have, or set twice."""
    zones = [*qpv_codes, *(zone for zone in TOTALS if zone != NON_LOCALISE)]
    for item in declared:
        if item.zone not in zones:
            raise ValueError(f"la cible de « {item.indicator} » vise une zone inconnue « {item.zone} » ; zones : {', '.join(zones)}")
    keys = [(item.indicator, item.zone, item.dimension, item.category) for item in declared]
    twice = next((key for key in keys if keys.count(key) > 1), None)
    if twice:
        raise ValueError(f"la cible de « {twice[0]} » ({twice[1]}) est déclarée deux fois ; réunissez ses étapes")
