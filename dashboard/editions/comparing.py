"""What changed since the edition that the same audience read last: figures old and new, from what both editions hold."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from connectors.calendar import PARIS
from connectors.store import Archive, Edition
from dashboard.board import Board
from dashboard.components.readings import breaks_of
from dashboard.editions import frames
from indicators.changes import changes
from indicators.changes_between import EditionFigures
from indicators.changes_rows import ChangeRow, change_rows
from indicators.meeting import Audience, Meeting
from indicators.period import Period, SeriesBreak
from indicators.registry import indicators, measures
from indicators.wording import digest


@dataclass(frozen=True)
class Since:
    """The séance whose edition an audience read last, and every figure that either edition shows, old and new."""

    meeting: Meeting
    rows: tuple[ChangeRow, ...]


def since_last(archive: Archive, board: Board, edition: Edition) -> Since | None:
    """What changed since the last edition of an earlier séance for the same audience; None when there is none."""
    known = archive.editions()
    mine = known[(known["audience"] == edition.audience.value) & (known["seance"] < edition.meeting)]
    if mine.empty:
        return None
    last = str(mine.sort_values(["seance", "frozen_at"])["id"].iloc[-1])
    plain = json.loads(archive.edition(last))
    old, new = figures_of(plain), _figures(board, edition)
    found = changes(old, new, indicators(), measures(), board.settings.territory, board.settings.precisions)
    rows = change_rows(found, old, new, indicators())
    # its decisions were taken, and followed, after it was frozen
    return Since(archive.meeting(plain["seance"]["number"]).meeting, tuple(row for row in rows if row.told))


def figures_of(plain: Mapping[str, Any]) -> EditionFigures:
    """The figures of an edition as kept, for a comparison."""
    header = plain["edition"]
    return EditionFigures(
        period=Period.parse(header["period"]),
        day=date.fromisoformat(header["frozen_at"][:10]),
        values=frames.from_plain(plain["figures"]["values"]),
        rolling=frames.from_plain(plain["figures"]["rolling"]),
        digests={code: sheet["digest"] for code, sheet in plain["definitions"].items()},
        breaks=tuple(
            SeriesBreak(date.fromisoformat(day), label, frozenset(codes), perimeter) for day, label, codes, perimeter in plain["breaks"]
        ),
    )


def _figures(board: Board, edition: Edition) -> EditionFigures:
    day = edition.frozen_at.astimezone(PARIS).date()
    return EditionFigures(
        period=Period.parse(edition.period),
        day=day,
        values=board.values,
        rolling=board.rolling,
        digests={code: digest(item, board.settings.precisions, day) for code, item in indicators().items()},
        breaks=tuple(breaks_of(board)),
    )


def last_read(archive: Archive, audience: Audience) -> str | None:
    """The last edition that an audience was given."""
    known = archive.editions()
    mine = known[known["audience"] == audience.value].sort_values(["frozen_at", "id"])
    return None if mine.empty else str(mine["id"].iloc[-1])
