"""Writing what a partner is given: SQL or a workbook, an example, a page of words. What they hold is ``connectors.kit``'s business."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path, PurePath

import click

from connectors.calendar import PARIS, due_periods
from connectors.errors import CiteError, ConfigurationError
from connectors.intake import Context
from connectors.kit.cells import example
from connectors.kit.note import sections
from connectors.kit.view import SCHEMA, VIEW, Engine, view_sql
from connectors.kit.workbook import workbook
from connectors.settings import Settings, load_settings
from connectors.source import Kind, Source, load_sources
from connectors.whole_file import write_whole
from dashboard.documents.letter import Letter, Part, letter_docx
from indicators.period import Period
from indicators.typography import date_long, french


def write_kit(name: str, folder: Path, engine: str, code: str | None) -> int:
    """Write the files for one source in ``folder``; ``CiteError`` when one exists already, since someone may have changed it."""
    settings = load_settings(os.environ, Path.cwd())
    source = _declared(settings, name)
    today = settings.today(datetime.now(PARIS).date())
    context = Context(settings.territory, settings.city.started_on, today)
    files = {f"note-{source.id}.docx": _note(source, settings, context)}
    after = f"Envoyez le dossier à « {source.contact or source.label} »."
    if source.kind is Kind.SQL:
        files[f"vue-{source.id}-{engine}.sql"] = view_sql(source, context, Engine(engine)).encode()
        after += f' Une fois la vue créée, ajoutez view = "{SCHEMA}.{VIEW}" à la déclaration de la source.'
    elif source.kind is Kind.FILE and not source.cube:
        period = _period(source, context, code)
        files[f"modele-{source.id}-{period.code}.xlsx"] = workbook(source, settings.territory, period)
        files[f"exemple-{source.id}-{period.code}.xlsx"] = workbook(source, settings.territory, period, example)
        after += " L'exemple porte des chiffres inventés : ne le déposez pas."
        if not PurePath("a.xlsx").match(source.file.pattern):
            after += f" La source ne lit que « {source.file.pattern} » : pour ce classeur, changez « pattern » dans sa section [file]."
    _write(folder, files)
    click.echo(french(f"Écrit dans {folder} : {', '.join(sorted(files))}."))
    click.echo(french(after))
    return 0


def _declared(settings: Settings, name: str) -> Source:
    sources = {source.id: source for source in load_sources(settings)}
    if name not in sources:
        raise ConfigurationError(
            f"Source inconnue « {name} ». Sources déclarées : {', '.join(sources) or 'aucune'}. Déclarez-la d'abord "
            "(docs/guide/partenaire.md)."
        )
    return sources[name]


def _period(source: Source, context: Context, code: str | None) -> Period:
    """The period asked for, else the last one owed, else the one under way."""
    if code is None:
        return (due_periods(source, context) or [Period.of(context.today, source.periodicity)])[-1]
    try:
        period = Period.parse(code)
    except ValueError:
        period = None
    if period is None or period.frequency is not source.periodicity:
        example = Period.of(context.today, source.periodicity).code
        raise CiteError(f"« {code} » n'est pas une période de « {source.label} ». Écrivez par exemple {example}.")
    return period


def _note(source: Source, settings: Settings, context: Context) -> bytes:
    parts = tuple(Part(*section) for section in sections(source, settings, context.today))
    subtitle = french(f"{settings.city.name} et « {source.label} »")
    end = french(f"Note du {date_long(context.today)}.")
    return letter_docx(Letter(french("Partager des effectifs, jamais des personnes"), subtitle, parts, end))


def _write(folder: Path, files: dict[str, bytes]) -> None:
    there = [name for name in sorted(files) if (folder / name).exists()]
    if there:
        raise CiteError(f"{folder} contient déjà « {there[0]} » : donnez un autre dossier. Rien n'a été écrit.")
    for name, content in files.items():
        try:
            write_whole(folder / name, content)
        except OSError:
            raise CiteError(f"Le dossier {folder} refuse l'écriture : vérifiez ses droits ou donnez-en un autre.") from None
