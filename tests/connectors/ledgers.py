"""Ledgers (FEC) built entry by entry, as an accounting program exports them, in each way the law allows."""

from __future__ import annotations

import random
from dataclasses import dataclass
from decimal import Decimal

NAMES = (
    *("JournalCode", "JournalLib", "EcritureNum", "EcritureDate", "CompteNum", "CompteLib", "CompAuxNum", "CompAuxLib", "PieceRef"),
    *("PieceDate", "EcritureLib", "Debit", "Credit", "EcritureLet", "DateLet", "ValidDate", "Montantdevise", "Idevise"),
)


@dataclass(frozen=True)
class Line:
    """A line of an entry: ``cents`` positive on the debit side, negative on the credit side."""

    number: str
    day: str
    account: str
    cents: int
    letter: str = ""
    lettered: str = ""
    journal: str = "ACH"
    analytic: str = ""


def euros(cents: int) -> str:
    return f"{Decimal(cents).scaleb(-2):.2f}".replace(".", ",")


def fec(lines: list[Line], separator: str = "\t", encoding: str = "utf-8", *, variant: str = "", analytic: bool = False) -> bytes:
    """The bytes of a FEC; ``variant``: the two signs of Montant and Sens, « DC » or « +- »."""
    names = [{"Debit": "Montant", "Credit": "Sens"}.get(name, name) if variant else name for name in NAMES]
    rows = [[*names, "CodeAnalytique"] if analytic else names]
    for line in lines:
        sides = [euros(max(line.cents, 0)), euros(max(-line.cents, 0))]
        if variant:
            sides = [euros(abs(line.cents)), ({"DC": "DC", "+-": ("+1", "-1")}[variant])[line.cents < 0]]
        texts = [line.journal, "Achats réglés", line.number, line.day, line.account, "Libellé", "", "", "P1", line.day, "Café, été", *sides]
        rows.append([*texts, line.letter, line.lettered, line.day, "", "", *([line.analytic] if analytic else [])])
    return "".join(separator.join(row) + "\r\n" for row in rows).encode(encoding)


def invoice(number: str, day: str, account: str, cents: int, letter: str = "", lettered: str = "", analytic: str = "") -> list[Line]:
    """A supplier's invoice; paid when its debt is lettered. A credit note has negative cents."""
    expense = Line(number, day, account, cents, analytic=analytic)
    return [expense, Line(number, day, "401000", -cents, letter, lettered)]


def cash(number: str, day: str, account: str, cents: int) -> list[Line]:
    """An expense paid at once."""
    return [Line(number, day, account, cents, journal="BQ"), Line(number, day, "512000", -cents, journal="BQ")]


def several(seed: int) -> tuple[list[Line], dict[tuple[str, str], tuple[int, int]]]:
    """A year of entries at random, and (line of the budget, month) -> (committed, paid by the end of the year) in cents."""
    draw = random.Random(seed)
    lines: list[Line] = []
    expected: dict[tuple[str, str], tuple[int, int]] = {}
    for number in range(draw.randrange(5, 40)):
        month, kind = draw.randrange(1, 13), draw.choice(("cash", "open", "lettered", "note"))
        day, code = f"2023{month:02d}{draw.randrange(1, 29):02d}", f"{number:04d}"
        shares = [(draw.choice(("641100", "606300", "622600")), draw.randrange(1, 9999)) for _ in range(draw.choice((1, 1, 3)))]
        sign = -1 if kind == "note" else 1
        journal = "BQ" if kind == "cash" else "ACH"
        other, letter = ("512000", ("", "")) if kind == "cash" else ("401000", ("AA", day) if kind in {"lettered", "note"} else ("", ""))
        lines += [Line(code, day, account, sign * cents, journal=journal) for account, cents in shares]
        lines.append(Line(code, day, other, -sign * sum(cents for _, cents in shares), *letter, journal=journal))
        for account, cents in shares:
            key = ("poste" if account.startswith("64") else "actions", day[:6])
            committed, paid = expected.get(key, (0, 0))
            expected[key] = (committed + sign * cents, paid + (0 if kind == "open" else sign * cents))
    return lines, expected
