"""Freezing: the figures of a séance for an audience, made, judged and kept under a digest. There is no way back."""

from __future__ import annotations

from datetime import UTC, datetime
from importlib.metadata import version
from typing import Any

from connectors.store import Edition
from dashboard.data import Desk, end_of_day
from dashboard.editions.boards import received
from dashboard.editions.comparing import since_last
from dashboard.editions.content import Progress, made
from dashboard.editions.grids import keep_grid
from indicators.canonical import canonical, digest
from indicators.meeting import Audience
from indicators.period import Period


def _silent(_: str, __: float) -> None:
    return


def freeze_for(
    desk: Desk,
    number: int,
    audience: Audience,
    *,
    by: str,
    at: datetime | None = None,
    replaces: str | None = None,
    progress: Progress = _silent,
) -> Edition:
    """Freeze a séance for an audience and return the edition.

    Args:
        at: the instant the figures are of, now unless told.
        replaces: the edition that this one corrects, when the audience has one of this séance already.
        progress: told what is being done.

    Raises:
        CiteError: the séance does not exist, it has an edition that this one does not replace, or a small count could be worked out.
    """
    at = at or _now(desk)
    archive = desk.store.archive
    saved = archive.meeting(number)
    progress("Calcul des chiffres", 0.0)
    period = Period.parse(saved.meeting.period)
    edition = Edition(
        meeting=number,
        audience=audience,
        period=saved.meeting.period,
        number=archive.next_number(number, audience),
        frozen_at=at,
        frozen_by=by,
        sha256="",
        replaces=replaces,
        software=version("cite-emploi"),
    )
    archive.check_follows(edition)
    found = received(desk, period, audience, at)
    since = since_last(archive, found.board, edition)
    content = canonical(made(edition, saved.meeting, found, since, progress))
    progress("Enregistrement", 1.0)
    for year, grid in found.grids.items():
        keep_grid(desk, audience, year, grid, at, by)
    kept = Edition(**{**_fields(edition), "sha256": digest(content)})
    archive.freeze(kept, content, saved.meeting, expected_version=saved.version)
    return kept


def _fields(edition: Edition) -> dict[str, Any]:
    return {name: getattr(edition, name) for name in edition.__dataclass_fields__}


def _now(desk: Desk) -> datetime:
    """Now, or the end of the demonstration's fixed day."""
    fixed = desk.settings.city.today
    return end_of_day(fixed) if fixed else datetime.now(UTC)
