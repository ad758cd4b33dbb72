"""The precisions of definitions of cite.toml ([[definition]]), typed and checked. What they say on a day is in ``indicators.wording``."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Annotated

from pydantic import Field, model_validator

from connectors.declaration import Declared
from indicators.registry import indicators
from indicators.typography import date_short
from indicators.wording import Precision


class DefinitionDeclared(Declared):
    """A dated precision of an indicator's definition, decided by this Cité; it adds to the catalogue's text."""

    indicator: str
    """Code of the indicator."""
    since: date
    """First day it holds: sheets and editions say it from then on."""
    text: Annotated[str, Field(min_length=1)]
    """What it adds to the definition: a French sentence."""
    decision: Annotated[str, Field(min_length=1)]
    """Who decided it and when, in French."""

    @model_validator(mode="after")
    def _in_the_catalogue(self) -> DefinitionDeclared:
        if self.indicator not in indicators():
            raise ValueError(f"l'indicateur « {self.indicator} » n'existe pas ; « cite-emploi indicateurs » donne les codes")
        return self

    @property
    def precision(self) -> Precision:
        """The same, as the indicators know it."""
        return Precision(self.indicator, self.since, self.text, self.decision)


def check_definitions(declared: Sequence[DefinitionDeclared]) -> None:
    """Raise ``ValueError``, in French, for two precisions of one indicator on the same day: nobody could tell which comes first."""
    keys = [(item.indicator, item.since) for item in declared]
    twice = next((key for key in keys if keys.count(key) > 1), None)
    if twice:
        raise ValueError(f"la définition de « {twice[0]} » est précisée deux fois le {date_short(twice[1])} ; réunissez les deux textes")
