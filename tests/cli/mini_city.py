"""A whole small Cité: a base of persons, a base of exits, a file of job seekers, a ledger; and what they must give, without our code."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import date
from math import hypot, sqrt

from scipy.stats import norm
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from tests.connectors import deliveries, ledgers, partner
from tests.connectors.cities import FILE_SOURCE, City

PERIOD = "2023-T2"
SEEKERS = {"QP059901": 400, "QP059902": 310, "HORS_QPV": 2100, "NON_LOCALISE": 40}
EXITS = {
    "QP059901": {"emploi_durable": 5, "emploi_transition": 4, "formation_qualifiante": 3, "chomage": 9, "abandon": 4, "neutre": 2},
    "QP059902": {"emploi_durable": 2, "alternance": 2, "chomage": 7, "neutre": 1},
    "HORS_QPV": {"emploi_durable": 21, "emploi_transition": 10, "autre_siae": 4, "chomage": 14, "abandon": 3},
}
GOOD_EXITS = {"emploi_durable", "emploi_transition", "formation_qualifiante", "autre_siae", "alternance"}
EXITS_SOURCE = """
id = "suivi"
label = "Suivi de la coordination"
kind = "sql"
url_env = "CITE_SUIVI_URL"

[[query]]
measure = "sorties_parcours"
dimension = "sortie"
file = "sorties.sql"
"""
EXITS_SQL = """
SELECT quartier AS territoire, motif AS modalite, count(*) AS effectif FROM sorties
WHERE jour >= :debut AND jour < :fin GROUP BY quartier, motif
"""
Z = float(norm.ppf(0.975))


def seekers(changed: dict[str, int] | None = None) -> bytes:
    """The job seekers at the end of both quarters."""
    counts = {**SEEKERS, **(changed or {})}
    rows = [(code, zone, "demandeurs_emploi_abc", "ensemble", "ensemble", n) for code in partner.QUARTERS for zone, n in counts.items()]
    return deliveries.csv(rows)


def build(city: City, partner_url: str) -> list[partner.Entry]:
    """Declare and fill everything; the entries of the base of persons."""
    city.environment["CITE_BASE_URL"] = partner_url
    city.environment["CITE_SUIVI_URL"] = f"sqlite:///{city.folder / 'suivi.sqlite'}"
    partner.declare(city)
    city.source("suivi", EXITS_SOURCE, sorties=EXITS_SQL)
    measures = 'expected_measures = ["demandeurs_emploi_abc"]\nnon_localise = true\n'
    city.source("france_travail", FILE_SOURCE.partition("expected_measures")[0].replace("{id}", "france_travail") + measures)
    city.source("compta", '\nid = "compta"\nlabel = "Comptabilité"\nkind = "fec"\n')
    with sqlite3.connect(city.folder / "suivi.sqlite") as base:
        base.execute("CREATE TABLE sorties (quartier TEXT, motif TEXT, jour DATE)")
        rows = [(zone, code, "2023-05-11") for zone, codes in EXITS.items() for code, n in codes.items() for _ in range(n)]
        base.executemany("INSERT INTO sorties VALUES (?, ?, ?)", rows)
    base.close()
    city.drop("france_travail", "t2.csv", seekers())
    city.drop("compta", "FEC.txt", ledgers.fec(LEDGER))
    return partner.make(partner_url)


LEDGER = [
    *ledgers.cash("1", "20230131", "641100", 15010),
    *ledgers.cash("2", "20230228", "641100", 15011),
    *ledgers.invoice("3", "20230615", "606300", 9999),
    *ledgers.invoice("4", "20230616", "622600", 2501, "AB", "20230701"),
    *ledgers.invoice("5", "20230617", "622600", 4000, "AC", "20230720"),
    *ledgers.cash("6", "20230711", "641100", 77777),
]
BUDGET = {
    # line: granted, committed, paid at the end of 10 July 2023, from the entries above
    "poste": (600.00, 300.21, 300.21),
    "actions": (400.00, 165.00, 25.01),
    "total": (1000.00, 465.21, 325.22),
}
ELAPSED = (date(2023, 7, 10) - date(2022, 12, 31)).days / 365


@dataclass(frozen=True)
class Gap:
    """What a gap must be, each number computed by other means than ours."""

    qpv: float
    rest_of_city: float
    points: float
    low: float
    high: float
    ratio: float
    parity: float
    residents_to_parity: float


def _byar(k: int, n: int) -> tuple[float, float]:
    low = k * (1 - 1 / (9 * k) - Z / (3 * sqrt(k))) ** 3 if k else 0.0
    return low / n, (k + 1) * (1 - 1 / (9 * (k + 1)) + Z / (3 * sqrt(k + 1))) ** 3 / n


def rate_gap(k1: int, n1: int, k2: int, n2: int) -> Gap:
    """Events over a stock: Byar's limits, difference by MOVER."""
    a, b = k1 / n1, k2 / n2
    (low_a, high_a), (low_b, high_b) = _byar(k1, n1), _byar(k2, n2)
    return _gap(k1, n1, k2, n2, a - b - hypot(a - low_a, high_b - b), a - b + hypot(high_a - a, b - low_b))


def proportion_gap(k1: int, n1: int, k2: int, n2: int) -> Gap:
    """Persons among persons: Newcombe's hybrid score."""
    low, high = confint_proportions_2indep(k1, n1, k2, n2, method="newcomb", compare="diff")
    return _gap(k1, n1, k2, n2, low, high)


def _gap(k1: int, n1: int, k2: int, n2: int, low: float, high: float) -> Gap:
    a, b = k1 / n1, k2 / n2
    parity = (k1 / (k1 + k2)) / (n1 / (n1 + n2))
    return Gap(100 * a, 100 * b, 100 * (a - b), 100 * low, 100 * high, a / b, parity, b * n1 - k1)


def wilson(k: int, n: int) -> tuple[float, float]:
    low, high = proportion_confint(k, n, method="wilson")
    return 100 * low, 100 * high


ZONES = {"QP059901": ("QP059901",), "QP059902": ("QP059902",), "QPV": ("QP059901", "QP059902")}
"""The zones that are compared with hors QPV, and what they are made of."""


def access(entries: list[partner.Entry]) -> dict[str, Gap]:
    """The gap of entries in PLIE for 100 job seekers."""
    counted = partner.reference(entries)
    k = {zone: counted["entrees_plie", zone, PERIOD, "ensemble", "ensemble"] for zone in partner.ZONES}
    rest = k["HORS_QPV"], SEEKERS["HORS_QPV"]
    return {zone: rate_gap(sum(k[p] for p in parts), sum(SEEKERS[p] for p in parts), *rest) for zone, parts in ZONES.items()}


def exits(*zones: str) -> tuple[int, int]:
    """Dynamic exits, and exits outside the neutral ones."""
    found = [(code, n) for zone in zones for code, n in EXITS[zone].items() if code != "neutre"]
    return sum(n for code, n in found if code in GOOD_EXITS), sum(n for _, n in found)


def dynamic_exits() -> dict[str, Gap]:
    """The gap of the share of dynamic exits."""
    return {zone: proportion_gap(*exits(*parts), *exits("HORS_QPV")) for zone, parts in ZONES.items()}
