"""Every source in turn: read, validate, store, log. A source that fails stops no other, and leaves its last good figures in place."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from connectors import sql
from connectors.calendar import PARIS
from connectors.dropped import extract_file, kept_name
from connectors.errors import ConfigurationError, DeliveryRefusedError, SourceUnavailableError
from connectors.extract import Extract
from connectors.intake import Context
from connectors.settings import Settings
from connectors.source import Kind, Source
from connectors.store import Delivery, Outcome, Store
from indicators.typography import french

logger = logging.getLogger(__name__)

Progress = Callable[[Source], None]


@dataclass(frozen=True)
class Report:
    """What became of one delivery attempt; ``sentences`` are French, for the coordinator and the partner."""

    source: Source
    outcome: Outcome | None
    sentences: tuple[str, ...]
    rows: int = 0
    origin: str = ""
    personal: bool = False
    """Whether the delivery may describe persons."""

    @property
    def failed(self) -> bool:
        """Whether something must be mended."""
        return self.outcome in {Outcome.REFUSED, Outcome.FAILED}


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
    reports: list[Report] = []
    for source in sources:
        if progress:
            progress(source)
        if source.kind is Kind.SQL:
            reports.append(_attempt(source, store, on, "base", "base", lambda source=source: sql.extract(source, context, environment)))  # type: ignore[misc]
        else:
            reports += _collect_files(settings, source, store, on, context)
    return reports


def _collect_files(settings: Settings, source: Source, store: Store, on: datetime, context: Context) -> list[Report]:
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
        report = _attempt(
            source,
            store,
            on,
            path.name,
            kept_name(content, path.name),
            lambda content=content, path=path: extract_file(content, path.name, source, context, settings.exercises),  # type: ignore[misc]
        )
        _put_away(settings, path, content, report)
        reports.append(report)
    return reports


def _put_away(settings: Settings, path: Path, content: bytes, report: Report) -> None:
    """Move a file out of the drop folder, under its digest: its own name is never trusted. A refused one keeps its report beside it.

    A file that may describe persons is erased: only its report stays, so that nothing of it is kept.
    """
    accepted = not report.failed
    folder = settings.data_dir / ("recus" if accepted else "refuses") / report.source.id
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / kept_name(content, path.name)
    if report.personal:
        path.unlink()
    else:
        shutil.move(path, target)
    if not accepted:
        target.with_suffix(".txt").write_text("\n".join(report.sentences) + "\n", encoding="utf-8")


def _attempt(source: Source, store: Store, on: datetime, shown: str, kept: str, read: Callable[[], Extract]) -> Report:
    """Read one delivery and log what became of it, whatever it is: ``shown`` names it on screen, ``kept`` in the log."""
    personal = False
    try:
        extract = read()
    except DeliveryRefusedError as error:
        outcome, sentences, personal = Outcome.REFUSED, tuple(error.faults), error.personal
    except (SourceUnavailableError, ConfigurationError) as error:
        outcome, sentences = Outcome.FAILED, (french(_with_date(str(error), store, source)),)
    except Exception as error:
        logger.exception("source %s", source.id)
        text = f"« {source.label} » : erreur inattendue ({type(error).__name__}), détaillée dans le journal du programme."
        outcome, sentences = Outcome.FAILED, (french(_with_date(text, store, source)),)
    else:
        return _keep(source, store, on, shown, extract)
    store.record(Delivery(source.id, on, on, "", 0, outcome, sentences, kept))
    return Report(source, outcome, sentences, 0, shown, personal)


def _keep(source: Source, store: Store, on: datetime, shown: str, extract: Extract) -> Report:
    """Store a valid delivery, or log that it brings nothing new."""
    known = store.known_digest(source.id, extract.sha256)
    if known is not None:
        day = f"{known.received_at.astimezone(PARIS):%d/%m/%Y}"
        sentence = french(f"Livraison déjà connue (empreinte {extract.sha256[:8]}, du {day}). Rien n'a changé.")
        store.record(Delivery(source.id, on, on, extract.sha256, 0, Outcome.UNCHANGED, (sentence,), extract.origin))
        return Report(source, Outcome.UNCHANGED, (sentence,), 0, shown)
    warnings = tuple(map(french, extract.warnings))
    delivery = Delivery(source.id, on, on, extract.sha256, extract.rows, Outcome.ACCEPTED, warnings, extract.origin)
    store.record(delivery, counts=extract.counts, expenses=extract.expenses, published=extract.published)
    return Report(source, Outcome.ACCEPTED, warnings, extract.rows, shown)


def _with_date(text: str, store: Store, source: Source) -> str:
    last = store.last(source.id, Outcome.ACCEPTED)
    if last is None:
        return f"{text} Aucune livraison valable n'a encore été reçue."
    return f"{text} Chiffres affichés : livraison du {last.received_at.astimezone(PARIS):%d/%m/%Y}."
