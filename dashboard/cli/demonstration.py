"""The demonstration: fictitious partners built once, their story collected step by step, as the connectors would in Calais."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path

import click

import connectors
import indicators
from connectors.collect import collect
from connectors.demo.postgres import temporary_cluster
from connectors.demo.story import Step, World, build
from connectors.settings import load_settings
from connectors.source import load_sources
from connectors.store import open_store
from dashboard.cli.collecting import progress_bar
from dashboard.cli.demonstration_meetings import Event, events
from dashboard.cli.mapping import import_into
from dashboard.data import Desk

ENVIRONMENT = "environnement.env"
STAMP = "version.txt"


def prepare(folder: Path, open_file: Path | None, contours: Path | None = None, *, again: bool) -> dict[str, str]:
    """Build and collect the demonstration in ``folder`` unless it is there already; return the environment that opens it.

    ``open_file`` and ``contours``, files that others publish, are taken where they are present.
    """
    present, drawn = (path if path and path.is_file() else None for path in (open_file, contours))
    stamp = _version([path for path in (present, drawn) if path])
    written = folder / STAMP
    if again or not written.is_file() or written.read_text("utf-8") != stamp:
        _make(folder, present, drawn)
        written.write_text(stamp, encoding="utf-8")
    lines = (folder / ENVIRONMENT).read_text("utf-8").splitlines()
    environment = dict(line.split("=", 1) for line in lines if line)
    click.echo(f"Démonstration (données fictives)\u00a0: {folder}")
    return environment


def _version(files: Sequence[Path]) -> str:
    """What the demonstration depends on: the code that builds, reads and counts, and the open files."""
    digest = sha256()
    for package in (connectors, indicators):
        for path in sorted(Path(str(package.__file__)).parent.rglob("*")):
            if path.suffix in {".py", ".toml", ".sql"}:
                digest.update(path.read_bytes())
    for path in files:
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _make(folder: Path, open_file: Path | None, contours: Path | None) -> None:
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
    with temporary_cluster(folder / "postgresql") as admin_url:
        click.echo("Construction des partenaires fictifs…")
        world = build(folder, admin_url, open_file)
        click.echo(f"Mission locale\u00a0: {'PostgreSQL' if admin_url else 'SQLite (aucun serveur PostgreSQL ne peut être démarré ici)'}")
        _replay(world)
    if contours:
        import_into(load_settings(world.environment, Path(world.environment["CITE_CONFIG"]).parent), contours)
    (folder / ENVIRONMENT).write_text("".join(f"{name}={value}\n" for name, value in world.environment.items()), encoding="utf-8")


def _replay(world: World) -> None:
    """Two years of collecting and of séances, each step at its own date."""
    settings = load_settings(world.environment, Path(world.environment["CITE_CONFIG"]).parent)
    desk = Desk(settings, tuple(load_sources(settings)), open_store(settings.store_url))
    story: list[Step | Event] = [*world.steps, *events()]
    story.sort(key=lambda item: item.on)
    try:
        with progress_bar() as bar:
            task = bar.add_task("Collecte", total=len(story))
            for item in story:
                bar.update(task, description=item.label, advance=1)
                if isinstance(item, Event):
                    item.happen(desk)
                else:
                    _collect(item, desk, world.environment)
    finally:
        desk.store.close()


def _collect(step: Step, desk: Desk, environment: Mapping[str, str]) -> None:
    step.apply()
    sources = {source.id: source for source in desk.sources}
    collect(desk.settings, [sources[name] for name in step.sources], desk.store, step.on, environment)
