"""What an edition holds, as one plain object: its séance, its definitions, its figures, its sources, every page as written."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from connectors.calendar import PARIS
from connectors.store import Edition, Outcome
from dashboard.board import Board
from dashboard.components.readings import breaks_of
from dashboard.content import offers
from dashboard.content.blocks import to_json
from dashboard.content.choice import LETTERS, Choice, key
from dashboard.content.kept import choices_of
from dashboard.content.mapped import published_measures
from dashboard.content.pages import CONTENTS, blocks_of, reunions
from dashboard.content.sheet import Sheet
from dashboard.editions import frames
from dashboard.editions.boards import Received
from dashboard.editions.comparing import Since
from indicators import typography as t
from indicators.meeting import Meeting
from indicators.meeting_json import to_plain as meeting_to_plain
from indicators.period import Period
from indicators.registry import indicators
from indicators.release.plain import memory_to_plain
from indicators.territory import QPV
from indicators.wording import definition_on, digest

FORMAT = 1
"""The version of this layout: an edition of an older one is still read."""
Progress = Callable[[str, float], None]
"""What is being done, in French, and the share done."""
PARTS = ("values", "to_date", "rolling", "gaps")
REUNIONS = "/reunions"
_PAGE_LINK = re.compile(r'href="(?P<address>/[^"#]*)"')


def made(edition: Edition, meeting: Meeting, received: Received, since: Since | None, progress: Progress) -> dict[str, Any]:
    """The content of an edition whose digest is not known yet."""
    board, release = received.board, received.release
    return {
        "format": FORMAT,
        "edition": _header(edition),
        "seance": meeting_to_plain(meeting),
        "cite": board.settings.file.model_dump(mode="json"),
        "secret": asdict(board.settings.policies[edition.audience.value]) if release else {},
        "definitions": definitions(board, edition.frozen_at.date()),
        "breaks": [[item.day, item.label, sorted(item.measures), item.perimeter] for item in breaks_of(board)],
        "sources": _sources(board),
        "journal": _journal(board),
        "figures": {name: frames.to_plain(getattr(board, name)) for name in PARTS},
        "orientations": dict(board.pairs or {}),
        "knowledge": memory_to_plain(received.memory),
        "control": _control(received),
        "labels": {letter: [[code, label] for code, label in told.items()] for letter, told in labels(board).items()},
        "pages": pages(board, Period.parse(edition.period), edition.id, progress)
        | {REUNIONS: _meeting_page(board, edition, meeting, since)},
    }


def _meeting_page(board: Board, edition: Edition, meeting: Meeting, since: Since | None) -> list[Mapping[str, Any]]:
    sheet, day = Sheet(), edition.frozen_at.astimezone(PARIS).date()
    before, rows = (since.meeting, since.rows) if since else (None, ())
    reunions.content(sheet, meeting, before, rows, board.settings.territory, day)
    return [_linked(block, edition.id) for block in to_json(sheet.blocks)]


def _header(edition: Edition) -> dict[str, Any]:
    return {
        "id": edition.id,
        "audience": edition.audience.value,
        "period": edition.period,
        "number": edition.number,
        "frozen_at": edition.frozen_at,
        "frozen_by": edition.frozen_by,
        "replaces": edition.replaces,
        "software": edition.software,
    }


def definitions(board: Board, day: date) -> dict[str, dict[str, Any]]:
    """Of each indicator: its name, what defines it on a day, and the digest that tells a redefinition."""
    precisions = board.settings.precisions
    return {
        code: {
            "label": item.label,
            "short": item.short,
            "level": item.level.value,
            "kind": item.kind.value,
            "unit": item.unit.value,
            "better": item.better.value,
            "definition": definition_on(item, precisions, day),
            "numerator": item.numerator_text,
            "denominator": item.denominator_text,
            "source": item.source,
            "limits": item.limits,
            "digest": digest(item, precisions, day),
        }
        for code, item in indicators().items()
    }


def _sources(board: Board) -> list[dict[str, Any]]:
    """The deliveries behind the figures, each once, with their digests."""
    used = set(board.blocks["delivery_id"])
    kept = board.deliveries[board.deliveries["id"].isin(used)]
    columns = zip(kept["id"], kept["source"], kept["received_at"], kept["sha256"], strict=True)
    return [
        {"id": int(number), "source": str(source), "received_at": received_at.to_pydatetime(), "sha256": str(sha256)}
        for number, source, received_at, sha256 in columns
    ]


def _journal(board: Board) -> list[dict[str, Any]]:
    """The deliveries that changed no figure, oldest first, and what became of each: never what they held."""
    left = board.deliveries[board.deliveries["outcome"] != Outcome.ACCEPTED]
    columns = zip(left["id"], left["source"], left["received_at"], left["outcome"], strict=True)
    return [
        {"id": int(number), "source": str(source), "received_at": received_at.to_pydatetime(), "outcome": str(outcome)}
        for number, source, received_at, outcome in columns
    ]


def _linked(block: Mapping[str, Any], edition: str) -> Mapping[str, Any]:
    """The block, its links to other pages staying within the edition."""
    written = {name: block[name] for name in ("markup", "table") if name in block}
    return {**block, **{name: _PAGE_LINK.sub(lambda found: _within(found, edition), text) for name, text in written.items()}}


def _within(found: re.Match[str], edition: str) -> str:
    address = found["address"]
    return f'href="{address}{"&amp;" if "?" in address else "?"}edition={edition}"'


def _control(received: Received) -> dict[str, Any]:
    release = received.release
    if release is None:
        return {"judged": 0, "hidden": 0, "offered": 0, "waiting": []}
    return {
        "judged": release.judged,
        "offered": sum(int(rows.sum()) for rows in release.offered.values()),
        "hidden": sum(int(rows.sum()) for rows in release.hidden.values()),
        "waiting": sorted([measure, quarter] for measure, quarter in release.waiting),
    }


def labels(board: Board) -> dict[str, dict[str, str]]:
    """The French label of each code that may be chosen, by the letter of its address, in reading order."""
    territory = board.settings.territory
    named = {place.code: place.short for zoning in territory.zonings for place in zoning.neighbourhoods}
    periods = {code: t.period_label(Period.parse(code)) for code in dict.fromkeys(board.values["period"])}
    return {
        LETTERS["zone"]: {QPV: t.french("Ensemble des QPV")} | named,
        LETTERS["view"]: dict(offers.access_views().options),
        LETTERS["indicator"]: {item.measure: item.label for item in published_measures(board)} | dict(offers.sheets().options),
        LETTERS["level"]: dict(offers.levels().options),
        LETTERS["exercise"]: dict(offers.exercises(board).options) if board.settings.exercises else {},
        LETTERS["closing"]: periods,
        LETTERS["period"]: periods,
    }


def pages(board: Board, period: Period, edition: str, progress: Progress) -> dict[str, list[Mapping[str, Any]]]:
    """Every page for everything that can be chosen at the end of a quarter, by its address."""
    wanted: list[tuple[str, Choice]] = [(page, choice) for page in CONTENTS for choice in choices_of(page, board, period)]
    found: dict[str, list[Mapping[str, Any]]] = {}
    for place, (page, choice) in enumerate(wanted):
        if place % 10 == 0:
            progress("Écriture des pages", place / len(wanted))
        found[key(page, choice)] = [_linked(block, edition) for block in to_json(blocks_of(page, board, choice))]
    return found
