"""Who owes what since when, and the message that asks for it. Nothing is sent: the coordinator reads it, then sends it herself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from email.message import EmailMessage
from email.policy import SMTP

from connectors.calendar import Expected
from connectors.settings import Settings
from connectors.source import Kind, Source
from connectors.store import Delivery, Outcome
from indicators.period import Period
from indicators.typography import count, date_long, date_short, french, inside, joined, period_label

_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
FAULTS = 10
"""Faults quoted of the last refusal: the rest is in its report."""


@dataclass(frozen=True)
class Reminder:
    """What a partner owes, after its delay."""

    source: Source
    periods: tuple[Period, ...]
    since: date
    last: Delivery | None
    """Its latest delivery, whatever became of it."""

    def days(self, today: date) -> int:
        """Days since the oldest delay ended."""
        return (today - self.since).days


def reminders(sources: Sequence[Source], owed: Sequence[Expected], last: dict[str, Delivery | None], today: date) -> list[Reminder]:
    """The partners who are late, the latest first.

    Args:
        owed: every delivery expected so far, with the day it came.
        last: the latest delivery of each source.
    """
    found = []
    for source in sources:
        late = sorted((item for item in owed if item.source == source.id and item.late(today)), key=lambda item: item.period.first_day)
        if late:
            periods = tuple(item.period for item in late)
            found.append(Reminder(source, periods, min(item.due for item in late), last.get(source.id)))
    return sorted(found, key=lambda item: (item.since, item.source.id))


def message(reminder: Reminder, settings: Settings, today: date) -> tuple[str, str]:
    """The subject and the text of a message ready to send, in French."""
    source, city = reminder.source, settings.city
    which = joined([period_label(period) for period in reminder.periods])
    span = f"{'les périodes' if len(reminder.periods) > 1 else 'la période'} {which}"
    lines = [
        "Bonjour,",
        "",
        f"Pour le tableau de bord de {inside(city.name)}, il nous manque les effectifs de « {source.label} » pour {span}."
        f" Ils étaient attendus le {date_long(reminder.since)}, il y a {count(reminder.days(today), 'jour')}.",
        "",
        *_refused(reminder),
        HOW[source.kind],
        "",
        "Sans eux, le comité de pilotage lira « non transmis » à la place de ces chiffres : aucun n'est estimé. Seuls des effectifs sont "
        "demandés, jamais une ligne sur une personne.",
        "",
        "Si quelque chose vous en empêche, dites-le-nous : une autre forme d'envoi est possible.",
        "",
        "Merci d'avance,",
        city.contact or f"La coordination de {inside(city.name)}",
    ]
    subject = f"{city.name} : effectifs attendus de {source.label} ({which})"
    return french(subject), french("\n".join(lines))


HOW = {
    Kind.SQL: "Votre base est interrogée par la Cité : il suffit que le rôle de lecture puisse s'y connecter. Pouvez-vous vérifier son "
    "accès avec votre administrateur ?",
    Kind.FILE: "Un fichier au format déjà convenu suffit ; la coordination peut vous renvoyer le classeur à remplir.",
}


def _refused(reminder: Reminder) -> list[str]:
    """What was wrong with the latest delivery, when it was refused or failed."""
    last = reminder.last
    if last is None or last.outcome not in {Outcome.REFUSED, Outcome.FAILED}:
        return []
    day = date_short(last.received_at.date())
    what = "Votre envoi" if last.outcome is Outcome.REFUSED else "Notre dernier essai"
    told = [f"- {sentence}" for sentence in last.report[:FAULTS]]
    return [f"{what} du {day} n'a pas pu être pris en compte :", *told, ""]


def as_mail(reminder: Reminder, settings: Settings, today: date) -> bytes:
    """The message as a draft that a mail program opens, addressed where the contact holds an address."""
    subject, text = message(reminder, settings, today)
    mail = EmailMessage(policy=SMTP)
    mail["Subject"] = subject
    mail["X-Unsent"] = "1"
    to, sender = _ADDRESS.search(reminder.source.contact), _ADDRESS.search(settings.city.contact)
    if to:
        mail["To"] = to[0]
    if sender:
        mail["From"] = sender[0]
    mail.set_content(text, charset="utf-8", cte="quoted-printable")
    return mail.as_bytes()
