"""A partner's base opened to read and nothing else: no writing, bounded waits, every fault told in French. Queries are ``sql``'s.

What each engine offers: PostgreSQL, MariaDB and MySQL a read-only transaction and a time limit, SQLite a file opened to read, SQL Server a
time limit alone: the rights of the account are then what forbids writing.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from urllib.parse import quote

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, SQLAlchemyError
from sqlalchemy.pool import NullPool
from tenacity import Retrying, retry_if_exception, stop_after_attempt, wait_exponential

from connectors.errors import ConfigurationError, SourceUnavailableError
from connectors.source import Source

CONNECT_TIMEOUT_SECONDS = 10
TRIES = 3
DRIVERS = {
    "postgresql": "postgresql+psycopg",
    "mariadb": "mariadb+pymysql",
    "mysql": "mysql+pymysql",
    "mssql": "mssql+pymssql",
    "sqlite": "sqlite",
}
"""Engine -> the driver used; those after the first are optional extras (« pip install cite-emploi[mariadb] »)."""
_EXTRAS = {"mariadb": "mariadb", "mysql": "mariadb", "mssql": "sqlserver"}


@contextmanager
def reading_only(source: Source, environment: Mapping[str, str]) -> Iterator[Connection]:
    """A read-only connection with its time limit.

    Raises:
        SourceUnavailableError: the base does not answer, refuses access or takes too long; never with the address.
        ConfigurationError: the address is missing or wrong, or a query cannot be run.
    """
    engine = _engine(source, environment)
    try:
        with _connected(engine) as connection:
            for statement in _limits(connection, source.statement_timeout_seconds):
                connection.execute(text(statement))
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


def _connected(engine: Engine) -> Connection:
    """A connection; a server that starts or is full is asked again, since nothing was asked of it yet."""
    again = Retrying(
        stop=stop_after_attempt(TRIES), wait=wait_exponential(multiplier=0.5), retry=retry_if_exception(_passing), reraise=True
    )
    return again(engine.connect)


def _passing(error: BaseException) -> bool:
    """Whether a connection refused may be accepted a moment later: never for a wrong password, an unknown base or a missing file."""
    if not isinstance(error, DBAPIError) or isinstance(error.orig, sqlite3.Error):
        return False
    state, message = str(getattr(error.orig, "sqlstate", None) or ""), str(error.orig).lower()
    return state.startswith(("08", "53", "57P03")) or any(word in message for word in ("refused", "timed out", "timeout", "(1040"))


def _limits(connection: Connection, seconds: int) -> list[str]:
    """What an engine is told before the first query."""
    name = connection.dialect.name
    if name == "postgresql":
        return ["SET TRANSACTION READ ONLY", f"SET LOCAL statement_timeout = '{seconds}s'"]
    if name in {"mariadb", "mysql"}:
        is_mariadb = bool(getattr(connection.dialect, "is_mariadb", False))
        limit = f"max_statement_time = {seconds}" if is_mariadb else f"max_execution_time = {1000 * seconds}"
        # the transaction that these statements opened is closed: the next one is read-only
        return [f"SET SESSION {limit}", "SET SESSION TRANSACTION READ ONLY", "COMMIT"]
    return []


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
        backend = parsed.get_backend_name()
    except (ArgumentError, NoSuchModuleError):
        raise ConfigurationError(
            f"La variable {name} n'est pas une adresse de base de données. Exemple : sqlite:////chemin/base.sqlite"
        ) from None
    if backend == "sqlite":
        return _sqlite_read_only(parsed.database or "", source)
    if backend not in DRIVERS:
        raise ConfigurationError(f"La variable {name} désigne une base « {backend} » ; sont lus : {', '.join(DRIVERS)}.")
    return _server(parsed.set(drivername=DRIVERS[backend]), backend, name, source)


def _server(url: URL, backend: str, name: str, source: Source) -> Engine:
    patience = source.statement_timeout_seconds + CONNECT_TIMEOUT_SECONDS
    options: dict[str, object] = {
        "postgresql": {"connect_timeout": CONNECT_TIMEOUT_SECONDS, "application_name": "cite-emploi"},
        "mssql": {"login_timeout": CONNECT_TIMEOUT_SECONDS, "timeout": source.statement_timeout_seconds, "appname": "cite-emploi"},
    }.get(backend, {"connect_timeout": CONNECT_TIMEOUT_SECONDS, "read_timeout": patience})
    try:
        return create_engine(url, connect_args=options, poolclass=NullPool)
    except ModuleNotFoundError:
        raise ConfigurationError(
            f"La variable {name} désigne une base « {backend} », dont le pilote n'est pas installé. "
            f'Lancez : pip install "cite-emploi[{_EXTRAS.get(backend, backend)}]"'
        ) from None


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
    number = original.args[0] if original.args and isinstance(original.args[0], int) else None
    state = _STATES.get(number) or str(getattr(original, "sqlstate", None) or "")
    message = str(original).lower()
    why = next(
        (why for states, words, why in _FAULTS if state.startswith(states) or any(word in message for word in words)),
        " ne répond pas (variable {url_env}).",
    )
    contact = source.contact or "le partenaire"
    told = why.format(seconds=source.statement_timeout_seconds, url_env=source.url_env, contact=contact, folder=source.folder.name)
    return f"« {source.label} »{told} Dernière livraison conservée ; les autres partenaires ne sont pas touchés."


_STATES: dict[int | None, str] = {
    **dict.fromkeys((1969, 3024), "57014"),
    **dict.fromkeys((1142, 1143, 1370), "42501"),
    **dict.fromkeys((1044, 1045, 1698, 18456), "28000"),
    1146: "42P01",
    1054: "42703",
    208: "42P01",
    207: "42703",
    1049: "3D000",
    1792: "25006",
    1064: "42601",
    229: "42501",
}
"""The numbers that MariaDB, MySQL and SQL Server give, as the SQLSTATE that says the same."""
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
