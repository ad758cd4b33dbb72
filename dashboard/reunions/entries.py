"""What is typed in a form before it is saved: in the session, and among the drafts so that loading the page again loses nothing.

A form whose content nobody touched follows what is saved; one that somebody did keeps what was typed, whoever saves meanwhile.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import streamlit as st

from connectors.store import Saved
from dashboard.data import Desk
from dashboard.reunions import drafts as kept_drafts
from dashboard.reunions.drafts import Draft
from dashboard.reunions.visit import writer
from indicators.meeting import Meeting

Value = str | date | None
Typed = Mapping[str, Value]
"""The values of a form, by field; None where nothing is chosen."""


FAULT, DONE, STALE = "fault", "done", "stale"
"""How a saving went; stale: somebody else saved the same content meanwhile."""


@dataclass(frozen=True)
class Form:
    """A form of a séance: ``view`` gives its fields as the séance saved has them; ``version`` is that of the séance on the page."""

    number: int
    name: str
    view: Callable[[Meeting], Typed]
    version: int
    saved: Typed

    def key(self, field: str) -> str:
        """The name of a field in the session."""
        return f"seance-{self.number}-{self.name}-{field}"

    @property
    def typed(self) -> Typed:
        """What the fields hold now."""
        return {field: st.session_state[self.key(field)] for field in self.saved}

    def text(self, field: str) -> str:
        """What a field of text or a list of codes holds now, without the spaces around it."""
        return str(self.typed[field] or "").strip()

    def day(self, field: str) -> date:
        """What a date field holds now; it cannot be emptied."""
        value = self.typed[field]
        if not isinstance(value, date):
            raise TypeError(f"{field} holds no date")
        return value

    @property
    def touched(self) -> bool:
        """Whether something is typed that is not saved."""
        base = self.memory.get("base")
        return base is not None and dict(self.typed) != base

    @property
    def memory(self) -> dict[str, object]:
        """What the session knows of the form: ``base``, its values as saved when it was filled, and so on."""
        found: dict[str, object] = st.session_state.setdefault(f"_{self.key('')}", {})
        return found

    @property
    def typed_from(self) -> int:
        """The version of the séance that what is typed was made from."""
        return int(str(self.memory.get("version", self.version)))


def form_of(saved: Saved, name: str, view: Callable[[Meeting], Typed]) -> Form:
    """A form on a séance as saved."""
    return Form(saved.meeting.number, name, view, saved.version, view(saved.meeting))


def fill(form: Form, drafts: Sequence[Draft]) -> None:
    """Give the fields their values, before they are drawn: what this visit typed, else the latest draft, else what is saved."""
    memory = form.memory
    if "base" not in memory or any(form.key(field) not in st.session_state for field in form.saved):
        just_saved = memory.pop("just_saved", False)
        _start(form, None if just_saved else next((draft for draft in drafts if draft.form == form.name), None))
    elif not form.touched and form.saved != memory["base"]:
        _start(form, None)


def _start(form: Form, draft: Draft | None) -> None:
    values = {**form.saved, **read(draft, form)} if draft else dict(form.saved)
    told = form.memory.get("told")
    form.memory.clear()
    form.memory.update(base=dict(form.saved), version=draft.version if draft else form.version, told=told, adopted=draft)
    for field, value in values.items():
        st.session_state[form.key(field)] = value


def adopt(form: Form, draft: Draft) -> None:
    """Fill a form with another draft."""
    _start(form, draft)


def read(draft: Draft, form: Form) -> Typed:
    """The values of a draft, those that the form still has."""
    written = json.loads(draft.content)
    return {
        field: date.fromisoformat(written[field]) if isinstance(like, date) else written[field]
        for field, like in form.saved.items()
        if field in written
    }


def keep(desk: Desk, form: Form) -> None:
    """Keep what is typed, each time a field changes; forget it when it is what is saved."""
    folder = kept_drafts.folder_of(desk.settings)
    if form.touched:
        content = {field: value.isoformat() if isinstance(value, date) else value for field, value in form.typed.items()}
        written = json.dumps(content, ensure_ascii=False)
        draft = Draft(folder, form.number, form.name, writer(), form.typed_from, desk.now(), written)
        form.memory["drafted"] = kept_drafts.keep(draft)
    else:
        kept_drafts.forget(folder, form.number, form.name, [writer()])
    _take_over(form)
    told = form.memory.get("told")
    if isinstance(told, tuple) and told[0] != STALE:
        form.memory["told"] = None


def forget(desk: Desk, form: Form) -> None:
    """Drop what this visit typed, and have the form filled again from what is saved: it is saved, or given up."""
    kept_drafts.forget(kept_drafts.folder_of(desk.settings), form.number, form.name, [writer()])
    _take_over(form)
    for field in form.saved:
        st.session_state.pop(form.key(field), None)
    form.memory.pop("base", None)
    form.memory["just_saved"] = True


def _take_over(form: Form) -> None:
    """Drop the draft that this visit went on from, unless the visit that left it typed again since."""
    adopted = form.memory.get("adopted")
    if isinstance(adopted, Draft) and adopted.writer != writer() and adopted in kept_drafts.every(adopted.folder, form.number):
        kept_drafts.forget(adopted.folder, form.number, form.name, [adopted.writer])
    form.memory["adopted"] = None


def others(form: Form, drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts that other visits left in this form and that say something else than it does."""
    left = [draft for draft in drafts if draft.form == form.name and draft.writer != writer()]
    return [draft for draft in left if dict(read(draft, form)) not in (dict(form.typed), dict(form.saved))]
