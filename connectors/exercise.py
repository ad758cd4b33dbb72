"""A financed year as cite.toml declares it: the grant, its lines, its plan, its co-funding. What is computed of it is in ``indicators``."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Annotated, Literal

from pydantic import Field, model_validator

from connectors.declaration import Declared
from indicators.cerfa import EXPENSE_CLASSES, OTHER_INCOME, VOLUNTARY_EXPENSE, VOLUNTARY_INCOME
from indicators.grant import TOTAL, Cofunding, Grant, GrantLine, PlanStep, is_apart
from indicators.period import Frequency, Period
from indicators.typography import euros

Money = Annotated[Decimal, Field(ge=0, decimal_places=2)]
Short = Annotated[str, Field(min_length=1, max_length=28)]


class LineDeclared(Declared):
    """A line of the grant and the ledger entries that belong to it: account prefixes, analytic codes, or both together."""

    code: str
    """Its code, as in BudgetUse; ``total`` is taken."""
    label: Short
    """Its name, 28 characters at most."""
    level: Literal["1", "2", "3"]
    """The level of the Cité it serves (``1``, ``2``, ``3``)."""
    amount: Money
    """Euros, between quotes: ``"45000.00"``."""
    accounts: tuple[str, ...] = ()
    """Beginnings of account numbers; the longest that fits wins."""
    analytic: tuple[str, ...] = ()
    """Analytic codes; when given, an entry must carry one of them."""

    @model_validator(mode="after")
    def _reachable(self) -> LineDeclared:
        if self.code == TOTAL:
            raise ValueError("le code « total » est réservé à l'ensemble de la subvention")
        if is_apart(self.code):
            raise ValueError(f"le code « {self.code} » est réservé à ce qui n'est pas payé par la subvention")
        if not self.accounts and not self.analytic:
            raise ValueError(f"la ligne « {self.code} » n'a ni compte ni code analytique : aucune écriture ne peut lui revenir")
        return self


class StepDeclared(Declared):
    """A step of the spending plan: what should be paid in all, since the start of the exercise, by the end of a month."""

    month: Annotated[int, Field(ge=1, le=12)]
    """Number of the month, 1 to 12."""
    amount: Money
    """Cumulated euros, between quotes: ``"12000.00"``."""


class CofundingDeclared(Declared):
    """What another funder grants for the same exercise, beside the grant. An amount of ``"0.00"`` says that there is none."""

    code: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]*$")]
    """Its code: letters, figures, hyphens."""
    funder: Short
    """Who grants it, 28 characters at most."""
    amount: Money
    """Euros notified, between quotes."""
    accounts: tuple[Annotated[str, Field(pattern=r"^7\d*$")], ...] = ()
    """Beginnings of the income accounts (class 7) where it is booked; without them, and without analytic codes, receipts are unknown."""
    analytic: tuple[str, ...] = ()
    """Analytic codes of the expenses that it pays: they are outside the grant."""


class CerfaDeclared(Declared):
    """The amount planned for a class of accounts in the budget joined to the grant's agreement."""

    account: Literal["60", "61", "62", "63", "64", "65", "66", "67", "68", "86", "70", "73", "75", "76", "77", "79"]
    """``60`` to ``68`` and ``86`` for expenses; ``70``, ``73``, ``75``, ``76``, ``77``, ``79`` for income other than grants."""
    planned: Money
    """Euros planned, between quotes."""


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
    carried_over: Money = Decimal("0.00")
    """Euros left by the exercise before and granted again, between quotes; they come on top of the grant and no line shares them."""
    carried_over_on: date | None = None
    """Day of the decision to carry over; before it, the carry-over is not counted."""
    carried_over_reference: str = ""
    """The decision's reference, as shown."""
    line: Annotated[tuple[LineDeclared, ...], Field(min_length=1)]
    plan: tuple[StepDeclared, ...] = ()
    cofunding: tuple[CofundingDeclared, ...] = ()
    cerfa: tuple[CerfaDeclared, ...] = ()

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

    @model_validator(mode="after")
    def _plan_grows(self) -> ExerciseDeclared:
        days = [self._end_of(step.month) for step in self.plan]
        if None in days:
            months = ", ".join(str(step.month) for step, day in zip(self.plan, days, strict=True) if day is None)
            raise ValueError(f"le plan de dépense de l'exercice {self.year} a un mois hors de l'exercice ({months})")
        steps = self._steps()
        for earlier, later in pairwise(steps):
            if later.day == earlier.day:
                raise ValueError(f"le plan de dépense de l'exercice {self.year} donne deux montants pour le mois {later.day.month}")
            if later.amount < earlier.amount:
                raise ValueError(
                    f"le plan de dépense de l'exercice {self.year} baisse au mois {later.day.month} ; ses montants sont cumulés"
                )
        if steps and steps[-1].amount > self.grant + self.carried_over:
            raise ValueError(
                f"le plan de dépense de l'exercice {self.year} finit à {steps[-1].amount} €, plus que la subvention et son report"
            )
        return self

    @model_validator(mode="after")
    def _cofunding_apart(self) -> ExerciseDeclared:
        codes = [item.code for item in self.cofunding]
        if len(set(codes)) < len(codes):
            raise ValueError(f"l'exercice {self.year} déclare deux cofinancements de même code ({', '.join(codes)})")
        claimed = [code for item in self.cofunding for code in set(item.analytic)]
        lines = {code for line in self.line for code in line.analytic}
        shared = sorted({code for code in claimed if claimed.count(code) > 1 or code in lines})
        if shared:
            raise ValueError(
                f"le code analytique « {', '.join(shared)} » revient à deux financements de l'exercice {self.year} ; gardez-en un"
            )
        return self

    @model_validator(mode="after")
    def _cerfa_balanced(self) -> ExerciseDeclared:
        declared = [item.account for item in self.cerfa]
        if len(set(declared)) < len(declared):
            raise ValueError(f"le budget Cerfa de l'exercice {self.year} déclare deux fois le même compte ({', '.join(declared)})")
        if not declared:
            return self
        expenses = sum((item.planned for item in self.cerfa if item.account in EXPENSE_CLASSES), Decimal(0))
        other = sum((item.planned for item in self.cerfa if item.account in OTHER_INCOME), Decimal(0))
        income = self.grant + self.carried_over + sum((item.amount for item in self.cofunding), Decimal(0)) + other
        if expenses != income:
            raise ValueError(
                f"le budget Cerfa de l'exercice {self.year} n'est pas équilibré : {euros(expenses, 2)} de charges (60 à 68) et "
                f"{euros(income, 2)} de ressources (subvention, report, cofinancements, autres produits)"
            )
        return self

    def planned(self) -> Mapping[str, Decimal]:
        """Euros planned by class: those declared, and the income that follows from them (74, 78, 87); empty without a budget."""
        if not self.cerfa:
            return {}
        found: Mapping[str, Decimal] = {str(item.account): item.planned for item in self.cerfa}
        granted = self.grant + sum((item.amount for item in self.cofunding), Decimal(0))
        return {**found, "74": granted, "78": self.carried_over, VOLUNTARY_INCOME: found.get(VOLUNTARY_EXPENSE, Decimal(0))}

    def as_grant(self) -> Grant:
        """The exercise as the budget computations know it."""
        return Grant(
            self.year,
            self.first_day,
            self.last_day,
            self.grant,
            tuple(GrantLine(line.code, line.label, line.level, line.amount) for line in self.line),
            self._steps(),
            self.carried_over,
            self.carried_over_on,
            self.carried_over_reference,
            tuple(_cofunding(item) for item in self.cofunding) or None,
        )

    def _steps(self) -> tuple[PlanStep, ...]:
        ends = ((self._end_of(step.month), step.amount) for step in self.plan)
        return tuple(sorted((PlanStep(day, amount) for day, amount in ends if day is not None), key=lambda step: step.day))

    def _end_of(self, month: int) -> date | None:
        """The last day, within the exercise, of its only month of this number."""
        for year in range(self.first_day.year, self.last_day.year + 1):
            period = Period(year, Frequency.MONTH, month)
            if period.first_day <= self.last_day and period.last_day >= self.first_day:
                return min(period.last_day, self.last_day)
        return None


def _cofunding(item: CofundingDeclared) -> Cofunding:
    return Cofunding(
        item.code, item.funder, item.amount, receipts_told=bool(item.accounts or item.analytic), expenses_told=bool(item.analytic)
    )
