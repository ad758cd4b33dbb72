"""Partners' databases: one SELECT ... GROUP BY per measure, run inside their base, read-only, bounded in time and rows.

Only counts come back: a returned column outside the contract is refused, since it may describe a person.
"""

from __future__ import annotations

import re
import sqlite3
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import quote

import pandas as pd
from sqlalchemy import Connection, Date, Engine, bindparam, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError
from sqlalchemy.pool import NullPool

from connectors.calendar import due_periods
from connectors.errors import ConfigurationError, DeliveryRefusedError, SourceUnavailableError
from connectors.extract import Extract, digest
from connectors.intake import Context, Raw, to_counts
from connectors.intake.columns import header_faults
from connectors.intake.raw import CATEGORY, COUNT, DIMENSION, MEASURE, PERIOD
from connectors.layout import Query
from connectors.runs import Run, runs
from connectors.source import Source, query_text
from indicators.codes import ENSEMBLE

CONNECT_TIMEOUT_SECONDS = 10
_BINDS = ("debut", "fin", "cloture", "commune")
_TOKEN = re.compile(r"(?P<quoted>'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\")|--[^\n]*|/\*.*?\*/", re.DOTALL)
_WRITING = "insert|update|delete|drop|alter|create|truncate|grant|copy|call|merge|attach|pragma|into"


@dataclass(frozen=True)
class Answer:
    """What one execution answered: text cells, each row under ``columns``."""

    columns: tuple[str, ...]
    rows: list[tuple[str, ...]]


def check_statement(source: Source, query: Query) -> str:
    """The text of a query, proved to be one SELECT that binds only :debut, :fin, :cloture and :commune; else ``ConfigurationError``.

    Comments are taken off and the colons of literals escaped: neither may pass for a parameter.
    """
    sql = query_text(source, query)
    bare = _TOKEN.sub(lambda token: "''" if token["quoted"] else " ", sql).strip().rstrip(";").strip()
    place = f"{source.folder.name}/{query.file}"
    if ";" in bare or not re.match(r"(?i)(select|with)\b", bare):
        raise ConfigurationError(f"{place} : la requête doit être un seul SELECT … GROUP BY. Retirez le reste.")
    if re.search(rf"(?i)\b({_WRITING})\b", bare):
        raise ConfigurationError(f"{place} : la requête ne peut que lire (SELECT).")
    unknown = sorted(set(re.findall(r"(?<![:\w]):([a-zA-Z_]\w*)", bare)) - set(_BINDS))
    if unknown:
        raise ConfigurationError(f"{place} : paramètre inconnu « :{unknown[0]} ». Seuls :debut, :fin, :cloture et :commune sont fournis.")
    plain = _TOKEN.sub(lambda token: token["quoted"].replace(":", "\\:") if token["quoted"] else " ", sql)
    return plain.strip().rstrip(";").strip()


def extract(source: Source, context: Context, environment: Mapping[str, str]) -> Extract:
    """Count inside the partner's database and return the counts.

    Raises:
        SourceUnavailableError: the base does not answer, refuses access or takes too long.
        DeliveryRefusedError: what came back breaks the contract.
        ConfigurationError: the address or a query is missing or wrong.
    """
    statements = [(query, check_statement(source, query)) for query in source.query]
    periods = due_periods(source, context)
    if not periods:
        raise DeliveryRefusedError([f"Aucune période close n'est encore due par « {source.label} »."])
    answers: list[Answer] = []
    with _connection(source, environment) as connection:
        for query, sql in statements:
            answers += [_run(connection, source, query, sql, run, context) for run in runs(query, periods)]
    cells = _cells(answers)
    if cells.empty:
        raise DeliveryRefusedError([f"La base de « {source.label} » ne renvoie aucune ligne pour {periods[0].code} à {periods[-1].code}."])
    cells.index = pd.Index(
        [f"{measure} {rank + 1}" for measure, rank in zip(cells[MEASURE], cells.groupby(MEASURE).cumcount(), strict=True)]
    )
    asked: dict[str, tuple[str, ...]] = {}
    for query in source.query:
        asked[query.measure] = (*asked.get(query.measure, ()), query.dimension or ENSEMBLE)
    raw = Raw(cells, "Requête {line}", asked, tuple(period.code for period in periods))
    intake = to_counts(raw, source, context)
    return Extract(digest(intake.counts), "base", counts=intake.counts, warnings=intake.warnings)


def _run(connection: Connection, source: Source, query: Query, sql: str, run: Run, context: Context) -> Answer:
    wanted = {"debut": run.first, "fin": run.end, "cloture": run.closed, "commune": context.territory.commune}
    bound = {name: value for name, value in wanted.items() if re.search(rf"(?<![:\w]):{name}\b", sql)}
    statement = text(sql).bindparams(*(bindparam(name, type_=Date) for name in bound if name != "commune"))
    result = connection.execute(statement, bound)
    names = [str(name) for name in result.keys()]  # noqa: SIM118 - keys() is the result's own list of columns
    repeated = header_faults(names)
    if repeated:  # told before a single row is fetched
        raise DeliveryRefusedError([f"Requête {query.file} : {fault}" for fault in repeated])
    found = result.fetchmany(source.max_rows + 1)
    if len(found) > source.max_rows:
        raise DeliveryRefusedError(
            [f"Requête {query.file} : plus de {source.max_rows} lignes. Une requête qui compte en renvoie moins : vérifiez le GROUP BY."]
        )
    known = {MEASURE: query.measure, **({PERIOD: run.period} if run.period else {}), DIMENSION: query.dimension or ENSEMBLE}
    own = {name: value for name, value in known.items() if name not in names}
    if query.dimension is None and CATEGORY not in names:
        own[CATEGORY] = ENSEMBLE
    rows = [tuple(_cell(value) for value in row) for row in found]
    if COUNT in names and run.period and query.dimension is None:
        place = names.index(COUNT)
        rows = [row for row in rows if row[place]]  # an aggregate without GROUP BY answers one empty row when nothing matches
    return Answer((*names, *own), [(*row, *own.values()) for row in rows])


