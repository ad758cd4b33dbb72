"""The association's accounts: one FEC per exercise, as its software exports it on a day, the Cité being one analytic code among others.

A debt is lettered when it is paid: an export made before shows an invoice booked and not yet paid.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from io import StringIO

from connectors.demo import money

OTHER, HEAD_OFFICE = "CLAUSE", "SIEGE"
HEADER = (
    *("JournalCode", "JournalLib", "EcritureNum", "EcritureDate", "CompteNum", "CompteLib", "CompAuxNum", "CompAuxLib", "PieceRef"),
    *("PieceDate", "EcritureLib", "Debit", "Credit", "EcritureLet", "DateLet", "ValidDate", "Montantdevise", "Idevise"),
    "CodeAnalytique",
)
JOURNALS = {"AN": "À nouveaux", "AC": "Achats", "PA": "Paie", "BQ": "Banque", "OD": "Opérations diverses"}
BANK = ("512000", "Banque")
SET_ASIDE = ("194000", "Fonds dédiés sur subventions d'exploitation")


@dataclass(frozen=True)
class Line:
    """One line of an entry; ``cents`` is positive on the debit side."""

    account: str
    label: str
    cents: int
    supplier: str = ""
    analytic: str = ""
    letter: str = ""
    settled: date | None = None


@dataclass(frozen=True)
class Entry:
    """A balanced entry."""

    journal: str
    day: date
    text: str
    lines: tuple[Line, ...]


def export(year: int, on: date) -> bytes:
    """The FEC of an exercise exported at the end of day ``on``: entries booked and debts paid by then. Pipe-separated, UTF-8."""
    text = StringIO()
    writer = csv.writer(text, delimiter="|", lineterminator="\r\n")
    writer.writerow(HEADER)
    numbers: Counter[str] = Counter()
    for entry in _entries(year):
        numbers[entry.journal] += 1
        if entry.day <= on:
            writer.writerows(_row(entry, f"{entry.journal}{numbers[entry.journal]:05d}", line, on) for line in entry.lines)
    return text.getvalue().encode()


def file_name(year: int) -> str:
    """The legal name of the file, with a company number that nobody has."""
    return f"000000000FEC{year}1231.txt"


def _row(entry: Entry, number: str, line: Line, on: date) -> tuple[str, ...]:
    day = f"{entry.day:%Y%m%d}"
    paid = line.settled is not None and line.settled <= on
    third = f"F{sum(line.supplier.encode()) % 900 + 100}" if line.supplier else ""
    return (
        *(entry.journal, JOURNALS[entry.journal], number, day, line.account, line.label, third, line.supplier, number, day, entry.text),
        *(_amount(max(line.cents, 0)), _amount(max(-line.cents, 0))),
        *((line.letter, f"{line.settled:%Y%m%d}") if paid else ("", "")),
        *(day, "", "", line.analytic),
    )


def _amount(cents: int) -> str:
    return f"{cents // 100},{cents % 100:02d}"


def _entries(year: int) -> list[Entry]:
    """Every entry of a year, by day then journal."""
    previous = [_debts_of(entry) for entry in _dated(year - 1)] if year > money.EXERCISES[0].year else []
    carried = [entry for group in previous for entry in group if entry.day.year == year]
    found = [*_dated(year), *(payment for entry in _dated(year) for payment in _debts_of(entry)), *carried]
    order = list(JOURNALS)
    kept = sorted(
        (entry for entry in found if entry.day.year == year), key=lambda entry: (entry.day, order.index(entry.journal), entry.text)
    )
    return [_opening(year), *kept]


def _debts_of(entry: Entry) -> list[Entry]:
    """The bank entries that pay the debts of an entry."""
    return [
        Entry("BQ", line.settled, f"Règlement {entry.text}", (replace(line, cents=-line.cents), Line(*BANK, line.cents)))
        for line in entry.lines
        if line.settled is not None and line.account.startswith("4")
    ]


def _opening(year: int) -> Entry:
    """Balances brought forward: the bank, what is owed, and the difference as retained result."""
    lines = [Line(*BANK, money.OPENING_CASH * 100)]
    if year > money.EXERCISES[0].year:
        before = _entries(year - 1)
        cash = sum(line.cents for entry in before for line in entry.lines if line.account == BANK[0])
        owed = [line for entry in _dated(year - 1) for line in entry.lines if line.settled is not None and line.settled.year == year]
        kept = [Line(*SET_ASIDE, -amount * 100) for ended, amount, _ in money.SET_ASIDE if ended == year - 1]
        lines = [Line(*BANK, cash), *owed, *kept]
    lines.append(Line("110000", "Report à nouveau", -sum(line.cents for line in lines)))
    return Entry("AN", date(year, 1, 1), "Reprise des soldes", tuple(lines))


def _dated(year: int) -> list[Entry]:
    """Entries of a year other than payments of debts and the opening."""
    exercise = next(item for item in money.EXERCISES if item.year == year)
    return [
        *_payroll(year, exercise.payroll, money.GRANT),
        *_payroll(year, money.OTHER_PAYROLL, OTHER),
        *(entry for purchases in (*exercise.purchases, *money.COFUNDED) for entry in _purchases(year, purchases)),
        *_rent(year),
        *_subsidies(year),
        *_set_aside(year),
        *_in_kind(year),
    ]


def _payroll(year: int, post: money.Payroll, analytic: str) -> Iterator[Entry]:
    for month in range(post.first_month, 13):
        key = f"{analytic[0]}{year % 100}{month:02d}"
        following = date(year + month // 12, month % 12 + 1, 15)
        salary = Line("421000", "Personnel, rémunérations dues", -post.gross * 100, letter=f"S{key}", settled=date(year, month, 28))
        charges = Line("431000", "Sécurité sociale", -post.charges * 100, letter=f"U{key}", settled=following)
        cost = Line("641000", "Rémunérations du personnel", post.gross * 100, analytic=analytic)
        social = Line("645000", "Charges de sécurité sociale", post.charges * 100, analytic=analytic)
        yield Entry("PA", date(year, month, 28), f"Salaires {month:02d}/{year} {analytic}", (cost, salary))
        yield Entry("PA", date(year, month, 28), f"Cotisations {month:02d}/{year} {analytic}", (social, charges))


def _purchases(year: int, purchases: money.Purchases) -> Iterator[Entry]:
    waiting = dict(purchases.waiting)
    for month, amount in enumerate(purchases.monthly, 1):
        first = round(amount * 100 * 0.617)
        for rank, cents in enumerate((first, amount * 100 - first)):
            if cents:
                yield _invoice(purchases, rank + month, date(year, month, 5 + 4 * rank), cents, date(year, month, 25))
        if month in waiting:
            yield _invoice(purchases, month, date(year, month, 22), waiting[month] * 100, date(year + month // 12, month % 12 + 1, 10))


def _invoice(purchases: money.Purchases, rank: int, day: date, cents: int, paid: date) -> Entry:
    supplier = purchases.suppliers[rank % len(purchases.suppliers)]
    payer = "" if purchases.analytic == money.GRANT else purchases.analytic[-1]
    letter = f"F{purchases.account[:4]}{payer}{day:%y%m%d}"
    cost = Line(purchases.account, purchases.label, cents, analytic=purchases.analytic)
    debt = Line("401000", "Fournisseurs", -cents, supplier, letter=letter, settled=paid)
    return Entry("AC", day, f"Facture {supplier} {letter}", (cost, debt))


def _rent(year: int) -> Iterator[Entry]:
    for month in range(1, 13):
        cost = Line("613200", "Locations immobilières", money.OTHER_RENT * 100, analytic=HEAD_OFFICE)
        yield Entry("BQ", date(year, month, 3), f"Loyer {month:02d}/{year}", (cost, Line(*BANK, -money.OTHER_RENT * 100)))


def _subsidies(year: int) -> Iterator[Entry]:
    for account, label, month, amount, analytic in money.SUBSIDIES:
        income = Line(account, label, -amount * 100, analytic=analytic)
        yield Entry("BQ", date(year, month, 10), f"{label} {year}", (Line(*BANK, amount * 100), income))


def _set_aside(year: int) -> Iterator[Entry]:
    """What a grant left, taken out of the result of its year and brought back in the next."""
    for ended, amount, (month, day) in money.SET_ASIDE:
        if ended == year:
            kept = Line("689400", "Reports en fonds dédiés sur subventions", amount * 100, analytic=money.GRANT)
            yield Entry("OD", date(year, 12, 31), f"Fonds dédiés {year}", (kept, Line(*SET_ASIDE, -amount * 100)))
        if ended == year - 1:
            used = Line("789400", "Utilisations de fonds dédiés sur subventions", -amount * 100, analytic=money.GRANT)
            yield Entry("OD", date(year, month, day), f"Report accordé de {ended}", (Line(*SET_ASIDE, amount * 100), used))


def _in_kind(year: int) -> Iterator[Entry]:
    for month in range(1, 13):
        for used, used_label, given, given_label, amount in money.IN_KIND:
            lines = (
                Line(used, used_label, amount * 100, analytic=money.GRANT),
                Line(given, given_label, -amount * 100, analytic=money.GRANT),
            )
            yield Entry("OD", date(year, month, 28), f"{given_label} {month:02d}/{year}", lines)
