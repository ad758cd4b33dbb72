"""The French sentences of money: pace, levels, plan, carry-over, co-funding, costs per person, financial report. Rows in, texts out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from indicators import typography as t
from indicators.cerfa import Balance
from indicators.grant import Grant
from indicators.sentences import capital
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
    """A line of the grant beside the linear pace, in points of its own amount: « 23 points sous le rythme linéaire ».

    The spending plan is that of the whole grant: it says nothing of a line.
    """
    if abs(row.advance_points) <= ON_PACE:
        return "au rythme linéaire"
    size = t.points(row.advance_points, 0, sign=False)
    return f"{size} {'au-dessus du' if row.advance_points > 0 else 'sous le'} rythme linéaire"


def standing(row: BudgetRow) -> str:
    """The whole grant beside its spending plan, or the linear pace without a plan, in euros: « 14 220 € sous le plan de dépense »."""
    measure = "plan de dépense" if row.planned is not None else "rythme linéaire"
    if abs(row.judged_points) <= ON_PACE:
        return f"au rythme {'du plan' if row.planned is not None else 'linéaire'}"
    return _distance(row.paid - row.expected, measure)


def _beside_plan(paid: Decimal, planned: Decimal) -> str:
    return f"{_distance(paid - planned, 'plan de dépense')} ({t.euros(planned)} à cette date)"


def _plan_is_all(row: BudgetRow) -> bool:
    """Whether the exercise is over and its plan was to spend all: what is left is then the distance to the plan."""
    return row.elapsed_share >= 1 and row.planned == row.usable


def _distance(ahead: Decimal, measure: str) -> str:
    if t.rounded(ahead) == 0:
        return f"au niveau du {measure}"
    return f"{t.euros(abs(ahead))} {'au-dessus du' if ahead > 0 else 'sous le'} {measure}"


def spent(row: BudgetRow) -> str:
    """What is paid on what may be: « 95 990 € dépensés sur 116 630 € disponibles », or on the grant when nothing is carried over."""
    what = "disponibles" if row.carried_over else "de subvention"
    return f"{t.euros(row.paid)} dépensés sur {t.euros(row.usable)} {what}"


def budget(row: BudgetRow, year: int, on: date) -> str:
    """What is paid of what is available, the distance to the plan and to the linear pace, and the year-end range, all in euros."""
    made_of = f" ({t.euros(row.granted)} de subvention et {t.euros(row.carried_over)} reportés)" if row.carried_over else ""
    share = f", soit {t.percent(100 * float(row.paid / row.usable))}" if row.usable else ""
    head = f"{spent(row)}{made_of}{share}"
    planned = [] if row.planned is None or _plan_is_all(row) else [_beside_plan(row.paid, row.planned)]
    if row.elapsed_share >= 1:
        left = f"{t.euros(row.usable - row.paid)} non dépensés" if row.paid < row.usable else "tout est dépensé"
        return f"Exercice {year} clos{NBSP}: {head}{NNBSP}; {', '.join([left, *planned])}."
    linear = _distance(row.ahead, "rythme linéaire" + (" de la subvention" if row.carried_over else ""))
    text = f"Au {t.date_short(on)}, {head}{NNBSP}; {t.joined([*planned, linear])}."
    if row.projected_low is None or row.projected_high is None:
        return text
    low, high = (t.euros(1000 * t.rounded(amount / 1000)) for amount in (row.projected_low, row.projected_high))
    end = f"vers {low}" if low == high else f"entre {low} et {high}"
    return f"{text} Au rythme des trois derniers mois, l'année finirait {end}, au millier d'euros près."


def budget_title(row: BudgetRow, year: int) -> str:
    """The finding of the budget page."""
    return f"Budget {year}{NBSP}: {spent(row)}, {'exercice clos' if row.elapsed_share >= 1 else standing(row)}"


def levels(rows: Sequence[LevelRow], on: date) -> str:
    """What each level was paid and its share: « 33 000 € pour le niveau 1 (63,8 %) »; empty while nothing is paid."""
    if not any(row.paid for row in rows):
        return ""
    said = [f"{t.euros(row.paid)} pour le niveau {row.level} ({t.percent(100 * row.share, 1)})" for row in rows]
    return f"Dépensé au {t.date_short(on)}, par niveau{NBSP}: {t.joined(said)}."


def reading(row: BudgetRow) -> str:
    """What « au rythme » means, and what the spending is judged against."""
    text = f"Rythme linéaire{NBSP}: la même somme chaque jour de l'exercice. «{NBSP}Au rythme{NBSP}»{NBSP}: à 10 points près."
    if row.planned is not None:
        text += " L'ensemble est comparé au plan de dépense déclaré. Les lignes, qui n'en ont pas, le sont au rythme linéaire."
    return text if row.elapsed_share >= 1 else f"{text} {NOT_A_FORECAST}"


def carry_over(row: BudgetRow, grant: Grant) -> str:
    """Where the carry-over comes from, and the share of the grant alone that is spent (B1); empty when nothing is carried over yet."""
    if not row.carried_over:
        return ""
    reference = f" ({grant.carried_over_reference})" if grant.carried_over_reference else ""
    head = f"Report de {grant.exercise - 1}{NBSP}: {t.euros(row.carried_over)} accordés{reference}, qu'aucune ligne ne se partage."
    if not row.granted:
        return head
    return f"{head} Rapportée à la seule subvention (indicateur B1), la dépense est de {t.percent(100 * row.used_share, 1)}."


def paid_late(amount: Decimal, last_day: date) -> str:
    """What was paid after the exercise, which counts in no exercise; empty when nothing was."""
    if not amount:
        return ""
    day = t.date_short(last_day)
    return (
        f"Payé après le {day}{NBSP}: {t.euros(amount, 2)}. Cette somme, engagée avant, ne compte dans la dépense d'aucun exercice "
        "ni dans les coûts par personne."
    )


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
    head = f"Cofinancements {grant.exercise}{NBSP}: {t.euros(notified)} notifiés{ratio}"
    told = [
        f"{t.euros(sum((x for x in amounts if x is not None), Decimal(0)))} {word}"
        for word, amounts in (("reçus", [row.received for row in rows]), ("dépensés", [row.spent for row in rows]))
        if None not in amounts
    ]
    return f"{head}{NNBSP}; {t.joined(told)} au {t.date_short(on)}." if told else f"{head}."


def unit_cost(cost: Figure, noun: str) -> str:
    """« 1 284 € par entrée en parcours (intervalle à 95 % : de 1 050 à 1 570 €) », or why there is none; ``noun`` is what is counted."""
    if not cost.known:
        return f"Coût par {noun}{NBSP}: {cost.reason or t.absent(cost.status)}."
    limits = f"intervalle à 95{NBSP}%{NBSP}: de {t.number(cost.low)} à {t.euros(cost.high)}"
    return f"{t.euros(cost.value)} par {noun} ({limits})."


def cerfa(told: Balance) -> str:
    """Whether each class of the report is that of the ledger, then whether its expenses and its income balance."""
    totals = f"les charges ({t.euros(told.expenses, 2)}) et les produits ({t.euros(told.income, 2)})"
    if told.differences:
        classes = [f"{t.euros(abs(more), 2)} de {'plus' if more > 0 else 'moins'} en classe {head}" for head, more in told.differences]
        same = f"La comptabilité diffère du tableau, {totals}{NBSP}: {t.joined(classes)}."
    else:
        same = f"{capital(totals)} sont ceux de la comptabilité, au centime près, classe par classe (60 à 68, 70 à 79, 86 et 87)."
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
