"""A partner's database of persons, on any engine, and what it must count: computed in Python from the same persons, without SQL."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from sqlalchemy import Column, Date, Integer, MetaData, String, Table, create_engine, insert, text

from connectors import sql
from connectors.errors import CiteError
from connectors.source import Source
from indicators.period import Period
from tests.connectors.cities import City
from tests.connectors.language import english, loose

PERSONS = 900
QUARTERS = ("2023-T1", "2023-T2")
ZONES = ("QP059901", "QP059902", "HORS_QPV", "NON_LOCALISE")
_SEX = {"F": "femme", "M": "homme", None: "non_renseigne"}

metadata = MetaData()
persons = Table(
    "personnes",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("nom", String(40)),
    Column("courriel", String(80)),
    Column("sexe", String(1)),
    Column("quartier", String(12)),
    Column("commune", String(5)),
)
entries = Table(
    "entrees",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("personne", Integer),
    Column("jour", Date),
    Column("trimestre", String(7)),
)

BY_SEX = """
SELECT COALESCE(p.quartier, 'NON_LOCALISE') AS territoire, COALESCE(p.sexe, 'non_renseigne') AS modalite, count(*) AS effectif
FROM entrees e JOIN personnes p ON p.id = e.personne
WHERE e.jour >= :debut AND e.jour < :fin AND p.commune = :commune
GROUP BY p.quartier, p.sexe
"""
TO_DATE = """
SELECT COALESCE(p.quartier, 'NON_LOCALISE') AS territoire, count(DISTINCT p.id) AS effectif
FROM entrees e JOIN personnes p ON p.id = e.personne
WHERE e.jour >= :debut AND e.jour < :fin AND p.commune = :commune
GROUP BY p.quartier
"""
WHOLE = """
SELECT COALESCE(p.quartier, 'NON_LOCALISE') AS territoire, e.trimestre AS periode, count(*) AS effectif
FROM entrees e JOIN personnes p ON p.id = e.personne
WHERE e.jour >= :debut AND e.jour < :fin AND p.commune = :commune
GROUP BY p.quartier, e.trimestre
"""
DECLARATION = """
id = "base"
label = "Base du partenaire"
kind = "sql"
url_env = "CITE_BASE_URL"
qpv_method = "adresse"
non_localise = true
contact = "la responsable du système d'information"
statement_timeout_seconds = 1

[[query]]
measure = "entrees_plie"
dimension = "sexe"
file = "par_sexe.sql"

[[query]]
measure = "habitants_reperes"
window = "year_to_date"
file = "reperes.sql"

[[query]]
measure = "entrees_formation"
window = "all"
file = "formation.sql"

[codes.sexe]
F = "femme"
M = "homme"
"""


@dataclass(frozen=True)
class Entry:
    person: int
    day: date
    sex: str
    zone: str
    commune: str


def make(url: str, seed: int = 1) -> list[Entry]:
    """Create and fill the database; the entries as Python sees them. No woman of Le Port enters in the second quarter."""
    draw = random.Random(seed)
    people, moves, seen = [], [], []
    for number in range(1, PERSONS + 1):
        sex, zone = draw.choice(("F", "M", "F", "M", None)), draw.choice((*ZONES[:3], None, "HORS_QPV"))
        commune = "59999" if draw.random() < 0.9 else "59998"
        people.append(
            {
                "id": number,
                "nom": f"Nom{number}",
                "courriel": f"p{number}@exemple.fr",
                "sexe": sex,
                "quartier": zone,
                "commune": commune,
            }
        )
        for _ in range(draw.choice((0, 1, 1, 2))):
            day = date(2022, 12, 1) + timedelta(days=draw.randrange(240))
            if zone == "QP059902" and sex == "F" and day >= date(2023, 4, 1):
                continue
            quarter = f"{day.year}-T{(day.month - 1) // 3 + 1}"
            moves.append({"id": len(moves) + 1, "personne": number, "jour": day, "trimestre": quarter})
            seen.append(Entry(number, day, _SEX[sex], zone or "NON_LOCALISE", commune))
    engine = create_engine(url)
    metadata.create_all(engine)
    with engine.begin() as connection:
        connection.execute(insert(persons), people)
        connection.execute(insert(entries), moves)
    engine.dispose()
    return seen


def inside(found: list[Entry], first: date, last: date) -> Iterator[Entry]:
    return (entry for entry in found if first <= entry.day <= last and entry.commune == "59999")


def reference(found: list[Entry]) -> dict[tuple[str, str, str, str, str], int]:
    """Every count expected, zeros included: (measure, zone, period, dimension, category)."""
    counts: Counter[tuple[str, str, str, str, str]] = Counter()
    for code in QUARTERS:
        period = Period.parse(code)
        for zone in ZONES:
            for measure in ("entrees_plie", "entrees_formation", "habitants_reperes"):
                counts[measure, zone, code, "ensemble", "ensemble"] = 0
            for sex in _SEX.values():
                counts["entrees_plie", zone, code, "sexe", sex] = 0
        for entry in inside(found, period.first_day, period.last_day):
            counts["entrees_plie", entry.zone, code, "sexe", entry.sex] += 1
            for measure in ("entrees_plie", "entrees_formation"):
                counts[measure, entry.zone, code, "ensemble", "ensemble"] += 1
        for _, zone in {(entry.person, entry.zone) for entry in inside(found, date(2023, 1, 1), period.last_day)}:
            counts["habitants_reperes", zone, code, "ensemble", "ensemble"] += 1
    return dict(counts)


def declare(city: City, **queries: str) -> Source:
    """The source with its good queries, unless another is given for all three."""
    return city.source("base", DECLARATION, **{"par_sexe": BY_SEX, "reperes": TO_DATE, "formation": WHOLE} | queries)


def refused(kind: type[CiteError], city: City, **queries: str) -> str:
    with pytest.raises(kind) as caught:
        sql.extract(declare(city, **queries), city.context, city.environment)
    message = str(caught.value)
    assert english(message) == []
    assert loose(message) == []
    return message


def run(url: str, *statements: str) -> None:
    engine = create_engine(url)
    with engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()
