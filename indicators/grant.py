"""What is known of an exercise before any expense: the grant, its lines, its spending plan, its carry-over, its co-funding."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

TOTAL = "total"
"""The line that stands for the whole grant."""
INCOME = "produits"
"""Line of the ledger's income (class 7) that no co-funding claims: the grant itself, sales, other income."""
FUNDS = "fonds_dedies"
"""Line of the entries that set an unused grant aside or bring it back (accounts 689 and 789): no money moves."""
VOLUNTARY = "volontaires"
"""Line of the contributions in kind (classes 86 and 87): valued, never paid."""
COFUNDED = "cofinancement:"
"""Start of the line of a co-funding, before its code: what it brought (class 7) and what it paid (class 6), apart from the grant."""
CENT = Decimal("0.01")


def is_apart(line: str) -> bool:
    """Whether a ledger line is outside the grant's own use."""
    return line in {INCOME, FUNDS, VOLUNTARY} or line.startswith(COFUNDED)


def euros(cents: int) -> Decimal:
    """Exact euros from whole cents."""
    return Decimal(cents).scaleb(-2)


@dataclass(frozen=True)
class GrantLine:
    """A line of the grant; ``amount`` in euros."""

    code: str
    label: str
    level: str
    amount: Decimal


@dataclass(frozen=True)
class PlanStep:
    """What should be paid in all by the end of ``day``, in euros."""

    day: date
    amount: Decimal


@dataclass(frozen=True)
class Cofunding:
    """What another funder notified for the exercise, in euros.

    Attributes:
        receipts_told: whether the ledger can tell what was received (its accounts are declared).
        expenses_told: whether the ledger can tell what it paid (its analytic codes are declared).
    """

    code: str
    funder: str
    notified: Decimal
    receipts_told: bool = True
    expenses_told: bool = True


@dataclass(frozen=True)
class Grant:
    """The grant of one exercise, its first and last days included.

    Attributes:
        amount: notified for this exercise, in euros; the lines add up to it.
        plan: cumulated payments planned, oldest first; empty without a plan.
        carried_over: left by the exercise before and granted again, in euros; not shared between lines.
        carried_over_on: day of that decision; None when it was known from the first day.
        cofunding: None when nothing is declared, which is not the same as no co-funding.
    """

    exercise: int
    first_day: date
    last_day: date
    amount: Decimal
    lines: tuple[GrantLine, ...]
    plan: tuple[PlanStep, ...] = ()
    carried_over: Decimal = Decimal(0)
    carried_over_on: date | None = None
    carried_over_reference: str = ""
    cofunding: tuple[Cofunding, ...] | None = None

    def carry_over_known(self, on: date) -> Decimal:
        """The carry-over granted by the end of ``on``, in euros."""
        return self.carried_over if self.carried_over_on is None or self.carried_over_on <= on else Decimal(0)
