"""What became of the decisions of the previous séance, in French: done, late, under way. Lateness is told from a day, never stored."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from indicators import typography as t
from indicators.meeting import SETTLED, Decision, Progress
from indicators.meeting_text import LATE, PROGRESS

READING = (Progress.FAITE, Progress.EN_COURS, Progress.A_FAIRE, Progress.REPORTEE, Progress.ABANDONNEE)
PLURALS = {Progress.FAITE: "faites", Progress.REPORTEE: "reportées", Progress.ABANDONNEE: "abandonnées"}


def state(decision: Decision, on: date) -> str:
    """« faite », « en retard depuis le 31/03/2023 », « en cours, échéance le 30/06/2023 »."""
    if decision.late(on):
        return f"{LATE} depuis le {t.date_short(decision.due)}"
    words = PROGRESS[decision.progress]
    return words if decision.progress in SETTLED else f"{words}, échéance le {t.date_short(decision.due)}"


def told(decision: Decision, on: date) -> str:
    """« Décision 2 (réunir les partenaires de garde d'enfant) : faite. »; who answers for it when it is not settled."""
    text = t.lower_first(t.french(decision.text.strip().rstrip(".")))
    who = f" ({decision.owner})" if decision.owner and decision.progress not in SETTLED else ""
    return f"Décision {decision.number} ({text}){t.NBSP}: {state(decision, on)}{who}."


def overview(decisions: Sequence[Decision], on: date) -> str:
    """How many decisions, and how many in each state: « 3 décisions de la séance précédente : 2 faites, 1 en retard »."""
    if not decisions:
        return "La séance précédente n'a pas pris de décision."
    late = [item for item in decisions if item.late(on)]
    others = {progress: sum(item.progress is progress and item not in late for item in decisions) for progress in READING}
    counted = [f"{n} {PLURALS.get(progress, PROGRESS[progress]) if n > 1 else PROGRESS[progress]}" for progress, n in others.items() if n]
    counted += [f"{len(late)} {LATE}"] if late else []
    return f"{t.count(len(decisions), 'décision')} de la séance précédente{t.NBSP}: {', '.join(counted)}."
