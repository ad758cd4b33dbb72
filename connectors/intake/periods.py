"""The cells that date a delivery: our codes, or days read as the period that holds them. A period itself is ``indicators.period``'s."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

import pandas as pd

from connectors.errors import quote
from indicators.period import Frequency, Period
from indicators.typography import joined

_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})(T00:00:00)?")
_FRENCH = re.compile(r"(?P<day>\d{1,2})/(?P<month>\d{1,2})/(?P<year>\d{4})")
_IN_A_NAME = re.compile(r"(?<![0-9A-Za-z])[12][0-9]{3}-(?:T[1-4]|S[12]|0[1-9]|1[0-2])(?![0-9A-Za-z]|-[0-9])")
_SPANS = {Frequency.MONTH: "le mois", Frequency.QUARTER: "le trimestre", Frequency.HALF: "le semestre", Frequency.YEAR: "l'année"}


@dataclass(frozen=True)
class Periods:
    """A column of periods once read: ``codes`` (text, as written where it cannot be read), ``faults`` (text -> sentence), ``notes``."""

    codes: pd.Series
    faults: dict[str, str]
    notes: tuple[str, ...]


def read_periods(column: pd.Series, started_on: date, today: date, length: Frequency) -> Periods:
    """Codes of closed periods of the Cité; a day (a spreadsheet's, or day/month/year) stands for the period of ``length`` that holds it."""
    text = column.str.strip()
    found: dict[str, str] = {}
    faults: dict[str, str] = {}
    days: set[str] = set()
    for cell in text.unique():
        written = _ISO.fullmatch(cell) or _FRENCH.fullmatch(cell)
        try:
            period = Period.of(_day(written), length) if written else Period.parse(cell)
        except ValueError:
            faults[cell] = (
                f"le {quote(cell)} n'existe pas."
                if written
                else f"« {quote(cell)} » n'est pas une période. Écrivez par exemple 2022-03 (mois), 2022-T1 (trimestre) ou 2022 (année)."
            )
            continue
        found[cell] = period.code
        if written:
            days.add("jour/mois/année" if _FRENCH.fullmatch(cell) else "année-mois-jour")
        wrong = _outside(period, started_on, today)
        if wrong:
            faults[cell] = wrong
    notes = [f"Dates lues au format {name} : chacune désigne {_SPANS[length]} qui la contient." for name in sorted(days)]
    return Periods(text.map(lambda cell: found.get(cell, cell)).astype("str"), faults, tuple(notes))


def _day(written: re.Match[str]) -> date:
    return date(int(written["year"]), int(written["month"]), int(written["day"]))


def _outside(period: Period, started_on: date, today: date) -> str | None:
    if period.first_day > today:
        return f"la période {period.code} n'est pas commencée."
    if period.last_day > today:
        return f"la période {period.code} n'est pas terminée : livrez-la après le {period.last_day:%d/%m/%Y}."
    if period.last_day < started_on:
        return f"période {period.code} antérieure au dispositif."
    return None


def not_announced(name: str, periods: list[str]) -> str | None:
    """What is wrong when a file whose name says one period holds a later one; None otherwise. Earlier ones are its history."""
    said = set(_IN_A_NAME.findall(name))
    if len(said) != 1:
        return None
    announced = Period.parse(said.pop())
    later = sorted({code for code in periods if Period.parse(code).last_day > announced.last_day})
    if not later:
        return None
    return (
        f"Le fichier annoncé pour {announced.code} contient aussi {joined(later)}. "
        f"Corrigez son nom s'il couvre {later[-1]}, ou retirez les lignes de trop."
    )
