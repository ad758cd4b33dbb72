"""The note de synthèse of an edition, a tagged PDF of two pages: what is placed by note.typ, all of it words and numbers of the edition."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from connectors.calendar import PARIS
from dashboard.documents import typeset
from dashboard.documents.annex import native
from dashboard.documents.photograph import PageTable, Photograph
from dashboard.theme import BAND, FAVOURABLE, INK, INK_2, NEUTRAL, QPV, REST, RULE, UNFAVOURABLE
from indicators import typography as t
from indicators.codes import ENSEMBLE
from indicators.meeting import Heading, Meeting, State
from indicators.meeting_text import HEADINGS
from indicators.period import Period, share_elapsed
from indicators.sentences_decisions import overview, state
from indicators.status import Status
from indicators.territory import QPV as ALL_QPVS

TEMPLATE = Path(__file__).with_name("note.typ")
PAGES = 2
LENGTHS = (1000, 850, 700, 550, 400)
"""Characters of a comment: what the form of the séance allows, then less, until the note holds on its pages."""
ACCESS = "N2.8-"
WORDS = {"defavorable": "défavorable", "favorable": "favorable", "non_etabli": "non établi", "sans_jugement": "sans jugement"}
METHOD = (
    "Les habitants des QPV sont comparés au reste de la ville (hors QPV), sur les effectifs : les sommes avant les rapports. Un écart est "
    "établi quand son intervalle à 95 % ne contient pas 0 ; sur vingt comparaisons, une peut le paraître par hasard. Ce que couvre le "
    "secret statistique n'est pas publié. Chaque chiffre a sa fiche, sa source et sa livraison dans l'annexe de la même édition."
)


def note(photograph: Photograph, meeting: Meeting, before: Meeting | None = None) -> bytes:
    """The bytes of the PDF (PDF/UA-1); the same for the same edition and séance.

    Args:
        meeting: the séance as it stands: until it is held, PROJET is across the page.
        before: the previous séance: its decisions are followed where the two pages leave room; the deck and the relevé do anyway.
    """
    for longest in LENGTHS:
        for followed in (before, None):
            told = content(photograph, meeting, longest, followed)
            if typeset.pages(TEMPLATE, told) <= PAGES:
                return typeset.pdf(TEMPLATE, told, photograph)
    return typeset.pdf(TEMPLATE, told, photograph)


def content(photograph: Photograph, meeting: Meeting, longest: int = LENGTHS[0], before: Meeting | None = None) -> dict[str, Any]:
    """Everything that the note says, in the order of its pages; a comment of ``longest`` characters at most."""
    day = photograph.edition.frozen_at.astimezone(PARIS).date()
    mention = " · Données fictives" if photograph.fictitious else ""
    findings = [photograph.sentence(page) for page in ("/droit-commun", "/budget", "/parcours", "/partenaires")]
    return {
        "titre": photograph.title("/") or meeting.title,
        "auteur": str(photograph.city["name"]),
        "date": [day.year, day.month, day.day],
        "projet": meeting.state is not State.TENUE,
        "fictif": photograph.fictitious,
        "couleurs": [INK, INK_2, RULE, BAND, QPV, REST],
        "tons": [UNFAVOURABLE, FAVOURABLE, NEUTRAL],
        "pied": f"{photograph.edition.stamp}{mention}",
        "entete": [
            ["De", f"La coordination, {photograph.city['operator']}"],
            ["Objet", t.french(f"{meeting.title}{f', {meeting.place}' if meeting.place else ''}")],
            [
                "Données",
                t.french(f"arrêtées au {photograph.period(photograph.content['edition']['period'])}, figées le {t.date_long(day)}"),
            ],
        ],
        "retenir": [sentence for sentence in (*findings[:2], _transmission(photograph)) if sentence],
        "cibles": _targets(photograph),
        "ecarts": gaps(photograph),
        "budget": budget(photograph),
        "constats": [
            {"titre": photograph.title(page), "phrase": photograph.sentence(page)}
            for page in ("/parcours", "/partenaires")
            if photograph.title(page)
        ],
        "commentaires": [
            {"titre": HEADINGS[item.heading].label, "texte": cut(t.french(item.text), longest)}
            for item in meeting.comments
            if item.heading in {Heading.RISQUES, Heading.SOLUTIONS}
        ],
        "points": [
            [str(number), *(t.french(text) or "–" for text in (point.title, point.effect, point.cost, point.advice))]
            for number, point in enumerate(meeting.points, 1)
        ],
        "suites": _followed(before, meeting),
        "methode": t.french(METHOD),
    }


def _followed(before: Meeting | None, meeting: Meeting) -> dict[str, Any]:
    decisions = before.decisions if before else ()
    rows = [[str(item.number), cut(t.french(item.text), 200), t.french(item.owner), state(item, meeting.on)] for item in decisions]
    title = t.french(f"Suites de la séance du {t.date_long(before.on)}") if before else ""
    return {"titre": title, "phrase": overview(decisions, meeting.on) if rows else "", "lignes": rows}


def cut(text: str, longest: int = LENGTHS[0]) -> str:
    """A human text of ``longest`` characters at most, ended at a sentence where it is cut, and said so."""
    text = " ".join(text.split(" "))
    if len(text) <= longest:
        return text
    kept = text[: longest - 2]
    ends = [found.end() for found in re.finditer(r"[.!?…](?=\s)", kept)]
    return f"{kept[: ends[-1]] if ends else kept} […]"


def _transmission(photograph: Photograph) -> str:
    return photograph.sentence("/")


def _targets(photograph: Photograph) -> dict[str, Any]:
    table = _captioned(photograph.tables("/"), "Cibles du copil")
    if table is None:
        return {"titre": "", "entete": [], "lignes": []}
    columns = [_dated(heading, [_short(row[place]) for row in table.rows]) for place, heading in enumerate(table.columns)]
    rows = zip(*(cells for _, cells in columns), strict=True)
    return {"titre": table.caption, "entete": [heading for heading, _ in columns], "lignes": [list(row) for row in rows]}


def _dated(heading: str, cells: list[str]) -> tuple[str, list[str]]:
    """A column whose cells all end with the same day: the day goes to its heading."""
    found = [re.fullmatch(r"(.*) \((\d\d/\d\d/\d{4})\)", cell) for cell in cells]
    days = {match[2] if match else "" for match in found}
    if len(days) != 1 or "" in days:
        return heading, cells
    return f"{heading} au {days.pop()}", [match[1] for match in found if match]


def _short(cell: str) -> str:
    return "non publié" if cell.startswith("suivi par la coordination") else cell


def _captioned(tables: Iterable[PageTable], start: str) -> PageTable | None:
    return next((table for table in tables if table.caption.startswith(start)), None)


def gaps(photograph: Photograph) -> dict[str, Any]:
    """The gaps of the quarter, the most unfavourable first, and the scales that hold them."""
    frame, code = photograph.gaps, photograph.content["edition"]["period"]
    chosen = frame[
        frame["indicator"].str.startswith(ACCESS)
        & (frame["zone"] == ALL_QPVS)
        & (frame["period"] == code)
        & (frame["dimension"] == ENSEMBLE)
        & (frame["status"] == Status.OK)
    ].sort_values("points", kind="stable")
    lines = [
        {
            "nom": photograph.content["definitions"][row["indicator"]]["short"],
            "p1": row["qpv"],
            "p2": row["rest_of_city"],
            "t1": t.number(row["qpv"], 1),
            "t2": t.number(row["rest_of_city"], 1),
            "d": row["points"],
            "bas": row["low"],
            "haut": row["high"],
            "ecart": t.signed(row["points"], 1),
            "verdict": row["verdict"],
            "mot": WORDS[row["verdict"]],
        }
        for row in chosen.to_dict("records")
    ]
    most = max([max(line["p1"], line["p2"]) for line in lines], default=1.0)
    step = next(size for size in (1, 2, 5, 10, 20, 50) if most <= 4 * size or size == 50)
    top = step * math.ceil(most / step)
    sentence = photograph.sentence("/droit-commun")
    note = f"Rapporté aux demandeurs d'emploi, {photograph.period(code)}. Écarts calculés avant arrondi."
    return {
        "titre": photograph.title("/droit-commun"),
        "lignes": lines,
        "max": top,
        "reperes": list(range(0, top + 1, step)),
        "bas": min([0.0, *(line["bas"] for line in lines)]) - 0.5,
        "haut": max([0.0, *(line["haut"] for line in lines)]) + 0.5,
        "alt": sentence or "Aucun écart publié.",
        "note": t.french(note),
    }


def budget(photograph: Photograph) -> dict[str, Any]:
    """The lines of the grant: planned, committed, spent."""
    table = _captioned(photograph.tables("/budget"), "Subvention")
    nothing: dict[str, Any] = {
        "titre": photograph.title("/budget"),
        "phrase": photograph.sentence("/budget"),
        "lignes": [],
        "alt": "",
        "ecoule": None,
    }
    if table is None or not {"Prévu", "Engagé", "Dépensé"} <= set(table.columns):
        return nothing
    place = {name: table.columns.index(name) for name in ("Prévu", "Engagé", "Dépensé")}
    lines = []
    for row in table.rows:
        planned, committed, spent = (native(row[place[name]])[0] for name in ("Prévu", "Engagé", "Dépensé"))
        if not all(isinstance(value, int | float) for value in (planned, committed, spent)) or not planned:
            continue
        told = f"{t.kilo_euros(float(spent))} dépensés sur {t.kilo_euros(float(planned))}"  # type: ignore[arg-type]
        share = 100 / float(planned)  # type: ignore[arg-type]
        lines.append(
            {
                "nom": row[0],
                "montants": told,
                "part": float(spent) * share,  # type: ignore[arg-type]
                "engage": float(committed) * share,  # type: ignore[arg-type]
                "verdict": row[-1],
            }
        )
    alt = " ; ".join(f"{line['nom']} : {line['montants']}" for line in lines)
    return {**nothing, "lignes": lines, "alt": t.french(f"{alt}."), "ecoule": _elapsed(photograph)}


def _elapsed(photograph: Photograph) -> float | None:
    """Share of the exercise that is over at the end of the quarter, in %."""
    last = Period.parse(photograph.content["edition"]["period"]).last_day
    for item in photograph.content["cite"]["exercise"]:
        first, end = (type(last).fromisoformat(item[name]) for name in ("first_day", "last_day"))
        if first <= last <= end:
            return 100 * share_elapsed(first, end, last)
    return None
