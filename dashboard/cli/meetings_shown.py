"""The séances and the editions as the command line shows them. Changing a séance is in ``meetings``."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import click
import pandas as pd

from connectors.calendar import PARIS
from connectors.errors import ConfigurationError
from connectors.store import Archive, Saved
from dashboard.cli.meetings import nearest
from dashboard.cli.output import show
from dashboard.data import current_desk
from indicators.canonical import canonical, digest
from indicators.meeting import Audience, Decision, Meeting, State
from indicators.meeting_json import to_plain
from indicators.meeting_text import AUDIENCES, HEADINGS, LATE, NO_WEATHER, PROGRESS, STATES, WEATHER
from indicators.period import Period
from indicators.typography import date_short, french, number, period_label

SHORT_DIGEST = 12


def show_meeting(wanted: int, written: str) -> None:
    """Print a séance: everything prepared, decided and frozen."""
    desk = current_desk()
    saved, editions = desk.store.archive.meeting(wanted), _editions_of(desk.store.archive).get(wanted, [])
    if written == "json":
        kept = {"version": saved.version, "saved_at": saved.saved_at.isoformat(), "saved_by": saved.saved_by, "editions": editions}
        click.echo(json.dumps({**to_plain(saved.meeting), **kept}, ensure_ascii=False, indent=1))
        return
    for line in _sheet(saved, editions, desk.now().astimezone(PARIS).date()):
        click.echo(french(line))


def _sheet(saved: Saved, editions: list[str], today: date) -> Iterator[str]:
    meeting = saved.meeting
    yield f"Séance n°\u00a0{meeting.number}, {STATES[meeting.state]} : {meeting.title}"
    yield f"  Date : {date_short(meeting.on)}{f', {meeting.place}' if meeting.place else ''}"
    yield f"  Trimestre : {period_label(Period.parse(meeting.period))} ; périmètre : {meeting.perimeter}"
    yield f"  Public : {', '.join(AUDIENCES[item] for item in meeting.audience)}"
    for label, names in (("Présidence", meeting.chairs), ("Présents", meeting.attendees), ("Excusés", meeting.excused)):
        if names:
            yield f"  {label} : {', '.join(names)}"
    yield f"  Éditions : {', '.join(editions) or 'aucune'}"
    yield f"  Enregistrée par {saved.saved_by} le {date_short(saved.saved_at.astimezone(PARIS).date())} (version {saved.version})"
    yield from _written(meeting)
    yield "Décisions" if meeting.decisions else "Décisions : aucune"
    for item in meeting.decisions:
        yield f"  {item.number}. {item.text} {item.owner}, pour le {date_short(item.due)} : {_progress(item, today)}."
    yield "Points soumis à décision" if meeting.points else "Points soumis à décision : aucun"
    for point in meeting.points:
        yield f"  {point.title}"
        yield from (f"    Option : {option}" for option in point.options)
        for label, text in (("Effet", point.effect), ("Coût", point.cost), ("Avis", point.advice)):
            if text:
                yield f"    {label} : {text}"


def _written(meeting: Meeting) -> Iterator[str]:
    """The météo and the comments; while it is prepared, what to write where nothing is."""
    sky = meeting.forecast
    if sky is None:
        yield f"Météo : {NO_WEATHER.lower()}"
    else:
        yield f"Météo : {WEATHER[sky.weather].label} ({WEATHER[sky.weather].meaning}), {sky.by}, {date_short(sky.on)}"
        yield f"  {sky.text}"
    for heading, advice in HEADINGS.items():
        found = meeting.comment(heading)
        if found is not None:
            yield f"{advice.label} ({found.by}, {date_short(found.on)})"
            yield f"  {found.text}"
        elif meeting.state is State.PREPAREE:
            yield f"{advice.label} : à écrire. {advice.hint}"


def _progress(item: Decision, today: date) -> str:
    return f"{PROGRESS[item.progress]}, {LATE}" if item.late(today) else PROGRESS[item.progress]


def list_meetings(written: str) -> None:
    """Print every séance, one a line."""
    desk = current_desk()
    archive, today = desk.store.archive, desk.now().astimezone(PARIS).date()
    editions = _editions_of(archive)
    rows = [
        {
            "number": saved.meeting.number,
            "on": saved.meeting.on,
            "period": saved.meeting.period,
            "title": saved.meeting.title,
            "state": saved.meeting.state.value,
            "audience": " ".join(saved.meeting.audience),
            "decisions": len(saved.meeting.decisions),
            "late": sum(item.late(today) for item in saved.meeting.decisions),
            "editions": " ".join(editions.get(saved.meeting.number, [])),
            "version": saved.version,
            "saved_at": saved.saved_at,
            "saved_by": saved.saved_by,
        }
        for saved in archive.meetings()
    ]
    if not rows and written == "table":
        click.echo(french("Aucune séance n'est créée. Lancez « cite-emploi seance creer »."))
        return
    show(pd.DataFrame(rows), written, _meetings_table)


def _meetings_table(frame: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Séance": frame["number"],
            "Date": frame["on"].map(date_short),
            "Trimestre": frame["period"].map(lambda code: period_label(Period.parse(code))),
            "État": frame["state"].map(lambda code: STATES[State(code)]),
            "Décisions": frame["decisions"],
            "En retard": frame["late"],
            "Éditions": frame["editions"].map(lambda text: text or "aucune"),
            "Titre": frame["title"],
        }
    )


def list_editions(written: str) -> None:
    """Print every edition, one a line."""
    frame = current_desk().store.archive.editions()
    if frame.empty and written == "table":
        click.echo(french("Aucune édition n'est figée. Lancez « cite-emploi figer --seance 1 --audience copil »."))
        return
    show(frame, written, _editions_table)


def _editions_table(frame: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Édition": frame["id"],
            "Séance": frame["seance"],
            "Public": frame["audience"].map(lambda code: AUDIENCES[Audience(code)]),
            "Trimestre": frame["period"].map(lambda code: period_label(Period.parse(code))),
            "Figée le": frame["frozen_at"].map(lambda at: date_short(at.astimezone(PARIS).date())),
            "Par": frame["frozen_by"],
            "Empreinte": frame["sha256"].str[:SHORT_DIGEST],
            "Remplace": frame["replaces"].map(lambda code: code or "–"),
            "Documents": frame["documents"],
        }
    )


def write_edition(wanted: str, address: str | None, path: Path | None) -> None:
    """Write the canonical bytes of an edition, or of one of its pages, to a file or to the output, without an end of line."""
    content = current_desk().store.archive.edition(wanted)
    if address is not None:
        content = _page(wanted, content, address)
    if path is None:
        click.echo(content, nl=False)
        return
    try:
        path.write_bytes(content)
    except OSError as error:
        raise ConfigurationError(f"Le fichier {path} ne peut pas être écrit ({error.strerror}). Choisissez un autre endroit.") from None
    click.echo(french(f"{path} : {number(len(content))} octets, empreinte SHA-256 {digest(content)}."))


def _page(wanted: str, content: bytes, address: str) -> bytes:
    """The blocks of a page; ``ConfigurationError`` offers the nearest addresses when the edition does not hold it."""
    pages: dict[str, Any] = json.loads(content).get("pages", {})
    found = {_in_order(known): blocks for known, blocks in pages.items()}
    asked = _in_order(address)
    if asked not in found:
        raise ConfigurationError(f"L'édition {wanted} n'a pas de page « {asked} ». Les plus proches : {nearest(asked, sorted(found))}.")
    return canonical(found[asked])


def _in_order(address: str) -> str:
    """An address without its server, its choices in order: however it was copied, it names the same page."""
    parts = urlsplit(address)
    choices = urlencode(sorted(parse_qsl(parts.query)))
    return f"{parts.path}?{choices}" if choices else parts.path


def _editions_of(archive: Archive) -> dict[int, list[str]]:
    """The identifiers of the editions of each séance."""
    frame = archive.editions()
    return {int(str(wanted)): list(mine["id"]) for wanted, mine in frame.groupby("seance")}
