"""cite.toml and the environment, read once and typed: the Cité as data. Secrets are named here, never held.

Environment: CITE_CONFIG (path of cite.toml), CITE_STORE_URL, CITE_DATA_DIR, and one variable per source secret, named by the source.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Annotated

from pydantic import Field, model_validator

from connectors.declaration import Declared, build, read_toml
from connectors.definitions import DefinitionDeclared, check_definitions
from connectors.errors import ConfigurationError
from connectors.exercise import ExerciseDeclared, Short
from connectors.objectives import TargetDeclared, check_targets
from connectors.secrecy import SecretDeclared
from indicators.disclosure.policy import Policy
from indicators.period import SeriesBreak
from indicators.targets import Target
from indicators.territory import QPV_CODE, Neighbourhood, Territory, Zoning
from indicators.wording import Precision


class City(Declared):
    """The Cité de l'emploi: who carries it, where, since when."""

    name: str
    """Full name, shown at the top of every page."""
    operator: str
    """Who carries the Cité and receives the grant."""
    commune: Annotated[str, Field(pattern=r"^\d[\dAB]\d{3}$")]
    """Insee code of the commune (not a postal code); queries receive it as ``:commune``."""
    commune_name: str
    """Name of the commune."""
    population: Annotated[int, Field(gt=0)]
    """Inhabitants: a larger count is refused."""
    contact: str = ""
    """Whom partners call: name, telephone or e-mail; written on what is sent to them. Absent: « la coordination »."""
    started_on: date
    """First day covered by the Cité: an earlier period is refused."""
    fictitious: bool = False
    """« Données fictives » is shown on every page and document."""
    today: date | None = None
    """Fixed clock of a demonstration; absent in real use."""


class QpvDeclared(Declared):
    """One QPV of a zoning."""

    code: str
    """Official code: ``QP062001`` (2015) or ``QN06253M`` (2024)."""
    label: str
    """Its name."""
    short: Short | None = None
    """A name of 28 characters at most, for narrow places."""

    @model_validator(mode="after")
    def _official_code(self) -> QpvDeclared:
        if not QPV_CODE.fullmatch(self.code):
            raise ValueError(f"le code « {self.code} » n'est pas un code de QPV (QP062001 pour 2015, QN06253M pour 2024)")
        return self


class ZoningDeclared(Declared):
    """A generation of QPVs and its validity."""

    code: str
    """Its generation (``2015``, ``2024``)."""
    label: str
    """Its name."""
    valid_from: date
    """First day in force: a period uses the zoning in force on its last day."""
    valid_to: date | None = None
    """Last day in force; absent while it is."""
    qpv: Annotated[tuple[QpvDeclared, ...], Field(min_length=1)]


class BreakDeclared(Declared):
    """A day that no evolution may cross."""

    day: date
    """First day under the new definition."""
    label: str
    """What changed, in French, as written on charts."""
    measures: tuple[str, ...] = ()
    """The measures concerned; all of them when empty."""
    perimeter: bool = False
    """True for a change of zoning: the figures of the whole city cross it."""


class SourcesDeclared(Declared):
    """Where the partners' folders are, relative to cite.toml: each holds a source.toml."""

    folder: str = "sources"
    """Folder of the partners' folders, relative to cite.toml."""


class CiteFile(Declared):
    """The whole cite.toml."""

    city: City
    zoning: Annotated[tuple[ZoningDeclared, ...], Field(min_length=1)]
    series_break: tuple[BreakDeclared, ...] = ()
    exercise: tuple[ExerciseDeclared, ...] = ()
    target: tuple[TargetDeclared, ...] = ()
    definition: tuple[DefinitionDeclared, ...] = ()
    secret: SecretDeclared = SecretDeclared()
    sources: SourcesDeclared = SourcesDeclared()

    @model_validator(mode="after")
    def _codes_once(self) -> CiteFile:
        codes = [qpv.code for zoning in self.zoning for qpv in zoning.qpv]
        repeated = sorted({code for code in codes if codes.count(code) > 1})
        if repeated:
            raise ValueError(f"QPV déclaré plusieurs fois : {', '.join(repeated)}")
        for zoning in self.zoning:
            if zoning.valid_to is not None and zoning.valid_to < zoning.valid_from:
                raise ValueError(f"le zonage « {zoning.code} » finit avant de commencer ; corrigez « valid_from » ou « valid_to »")
        years = [exercise.year for exercise in self.exercise]
        if len(set(years)) < len(years):
            raise ValueError(f"un exercice est déclaré deux fois ({', '.join(map(str, sorted(years)))})")
        check_targets(self.target, codes)
        check_definitions(self.definition)
        ordered = sorted(self.zoning, key=lambda zoning: zoning.valid_from)
        for earlier, later in pairwise(ordered):
            if earlier.valid_to is None or earlier.valid_to >= later.valid_from:
                raise ValueError(f"les zonages « {earlier.code} » et « {later.code} » se chevauchent ; donnez « valid_to » au premier")
        return self


