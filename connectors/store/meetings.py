"""The séances as saved: every version kept, the latest being the séance. What a séance is, and may become, is in ``indicators.meeting``."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Row, func, select, tuple_

from connectors.errors import StoreError
from connectors.store.archive_seals import keep
from connectors.store.delivery import require_aware
from connectors.store.tables import meeting_version
from indicators.meeting import Meeting, MeetingError, State
from indicators.meeting_json import from_json, to_json
from indicators.meeting_steps import checked, frozen

_PARIS = ZoneInfo("Europe/Paris")
_COLUMNS = meeting_version.c


@dataclass(frozen=True)
class Saved:
    """A séance as saved once: by whom, when (UTC), and its version, 1 for the first."""

    meeting: Meeting
    version: int
    saved_at: datetime
    saved_by: str


def save(connection: Connection, meeting: Meeting, at: datetime, by: str, expected: int) -> Saved:
    """Add a version to a séance, unless nothing changed; ``expected`` is the version it was made from, 0 for a new séance.

    Raises:
        StoreError: it was saved by another meanwhile, or it may not change so.
    """
    current = fresh(connection, meeting.number, expected)
    if current is None and meeting.state is not State.PREPAREE:
        raise StoreError(f"La séance n°\u00a0{meeting.number} est nouvelle : elle s'enregistre d'abord préparée. Rien n'a été enregistré.")
    if current is not None:
        try:
            checked(current.meeting, meeting)
        except MeetingError as error:
            raise StoreError(str(error)) from None
    return _add(connection, current, Saved(meeting, expected + 1, at, by))


def freeze(connection: Connection, meeting: Meeting, at: datetime, by: str, expected: int) -> Saved:
    """Add the version in which the séance has an edition. ``meeting`` must be the one saved, which the edition shows.

    Raises:
        StoreError: it was saved by another meanwhile, or was never saved as it is given.
    """
    current = fresh(connection, meeting.number, expected)
    if current is None or replace(current.meeting, state=meeting.state) != meeting:
        raise StoreError(
            f"La séance n°\u00a0{meeting.number} n'est pas enregistrée telle quelle : enregistrez-la, puis figez-la. Rien n'a été figé."
        )
    return _add(connection, current, Saved(frozen(current.meeting), expected + 1, at, by))


def fresh(connection: Connection, number: int, expected: int) -> Saved | None:
    """The séance, if its version is the one expected; None for one not yet saved. ``StoreError`` says who saved it meanwhile."""
    current = latest(connection, number)
    if (current.version if current else 0) == expected:
        return current
    if current is None:
        raise unknown(connection, number)
    told = f"par {current.saved_by} le {moment(current.saved_at)}"
    if expected == 0:
        raise StoreError(
            f"La séance n°\u00a0{number} existe déjà, enregistrée {told} : rouvrez-la, ou prenez un autre numéro. Rien n'est perdu."
        )
    raise StoreError(
        f"La séance n°\u00a0{number} a été enregistrée entre-temps {told} (version {current.version}, vous partiez de la version "
        f"{expected}). Cette saisie n'est pas enregistrée, celle de l'autre personne est conservée : rien n'est perdu. "
        "Rouvrez la séance et recommencez."
    )


def latest(connection: Connection, number: int) -> Saved | None:
    """The séance as it is, or None."""
    query = select(meeting_version).where(_COLUMNS.number == number).order_by(_COLUMNS.version.desc()).limit(1)
    row = connection.execute(query).one_or_none()
    return None if row is None else _saved(row)


def every(connection: Connection) -> list[Saved]:
    """Every séance as it is, by number."""
    newest = select(_COLUMNS.number, func.max(_COLUMNS.version)).group_by(_COLUMNS.number)
    query = select(meeting_version).where(tuple_(_COLUMNS.number, _COLUMNS.version).in_(newest)).order_by(_COLUMNS.number)
    return [_saved(row) for row in connection.execute(query)]


def history(connection: Connection, number: int) -> list[Saved]:
    """Every version of a séance, oldest first."""
    query = select(meeting_version).where(_COLUMNS.number == number).order_by(_COLUMNS.version)
    return [_saved(row) for row in connection.execute(query)]


def unknown(connection: Connection, number: int) -> StoreError:
    """What to raise for a séance that nobody saved."""
    known = ", ".join(map(str, connection.execute(select(_COLUMNS.number).distinct().order_by(_COLUMNS.number)).scalars()))
    return StoreError(
        f"La séance n°\u00a0{number} n'existe pas. "
        + (f"Séances connues : {known}." if known else "Aucune n'est créée : cite-emploi seance creer.")
    )


def moment(instant: datetime) -> str:
    """« 12/01/2024 à 14 h 05 », in Paris."""
    return f"{instant.astimezone(_PARIS):%d/%m/%Y à %H\u00a0h\u00a0%M}"


def _add(connection: Connection, current: Saved | None, saved: Saved) -> Saved:
    require_aware(saved.saved_at)
    if current is not None and current.meeting == saved.meeting:
        return current
    if not saved.saved_by.strip():
        raise StoreError("Il manque le nom de la personne qui enregistre. Rien n'a été enregistré.")
    row = {
        "number": saved.meeting.number,
        "version": saved.version,
        "saved_at": saved.saved_at,
        "saved_by": saved.saved_by,
        "content": to_json(saved.meeting),
    }
    keep(connection, meeting_version, row)
    return saved


def _saved(row: Row[*tuple[Any, ...]]) -> Saved:
    try:
        return Saved(from_json(row.content), row.version, row.saved_at, row.saved_by)
    except MeetingError as error:
        raise StoreError(f"La séance n°\u00a0{row.number} (version {row.version}) ne se lit pas. {error}") from None
