"""A small Cité on disk: its cite.toml, its sources, its environment. Every test of the connectors starts from one."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from connectors.intake import Context
from connectors.settings import Settings, load_settings
from connectors.source import Source, load_source, load_sources
from connectors.store import Store, open_store

TODAY = date(2023, 7, 10)
CITE = """
[city]
name = "Cité de l'emploi de Villetest"
operator = "L'Association"
commune = "59999"
commune_name = "Villetest"
population = 5000
started_on = 2023-01-01
today = 2023-07-10

[[zoning]]
code = "2015"
label = "Zonage 2015"
valid_from = 2015-01-01
valid_to = 2023-12-31
qpv = [{code = "QP059901", label = "Les Tilleuls"}, {code = "QP059902", label = "Le Port"}]

[[zoning]]
code = "2024"
label = "Zonage 2024"
valid_from = 2024-01-01
qpv = [{code = "QN05999N", label = "Les Tilleuls"}]

[[exercise]]
year = 2023
grant = "1000.00"
first_day = 2023-01-01
last_day = 2023-12-31

[[exercise.line]]
code = "poste"
label = "Poste"
level = "1"
amount = "600.00"
accounts = ["64"]

[[exercise.line]]
code = "actions"
label = "Actions"
level = "2"
amount = "400.00"
accounts = ["60", "62", "6226"]
"""
FILE_SOURCE = """
id = "{id}"
label = "Partenaire {id}"
kind = "file"
expected_measures = ["entrees_plie", "entrees_formation", "sorties_parcours", "habitants_reperes", "habitants_accueillis"]
"""


@dataclass
class City:
    """A folder that holds one Cité, and the environment that opens it."""

    folder: Path
    environment: dict[str, str] = field(default_factory=dict)

    @property
    def settings(self) -> Settings:
        return load_settings(self.environment, self.folder)

    @property
    def context(self) -> Context:
        settings = self.settings
        return Context(settings.territory, settings.city.started_on, settings.today(TODAY))

    def write(self, text: str = CITE) -> City:
        (self.folder / "cite.toml").write_text(text, encoding="utf-8")
        return self

    def source(self, name: str, text: str, **queries: str) -> Source:
        """Declare a source; ``queries`` are the texts of its .sql files."""
        folder = self.folder / "sources" / name
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "source.toml").write_text(text, encoding="utf-8")
        for file, sql in queries.items():
            (folder / f"{file}.sql").write_text(sql, encoding="utf-8")
        return load_source(folder)

    def sources(self) -> list[Source]:
        return load_sources(self.settings)

    def drop(self, source: str, name: str, content: bytes) -> Path:
        """Drop a file for a source, as a partner does."""
        path = self.settings.data_dir / "depot" / source / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        return path

    def store(self) -> Store:
        return open_store(self.settings.store_url)


def at(day: int, month: int = 7, hour: int = 9) -> datetime:
    return datetime(2023, month, day, hour, tzinfo=UTC)
