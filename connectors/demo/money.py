"""What the grant pays, month by month: the story's amounts. How a ledger writes them is ``comptabilite``'s business.

All amounts are whole euros. 2022: 51 800 paid by 30 September, 82 570 by 31 December, 83 370 in all. 2023: 95 990 paid, 98 270 booked.
What 2022 leaves, 16 630, is set aside at its end and carried over to 2023. The City and the Département pay 15 000 and 12 000 more a year.
"""

from __future__ import annotations

from dataclasses import dataclass

GRANT, CITY, DEPARTEMENT = "CITE", "CITE-VILLE", "CITE-DEPT"
"""The analytic codes of the Cité, by who pays."""


@dataclass(frozen=True)
class Payroll:
    """The coordinator's post: gross salary and employer's charges a month, from the month given."""

    gross: int
    charges: int
    first_month: int


@dataclass(frozen=True)
class Purchases:
    """Invoices of one account, twelve monthly amounts booked and paid in the month.

    Attributes:
        waiting: month -> amount booked at its end and paid after it.
        analytic: the analytic code of who pays: the grant, or a co-funding.
    """

    account: str
    label: str
    suppliers: tuple[str, ...]
    monthly: tuple[int, ...]
    waiting: tuple[tuple[int, int], ...] = ()
    analytic: str = GRANT


@dataclass(frozen=True)
class Exercise:
    """A financed year of the Cité."""

    year: int
    payroll: Payroll
    purchases: tuple[Purchases, ...]


_SUPPORT = ("622600", "Honoraires d'accompagnement", ("Cabinet Exemple", "Coopérative Parcours fictif"))
_FREINS = ("624800", "Transports : titres de mobilité", ("Garage solidaire Exemple", "Auto-école fictive"))
_CHILDCARE = ("657100", "Aides accordées : garde d'enfants", ("Crèche Exemple",))
_NEWS = ("623600", "Catalogues et imprimés", ("Imprimerie Exemple",))

EXERCISES = (
    Exercise(
        2022,
        Payroll(2680, 800, first_month=2),
        (
            Purchases(*_SUPPORT, (0, 900, 1500, 1800, 2300, 2400, 2600, 1900, 3500, 3350, 3700, 3700), ((9, 1850),)),
            Purchases(*_FREINS, (0, 0, 200, 340, 500, 580, 700, 540, 820, 1050, 1200, 1270), ((9, 400),)),
            Purchases(*_CHILDCARE, (0, 0, 100, 180, 260, 320, 380, 280, 460, 580, 700, 730)),
            Purchases(*_NEWS, (0, 640, 0, 380, 0, 560, 0, 0, 620, 900, 0, 900)),
        ),
    ),
    Exercise(
        2023,
        Payroll(2840, 860, first_month=1),
        (
            Purchases(*_SUPPORT, (2100, 2500, 2800, 2900, 3000, 3100, 2700, 1600, 3250, 3300, 3400, 3500), ((12, 780),)),
            Purchases(*_FREINS, (450, 580, 700, 730, 790, 860, 700, 480, 860, 920, 950, 1020), ((12, 640),)),
            Purchases(*_CHILDCARE, (250, 320, 400, 420, 460, 490, 400, 270, 490, 530, 550, 580)),
            Purchases(*_NEWS, (0, 450, 0, 520, 0, 780, 0, 0, 650, 900, 0, 800)),
        ),
    ),
)

COFUNDED = (
    Purchases(
        *("613500", "Locations de salles", ("Régie municipale Exemple",)),
        (0, 600, 800, 800, 900, 900, 900, 500, 900, 900, 900, 900),
        analytic=CITY,
    ),
    Purchases(
        *("606400", "Fournitures d'ateliers", ("Papeterie Exemple",)),
        (0, 300, 500, 500, 600, 600, 600, 300, 700, 700, 700, 500),
        analytic=CITY,
    ),
    Purchases(
        *("622600", "Ateliers de remobilisation", ("Coopérative Parcours fictif",)),
        (0, 0, 900, 1200, 1200, 1200, 1200, 600, 1500, 1500, 1500, 1200),
        analytic=DEPARTEMENT,
    ),
)
"""What the co-funding pays each year, to the last euro."""
SET_ASIDE = ((2022, 16_630, (2, 28)),)
"""Year, what its grant left, and the day of the next year (month, day) when it was granted again."""
IN_KIND = (
    ("864000", "Personnel bénévole", "875000", "Bénévolat", 250),
    ("861000", "Mise à disposition gratuite de locaux", "871000", "Prestations en nature", 450),
)
"""Contributions in kind: the account and label of each side, and the amount a month."""
SUBSIDIES = (
    ("741000", "Subvention de l'État (Cité de l'emploi)", 3, 70_000, GRANT),
    ("741000", "Subvention de l'État (Cité de l'emploi)", 10, 30_000, GRANT),
    ("744000", "Subvention de la Ville", 5, 15_000, CITY),
    ("743000", "Subvention du Département", 6, 12_000, DEPARTEMENT),
)
"""Account, label, month, amount received and analytic code, each year: the State's grant, and its co-funding."""
OTHER_PAYROLL = Payroll(2950, 1050, first_month=1)
OTHER_RENT = 850
"""The association's other activities, under other analytic codes: never the Cité's."""
OPENING_CASH = 99_900
"""In the bank on 1 January 2022."""