class Settings(Declared):
    """What every command and page needs to know, resolved: the Cité, its paths, its store."""

    file: CiteFile
    path: Path
    data_dir: Path
    store_url: str

    @property
    def city(self) -> City:
        """The Cité de l'emploi."""
        return self.file.city

    @property
    def exercises(self) -> tuple[ExerciseDeclared, ...]:
        """The financed years, oldest first."""
        return tuple(sorted(self.file.exercise, key=lambda exercise: exercise.year))

    @property
    def sources_folder(self) -> Path:
        """The folder whose subfolders declare the partners."""
        return (self.path.parent / self.file.sources.folder).resolve()

    @cached_property
    def territory(self) -> Territory:
        """Zones and zonings, as the indicators know them."""
        zonings = tuple(
            Zoning(z.code, z.label, z.valid_from, z.valid_to, tuple(Neighbourhood(q.code, q.label, q.short or q.label[:28]) for q in z.qpv))
            for z in sorted(self.file.zoning, key=lambda zoning: zoning.valid_from)
        )
        return Territory(self.city.commune, self.city.commune_name, self.city.population, zonings)

    @cached_property
    def breaks(self) -> tuple[SeriesBreak, ...]:
        """The days no evolution crosses."""
        return tuple(SeriesBreak(b.day, b.label, frozenset(b.measures), b.perimeter) for b in self.file.series_break)

    @cached_property
    def targets(self) -> tuple[Target, ...]:
        """What the copil decided to reach, in the order of the file."""
        return tuple(item.target for item in self.file.target)

    @cached_property
    def precisions(self) -> tuple[Precision, ...]:
        """What this Cité has added to definitions, in the order of the file."""
        return tuple(item.precision for item in self.file.definition)

    @cached_property
    def policies(self) -> dict[str, Policy]:
        """How small a count may be shown to each audience."""
        return self.file.secret.policies()

    def today(self, clock: date) -> date:
        """The demonstration's fixed day where there is one, else the day given."""
        return self.city.today or clock


def load_settings(environment: Mapping[str, str], folder: Path) -> Settings:
    """Read cite.toml (``CITE_CONFIG``, else ``folder``/cite.toml) and the environment.

    Raises:
        ConfigurationError: anything missing or wrong, one French sentence a fault, naming the file or the variable.
    """
    path = Path(environment.get("CITE_CONFIG") or folder / "cite.toml").expanduser()
    if not path.is_absolute():
        path = folder / path
    if not path.is_file():
        raise ConfigurationError(
            f"Le fichier de configuration {path} est introuvable. Donnez son chemin dans la variable CITE_CONFIG, ou lancez la commande "
            "depuis le dossier qui contient cite.toml."
        )
    content = build(CiteFile, read_toml(path), path)
    data_dir = Path(environment.get("CITE_DATA_DIR") or path.parent / "data").expanduser().resolve()
    store_url = environment.get("CITE_STORE_URL") or f"sqlite:///{data_dir / 'cite.sqlite'}"
    _check_store_url(store_url)
    return Settings(file=content, path=path.resolve(), data_dir=data_dir, store_url=store_url)


def _check_store_url(url: str) -> None:
    if not re.match(r"(sqlite:///|postgresql\+psycopg://)", url):
        scheme = url.split(":", 1)[0]
        raise ConfigurationError(
            f"La variable CITE_STORE_URL commence par « {scheme}: », qui n'est pas pris en charge. "
            "Écrivez sqlite:////chemin/cite.sqlite ou postgresql+psycopg://utilisateur@serveur/base."
        )
