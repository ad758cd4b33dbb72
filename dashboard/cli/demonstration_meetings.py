"""The séances of the demonstration, replayed: prepared, frozen, held and followed at their dates, among the collections."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import connectors.demo
from connectors.calendar import PARIS
from dashboard.data import Desk
from dashboard.editions.freezing import freeze_for
from indicators.meeting import Audience, Comment, Decision, Forecast, Heading, Meeting, Point, Progress, Weather
from indicators.meeting_steps import held, prepared, with_comment, with_decision, with_forecast, with_point, with_progress

BY = "Coordinatrice (fictive)"
READERS = (Audience.COPIL, Audience.PREFECTURE)


@dataclass(frozen=True)
class Event:
    """Something that happens to a séance at an instant; ``label`` in French."""

    on: datetime
    label: str
    happen: Callable[[Desk], None]


def events() -> list[Event]:
    """Everything that happens to the three séances, oldest first."""
    text = (Path(str(connectors.demo.__file__)).parent / "seances.toml").read_text("utf-8")
    found = [event for told in tomllib.loads(text)["seance"] for event in _of(told)]
    return sorted(found, key=lambda event: event.on)


def _of(told: Mapping[str, Any]) -> list[Event]:
    number = int(told["number"])
    found = [Event(_at(told["prepared_on"], 14), f"Séance {number}, préparation", lambda desk: _prepare(desk, told))]
    if "frozen_on" not in told:
        return found
    for hour, audience in enumerate(READERS, 18):
        found.append(_freezing(number, audience, _at(told["frozen_on"], hour)))
    found.append(Event(_at(told["on"], 17), f"Séance {number}, tenue", lambda desk: _hold(desk, told)))
    for place, item in enumerate(told.get("decisions", ()), 1):
        for key, progress in (("started_on", Progress.EN_COURS), ("done_on", Progress.FAITE)):
            if key in item:
                found.append(_following(number, place, progress, _at(item[key], 10)))
    return found


def _freezing(number: int, audience: Audience, at: datetime) -> Event:
    def happen(desk: Desk) -> None:
        freeze_for(desk, number, audience, by=BY, at=at)

    return Event(at, f"Séance {number}, édition pour {audience.value}", happen)


def _following(number: int, decision: int, progress: Progress, at: datetime) -> Event:
    return Event(
        at, f"Séance {number}, décision {decision}", lambda desk: _save(desk, number, at, lambda m: with_progress(m, decision, progress))
    )


def _prepare(desk: Desk, told: Mapping[str, Any]) -> None:
    number, on, day = int(told["number"]), told["on"], told["prepared_on"]
    zoning = next(
        item for item in desk.settings.territory.zonings if item.valid_from <= on and (item.valid_to is None or on <= item.valid_to)
    )
    perimeter = f"{desk.settings.territory.name}, {zoning.label.lower()}"
    meeting = prepared(
        number, on, told["period"], zoning=zoning.code, perimeter=perimeter, title=told.get("title", ""), place=told["place"]
    )
    for heading, text in told.get("comments", {}).items():
        meeting = with_comment(meeting, Comment(Heading(heading), text, BY, day))
    if "forecast" in told:
        meeting = with_forecast(meeting, Forecast(Weather(told["forecast"]["weather"]), told["forecast"]["text"], BY, day))
    for item in told.get("points", ()):
        meeting = with_point(meeting, Point(**{**item, "options": tuple(item.get("options", ()))}))
    desk.store.archive.save_meeting(meeting, _at(day, 14), BY, expected_version=0)


def _hold(desk: Desk, told: Mapping[str, Any]) -> None:
    def step(meeting: Meeting) -> Meeting:
        chairs, attendees, excused = (tuple(told[name]) for name in ("chairs", "attendees", "excused"))
        meeting = held(replace(meeting, chairs=chairs, attendees=attendees, excused=excused))
        for number, item in enumerate(told.get("decisions", ()), 1):
            meeting = with_decision(meeting, Decision(number, item["text"], item["owner"], item["due"], item["indicator"]))
        return meeting

    _save(desk, int(told["number"]), _at(told["on"], 17), step)


def _save(desk: Desk, number: int, at: datetime, step: Callable[[Meeting], Meeting]) -> None:
    saved = desk.store.archive.meeting(number)
    desk.store.archive.save_meeting(step(saved.meeting), at, BY, expected_version=saved.version)


def _at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), PARIS)
