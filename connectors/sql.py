"""Partners' databases: one SELECT ... GROUP BY per measure, run inside their base, read-only, bounded in time and rows.

Only counts come back: a returned column outside the contract is refused, since it may describe a person.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd
from sqlalchemy import Connection, Date, String, TextClause, bindparam, text

from connectors.calendar import due_periods
from connectors.errors import ConfigurationError, DeliveryRefusedError
from connectors.extract import Extract, digest
from connectors.intake import Context, Raw, all_zeros, to_counts
from connectors.intake.columns import header_faults
from connectors.intake.raw import CATEGORY, COUNT, DIMENSION, MEASURE, PERIOD
from connectors.layout import Query
from connectors.partner_base import reading_only
from connectors.runs import Run, runs
from connectors.source import Source, query_text
from indicators.codes import ENSEMBLE

_DAYS = ("debut", "fin", "cloture")
_BINDS = (*_DAYS, "commune", "mesure", "dimension")
_TOKEN = re.compile(r"(?P<quoted>'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\")|--[^\n]*|/\*.*?\*/", re.DOTALL)
_WRITING = "insert|update|delete|drop|alter|create|truncate|grant|copy|call|merge|attach|pragma|into"


@dataclass(frozen=True)
class Answer:
    """What one execution answered: text cells, each row under ``columns``; those that the base itself returned are ``given``."""

    columns: tuple[str, ...]
    rows: list[tuple[str, ...]]
    given: tuple[str, ...]


def check_statement(source: Source, query: Query) -> str:
    """The text of a query, proved to be one SELECT that binds only what is provided; else ``ConfigurationError``.

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
        known = ", ".join(f":{name}" for name in _BINDS[:-1])
        raise ConfigurationError(f"{place} : paramètre inconnu « :{unknown[0]} ». Seuls {known} et :{_BINDS[-1]} sont fournis.")
    plain = _TOKEN.sub(lambda token: token["quoted"].replace(":", "\\:") if token["quoted"] else " ", sql)
    return plain.strip().rstrip(";").strip()


class EmptyAnswerError(DeliveryRefusedError):
    """The base answered without a row: ``extract`` is what that means, all zeros, if the coordinator believes it."""

    def __init__(self, faults: Sequence[str], extract: Extract) -> None:
        super().__init__(faults)
        self.extract = extract


def extract(source: Source, context: Context, environment: Mapping[str, str]) -> Extract:
    """Count inside the partner's database and return the counts.

    Raises:
        SourceUnavailableError: the base does not answer, refuses access or takes too long.
        DeliveryRefusedError: what came back breaks the contract.
        ConfigurationError: the address or a query is missing or wrong.
    """
    statements = [(query, check_statement(source, query)) for query in source.reads]
    periods = due_periods(source, context)
    if not periods:
        raise DeliveryRefusedError([f"Aucune période close n'est encore due par « {source.label} »."])
    answers: list[Answer] = []
    returned: list[set[str]] = []
    with reading_only(source, environment) as connection:
        for query, sql in statements:
            found = [_run(connection, source, query, sql, run, context) for run in runs(query, periods)]
            returned.append({name for answer in found for name in answer.given})
            answers += found
    cells = _cells(answers)
    asked: dict[str, tuple[str, ...]] = {}
    for query, given in zip(source.reads, returned, strict=True):
        if DIMENSION not in given:  # a view that names its own breakdowns is asked for those it returns
            asked[query.measure] = (*asked.get(query.measure, ()), query.dimension or ENSEMBLE)
    covered = tuple(period.code for period in periods)
    if cells.empty:
        told = [f"La base de « {source.label} » ne renvoie aucune ligne pour {covered[0]} à {covered[-1]}."]
        if not source.absent_is_zero:
            raise DeliveryRefusedError(told)
        zeros = all_zeros(Raw(cells, exhaustive=asked, periods=covered), source, context)
        raise EmptyAnswerError(told, Extract(digest(zeros), "base", counts=zeros, empty=True))
    cells.index = pd.Index(
        [f"{measure} {rank + 1}" for measure, rank in zip(cells[MEASURE].tolist(), cells.groupby(MEASURE).cumcount().tolist(), strict=True)]
    )
    raw = Raw(cells, "Requête {line}", asked, covered)
    intake = to_counts(raw, source, context)
    return Extract(digest(intake.counts), "base", counts=intake.counts, warnings=intake.warnings)


def bound(sql: str, query: Query, run: Run, commune: str) -> TextClause:
    """A statement that ``check_statement`` let through, its parameters bound for one run: it can be executed."""
    words = {"commune": commune, "mesure": query.measure, "dimension": query.dimension or ENSEMBLE}
    wanted = {"debut": run.first, "fin": run.end, "cloture": run.closed, **words}
    named = [name for name in wanted if re.search(rf"(?<![:\w]):{name}\b", sql)]
    return text(sql).bindparams(*(bindparam(name, wanted[name], type_=Date() if name in _DAYS else String()) for name in named))


def _run(connection: Connection, source: Source, query: Query, sql: str, run: Run, context: Context) -> Answer:
    result = connection.execute(bound(sql, query, run, context.territory.commune))
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
    return Answer((*names, *own), [(*row, *own.values()) for row in rows], tuple(names))


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
