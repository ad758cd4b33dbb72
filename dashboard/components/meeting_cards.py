"""What is read of a séance as HTML: its card with its three steps, comments, points, decisions, editions. Pure: text in, HTML out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from html import escape

import pandas as pd

from connectors.calendar import PARIS
from dashboard.components import html
from dashboard.components.html import Cell, Table
from indicators import sentences_decisions
from indicators import typography as t
from indicators.meeting import Audience, Comment, Decision, Forecast, Heading, Meeting, Point, State
from indicators.meeting_text import AUDIENCES, HEADINGS, NO_WEATHER, STATES, WEATHER
from indicators.period import Period
from indicators.status import Status

NOTHING = "–"
DIGEST = 12
"""Characters of a digest that tell two editions apart at a glance."""


def step_path(state: State) -> str:
    """« préparée, figée, tenue », the step reached marked for the eye and for a screen reader."""
    steps = list(State)
    reached = steps.index(state)
    items = "".join(_step(step, place, reached) for place, step in enumerate(steps))
    return f'<ol class="etapes" aria-label="Avancement de la séance">{items}</ol>'


def _step(step: State, place: int, reached: int) -> str:
    classes = "faite" if place < reached else "courante" if place == reached else "a-venir"
    current = ' aria-current="step"' if place == reached else ""
    return f'<li class="{classes}"{current}><span class="rang" aria-hidden="true">{place + 1}</span>{escape(STATES[step])}</li>'


def card(meeting: Meeting) -> str:
    """The séance at a glance: number, day, quarter, place, who reads it, who came, and how far it is."""
    period = Period.parse(meeting.period)
    facts = [
        ("Séance", f"n°{t.NBSP}{meeting.number}"),
        ("Date", t.date_long(meeting.on)),
        ("Période lue", f"{t.period_label(period)}, jusqu'au {t.date_short(period.last_day)}"),
        ("Lieu", meeting.place or "à préciser"),
        ("Lue par", t.joined([AUDIENCES[item] for item in meeting.audience])),
        ("Périmètre", meeting.perimeter),
    ]
    people = (("Présidence", meeting.chairs), ("Présents", meeting.attendees), ("Excusés", meeting.excused))
    facts += [(label, ", ".join(names)) for label, names in people if names]
    return f'<div class="seance">{step_path(meeting.state)}<dl class="faits">{"".join(map(_fact, facts))}</dl></div>'


def _fact(fact: tuple[str, str]) -> str:
    label, text = fact
    return f"<div><dt>{escape(label)}</dt><dd>{escape(t.french(text))}</dd></div>"


def count_line(length: int, most: int) -> str:
    """« 812 caractères sur 1 000 », and by how many it is too long."""
    over = length - most
    told = f"{t.count(length, 'caractère')} sur {t.number(most)}" + (f"{t.NBSP}: {t.number(over)} de trop" if over > 0 else "")
    return f'<p class="compte{" trop" if over > 0 else ""}" data-plus="{most}">{escape(told)}</p>'


def card_title(title: str, hint: str) -> str:
    """What a form is about, and what to write in it."""
    return html.card_title(title) + html.paragraph(t.french(hint), "note")


def said_line(text: str, *, typed: bool) -> str:
    """What stands beside a button: who signed, or that a draft is kept."""
    return html.paragraph(text, "brouillon" if typed else "note")


def signed(item: Comment | Forecast | None) -> str:
    """« Signé Mme Dupré, le 12/10/2022 », or that nothing is written."""
    return f"Signé {t.french(item.by)}, le {t.date_short(item.on)}" if item else "Rien n'est écrit."


def read_only(meeting: Meeting) -> str:
    """The météo and the comments of a séance that no longer changes."""
    weather = meeting.forecast
    sky = f"{WEATHER[weather.weather].label}{t.NBSP}: {t.lower_first(WEATHER[weather.weather].meaning)}" if weather else NO_WEATHER
    cards = [_written("Météo", sky, weather.text if weather else "", signed(weather))]
    for heading in Heading:
        said = meeting.comment(heading)
        cards.append(_written(HEADINGS[heading].label, "", said.text if said else "", signed(said)))
    return f'<div class="cartes">{"".join(cards)}</div>'


def _written(title: str, lead: str, text: str, by: str) -> str:
    body = [html.paragraph(lead, "carte-tete")] if lead else []
    body += [html.paragraph(t.french(part)) for part in text.splitlines() if part.strip()]
    return html.card(title, "".join(body) + html.paragraph(by, "note"))


def points_table(points: Sequence[Point]) -> str:
    """The points submitted to decision."""
    rows = tuple(
        tuple(t.french(text) or NOTHING for text in (item.title, f"{t.NNBSP}; ".join(item.options), item.effect, item.cost, item.advice))
        for item in points
    )
    columns = ("Point", "Options", "Effet", "Coût", "Avis de la coordination")
    return f'<div class="points">{html.table(Table("Points soumis à décision", columns, rows), show_caption=False)}</div>'


def decisions_table(decisions: Iterable[tuple[int, Decision]], on: date, caption: str) -> str:
    """Decisions with the number of their séance, and where each stands on a day."""
    columns = ("N°", "Décision", "Responsable", "Échéance", "Indicateur", f"État au {t.date_short(on)}")
    rows = tuple(_decision(number, item, on) for number, item in decisions)
    return f'<div class="decisions">{html.table(Table(caption, columns, rows))}</div>'


def _decision(number: int, item: Decision, on: date) -> tuple[str | Cell, ...]:
    state = sentences_decisions.state(item, on)
    note = f"{t.french(item.text)} ({t.french(item.note)})" if item.note else t.french(item.text)
    tone = Status.NON_TRANSMIS if item.late(on) else Status.OK
    owner, due = t.french(item.owner), t.date_short(item.due)
    return (f"{number}.{item.number}", note, owner, due, item.indicator or NOTHING, Cell(state, tone))


def editions_table(editions: pd.DataFrame) -> str:
    """The editions of a séance, each with the link that reads it. Columns: ``connectors.store.columns.EDITIONS``."""
    heads = "".join(f'<th scope="col">{text}</th>' for text in ("Édition", "Public", "Figée le", "Par", "Empreinte", "Remplace", "Lecture"))
    rows = "".join(_edition(row) for row in editions.to_dict("records"))
    return (
        '<div class="tableau"><table><caption class="hors-ecran">Éditions figées de la séance</caption>'
        f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _edition(row: dict[object, object]) -> str:
    name, at = str(row["id"]), pd.Timestamp(str(row["frozen_at"])).astimezone(PARIS)
    replaced = row["replaces"]
    cells = (
        AUDIENCES[Audience(str(row["audience"]))],
        f"{at:%d/%m/%Y à %H}{t.NBSP}h{t.NBSP}{at:%M}",
        str(row["frozen_by"]),
        str(row["sha256"])[:DIGEST],
        str(replaced) if isinstance(replaced, str) and replaced else NOTHING,
    )
    said = f'<span class="hors-ecran"> l\'édition {escape(name)}</span>'
    link = f'<a href="/?edition={escape(name)}">Lire{said}</a> · <a href="/seance?edition={escape(name)}">Projeter{said}</a>'
    written = "".join(f"<td>{escape(text)}</td>" for text in cells)
    return f'<tr><th scope="row">{escape(name)}</th>{written}<td>{link}</td></tr>'
