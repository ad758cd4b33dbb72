"""What an audience received before: read from the editions it was given, whatever happened to the figures since."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from connectors.store import Archive
from indicators.meeting import Audience
from indicators.network import LINKS, ORIENTATIONS
from indicators.period import Period
from indicators.release.gate import Told
from indicators.release.plain import memory_from_plain
from indicators.release.release import Memory


@dataclass(frozen=True)
class Seen:
    """An edition that an audience was given: the quarter it covers, and the instant its figures are of."""

    id: str
    period: Period
    at: datetime


@dataclass(frozen=True)
class Remembered:
    """Everything an audience was given, oldest first.

    Attributes:
        figures: the memory of the figures; links: what was told of each pair of networks, judged apart.
    """

    seen: tuple[Seen, ...]
    figures: Memory
    links: tuple[Told, ...]


def remembered(archive: Archive, audience: Audience) -> Remembered:
    """What an audience was given; ``StoreError`` when an edition cannot be read: nothing may be shown to it then."""
    editions = archive.editions()
    mine = editions[editions["audience"] == audience.value].sort_values(["frozen_at", "id"])
    if mine.empty:
        return Remembered((), Memory(), ())
    columns = zip(mine["id"], mine["period"], mine["frozen_at"], strict=True)
    seen = tuple(Seen(str(name), Period.parse(str(period)), at.to_pydatetime()) for name, period, at in columns)
    memory = memory_from_plain(json.loads(archive.edition(seen[-1].id))["knowledge"])
    links = tuple(item for item in memory.told if item.claim[0].dimension == LINKS)
    figures = tuple(item for item in memory.told if item.claim[0].dimension != LINKS)
    return Remembered(seen, replace(memory, told=figures, last=seen[-1].id), links)


def about_links(told: Iterable[Told]) -> list[Told]:
    """What is told of all the orientations between partners, which the pairs of networks add up to."""
    return [item for item in told if len(item.claim) == 1 and item.claim[0].measure == ORIENTATIONS]
