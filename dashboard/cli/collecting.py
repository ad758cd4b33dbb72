"""Collecting, checking and listing sources from the command line."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from connectors.calendar import PARIS
from connectors.collect import collect, context_of
from connectors.dropped import extract_file
from connectors.errors import CiteError, ConfigurationError, DeliveryRefusedError, shown
from connectors.extract import Extract
from connectors.france_travail import extract_api
from connectors.one_at_a_time import alone
from connectors.receive import HELD, Report, in_force, remarks
from connectors.source import Kind, Source
from connectors.sql import extract
from connectors.store import Outcome
from dashboard.cli.output import show
from dashboard.data import Desk, build_board, current_desk
from indicators.typography import count

if TYPE_CHECKING:
    import pandas as pd
    from rich.progress import Progress

ONLINE = {Kind.SQL: extract, Kind.API: extract_api}
"""What is asked of a server, rather than read in a file."""
MARKS = {
    Outcome.ACCEPTED: "acceptée",
    Outcome.UNCHANGED: "inchangée",
    Outcome.REFUSED: "REFUSÉE",
    Outcome.FAILED: "EN PANNE",
    Outcome.HELD: "EN ATTENTE",
}


def chosen(desk: Desk, only: Sequence[str]) -> list[Source]:
    """The sources named, all of them by default; ``ConfigurationError`` for an unknown name."""
    known = {source.id: source for source in desk.sources}
    if not known:
        raise ConfigurationError(
            f"Aucune source n'est déclarée dans {desk.settings.sources_folder}. Ajoutez-y un dossier par partenaire (voir CONTRIBUTING.md)."
        )
    unknown = [name for name in only if name not in known]
    if unknown:
        raise ConfigurationError(f"Source inconnue « {unknown[0]} ». Sources déclarées : {', '.join(known)}.")
    return [known[name] for name in only] if only else list(known.values())


def run(only: Sequence[str]) -> int:
    """Collect, print what became of each delivery, and return the exit code."""
    desk = current_desk()
    sources = chosen(desk, only)
    with progress_bar() as bar:
        task = bar.add_task("Collecte", total=len(sources))

        def step(source: Source) -> None:
            bar.update(task, description=source.label, advance=1)

        with alone(desk.settings.data_dir):
            reports = collect(desk.settings, sources, desk.store, desk.now(), os.environ, step)
    return tell(reports)


def progress_bar() -> Progress:
    """A progress bar on the error stream, which leaves results clean; nothing remains of it once over."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    return Progress(TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), console=Console(stderr=True), transient=True)


def tell(reports: Sequence[Report]) -> int:
    """Print the reports and a line of summary; 1 when something was refused, failed, or waits for a decision."""
    for report in reports:
        mark = MARKS[report.outcome] if report.outcome else "rien de nouveau"
        rows = f", {count(report.rows, 'ligne')}" if report.rows else ""
        which = f" ({report.origin})" if report.origin not in {"", "base"} else ""
        click.echo(f"{report.source.label}{which}\u00a0: {mark}{rows}")
        for sentence in report.sentences if report.outcome else ():
            click.echo(f"    {sentence}")
    failed = [report for report in reports if report.failed]
    good = sum(report.outcome in {Outcome.ACCEPTED, Outcome.UNCHANGED} for report in reports)
    held = sum(report.held for report in reports)
    click.echo(
        f"{count(good, 'livraison valable', 'livraisons valables')}, {f'{held} en attente, ' if held else ''}{len(failed)} en échec."
    )
    return 1 if failed or held else 0


def verify(path: Path, name: str) -> int:
    """Dry run of a file: everything wrong with it, or what it would bring; nothing is stored."""
    desk = current_desk()
    source = chosen(desk, [name])[0]
    if source.kind in ONLINE:
        what = "une base de données" if source.kind is Kind.SQL else "un service en ligne"
        raise ConfigurationError(f"« {source.label} » est {what} : ce n'est pas un fichier. Essayez « cite-emploi sources --verifier ».")
    context = context_of(desk.settings, desk.now())
    return _tell_dry_run(desk, source, lambda: extract_file(path.read_bytes(), path.name, source, context, desk.settings.exercises))


def _tell_dry_run(desk: Desk, source: Source, read: Callable[[], Extract]) -> int:
    try:
        result = read()
    except DeliveryRefusedError as error:
        click.echo(f"{source.label}\u00a0: REFUSÉE, {count(len(error.faults), 'anomalie')}")
        for fault in error.faults:
            click.echo(f"    {fault}")
        click.echo("Rien n'a été enregistré\u202f; les chiffres affichés ne changent pas.")
        return 1
    except CiteError as error:
        click.echo(f"{source.label}\u00a0: EN PANNE\n    {error}")
        return 1
    click.echo(f"{source.label}\u00a0: valable, {count(result.rows, 'ligne')}. Rien n'a été enregistré.")
    why, revised = remarks(source, desk.store, desk.settings.territory, in_force(desk.store, source), result)
    for sentence in (*why, *([HELD] if why else []), *result.warnings, *revised):
        click.echo(f"    {shown(sentence)}")
    return 0


def list_sources(*, check: bool, written: str) -> int:
    """The declared sources and their state; with ``check``, each base is tried without storing anything."""
    import pandas as pd

    desk = current_desk()
    if check:
        context = context_of(desk.settings, desk.now())
        codes = []
        for source in chosen(desk, ()):
            if source.kind in ONLINE:
                codes.append(_tell_dry_run(desk, source, partial(ONLINE[source.kind], source, context, os.environ)))
            else:
                click.echo(f"{source.label}\u00a0: déclaration valable\u202f; dépôt\u00a0: {source.drop_folder(desk.settings)}")
        return max(codes, default=0)
    today = desk.settings.today(datetime.now(PARIS).date())
    board = build_board(desk, today, periods=[])
    frame = pd.DataFrame(
        [
            (state.id, state.label, state.kind, state.last_accepted, state.last_outcome or None, list(state.missing), state.next_due)
            for state in board.sources
        ],
        columns=["source", "label", "kind", "last_accepted", "last_outcome", "missing", "next_due"],
    )
    show(frame, written, _sources_table)
    return 0


def _sources_table(frame: pd.DataFrame) -> pd.DataFrame:
    import pandas as pd

    from indicators.typography import date_short

    return pd.DataFrame(
        {
            "Source": frame["source"],
            "Partenaire": frame["label"],
            "Dernière livraison": frame["last_accepted"].map(
                lambda at: "aucune" if pd.isna(at) else date_short(at.astimezone(PARIS).date())
            ),
            "Dernier essai": frame["last_outcome"].map(lambda word: MARKS[Outcome(word)] if isinstance(word, str) else "aucun"),
            "Périodes manquantes": frame["missing"].map(lambda periods: ", ".join(periods) or "–"),
            "Prochaine échéance": frame["next_due"].map(lambda day: "–" if pd.isna(day) else date_short(day)),
        }
    )
