"""« Points soumis à décision »: what the committee will be asked, written one point at a time."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

import streamlit as st

from connectors.store import Saved
from dashboard.components import html
from dashboard.components.meeting_cards import card_title, points_table
from dashboard.data import Desk
from dashboard.reunions import fields
from dashboard.reunions.drafts import Draft
from dashboard.reunions.entries import Form, Typed, fill, form_of
from dashboard.reunions.saving import save
from indicators.meeting import Meeting, Point
from indicators.meeting_steps import with_point, without_point

NEW = "nouveau"
NONE_YET = "Aucun point n'est soumis à décision."
HINT = "Ce que le comité doit trancher : les choix possibles, ce que chacun change, ce qu'il coûte, l'avis de la coordination."
TEXTS = (("effect", "Effet attendu"), ("cost", "Coût"), ("advice", "Avis de la coordination"))


def show_points(meeting: Meeting) -> None:
    """Write the points of a séance."""
    st.html(points_table(meeting.points) if meeting.points else html.paragraph(NONE_YET, "phrase"))


def points(desk: Desk, saved: Saved, drafts: Sequence[Draft]) -> None:
    """Draw the points, and the form that adds one or changes one."""
    show_points(saved.meeting)
    titles = {_code(point.title): point.title for point in saved.meeting.points}
    with st.container(border=True, key="carte-point"):
        st.html(card_title("Écrire un point", HINT))
        options = {NEW: "Nouveau point"} | titles
        chosen = fields.which("Point à écrire", options, f"point-{saved.meeting.number}", default=fields.drafted(drafts, "point-", options))
        _point(desk, saved, drafts, titles.get(chosen, ""))


def _point(desk: Desk, saved: Saved, drafts: Sequence[Draft], title: str) -> None:
    name = f"point-{_code(title) if title else NEW}"
    form = form_of(saved, name, lambda meeting: _point_of(meeting, title))
    fill(form, drafts)
    if title:
        st.html(html.paragraph(title, "carte-tete"))
    else:
        fields.line(desk, form, "title", "Titre", "Par exemple : expérimenter une garde d'enfants en soirée")
    left, right = st.columns(2, gap="medium")
    with left:
        fields.text(desk, form, "options", "Options, une par ligne", height=110)
        fields.text(desk, form, "effect", TEXTS[0][1], height=80)
    with right:
        fields.text(desk, form, "cost", TEXTS[1][1], height=80)
        fields.text(desk, form, "advice", TEXTS[2][1], height=110)
    fields.foot(desk, form, drafts, lambda meeting, _on: with_point(meeting, _written(form)), label="Enregistrer le point")
    if title:
        retire = (desk, form, lambda meeting, _on: without_point(meeting, title))
        st.button("Retirer ce point", key=form.key("_retirer"), on_click=save, args=retire)


def _point_of(meeting: Meeting, title: str) -> Typed:
    found = next((item for item in meeting.points if item.title == title), None)
    if found is None:
        return {"title": title, "options": "", "effect": "", "cost": "", "advice": ""}
    return {"title": found.title, "options": "\n".join(found.options), "effect": found.effect, "cost": found.cost, "advice": found.advice}


def _written(form: Form) -> Point:
    options = tuple(option.strip() for option in form.text("options").splitlines() if option.strip())
    return Point(form.text("title"), options, form.text("effect"), form.text("cost"), form.text("advice"))


def _code(title: str) -> str:
    """A short code for a title, which may hold anything."""
    return sha256(title.encode()).hexdigest()[:12]
