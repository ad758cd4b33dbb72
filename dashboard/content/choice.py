"""What a reader may choose on a page, and the key of a choice: the address of the page that shows it. What is offered is elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from urllib.parse import parse_qsl, quote, urlsplit

LETTERS: Mapping[str, str] = {
    "period": "t",
    "zone": "z",
    "view": "v",
    "exercise": "e",
    "closing": "a",
    "indicator": "i",
    "level": "n",
}
"""The parameter of the address that carries each choice. Kept editions are read by them: a letter never changes its meaning."""


@dataclass(frozen=True)
class Choice:
    """What was chosen, by codes; empty where the page offers no such choice.

    Attributes:
        period: the period read, ``2022-T3``; of an indicator by year, ``2022``.
        zone: ``QPV`` or the code of one. view: a view of the page, ``evolution``.
        exercise: the year of the grant. closing: the quarter at whose end it is read.
        indicator: the code of a sheet. level: the level that a list is held to, ``tous`` for all.
    """

    period: str = ""
    zone: str = ""
    view: str = ""
    exercise: str = ""
    closing: str = ""
    indicator: str = ""
    level: str = ""


def key(page: str, choice: Choice) -> str:
    """The address of a page as chosen: ``/droit-commun?t=2022-T3&v=evolution&z=QPV``, letters sorted, empty choices left out."""
    told = sorted((LETTERS[item.name], getattr(choice, item.name)) for item in fields(choice))
    query = "&".join(f"{letter}={quote(code, safe='')}" for letter, code in told if code)
    return f"{page}?{query}" if query else page


def parsed(address: str) -> tuple[str, Choice]:
    """The page and the choice of an address that ``key`` made; other parameters are left out."""
    parts, names = urlsplit(address), {letter: name for name, letter in LETTERS.items()}
    chosen = {names[letter]: code for letter, code in parse_qsl(parts.query) if letter in names}
    return parts.path, Choice(**chosen)
