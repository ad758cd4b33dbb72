"""What may be done to a séance, and when: prepare, comment, decide, freeze, hold. Pure: each step gives a new séance, or says why not.

One rule for everybody: the store refuses by ``checked`` too, whoever built the séance.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType

from indicators.meeting import Audience, Comment, Decision, Forecast, Heading, Meeting, MeetingError, Point, Progress, State
from indicators.meeting_text import STATES
from indicators.typography import date_long, joined

LOCKED: Mapping[str, str] = MappingProxyType(
    {
        "period": "le trimestre",
        "zoning": "le zonage",
        "perimeter": "le périmètre",
        "comments": "les commentaires",
        "forecast": "la météo",
        "points": "les points soumis à décision",
    }
)
"""What an edition shows of its séance, hence what no longer changes once frozen. Decisions, names and place do: they are known after."""
BY_DEFAULT = (Audience.COPIL, Audience.PREFECTURE)


def prepared(
    number: int,
    on: date,
    period: str,
    *,
    zoning: str,
    perimeter: str,
    title: str = "",
    audience: tuple[Audience, ...] = BY_DEFAULT,
    place: str = "",
) -> Meeting:
    """A new séance, of which nothing is written yet."""
    title = title.strip() or f"Comité de pilotage du {date_long(on)}"
    return Meeting(number, on, period, title, audience, zoning, perimeter, place=place.strip())


def with_comment(meeting: Meeting, comment: Comment) -> Meeting:
    """The séance with a comment, in place of the one of its heading."""
    others = [item for item in meeting.comments if item.heading is not comment.heading]
    return checked(meeting, replace(meeting, comments=_in_reading_order([*others, comment])))


def without_comment(meeting: Meeting, heading: Heading) -> Meeting:
    """The séance with nothing under a heading."""
    return checked(meeting, replace(meeting, comments=tuple(item for item in meeting.comments if item.heading is not heading)))


def with_forecast(meeting: Meeting, forecast: Forecast | None) -> Meeting:
    """The séance with this météo, or with none."""
    return checked(meeting, replace(meeting, forecast=forecast))


def with_decision(meeting: Meeting, decision: Decision) -> Meeting:
    """The séance with a decision added, or replacing the one of the same number."""
    others = [item for item in meeting.decisions if item.number != decision.number]
    ordered = sorted([*others, decision], key=lambda item: item.number)
    return checked(meeting, replace(meeting, decisions=tuple(ordered)))


def next_decision(meeting: Meeting) -> int:
    """The number of the next decision to be taken down."""
    return max((item.number for item in meeting.decisions), default=0) + 1


def with_progress(meeting: Meeting, number: int, progress: Progress, note: str | None = None) -> Meeting:
    """The séance with a decision moved on; its ``note`` is kept unless one is given. In every state: a decision lives on."""
    found = meeting.decision(number)
    if found is None:
        known = ", ".join(str(item.number) for item in meeting.decisions) or "aucune"
        raise MeetingError(f"La séance n°\u00a0{meeting.number} n'a pas de décision {number} (relevées : {known}).")
    return with_decision(meeting, replace(found, progress=progress, note=found.note if note is None else note))


def with_point(meeting: Meeting, point: Point) -> Meeting:
    """The séance with a point submitted to decision, last, or in the place of the one of the same title."""
    titles = [item.title for item in meeting.points]
    if point.title not in titles:
        return checked(meeting, replace(meeting, points=(*meeting.points, point)))
    return checked(meeting, replace(meeting, points=tuple(point if item.title == point.title else item for item in meeting.points)))


def without_point(meeting: Meeting, title: str) -> Meeting:
    """The séance without the point of this title."""
    if title not in {item.title for item in meeting.points}:
        raise MeetingError(f"La séance n°\u00a0{meeting.number} n'a pas de point « {title} ».")
    return checked(meeting, replace(meeting, points=tuple(item for item in meeting.points if item.title != title)))


def frozen(meeting: Meeting) -> Meeting:
    """The séance once an edition of it is frozen: a further edition, or a correction, leaves a held séance held."""
    return replace(meeting, state=State.FIGEE) if meeting.state is State.PREPAREE else meeting


def held(meeting: Meeting) -> Meeting:
    """The séance once held; it must have been frozen."""
    return checked(meeting, replace(meeting, state=State.TENUE))


def checked(before: Meeting, after: Meeting) -> Meeting:
    """``after``, if a séance may change from ``before`` to it.

    Raises:
        MeetingError: it may not: another number, a state that does not follow, something frozen that changed, a decision gone.
    """
    if after.number != before.number:
        raise MeetingError(f"La séance n°\u00a0{before.number} ne peut pas devenir la n°\u00a0{after.number}. Créez une autre séance.")
    _check_state(before, after)
    if before.state is not State.PREPAREE:
        _check_locked(before, after)
    gone = sorted({item.number for item in before.decisions} - {item.number for item in after.decisions})
    if gone:
        raise MeetingError(f"La décision {gone[0]} ne peut pas être retirée. Notez-la plutôt « abandonnée ».")
    return after


def _check_state(before: Meeting, after: Meeting) -> None:
    if after.state is before.state or (before.state, after.state) == (State.FIGEE, State.TENUE):
        return
    name = f"La séance n°\u00a0{before.number} est {STATES[before.state]}"
    if before.state is State.PREPAREE:
        raise MeetingError(f"{name}, pas encore figée. Figez-la d'abord : cite-emploi figer --seance {before.number} --audience copil.")
    raise MeetingError(
        f"{name} : elle ne redevient pas {STATES[after.state]}. Une correction est une nouvelle édition, qui en remplace une."
    )


def _check_locked(before: Meeting, after: Meeting) -> None:
    changed = [label for field, label in LOCKED.items() if getattr(before, field) != getattr(after, field)]
    if changed:
        raise MeetingError(
            f"La séance n°\u00a0{before.number} est {STATES[before.state]} : on n'y change plus {joined(changed)}. "
            "Une correction des chiffres est une nouvelle édition, qui dit laquelle elle remplace."
        )


def _in_reading_order(comments: list[Comment]) -> tuple[Comment, ...]:
    order = list(Heading)
    return tuple(sorted(comments, key=lambda item: order.index(item.heading)))
