"""A financed year as cite.toml declares it: the grant and its lines. What is done with them is ``indicators.budget``'s business."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import Field, model_validator

from connectors.declaration import Declared

Money = Annotated[Decimal, Field(ge=0, decimal_places=2)]
Short = Annotated[str, Field(min_length=1, max_length=28)]


class LineDeclared(Declared):
    """A line of the grant and the ledger entries that belong to it: account prefixes, analytic codes, or both together."""

    code: str
    """Its code, as in BudgetUse; ``total`` is taken."""
    label: Short
    """Its name, 28 characters at most."""
    level: str
    """The level of the Cité it serves (``1``, ``2``, ``3``)."""
    amount: Money
    """Euros, between quotes: ``"45000.00"``."""
    accounts: tuple[str, ...] = ()
    """Beginnings of account numbers; the longest that fits wins."""
    analytic: tuple[str, ...] = ()
    """Analytic codes; when given, an entry must carry one of them."""

    @model_validator(mode="after")
    def _reachable(self) -> LineDeclared:
        if self.code == "total":
            raise ValueError("le code « total » est réservé à l'ensemble de la subvention")
        if not self.accounts and not self.analytic:
            raise ValueError(f"la ligne « {self.code} » n'a ni compte ni code analytique : aucune écriture ne peut lui revenir")
        return self


class ExerciseDeclared(Declared):
    """A financed year: the grant of the State and its lines, which add up to it."""

    year: int
    """Its year."""
    grant: Money
    """The grant, in euros; its lines add up to it."""
    funder: str = "État"
    """Who grants it."""
    first_day: date
    """First day of the exercise."""
    last_day: date
    """Last day of the exercise."""
    line: Annotated[tuple[LineDeclared, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _balanced(self) -> ExerciseDeclared:
        if self.last_day < self.first_day:
            raise ValueError(f"l'exercice {self.year} finit avant de commencer ; corrigez « first_day » ou « last_day »")
        codes = [line.code for line in self.line]
        if len(set(codes)) < len(codes):
            raise ValueError(f"l'exercice {self.year} déclare deux lignes de même code ({', '.join(codes)})")
        total = sum((line.amount for line in self.line), Decimal(0))
        if total != self.grant:
            raise ValueError(f"les lignes de l'exercice {self.year} totalisent {total} € et la subvention {self.grant} €")
        return self
