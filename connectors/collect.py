"""Every source in turn: read, validate, store, log. A source that fails stops no other, and leaves its last good figures in place."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from traceback import format_tb

from connectors import france_travail, sql
from connectors.calendar import PARIS
from connectors.counts_only import STAYS, kept_as, kept_of, stays
from connectors.dropped import extract_file, kept_name
from connectors.errors import ConfigurationError, DeliveryRefusedError, SourceUnavailableError
from connectors.extract import Extract
from connectors.intake import Context
from connectors.receive import Report, receive, received_day
from connectors.settings import Settings
from connectors.source import Kind, Source
from connectors.sql import EmptyAnswerError
from connectors.store import Delivery, Outcome, Store
from connectors.whole_file import write_whole
from indicators.territory import Territory
from indicators.typography import french

logger = logging.getLogger(__name__)

Progress = Callable[[Source], None]


@dataclass(frozen=True)
class Place:
    """Where and when a delivery is received."""

    store: Store
    territory: Territory
    on: datetime


def context_of(settings: Settings, on: datetime) -> Context:
    """What deliveries are checked against, as of an instant."""
    return Context(settings.territory, settings.city.started_on, on.astimezone(PARIS).date())


def collect(
    settings: Settings,
    sources: Sequence[Source],
    store: Store,
    on: datetime,
    environment: Mapping[str, str],
    progress: Progress | None = None,
) -> list[Report]:
    """Collect from each source and return a report for each delivery found.

    Args:
        on: the instant written in the log, with its zone.
        environment: where the addresses of the partners' bases are.
        progress: called before each source.
    """
    context = context_of(settings, on)
    place = Place(store, settings.territory, on)
    reports: list[Report] = []
    for source in sources:
        if progress:
            progress(source)
        if source.kind is Kind.SQL:
            reports.append(_attempt(source, place, "base", "base", lambda source=source: sql.extract(source, context, environment)))  # type: ignore[misc]
        elif source.kind is Kind.API:
            online = france_travail.ORIGIN
            reports.append(
                _attempt(source, place, online, online, lambda source=source: france_travail.extract_api(source, context, environment))  # type: ignore[misc]
            )
        else:
            reports += _collect_files(settings, source, place, context)
    return reports


def _collect_files(settings: Settings, source: Source, place: Place, context: Context) -> list[Report]:
    folder = source.drop_folder(settings)
    folder.mkdir(parents=True, exist_ok=True)
    files = sorted(
        (path for path in folder.glob(source.file.pattern) if path.is_file() and not path.name.startswith((".", "~$"))),
        key=lambda path: (path.stat().st_mtime, path.name),
    )
    if not files:
        return [Report(source, None, (f"Rien de nouveau dans {folder}.",))]
    reports = []
    for path in files:
        try:
            content = path.read_bytes()
        except OSError:
            sentence = french(f"Le fichier « {path.name} » du dépôt ne peut être lu : vérifiez ses droits. Rien n'a été chargé.")
            reports.append(Report(source, Outcome.FAILED, (sentence,), 0, path.name))
            continue
        report = receive_file(settings, source, place, context, content, path.name)
        if stays(source, failed=report.failed, personal=report.personal):
            report = replace(report, sentences=(*report.sentences, STAYS))
        else:
            path.unlink()
        reports.append(report)
    return reports


def receive_file(settings: Settings, source: Source, place: Place, context: Context, content: bytes, name: str) -> Report:
    """Read a file, dropped in its folder or in the browser, keep it with what became of it, and return that."""
    report = _attempt(
        source, place, name, kept_name(content, name), lambda: extract_file(content, name, source, context, settings.exercises)
    )
    _put_away(settings, content, name, report)
    return report


def _put_away(settings: Settings, content: bytes, name: str, report: Report) -> None:
    """Keep a file under its digest: its own name is never trusted. A refused one has its report beside it.

    Of one that may describe persons only the report stays, so that nothing of it is kept.
    """
    folder = settings.data_dir / ("refuses" if report.failed else "recus") / report.source.id
    target = folder / kept_as(report.source, kept_name(content, name))
    kept = kept_of(report.source, content, name, failed=report.failed)
    if kept is not None and not report.personal:
        write_whole(target, kept)
    if report.failed:
        write_whole(target.with_suffix(".txt"), "\n".join((*report.sentences, "")).encode())


def _attempt(source: Source, place: Place, shown_as: str, kept: str, read: Callable[[], Extract]) -> Report:
    """Read one delivery and log what became of it, whatever it is: ``shown_as`` names it on screen, ``kept`` in the log."""
    store = place.store
    try:
        extract = read()
    except DeliveryRefusedError as error:
        if not isinstance(error, EmptyAnswerError) or store.last(source.id, Outcome.ACCEPTED) is None:
            store.record(Delivery(source.id, place.on, place.on, "", 0, Outcome.REFUSED, tuple(error.logged), kept))
            return Report(source, Outcome.REFUSED, tuple(error.logged if error.personal else error.faults), 0, shown_as, error.personal)
        extract = error.extract
    except (SourceUnavailableError, ConfigurationError) as error:
        return _failed(source, place, shown_as, kept, str(error))
    except Exception as error:  # noqa: BLE001 - whatever it is, the other sources are collected
        # an exception's own words may quote a cell: its place in the program is enough to mend it
        logger.error(  # noqa: TRY400
            "source %s: %s\n%s", source.id, type(error).__name__, "".join(format_tb(error.__traceback__))
        )
        text = f"« {source.label} » : erreur inattendue ({type(error).__name__}), détaillée dans le journal du programme."
        return _failed(source, place, shown_as, kept, text)
    return receive(source, store, place.territory, place.on, shown_as, extract)


def _failed(source: Source, place: Place, shown_as: str, kept: str, text: str) -> Report:
    sentences = (french(_with_date(text, place.store, source)),)
    place.store.record(Delivery(source.id, place.on, place.on, "", 0, Outcome.FAILED, sentences, kept))
    return Report(source, Outcome.FAILED, sentences, 0, shown_as)


def _with_date(text: str, store: Store, source: Source) -> str:
    last = store.last(source.id, Outcome.ACCEPTED)
    if last is None:
        return f"{text} Aucune livraison valable n'a encore été reçue."
    return f"{text} Chiffres affichés : livraison du {received_day(last)}."
