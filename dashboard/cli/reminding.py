"""Who is late, from the command line, and a message for each. What it says is ``connectors.reminders``'s business."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from connectors.calendar import PARIS, expected
from connectors.collect import context_of
from connectors.errors import CiteError
from connectors.reminders import Reminder, as_mail, message, reminders
from connectors.whole_file import write_whole
from dashboard.cli.output import show
from dashboard.data import Desk, current_desk
from indicators.typography import count, date_short, french, period_label

if TYPE_CHECKING:
    import pandas as pd

NONE = "Aucun partenaire n'est en retard."


def remind(folder: Path | None, written: str) -> int:
    """List the partners who are late, and print a message for each, or write it as a draft in ``folder``; 1 when there is one."""
    import pandas as pd

    desk = current_desk()
    today = desk.settings.today(datetime.now(PARIS).date())
    late = _late(desk)
    frame = pd.DataFrame(
        [
            (item.source.id, item.source.label, item.source.contact, [p.code for p in item.periods], item.since, item.days(today))
            for item in late
        ],
        columns=["source", "label", "contact", "missing", "since", "days"],
    )
    if written != "table" or late:
        show(frame, written, _table)
    else:
        click.echo(NONE)
    if folder is not None:
        _write(folder, late, desk)
    elif written == "table":
        for item in late:
            subject, text = message(item, desk.settings, today)
            click.echo(
                f"\n{'-' * 78}\n{french(f'À : {item.source.contact or item.source.label}')}\n{french(f'Objet : {subject}')}\n\n{text}"
            )
    return 1 if late else 0


def _late(desk: Desk) -> list[Reminder]:
    context = context_of(desk.settings, desk.now())
    owed = expected(desk.sources, desk.store.arrivals(), context)
    last = {source.id: desk.store.last(source.id) for source in desk.sources}
    return reminders(desk.sources, owed, last, context.today)


def _write(folder: Path, late: list[Reminder], desk: Desk) -> None:
    today = desk.settings.today(datetime.now(PARIS).date())
    for item in late:
        try:
            write_whole(folder / f"relance-{item.source.id}.eml", as_mail(item, desk.settings, today))
        except OSError:
            raise CiteError(f"Le dossier {folder} refuse l'écriture : vérifiez ses droits ou donnez-en un autre.") from None
    if late:
        click.echo(french(f"{count(len(late), 'message prêt', 'messages prêts')} dans {folder} : ouvrez-les, relisez, envoyez."))


def _table(frame: pd.DataFrame) -> pd.DataFrame:
    import pandas as pd

    from indicators.period import Period

    return pd.DataFrame(
        {
            "Partenaire": frame["label"],
            "Contact": frame["contact"],
            "Manque": [", ".join(period_label(Period.parse(code)) for code in codes) for codes in frame["missing"]],
            "Attendu le": frame["since"].map(date_short),
            "Retard": [count(days, "jour") for days in frame["days"]],
        }
    )
