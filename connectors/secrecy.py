"""The secrecy thresholds of cite.toml ([secret.copil]...), typed and checked. What is hidden because of them is in ``indicators``."""

from __future__ import annotations

from math import isfinite
from typing import Annotated

from pydantic import BeforeValidator, Field, model_validator

from connectors.declaration import Declared
from indicators.disclosure.policy import COPIL, DEFAULTS, LEAST, LEAST_SENSITIVE, PREFECTURE, PUBLIC, Policy


def _share(given: object) -> float:
    number = isinstance(given, int | float) and not isinstance(given, bool) and isfinite(given)
    if not number or not 0 <= float(given) < 1:  # type: ignore[arg-type]
        raise ValueError('écrivez une part entre 0 et 1, sans guillemets et avec un point (0.10 pour "10 %")')
    return float(given)  # type: ignore[arg-type]


Threshold = Annotated[int, Field(strict=True, ge=LEAST)]
High = Annotated[int, Field(strict=True, ge=LEAST_SENSITIVE)]
Times = Annotated[int, Field(strict=True, ge=1)]
Share = Annotated[float, BeforeValidator(_share)]


class AudienceDeclared(Declared):
    """How small a count may be in what this audience receives, and who decided it; without it: 5, and 11 for what is sensitive."""

    seuil: Threshold = 5
    """A count from 1 to this, excluded, is not shown; at least 3."""
    seuil_sensible: High = LEAST_SENSITIVE
    """The same for what may tell health or justice; at least 11."""
    part_masquee_max: Share = 0.10
    """Share of the cells of a table that may be hidden; above it the table is postponed."""
    marge_case: Times = 2
    """A breakdown is offered when its cells hold at least this many thresholds."""
    marge_reste: Times = 3
    """And when what two shown totals leave by subtraction holds at least this many."""
    affiner_a: Times = 3
    """A finer breakdown replaces the one in use when its smallest cell holds this many thresholds."""
    decision: Annotated[str, Field(min_length=1)]
    """Who decided it and when, in French: shown beside the figures."""

    def policy(self, audience: str) -> Policy:
        """The same, as the indicators know it; ``ValueError``, in French, where it would not protect."""
        return Policy(
            audience,
            threshold=self.seuil,
            sensitive=self.seuil_sensible,
            hidden_max=self.part_masquee_max,
            cell_margin=self.marge_case,
            rest_margin=self.marge_reste,
            refine_at=self.affiner_a,
            decision=self.decision,
        )


class PublicDeclared(AudienceDeclared):
    """The same for whoever opens a public page: 11 for every count."""

    seuil: High = LEAST_SENSITIVE
    """A count from 1 to this, excluded, is not shown; at least 11."""


class SecretDeclared(Declared):
    """How small a count may be shown outside the coordination, for each audience."""

    copil: AudienceDeclared | None = None
    prefecture: AudienceDeclared | None = None
    public: PublicDeclared | None = None

    @model_validator(mode="after")
    def _protects(self) -> SecretDeclared:
        self.policies()
        return self

    def policies(self) -> dict[str, Policy]:
        """The rules of each audience, those declared or those by default."""
        declared = {COPIL: self.copil, PREFECTURE: self.prefecture, PUBLIC: self.public}
        given = {audience: item.policy(audience) for audience, item in declared.items() if item}
        return {default.audience: given.get(default.audience, default) for default in DEFAULTS}
