"""What a source declares in its source.toml, typed. How a kind is read: ``sql``, ``files``, ``fec``, ``published``, ``france_travail``.

A source is a folder: source.toml and, for a database, its .sql files. ``preset = "<name>"`` starts from connectors/presets/<name>;
the keys written beside it win.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

from pydantic import Field, model_validator

from connectors.declaration import Declared, build, read_toml
from connectors.errors import ConfigurationError
from connectors.exercise import Short
from connectors.layout import Cube, FileFormat, PublishedMeasure, Query, Window
from connectors.layout_api import ApiDeclared
from connectors.settings import Settings
from indicators.measures import Nature
from indicators.period import Frequency
from indicators.registry import measures

PRESETS = Path(__file__).parent / "presets"
DECLARATION = "source.toml"
OF_VIEW = "view"
"""In place of a file, for a query that reads the view of the source."""


class Kind(StrEnum):
    """How a partner delivers."""

    SQL = "sql"
    FILE = "file"
    FEC = "fec"
    PUBLISHED = "published"
    API = "api"


class QpvMethod(StrEnum):
    """How the partner knows that someone lives in a QPV: shown beside the gap."""

    GEOMETRY = "geometrie"
    ADDRESS = "adresse"
    FLAG = "drapeau"
    DECLARED = "declaratif"


class Source(Declared):
    """A partner's system, as its folder declares it."""

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    """Its code, for commands and the log."""
    label: str
    """The partner's name."""
    short: Short | None = None
    """A name of 28 characters at most, for narrow places."""
    kind: Kind
    """``sql`` (a database), ``file`` (CSV or XLSX of counts), ``fec`` (a ledger), ``published`` (an open file),
    ``api`` (a statistics service asked online)."""
    preset: str | None = None
    """Name of a folder of connectors/presets to start from; the keys written here win, one by one inside a section."""
    network: str = "autre"
    """Network of the partner (data.inclusion ``reseaux_porteurs``)."""
    contact: str = ""
    """Whom to call when it fails."""
    qpv_method: QpvMethod | None = None
    """How it knows that someone lives in a QPV: ``geometrie``, ``adresse``, ``drapeau``, ``declaratif``; shown beside the gap."""
    each_qpv: bool = True
    """False when the source only says « in a QPV, or not »: each QPV is then not available."""
    non_localise: bool = False
    """True when the source counts apart the addresses it cannot place; else everyone is placed, and « non localisé » is 0."""
    periodicity: Frequency = Frequency.QUARTER
    """``month``, ``quarter``, ``half`` or ``year``."""
    delay_days: Annotated[int, Field(ge=0)] = 30
    """Days after a period's end within which its delivery is on time."""
    provisional_days: Annotated[int, Field(ge=0)] = 0
    """Days after a period's end during which it may still revise its figures: they are said provisional. 0: it does not."""
    since: date | None = None
    """First day it owes figures for; the Cité's first day when absent."""
    until: date | None = None
    """Last day it owes figures for, once it has left."""
    missing_cells: Annotated[str, Field(pattern="^(zero|non_transmis)$")] | None = None
    """What an absent cell means: ``zero`` by default for a database (GROUP BY returns no row for zero), ``non_transmis`` for a file."""
    rounding: Annotated[int, Field(ge=1)] = 1
    """Counts are rounded to a multiple of this: identities are then checked within that tolerance."""
    url_env: Annotated[str, Field(pattern=r"^[A-Za-z_][A-Za-z0-9_]*$")] | None = None
    """NAME of the variable that holds the database's address."""
    statement_timeout_seconds: Annotated[int, Field(gt=0)] = 30
    """A longer query is interrupted."""
    max_rows: Annotated[int, Field(gt=0)] = 100_000
    """A query that returns more does not count: it is refused."""
    expected_measures: tuple[str, ...] = ()
    """The measures a file must bring; a database declares them by its queries."""
    complements: tuple[str, ...] = ()
    """Measures that another source also counts, on other persons: said by each, they are added up; unsaid, two stocks are refused."""
    columns: dict[str, tuple[str, ...]] = {}
    """Our column -> the names the partner gives it."""
    constants: dict[str, str] = {}
    """Our column -> its only value, when the file has no such column."""
    codes: dict[str, dict[str, str]] = {}
    """Our column or dimension -> (the partner's code -> ours)."""
    secret_markers: tuple[str, ...] = ("s", "ns", "c", "secret", "<5", "< 5", "n.d.", "-")
    """What the partner writes for a hidden count."""
    missing_markers: tuple[str, ...] = ("nd",)
    """What it writes for a count it does not have."""
    query: tuple[Query, ...] = ()
    """The queries of a database."""
    view: Annotated[str, Field(pattern=r"^[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z_][A-Za-z0-9_]*)?$")] | None = None
    """The view of counts that the partner keeps (``cite-emploi contrat`` writes it): read in place of the queries, for their measures and
    ``expected_measures``."""
    file: FileFormat = FileFormat()
    """How its files are written."""
    cube: Cube | None = None
    """For a crossed extract."""
    published: tuple[PublishedMeasure, ...] = ()
    """The columns of an open file."""
    api: ApiDeclared | None = None
    """For a service asked online."""
    analytic_column: str | None = None
    """FEC: the column after the 18 legal ones that holds the analytic code."""
    analytic_scope: tuple[str, ...] = ()
    """FEC: analytic codes of the Cité; empty means that the whole ledger is the Cité's."""

    folder: Path = Path()
    """Set by the loader."""

    @model_validator(mode="after")
    def _complete_for_kind(self) -> Source:
        if self.kind is Kind.SQL and not (self.url_env and (self.query or (self.view and self.expected_measures))):
            raise ValueError(
                "une source « sql » déclare « url_env » (le nom de la variable qui contient l'adresse) et au moins une [[query]], "
                "ou « view » et « expected_measures »"
            )
        if self.kind is Kind.FILE and not (self.expected_measures or self.cube):
            raise ValueError("une source « file » déclare « expected_measures » ou une section [cube]")
        if self.kind is Kind.PUBLISHED and not self.published:
            raise ValueError("une source « published » déclare au moins une section [[published]]")
        if (self.kind is Kind.API) != (self.api is not None):
            raise ValueError("une source « api », et elle seule, déclare une section [api]")
        if self.file.keep == "counts" and (self.kind is not Kind.FILE or self.cube):
            raise ValueError("keep = « counts » ne vaut que pour une source « file », sans section [cube]")
        return self

    @property
    def measures(self) -> tuple[str, ...]:
        """Codes of the measures it brings, without repetition."""
        cube = tuple(item.measure for item in self.cube.measure) if self.cube else ()
        return tuple(dict.fromkeys((*(query.measure for query in self.query), *cube, *self.expected_measures)))

    @property
    def reads(self) -> tuple[Query, ...]:
        """What is asked of its database: its queries, or its view, measure by measure."""
        return tuple(Query(measure=code, file=OF_VIEW, window=Window.ALL) for code in self.measures) if self.view else self.query

    @property
    def absent_is_zero(self) -> bool:
        """Whether a cell that is not delivered counts zero."""
        return self.missing_cells == "zero" if self.missing_cells else self.kind is Kind.SQL

    def drop_folder(self, settings: Settings) -> Path:
        """Where its files are dropped."""
        return settings.data_dir / "depot" / self.id


