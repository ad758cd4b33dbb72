"""Preparing and following the séances from the command line. What a séance is, and may become, is in ``indicators.meeting``."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from difflib import get_close_matches

import click

from connectors.calendar import PARIS
from connectors.errors import CiteError, ConfigurationError
from connectors.store import Saved
from dashboard.data import Desk, current_desk
from indicators.meeting import Audience, Comment, Decision, Forecast, Heading, Meeting, MeetingError, Point, Progress, Weather
from indicators.meeting_steps import (
    BY_DEFAULT,
    checked,
    held,
    next_decision,
    prepared,
    with_comment,
    with_decision,
    with_forecast,
    with_point,
    without_comment,
    without_point,
)
from indicators.meeting_text import STATES
from indicators.period import Frequency, Period, between
from indicators.registry import indicators
from indicators.typography import date_short, french, lower_first

Step = Callable[[Meeting, date], Meeting]
"""A change to a séance, made on a day."""
OFFERED = 3
NOT_A_PERSON = "ligne de commande"


class MeetingRefusedError(CiteError):
    """What was typed cannot be written in the séance; nothing of it is kept."""


@dataclass(frozen=True)
class Details:
    """What may be typed about a séance besides its contents; None is left as it is."""

    on: date | None = None
    period: str | None = None
    title: str | None = None
    place: str | None = None
    perimeter: str | None = None
    audience: tuple[str, ...] = ()


def nearest(word: str, known: Sequence[str]) -> str:
    """The known words most like one that is not, for a refusal to offer."""
    return ", ".join(get_close_matches(word, known, OFFERED, cutoff=0.0)) or "aucun"


def create(number: int, on: date, period: str, details: Details, by: str | None) -> None:
    """Create a séance and say so."""
    desk = current_desk()
    quarter = _quarter(desk, period, on)
    zoning = desk.settings.territory.zoning_of(quarter)
    if zoning is None:
        raise ConfigurationError(
            f"{desk.settings.path} : aucun zonage n'est déclaré au {date_short(quarter.last_day)}. Ajoutez-le ([[zoning]]), ou "
            "choisissez un autre trimestre. Rien n'a été enregistré."
        )
    try:
        meeting = prepared(
            number,
            on,
            quarter.code,
            zoning=zoning.code,
            perimeter=details.perimeter or f"{desk.settings.city.commune_name}, {lower_first(zoning.label)}",
            title=details.title or "",
            audience=_audience(details.audience) or BY_DEFAULT,
            place=details.place or "",
        )
    except MeetingError as error:
        raise MeetingRefusedError(str(error)) from None
    _tell(desk.store.archive.save_meeting(meeting, desk.now(), by or _someone(), expected_version=0))


def modify(number: int, details: Details, by: str | None) -> None:
    """Change the date, the quarter, the words of a séance."""
    desk = current_desk()

    def step(meeting: Meeting, _today: date) -> Meeting:
        on = details.on or meeting.on
        after = replace(
            meeting,
            on=on,
            title=meeting.title if details.title is None else details.title.strip(),
            place=meeting.place if details.place is None else details.place.strip(),
            perimeter=meeting.perimeter if details.perimeter is None else details.perimeter.strip(),
            audience=_audience(details.audience) or meeting.audience,
            period=meeting.period if details.period is None else _quarter(desk, details.period, on).code,
        )
        zoning = desk.settings.territory.zoning_of(Period.parse(after.period))
        return checked(meeting, replace(after, zoning=zoning.code) if zoning and after.period != meeting.period else after)

    change(number, step, by)


def comment(number: int, heading: str, text: str, by: str) -> None:
    """Write under a heading; an empty text takes its comment away."""
    wanted = Heading(heading)
    if text.strip():
        change(number, lambda meeting, today: with_comment(meeting, Comment(wanted, text.strip(), by, today)), by)
    else:
        change(number, lambda meeting, _today: without_comment(meeting, wanted), by)


def forecast(number: int, weather: str, text: str, by: str) -> None:
    """Give the météo."""
    change(number, lambda meeting, today: with_forecast(meeting, Forecast(Weather(weather), text.strip(), by, today)), by)


@dataclass(frozen=True)
class Decided:
    """What may be typed about a decision; None is left as it is."""

    text: str | None
    owner: str | None
    due: date | None
    indicator: str | None
    progress: str | None
    note: str | None


def decide(number: int, wanted: int | None, typed: Decided, by: str | None) -> None:
    """Take a decision down, or change the one of this number."""
    if typed.indicator and typed.indicator not in indicators():
        raise MeetingRefusedError(
            f"Indicateur « {typed.indicator} » inconnu. Les plus proches : {nearest(typed.indicator, list(indicators()))}. "
            "Rien n'a été enregistré."
        )

    def step(meeting: Meeting, _today: date) -> Meeting:
        before = meeting.decision(wanted) if wanted is not None else None
        return with_decision(meeting, _decision(before, wanted or next_decision(meeting), typed))

    change(number, step, by)


def _decision(before: Decision | None, number: int, typed: Decided) -> Decision:
    if before is None:
        if typed.text is None or typed.owner is None or typed.due is None:
            raise MeetingRefusedError(
                f"La décision {number} est nouvelle : donnez --texte, --responsable et --echeance. Rien n'a été enregistré."
            )
        before = Decision(number, typed.text, typed.owner, typed.due)
    return replace(
        before,
        text=before.text if typed.text is None else typed.text.strip(),
        owner=before.owner if typed.owner is None else typed.owner.strip(),
        due=typed.due or before.due,
        indicator=before.indicator if typed.indicator is None else typed.indicator,
        progress=before.progress if typed.progress is None else Progress(typed.progress),
        note=before.note if typed.note is None else typed.note.strip(),
    )


def submit(number: int, point: Callable[[], Point], by: str | None) -> None:
    """Submit a point to decision, in place of the one of the same title."""
    change(number, lambda meeting, _today: with_point(meeting, point()), by)


def withdraw(number: int, title: str, by: str | None) -> None:
    """Take a point away."""
    change(number, lambda meeting, _today: without_point(meeting, title), by)


def hold(number: int, chairs: tuple[str, ...], attendees: tuple[str, ...], excused: tuple[str, ...], by: str | None) -> None:
    """Say that a frozen séance was held, and who was there."""

    def step(meeting: Meeting, _today: date) -> Meeting:
        named = replace(
            meeting, chairs=chairs or meeting.chairs, attendees=attendees or meeting.attendees, excused=excused or meeting.excused
        )
        return held(checked(meeting, named))

    change(number, step, by)


def change(number: int, step: Step, by: str | None) -> None:
    """Save a séance after a step, if nobody saved it meanwhile, and say so."""
    desk = current_desk()
    saved, at = desk.store.archive.meeting(number), desk.now()
    try:
        after = step(saved.meeting, at.astimezone(PARIS).date())
    except MeetingError as error:
        raise MeetingRefusedError(str(error)) from None
    _tell(desk.store.archive.save_meeting(after, at, by or _someone(), expected_version=saved.version))


def _tell(saved: Saved) -> None:
    meeting = saved.meeting
    click.echo(french(f"Séance n°\u00a0{meeting.number} du {date_short(meeting.on)} : {STATES[meeting.state]}, version {saved.version}."))


def _quarter(desk: Desk, code: str, on: date) -> Period:
    """A quarter over at the séance; ``MeetingRefusedError`` offers the nearest when it is not one."""
    known = [item.code for item in between(desk.settings.city.started_on, on - timedelta(days=1), Frequency.QUARTER)]
    if code in known:
        return Period.parse(code)
    raise MeetingRefusedError(
        f"« {code} » n'est pas un trimestre de la Cité terminé avant le {date_short(on)}. Les plus proches : {nearest(code, known)}. "
        "Rien n'a été enregistré."
    )


def _audience(codes: Sequence[str]) -> tuple[Audience, ...]:
    return tuple(Audience(code) for code in codes)


def _someone() -> str:
    """Who types, as the machine knows it."""
    return os.environ.get("USER") or NOT_A_PERSON