def _cells(answers: list[Answer]) -> pd.DataFrame:
    """Every answer under its columns, one frame per set of columns: a frame per run would cost more than the queries."""
    rows: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
    for answer in answers:
        rows.setdefault(answer.columns, []).extend(answer.rows)
    frames = [pd.DataFrame(found, columns=list(columns), dtype="str") for columns, found in rows.items()]
    return pd.concat(frames, ignore_index=True).fillna("")


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


@contextmanager
def _connection(source: Source, environment: Mapping[str, str]) -> Iterator[Connection]:
    """A read-only connection with its time limit; every fault of the driver becomes a French sentence without the address."""
    engine = _engine(source, environment)
    try:
        with engine.connect() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(text("SET TRANSACTION READ ONLY"))
                connection.execute(text(f"SET LOCAL statement_timeout = '{source.statement_timeout_seconds}s'"))
            yield connection
            connection.rollback()
    except (DBAPIError, sqlite3.Error) as error:
        raise SourceUnavailableError(_sentence(source, error)) from None
    except SQLAlchemyError:
        raise ConfigurationError(
            f"« {source.label} » : une requête ne peut être exécutée. Vérifiez les fichiers .sql de {source.folder.name}."
        ) from None
    finally:
        engine.dispose()


def _engine(source: Source, environment: Mapping[str, str]) -> Engine:
    name = source.url_env or ""
    url = environment.get(name)
    if not url:
        raise SourceUnavailableError(
            f"« {source.label} » : la variable {name} n'est pas définie. Donnez-y l'adresse de la base "
            "(postgresql+psycopg://lecteur:…@serveur/base), puis relancez la collecte."
        )
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise ConfigurationError(
            f"La variable {name} n'est pas une adresse de base de données. Exemple : sqlite:////chemin/base.sqlite"
        ) from None
    if parsed.get_backend_name() == "postgresql":
        options = {"connect_timeout": CONNECT_TIMEOUT_SECONDS, "application_name": "cite-emploi"}
        return create_engine(parsed.set(drivername="postgresql+psycopg"), connect_args=options, poolclass=NullPool)
    if parsed.get_backend_name() == "sqlite":
        return _sqlite_read_only(parsed.database or "", source)
    raise ConfigurationError(
        f"La variable {name} désigne une base « {parsed.get_backend_name()} » ; sont lus : postgresql+psycopg, sqlite."
    )


def _sqlite_read_only(path: str, source: Source) -> Engine:
    def connect() -> sqlite3.Connection:
        return sqlite3.connect(f"file:{quote(path)}?mode=ro", uri=True, timeout=CONNECT_TIMEOUT_SECONDS, check_same_thread=False)

    engine = create_engine("sqlite://", creator=connect, poolclass=NullPool)

    @event.listens_for(engine, "connect")
    def limit(connection: sqlite3.Connection, _record: object) -> None:
        end = time.monotonic() + source.statement_timeout_seconds
        connection.set_progress_handler(lambda: int(time.monotonic() > end), 10_000)

    return engine


def _sentence(source: Source, error: DBAPIError | sqlite3.Error) -> str:
    """What happened, without the address, the login or a value; the last good figures stay."""
    original = error.orig if isinstance(error, DBAPIError) and error.orig is not None else error
    state = str(getattr(original, "sqlstate", None) or "")
    message = str(original).lower()
    why = next(
        (why for states, words, why in _FAULTS if state.startswith(states) or any(word in message for word in words)),
        " ne répond pas (variable {url_env}).",
    )
    contact = source.contact or "le partenaire"
    told = why.format(seconds=source.statement_timeout_seconds, url_env=source.url_env, contact=contact, folder=source.folder.name)
    return f"« {source.label} »{told} Dernière livraison conservée ; les autres partenaires ne sont pas touchés."


_FAULTS: tuple[tuple[tuple[str, ...], tuple[str, ...], str], ...] = (
    (("57014",), ("interrupted",), " : requête interrompue après {seconds} s."),
    (("42501",), (), " refuse l'accès à une table ou une vue. Prévenez {contact}."),
    (("42P01", "42703"), ("no such table", "no such column"), " : une table ou une colonne n'existe pas (ou plus). Prévenez {contact}."),
    # PostgreSQL may answer in the language of its machine
    (("28",), ("authenti",), " refuse la connexion : identifiant ou mot de passe (variable {url_env})."),
    (("25006",), ("readonly",), " : une requête tente d'écrire ; elle a été arrêtée. Vérifiez les fichiers .sql de {folder}."),
    (("42",), ("syntax", "no such function"), " : une requête n'est pas comprise par la base. Vérifiez les fichiers .sql de {folder}."),
    (("22",), (), " : une requête échoue sur un calcul (division, date ou nombre). Vérifiez les fichiers .sql de {folder}."),
    (("3D000",), ("not a database", '" does not exist', "n'existe pas"), " : la base n'existe pas à cette adresse (variable {url_env})."),
)
"""SQLSTATE beginnings, words of the driver, and what the coordinator reads; the first that fits."""
