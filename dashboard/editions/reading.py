"""An edition as it is read: its header, its pages by what can be chosen on them. The bytes come from the store, verified."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from functools import lru_cache
from typing import Any

from connectors.calendar import PARIS
from connectors.store import Archive
from dashboard.content.blocks import Block, from_json
from dashboard.content.choice import LETTERS, Choice, parsed
from dashboard.content.offers import ALL
from dashboard.data import Desk, set_apart
from indicators import typography as t
from indicators.canonical import digest
from indicators.meeting import Audience
from indicators.meeting_text import AUDIENCES
from indicators.period import Period

ORDER = ("indicator", "level", "exercise", "closing", "period", "zone", "view")
"""In which order what can be chosen narrows what is left."""


@dataclass(frozen=True)
class EditionRead:
    """An edition opened: ``content`` as frozen, ``sha256`` of its bytes."""

    id: str
    sha256: str
    content: Mapping[str, Any]

    @property
    def audience(self) -> Audience:
        """Who it is for."""
        return Audience(self.content["edition"]["audience"])

    @property
    def frozen_at(self) -> datetime:
        """When it was frozen, in Paris."""
        return datetime.fromisoformat(self.content["edition"]["frozen_at"]).astimezone(PARIS)

    @property
    def stamp(self) -> str:
        """What identifies it on every page, in French."""
        period = t.period_label(Period.parse(self.content["edition"]["period"]))
        day = t.date_short(self.frozen_at.date())
        return f"Édition {self.id}{t.NBSP}: {AUDIENCES[self.audience]}, arrêté au {period}, figée le {day}, empreinte {self.sha256[:12]}"

    def addresses(self, page: str) -> list[str]:
        """The addresses of a page that it holds, in reading order (the order they were written in is that of the keys)."""
        return [address for address in self.content["pages"] if parsed(address)[0] == page]

    def options(self, page: str, chosen: Mapping[str, str], name: str) -> dict[str, str]:
        """What may be chosen for one of the choices of a page, given the others: code to French label; ``ALL`` where it may be left out."""
        found = dict.fromkeys(getattr(choice, name) or ALL for choice in self._left(page, chosen))
        labels = dict(self.content["labels"].get(LETTERS[name], []))
        order = list(labels)
        codes = sorted(found, key=lambda code: order.index(code) if code in order else len(order))
        return {code: labels.get(code, code) for code in codes}

    def blocks(self, page: str, chosen: Mapping[str, str]) -> list[Block] | None:
        """The blocks of the first page that agrees with what is chosen; None when the edition holds none."""
        left = [address for address in self.addresses(page) if _agrees(parsed(address)[1], chosen)]
        return from_json(self.content["pages"][left[0]]) if left else None

    def _left(self, page: str, chosen: Mapping[str, str]) -> list[Choice]:
        return [choice for choice in (parsed(address)[1] for address in self.addresses(page)) if _agrees(choice, chosen)]


def _agrees(choice: Choice, chosen: Mapping[str, str]) -> bool:
    return all((getattr(choice, item.name) or ALL) == chosen[item.name] for item in fields(choice) if item.name in chosen)


def open_edition(desk: Desk, wanted: str) -> EditionRead:
    """An edition by its identifier; ``StoreError`` when it does not exist or is damaged. Parsed once: it never changes."""
    return _opened(desk.store.archive, wanted)


@lru_cache(maxsize=8)
def _opened(archive: Archive, wanted: str) -> EditionRead:
    content = archive.edition(wanted)
    opened = EditionRead(wanted, digest(content), json.loads(content))
    set_apart()
    return opened


def listed(desk: Desk) -> dict[str, str]:
    """The editions that may be read, the latest first: identifier to what a list says of it."""
    editions = desk.store.archive.editions().sort_values(["seance", "frozen_at", "audience"], ascending=False)
    columns = zip(editions["id"], editions["audience"], editions["seance"], editions["period"], strict=True)
    return {
        str(name): f"{t.french(AUDIENCES[Audience(audience)]).capitalize()}, séance {seance} ({t.period_label(Period.parse(period))})"
        for name, audience, seance, period in columns
    }
