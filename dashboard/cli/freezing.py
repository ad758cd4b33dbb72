"""Freezing a séance from the command line, and the yearly grids. What freezing is lives in ``dashboard.editions``."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from math import isfinite

import click
import pandas as pd

from connectors.errors import ConfigurationError
from dashboard.cli.output import records, show
from dashboard.cli.secrecy import interval
from dashboard.data import current_desk
from dashboard.editions.boards import grids_of, kept_grid, proposed_grid, rules_of
from dashboard.editions.freezing import freeze_for
from dashboard.editions.grids import keep_grid
from dashboard.editions.reading import open_edition
from dashboard.editions.refusals import named
from indicators import typography as t
from indicators.codes import ENSEMBLE, category_label
from indicators.meeting import Audience
from indicators.period import Frequency, Period
from indicators.release.attack import attack
from indicators.release.grid import Choice, Depth, Grid, Span, Subject
from indicators.release.plain import memory_from_plain

NOT_TO_SHARE = "NE PAS DIFFUSER : ce choix cite de petits effectifs, il est pour la coordination."
SPANS = {Span.QUARTER: "trimestre", Span.YEAR: "douze mois"}
LISTED = 3
"""Categories named one by one: more are counted."""
DEPTHS = {
    Depth.EACH: "chaque QPV",
    Depth.TWO: "QPV et reste de la ville",
    Depth.CITY: "ville entière",
    Depth.NOTHING: "rien",
}


def freeze(number: int, audience: Audience, replaces: str | None, by: str | None) -> None:
    """Freeze a séance for an audience, show progress, and say what was kept."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn

    desk = current_desk()
    with Progress(TextColumn("{task.description}"), BarColumn(), console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Préparation", total=1.0)
        kept = freeze_for(
            desk,
            number,
            audience,
            by=by or os.environ.get("USER") or "coordination",
            at=desk.now(),
            replaces=replaces,
            progress=lambda said, share: bar.update(task, description=said, completed=share),
        )
    control = open_edition(desk, kept.id).content["control"]
    offered, hidden = t.number(control["offered"]), t.count(control["hidden"], "chiffre masqué", "chiffres masqués")
    told = f"{offered} chiffres, {hidden}, {t.number(control['judged'])} effectifs contrôlés" if control["offered"] else "chiffres exacts"
    click.echo(t.french(f"Édition {kept.id} figée : {told}, empreinte {kept.sha256[:12]}."))


def grids(audience: Audience, year: int | None, written: str, *, renew: bool, by: str | None) -> None:
    """Show the yearly choice of an audience with the reason for each, or renew it from the last four quarters."""
    desk = current_desk()
    at = desk.now()
    last = Period.of(at.date(), Frequency.QUARTER).shift(-1)
    wanted = year or last.year
    period = min(Period(wanted, Frequency.QUARTER, 4), last)
    before = kept_grid(desk, audience, wanted)
    grid = proposed_grid(desk, audience, period, at) if renew else before or grids_of(desk, audience, period, at)[wanted]
    if renew:
        keep_grid(desk, audience, wanted, grid, at, by or os.environ.get("USER") or "coordination")
    if written == "table":
        click.echo(t.french(NOT_TO_SHARE))
    show(_frame(grid, audience, wanted), written, _texts)
    if written == "table":
        changed = sum(_told(grid[subject]) != _told(before[subject]) for subject in grid if subject in before)
        said = (
            f"Grilles {wanted} renouvelées : {t.count(changed, 'choix a changé', 'choix ont changé')}."
            if renew
            else _standing(before, wanted)
        )
        click.echo(t.french(said))


def audit_edition(wanted: str, written: str) -> int:
    """Print what a reader can work out of everything an edition's audience was told; 1 when a small count is given away, else 0."""
    desk = current_desk()
    edition = open_edition(desk, wanted)
    if edition.audience is Audience.COORDINATION:
        raise ConfigurationError(f"L'édition {wanted} est celle de la coordination : elle montre les effectifs exacts.")
    rules = rules_of(desk.settings, edition.audience)
    memory = memory_from_plain(edition.content["knowledge"])
    policy = replace(rules.policy, threshold=edition.content["secret"]["threshold"], sensitive=edition.content["secret"]["sensitive"])
    found = attack(memory.told, memory.hidden, rules.measures, rules.territory, policy)
    rows = [
        (" et ".join(named(box, rules) for box in item.claim), _whole(item.low), _whole(item.high), item.exposed)
        for item in (*found.exposed, *found.hidden)
    ]
    frame = pd.DataFrame(rows, columns=["effectif", "low", "high", "expose"]).astype({"low": "Int64", "high": "Int64"})
    exposed = int(frame["expose"].sum())
    if written == "json":
        cells = records(frame)
        answer = {"edition": wanted, "sha256": edition.sha256, "seuil": policy.threshold, "seuil_sensible": policy.sensitive}
        counts = {"dits": len(memory.told), "controles": found.judged, "exposes": exposed, "sans_regle": list(found.loose)}
        click.echo(json.dumps({**answer, **counts, "effectifs": cells}, ensure_ascii=False, indent=1))
    else:
        if len(frame) or written == "csv":
            show(frame, written, _bounded_texts)
        if written == "table":
            click.echo(t.french(_audited(len(memory.told), found.judged, exposed, policy.threshold)))
    return 1 if exposed else 0


def _whole(end: float) -> int | None:
    return int(end) if isfinite(end) else None


def _bounded_texts(frame: pd.DataFrame) -> pd.DataFrame:
    known = [interval(int(low), None if pd.isna(high) else int(high)) for low, high in zip(frame["low"], frame["high"], strict=True)]
    said = ["EXPOSÉ" if given else "protégé" for given in frame["expose"]]
    return pd.DataFrame({"Effectif": [t.french(text) for text in frame["effectif"]], "Un lecteur en déduit": known, "Petit effectif": said})


def _audited(told: int, judged: int, exposed: int, k: int) -> str:
    head = f"{t.number(told)} effectifs dits à ce public, {t.number(judged)} contrôlés"
    if not exposed:
        return f"{head} : aucun petit effectif (de 1 à {k - 1}) ne se déduit de tout ce qu'il a reçu."
    return f"{head} : {t.count(exposed, 'petit effectif se déduit', 'petits effectifs se déduisent')} (seuil {k})."


def _standing(before: Grid, year: int) -> str:
    if before:
        return f"Grilles {year} en vigueur : elles ne changent qu'avec « cite-emploi grilles --renouveler »."
    return f"Grilles {year} proposées : la première édition de l'année les gardera."


def _told(choice: Choice) -> tuple[Depth, tuple[str, ...], bool]:
    return choice.depth, choice.categories, choice.unlocated


def _frame(grid: Grid, audience: Audience, year: int) -> pd.DataFrame:
    rows = [
        (audience.value, year, *_words(item, choice), choice.smallest if choice.smallest >= 0 else None, choice.reason)
        for item, choice in sorted(grid.items())
    ]
    names = ["audience", "annee", "indicateur", "duree", "dimension", "zones", "modalites", "plus_petit", "raison"]
    return pd.DataFrame(rows, columns=names).astype({"plus_petit": "Int64"})


def _words(item: Subject, choice: Choice) -> tuple[str, ...]:
    return item.indicator, item.span.value, item.dimension, choice.depth.value, " ".join(choice.categories)


def _texts(frame: pd.DataFrame) -> pd.DataFrame:
    """The choices that show something, or say why nothing is."""
    return pd.DataFrame(
        {
            "Indicateur": list(frame["indicateur"]),
            "Durée": [SPANS[Span(span)] for span in frame["duree"]],
            "Détail": [_detail(name, kept) for name, kept in zip(frame["dimension"], frame["modalites"], strict=True)],
            "Zones": [DEPTHS[Depth(depth)] for depth in frame["zones"]],
            "Plus petit": ["–" if pd.isna(value) else t.number(value) for value in frame["plus_petit"]],
            "Raison": [t.french(reason) for reason in frame["raison"]],
        }
    )


def _detail(dimension: str, kept: str) -> str:
    if dimension == ENSEMBLE:
        return "total"
    codes = kept.split()
    if len(codes) > LISTED:
        return f"{dimension} ({t.number(len(codes))} modalités)"
    return ", ".join(t.lower_first(category_label(dimension, code)) for code in codes) or dimension
