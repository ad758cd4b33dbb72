"""What becomes of a valid delivery: stored, already known, or put on hold until the coordinator decides. Reading it is done before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import pandas as pd

from connectors.calendar import PARIS
from connectors.errors import CiteError, logged, shown
from connectors.extract import Extract
from connectors.plausible import doubts, ledger_doubts
from connectors.source import Source
from connectors.store import Delivery, Outcome, Store
from indicators.period import Period
from indicators.territory import Territory
from indicators.typography import count, french, period_label

COORDINATION = "la coordination"
"""Who decides on a delivery, where nobody signed."""
HELD = "Mise en attente : les chiffres affichés ne changent pas tant que la coordination n'a pas décidé (page Données)."


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

    @property
    def held(self) -> bool:
        """Whether it waits for the coordinator."""
        return self.outcome is Outcome.HELD


def receive(source: Source, store: Store, territory: Territory, on: datetime, shown_as: str, extract: Extract) -> Report:
    """Store a valid delivery, put it on hold, or log that it brings nothing new; ``shown_as`` names it on screen."""
    known = store.known_digest(source.id, extract.sha256)
    if known is not None:
        sentence = french(f"Livraison déjà connue (empreinte {extract.sha256[:8]}, du {received_day(known)}). Rien n'a changé.")
        store.record(Delivery(source.id, on, on, extract.sha256, 0, Outcome.UNCHANGED, (sentence,), extract.origin))
        return Report(source, Outcome.UNCHANGED, (sentence,), 0, shown_as)
    decided = _decided(source, store, extract, shown_as)
    if decided is not None:
        return decided
    why, revised = remarks(source, store, territory, in_force(store, source), extract)
    outcome = Outcome.HELD if why else Outcome.ACCEPTED
    notes = [*why, HELD, *extract.warnings] if why else [*extract.warnings, *revised]
    delivery = Delivery(source.id, on, on, extract.sha256, extract.rows, outcome, tuple(map(logged, notes)), extract.origin)
    store.record(delivery, counts=extract.counts, expenses=extract.expenses, published=extract.published)
    return Report(source, outcome, tuple(map(shown, notes)), extract.rows, shown_as)


def in_force(store: Store, source: Source) -> pd.DataFrame:
    """The counts in force that a source delivered."""
    current = store.counts()
    return current[current["source"] == source.id]


def compared(own: pd.DataFrame, counts: pd.DataFrame) -> pd.DataFrame:
    """The counts delivered, each ``new`` where its source had none in force, or ``changed`` from the one it had."""
    key = ["measure", "territory", "period", "dimension", "category"]
    both = counts.merge(own, on=key, how="left", suffixes=("", "_before"), indicator=True)
    new = both["_merge"] == "left_only"
    same = (both["value"] == both["value_before"]).fillna(value=False) | (both["value"].isna() & both["value_before"].isna())
    return both.assign(new=new, changed=~new & ~(same & (both["status"] == both["status_before"])))


def remarks(source: Source, store: Store, territory: Territory, own: pd.DataFrame, extract: Extract) -> tuple[list[str], list[str]]:
    """Why a valid delivery would be put on hold, and what editions hold of what it revises: French sentences. Nothing is stored.

    Args:
        own: the counts of this source in force.
    """
    return _doubts(source, store, territory, own, extract), _frozen(store, own, extract)


def _decided(source: Source, store: Store, extract: Extract, shown_as: str) -> Report | None:
    """The same content put on hold or refused by the coordinator before: said again, not logged again."""
    for held in store.waiting():
        if (held.source, held.sha256) == (source.id, extract.sha256):
            sentence = french(f"Déjà en attente depuis le {received_day(held)} : acceptez-la ou refusez-la (page Données).")
            return Report(source, Outcome.HELD, (*held.report, sentence), held.rows, shown_as)
    last = store.last_of(source.id, extract.sha256)
    if last is not None and last.outcome is Outcome.REFUSED:
        return Report(source, Outcome.REFUSED, last.report, 0, shown_as)
    return None


def _doubts(source: Source, store: Store, territory: Territory, own: pd.DataFrame, extract: Extract) -> list[str]:
    before = store.last_of(source.id, extract.sha256)
    if before is not None and before.outcome is Outcome.ACCEPTED:  # believed once: a return to it is
        return []
    last = store.last(source.id, Outcome.ACCEPTED)
    if extract.empty and last is not None:
        return [f"« {source.label} » renvoie 0 ligne ({last.rows} la fois précédente)."]
    if extract.counts is not None:
        return doubts(extract.counts, own, territory.label)
    return ledger_doubts(extract.expenses, store.expenses()) if extract.expenses is not None else []


def _frozen(store: Store, own: pd.DataFrame, extract: Extract) -> list[str]:
    """What a delivery revises that an edition holds: the edition keeps its figures, the live pages show the new ones."""
    editions = store.archive.editions()
    if extract.counts is None or own.empty or editions.empty:
        return []
    delivered = compared(own, extract.counts)
    last_days = [Period.parse(str(name)).last_day for name in editions["period"]]
    found = []
    for code in sorted(set(delivered.loc[delivered["changed"], "period"])):
        end = Period.parse(code).last_day
        holding = [str(name) for name, last in zip(editions["id"], last_days, strict=True) if last >= end]
        if holding:
            which = f"l'édition {holding[-1]}" if len(holding) == 1 else f"{count(len(holding), 'édition')}, dont {holding[-1]}"
            found.append(
                f"{period_label(Period.parse(code))} : période figée dans {which}. La révision est gardée ; aucune édition ne change."
            )
    return found


def decide(source: Source, store: Store, waiting: Delivery, on: datetime, *, accepted: bool, reason: str, by: str) -> Report:
    """Accept or refuse a delivery on hold, once; ``CiteError`` when no reason is given or it was decided meanwhile.

    Args:
        by: who decides, as the log names them.
    """
    if not reason.strip():
        raise CiteError("Écrivez le motif de la décision : il est gardé avec la livraison. Rien n'a été changé.")
    if waiting.id not in {item.id for item in store.waiting()}:
        raise CiteError("Cette livraison a déjà été décidée, ou une livraison plus récente la remplace. Rien n'a été changé.")
    word = "acceptée" if accepted else "refusée"
    day = f"{on.astimezone(PARIS):%d/%m/%Y}"
    sentence = french(f"Mise en attente le {received_day(waiting)}, {word} le {day} par {by} : {reason.strip()}")
    told = (sentence, *waiting.report)
    outcome, rows = (Outcome.ACCEPTED, waiting.rows) if accepted else (Outcome.REFUSED, 0)
    delivery = Delivery(source.id, on, waiting.extracted_at, waiting.sha256, rows, outcome, told, waiting.origin)
    if accepted:
        store.accept(waiting, delivery)
    else:
        store.record(delivery)
    return Report(source, outcome, told, rows, waiting.origin)


def received_day(delivery: Delivery) -> str:
    """The day a delivery was received, in Paris: 03/02/2024."""
    return f"{delivery.received_at.astimezone(PARIS):%d/%m/%Y}"
