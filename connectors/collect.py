"""Every source in turn: read, validate, store, log. A source that fails stops no other, and leaves its last good figures in place."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from connectors import sql
from connectors.calendar import PARIS
from connectors.dropped import extract_file
from connectors.errors import CiteError, ConfigurationError, DeliveryRefusedError, SourceUnavailableError, french
from connectors.extract import Extract
from connectors.intake import Context
from connectors.settings import Settings
from connectors.source import Kind, Source
from connectors.store import Delivery, Outcome, Store

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
            reports.append(_attempt(source, store, on, "base", lambda source=source: sql.extract(source, context, environment)))  # type: ignore[misc]
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
        content = path.read_bytes()
        report = _attempt(
            source,
            store,
            on,
            path.name,
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
    target = folder / f"{sha256(content).hexdigest()[:16]}{path.suffix.lower()}"
    if report.personal:
        path.unlink()
    else:
        shutil.move(path, target)
    if not accepted:
        target.with_suffix(".txt").write_text("\n".join(report.sentences) + "\n", encoding="utf-8")


def _attempt(source: Source, store: Store, on: datetime, origin: str, read: Callable[[], Extract]) -> Report:
    """Read one delivery and log what became of it, whatever it is."""
    try:
        extract = read()
    except DeliveryRefusedError as error:
        return replace(_log(source, store, on, origin, Outcome.REFUSED, tuple(error.faults)), personal=error.personal)
    except (SourceUnavailableError, ConfigurationError) as error:
        return _log(source, store, on, origin, Outcome.FAILED, (french(_with_date(error, store, source)),))
    known = store.known_digest(source.id, extract.sha256)
    if known is not None:
        day = f"{known.received_at.astimezone(PARIS):%d/%m/%Y}"
        sentence = f"Livraison déjà connue (empreinte {extract.sha256[:8]}, du {day}). Rien n'a changé."
        return _log(source, store, on, origin, Outcome.UNCHANGED, (french(sentence),), extract.sha256)
    warnings = tuple(map(french, extract.warnings))
    delivery = Delivery(source.id, on, on, extract.sha256, extract.rows, Outcome.ACCEPTED, warnings, origin)
    store.record(delivery, counts=extract.counts, expenses=extract.expenses, published=extract.published)
    return Report(source, Outcome.ACCEPTED, warnings, extract.rows, origin)


def _with_date(error: CiteError, store: Store, source: Source) -> str:
    last = store.last(source.id, Outcome.ACCEPTED)
    if last is None:
        return f"{error} Aucune livraison valable n'a encore été reçue."
    return f"{error} Chiffres affichés : livraison du {last.received_at.astimezone(PARIS):%d/%m/%Y}."


def _log(source: Source, store: Store, on: datetime, origin: str, outcome: Outcome, sentences: tuple[str, ...], digest: str = "") -> Report:
    store.record(Delivery(source.id, on, on, digest, 0, outcome, sentences, origin))
    return Report(source, outcome, sentences, 0, origin)
