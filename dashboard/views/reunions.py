"""Réunions: the séances and their editions, as they stand. What an edition says of its séance is in ``content.pages.reunions``."""

from __future__ import annotations

from datetime import date

from connectors.calendar import PARIS
from connectors.store import Archive, Saved
from dashboard import data
from dashboard.components import html
from dashboard.content.draw import draw
from dashboard.content.sheet import Sheet
from indicators import sentences_decisions
from indicators import typography as t
from indicators.meeting import Audience
from indicators.meeting_text import AUDIENCES, STATES
from indicators.period import Period

NO_SEANCE = "Aucune séance n'est créée."
CREATE = "Créez la première : « cite-emploi seance creer --numero 1 --date 20/10/2022 --periode 2022-T3 »."
HOW = (
    "Une séance se prépare et se fige en ligne de commande : « cite-emploi seance commenter », « cite-emploi figer ». "
    "Une édition figée se lit par le choix en haut de chaque page ; elle ne change plus."
)


def page() -> None:
    """Draw the page."""
    board, archive = data.board(), data.current_desk().store.archive
    sheet, saved = Sheet(), archive.meetings()
    editions = archive.editions()
    if not saved:
        sheet.title("Réunions\u00a0: aucune séance")
        sheet.missing(t.french(NO_SEANCE), t.french(CREATE))
    else:
        seances, frozen = t.count(len(saved), "séance"), t.count(len(editions), "édition figée", "éditions figées")
        sheet.title(f"Réunions\u00a0: {seances}, {frozen}")
        sheet.show(html.table(_meetings(saved, board.today)))
        _editions(sheet, archive)
        _decisions(sheet, saved, board.today)
        sheet.note(t.french(HOW))
    draw(sheet.blocks)


def _meetings(saved: list[Saved], today: date) -> html.Table:
    rows = []
    for item in saved:
        meeting = item.meeting
        late = sum(decision.late(today) for decision in meeting.decisions)
        told = (t.date_short(meeting.on), t.period_label(Period.parse(meeting.period)), STATES[meeting.state], meeting.title)
        rows.append((str(meeting.number), *told, html.number(t.number(len(meeting.decisions))), html.number(t.number(late))))
    return html.Table("Séances", ("N°", "Date", "Trimestre", "État", "Titre", "Décisions", "En retard"), tuple(rows))


def _editions(sheet: Sheet, archive: Archive) -> None:
    editions = archive.editions()
    if editions.empty:
        return
    sheet.section("Éditions")
    columns = [editions[name] for name in ("id", "audience", "period", "frozen_at", "sha256")]
    rows = tuple(
        (
            str(name),
            AUDIENCES[Audience(audience)],
            t.period_label(Period.parse(period)),
            t.date_short(at.astimezone(PARIS).date()),
            digest[:12],
        )
        for name, audience, period, at, digest in zip(*columns, strict=True)
    )
    sheet.show(html.table(html.Table("Éditions figées", ("Édition", "Public", "Trimestre", "Figée le", "Empreinte"), rows)))


def _decisions(sheet: Sheet, saved: list[Saved], today: date) -> None:
    every = [decision for item in saved for decision in item.meeting.decisions]
    if every:
        sheet.section("Suites des décisions")
        sheet.show(html.paragraph(sentences_decisions.overview(every, today), "phrase"))
        sheet.show(html.bullets([sentences_decisions.told(item, today) for item in every]))


page()