def load_source(folder: Path) -> Source:
    """Read the declaration of one folder; ``ConfigurationError`` lists every fault in French."""
    path = folder / DECLARATION
    content = read_toml(path)
    if "preset" in content:
        content = _over(_preset(str(content["preset"]), path), content)
    source = build(Source, {**content, "folder": folder}, path)
    for query in source.query:
        query_text(source, query)
    return source


def _preset(name: str, path: Path) -> dict[str, object]:
    declaration = PRESETS / name / DECLARATION
    if not declaration.is_file():
        known = ", ".join(sorted(item.parent.name for item in PRESETS.glob(f"*/{DECLARATION}"))) or "aucun"
        raise ConfigurationError(f"{path} : le modèle « {name} » n'existe pas. Modèles fournis : {known}.")
    return read_toml(declaration)


def _over(preset: Mapping[str, object], written: Mapping[str, object]) -> dict[str, object]:
    """A preset with the keys written beside it: sections are joined key by key, a list or a value replaces the preset's."""
    joined = dict(preset)
    for key, value in written.items():
        known = joined.get(key)
        joined[key] = _over(known, value) if isinstance(known, dict) and isinstance(value, dict) else value
    return joined


def query_text(source: Source, query: Query) -> str:
    """The SQL of a query, from the source's own folder, else its preset's; ``ConfigurationError`` names a missing file."""
    if query.file == OF_VIEW:
        columns = "periode, territoire, dimension, modalite, effectif"
        return f"SELECT {columns} FROM {source.view} WHERE mesure = :mesure AND debut >= :debut AND debut < :fin"
    for folder in (source.folder, *([PRESETS / source.preset] if source.preset else [])):
        path = folder / query.file
        if not path.is_file():
            continue
        try:
            return path.read_text("utf-8")
        except UnicodeDecodeError:
            raise ConfigurationError(f"{path} : le fichier n'est pas en UTF-8. Enregistrez-le en « UTF-8 ».") from None
        except OSError as error:
            raise ConfigurationError(f"{path} : le fichier ne peut être lu. Vérifiez ses droits.") from error
    raise ConfigurationError(
        f"{source.folder / DECLARATION} : le fichier « {query.file} » de la mesure « {query.measure} » est introuvable."
    )


def load_sources(settings: Settings) -> list[Source]:
    """Every source of the Cité, in the order of their folders' names; each id once."""
    root = settings.sources_folder
    folders = sorted(path.parent for path in root.glob(f"*/{DECLARATION}")) if root.is_dir() else []
    sources = [load_source(folder) for folder in folders]
    for source in sources:
        same = [other.folder.name for other in sources if other.id == source.id]
        if len(same) > 1:
            raise ConfigurationError(f"{root} : l'identifiant « {source.id} » est déclaré par plusieurs dossiers ({', '.join(same)}).")
    _refuse_counted_twice(sources, root)
    return sources


def _refuse_counted_twice(sources: list[Source], root: Path) -> None:
    """The same stock counted by two sources would double: each must say that it counts other persons than the other."""
    vocabulary = measures()
    owned: dict[str, list[Source]] = {}
    for source in sources:
        for code in source.measures:
            owned.setdefault(code, []).append(source)
    for code, owners in owned.items():
        stock = code in vocabulary and vocabulary[code].nature is Nature.STOCK
        if stock and len(owners) > 1 and not all(code in source.complements for source in owners):
            names = ", ".join(source.id for source in owners)
            raise ConfigurationError(
                f"{root} : « {code} » est compté par plusieurs sources ({names}) et doublerait. Gardez-en une, ou, si elles comptent des "
                f'personnes différentes, écrivez complements = ["{code}"] dans chacune.'
            )
