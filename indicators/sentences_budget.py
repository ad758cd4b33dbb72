"""The French sentences of money: pace, levels, plan, carry-over, co-funding, costs per person, financial report. Rows in, texts out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from indicators import typography as t
from indicators.cerfa import Balance
from indicators.grant import Grant
from indicators.sentences_rows import BudgetRow, Figure

NBSP = t.NBSP
NNBSP = t.NNBSP
ON_PACE = 10.0
"""Within this many points of the linear pace, spending is said to be on pace: the threshold of B2."""
NOT_A_FORECAST = (
    f"La fourchette de fin d'année prolonge le mois le plus faible et le mois le plus fort des trois derniers{NBSP}: "
    "ce n'est pas une prévision."
)
LEVELS = {"1": "fédérer les acteurs", "2": "droit commun", "3": "besoins non couverts"}
CERFA_LEFT_OUT = (
    "Dépenses enregistrées, payées ou non. Le tableau couvre toute l'action, cofinancements compris, sans les charges indirectes, "
    "que l'association répartit selon sa propre clé."
)


@dataclass(frozen=True)
class LevelRow:
    """What a level of the Cité was granted and paid, in euros, and its share (0 to 1) of all that is paid; NaN while nothing is."""

    level: str
    granted: Decimal
    committed: Decimal
    paid: Decimal
    share: float


@dataclass(frozen=True)
class FundRow:
    """A co-funding in euros: notified, received in cash, spent; None for what the ledger does not tell."""

    funder: str
    notified: Decimal
    received: Decimal | None
    spent: Decimal | None


def pace(row: BudgetRow) -> str:
    """« au rythme », « 23 points sous le rythme », « 12 points au-dessus du rythme »."""
    if abs(row.advance_points) <= ON_PACE:
        return "au rythme"
    size = t.points(row.advance_points, 0, sign=False)
    return f"{size} {'au-dessus du' if row.advance_points > 0 else 'sous le'} rythme"


def budget(row: BudgetRow, year: int, on: date) -> str:
    """What is paid, its share of the grant, the distance to the linear pace, and the year-end range."""
    share = f"{t.percent(100 * row.used_share)} de la subvention {year}"
    if row.elapsed_share >= 1:
        left = f"{t.kilo_euros(row.granted - row.paid)} non dépensés" if row.paid < row.granted else "subvention dépensée en totalité"
        if row.carried_over and row.available is not None:
            left += f", {t.kilo_euros(row.available - row.paid)} avec le report"
        return f"Exercice {year} clos{NBSP}: {t.kilo_euros(row.paid)} dépensés ({share}), {left}."
    text = f"Au {t.date_short(on)}, {t.kilo_euros(row.paid)} dépensés ({share}), {_distance(row)}."
    if row.projected_low is None or row.projected_high is None:
        return text
    low, high = t.kilo_euros(row.projected_low, 0), t.kilo_euros(row.projected_high, 0)
    end = f"vers {low}" if low == high else f"entre {low} et {high}"
    return f"{text} Au rythme des trois derniers mois, l'année finirait {end}."


def _distance(row: BudgetRow) -> str:
    ahead = t.kilo_euros(abs(row.ahead))
    if t.rounded(row.ahead / 1000, 1) == 0:
        return "au rythme linéaire"
    return f"{ahead} {'au-dessus du' if row.ahead > 0 else 'sous le'} rythme linéaire"


def budget_title(row: BudgetRow, year: int) -> str:
    """The finding of the budget page."""
    used = f"{t.percent(100 * row.used_share)} de la subvention"
    if row.elapsed_share >= 1:
        return f"Budget {year}{NBSP}: {used} dépensés, exercice clos"
    return f"Budget {year}{NBSP}: {used} dépensés, {pace(row)}"


def levels(rows: Sequence[LevelRow], on: date) -> str:
    """What each level was paid and its share: « 33,0 k€ pour le niveau 1 (63,8 %) »; empty while nothing is paid."""
    if not any(row.paid for row in rows):
        return ""
    said = [f"{t.kilo_euros(row.paid)} pour le niveau {row.level} ({t.percent(100 * row.share, 1)})" for row in rows]
    return f"Dépensé au {t.date_short(on)}, par niveau{NBSP}: {t.joined(said)}."


def plan(row: BudgetRow) -> str:
    """What the plan expected by then, and the distance to it in points of the grant; empty without a plan."""
    if row.planned is None or not t.is_known(row.plan_advance):
        return ""
    head = f"Le plan de dépense prévoyait {t.kilo_euros(row.planned)} à cette date{NBSP}: la dépense est"
    if t.rounded(row.plan_advance, 1) == 0:
        return f"{head} au niveau du plan."
    size = t.points(row.plan_advance, sign=False)
    return f"{head} {size} {'au-dessus du' if row.plan_advance > 0 else 'sous le'} plan."


def carry_over(row: BudgetRow, grant: Grant) -> str:
    """What comes from the exercise before, what is available, and how much of it is spent; empty when nothing is carried over yet."""
    if not row.carried_over or row.available is None:
        return ""
    reference = f" ({grant.carried_over_reference})" if grant.carried_over_reference else ""
    used = t.percent(100 * float(row.paid / row.available), 1)
    head = f"Report de {grant.exercise - 1}{NBSP}: {t.euros(row.carried_over)} accordés{reference}"
    return f"{head}, soit {t.euros(row.available)} disponibles en {grant.exercise}, dont {used} dépensés."


def carried_forward(following: Grant, left: Decimal, on: date) -> str:
    """What an exercise leaves to the next, beside what it had not committed; empty when nothing is carried over yet."""
    carried = following.carry_over_known(on)
    if not carried:
        return ""
    reference = f" ({following.carried_over_reference})" if following.carried_over_reference else ""
    return f"{t.euros(carried)} reportés sur {following.exercise}{reference}, pour {t.euros(left)} non engagés en {following.exercise - 1}."


def leverage(rows: Sequence[FundRow], grant: Grant, on: date) -> str:
    """What the other funders notified, by one euro of the grant, then received and spent where the ledger tells it."""
    if not rows:
        return f"Cofinancements {grant.exercise}{NBSP}: non déclarés."
    notified = sum((row.notified for row in rows), Decimal(0))
    if not notified:
        return f"Cofinancements {grant.exercise}{NBSP}: aucun."
    ratio = f", soit {t.number(notified / grant.amount, 2)}{NBSP}€ pour 1{NBSP}€ de subvention" if grant.amount else ""
    head = f"Cofinancements {grant.exercise}{NBSP}: {t.kilo_euros(notified)} notifiés{ratio}"
    told = [
        f"{t.kilo_euros(sum((x for x in amounts if x is not None), Decimal(0)))} {word}"
        for word, amounts in (("reçus", [row.received for row in rows]), ("dépensés", [row.spent for row in rows]))
        if None not in amounts
    ]
    return f"{head}{NNBSP}; {t.joined(told)} au {t.date_short(on)}." if told else f"{head}."


def unit_cost(cost: Figure, noun: str) -> str:
    """« 1 284 € par entrée en parcours (intervalle à 95 % : de 1 050 à 1 570 €) », or why there is none; ``noun`` is what is counted."""
    if not cost.known:
        return f"Coût par {noun}{NBSP}: {t.absent(cost.status)}."
    limits = f"intervalle à 95{NBSP}%{NBSP}: de {t.number(cost.low)} à {t.euros(cost.high)}"
    return f"{t.euros(cost.value)} par {noun} ({limits})."


def cerfa(told: Balance) -> str:
    """Whether the report holds every expense of the ledger, then whether its expenses and its income balance."""
    total = t.euros(told.expenses, 2)
    same = f"Le total des charges, {total}, est celui de la comptabilité, au centime près."
    if told.unplaced:
        more = f"{t.euros(abs(told.unplaced), 2)} de {'plus' if told.unplaced > 0 else 'moins'}"
        same = f"Le total des charges, {total}, n'est pas celui de la comptabilité{NBSP}: {more}, sur des comptes hors des classes 60 à 68."
    return f"{same} {_result(told)}{_set_aside(told)}{_in_kind(told)}"


def _result(told: Balance) -> str:
    if not told.result:
        return "Les charges et les produits s'équilibrent."
    more, less = ("produits", "charges") if told.result > 0 else ("charges", "produits")
    return f"Les {more} dépassent les {less} de {t.euros(abs(told.result), 2)}."


def _set_aside(told: Balance) -> str:
    if not told.set_aside:
        return ""
    return f" Les charges comprennent {t.euros(told.set_aside, 2)} de fonds dédiés (compte 689), mis de côté et non dépensés."


def _in_kind(told: Balance) -> str:
    if told.given == told.used:
        return ""
    return f" Contributions volontaires{NBSP}: {t.euros(told.used, 2)} employés (86) pour {t.euros(told.given, 2)} reçus (87)."
