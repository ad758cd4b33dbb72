"""From the tables of a case to the project's figures: counts and providers in, Values and Gaps out."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pandas as pd

from indicators import compute, gaps, money, published, registry, schemas
from indicators.cube import Provider, build
from indicators.frames import COUNTS_COLUMNS, EXPENSES_COLUMNS, PUBLISHED_COLUMNS, VALUES_KEY
from indicators.grant import Cofunding, Grant, GrantLine
from indicators.period import Period
from tests.spec.table import Case
from tests.unit.test_territory import CITY

ZONES = {"A": "QP062901", "B": "QP062902", "C": "QN06201N", "HORS": "HORS_QPV", "NL": "NON_LOCALISE"}
"""A and B are the QPVs until 2023, C the one since 2024; QPV and VILLE are written as they are."""
DEFAULT_SOURCE = "source"


def counts(case: Case) -> pd.DataFrame:
    """The rows of « counts » tables: a column per zone, s for a hidden count, nothing for one that did not come."""
    rows = []
    for measure, line in case.named("counts"):
        dimension, _, category = (line.get("category") or "ensemble/ensemble").partition("/")
        for zone, cell in line.items():
            if zone in {"source", "period", "category"} or not cell:
                continue
            value, status = (None, "secret") if cell == "s" else (int(cell), "ok")
            rows.append(
                [line.get("source") or DEFAULT_SOURCE, measure, ZONES.get(zone, zone), line["period"], dimension, category, value, status]
            )
    frame = pd.DataFrame(rows, columns=COUNTS_COLUMNS).astype({"value": "Int64"})
    return schemas.COUNTS.validate(frame.astype(dict.fromkeys((*COUNTS_COLUMNS[:6], "status"), "str")), lazy=True)


def told_by_others(case: Case) -> pd.DataFrame:
    """The rows of « published » tables: a column per zone, s for a withheld value."""
    rows = []
    for measure, line in case.named("published"):
        for zone, cell in line.items():
            if zone == "vintage" or not cell:
                continue
            value, status = (None, "secret") if cell == "s" else (float(cell), "ok")
            rows.append(["fiches", measure, ZONES.get(zone, zone), line["vintage"], value, status, ""])
    return pd.DataFrame(rows, columns=PUBLISHED_COLUMNS)


def providers(case: Case) -> list[Provider] | None:
    """Who is expected, when the case says it; else whoever is seen."""
    rows = case.named("provider")
    return [
        Provider(source, line["measure"], date.fromisoformat(line["since"]) if line["since"] else None) for source, line in rows
    ] or None


def compute_case(case: Case) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Values and Gaps of the periods that the case expects something of, by their keys."""
    wanted = {line["period"] for word in ("value", "gap") for _, table in case.about(word) for _, line in table.rows}
    periods = [Period.parse(code) for code in sorted(wanted)]
    indicators, measures = registry.indicators(), registry.measures()
    cube = build(counts(case), measures, CITY, periods, providers(case))
    counted = compute.values(cube, indicators.values(), measures, CITY, periods)
    others = published.values(told_by_others(case), indicators.values())
    values = pd.concat([counted, others], ignore_index=True) if len(others) else counted
    found = gaps.gaps(values, indicators)
    return values.set_index(VALUES_KEY), found.set_index(VALUES_KEY)


def ledger(case: Case) -> pd.DataFrame:
    """The rows of the « ledger » table: one line of the grant, two days, two amounts in euros."""
    rows = []
    for number, (line, cell) in enumerate(case.named("ledger")):
        cents = [int(Decimal(cell[name]).scaleb(2)) for name in ("committed", "paid")]
        rows.append([2022, f"E{number}", cell["booked"], cell["paid on"] or None, line, "1", "60", *cents])
    text = dict.fromkeys(("reference", "line", "level", "account"), "str")
    days = dict.fromkeys(("date", "paid_on"), "datetime64[us]")
    return pd.DataFrame(rows, columns=EXPENSES_COLUMNS).astype({**text, **days, "exercise": int, "committed": int, "paid": int})


def grant_of(case: Case) -> Grant:
    """The rows of the « grant » table, one a line, and those of the « cofunding » table, both in euros."""
    rows = case.named("grant")
    first, last = (date.fromisoformat(rows[0][1][name]) for name in ("first", "last"))
    lines = tuple(GrantLine(code, code, line.get("level", "1"), Decimal(line["amount"])) for code, line in rows)
    others = tuple(Cofunding(code, code, Decimal(line["notified"])) for code, line in case.named("cofunding"))
    return Grant(2022, first, last, sum((line.amount for line in lines), Decimal(0)), lines, cofunding=others or None)


def money_of(case: Case, on: str, period: str) -> pd.DataFrame:
    """The money rows of a period, read at the end of a day, by their keys."""
    read, known = Period.parse(period), registry.measures()
    cube = build(counts(case), known, CITY, [read], providers(case))
    counted = compute.values(cube, registry.indicators().values(), known, CITY, [read])
    frames = money.values(ledger(case), [grant_of(case)], counted, [read], date.fromisoformat(on))
    return pd.concat(frames).set_index(VALUES_KEY)
